"""What the clocks refuse, each as a type of its own with a sentence for the user."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class SlaError(ValueError):
    """Anything the clocks refuse. Its text is a sentence that can be shown as it is."""


class TermsError(SlaError):
    """An agreement names something that its policy does not have, or promises the impossible."""


class VariationError(SlaError):
    """An agreed variation cannot be read."""


class UnknownClock(SlaError):
    """A clock was asked for that the policy does not have."""


class ScenarioError(SlaError):
    """A scenario cannot be read. `line` is its number in the file, from 1, once that is known."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        self.sentence = sentence
        self.line = line
        super().__init__(sentence if line is None else f"line {line}: {sentence}")


def nearest(found: object, known: Iterable[str]) -> str:
    """``; did you mean 'x'?`` for the known name nearest to `found`, or the names there are."""
    names = list(known)
    close = difflib.get_close_matches(str(found), names, n=1, cutoff=0.6)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; expected one of {', '.join(names)}." if names else "; there are none."
