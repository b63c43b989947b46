"""Concero as its agreement (version 3.2, May 2021) has it."""

from __future__ import annotations

import pytest

from deskterm.policy import Package, Target
from tests.policy.texts import monday_to_friday, promises, shipped

POLICY = shipped("concero")
IDS = ("scheduled-on-demand", "cloud", "scheduled", "full-managed", "on-demand")


def package(name: str) -> Package:
    return POLICY.packages[name]


def cover(name: str, area: str) -> str:
    return next(line.cover for line in package(name).cover if line.area == area)


def rows(clock: str) -> list[Target]:
    return [target for target in POLICY.targets if target.clock == clock]


def test_the_desk_closes_at_half_past_four_and_the_engineers_at_six() -> None:
    desk, onsite = POLICY.calendars["desk"], POLICY.calendars["onsite"]
    assert desk.tz == onsite.tz == "Europe/London"
    assert dict(desk.weekly) == monday_to_friday("08:00", "16:30")
    assert dict(onsite.weekly) == monday_to_friday("08:00", "18:00")
    for calendar in (desk, onsite):
        assert [(rule.country, rule.subdivision, rule.effect) for rule in calendar.holidays] == [
            ("GB", "ENG", "closed")
        ]
    assert POLICY.shutdown == "Christmas shutdown"


def test_the_grid_is_users_affected_downwards_and_functions_across() -> None:
    assert POLICY.triage.rows == "impact"
    assert [value.id for value in POLICY.triage.impact] == ["all", "many", "limited", "none"]
    assert [value.id for value in POLICY.triage.urgency] == ["all", "critical", "some", "none"]
    letters = {"urgent": "U", "high": "H", "medium": "M", "low": "L"}
    printed = [
        " ".join(
            letters[POLICY.triage.grid[impact.id, urgency.id]] for urgency in POLICY.triage.urgency
        )
        for impact in POLICY.triage.impact
    ]
    assert printed == ["U H H L", "H H H L", "H H M L", "H H L L"]
    assert [level.id for level in POLICY.priorities] == ["urgent", "high", "medium", "low"]


def test_response_and_fix_in_working_hours_for_95_percent() -> None:
    respond = {
        "urgent": "1 working hour",
        "high": "2 working hours",
        "medium": "4 working hours",
        "low": "8 working hours",
    }
    fix = {
        "urgent": "8 working hours",
        "high": "16 working hours",
        "medium": "40 working hours",
        "low": "80 working hours",
    }
    assert promises(POLICY, "first_response") == [{"*": "none"}, respond, respond]
    assert promises(POLICY, "resolution") == [{"*": "none"}, fix]
    assert [target.goal for target in POLICY.targets] == [None, 0.95, 0.95, None, 0.95]
    assert all(target.start == "opened" for target in POLICY.targets)
    assert rows("first_response")[-1].stop == ("responded", "workaround", "resolved")
    assert rows("resolution")[-1].stop == ("resolved",)
    assert all(target.reopens == (target.clock == "resolution") for target in POLICY.targets)


def test_an_emergency_callout_is_exempt_before_anything_else_is_asked() -> None:
    for clock in ("first_response", "resolution"):
        first = rows(clock)[0]
        assert first.when.emergency_callout is True
        assert first.amounts["*"].kind == "none"


def test_scheduled_support_responds_in_engineer_time_but_fixes_in_desk_hours() -> None:
    scheduled = rows("first_response")[1]
    assert (scheduled.when.package, scheduled.calendar) == (("scheduled",), "visits")
    assert rows("resolution")[-1].calendar == "desk"
    assert rows("resolution")[-1].when.package == ()


def test_the_five_packages_with_the_first_as_default() -> None:
    assert tuple(POLICY.packages) == IDS
    assert POLICY.default_package == "scheduled-on-demand"
    assert [package(name).onsite for name in IDS] == [
        "slots+free", "none", "slots", "resident", "free",
    ]  # fmt: skip
    assert [package(name).window_weeks for name in IDS] == [52, None, 46, None, 52]
    assert [package(name).fair_use for name in IDS] == [True, True, False, False, True]
    assert [package(name).desk_access for name in IDS] == [True, True, False, True, True]


def test_slots_are_kept_as_printed_the_short_afternoon_too() -> None:
    assert [(slot.id, slot.start, slot.end) for slot in package("scheduled-on-demand").slots] == [
        ("am", "08:30", "10:30"),
        ("lunch", "11:00", "13:00"),
        ("pm", "14:30", "16:00"),
    ]
    assert [(slot.id, slot.start, slot.end) for slot in package("scheduled").slots] == [
        ("am", "08:30", "11:30"),
        ("pm", "12:30", "15:30"),
    ]
    assert all(not package(name).slots for name in ("cloud", "full-managed", "on-demand"))


def test_scheduled_visits_come_weekly_or_fortnightly_in_term() -> None:
    scheduled = package("scheduled")
    assert scheduled.in_term
    assert scheduled.series == ("weekly", "fortnightly")
    assert scheduled.typical_visits == (46, 23)


def test_what_an_emergency_callout_uses_up() -> None:
    assert [package(name).callout for name in IDS] == [
        "scheduled_visit", "not_offered", "scheduled_visit", "nothing", "on_demand_visit",
    ]  # fmt: skip
    for name in IDS:
        offered = package(name).callout != "not_offered"
        assert package(name).callout_priorities == (("urgent", "high") if offered else ())


def test_sims_is_limited_and_only_in_two_packages() -> None:
    assert [cover(name, "SIMS") for name in IDS] == ["limited", "no", "no", "limited", "no"]


def test_av_is_limited_by_height_and_its_consumables_are_quoted() -> None:
    with_limits = ("scheduled-on-demand", "full-managed", "on-demand")
    for name in with_limits:
        text = next(line.text for line in package(name).cover if line.area == "Classroom AV")
        assert "2.5 m" in text
        assert ("special tools" in text) == (name == "on-demand")
        assert cover(name, "AV consumables") == "quote"


def test_cloud_leaves_out_hardware_and_charges_for_visits() -> None:
    assert cover("cloud", "Hardware, internet, Wi-Fi") == "no"
    assert cover("cloud", "Visits") == "quote"
    assert cover("cloud", "Yearly sync") == "yes"


@pytest.mark.parametrize("name", IDS)
def test_project_work_is_quoted_by_the_customer_success_manager(name: str) -> None:
    assert cover(name, "Projects") == "quote"
    assert POLICY.quote_role == "Customer Success Manager"
    project = POLICY.request_class("project")
    assert project is not None
    assert project.quote == "Customer Success Manager"


def test_ten_recurring_checks_from_hourly_to_termly() -> None:
    every = [check.every for check in POLICY.checks]
    assert every == ["hour"] + ["day"] * 6 + ["week", "month", "term"]
    manual = [check.id for check in POLICY.checks if check.alert == "manual"]
    assert manual == ["remote-desktop", "virtual-servers", "rooms", "infrastructure"]


def test_three_packages_carry_checklists_and_av_is_rated_unit_by_unit() -> None:
    carrying = [name for name in IDS if package(name).checklists]
    assert carrying == ["scheduled-on-demand", "full-managed", "on-demand"]
    assert package("on-demand").checklists == ("server", "classroom-av", "audit")
    assert POLICY.checklists["classroom-av"].per_unit
    assert POLICY.checklists["audit"].every == "year"


def test_escalation_climbs_to_senior_management_where_customers_may_go_straight() -> None:
    assert [rung.name for rung in POLICY.ladder] == [
        "1st line",
        "2nd line",
        "Customer Success Manager and Technical Leads",
        "Senior Management",
    ]
    assert [rung.id for rung in POLICY.ladder if rung.open_to_customer] == ["senior-management"]
    assert POLICY.alerts == ()


def test_mail_reviews_contacts_and_reports() -> None:
    assert POLICY.sender_domain_only
    assert POLICY.at_risk_notice
    assert POLICY.report_every == "quarter"
    assert tuple(POLICY.contact_roles) == ("owner", "business_manager", "it_lead", "finance")
    assert POLICY.review is not None
    assert (POLICY.review.clock, POLICY.review.times, POLICY.review.quarters) == (
        "resolution", 2.0, 4,
    )  # fmt: skip
    assert POLICY.review.priorities == ("urgent", "high")
    assert {kpi.clocks for kpi in POLICY.kpis} == {
        ("first_response",),
        ("resolution",),
        ("first_response", "resolution"),
    }
    assert {kpi.goal for kpi in POLICY.kpis} == {0.95}
    assert "guidance-not-followed" in POLICY.close_reasons
