"""What the desk refuses, each as a type of its own with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deskterm.desk.model import EventView


class DeskError(Exception):
    """Anything the desk refuses; `sentence` can be shown to the user as it is."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Refused(DeskError):
    """The step cannot be taken on this ticket as it is."""


class NotAllowed(DeskError):
    """This agent's role may not do that."""


class NotFound(DeskError):
    """There is no such ticket, customer, agent or agreement."""


class StoreLost(DeskError):
    """The database cannot be reached. Nothing was written; the next call tries again."""


class StoreBusy(DeskError):
    """Somebody else kept the database to themselves for too long. Nothing was written."""


class StoreUnfit(DeskError):
    """The database is there but cannot be used by this program as it is."""


class Stopped(Exception):
    """Raised by a progress callback: whoever waited does not want to wait any longer.

    What was done stays done; the call that took the callback says what becomes of the rest.
    """


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that both have changed: what it was, what the other made it, what was wanted."""

    field: str
    was: Any
    theirs: Any
    yours: Any
    words: tuple[str, str, str] | None = None
    """The three as the agreement and the desk call them, where they are ids."""


class Conflict(DeskError):
    """Somebody else changed it since it was read.

    `theirs` are the events since the version the write was based on, `fields` what they changed
    beside what was wanted, `yours` what was wanted, to be kept and offered again, and `version`
    the one to base the next attempt on.
    """

    def __init__(
        self,
        sentence: str,
        *,
        theirs: tuple[EventView, ...],
        fields: tuple[FieldChange, ...],
        yours: Mapping[str, Any],
        version: int,
    ) -> None:
        super().__init__(sentence)
        self.theirs = theirs
        self.fields = fields
        self.yours = yours
        self.version = version
