"""What working time refuses, each as a type of its own with a sentence for the reader."""

from collections.abc import Sequence
from dataclasses import dataclass


class WorktimeError(ValueError):
    """Anything that working time refuses. Its text is a sentence that can be shown as it is."""


class NaiveDatetime(WorktimeError):
    """An instant was asked for and something without an offset from UTC was given."""


class OutOfRange(WorktimeError):
    """An instant lies outside the years that a datetime can hold."""


class NeverReached(WorktimeError):
    """No instant has what was asked for: the hours end, or begin, before it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a calendar's document.

    `path` is the key path (`weekly.mon[0][1]`), `found` what stands there, `expected` what should.
    """

    path: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path}: found {self.found}, expected {self.expected}"


class CalendarError(WorktimeError):
    """A calendar's document is wrong; `problems` holds every mistake found in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["CalendarError"], tuple[tuple[Problem, ...]]]:
        return CalendarError, (self.problems,)
