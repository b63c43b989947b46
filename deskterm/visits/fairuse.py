"""Fair use: on-demand visits and remote sessions of a school year against what was agreed.

Source: the policy's `fair_use`: on-demand visits and remote sessions of a school year are subject
to fair use. A policy names no number; the customer's agreement does, as its threshold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from deskterm.policy.document import Package
from deskterm.visits.errors import VisitRefused
from deskterm.visits.state import VisitState
from deskterm.visits.wallclock import local_date


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """From `first` to `last`, both included."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """As it is spoken of, e.g. ``2026/27``."""
        if self.first.year == self.last.year:
            return str(self.first.year)
        return f"{self.first.year}/{self.last.year % 100:02d}"

    def holds(self, day: date) -> bool:
        """True for a date inside."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class FairUse:
    """How much of a school year's fair use is used; a threshold of None was not agreed."""

    year: SchoolYear
    visits: int
    sessions: int
    visit_threshold: int | None = None
    session_threshold: int | None = None

    @property
    def over(self) -> bool:
        """True where more was used than the agreement's threshold."""
        return (self.visit_threshold is not None and self.visits > self.visit_threshold) or (
            self.session_threshold is not None and self.sessions > self.session_threshold
        )

    @property
    def words(self) -> str:
        """Both counts for the planner and the intake."""
        return (
            f"school year {self.year.name}: "
            f"{_of(self.visits, self.visit_threshold)} on-demand visits, "
            f"{_of(self.sessions, self.session_threshold)} remote sessions"
        )


def _of(count: int, threshold: int | None) -> str:
    return str(count) if threshold is None else f"{count} of {threshold}"


def school_year(day: date, starts: str = "09-01") -> SchoolYear:
    """The school year a date lies in, where years start on ``MM-DD``.

    Raises `VisitRefused` where that is no date of every year.
    """
    try:
        month, start_day = (int(part) for part in starts.split("-"))
        this = date(day.year, month, start_day)
        first = this if day >= this else date(day.year - 1, month, start_day)
        after = date(first.year + 1, month, start_day)
    except ValueError as fault:
        raise VisitRefused(
            "unreadable", f"School years cannot start on “{starts}”; write MM-DD, as 09-01."
        ) from fault
    return SchoolYear(first, after - timedelta(days=1))


def fair_use(
    package: Package,
    year: SchoolYear,
    visits: Iterable[VisitState],
    sessions_us: Iterable[int],
    zone: str,
    visit_threshold: int | None = None,
    session_threshold: int | None = None,
) -> FairUse | None:
    """What was used in the school year, or None where the package has no fair use.

    Visits at free times count once they are booked, by the date they are on, unless cancelled,
    missed or replaced; callouts count where the package says they are on-demand visits. A remote
    session counts by the instant it began.
    """
    if not package.fair_use:
        return None
    counted = sum(
        _counts(package, visit) and year.holds(local_date(visit.interval.start_us, zone))
        for visit in visits
    )
    sessions = sum(year.holds(local_date(at_us, zone)) for at_us in sessions_us)
    return FairUse(year, counted, sessions, visit_threshold, session_threshold)


def _counts(package: Package, visit: VisitState) -> bool:
    if visit.stage not in ("booked", "arrived", "delivered"):
        return False
    if visit.visit_kind == "callout":
        return package.callout == "on_demand_visit"
    return visit.visit_kind == "on_demand"
