"""What the console has to say just now: sentences that go again by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from textual.screen import Screen

Tone = Literal["information", "warning", "error", "waiting"]

#: How long a sentence stays, by its tone; what is waited for is said until it is there.
SECONDS: Final[Mapping[Tone, float]] = {"information": 4, "warning": 6, "error": 8}


@dataclass(frozen=True, slots=True, eq=False)
class Notice:
    """A sentence; it is text, never markup."""

    text: str
    tone: Tone
    only_on: Screen[object] | None = None
    """The one screen it means something on, where it names a key of that screen."""
    beside: bool = False
    """It tells of others: it takes no place of what one did oneself, only of its own kind."""


class Notices:
    """Newest last."""

    def __init__(self) -> None:
        self._all: list[Notice] = []

    def add(self, notice: Notice) -> None:
        """What was done takes the place of what was done before; warnings stay beside it."""
        self._all = [
            each
            for each in self._all
            if (each.text != notice.text or each.tone == "waiting")
            and not (notice.tone == each.tone == "information" and notice.beside == each.beside)
        ]
        self._all.append(notice)

    def drop(self, notice: Notice) -> bool:
        """Whether it was still there."""
        there = notice in self._all
        if there:
            self._all.remove(notice)
        return there

    def on(self, screen: Screen[object]) -> tuple[Notice, ...]:
        """What is to be shown on `screen`; of what is waited for, what was begun last."""
        here = [each for each in self._all if each.only_on in (None, screen)]
        waiting = [each for each in here if each.tone == "waiting"]
        return tuple(each for each in here if each.tone != "waiting" or each is waiting[-1])
