"""What has been done in this console, so that the last of it can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from deskterm.desk.errors import Conflict, DeskError, NotAllowed, NotFound, Refused

if TYPE_CHECKING:
    from deskterm.desk.visits.model import VisitView

#: Nobody remembers more, or should take it back by a key alone.
_REMEMBERED: Final = 50
#: Numbers that are named one by one.
_NAMED: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class Deed:
    """One thing done, on as many tickets as it was done on."""

    sentence: str
    """What was done, with the numbers it was done to."""
    take_back: Callable[[], str] | None = None
    """Asks the desk to take it back and says what became of it; blocking. None: nothing does."""
    versions: Mapping[int, int] = field(default_factory=dict)
    """Ticket to the version it has by it; a later one is somebody's newer work."""


class Deeds:
    """Newest last; what cannot be taken back hides what was done before it."""

    def __init__(self) -> None:
        self._all: list[Deed] = []
        self.any_yet = False
        """Whether anything was ever done here."""

    @property
    def last(self) -> Deed | None:
        """What a key takes back."""
        return self._all[-1] if self._all else None

    def add(self, deed: Deed) -> None:
        """It is the newest now."""
        self.any_yet = True
        self._all = [*self._all[1 - _REMEMBERED :], deed]

    def forget(self, deed: Deed) -> None:
        """It is taken back, or cannot be any more."""
        self._all = [each for each in self._all if each is not deed]


def on_ticket(number: int, sentence: str) -> str:
    """``1042: Assigned to Sam.``; a sentence that names the number is left as it is."""
    return sentence if str(number) in sentence.split() else f"{number}: {sentence}"


def numbers_words(numbers: tuple[int, ...]) -> str:
    """``1042, 1043`` or, of many, the first of them and how many more."""
    said = ", ".join(str(number) for number in numbers[:_NAMED])
    more = len(numbers) - _NAMED
    return f"{said} and {more} more" if more > 0 else said


def visits_back(undo: Callable[..., Any], visits: Sequence[VisitView]) -> Callable[[], str]:
    """Takes back what was done to `visits`, each as far as nobody has changed it since."""

    def take_back() -> str:
        done: list[str] = []
        refused: list[DeskError] = []
        for visit in visits:
            try:
                done.append(str(undo(visit.id, version=visit.version).sentence))
            except (Refused, NotAllowed, NotFound, Conflict) as refusal:
                refused.append(refusal)
        if not done:
            raise refused[0]
        said = f"Taken back for {len(done)} visits." if len(done) > 1 else done[0]
        return said + (f" {len(refused)} not: {refused[0].sentence}" if refused else "")

    return take_back
