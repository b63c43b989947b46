"""On pace, behind, or too late: what the balance means at this point of the window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from deskterm.visits.balance import Balance
from deskterm.visits.bookable import Situation, offers_visits, slot_times, why_not_day
from deskterm.visits.feasibility import Outlook, outlook, weeks_left
from deskterm.visits.pool import Shortage
from deskterm.visits.wallclock import instant_us, local_date

Verdict = Literal["no_visits", "complete", "on_pace", "behind", "impossible"]


@dataclass(frozen=True, slots=True)
class Pace:
    """How the delivery of an agreement stands.

    `bookable` is how many visits can still be booked, `weeks` in how many weeks they lie, and
    `by` how many visits it is behind or how many are too many. `shared_with` are the agreements
    that are served first by the same engineers, where that is why.
    """

    verdict: Verdict
    by: int
    bookable: int
    weeks: int
    shared_with: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The verdict as the planner shows it."""
        if self.verdict == "impossible":
            return f"cannot be delivered: {self.by} too many"
        if self.verdict == "behind":
            return f"behind by {self.by}"
        return {
            "no_visits": "no visits to deliver",
            "complete": "all delivered or booked",
            "on_pace": "on pace",
        }[self.verdict]


def pace(
    situation: Situation,
    balance: Balance,
    left: Outlook | None = None,
    short: Shortage | None = None,
) -> Pace:
    """What the balance means now.

    Too late where more are owed than can still be booked, or where the engineers are `short`
    because of other agreements. Behind where fewer are used or booked than the share of the
    window's visit days gone by, rounded down. `left` is what is open, where that is known.
    """
    if not offers_visits(situation.package) or balance.granted == 0:
        return Pace("no_visits", 0, 0, 0)
    times = (outlook(situation) if left is None else left).most
    bookable, weeks = len(times), weeks_left(times)
    if balance.owed == 0:
        return Pace("complete", 0, bookable, weeks)
    if short is not None:
        return Pace("impossible", short.too_many, bookable, weeks, short.shared_with)
    if situation.window is not None and balance.owed > bookable:
        return Pace("impossible", balance.owed - bookable, bookable, weeks)
    behind = expected(situation, balance.granted) - balance.used - balance.booked
    if behind > 0:
        return Pace("behind", behind, bookable, weeks)
    return Pace("on_pace", 0, bookable, weeks)


def expected(situation: Situation, granted: int) -> int:
    """Visits that would be used or booked by today if they were spread over the visit days."""
    if situation.window is None:
        return 0
    days = visit_days(situation)
    gone = sum(day < local_date(situation.now_us, situation.zone) for day in days)
    return granted * gone // len(days) if days else 0


def visit_days(situation: Situation) -> tuple[date, ...]:
    """The dates of the window on which the agreement allows visits, whoever is free."""
    window = situation.window
    if window is None:
        return ()
    asked = replace(situation, now_us=instant_us(window.first, 0, situation.zone))
    if situation.package.slots:
        times = slot_times(situation.package, window.first, window.last, situation.zone)
        return tuple(dict.fromkeys(time.date for time in times if why_not_day(asked, time) is None))
    return tuple(day for day, _, _ in situation.onsite.working_days(window.first, window.last))
