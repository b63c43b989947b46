"""Scenario lines are read strictly: half understood, an example proves nothing."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.policy import Policy
from deskterm.policy.holidays import ResolvedHolidays
from deskterm.sla.errors import ScenarioError
from deskterm.sla.scenario import compare, run
from tests.sla.example import holidays, policy

LINE: dict[str, Any] = {
    "id": "an-example",
    "policy": "example",
    "agreement": {"package": "full", "shutdowns": [["2026-11-18", "2026-11-18"]]},
    "ticket": {"opened": "2026-11-17T10:00+00:00", "priority": "low", "type": "incident"},
    "events": [{"at": "2026-11-17T11:00+00:00", "event": "held", "reason": "awaiting_customer"}],
    "now": "2026-11-17T12:00+00:00",
    "expect": {"answer": {"state": "paused", "due": None, "remaining_seconds": 10800}},
}


def load(policy_id: str) -> tuple[Policy, ResolvedHolidays]:
    if policy_id != "example":
        raise ScenarioError(f"There is no policy {policy_id!r}.")
    return policy(), holidays()


def with_changed(path: str, value: object) -> dict[str, Any]:
    line = copy.deepcopy(LINE)
    place: Any = line
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in parents:
        place = place[part]
    place[last] = value
    return line


def test_the_line_comes_back_with_its_clocks() -> None:
    told = run(LINE, load)
    assert list(told) == [*LINE, "clocks"]
    assert {key: told[key] for key in LINE} == LINE
    assert told["clocks"]["answer"] == {"state": "paused", "due": None, "remaining_seconds": 10800}
    assert compare(LINE["expect"], told["clocks"]) == []


def test_times_carry_the_local_offset_and_the_instant_from_which_it_is_late() -> None:
    line = with_changed("events", [])
    line["ticket"]["opened"] = "2026-07-31T13:00+01:00"
    line["now"] = "2026-07-31T14:00:00.5+01:00"
    line["agreement"] = {}
    assert run(line, load)["clocks"]["answer"] == {
        "state": "running",
        "due": "2026-07-31T17:00:00+01:00",
        "remaining_seconds": 10799.5,
        "late_from": "2026-08-03T09:00:00+01:00",
    }


def test_a_clock_without_a_due_time_says_what_is_missing() -> None:
    line = with_changed("agreement", {"package": "visits"})
    line["events"] = []
    line["onsite"] = [
        ["2026-11-17T10:00+00:00", "2026-11-17T11:00+00:00"],
        {"from": "2026-11-17T15:00+00:00", "to": "2026-11-17T16:00+00:00",
         "entered": "2026-11-17T14:00+00:00"},
    ]  # fmt: skip
    assert run(line, load)["clocks"]["answer"] == {
        "state": "running",
        "due": None,
        "missing_seconds": 10800,
    }


def test_variations_are_taken_from_when_they_were_entered() -> None:
    closed = {"kind": "shutdown", "first": "2026-11-17", "last": "2026-11-17"}
    line = with_changed("agreement", {"variations": [{**closed, "entered": LINE["now"]}]})
    line["events"] = []
    assert run(line, load)["clocks"]["answer"]["due"] == "2026-11-18T13:00:00+00:00"
    line["now"] = "2026-11-17T11:59+00:00"
    assert run(line, load)["clocks"]["answer"]["due"] == "2026-11-17T14:00:00+00:00"
    change = {"kind": "target", "clock": "answer", "from": "2026-11-17",
              "amounts": {"low": "1 working hour"}}  # fmt: skip
    line["agreement"] = {"variations": [change]}
    assert run(line, load)["clocks"]["answer"]["due"] == "2026-11-17T11:00:00+00:00"


def test_optional_parts_may_be_missing_or_null() -> None:
    line = {key: LINE[key] for key in ("policy", "now")}
    line["ticket"] = {"opened": "2026-11-17T10:00+00:00", "priority": None, "channel": None}
    assert run(line, load)["clocks"]["look"]["state"] == "overdue"
    line |= {"agreement": None, "onsite": None, "events": None, "expect": None}
    assert run(line, load)["clocks"]["look"]["state"] == "overdue"


def test_what_a_desk_writes_about_a_ticket_passes_through() -> None:
    line = {**LINE, "number": 1042, "subject": "Internet down", "clocks": {"old": {}}}
    line["events"] = [
        {"at": "2026-11-17T10:30+00:00", "event": kind, "id": place, "text": "said so"}
        for place, kind in enumerate(("opened", "assigned", "noted", "told", "visit_booked"))
    ]
    told = run(line, load)
    assert (told["number"], told["subject"]) == (1042, "Internet down")
    assert told["clocks"]["answer"]["state"] == "running"


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("policy", "exampel", "There is no policy 'exampel'"),
        ("policy", None, "policy is missing"),
        ("policy", 7, "policy: 7 is no text"),
        ("event", [], "'event' is no key of a scenario; did you mean 'events'"),
        ("agreement.packge", "full", "'packge' is no key here; did you mean 'package'"),
        (
            "agreement.package",
            "fulll",
            "agreement.package: 'fulll' is unknown; did you mean 'full'",
        ),
        ("agreement.region", "mars", "agreement.region: 'mars' is unknown; there are none"),
        ("agreement.shutdowns", [["2026-11-18"]], "agreement.shutdowns[0]: ['2026-11-18'] is not"),
        ("agreement.shutdowns", "soon", "agreement.shutdowns: 'soon' is no list"),
        ("agreement.shutdowns", [["2026-11-18", "2026-11-17"]], "expected a date not before"),
        ("agreement.extra_hours", [["2026-11-18", "9", "10"]], "agreement: extra"),
        (
            "agreement.variations",
            [{"kind": "shutdwon"}],
            "agreement.variations[0]: 'shutdwon' is no",
        ),
        ("agreement.variations", [7], "agreement.variations[0]: 7 is no object"),
        ("ticket", None, "ticket is missing"),
        ("ticket.opened", None, "ticket.opened is missing"),
        ("ticket.opened", "2026-11-17T10:00", "'2026-11-17T10:00' does not say its offset"),
        ("ticket.opened", "yesterday", "ticket.opened: 'yesterday' is no time such as"),
        ("ticket.opened", 5, "ticket.opened: 5 is no time such as"),
        ("ticket.priorty", "low", "ticket: 'priorty' is no key here; did you mean 'priority'"),
        ("ticket.priority", "lwo", "ticket.priority: 'lwo' is unknown; did you mean 'low'"),
        ("ticket.type", "incidnet", "'incidnet' is unknown; did you mean 'incident'"),
        ("ticket.channel", "mail", "ticket.channel: 'mail' is unknown; did you mean 'email'"),
        ("ticket.tier", "gold", "ticket.tier: 'gold' is unknown; there are none"),
        ("ticket.impact", "al", "ticket.impact: 'al' is unknown; did you mean 'all'"),
        ("ticket.emergency_callout", "yes", "ticket.emergency_callout: 'yes' is neither"),
        ("onsite", [["2026-11-17T10:00+00:00"]], "onsite[0]: ['2026-11-17T10:00+00:00'] is not"),
        ("onsite", [["2026-11-17T10:00Z", "2026-11-17T10:00Z"]], "onsite[0]: ends at or before"),
        ("onsite", [{"from": "2026-11-17T10:00Z"}], "onsite[0].to is missing"),
        ("events.0", "held", "event 1: 'held' is no object"),
        ("events.0.event", "hold", "event 1: 'hold' is no event; did you mean 'held'"),
        ("events.0.event", None, "event 1.event is missing"),
        ("events.0", {"at": LINE["now"], "event": "triaged", "priority": "x"}, "event 1.priority:"),
        ("events.0", {"at": LINE["now"], "event": "undone"}, "event 1: undoes None, expected the"),
        ("events.0", {"at": LINE["now"], "event": "undone", "undoes": 2}, "event 1: undoes 2, exp"),
        ("now", None, "now is missing"),
        ("now", "2026-13-01T00:00+00:00", "now: '2026-13-01T00:00+00:00' is no time"),
        ("expect.anwser", {}, "expect: 'anwser' is no clock of the policy 'example'; did you mean"),
        ("expect.answer.state", "pausd", "expect.answer.state: 'pausd' is unknown; did you mean"),
        ("expect.answer.du", None, "expect.answer: 'du' is no key here; did you mean 'due'"),
        ("expect.answer.due", "2026-11-17T10:00", "expect.answer.due: '2026-11-17T10:00' does not"),
        ("expect.answer.remaining_seconds", "1", "expect.answer.remaining_seconds: '1' is no num"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_is_expected(
    path: str, value: object, sentence: str
) -> None:
    with pytest.raises(ScenarioError) as refused:
        run(with_changed(path, value), load)
    assert sentence in refused.value.sentence


def places(value: dict[str, Any] | list[Any], path: str = "") -> Iterator[str]:
    """The path of everything in a line."""
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        here = f"{path}.{key}" if path else str(key)
        yield here
        if isinstance(part, dict | list):
            yield from places(part, here)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.datetimes().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(places(LINE))), ANYTHING)
def test_whatever_stands_in_a_line_it_is_read_or_refused_in_a_sentence(
    path: str, value: object
) -> None:
    try:
        run(with_changed(path, value), load)
    except ScenarioError as refused:
        assert refused.sentence.endswith((".", "?"))


def test_times_beyond_the_years_that_can_be_told_are_refused() -> None:
    line = with_changed("ticket.opened", "9999-12-31T23:00+00:00")
    line["now"] = "9999-12-31T23:59+00:00"
    with pytest.raises(ScenarioError):
        run(line, load)


def test_the_line_has_to_be_an_object() -> None:
    with pytest.raises(ScenarioError, match="the line: 7 is no object"):
        run(7, load)  # type: ignore[arg-type]  # what a file may hold


def test_differences_are_told_one_by_one_and_times_compared_as_instants() -> None:
    clocks = {
        "fix": {"state": "running", "due": "2026-11-17T10:00:00+00:00", "remaining_seconds": 5}
    }
    same = {"fix": {"due": "2026-11-17T05:00-05:00", "remaining_seconds": 5.0}}
    assert compare(same, clocks) == []
    other = {"fix": {"state": "met", "due": None, "remaining_seconds": 6}, "answer": {}}
    assert compare(other, clocks) == [
        "fix.state: expected met, got running",
        "fix.due: expected nothing, got 2026-11-17T10:00:00+00:00",
        "fix.remaining_seconds: expected 6, got 5",
        "answer: there is no such clock",
    ]
