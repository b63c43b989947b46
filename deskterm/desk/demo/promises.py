"""How long an agreement allows for what, in the form in which a story is made up around it."""

from __future__ import annotations

from typing import NamedTuple

from deskterm.desk.intake.severity import by_severity
from deskterm.policy.document import Policy
from deskterm.sla.promises import Promise, Situation
from deskterm.sla.terms import VISITS, Terms
from deskterm.worktime import Axis

_DAY_HOURS_US = 8 * 3_600_000_000
_WEEK_US = 7 * 86_400_000_000


class Allowance(NamedTuple):
    """One promised clock: what starts it, the event that keeps it, and how much it allows."""

    starts: str
    kept_by: str
    axis: Axis
    allowed_us: int
    """On `axis`; working days as the working time that a usual one holds."""


class Allowances(NamedTuple):
    """What is promised in one situation; `final` is the promise of the end of the work."""

    early: tuple[Allowance, ...]
    final: Allowance | None
    stopped_by_triage: bool
    """Whether sorting a request is itself a promise, which needs an event of its own."""


class Promised:
    """The allowances under some terms, kept by situation."""

    def __init__(self, terms: Terms, now_us: int) -> None:
        self.terms = terms
        self.policy: Policy = terms.policy
        self.desk: Axis = terms.calendar("desk", now_us).axis
        self.impact = by_severity(self.policy, "impact")
        self.urgency = by_severity(self.policy, "urgency")
        self._now_us = now_us
        self._kept: dict[Situation, Allowances] = {}

    def in_situation(self, situation: Situation) -> Allowances:
        """What is promised to such a ticket."""
        kept = self._kept.get(situation)
        if kept is None:
            kept = self._kept[situation] = self._read(situation)
        return kept

    def _read(self, situation: Situation) -> Allowances:
        early: list[Allowance] = []
        final: Allowance | None = None
        triage = False
        for promise in self.terms.rows(self._now_us, self._now_us).promises(situation):
            triage = triage or "triaged" in promise.stops
            allowance = self._allowance(promise)
            if allowance is None:
                continue
            if promise.reopens:
                final = allowance
            else:
                early.append(allowance)
        return Allowances(tuple(early), final, triage)

    def _allowance(self, promise: Promise) -> Allowance | None:
        target, amount = promise.target, promise.amount
        if not promise.promised or target is None or amount is None:
            return None
        if target.calendar == VISITS:
            # Nobody is booked yet; the desk answers in its own hours.
            return Allowance(target.start, target.stop[0], self.desk, amount.value)
        yard = self.terms.yardstick(promise, self._now_us)
        if amount.kind in ("worked", "elapsed"):
            allowed = amount.value
        else:
            # Days are as long as the desk is open; one week long ago tells.
            week = yard.axis.position(self._now_us) - yard.axis.position(self._now_us - _WEEK_US)
            day = max(week // 5, _DAY_HOURS_US // 2)
            allowed = day * (amount.value if amount.kind == "days" else 1)
        return Allowance(target.start, target.stop[0], yard.axis, allowed)
