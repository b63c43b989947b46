"""One story for each reason why a time cannot be booked, and for what can."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from deskterm.visits.bookable import (
    Offer,
    Reason,
    Situation,
    bookable_times,
    offer,
    offers,
    window_words,
)
from deskterm.visits.roster import Absence, Engineer, Promise, Roster
from deskterm.visits.slots import SlotTime
from deskterm.visits.terms import TermDates
from deskterm.visits.window import Window, delivery_window
from deskterm.worktime import WorkingCalendar
from tests.visits.world import (
    ALEX,
    KIM,
    MARLOW,
    OAKFIELD,
    SAM,
    ST_BEDES,
    ZONE,
    away,
    engineers,
    free,
    onsite,
    package,
    promise,
    situation,
    slot,
    span,
)

MONDAY = "2026-11-23"


def refused(asked: Situation, time: SlotTime, reason: Reason) -> str:
    found = offer(asked, time)
    assert not found.bookable
    assert found.engineers == ()
    assert found.suggested is None
    assert found.why_not is not None
    assert found.why_not.reason is reason
    return found.why_not.sentence


def test_a_slot_in_term_with_engineers_at_work_can_be_booked() -> None:
    found = offer(situation(), slot("scheduled", "am", MONDAY))
    assert found.bookable
    assert found.engineers == (SAM, KIM, ALEX)
    assert found.time.words() == "Mon 23 Nov 2026, AM 08:30–11:30"


def test_cloud_support_includes_no_visits() -> None:
    sentence = refused(situation("cloud"), free(MONDAY, "10:00"), Reason.NO_VISITS)
    assert sentence == (
        "Cloud Support includes no onsite visits; one can be arranged against a quote."
    )


def test_the_full_managed_service_has_people_there_all_the_time() -> None:
    sentence = refused(situation("full-managed"), free(MONDAY, "10:00"), Reason.NO_VISITS)
    assert "full-time staff onsite" in sentence


def test_a_time_that_has_begun_is_past() -> None:
    asked = situation(now="2026-11-23 08:31")
    assert "in the past" in refused(asked, slot("scheduled", "am", MONDAY), Reason.PAST)
    on_time = situation(now="2026-11-23 08:30")
    assert offer(on_time, slot("scheduled", "am", MONDAY)).bookable


def test_before_the_window_begins() -> None:
    asked = situation(window=Window(date(2026, 11, 24), date(2027, 7, 19)))
    sentence = refused(asked, slot("scheduled", "am", MONDAY), Reason.BEFORE_WINDOW)
    assert sentence.endswith("before the agreement's visits begin, Tue 24 Nov 2026.")


def test_after_the_last_day_of_the_window() -> None:
    asked = situation(window=Window(date(2026, 9, 1), date(2026, 11, 20)))
    sentence = refused(asked, slot("scheduled", "am", MONDAY), Reason.AFTER_WINDOW)
    assert sentence.endswith("the last day for this agreement's visits, Fri 20 Nov 2026.")


def test_the_window_is_the_weeks_of_the_package_from_the_start_of_the_agreement() -> None:
    window = delivery_window(date(2026, 9, 1), package("scheduled").window_weeks)
    assert window == Window(date(2026, 9, 1), date(2027, 7, 19))
    assert delivery_window(date(2026, 9, 1), 46, date(2026, 12, 31)) == Window(
        date(2026, 9, 1), date(2026, 12, 31)
    )
    assert delivery_window(date(2026, 9, 1), None) is None
    assert window_words(situation(window=window)) == "Tue 1 Sep 2026 to Mon 19 Jul 2027"


def test_no_visits_at_weekends() -> None:
    sentence = refused(situation(), slot("scheduled", "am", "2026-11-28"), Reason.WEEKEND)
    assert sentence == ("No visits at weekends: no onsite hours on Saturdays (Scheduled Support).")


def test_a_public_holiday_is_named() -> None:
    asked = situation("scheduled-on-demand")
    sentence = refused(asked, slot("scheduled-on-demand", "pm", "2027-05-03"), Reason.HOLIDAY)
    assert sentence.startswith("No visits on public holidays: May Day")


def test_the_shutdown_is_named_with_its_dates() -> None:
    asked = situation("on-demand")
    found = offer(asked, free("2026-12-29", "10:00"))
    sentence = refused(asked, free("2026-12-29", "10:00"), Reason.SHUTDOWN)
    assert sentence.startswith(
        "No visits during the shutdown: Christmas shutdown, Thu 24 Dec 2026 to Sun 3 Jan 2027"
    )
    assert found.why_not is not None
    assert found.why_not.short == "Christmas shutdown"


def test_evenings_are_outside_onsite_hours() -> None:
    asked = situation("on-demand")
    assert offer(asked, free(MONDAY, "17:00", 60)).bookable
    sentence = refused(asked, free(MONDAY, "17:01", 60), Reason.OUTSIDE_HOURS)
    assert "onsite hours only: outside onsite hours, 08:00–18:00" in sentence


def test_onsite_hours_bought_for_a_saturday_open_it() -> None:
    open_saturday = WorkingCalendar.from_dict(
        {**onsite().to_dict(), "extra": {"2026-11-28": [["08:00", "12:00"]]}}
    )
    asked = replace(situation(), onsite=open_saturday)
    assert offer(asked, slot("scheduled", "am", "2026-11-28")).bookable
    assert not offer(asked, slot("scheduled", "pm", "2026-11-28")).bookable


def test_a_weekday_without_hours_is_not_called_a_weekend() -> None:
    four_days = WorkingCalendar.from_dict(
        {"tz": ZONE, "weekly": {"mon": [["08:00", "18:00"]], "tue": [["08:00", "18:00"]]}}
    )
    asked = replace(situation(), onsite=four_days)
    refused(asked, slot("scheduled", "am", "2026-11-27"), Reason.OUTSIDE_HOURS)


def test_scheduled_support_comes_in_term_only() -> None:
    sentence = refused(situation(), slot("scheduled", "am", "2026-12-22"), Reason.NOT_IN_TERM)
    assert sentence == (
        "Scheduled Support visits are in term time only: Spring 2027 begins Tue 5 Jan 2027."
    )


def test_an_inset_day_and_half_term_are_named() -> None:
    found = offer(situation(), slot("scheduled", "pm", "2026-11-25"))
    assert found.why_not is not None
    assert found.why_not.short == "INSET day"
    assert "Autumn half term" in refused(
        situation(now="2026-10-01 09:00"),
        slot("scheduled", "am", "2026-10-27"),
        Reason.NOT_IN_TERM,
    )


def test_after_the_last_term_entered_the_planner_asks_for_the_next() -> None:
    asked = situation(window=None)
    sentence = refused(asked, slot("scheduled", "am", "2027-09-06"), Reason.NOT_IN_TERM)
    assert "no later term is entered" in sentence


def test_other_packages_do_not_mind_the_holidays_of_schools() -> None:
    assert offer(situation("on-demand"), free("2026-12-22", "10:00")).bookable
    assert situation("on-demand", terms=TermDates()).warnings() == ()


def test_without_term_dates_nothing_is_restricted_and_that_is_said() -> None:
    asked = situation(terms=TermDates())
    assert offer(asked, slot("scheduled", "am", "2026-12-22")).bookable
    assert "No term dates are entered" in asked.warnings()[0]
    assert situation().warnings() == ()


def test_a_site_has_one_visit_at_a_time() -> None:
    roster = Roster(engineers(), [promise(7, MONDAY, "10:00", "12:00", KIM, OAKFIELD)], 30)
    sentence = refused(
        situation(roster=roster), slot("scheduled", "am", MONDAY), Reason.SITE_BOOKED
    )
    assert sentence == "The site has a visit already, 10:00–12:00 by Kim (visit 7)."
    assert offer(situation(roster=roster), slot("scheduled", "pm", MONDAY)).bookable


def test_nobody_is_at_work_and_each_says_why() -> None:
    part_time = WorkingCalendar.from_dict({"tz": ZONE, "weekly": {"tue": [["08:00", "18:00"]]}})
    roster = Roster(
        [
            Engineer(SAM, "Sam", None, away("leave", MONDAY, MONDAY)),
            Engineer(KIM, "Kim", None, away("sickness", MONDAY, MONDAY)),
            Engineer(ALEX, "Alex", part_time),
        ]
    )
    sentence = refused(
        situation(roster=roster), slot("scheduled", "am", MONDAY), Reason.NO_ENGINEER
    )
    assert sentence == (
        "No engineer is at work: Sam is on leave; Kim is off sick; Alex does not work then."
    )
    assert offer(situation(roster=roster), slot("scheduled", "am", "2026-11-24")).engineers == (
        SAM,
        KIM,
        ALEX,
    )


def test_a_desk_without_engineers_says_what_to_do() -> None:
    sentence = refused(
        situation(roster=Roster(())), slot("scheduled", "am", MONDAY), Reason.NO_ENGINEER
    )
    assert "add an agent as engineer" in sentence


def test_all_engineers_are_booked_in_slots_of_either_grid() -> None:
    roster = Roster(
        [*engineers()[:2], Engineer(ALEX, "Alex", None, away("leave", MONDAY, MONDAY))],
        [
            promise(1, MONDAY, "08:30", "10:30", SAM, ST_BEDES, "St Bede's"),
            promise(2, MONDAY, "11:00", "13:00", KIM, MARLOW, "Marlow Academy"),
        ],
        30,
    )
    sentence = refused(
        situation(roster=roster), slot("scheduled", "am", MONDAY), Reason.ENGINEERS_BOOKED
    )
    assert sentence == (
        "Every engineer at work is booked: Sam is booked 08:30–10:30 at St Bede's; "
        "Kim is booked 11:00–13:00 at Marlow Academy; Alex is on leave."
    )


def test_travel_between_sites_takes_its_time_and_none_at_the_same_site() -> None:
    def after_visit(at_site: int) -> Offer:
        roster = Roster(
            engineers()[:1], [promise(1, MONDAY, "10:00", "12:01", SAM, at_site, "Marlow")], 30
        )
        return offer(situation(roster=roster), slot("scheduled", "pm", MONDAY))

    assert after_visit(OAKFIELD).bookable
    found = after_visit(MARLOW)
    assert found.why_not is not None
    assert found.why_not.sentence.endswith(
        "Sam is booked 10:00–12:01 at Marlow and needs 30 minutes to travel."
    )


def test_a_visit_of_another_agreement_keeps_its_own_travel() -> None:
    far = Promise(1, span(MONDAY, "10:00", "11:45"), SAM, MARLOW, "Marlow", travel_minutes=60)
    asked = situation(roster=Roster(engineers()[:1], [far], 30))
    found = offer(asked, slot("scheduled", "pm", MONDAY))
    assert found.why_not is not None
    assert found.why_not.sentence.endswith("and needs 60 minutes to travel.")
    near = replace(far, travel_minutes=45)
    assert offer(
        situation(roster=Roster(engineers()[:1], [near], 30)), slot("scheduled", "pm", MONDAY)
    ).bookable


def test_half_a_day_of_leave_takes_half_a_day() -> None:
    morning = (Absence("training", span(MONDAY, "08:00", "12:00")),)
    asked = situation(roster=Roster([Engineer(SAM, "Sam", None, morning)]))
    assert "in training" in refused(asked, slot("scheduled", "am", MONDAY), Reason.NO_ENGINEER)
    assert offer(asked, slot("scheduled", "pm", MONDAY)).bookable


def test_a_working_pattern_must_hold_the_whole_visit() -> None:
    mornings = WorkingCalendar.from_dict({"tz": ZONE, "weekly": {"mon": [["09:00", "15:00"]]}})
    asked = situation(roster=Roster([Engineer(SAM, "Sam", mornings)]))
    refused(asked, slot("scheduled", "am", MONDAY), Reason.NO_ENGINEER)
    refused(asked, slot("scheduled", "pm", MONDAY), Reason.NO_ENGINEER)
    half = replace(asked, package=package("on-demand"))
    assert offer(half, free(MONDAY, "09:00", 180)).bookable


def test_the_last_engineer_who_was_there_is_suggested_if_free() -> None:
    past = promise(1, "2026-11-16", "08:30", "11:30", KIM, OAKFIELD)
    elsewhere = promise(2, "2026-11-19", "08:30", "11:30", ALEX, MARLOW)
    asked = situation(roster=Roster(engineers(), [past, elsewhere]))
    found = offer(asked, slot("scheduled", "am", MONDAY))
    assert found.suggested == KIM
    assert found.engineers == (KIM, SAM, ALEX)
    busy = promise(3, MONDAY, "08:30", "11:30", KIM, MARLOW)
    asked = situation(roster=Roster(engineers(), [past, elsewhere, busy]))
    assert offer(asked, slot("scheduled", "am", MONDAY)).suggested == SAM


def test_a_visit_being_moved_does_not_stand_in_its_own_way() -> None:
    roster = Roster(engineers()[:1], [promise(7, MONDAY, "08:30", "11:30", SAM, OAKFIELD)], 30)
    asked = situation(roster=roster)
    assert not offer(asked, slot("scheduled", "am", MONDAY)).bookable
    assert offer(asked.moving(7), slot("scheduled", "am", MONDAY)).bookable
    again = asked.moving(7).roster.plus(*roster.promises)
    assert [each.visit for each in again.promises] == [7]


def test_a_week_shows_every_slot_bookable_or_not() -> None:
    week = list(offers(situation(), date(2026, 11, 23), date(2026, 11, 29)))
    assert len(week) == 14
    assert [each.time.date.day for each in week if each.bookable] == [
        23, 23, 24, 24, 26, 26, 27, 27,
    ]  # fmt: skip
    quick = list(bookable_times(situation(), (each.time for each in week)))
    assert quick == [each.time for each in week if each.bookable]
