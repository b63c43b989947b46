"""Impero as its agreement (version 1.1) has it."""

from __future__ import annotations

import pytest

from deskterm.policy import Target
from tests.policy.texts import monday_to_friday, promises, shipped

POLICY = shipped("impero")


def row(clock: str) -> Target:
    (target,) = [target for target in POLICY.targets if target.clock == clock]
    return target


@pytest.mark.parametrize(
    ("region", "zone", "opens", "closes"),
    [
        ("uk", "Europe/London", "08:00", "01:00"),
        ("gulf", "Asia/Dubai", "12:00", "21:00"),
        ("us-eastern", "America/New_York", "08:00", "20:00"),
        ("us-central", "America/Chicago", "07:00", "19:00"),
        ("us-mountain", "America/Denver", "06:00", "18:00"),
        ("us-pacific", "America/Los_Angeles", "05:00", "17:00"),
    ],
)
def test_each_region_has_hours_of_its_own(region: str, zone: str, opens: str, closes: str) -> None:
    calendar = POLICY.calendars[POLICY.calendar_id("desk", region) or ""]
    assert calendar.tz == zone
    assert dict(calendar.weekly) == monday_to_friday(opens, closes)


def test_six_regions_with_the_uk_as_default() -> None:
    assert tuple(POLICY.regions) == (
        "uk", "gulf", "us-eastern", "us-central", "us-mountain", "us-pacific",
    )  # fmt: skip
    assert POLICY.default_region == "uk"
    assert POLICY.calendar_id("desk") == "uk"


def test_uk_and_us_holidays_limit_cover_everywhere_and_close_nothing() -> None:
    for calendar in POLICY.calendars.values():
        assert [(rule.country, rule.subdivision, rule.effect) for rule in calendar.holidays] == [
            ("GB", "ENG", "limited"),
            ("US", None, "limited"),
        ]


def test_the_grid_is_exactly_as_printed() -> None:
    assert POLICY.triage.rows == "urgency"
    assert [value.id for value in POLICY.triage.impact] == ["severe", "high", "medium", "low"]
    printed = {
        urgency.id: " ".join(
            POLICY.triage.grid[impact.id, urgency.id] for impact in POLICY.triage.impact
        )
        for urgency in POLICY.triage.urgency
    }
    assert printed == {
        "high": "P1 P1 P1 P1",
        "medium": "P2 P2 P3 P4",
        "low": "P3 P3 P4 P4",
    }


def test_everything_but_an_incident_is_p5() -> None:
    assert {name: kind.priority for name, kind in POLICY.types.items()} == {
        "incident": None,
        "information_request": "P5",
        "service_request": "P5",
        "change_request": "P5",
    }
    assert POLICY.fixed_priority("service_request") == "P5"
    assert POLICY.fixed_priority("incident") is None


def test_triage_takes_thirty_working_minutes() -> None:
    assert row("triage").stop == ("triaged", "responded", "resolved")
    assert promises(POLICY, "triage") == [{"*": "30 working minutes"}]


def test_meaningful_responses_for_95_percent() -> None:
    assert promises(POLICY, "first_response") == [
        {
            "P1": "1 working hour",
            "P2": "2 working hours",
            "P3": "4 working hours",
            "P4": "8 working hours",
            "P5": "8 working hours",
        }
    ]
    assert row("first_response").goal == 0.95


def test_resolution_in_working_days_until_a_code_fix_is_needed() -> None:
    assert promises(POLICY, "resolution") == [
        {
            "P1": "1 working day",
            "P2": "2 working days",
            "P3": "3 working days",
            "P4": "5 working days",
            "P5": "none",
        }
    ]
    resolution = row("resolution")
    assert resolution.stop == ("resolved",)
    assert resolution.exempt_on == ("code_fix",)
    assert resolution.reopens
    assert resolution.goal == 0.95
    assert dict(POLICY.releases) == {
        "P1": "Emergency release",
        "P2": "Next planned release",
        "P3": "Next relevant release",
        "P4": "Next relevant release",
    }


def test_voicemail_is_answered_in_four_hours() -> None:
    callback = row("callback")
    assert callback.when.channel == ("voicemail",)
    assert callback.stop == ("responded", "resolved")
    assert promises(POLICY, "callback") == [{"*": "4 working hours"}]
    assert callback.goal == 0.95


def test_the_second_line_takes_incidents_over_after_the_response() -> None:
    second = row("second_line")
    assert (second.start, second.stop) == ("responded", ("escalated", "resolved"))
    assert second.when.type == ("incident",)
    assert promises(POLICY, "second_line") == [{"*": "30 working minutes"}]


def test_more_information_from_the_customer_is_a_reason_to_hold() -> None:
    assert [hold.id for hold in POLICY.holds] == [
        "awaiting_customer",
        "awaiting_third_party",
        "awaiting_parts",
        "awaiting_visit",
        "other",
    ]
    assert [hold.id for hold in POLICY.holds if hold.needs_text] == ["other"]


def test_levels_of_support_and_of_complaint() -> None:
    by_kind = {
        kind: [rung.id for rung in POLICY.ladder if rung.kind == kind]
        for kind in ("support", "complaint")
    }
    assert by_kind["support"] == ["first-line", "second-line", "engineering", "infrastructure"]
    assert by_kind["complaint"] == [
        "shift-leader",
        "team-leader",
        "head-of-support",
        "chief-operations-officer",
    ]
    assert [rung.id for rung in POLICY.ladder if rung.always_on] == ["infrastructure"]
    assert {rung.id: rung.split_by for rung in POLICY.ladder if rung.split_by} == {
        "shift-leader": "region",
        "team-leader": "line",
    }


def test_monthly_figures_with_uptime_by_product() -> None:
    assert POLICY.report_every == "month"
    goals = {kpi.id: kpi.goal for kpi in POLICY.kpis}
    assert goals["call-answer"] == 45
    assert goals["first-line"] == 0.70
    assert goals["voicemail"] == goals["response"] == goals["resolution"] == 0.95
    uptime = {kpi.subject: kpi.goal for kpi in POLICY.kpis if kpi.measure == "uptime"}
    assert uptime == {
        "Impero Education Pro": 0.995,
        "Impero EdAware": 0.9999,
        "Impero EdLink": 0.97,
        "Impero back:drop": 0.9999,
    }
    assert POLICY.maintenance_notice is not None
    assert POLICY.maintenance_notice.words == "24 hours"
    assert POLICY.closing == ("survey",)
