"""Agreed variations: what is entered later moves open clocks and rewrites no verdict."""

from __future__ import annotations

import pytest

from deskterm.policy.durations import read_duration
from deskterm.sla.errors import TermsError, VariationError
from deskterm.sla.facts import ALWAYS_US, TimeFact
from deskterm.sla.promises import TargetVariation
from deskterm.sla.terms import Terms
from deskterm.sla.variations import read_variation
from tests.sla.example import (
    HOUR,
    at,
    clock,
    clocks,
    event,
    holidays,
    policy,
    terms,
    ticket,
    told,
)  # fmt: skip

OF = ticket("Tue 10:00", "low")
WEDNESDAY_SHUT = {"first": "2026-11-18", "last": "2026-11-18", "name": "Training day"}


def shut(entered: str | None = None, withdrawn: str | None = None) -> TimeFact:
    return TimeFact(
        "shutdown",
        WEDNESDAY_SHUT,
        ALWAYS_US if entered is None else at(entered),
        None if withdrawn is None else at(withdrawn),
    )


def test_a_shutdown_moves_what_is_due_after_it() -> None:
    fix = clock("fix", OF, now="Tue 12:00", under=terms(facts=[shut()]))
    assert told(fix.due_us) == "Fri 10:00"


def test_a_closure_entered_later_moves_open_clocks_from_then_on() -> None:
    under = terms(facts=[shut(entered="Tue 12:00")])
    assert told(clock("fix", OF, now="Tue 11:59", under=under).due_us) == "Thu 10:00"
    assert told(clock("fix", OF, now="Tue 12:00", under=under).due_us) == "Fri 10:00"


def test_a_closure_entered_after_the_stop_rewrites_no_verdict() -> None:
    late = event("Thu 11:00", "resolved")
    under = terms(facts=[shut(entered="Thu 12:00")])
    fix = clock("fix", OF, late, now="+Mon 12:00", under=under)
    assert (fix.state, told(fix.due_us)) == ("missed", "Thu 10:00")
    known = terms(facts=[shut(entered="Thu 11:00")])
    assert clock("fix", OF, late, now="+Mon 12:00", under=known).state == "met"


def test_a_fact_taken_back_counts_no_more_but_where_the_clock_had_stopped() -> None:
    under = terms(facts=[shut(entered="Tue 11:00", withdrawn="Thu 12:00")])
    assert told(clock("fix", OF, now="Thu 11:59", under=under).due_us) == "Fri 10:00"
    fix = clock("fix", OF, now="Thu 12:00", under=under)
    assert (fix.state, told(fix.due_us)) == ("overdue", "Thu 10:00")
    stopped = clock("fix", OF, event("Thu 11:00", "resolved"), now="+Mon 12:00", under=under)
    assert (stopped.state, told(stopped.due_us)) == ("met", "Fri 10:00")


def test_the_edition_of_the_calendars_rises_with_every_entry() -> None:
    under = terms(facts=[shut("Tue 11:00", withdrawn="Thu 12:00"), shut("Wed 09:00")])
    moments = ("Mon 09:00", "Tue 11:00", "Wed 09:00", "Thu 12:00", "+Mon 09:00")
    assert [under.edition(at(moment)) for moment in moments] == [0, 1, 2, 3, 3]


def test_bought_hours_count_once_or_every_week() -> None:
    once = TimeFact("extra", {"date": "2026-11-21", "from": "10:00", "to": "14:00"})
    of = ticket("Fri 16:00", "high")
    assert (
        told(clock("answer", of, now="Fri 16:00", under=terms(facts=[once])).due_us) == "Sat 11:00"
    )
    weekly = TimeFact(
        "weekly_extra",
        {"day": "sat", "from": "10:00", "to": "14:00", "first": "2026-11-21", "last": "2026-11-21"},
    )
    under = terms(facts=[weekly])
    assert told(clock("answer", of, now="Fri 16:00", under=under).due_us) == "Sat 11:00"
    next_week = ticket("+Fri 16:00", "high")
    assert told(clock("answer", next_week, now="+Fri 16:00", under=under).due_us) == "++Mon 10:00"
    endless = terms(facts=[TimeFact("weekly_extra", {**weekly.data, "last": None})])
    assert told(clock("answer", next_week, now="+Fri 16:00", under=endless).due_us) == "+Sat 11:00"


def test_bought_hours_are_the_desks_and_do_not_open_onsite_hours() -> None:
    once = TimeFact("extra", {"date": "2026-11-21", "from": "10:00", "to": "14:00"})
    visits = terms(package="visits", facts=[once])
    saturday = [(at("Sat 10:00"), at("Sat 14:00"))]
    answer = clock("answer", ticket("Fri 16:00"), now="Sat 12:00", under=visits, onsite=saturday)
    assert answer.missing_us == 4 * HOUR


def test_a_break_is_cut_out_of_the_hours() -> None:
    cut = TimeFact("break", {"from": "2026-11-17T11:00", "to": "2026-11-17T13:00"})
    assert (
        told(clock("answer", OF, now="Tue 10:00", under=terms(facts=[cut])).due_us) == "Tue 16:00"
    )


def test_elapsed_time_knows_no_closure() -> None:
    of = ticket("Tue 10:00", channel="email")
    assert (
        told(clock("mail", of, now="Tue 10:00", under=terms(facts=[shut()])).due_us) == "Wed 10:00"
    )


def changed(
    first: str = "Wed 00:00", entered: str | None = None, withdrawn: str | None = None
) -> TargetVariation:
    return TargetVariation(
        clock="answer",
        from_us=at(first),
        amounts={"low": read_duration("1 working hour")},
        entered_us=ALWAYS_US if entered is None else at(entered),
        withdrawn_us=None if withdrawn is None else at(withdrawn),
        clause="Side letter",
    )


def test_changed_targets_are_for_tickets_opened_from_their_date() -> None:
    under = terms(variations=[changed()])
    assert told(clock("answer", OF, now="Tue 10:00", under=under).due_us) == "Tue 14:00"
    later = clock("answer", ticket("Wed 10:00"), now="Wed 10:00", under=under)
    assert told(later.due_us) == "Wed 11:00"
    assert later.target is not None
    assert later.target.clause == "Side letter"


def test_changed_targets_leave_other_priorities_and_clocks_alone() -> None:
    under = terms(variations=[changed()])
    of = ticket("Wed 10:00", "high")
    assert clocks(of, now="Wed 11:00", under=under)["answer"].due_us == at("Wed 12:00")
    assert clocks(of, now="Wed 11:00", under=under)["fix"] == clocks(of, now="Wed 11:00")["fix"]


def test_changed_targets_promise_nothing_where_nothing_is_promised_to_anybody() -> None:
    every = TargetVariation("answer", at("Mon 00:00"), {"*": read_duration("1 working hour")})
    callout = ticket("Wed 10:00", emergency_callout=True)
    under = terms(variations=[every])
    assert clock("answer", callout, now="Wed 16:00", under=under).state == "exempt"


def test_a_change_entered_after_the_stop_rewrites_no_verdict() -> None:
    of = ticket("Wed 10:00")
    history = (event("Wed 12:00", "responded"),)
    under = terms(variations=[changed(entered="Thu 09:00")])
    for now in ("Wed 16:00", "Fri 12:00"):
        answer = clock("answer", of, *history, now=now, under=under)
        assert (answer.state, told(answer.due_us)) == ("met", "Wed 14:00")
    open_still = ticket("Wed 16:00")
    assert told(clock("answer", open_still, now="Thu 08:59", under=under).due_us) == "Thu 12:00"
    assert told(clock("answer", open_still, now="Thu 09:00", under=under).due_us) == "Wed 17:00"


def test_a_change_taken_back_counts_no_more_but_where_the_clock_had_stopped() -> None:
    under = terms(variations=[changed(withdrawn="Thu 09:00")])
    history = (event("Wed 12:00", "responded"),)
    assert (
        clock("answer", ticket("Wed 10:00"), *history, now="Fri 9:00", under=under).state
        == "missed"
    )
    open_still = clock("answer", ticket("Wed 16:00"), now="Thu 10:00", under=under)
    assert told(open_still.due_us) == "Thu 12:00"


def test_a_change_for_all_priorities_may_split_what_was_the_same_for_all() -> None:
    one = TargetVariation("look", at("Mon 00:00"), {"high": read_duration("30 working minutes")})
    under = terms(variations=[one])
    assert told(
        clock("look", ticket("Tue 10:00", "high"), now="Tue 10:00", under=under).due_us
    ) == ("Tue 10:30")
    assert told(clock("look", ticket("Tue 10:00", "low"), now="Tue 10:00", under=under).due_us) == (
        "Tue 11:00"
    )
    every = TargetVariation("answer", at("Mon 00:00"), {"*": read_duration("1 working hour")})
    under = terms(variations=[every])
    assert told(
        clock("answer", ticket("Tue 10:00", None), now="Tue 10:00", under=under).due_us
    ) == ("Tue 11:00")


def test_terms_refuse_what_the_policy_does_not_have_and_name_the_nearest() -> None:
    with pytest.raises(TermsError, match="no package 'ful'; did you mean 'full'"):
        Terms(policy(), holidays(), package="ful")
    with pytest.raises(TermsError, match="no region 'mars'; there are none"):
        Terms(policy(), holidays(), region="mars")
    wrong = TargetVariation("anser", at("Mon 00:00"), {})
    with pytest.raises(TermsError, match=r"'anser'.*did you mean 'answer'"):
        terms(variations=[wrong])
    wrong = TargetVariation("answer", at("Mon 00:00"), {"hihg": read_duration("none")})
    with pytest.raises(TermsError, match="'hihg'; did you mean 'high'"):
        terms(variations=[wrong])
    with pytest.raises(TermsError, match="no calendar 'dask'"):
        terms().calendar("dask", ALWAYS_US)


def test_variations_are_read_from_plain_data() -> None:
    zone = "Europe/London"
    assert read_variation("shutdown", WEDNESDAY_SHUT, zone, 5, 9) == TimeFact(
        "shutdown", WEDNESDAY_SHUT, 5, 9
    )
    change = {"clock": "answer", "from": "2026-11-18", "amounts": {"low": "1 working hour"}}
    assert read_variation("target", {**change, "clause": "Side letter"}, zone) == changed()


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        ("shutdwon", {}, "'shutdwon' is no variation; did you mean 'shutdown'"),
        ("shutdown", {"first": "2026-11-18"}, "'last' is missing"),
        ("extra", {"date": "x", "from": "y", "to": "z", "till": "w"}, "'till' is no key here"),
        ("extra", {"date": 5, "from": "y", "to": "z"}, "date: 5 is no text"),
        ("target", {"clock": "a", "from": "x", "amounts": {}}, "from: 'x' is no date"),
        ("target", {"clock": "a", "from": "2026-11-18", "amounts": {}}, "amounts: {} is no object"),
        (
            "target",
            {"clock": "a", "from": "2026-11-18", "amounts": {"low": "soon"}},
            "amounts.low: 'soon' is no duration; expected",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_write(
    kind: str, data: dict[str, object], sentence: str
) -> None:
    with pytest.raises(VariationError) as refused:
        read_variation(kind, data, "Europe/London")
    assert sentence in str(refused.value)
