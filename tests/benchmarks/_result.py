"""What a benchmark says: the figure, what is to be reached, and whether it was."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

LARGE_VARIABLE = "DESKTERM_BENCH_LARGE"
"""Environment variable naming the large desk's file, set by ``--large``."""


class NotMeasured(Exception):
    """This benchmark cannot run here; the message says what it needs."""


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table."""

    what: str
    measured: float
    direction: Literal["at least", "at most"]
    limit: float
    unit: str = "×"
    detail: str = ""

    @property
    def reached(self) -> bool:
        """Whether the figure is on the right side of its limit."""
        if self.direction == "at least":
            return self.measured >= self.limit
        return self.measured <= self.limit


def large_desk() -> Path:
    """The file with the large desk. Raises NotMeasured where there is none."""
    named = os.environ.get(LARGE_VARIABLE, "")
    if not named:
        raise NotMeasured(
            "needs --large FILE (a file that does not exist yet is filled, about ten minutes)"
        )
    return Path(named)
