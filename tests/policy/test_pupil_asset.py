"""Pupil Asset as its service levels and incident escalation have it."""

from __future__ import annotations

from deskterm.policy import Target
from tests.policy.texts import monday_to_friday, promises, shipped

POLICY = shipped("pupil-asset")


def rows(clock: str) -> list[Target]:
    return [target for target in POLICY.targets if target.clock == clock]


def test_open_eight_to_five_but_not_on_english_bank_holidays() -> None:
    desk = POLICY.calendars["desk"]
    assert desk.tz == "Europe/London"
    assert dict(desk.weekly) == monday_to_friday("08:00", "17:00")
    assert [(rule.country, rule.subdivision, rule.effect) for rule in desk.holidays] == [
        ("GB", "ENG", "closed")
    ]


def test_four_severities_in_a_list_without_a_grid() -> None:
    assert POLICY.triage.kind == "list"
    assert [level.id for level in POLICY.priorities] == ["critical", "serious", "moderate", "minor"]
    assert POLICY.triage.reason_for == ("moderate", "minor")


def test_mail_and_portal_are_answered_within_72_elapsed_hours() -> None:
    (response,) = rows("first_response")
    assert response.when.channel == ("email", "portal")
    assert (response.calendar, response.amounts["*"].kind) == ("elapsed", "elapsed")
    assert response.amounts["*"].value == 72 * 3600 * 1_000_000
    assert response.stop == ("responded", "workaround", "resolved")


def test_the_first_update_comes_within_a_working_hour() -> None:
    (update,) = rows("first_update")
    assert promises(POLICY, "first_update") == [{"*": "1 working hour"}]
    assert update.stop == ("updated", "responded", "workaround", "resolved")
    assert not update.reopens


def test_workarounds_by_severity_and_a_release_for_minor() -> None:
    minor, others = rows("workaround")
    assert promises(POLICY, "workaround") == [
        {"minor": "2 working weeks"},
        {"critical": "4 working hours", "serious": "2 working days", "moderate": "3 working days"},
    ]
    assert minor.amounts["minor"].value == 10, "a working week is five working days"
    assert set(minor.stop) == {"workaround", "resolved", "responded", "code_fix"}
    assert others.stop == ("workaround", "resolved")
    assert minor.reopens
    assert others.reopens
    assert POLICY.releases["minor"].startswith("Next")


def test_a_report_states_five_things() -> None:
    assert POLICY.required == ("site", "component", "action_taken", "error", "repeatable")


def test_jeopardy_escalates_by_itself_at_four_points_of_the_workaround() -> None:
    assert [(alert.clock, alert.share) for alert in POLICY.alerts] == [
        ("workaround", 0.5),
        ("workaround", 0.75),
        ("workaround", 0.9),
        ("workaround", 1.0),
    ]
    last = POLICY.ladder_step(POLICY.alerts[-1].step)
    assert last is not None
    assert last.id == "support-team-manager"
    assert last.kind == "complaint"
    assert last.open_to_customer


def test_closing_waits_for_school_holidays_and_tells_related_requests() -> None:
    assert {"school_holidays", "related", "mail"} <= set(POLICY.closing)


def test_the_boundaries_are_listed_with_their_lost_ticks_left_open() -> None:
    assert len(POLICY.boundaries) == 8
    assert len(POLICY.boundary_parties) == 4
    filled = {entry.id: dict(entry.who) for entry in POLICY.boundaries if entry.who}
    assert list(filled) == ["user-training"]
    assert [entry.id for entry in POLICY.boundaries if "N/A" in entry.note] == [
        "service-desk-training",
        "service-administration",
    ]


def test_resilience_capacity_releases_and_first_contact_are_measured() -> None:
    goals = {(kpi.measure, kpi.subject): kpi.goal for kpi in POLICY.kpis}
    assert goals["first_contact", ""] is None
    assert goals["uptime", "Pupil Asset services"] == 0.999
    assert goals["capacity", "Pupil Asset services"] == 0.70
    assert goals["release", "minor"] == 14
    assert ("release", "major") in goals
