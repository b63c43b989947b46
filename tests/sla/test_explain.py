"""Why a clock is due when it is: read by a person, added up by a program."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskterm.policy.document import HoldReason
from deskterm.sla import wording
from deskterm.sla.errors import UnknownClock
from deskterm.sla.facts import OnsiteSpan, TimeFact
from deskterm.sla.terms import Terms
from tests.sla.example import (
    HOUR,
    MINUTE,
    at,
    clock,
    event,
    holidays,
    policy,
    terms,
    ticket,
    why,
)
from tests.sla.replay import replay

URGENT = ticket("Tue 10:00", "high")


def test_the_sum_of_a_fix_over_a_hold_and_a_weekend() -> None:
    history = (
        event("Thu 15:00", "held", reason="awaiting_customer"),
        event("Fri 10:30", "resumed"),
    )
    explanation = why("fix", ticket("Thu 14:00", "low"), *history, now="Fri 11:00")
    assert explanation.text() == (
        "Fix by Tue 24 Nov 09:30 — 2 working days, Low (Example 1.0, 3)\n"
        "  Thu 19 Nov  14:00 – 15:00  1h00\n"
        "              held 15:00 – Fri 20 Nov 10:30 (Waiting for the customer)"
        "  not counted, 3h30\n"
        "  Fri 20 Nov  10:30 – 17:00  6h30\n"
        "  Sat 21 – Sun 22 Nov  weekend\n"
        "  Mon 23 Nov  09:00 – 17:00  8h00\n"
        "  Tue 24 Nov  09:00 – 09:30  0h30\n"
        "  worked 16h00 = 2 days of 8h00\n"
        "  Running, 14h30 left.\n"
    )
    assert explanation.total_us() == 16 * HOUR
    replay(explanation)


def test_a_reader_elsewhere_is_told_whose_times_these_are() -> None:
    explanation = why("fix", ticket("Thu 14:00", "low"), now="Fri 11:00")

    def read_in(zone: str) -> str:
        return explanation.text(lambda us: wording.local(us, zone))

    assert read_in("Europe/London") == explanation.text()
    assert read_in("Europe/Lisbon") == explanation.text()
    first, second, *_ = read_in("America/New_York").splitlines()
    assert first.startswith("Fix by Mon 23 Nov 14:00")
    assert second == "  in London time; Mon 23 Nov 09:00 here"


def test_a_change_of_priority_and_a_reopening_are_told_where_they_happened() -> None:
    history = (
        event("Tue 11:00", "reprioritised", priority="high"),
        event("Tue 12:00", "resolved"),
        event("Wed 10:00", "reopened"),
    )
    explanation = why("fix", ticket("Tue 10:00", "low"), *history, now="Wed 11:00")
    assert explanation.text() == (
        "Fix by Wed 18 Nov 16:00 — 8 working hours, High (Example 1.0, 3a)\n"
        "  Tue 17 Nov  10:00 – 12:00  2h00\n"
        "              11:00 priority Low → High\n"
        "              resolved 12:00 – Wed 18 Nov 10:00  not counted, 6h00\n"
        "  Wed 18 Nov  10:00 – 16:00  6h00\n"
        "  worked 8h00\n"
        "  Running, 5h00 left.\n"
    )


def test_holidays_shutdowns_breaks_and_bought_hours_are_told_by_name() -> None:
    facts = [
        TimeFact("shutdown", {"first": "2026-12-24", "last": "2027-01-03", "name": "Christmas"}),
        TimeFact("extra", {"date": "2026-12-23", "from": "18:00", "to": "19:00"}),
        TimeFact("break", {"from": "2026-12-23T11:00", "to": "2026-12-23T13:00"}),
    ]
    of = ticket("+++++Wed 10:00", "low")
    explanation = why("fix", of, now="+++++Wed 10:00", under=terms(facts=facts))
    assert explanation.text() == (
        "Fix by Tue 5 Jan 2027 10:00 — 2 working days, Low (Example 1.0, 3)\n"
        "  Wed 23 Dec      10:00 – 11:00  1h00\n"
        "                  break 11:00 – 13:00\n"
        "                  13:00 – 17:00  4h00\n"
        "                  18:00 – 19:00  1h00  bought hours\n"
        "  Thu 24 Dec      Christmas\n"
        "  Fri 25 Dec      holiday: Christmas Day\n"
        "  Sat 26 Dec      holiday: Boxing Day\n"
        "  Sun 27 Dec      Christmas\n"
        "  Mon 28 Dec      holiday: Boxing Day (observed)\n"
        "  Tue 29 – Thu 31 Dec  Christmas\n"
        "  Fri 1 Jan 2027  holiday: New Year's Day\n"
        "  Sat 2 – Sun 3 Jan 2027  Christmas\n"
        "  Mon 4 Jan 2027  09:00 – 17:00  8h00\n"
        "  Tue 5 Jan 2027  09:00 – 10:00  1h00\n"
        "  worked 15h00 in 2 working days\n"
        "  Running, 15h00 left.\n"
    )
    replay(explanation)


def test_hours_past_midnight_stay_on_their_evening_and_longer_ones_name_their_end() -> None:
    mail = why("mail", ticket("Fri 12:00", channel="email"), now="Fri 13:00").text()
    assert "  Fri 20 Nov  12:00 – Sat 21 Nov 12:00  24h00\n" in mail
    assert "  elapsed 24h00\n" in mail


def test_a_weekend_is_not_told_where_it_had_not_passed_or_was_on_hold() -> None:
    night = TimeFact("extra", {"date": "2026-11-20", "from": "23:00", "to": "01:00"})
    of = ticket("Fri 16:30", "high")
    assert why("answer", of, now="Fri 16:30", under=terms(facts=[night])).text() == (
        "Answer by Sat 21 Nov 00:30 — 2 working hours, High (Example 1.0, 2)\n"
        "  Fri 20 Nov  16:30 – 17:00  0h30\n"
        "              23:00 – 00:30  1h30  bought hours\n"
        "  worked 2h00\n"
        "  Running, 2h00 left.\n"
    )
    held = (event("Fri 16:45", "held"), event("+Mon 09:30", "resumed"))
    assert "weekend" not in why("answer", of, *held, now="+Mon 10:00").text()


def test_a_hold_that_begins_or_ends_on_a_closed_day_is_told_where_it_happened() -> None:
    """The part of a weekend before a hold comes before it, the rest after it; nothing twice."""
    history = (
        event("Sat 11:00", "held", reason="awaiting_customer"),
        event("+Mon 10:00", "resumed"),
        event("+Fri 16:00", "held", reason="awaiting_parts"),
        event("+Sat 12:00", "resumed"),
    )
    explanation = why("fix", ticket("Fri 14:00", "low"), *history, now="++Mon 10:00")
    assert explanation.text() == (
        "Fix by Tue 24 Nov 15:00 — 2 working days, Low (Example 1.0, 3)\n"
        "  Fri 20 Nov  14:00 – 17:00  3h00\n"
        "  Sat 21 Nov  weekend\n"
        "  Sat 21 Nov  held 11:00 – Mon 23 Nov 10:00 (Waiting for the customer)"
        "  not counted, 1h00\n"
        "  Mon 23 Nov  10:00 – 17:00  7h00\n"
        "  Tue 24 Nov  09:00 – 15:00  6h00\n"
        "  Fri 27 Nov  held 16:00 – Sat 28 Nov 12:00 (Waiting for parts)  not counted, 0m\n"
        "  worked 16h00 = 2 days of 8h00\n"
        "  Overdue by 27h00.\n"
    )
    replay(explanation)
    before_it = (event("Fri 16:00", "held"), event("Sat 12:00", "resumed"))
    explanation = why("fix", ticket("Fri 14:00", "low"), *before_it, now="+Mon 10:00")
    assert [(line.kind, line.to_us) for line in explanation.lines[1:3]] == [
        ("held", at("Sat 12:00")),
        ("closed", at("+Mon 00:00")),
    ]
    replay(explanation)


def test_a_hold_after_midnight_in_an_evening_s_hours_is_no_weekend_yet() -> None:
    night = TimeFact("extra", {"date": "2026-11-20", "from": "23:00", "to": "01:00"})
    held = (event("Sat 00:10", "held"), event("Sat 00:20", "resumed"))
    explanation = why(
        "fix", ticket("Fri 16:30", "high"), *held, now="Sat 00:30", under=terms(facts=[night])
    )
    assert [line.kind for line in explanation.lines] == [
        "counted", "counted", "held", "counted", "closed", "counted",
    ]  # fmt: skip
    replay(explanation)


def test_a_reason_is_called_what_the_policy_calls_it() -> None:
    named = replace(policy(), holds=(HoldReason("awaiting_parts", "Spares on their way"),))
    explanation = why(
        "answer", URGENT, event("Tue 11:00", "held", reason="awaiting_parts"),
        now="Tue 12:00", under=Terms(named, holidays()),
    )  # fmt: skip
    assert "held since 11:00 (Spares on their way)\n" in explanation.text()


def test_engineer_time_says_what_is_missing() -> None:
    visits = terms(package="visits")
    booked = [OnsiteSpan(at("Tue 09:00"), at("Tue 12:00"))]
    explanation = why("answer", ticket("Mon 12:00"), now="Tue 10:00", under=visits, onsite=booked)
    assert explanation.text() == (
        "Answer — 4 working hours, Low (Example 1.0, 2a)\n"
        "  Tue 17 Nov  09:00 – 12:00  3h00\n"
        "  onsite 3h00 of 4h00\n"
        "  No due time yet: 1h00 of engineer time onsite is still to be booked.\n"
    )
    replay(explanation)


def test_a_paused_clock_shows_what_was_used_and_since_when_it_is_held() -> None:
    history = (
        event("Tue 11:00", "held", reason="awaiting_customer"),
        event("Tue 15:00", "held", reason="awaiting_parts"),
    )
    explanation = why("answer", URGENT, *history, now="Wed 10:00")
    assert explanation.text() == (
        "Answer — 2 working hours, High (Example 1.0, 2)\n"
        "  Tue 17 Nov  10:00 – 11:00  1h00\n"
        "              held since 11:00 (Waiting for the customer, then Waiting for parts)\n"
        "  worked 1h00 of 2h00\n"
        "  On hold with 1h00 left; the due time is set when work goes on.\n"
    )


def test_a_hold_that_came_too_late_is_shown_with_nothing_counted() -> None:
    explanation = why("answer", URGENT, event("Tue 13:00", "held"), now="Tue 14:00")
    assert "  held since 13:00 (Other)\n" in explanation.text()
    assert explanation.sentence == (
        "Overdue by 2h00; a hold that began after it was late does not hide that."
    )
    assert explanation.clock.state == "overdue"
    replay(explanation)


def test_what_is_due_at_closing_says_from_when_it_is_late() -> None:
    of = ticket("Fri 15:00", "high")
    running = why("answer", of, now="Fri 16:00").sentence
    assert running == "Running, 1h00 left; due at closing, so late only from Mon 23 Nov 09:00 on."
    met = why("answer", of, event("Fri 18:00", "responded"), now="Sat 09:00").sentence
    assert met == (
        "Met: a response Fri 20 Nov 18:00, after closing: "
        "none of its time had passed since it was due."
    )


@pytest.mark.parametrize(
    ("name", "kinds", "sentence"),
    [
        ("answer", (), "Running, 30m left, at risk since Tue 17 Nov 11:30."),
        ("answer", ("responded",), "Met: a response Tue 17 Nov 11:00, 1h00 before it was due."),
        ("takeover", (), "Not started: it begins with a response."),
        ("takeover", ("resolved",), "Exempt: resolved Tue 17 Nov 11:00 before it had begun."),
        ("fix", ("code_fix",), "Exempt: a code fix Tue 17 Nov 11:00 ended what was promised."),
        ("fix", ("merged",), "Void: merging Tue 17 Nov 11:00 ended the ticket."),
        ("mail", (), "Exempt: promised only for tickets by email."),
    ],
)
def test_every_state_says_why_in_a_sentence(
    name: str, kinds: tuple[str, ...], sentence: str
) -> None:
    history = [event("Tue 11:00", kind) for kind in kinds]
    explanation = why(name, URGENT, *history, now="Tue 11:30")
    assert explanation.sentence == sentence
    assert explanation.text().endswith(f"  {sentence}\n")
    replay(explanation)


def test_late_ends_say_by_how_much() -> None:
    late = why("answer", URGENT, event("Tue 12:40", "responded"), now="Tue 13:00")
    assert late.sentence == "Missed: a response Tue 17 Nov 12:40, 40m late."
    overdue = why("answer", URGENT, now="Tue 12:00:09")
    assert overdue.sentence == "Overdue by 9s."
    hidden = why("fix", URGENT, event("Wed 11:00", "code_fix"), now="Fri 12:00")
    assert hidden.sentence == (
        "Missed: it was 1h00 late when a code fix exempted it Wed 18 Nov 11:00, "
        "which hides nothing."
    )
    exact = why("answer", URGENT, event("Tue 12:00", "responded"), now="Tue 13:00")
    assert exact.sentence.endswith("at the very instant it was due.")


def test_what_depends_on_the_priority_says_so() -> None:
    untriaged = ticket("Tue 10:00", None)
    waiting = why("answer", untriaged, now="Tue 11:00")
    assert waiting.sentence == "Waiting for a priority: what is promised depends on it."
    assert waiting.title == "Answer — pending"
    resolved = why("answer", untriaged, event("Tue 11:00", "resolved"), now="Tue 12:00")
    assert resolved.sentence == (
        "Exempt: resolved without a priority, on which the promise depends."
    )
    wish = why("answer", ticket("Tue 10:00", "wish"), now="Tue 11:00")
    assert wish.sentence == "Exempt: nothing is promised for Wish (2)."
    callout = why("answer", ticket("Tue 10:00", emergency_callout=True), now="Tue 11:00")
    assert callout.sentence == "Exempt: nothing is promised for an emergency callout (5)."
    triaged = event("Tue 10:30", "triaged", priority="high")
    assert "10:30 priority High" in why("answer", untriaged, triaged, now="Tue 11:00").text()


def test_an_explanation_tells_the_clock_that_evaluation_gives() -> None:
    for name in ("look", "answer", "takeover", "fix", "mail", "plan"):
        history = (event("Tue 11:00", "held"), event("Tue 12:00", "resumed"))
        explained = why(name, URGENT, *history, now="Wed 16:00").clock
        assert explained == clock(name, URGENT, *history, now="Wed 16:00")


def test_an_unknown_clock_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownClock, match="no clock 'anwser'; did you mean 'answer'"):
        why("anwser", URGENT, now="Tue 11:00")


@pytest.mark.parametrize(
    ("us", "words"),
    [
        (0, "0m"),
        (9_000_000, "9s"),
        (1_500_000, "1.5s"),
        (30 * MINUTE, "30m"),
        (25 * MINUTE + 4_000_000, "25m04"),
        (HOUR, "1h00"),
        (78 * HOUR + 15 * MINUTE, "78h15"),
        (HOUR + 9_000_000, "1h00m09"),
        (-90 * MINUTE, "-1h30"),
    ],
)
def test_lengths_of_time_are_exact_and_never_ambiguous(us: int, words: str) -> None:
    assert wording.duration(us) == words


def test_columns_of_hours_line_up_below_the_hour() -> None:
    assert wording.hours(30 * MINUTE) == "0h30"
    assert wording.hours(30 * MINUTE + 9_250_000) == "0h30m09.25"
    assert wording.hours(HOUR) == "1h00"
