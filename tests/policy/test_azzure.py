"""Azzure IT as its support service standards have it."""

from __future__ import annotations

from deskterm.policy import Target
from tests.policy.texts import monday_to_friday, promises, shipped

POLICY = shipped("azzure")


def rows(clock: str) -> list[Target]:
    return [target for target in POLICY.targets if target.clock == clock]


def test_open_eight_to_six_but_not_on_bank_holidays() -> None:
    desk = POLICY.calendars["desk"]
    assert desk.tz == "Europe/London"
    assert dict(desk.weekly) == monday_to_friday("08:00", "18:00")
    assert [(rule.country, rule.subdivision, rule.effect) for rule in desk.holidays] == [
        ("GB", "ENG", "closed")
    ]


def test_the_grid_follows_urgency_and_impact_on_the_business() -> None:
    assert [level.id for level in POLICY.priorities] == [
        "system-down", "critical", "standard", "query",
    ]  # fmt: skip
    assert [value.id for value in POLICY.triage.impact] == ["one", "team", "business"]
    letters = {"query": "Q", "standard": "S", "critical": "C", "system-down": "SD"}
    printed = {
        urgency.id: " ".join(
            letters[POLICY.triage.grid[impact.id, urgency.id]] for impact in POLICY.triage.impact
        )
        for urgency in POLICY.triage.urgency
    }
    assert printed == {
        "question": "Q Q Q",
        "fault": "S S S",
        "time-critical": "S C SD",
        "no-access": "C SD SD",
    }


def test_responses_from_a_quarter_of_an_hour_to_a_day() -> None:
    assert promises(POLICY, "first_response") == [
        {
            "system-down": "15 working minutes",
            "critical": "1 working hour",
            "standard": "2 working hours",
            "query": "8 working hours",
        }
    ]
    assert rows("first_response")[0].stop == ("responded", "workaround", "resolved")


def test_restored_access_keeps_the_promise_of_a_system_down() -> None:
    down, others = rows("resolution")
    assert down.when.priority == ("system-down",)
    assert down.stop == ("workaround", "resolved")
    assert others.stop == ("resolved",)
    assert promises(POLICY, "resolution") == [
        {"system-down": "4 working hours"},
        {"critical": "8 working hours", "standard": "1 working day", "query": "10 working days"},
    ]
    assert down.reopens
    assert others.reopens


def test_alerts_climb_from_the_support_manager_to_the_service_director() -> None:
    assert [(alert.clock, alert.share, alert.step) for alert in POLICY.alerts] == [
        ("resolution", 0.75, "support-manager"),
        ("resolution", 1.0, "quality-manager"),
        ("resolution", 1.5, "service-director"),
    ]


def test_amendments_are_quoted_and_training_has_the_query_level() -> None:
    amendment, training = POLICY.request_class("amendment"), POLICY.request_class("training")
    assert amendment is not None
    assert training is not None
    assert amendment.quote == "Account Manager"
    assert training.priority == "query"


def test_the_project_manager_comes_first_during_implementation() -> None:
    assert POLICY.first_year_phase == "implementation"
    assert POLICY.phases[0].first_contact == "Project Manager"
    assert "first payment" in POLICY.support_starts
    assert POLICY.closing == ("nps",)
