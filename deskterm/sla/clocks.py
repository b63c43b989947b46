"""The clocks of a ticket at an instant: one pure function of terms, ticket, events and now.

`evaluate` computes them; `read` looks at one again at a later instant before which nothing has
happened, which is a comparison and no fold: nobody has to decide that a ticket has breached.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from deskterm.policy.document import Amount, Target
from deskterm.sla.facts import Event, OnsiteSpans, TicketFacts
from deskterm.sla.life import Life
from deskterm.sla.measure import first_instant, last_instant, used_up
from deskterm.sla.reading import Course, Reading
from deskterm.sla.terms import Terms
from deskterm.sla.timeline import RESOLVED
from deskterm.worktime import Axis

State = Literal["pending", "running", "paused", "overdue", "met", "missed", "exempt", "void"]


class Clock(NamedTuple):
    """One promise on one ticket. Instants and durations are microseconds; None where there is none.

    Durations are time of the clock's own axis. A paused clock has no due time, and a running one
    none while its calendar cannot reach it.
    """

    name: str
    state: State
    due_us: int | None = None
    late_from_us: int | None = None
    """The clock is late at any instant after this one: `due_us`, or where that falls on a closing
    the next opening; None where nothing is due, or nothing opens any more."""
    remaining_us: int | None = None
    """Left while running or paused; below nothing while overdue."""
    missing_us: int | None = None
    """Onsite time still to be booked before a due time can be given."""
    at_risk_from_us: int | None = None
    """When the policy's warning share of the amount was or will be used."""
    started_us: int | None = None
    ended_us: int | None = None
    used_us: int | None = None
    """Time that counted so far, or by the end."""
    allowed_us: int | None = None
    """The amount promised; working days as the working time they hold from this start."""
    target: Target | None = None
    """The row of the policy that counts; None where none fits or it is not certain yet."""
    amount: Amount | None = None
    zone: str | None = None
    """IANA name of the zone in which the due time is told."""
    calendar: str | None = None
    """Role or id of the calendar it runs on, ``elapsed`` or ``visits``."""
    axis: Axis | None = None
    """The axis it is measured on; `due_position` is a position on this one only."""
    due_position: int | None = None

    @property
    def phase(self) -> str:
        """`state`, but for what is a comparison with now: ``running`` for an overdue clock."""
        return "running" if self.state == "overdue" else self.state


def evaluate(
    terms: Terms,
    ticket: TicketFacts,
    events: Sequence[Event],
    onsite_spans: OnsiteSpans,
    now_us: int,
) -> tuple[Clock, ...]:
    """All clocks of the policy, in the order of its file, as they stand at `now_us`.

    Events after now have not happened; one at now has. Their order in the sequence decides between
    events at the same instant only.
    """
    reading = Reading(terms, ticket, events, onsite_spans, now_us)
    return tuple(clock_of(reading, index) for index in range(len(reading.timeline.first)))


def read(clock: Clock, now_us: int) -> Clock:
    """The same clock at a later instant, nothing having happened to the ticket in between.

    A running clock becomes overdue by a comparison with `Clock.late_from_us`, nothing else.
    """
    if clock.phase != "running" or clock.axis is None or clock.due_position is None:
        return clock
    left = clock.due_position - clock.axis.position(now_us)
    late = clock.late_from_us is not None and now_us > clock.late_from_us
    return clock._replace(
        state="overdue" if late else "running",
        remaining_us=left,
        used_us=None if clock.allowed_us is None else clock.allowed_us - left,
    )


def clock_of(reading: Reading, index: int) -> Clock:
    """The clock at `index` of the policy's clocks."""
    life = reading.life(index)
    unmeasured = state_without_measure(reading, life)
    if unmeasured is None:
        return _measured(reading, life)
    promise = life.promise
    return Clock(
        name=promise.clock,
        state=unmeasured,
        started_us=life.started_us,
        ended_us=life.ended_us,
        target=promise.target,
        amount=promise.amount,
    )


def state_without_measure(reading: Reading, life: Life) -> State | None:
    """The state of a clock that has nothing to measure; None for one that has."""
    standing = life.promise.standing
    if life.ending == "void" or life.ending == "exempt":
        return life.ending
    if standing == "exempt":
        return "exempt"
    if standing == "pending":
        # Nobody ever said which promise it was, and the work is done.
        done = life.ended_by == RESOLVED or reading.timeline.resolved
        return "exempt" if done else "pending"
    return "pending" if life.started_us is None else None


def measured_state(reading: Reading, life: Life, course: Course) -> State:
    """The state of a clock that has started under a promise."""
    if life.ended_us is not None:
        return "missed" if course.late else "met"
    if course.late:
        return "overdue"
    return "paused" if reading.timeline.held else "running"


def _measured(reading: Reading, life: Life) -> Clock:
    course = reading.course(life)
    yard, due = course.yard, course.due
    state = measured_state(reading, life, course)
    left = due - course.until
    at_risk = used_up(
        yard,
        course.start,
        int(course.allowed * reading.terms.policy.warning_share),
        course.pauses,
    )
    due_us = late_from_us = at_risk_from_us = missing_us = None
    if state != "paused":
        due_us = first_instant(yard, due)
        if due_us is not None:
            at_risk_from_us = yard.axis.earliest(at_risk)
            late_from_us = last_instant(yard, due)
        else:
            at_risk_from_us = first_instant(yard, at_risk)
            if yard.booked_us is not None:
                missing_us = due - yard.booked_us
    elif at_risk <= course.until:
        at_risk_from_us = first_instant(yard, at_risk)
    return Clock(
        name=life.promise.clock,
        state=state,
        due_us=due_us,
        late_from_us=late_from_us,
        remaining_us=left if life.ended_us is None else None,
        missing_us=missing_us,
        at_risk_from_us=at_risk_from_us,
        started_us=course.started_us,
        ended_us=life.ended_us,
        used_us=course.allowed - left,
        allowed_us=course.allowed,
        target=life.promise.target,
        amount=life.promise.amount,
        zone=yard.zone,
        calendar=yard.calendar,
        axis=yard.axis,
        due_position=None if state == "paused" else due,
    )
