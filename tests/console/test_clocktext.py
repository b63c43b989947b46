"""What a clock says: its mark, its time, its due time, and when it will say something else."""

from __future__ import annotations

import dataclasses
from datetime import datetime

import pytest

from deskterm.console.clocktext import (
    answer_and_fix,
    bar,
    clock_text,
    due_text,
    next_change_us,
    time_left,
    time_over,
    used_share,
)
from deskterm.console.glyphs import ASCII, UNICODE, glyphs_for
from deskterm.desk.model import ClockCell
from deskterm.worktime import to_us
from tests.console.fake_desk import (
    AXIS,
    HOUR,
    LONDON,
    MINUTE,
    NOW,
    SECOND,
    exempt,
    local,
    paused,
    running,
    stopped,
    ticket,
)

NOW_US = to_us(NOW)


def at(day: int, hour: int, minute: int = 0) -> int:
    """A moment of November 2026 in London."""
    return to_us(datetime(2026, 11, day, hour, minute, tzinfo=LONDON))


@pytest.mark.parametrize(
    ("us", "said"),
    [
        (3 * HOUR + 42 * MINUTE, "3h42"),
        (78 * HOUR + 15 * MINUTE, "78h15"),
        (HOUR, "1h00"),
        (HOUR - SECOND, "59m59"),
        (25 * MINUTE + 4 * SECOND, "25m04"),
        (9 * SECOND, "0m09"),
        (0, "0m00"),
        (-5 * SECOND, "0m00"),
    ],
)
def test_time_left_is_hours_and_minutes_and_in_the_last_hour_minutes_and_seconds(
    us: int, said: str
) -> None:
    assert time_left(us) == said


@pytest.mark.parametrize(
    ("us", "said"), [(14 * MINUTE, "+14m"), (0, "+0m"), (125 * MINUTE, "+2h05"), (HOUR, "+1h00")]
)
def test_time_over_carries_a_plus(us: int, said: str) -> None:
    assert time_over(us) == said


def _unknown() -> ClockCell:
    return dataclasses.replace(
        running("c", "C", HOUR, now=NOW_US), due_us=None, late_from_us=None, at_risk_us=None
    )


#: State, its cell, and what the table of marks promises with and without UTF-8.
SAID = [
    (running("c", "C", 3 * HOUR + 42 * MINUTE, now=NOW_US), "track", "3h42", "3h42"),
    (running("c", "C", 1504 * SECOND, now=NOW_US), "risk", "▲ 25m04", "! 25m04"),
    (running("c", "C", -14 * MINUTE, now=NOW_US), "late", "◆ +14m", "!! +14m"),
    (paused("c", "C", 130 * MINUTE), "held", "‖ 2h10", "= 2h10"),
    (stopped("c", "C", NOW_US, NOW_US - HOUR), "met", "✓", "ok"),
    (stopped("c", "C", NOW_US - HOUR, NOW_US - 20 * MINUTE), "missed", "✗ +40m", "x +40m"),
    (exempt("c", "C"), "exempt", "–", "-"),
    (_unknown(), "unknown", "? no visit", "? no visit"),
]


@pytest.mark.parametrize(("cell", "mood", "unicode", "ascii_"), SAID)
def test_every_state_has_its_mark_with_and_without_utf8(
    cell: ClockCell, mood: str, unicode: str, ascii_: str
) -> None:
    said = clock_text(cell, NOW_US, UNICODE)
    assert (said.text, said.mood) == (unicode, mood)
    plain = clock_text(cell, NOW_US, ASCII)
    assert plain.text == ascii_
    assert plain.text.isascii()


def test_no_two_states_look_alike_without_colour() -> None:
    marks = [text.split()[0] for *_, text, _ in SAID[1:]]
    assert len(set(marks)) == len(marks)


def test_a_clock_that_waits_for_a_priority_says_that_triage_is_what_is_missing() -> None:
    cell = dataclasses.replace(exempt("c", "C"), phase="pending")
    assert clock_text(cell, NOW_US, triaged=False).text == "? triage"
    assert clock_text(cell, NOW_US, triaged=True).text == "not yet"


def test_a_closed_desk_freezes_the_countdown_and_makes_nobody_late() -> None:
    cell = running("c", "C", 134 * MINUTE, now=NOW_US)  # due at closing time, Friday 16:30
    cell = dataclasses.replace(cell, late_from_us=at(23, 8))
    evening = at(20, 22)
    assert clock_text(cell, evening).text == "▲ 0m00"
    assert clock_text(cell, at(23, 8) + SECOND).text == "◆ +0m"


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (at(20, 14, 2), "today 14:02"),
        (at(23, 8, 30), "Mon 08:30"),
        (at(26, 9), "Thu 09:00"),
        (at(27, 9), "27 Nov 09:00"),
        (at(19, 16), "19 Nov 16:00"),
        (to_us(datetime(2028, 1, 4, 9, tzinfo=LONDON)), "4 Jan 2028"),
        (None, "—"),
    ],
)
def test_a_weekday_alone_always_means_the_one_to_come(due: int | None, said: str) -> None:
    assert due_text(due, NOW_US, local) == said


def test_the_day_rolls_over() -> None:
    due = at(23, 8, 30)
    assert due_text(due, at(22, 23, 59), local) == "Mon 08:30"
    assert due_text(due, at(23, 0, 0), local) == "today 08:30"


def test_a_clock_in_its_last_hour_changes_every_second_while_the_desk_is_open() -> None:
    cell = running("c", "C", 25 * MINUTE, now=NOW_US)
    assert next_change_us(cell, NOW_US) == NOW_US + SECOND


def test_a_clock_with_hours_left_changes_once_a_minute() -> None:
    cell = running("c", "C", 5 * HOUR, now=NOW_US)
    assert next_change_us(cell, NOW_US + 20 * SECOND) == NOW_US + MINUTE


def test_a_clock_is_looked_at_again_as_it_enters_its_last_hour_and_as_it_becomes_late() -> None:
    cell = running("c", "C", HOUR + 30 * SECOND, now=NOW_US)
    assert next_change_us(cell, NOW_US) == NOW_US + 30 * SECOND
    late = running("c", "C", 500_000, now=NOW_US)
    assert next_change_us(late, NOW_US) == NOW_US + SECOND


def test_a_stopped_or_held_clock_never_changes_by_itself() -> None:
    for cell in (paused("c", "C", HOUR), exempt("c", "C"), stopped("c", "C", NOW_US, NOW_US)):
        assert next_change_us(cell, NOW_US) is None


def test_a_frozen_countdown_does_not_ask_for_seconds() -> None:
    evening = at(20, 22)
    cell = running("c", "C", 10 * MINUTE, now=evening)
    assert next_change_us(cell, evening + 5 * SECOND) == evening + MINUTE


def test_the_answer_is_the_promise_that_still_runs_and_the_last_is_the_end_of_the_work() -> None:
    triage = running("triage", "Triage", 10 * MINUTE, now=NOW_US)
    response = running("first_response", "Answer", HOUR, now=NOW_US)
    end = running("resolution", "Fix", 9 * HOUR, now=NOW_US)
    row = ticket(1, triage, response, end)
    assert answer_and_fix(row) == (triage, end)
    done = dataclasses.replace(triage, phase="met", ended_us=NOW_US)
    assert answer_and_fix(ticket(1, done, response, end)) == (response, end)


def test_a_bar_is_full_only_when_nothing_is_left() -> None:
    assert bar(1.0, 4) == "████"
    assert bar(0.99, 4) == "███░"
    assert bar(0.01, 4) == "█░░░"
    assert bar(0.0, 4, ASCII) == "...."


def test_the_share_used_is_of_working_time() -> None:
    start = at(20, 15, 30)
    cell = running("c", "C", 2 * HOUR, now=start)
    assert used_share(cell, start, at(22, 12)) == pytest.approx(0.5)
    assert AXIS.is_open(start)


@pytest.mark.parametrize(
    ("environ", "encoding", "name"),
    [
        ({"LANG": "en_GB.UTF-8"}, "utf-8", "unicode"),
        ({"LANG": "C.UTF-8"}, "utf-8", "unicode"),
        ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, "utf-8", "ascii"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "utf-8", "ascii"),
        ({"LANG": "en_GB.ISO-8859-1"}, "iso-8859-1", "ascii"),
        ({"LC_CTYPE": "UTF-8"}, "utf-8", "unicode"),
        ({}, "utf-8", "ascii"),
    ],
)
def test_marks_follow_the_locale_and_not_what_python_makes_of_it(
    environ: dict[str, str], encoding: str, name: str
) -> None:
    assert glyphs_for(environ, encoding).name == name
