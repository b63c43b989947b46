"""SchoolStatus as its support agreement has it."""

from __future__ import annotations

from deskterm.policy import Target
from tests.policy.texts import monday_to_friday, promises, shipped

POLICY = shipped("schoolstatus")


def rows(clock: str) -> list[Target]:
    return [target for target in POLICY.targets if target.clock == clock]


def test_open_eight_to_six_in_new_york_with_no_holiday_closed() -> None:
    desk = POLICY.calendars["desk"]
    assert desk.tz == "America/New_York"
    assert dict(desk.weekly) == monday_to_friday("08:00", "18:00")
    assert desk.holidays == ()


def test_outages_come_first_and_errors_by_the_number_affected() -> None:
    assert [level.id for level in POLICY.priorities] == ["outage", "error", "technical", "how-to"]
    assert POLICY.triage.kind == "list"
    assert POLICY.queue_order == ("priority", "affected", "opened")
    assert POLICY.affected_for == ("error",)


def test_an_outage_promises_no_contact() -> None:
    for clock in ("acknowledgement", "action_plan"):
        first = rows(clock)[0]
        assert first.when.priority == ("outage",)
        assert first.amounts["*"].kind == "none"


def test_administrators_are_confirmed_in_two_hours_and_everyone_else_in_four() -> None:
    assert promises(POLICY, "acknowledgement")[1:] == [
        {"*": "2 working hours"},
        {"*": "4 working hours"},
    ]
    _, administrator, everyone = rows("acknowledgement")
    assert administrator.when.tier == ("administrator",)
    assert everyone.when.tier == ()
    for target in (administrator, everyone):
        assert target.stop == ("acknowledged", "responded", "action_planned", "resolved")


def test_a_plan_by_the_next_business_day() -> None:
    assert promises(POLICY, "action_plan")[1:] == [{"*": "next business day"}] * 2
    assert all(target.stop == ("action_planned", "resolved") for target in rows("action_plan"))


def test_there_is_no_promise_of_a_fix() -> None:
    assert POLICY.clock_names() == ("acknowledgement", "action_plan")


def test_a_publisher_has_not_bought_the_phone() -> None:
    assert "phone" in POLICY.tier_channels["administrator"]
    assert "phone" not in POLICY.tier_channels["publisher"]


def test_a_request_is_of_a_named_user_and_has_a_class() -> None:
    assert POLICY.required == ("contact", "steps", "type", "class")
    assert {"resolution", "mail", "debrief"} == set(POLICY.closing)
    assert len(POLICY.debrief["outage"]) == 3


def test_personal_and_technical_requests_with_their_tree() -> None:
    roots = [entry.id for entry in POLICY.classes if entry.parent is None]
    assert roots == ["personal", "technical"]
    children = {
        root: [entry.id for entry in POLICY.classes if entry.parent == root]
        for root in ("personal", "technical", "code-error")
    }
    assert len(children["personal"]) == 3
    assert children["technical"] == ["outage", "code-error", "login", "question"]
    assert children["code-error"] == ["back-end", "front-end"]
    outage = POLICY.request_class("outage")
    assert outage is not None
    assert outage.priority == "outage"
