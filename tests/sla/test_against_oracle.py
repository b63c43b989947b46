"""Random policies, tickets and histories: the clocks say what the slow program says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from deskterm.policy.document import (
    Amount,
    CalendarRule,
    Policy,
    Priority,
    Target,
    TicketType,
    Triage,
    When,
    frozen_map,
)
from deskterm.sla.clocks import Clock, evaluate, read
from deskterm.sla.explain import explain
from deskterm.sla.facts import ALWAYS_US, Event, TicketFacts, TimeFact
from deskterm.sla.terms import Terms
from tests.sla.oracle import QUARTER_US, Hours, Setting, Window, tell
from tests.sla.replay import replay

#: Six weeks around the change to summer time; tickets live in the first two of them.
FIRST = date(2026, 3, 23)
WINDOW = Window(FIRST, 49)
LIFE = 12 * 96
HOUR_US = 4 * QUARTER_US

PRIORITIES = ("high", "low")
TYPES = ("incident", "service_request", "information_request")
CHANNELS = ("phone", "email")
STOPS = ("responded", "escalated", "resolved", "code_fix", "closed")
#: The commoner kinds more than once, as on a desk.
KINDS = (
    *("held", "resumed", "resolved", "reopened", "reprioritised") * 3,
    *("responded", "updated", "escalated", "code_fix", "triaged", "undone") * 2,
    *("noted", "closed", "merged"),
)

Week = tuple[tuple[str, tuple[tuple[int, int], ...]], ...]


def week(days: str, *hours: tuple[int, int]) -> Week:
    return tuple((day, hours) for day in days.split())


WORKDAYS = "mon tue wed thu fri"
WEEKS = (
    week(WORKDAYS, (32, 66)),
    week(WORKDAYS, (32, 100)),
    week("mon tue wed fri sat", (36, 48), (52, 68)),
    week("mon tue wed thu fri sat sun", (0, 96)),
)
ONSITE = week(WORKDAYS, (32, 72))


def clock_text(quarters: int) -> str:
    return "24:00" if quarters == 96 else f"{quarters // 4 % 24:02d}:{quarters % 4 * 15:02d}"


def written(hours: Week) -> Any:
    return frozen_map(
        {
            day: tuple((clock_text(begin), clock_text(end)) for begin, end in spans)
            for day, spans in hours
        }
    )


def amounts(calendar: str) -> st.SearchStrategy[Amount]:
    worked = st.integers(1, 40).map(lambda n: Amount("worked", n * 2 * QUARTER_US, f"{n} halves"))
    kinds = [worked, worked, worked]
    if calendar != "visits":
        kinds += [
            st.integers(1, 3).map(lambda n: Amount("days", n, f"{n} working days")),
            st.just(Amount("next_day", 0, "next business day")),
            st.integers(1, 60).map(lambda n: Amount("elapsed", n * HOUR_US, f"{n} hours")),
            st.just(Amount("none", 0, "none")),
        ]
    return st.one_of(kinds)


@st.composite
def targets(draw: st.DrawFn, clock: str) -> Target:
    calendar = draw(st.sampled_from(("desk", "desk", "desk", "onsite", "visits", "elapsed")))
    # Days and next business days are not promised in elapsed time or engineer time.
    amount = amounts("visits" if calendar == "elapsed" else calendar)
    keys = draw(st.sampled_from((("*",), PRIORITIES)))
    some = st.lists(st.sampled_from(STOPS), min_size=1, max_size=3, unique=True).map(tuple)
    return Target(
        clock=clock,
        name=clock,
        start=draw(st.sampled_from(("opened", "opened", "opened", "responded"))),
        stop=draw(some),
        calendar=calendar,
        amounts=frozen_map({key: draw(amount) for key in keys}),
        when=When(
            channel=draw(st.sampled_from(((), (), (), (), ("email",)))),
            type=draw(st.sampled_from(((), (), (), (), ("incident",)))),
            priority=draw(st.sampled_from(((), (), (), ("high",)))),
        ),
        exempt_on=draw(st.sampled_from(((), (), ("code_fix",)))),
        reopens=draw(st.booleans()),
    )


@st.composite
def policies(draw: st.DrawFn, hours: Week) -> Policy:
    rows: list[Target] = []
    for clock in ("first", "second"):
        rows += draw(st.lists(targets(clock), min_size=1, max_size=2))
    return Policy(
        id="drawn",
        name="Drawn",
        version="1",
        source="",
        summary="",
        calendars=frozen_map(
            {
                "desk": CalendarRule("desk", "Desk", "Europe/London", written(hours)),
                "onsite": CalendarRule("onsite", "Onsite", "Europe/London", written(ONSITE)),
            }
        ),
        priorities=tuple(Priority(level, level) for level in PRIORITIES),
        triage=Triage("list"),
        targets=tuple(rows),
        types=frozen_map(
            {
                kind: TicketType(kind, kind, "low" if kind == "information_request" else None)
                for kind in TYPES
            }
        ),
    )


@st.composite
def events(draw: st.DrawFn, opened: int) -> list[Event]:
    found: list[Event] = []
    slots = sorted(draw(st.lists(st.integers(opened, LIFE), max_size=14)))
    for place, slot in enumerate(slots):
        kind = draw(st.sampled_from(KINDS))
        data: dict[str, Any] = {}
        if kind in ("triaged", "reprioritised"):
            data["priority"] = draw(st.sampled_from((*PRIORITIES, None)))
            data["type"] = draw(st.sampled_from((None, None, *TYPES)))
        if kind == "undone":
            if not place:
                continue
            data["undoes"] = draw(st.integers(1, len(found))) if found else 1
            if not found:
                continue
        found.append(Event(WINDOW.us(slot), kind, data))
    return found


@st.composite
def facts(draw: st.DrawFn) -> list[tuple[int | None, str, date]]:
    """(slot in which it was entered, kind, date) of closures and bought Saturday mornings."""
    return draw(
        st.lists(
            st.tuples(
                st.one_of(st.none(), st.integers(0, LIFE)),
                st.sampled_from(("shutdown", "extra")),
                st.integers(0, 20).map(lambda days: FIRST + timedelta(days=days)),
            ),
            max_size=2,
        )
    )


def time_fact(entered: int | None, kind: str, day: date) -> TimeFact:
    entered_us = ALWAYS_US if entered is None else WINDOW.us(entered)
    if kind == "shutdown":
        return TimeFact("shutdown", {"first": str(day), "last": str(day)}, entered_us)
    return TimeFact("extra", {"date": str(day), "from": "19:00", "to": "21:00"}, entered_us)


def editions(
    weekly: Week, entries: list[tuple[int | None, str, date]], *, bought: bool
) -> list[tuple[int, Hours]]:
    """The hours as known from slot to slot, by entering one fact after the other."""
    hours = Hours("Europe/London", weekly)
    found = [(-1, hours)]
    for entered, kind, day in sorted(entries, key=lambda entry: slot_or_always(entry[0])):
        if kind == "shutdown":
            hours = replace(hours, shut=hours.shut | {day})
        elif bought:
            hours = replace(hours, extra=(*hours.extra, (day, 76, 84)))
        found.append((slot_or_always(entered), hours))
    return found


def slot_or_always(entered: int | None) -> int:
    return -1 if entered is None else entered


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(st.data())
def test_the_clocks_say_what_the_slow_program_says(data: st.DataObject) -> None:
    hours = data.draw(st.sampled_from(WEEKS))
    policy = data.draw(policies(hours))
    opened = data.draw(st.integers(0, LIFE // 3))
    ticket = TicketFacts(
        opened_us=WINDOW.us(opened),
        type=data.draw(st.sampled_from(TYPES)),
        priority=data.draw(st.sampled_from((*PRIORITIES, None))),
        channel=data.draw(st.sampled_from(CHANNELS)),
    )
    history = data.draw(events(opened))
    entries = data.draw(facts())
    visits = data.draw(
        st.lists(st.tuples(st.integers(0, LIFE), st.integers(1, 24)), max_size=3).map(
            lambda pairs: [(begin, begin + length) for begin, length in pairs]
        )
    )
    now = data.draw(st.one_of(st.just(LIFE), st.integers(opened, LIFE + 200)))

    setting = Setting(
        window=WINDOW,
        policy=policy,
        hours={
            "desk": editions(hours, entries, bought=True),
            "onsite": editions(ONSITE, entries, bought=False),
        },
        onsite=visits,
        ticket=ticket,
        events=history,
        now=now,
    )
    terms = Terms(policy, None, facts=[time_fact(*entry) for entry in entries])
    spans = [(WINDOW.us(begin), WINDOW.us(end)) for begin, end in visits]
    for clock in evaluate(terms, ticket, history, spans, WINDOW.us(now)):
        told = tell(setting, clock.name)
        note(f"{clock}\n{told}")
        assert clock.state == told.state
        due_us = None if told.due is None else WINDOW.us(told.due)
        assert clock.due_us == due_us
        if told.remaining is not None:
            assert clock.remaining_us == told.remaining * QUARTER_US
        explanation = explain(terms, ticket, history, spans, WINDOW.us(now), clock.name)
        assert _bare(explanation.clock) == _bare(clock)
        replay(explanation)
        # Nothing more happens: a look at the clock later is what a new evaluation says.
        still_to_come = [event.at_us for event in history if event.at_us > WINDOW.us(now)]
        still_to_come += [slot for slot, _, _ in entries if slot is not None and slot > now]
        if not still_to_come:
            later = WINDOW.us(now + 200)
            again = evaluate(terms, ticket, history, spans, later)
            index = policy.clock_names().index(clock.name)
            assert _bare(read(clock, later)) == _bare(again[index])


def _bare(clock: Clock) -> Clock:
    """Without the axis of onsite time, which is made anew for every question."""
    return clock._replace(axis=None)
