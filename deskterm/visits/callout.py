"""Emergency callouts: whether one may be sent, and what it uses up.

Source: the package's `callout` terms: its `callout_priorities` only, in onsite hours only, exempt
from response and fix limits, the response beginning on arrival. Clauses are in the policy file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from deskterm.policy.document import Package
from deskterm.policy.onsite import CalloutKind
from deskterm.visits.errors import VisitRefused
from deskterm.visits.wallclock import moment_words
from deskterm.worktime import WorkingCalendar
from deskterm.worktime.errors import NeverReached


@dataclass(frozen=True, slots=True)
class CalloutRule:
    """What a callout of a package uses up, and the sentence shown before it is sent."""

    uses: CalloutKind
    sentence: str


_USES: dict[CalloutKind, str] = {
    "scheduled_visit": "It uses up one of the scheduled visits granted.",
    "on_demand_visit": "It counts as an on-demand visit.",
    "nothing": "It uses up nothing.",
    "not_offered": "",
}


def check_callout(
    package: Package,
    priority: str | None,
    at_us: int,
    onsite: WorkingCalendar,
    name_of: Callable[[str | None], str] = lambda priority: priority or "not triaged",
) -> CalloutRule:
    """The rule for a callout at that instant for a ticket of that priority.

    `name_of` gives the agreement's own word for a priority. Raises `VisitRefused` where the package
    offers none, the priority is too low, or the instant is outside onsite hours.
    """
    if package.callout == "not_offered":
        raise VisitRefused(
            "not_offered",
            f"{package.name} has no emergency callouts; a visit can be arranged against a quote.",
        )
    if priority not in package.callout_priorities:
        allowed = " or ".join(name_of(each) for each in package.callout_priorities)
        raise VisitRefused(
            "wrong_priority",
            f"An emergency callout needs priority {allowed}; the ticket is {name_of(priority)}.",
        )
    if not onsite.axis.is_open(at_us):
        raise VisitRefused("closed", _closed_sentence(at_us, onsite))
    return CalloutRule(package.callout, _USES[package.callout])


def _closed_sentence(at_us: int, onsite: WorkingCalendar) -> str:
    sentence = "Emergency callouts are made in onsite hours only"
    try:
        opens_us = onsite.axis.next_opening(at_us)
    except NeverReached:
        return f"{sentence}, and the calendar shows none after this."
    return f"{sentence}; they begin again {moment_words(opens_us, onsite.tz)}."
