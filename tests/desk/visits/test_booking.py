"""Booking through the desk's door: what is kept, what is refused, and what is said then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from deskterm.desk import journal
from deskterm.desk.errors import NotAllowed, NotFound, Refused
from deskterm.desk.model import NewTicket
from deskterm.desk.visits import booking
from deskterm.desk.visits.model import NotBookable, SlotTaken
from tests.desk.visits.school import ALEX, CLOUDS, JO, KIM, MARLOW, OAKFIELD, SAM, ST_BEDES, School
from tests.visits.world import span

MONDAY = "2026-11-23"


def test_a_visit_is_booked_with_the_engineer_suggested(school: School) -> None:
    done = school.desk.visits.book(OAKFIELD, MONDAY, "am")
    visit = done.visit
    assert (visit.id, visit.stage, visit.engineer, visit.site) == (1, "booked", ALEX, "Main site")
    assert (visit.day, visit.starts, visit.ends) == (date(2026, 11, 23), "08:30", "11:30")
    assert (visit.from_us, visit.to_us) == (
        span(MONDAY, "08:30", "11:30").start_us,
        span(MONDAY, "08:30", "11:30").end_us,
    )
    assert done.sentence == (
        "Visit 1 booked: Oakfield Primary, Mon 23 Nov 2026, AM 08:30–11:30, Alex."
    )
    balance, lines = school.desk.visits.ledger(OAKFIELD)
    assert (balance.granted, balance.booked, balance.owed) == (46, 1, 45)
    assert [line.label for line in lines] == ["granted", "booked"]


def test_everything_about_a_visit_is_in_the_journal_and_it_verifies(school: School) -> None:
    visit = school.desk.visits.book(OAKFIELD, MONDAY, "am", engineer=SAM).visit.id
    school.desk.visits.move(visit, "2026-11-24", "pm", why="assembly")
    with school.desk.store.read() as tx:
        kinds = [event.kind for event in journal.history(tx, "visit", visit)]
    assert kinds == ["visit_booked", "visit_moved"]
    assert journal.verify(school.desk.store).sound


def test_a_slot_that_is_taken_says_by_whom_and_when_and_offers_three_others(
    school: School,
) -> None:
    school.as_("Tina").visits.book(OAKFIELD, MONDAY, "am", engineer=SAM)
    school.at("2026-11-20 14:30")
    with pytest.raises(SlotTaken) as taken:
        school.desk.visits.book(OAKFIELD, MONDAY, "am")
    assert taken.value.sentence == ("Taken by Tina at 14:16: the site has one visit at a time.")
    assert [(each.day.day, each.slot) for each in taken.value.others] == [
        (23, "pm"),
        (24, "am"),
        (24, "pm"),
    ]


def test_who_comes_too_late_looks_for_other_times_out_of_turn(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time was free a moment before; those behind in the queue do not wait for the search."""
    tina, turns = school.as_("Tina"), list[str]()
    book, search, write = booking._book, booking.other_times, school.desk.store.write

    def quicker(*given: Any) -> Any:
        if not turns:
            turns.append("tina")
            tina.visits.book(OAKFIELD, MONDAY, "am", engineer=SAM)
        return book(*given)

    @contextmanager
    def told() -> Iterator[Any]:
        turns.append("begins")
        try:
            with write() as tx:
                yield tx
        finally:
            turns.append("ends")

    def searched(*given: Any) -> Any:
        turns.append("searches")
        return search(*given)

    monkeypatch.setattr(booking, "_book", quicker)
    monkeypatch.setattr(booking, "other_times", searched)
    monkeypatch.setattr(school.desk.store, "write", told)
    with pytest.raises(SlotTaken, match="Taken by Tina") as taken:
        school.desk.visits.book(OAKFIELD, MONDAY, "am")
    assert len(taken.value.others) == 3
    assert turns[-3:] == ["begins", "ends", "searches"]


def test_the_engineer_wanted_is_booked_and_other_times_are_theirs(school: School) -> None:
    school.desk.visits.book(ST_BEDES, MONDAY, "lunch", engineer=SAM)
    with pytest.raises(SlotTaken) as taken:
        school.desk.visits.book(OAKFIELD, MONDAY, "am", engineer=SAM)
    assert taken.value.sentence == (
        "Taken by Kim at 14:16: Sam is booked 11:00–13:00 at St Bede's."
    )
    assert all(SAM in {who.name for who in each.engineers} for each in taken.value.others)


def test_travel_of_half_an_hour_is_kept_between_schools(school: School) -> None:
    school.desk.visits.book(MARLOW, MONDAY, "11:30-12:30", engineer=SAM)
    with pytest.raises(SlotTaken, match="needs 30 minutes to travel"):
        school.desk.visits.book(OAKFIELD, MONDAY, "am", engineer=SAM)
    assert school.desk.visits.book(OAKFIELD, MONDAY, "am").visit.engineer == ALEX


def test_a_day_off_is_refused_in_the_agreements_terms(school: School) -> None:
    with pytest.raises(NotBookable, match="term time only: INSET day") as refused:
        school.desk.visits.book(OAKFIELD, "2026-11-25", "am")
    assert not isinstance(refused.value, SlotTaken)
    assert len(refused.value.others) == 3
    with pytest.raises(NotBookable, match=r"public holidays: Christmas Day"):
        school.desk.visits.book(ST_BEDES, "2026-12-25", "am")
    with pytest.raises(NotBookable, match="No visits at weekends"):
        school.desk.visits.book(MARLOW, "2026-11-28", "10:00")


def test_the_shutdown_that_was_entered_is_named(school: School) -> None:
    assert school.desk.visits.book(MARLOW, "2026-12-29", "10:00").visit.id == 1
    school.shut("2026-12-24", "2027-01-03")
    with pytest.raises(NotBookable, match="Christmas shutdown, Thu 24 Dec 2026"):
        school.desk.visits.book(ST_BEDES, "2026-12-29", "am")


def test_packages_book_what_they_have(school: School) -> None:
    with pytest.raises(Refused, match="no slot “lunch”; it has am"):
        school.desk.visits.book(OAKFIELD, MONDAY, "lunch")
    with pytest.raises(Refused, match="no slot “10:00”"):
        school.desk.visits.book(OAKFIELD, MONDAY, "10:00")
    with pytest.raises(Refused, match="choose from 60, 120, 180"):
        school.desk.visits.book(MARLOW, MONDAY, "10:00", minutes=45)
    with pytest.raises(Refused, match="Cloud Support has no slots"):
        school.desk.visits.book(CLOUDS, MONDAY, "am")
    both = school.desk.visits.book(ST_BEDES, MONDAY, "10:45-11:45").visit
    assert (both.kind, both.draws, both.slot) == ("on_demand", False, "free")


def test_fair_use_is_shown_when_an_on_demand_visit_is_booked(school: School) -> None:
    done = school.desk.visits.book(MARLOW, MONDAY, "10:00")
    assert done.warnings == (
        "Fair use, school year 2026/27: 1 on-demand visits, 0 remote sessions.",
    )


def test_a_customer_without_a_site_gets_one_of_its_own_name(school: School) -> None:
    school.desk.customers.add("Newton", "concero", package="on-demand", start="2026-09-01")
    assert school.desk.visits.book("Newton", MONDAY, "10:00").visit.site == "Newton"


def test_when_all_is_booked_a_supervisor_can_grant_more(school: School) -> None:
    school.desk.visits.adjust(OAKFIELD, -45, "smaller contract")
    school.desk.visits.book(OAKFIELD, MONDAY, "am")
    with pytest.raises(Refused, match="All 1 visits granted are used or booked"):
        school.desk.visits.book(OAKFIELD, MONDAY, "pm")
    with pytest.raises(NotAllowed, match="supervisor"):
        school.as_(SAM).visits.adjust(OAKFIELD, 1, "please")
    school.desk.visits.adjust(OAKFIELD, 1, "bought one")
    assert school.desk.visits.book(OAKFIELD, MONDAY, "pm").visit.id == 2


def test_over_another_visit_only_a_supervisor_with_a_reason_books(school: School) -> None:
    school.desk.visits.book(ST_BEDES, MONDAY, "am", engineer=SAM)
    with pytest.raises(NotAllowed, match="Only a supervisor"):
        school.as_(SAM).visits.book(OAKFIELD, MONDAY, "am", engineer=SAM, overlap_reason="both")
    done = school.desk.visits.book(OAKFIELD, MONDAY, "am", engineer=SAM, overlap_reason="shadowing")
    assert done.visit.deliberate
    assert done.visit.overlap_reason == "shadowing"
    with pytest.raises(SlotTaken):
        school.desk.visits.book(MARLOW, MONDAY, "10:00", engineer=SAM)
    with pytest.raises(NotBookable, match="INSET"):
        school.desk.visits.book(OAKFIELD, "2026-11-25", "am", overlap_reason="really")


def test_who_is_no_engineer_makes_no_visits(school: School) -> None:
    with pytest.raises(Refused, match="Kim is no engineer"):
        school.desk.visits.book(OAKFIELD, MONDAY, "am", engineer=KIM)
    with pytest.raises(NotFound, match="Nobody here is called"):
        school.desk.visits.book(OAKFIELD, MONDAY, "am", engineer="Zed")


def test_an_engineer_on_leave_is_said_to_be(school: School) -> None:
    visits = school.as_(SAM).visits
    visits.add_absence(SAM, "leave", date(2026, 11, 23), date(2026, 11, 24))
    with pytest.raises(NotBookable, match="Sam is on leave"):
        school.desk.visits.book(OAKFIELD, MONDAY, "am", engineer=SAM)
    with pytest.raises(NotAllowed, match="Only Jo or a supervisor"):
        visits.add_absence(JO, "leave", date(2026, 11, 23), date(2026, 11, 24))


def test_a_working_pattern_counts_from_when_it_is_entered(school: School) -> None:
    for name in (SAM, ALEX, JO):
        school.desk.visits.set_pattern(name, {"tue": [["08:00", "18:00"]]})
    with pytest.raises(NotBookable, match="No engineer is at work: Alex does not work then"):
        school.desk.visits.book(OAKFIELD, MONDAY, "am")
    school.desk.visits.set_pattern(SAM, None)
    assert school.desk.visits.book(OAKFIELD, MONDAY, "am").visit.engineer == SAM
    with pytest.raises(Refused, match=r"weekly\.tues"):
        school.desk.visits.set_pattern(SAM, {"tues": [["08:00", "18:00"]]})


def test_the_last_engineer_who_was_there_is_suggested(school: School) -> None:
    school.desk.visits.book(OAKFIELD, MONDAY, "am", engineer=JO)
    assert school.desk.visits.book(OAKFIELD, "2026-11-26", "am").visit.engineer == JO
    # Also when that was long ago.
    assert school.desk.visits.book(OAKFIELD, "2027-03-22", "am").visit.engineer == JO


def test_a_visit_for_a_ticket_warns_when_the_fix_is_due_before_it(school: School) -> None:
    number = school.ticket(ST_BEDES, "urgent")
    offers = school.desk.visits.for_ticket(number, count=4)
    assert [each.warning for each in offers] == [
        "", "", "", "ends after the fix is due, Mon 23 Nov 2026 13:46",
    ]  # fmt: skip
    assert len(school.desk.visits.for_ticket(number)) == 3
    late = school.desk.visits.book(ST_BEDES, "2026-11-26", "am", ticket=number)
    assert late.warnings[0].startswith("The visit ends after the fix is due, Mon 23 Nov 2026")
    with pytest.raises(Refused, match="is St Bede's's"):
        school.desk.visits.book(OAKFIELD, MONDAY, "am", ticket=number)


def test_a_visit_for_a_ticket_goes_to_the_tickets_site(school: School) -> None:
    annexe = school.desk.customers.add_site(OAKFIELD, "Zoo annexe")
    number = school.desk.tickets.new(
        NewTicket(customer=OAKFIELD, subject="Hall projector", site=annexe.id)
    ).number
    done = school.desk.visits.book(OAKFIELD, MONDAY, "am", ticket=number)
    assert (done.visit.site, done.visit.ticket) == ("Zoo annexe", number)
    # Another engineer can be at the main site meanwhile.
    assert school.desk.visits.book(OAKFIELD, MONDAY, "am").visit.site == "Main site"
