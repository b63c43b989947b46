"""School terms: the dates on which visits promised in term time can happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deskterm.visits.wallclock import day_words


@dataclass(frozen=True, slots=True)
class Term:
    """From `first` to `last`, both included, e.g. ``Autumn 2026``."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DayOff:
    """Dates within a term on which the school is shut to visits: half term, an INSET day."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class TermDates:
    """The terms and days off entered for a customer or its area; none entered restricts nothing."""

    terms: tuple[Term, ...] = ()
    days_off: tuple[DayOff, ...] = ()

    @property
    def entered(self) -> bool:
        """True where any term is known."""
        return bool(self.terms)

    def day_off(self, day: date) -> DayOff | None:
        """The half term or INSET day the date belongs to."""
        return next((off for off in self.days_off if off.first <= day <= off.last), None)

    def why_out(self, day: date) -> str | None:
        """Why the date is not in term, in words, or None where it is or no terms are entered."""
        off = self.day_off(day)
        if off is not None:
            return off.name
        if not self.terms or any(term.first <= day <= term.last for term in self.terms):
            return None
        ended = max((term for term in self.terms if term.last < day), key=_last, default=None)
        begins = min((term for term in self.terms if term.first > day), key=_first, default=None)
        if begins is None and ended is not None:
            return f"{ended.name} ends {day_words(ended.last)} and no later term is entered"
        assert begins is not None
        return f"{begins.name} begins {day_words(begins.first)}"


def _first(term: Term) -> date:
    return term.first


def _last(term: Term) -> date:
    return term.last
