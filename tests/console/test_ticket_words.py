"""What is said of a ticket in a line: what happened, what to do next, what has become late."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from deskterm.console.history import event_words
from deskterm.console.late import LateWatch, late_words
from deskterm.console.nextstep import next_step
from deskterm.desk.model import EventView, QueueRow
from deskterm.desk.text import clean
from deskterm.worktime import to_us
from tests.console.fake_desk import (
    HOUR,
    MINUTE,
    NOW,
    SAM,
    SECOND,
    answer,
    fix,
    paused,
    stopped,
    ticket,
)

NOW_US = to_us(NOW)


def event(kind: str, **data: Any) -> EventView:
    return EventView(1, NOW_US, NOW_US, clean("kim"), kind, data)


@pytest.mark.parametrize(
    ("happened", "said"),
    [
        (event("opened"), "opened"),
        (event("triaged", priority="urgent", priority_name="Urgent"), "triaged Urgent"),
        (event("noted", text="router\nlights off"), "note: router lights off"),
        (event("held", reason="awaiting_customer"), "held: awaiting customer"),
        (event("assigned", agent_id=2), "taken by kim"),
        (event("assigned", agent_id=1), "assigned to sam"),
        (event("assigned", agent_id=None), "assigned to nobody"),
        (event("edited", field="subject", old="a", new="b"), "subject now b"),
        (event("something_new"), "something new"),
    ],
)
def test_what_happened_is_one_line(happened: EventView, said: str) -> None:
    assert event_words(happened, {1: "sam", 2: "kim"}) == said


ANSWERED = stopped("first_response", "Answer", NOW_US, NOW_US - HOUR)


@pytest.mark.parametrize(
    ("row", "action", "loud"),
    [
        (ticket(1, priority=None), "ticket.triage", False),
        (ticket(1, answer(HOUR, NOW_US), fix(9 * HOUR, NOW_US)), "ticket.respond", False),
        (ticket(1, answer(-HOUR, NOW_US), fix(9 * HOUR, NOW_US)), "ticket.respond", True),
        (ticket(1, ANSWERED, fix(9 * HOUR, NOW_US)), "ticket.assign", False),
        (ticket(1, ANSWERED, fix(-HOUR, NOW_US), agent=SAM), "ticket.escalate", True),
        (ticket(1, ANSWERED, fix(HOUR // 2, NOW_US), agent=SAM), "ticket.update", False),
        (ticket(1, ANSWERED, fix(9 * HOUR, NOW_US), agent=SAM), "ticket.resolve", False),
        (ticket(1, paused("f", "Fix", HOUR), status="held"), "ticket.hold", False),
    ],
)
def test_the_next_step_follows_from_clocks_and_state(
    row: QueueRow, action: str, loud: bool
) -> None:
    step = next_step(row, NOW_US, SAM.id)
    assert step is not None
    assert (step.action, step.loud) == (action, loud)


def test_a_hold_is_chased_when_its_day_has_come() -> None:
    row = dataclasses.replace(
        ticket(1, paused("f", "Fix", HOUR), status="held"), chase_us=NOW_US - MINUTE
    )
    step = next_step(row, NOW_US)
    assert step is not None and step.loud


def test_what_is_done_needs_nothing() -> None:
    assert next_step(ticket(1, ANSWERED, status="resolved"), NOW_US) is None


def test_a_broken_promise_is_announced_once() -> None:
    watch = LateWatch()
    row = ticket(7, answer(MINUTE, NOW_US), subject="Hall projector")
    watch.look([row], NOW_US)
    assert late_words(watch.broken(NOW_US)) == ()
    assert watch.next_us() == NOW_US + MINUTE
    later = NOW_US + MINUTE + SECOND
    assert late_words(watch.broken(later)) == ("7 Hall projector: answer is overdue.",)
    assert late_words(watch.broken(later)) == ()


def test_reading_again_between_two_ticks_loses_no_announcement() -> None:
    watch = LateWatch()
    row = ticket(7, answer(MINUTE, NOW_US), subject="Hall projector")
    watch.look([row], NOW_US)
    later = NOW_US + MINUTE + SECOND
    watch.look([row], later)
    assert len(late_words(watch.broken(later))) == 1
    watch.look([row], later)
    assert late_words(watch.broken(later)) == ()


def test_what_was_answered_in_time_is_not_announced() -> None:
    watch = LateWatch()
    watch.look([ticket(7, answer(MINUTE, NOW_US))], NOW_US)
    watch.look([ticket(7, ANSWERED)], NOW_US + 30 * SECOND)
    assert late_words(watch.broken(NOW_US + HOUR)) == ()


def test_many_at_once_are_one_sentence() -> None:
    watch = LateWatch()
    watch.look([ticket(n, answer(MINUTE, NOW_US)) for n in (7, 8, 9)], NOW_US)
    said = late_words(watch.broken(NOW_US + 2 * MINUTE))
    assert said == ("3 promises are overdue now: 7, 8, 9.",)


def test_of_very_many_the_newest_are_named() -> None:
    watch = LateWatch()
    watch.look([ticket(n, answer(MINUTE, NOW_US)) for n in range(10, 40)], NOW_US)
    said = late_words(watch.broken(NOW_US + 2 * MINUTE))
    assert said == ("30 promises are overdue now; the newest: 34, 35, 36, 37, 38, 39.",)
