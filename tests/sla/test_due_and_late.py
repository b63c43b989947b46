"""When a promise runs out, and when a clock is late."""

from __future__ import annotations

from deskterm.sla.clocks import read
from tests.sla.example import HOUR, MINUTE, at, clock, clocks, event, ticket, told


def test_an_hour_begun_on_friday_afternoon_ends_on_monday_morning() -> None:
    answer = clock("answer", ticket("Fri 16:00", "high"), now="Fri 16:30")
    assert (answer.state, told(answer.due_us)) == ("running", "+Mon 10:00")
    assert answer.remaining_us == 90 * MINUTE


def test_what_comes_in_outside_the_hours_counts_from_the_next_opening() -> None:
    assert (
        told(clock("answer", ticket("Sat 12:00", "high"), now="Sat 13:00").due_us) == "+Mon 11:00"
    )
    assert told(clock("answer", ticket("Tue 06:00", "high"), now="Tue 06:00").due_us) == "Tue 11:00"


def test_what_is_used_up_at_closing_time_is_due_at_closing_time() -> None:
    answer = clock("answer", ticket("Fri 15:00", "high"), now="Fri 16:00")
    assert told(answer.due_us) == "Fri 17:00"
    assert told(answer.late_from_us) == "+Mon 09:00"


def test_a_closed_desk_runs_nobody_late() -> None:
    of = ticket("Fri 15:00", "high")
    assert clock("answer", of, now="Sat 12:00").state == "running"
    assert clock("answer", of, now="Sat 12:00").remaining_us == 0
    assert clock("answer", of, now="+Mon 09:00").state == "running"
    assert clock("answer", of, now="+Mon 09:00:01").state == "overdue"


def test_an_answer_in_the_closed_hours_after_the_due_time_is_in_time() -> None:
    of = ticket("Fri 15:00", "high")
    assert clock("answer", of, event("Fri 17:00", "responded"), now="+Mon 12:00").state == "met"
    assert clock("answer", of, event("Sun 23:00", "responded"), now="+Mon 12:00").state == "met"
    late = clock("answer", of, event("+Mon 09:00:01", "responded"), now="+Mon 12:00")
    assert (late.state, told(late.due_us)) == ("missed", "Fri 17:00")


def test_an_answer_at_the_due_instant_is_in_time_and_one_second_later_is_not() -> None:
    of = ticket("Tue 10:00", "high")
    assert clock("answer", of, event("Tue 12:00", "responded"), now="Tue 13:00").state == "met"
    assert (
        clock("answer", of, event("Tue 12:00:01", "responded"), now="Tue 13:00").state == "missed"
    )


def test_an_event_at_now_has_happened_and_one_after_now_has_not() -> None:
    of, answered = ticket("Tue 10:00", "high"), event("Tue 11:00", "responded")
    assert clock("answer", of, answered, now="Tue 11:00").state == "met"
    assert clock("answer", of, answered, now="Tue 10:59:59").state == "running"


def test_elapsed_hours_run_at_night_and_on_sundays() -> None:
    of = ticket("Sat 12:00", channel="email")
    mail = clock("mail", of, now="Sun 11:00")
    assert (mail.state, told(mail.due_us), mail.remaining_us) == ("running", "Sun 12:00", HOUR)
    assert mail.calendar == "elapsed"
    assert clock("mail", of, now="Sun 12:00:01").state == "overdue"


def test_working_days_keep_the_local_time_and_whole_days_end_at_their_close() -> None:
    assert told(clock("fix", ticket("Tue 10:00"), now="Tue 10:00").due_us) == "Thu 10:00"
    assert told(clock("fix", ticket("Thu 10:00"), now="Thu 10:00").due_us) == "+Mon 10:00"
    assert told(clock("fix", ticket("Tue 09:00"), now="Tue 09:00").due_us) == "Wed 17:00"
    assert told(clock("fix", ticket("Sat 09:00"), now="Sat 09:00").due_us) == "+Tue 17:00"


def test_the_next_business_day_is_the_one_after_the_date_it_came_in() -> None:
    assert told(clock("plan", ticket("Tue 16:59"), now="Tue 16:59").due_us) == "Wed 17:00"
    assert told(clock("plan", ticket("Tue 23:00"), now="Tue 23:00").due_us) == "Wed 17:00"
    assert told(clock("plan", ticket("Sat 12:00"), now="Sat 12:00").due_us) == "+Mon 17:00"


def test_a_clock_is_at_risk_once_the_warning_share_is_used() -> None:
    answer = clock("answer", ticket("Fri 16:00", "low"), now="Fri 16:30")
    assert told(answer.at_risk_from_us) == "+Mon 11:00"
    assert answer.used_us == 30 * MINUTE
    assert answer.allowed_us == 4 * HOUR


def test_a_hold_after_the_warning_does_not_take_the_warning_back() -> None:
    of = ticket("Tue 10:00", "low")
    held = (event("Tue 13:30", "held"), event("Tue 15:00", "resumed"))
    answer = clock("answer", of, *held, now="Tue 15:00")
    assert told(answer.due_us) == "Tue 15:30"
    assert told(answer.at_risk_from_us) == "Tue 13:00"


def test_a_hold_before_the_warning_puts_it_off() -> None:
    of = ticket("Tue 10:00", "low")
    held = (event("Tue 12:30", "held"), event("Tue 13:30", "resumed"))
    assert told(clock("answer", of, *held, now="Tue 14:00").at_risk_from_us) == "Tue 14:00"


def test_a_clock_read_later_is_the_clock_computed_later() -> None:
    of = ticket("Fri 15:00", "high")
    early = clocks(of, now="Fri 15:30")
    for moment in (
        "Fri 16:59",
        "Fri 17:00",
        "Sat 12:00",
        "+Mon 09:00",
        "+Mon 09:00:01",
        "+Tue 9:00",
    ):
        later = clocks(of, now=moment)
        assert {name: read(known, at(moment)) for name, known in early.items()} == later


def test_an_overdue_clock_says_by_how_much() -> None:
    answer = clock("answer", ticket("Fri 15:00", "high"), now="+Mon 10:00")
    assert (answer.state, answer.phase, answer.remaining_us) == ("overdue", "running", -HOUR)
    assert answer.used_us == 3 * HOUR


def test_clocks_come_in_the_order_of_the_policy() -> None:
    names = list(clocks(ticket(), now="Tue 10:00"))
    assert names == ["look", "answer", "takeover", "fix", "mail", "plan"]


def test_nothing_runs_before_the_ticket_is_opened() -> None:
    found = clocks(ticket("Tue 10:00", "high"), now="Mon 10:00")
    assert {known.state for known in found.values()} == {"pending", "exempt"}
