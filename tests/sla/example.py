"""A small agreement and one week of November 2026, in which the stories of the rules play.

The desk is open Monday to Friday, nine to five, in London; onsite work Monday to Friday, eight to
six. Moments are told as on a wall calendar: ``Tue 10:00`` is Tuesday 17 November, ``+Tue 10:00``
the Tuesday after.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from deskterm.policy import Policy, read_policy
from deskterm.policy.holidays import ResolvedHolidays, resolve_holidays
from deskterm.sla.clocks import Clock, evaluate
from deskterm.sla.explain import explain
from deskterm.sla.explanation import Explanation
from deskterm.sla.facts import Event, OnsiteSpans, TicketFacts, TimeFact
from deskterm.sla.promises import TargetVariation
from deskterm.sla.terms import Terms
from deskterm.worktime import from_us, to_us

MINUTE = 60_000_000
HOUR = 60 * MINUTE
LONDON = ZoneInfo("Europe/London")
MONDAY = date(2026, 11, 16)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

TEXT = """
id = "example"
name = "Example"
version = "1.0"
source = "made up for tests"
summary = "An agreement with one of everything that clocks can be asked."
warning_share = 0.75

[calendars.desk]
name = "Desk"
tz = "Europe/London"
hours = { "mon-fri" = "09:00-17:00" }
holidays = { closed = ["GB-ENG"] }

[calendars.onsite]
name = "Onsite"
tz = "Europe/London"
hours = { "mon-fri" = "08:00-18:00" }
holidays = { closed = ["GB-ENG"] }

[[priorities]]
id = "high"
name = "High"
[[priorities]]
id = "low"
name = "Low"
[[priorities]]
id = "wish"
name = "Wish"

[triage]
kind = "grid"
rows = "urgency"
[[triage.impact]]
id = "all"
name = "All"
[[triage.impact]]
id = "one"
name = "One"
[[triage.urgency]]
id = "now"
name = "Now"
[[triage.urgency]]
id = "later"
name = "Later"
[triage.grid]
now = ["high", "low"]
later = ["low", "wish"]

[types.incident]
name = "Incident"
[types.information_request]
name = "Question"
priority = "wish"

[packages.full]
name = "Full"
[packages.visits]
name = "Visits only"

# The same for all priorities, so it runs before there is one.
[[targets]]
clock = "look"
name = "First look"
start = "opened"
stop = ["triaged", "responded"]
calendar = "desk"
amount = "1 working hour"
clause = "1"

# Callouts are outside all times, whatever their priority.
[[targets]]
clock = "answer"
name = "Answer"
start = "opened"
stop = ["responded"]
when = { emergency_callout = true }
amount = "none"
clause = "5"

[[targets]]
clock = "answer"
name = "Answer"
start = "opened"
stop = ["responded"]
calendar = "visits"
when = { package = ["visits"] }
amount = { high = "2 working hours", low = "4 working hours", wish = "none" }
clause = "2a"

[[targets]]
clock = "answer"
name = "Answer"
start = "opened"
stop = ["responded"]
calendar = "desk"
amount = { high = "2 working hours", low = "4 working hours", wish = "none" }
clause = "2"

# Starts with the answer, for incidents.
[[targets]]
clock = "takeover"
name = "Takeover"
start = "responded"
stop = ["escalated"]
calendar = "desk"
when = { type = ["incident"] }
amount = "1 working hour"

# For a high priority a workaround is enough.
[[targets]]
clock = "fix"
name = "Fix"
start = "opened"
stop = ["workaround"]
calendar = "desk"
when = { priority = ["high"] }
amount = "8 working hours"
exempt_on = ["code_fix"]
reopens = true
clause = "3a"

[[targets]]
clock = "fix"
name = "Fix"
start = "opened"
stop = ["resolved"]
calendar = "desk"
when = { priority = ["low", "wish"] }
amount = { low = "2 working days", wish = "none" }
exempt_on = ["code_fix"]
reopens = true
clause = "3"

[[targets]]
clock = "mail"
name = "Mail"
start = "opened"
stop = ["responded"]
calendar = "elapsed"
when = { channel = ["email"] }
amount = "24 hours"

[[targets]]
clock = "plan"
name = "Plan"
start = "opened"
stop = ["action_planned"]
calendar = "desk"
amount = "next business day"
"""


@cache
def policy() -> Policy:
    return read_policy(TEXT, "example.toml")


@cache
def holidays() -> ResolvedHolidays:
    return resolve_holidays(policy(), 2025, 2028)


def at(moment: str) -> int:
    """``Tue 10:00`` of the week, ``+Tue 10:00`` of the one after, as microseconds."""
    weeks = len(moment) - len(moment.lstrip("+"))
    name, clock = moment.lstrip("+").split()
    day = MONDAY + timedelta(days=WEEKDAYS.index(name) + 7 * weeks)
    hour, minute, second = (*map(int, clock.split(":")), 0)[:3]
    return to_us(datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=LONDON))


def told(us: int | None) -> str | None:
    """The opposite of `at`, to compare with."""
    if us is None:
        return None
    moment = from_us(us, LONDON)
    weeks, weekday = divmod((moment.date() - MONDAY).days, 7)
    clock = f"{moment:%H:%M:%S}".removesuffix(":00")
    return f"{'+' * weeks}{WEEKDAYS[weekday]} {clock}"


def event(moment: str, kind: str, **data: Any) -> Event:
    return Event(at(moment), kind, data)


def ticket(opened: str = "Tue 10:00", priority: str | None = "low", **rest: Any) -> TicketFacts:
    return TicketFacts(at(opened), priority=priority, **rest)


def terms(
    package: str | None = None,
    facts: Sequence[TimeFact] = (),
    variations: Sequence[TargetVariation] = (),
) -> Terms:
    return Terms(policy(), holidays(), package=package, facts=facts, target_variations=variations)


def clocks(
    of: TicketFacts,
    *events: Event,
    now: str,
    under: Terms | None = None,
    onsite: OnsiteSpans = (),
) -> dict[str, Clock]:
    """All clocks of a ticket by name."""
    told_clocks = evaluate(under or terms(), of, events, onsite, at(now))
    return {clock.name: clock for clock in told_clocks}


def clock(
    name: str,
    of: TicketFacts,
    *events: Event,
    now: str,
    under: Terms | None = None,
    onsite: OnsiteSpans = (),
) -> Clock:
    """One clock of a ticket."""
    return clocks(of, *events, now=now, under=under, onsite=onsite)[name]


def why(
    name: str,
    of: TicketFacts,
    *events: Event,
    now: str,
    under: Terms | None = None,
    onsite: OnsiteSpans = (),
) -> Explanation:
    """The explanation of one clock of a ticket."""
    return explain(under or terms(), of, events, onsite, at(now), name)
