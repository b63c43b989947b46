"""Moving, reassigning, cancelling and taking back, of one visit and of a series."""

from __future__ import annotations

import pytest

from deskterm.desk.errors import Conflict, NotFound, Refused
from deskterm.desk.visits.model import NotBookable, SlotTaken
from deskterm.desk.visits.serieses import Wish
from tests.desk.visits.school import ALEX, JO, OAKFIELD, SAM, ST_BEDES, School

MONDAY = "2026-11-23"
WISH = Wish("am", "2026-11-26", "weekly", count=3, engineer=SAM)


def days(school: School, numbers: list[int]) -> list[str]:
    views = [school.desk.visits.show(number) for number in numbers]
    return [f"{view.day:%m-%d} {view.slot} {view.engineer}" for view in views]


def test_a_visit_moves_and_keeps_its_engineer(school: School) -> None:
    visits = school.desk.visits
    visit = visits.book(OAKFIELD, MONDAY, "am", engineer=SAM).visit.id
    moved = visits.move(visit, "2026-11-24", "pm", why="assembly").visit
    assert (moved.day.day, moved.slot, moved.engineer, moved.sequence) == (24, "pm", SAM, 1)
    same_slot = visits.move(visit, "2026-11-26").visit
    assert (same_slot.day.day, same_slot.slot) == (26, "pm")
    assert visits.ledger(OAKFIELD)[0].booked == 1


def test_a_free_visit_keeps_its_length_and_time_of_day(school: School) -> None:
    visits = school.desk.visits
    visit = visits.book(ST_BEDES, MONDAY, "10:00", minutes=120, engineer=SAM).visit.id
    moved = visits.move(visit, "2026-11-24").visit
    assert (moved.starts, moved.ends) == ("10:00", "12:00")
    moved = visits.move(visit, "2026-11-24", "13:15").visit
    assert (moved.starts, moved.ends) == ("13:15", "15:15")


def test_a_visit_does_not_move_onto_another(school: School) -> None:
    visits = school.desk.visits
    visit = visits.book(OAKFIELD, MONDAY, "am", engineer=SAM).visit.id
    visits.book(ST_BEDES, "2026-11-24", "am", engineer=SAM)
    with pytest.raises(SlotTaken, match="Sam is booked 08:30–10:30 at St Bede's"):
        visits.move(visit, "2026-11-24", engineer=SAM)
    # Without anybody named another one comes.
    assert visits.move(visit, "2026-11-24").visit.engineer == ALEX


def test_two_agents_do_not_overwrite_each_other(school: School) -> None:
    visit = school.desk.visits.book(OAKFIELD, MONDAY, "am").visit
    school.as_(SAM).visits.move(visit.id, "2026-11-24")
    with pytest.raises(Conflict, match="Sam changed visit 1") as conflict:
        school.desk.visits.cancel(visit.id, "customer", "exam", version=visit.version)
    assert [event.kind for event in conflict.value.theirs] == ["visit_moved"]
    version = conflict.value.version
    school.desk.visits.cancel(visit.id, "customer", "exam", version=version)


def test_a_cancelled_visit_stays_owed_and_frees_the_time(school: School) -> None:
    visits = school.desk.visits
    visit = visits.book(OAKFIELD, MONDAY, "am", engineer=SAM).visit.id
    done = visits.cancel(visit, "customer", "exam")
    assert done.sentence == "Visit 1 cancelled by the customer; 46 owed now."
    assert (done.visit.stage, done.visit.why) == ("cancelled", "exam")
    assert visits.book(OAKFIELD, MONDAY, "am", engineer=SAM).visit.id == 2
    with pytest.raises(Refused, match="Say by whom: customer, provider, outside"):
        visits.cancel(2, "nobody", "exam")
    with pytest.raises(Refused, match="Say why"):
        visits.cancel(2, "customer", " ")
    with pytest.raises(Refused, match="Visit 1 is cancelled and cannot be moved"):
        visits.move(visit, "2026-11-24")


def test_a_step_is_taken_back_by_who_took_it_or_a_supervisor(school: School) -> None:
    visit = school.as_(SAM).visits.book(OAKFIELD, MONDAY, "am").visit.id
    school.as_(SAM).visits.cancel(visit, "customer", "typing error")
    with pytest.raises(Refused, match="Somebody else did that"):
        school.as_(ALEX).visits.undo(visit)
    assert school.as_(SAM).visits.undo(visit).visit.stage == "booked"
    assert school.desk.visits.undo(visit).visit.stage == "withdrawn"
    assert school.desk.visits.ledger(OAKFIELD)[0].booked == 0
    with pytest.raises(Refused, match="was taken back"):
        school.desk.visits.move(visit, "2026-11-24")
    assert school.desk.visits.week(MONDAY) == ()


def test_a_cancelled_visit_is_not_brought_back_over_another(school: School) -> None:
    visits = school.desk.visits
    visit = visits.book(OAKFIELD, MONDAY, "am", engineer=SAM).visit.id
    visits.cancel(visit, "customer", "exam")
    visits.book(ST_BEDES, MONDAY, "am", engineer=SAM)
    with pytest.raises(SlotTaken, match="has just been taken"):
        visits.undo(visit)
    assert visits.show(visit).stage == "cancelled"


def test_a_series_is_seen_before_it_is_booked(school: School) -> None:
    wish = Wish("am", "2026-11-11", "fortnightly")
    preview = school.desk.visits.preview_series(OAKFIELD, wish)
    assert preview.rule == "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270719T000000"
    missing = [line for line in preview.lines if line.engineer is None]
    assert [(f"{line.day:%m-%d}", line.why_not.split()[-1]) for line in missing][:2] == [
        ("11-11", "past."),
        ("11-25", "day."),
    ]
    assert preview.books + preview.stays_owed == 46
    assert school.desk.visits.week(MONDAY) == ()


def test_a_series_is_booked_as_far_as_it_fits(school: School) -> None:
    done = school.desk.visits.book_series(OAKFIELD, WISH)
    assert done.sentence == "3 visits booked."
    assert days(school, [1, 2, 3]) == ["11-26 am Sam", "12-03 am Sam", "12-10 am Sam"]
    assert {view.series for view in done.visits} == {1}
    with pytest.raises(Refused, match="None of the series can be booked: The site has a visit"):
        school.desk.visits.book_series(OAKFIELD, WISH)
    with pytest.raises(Refused, match="weekly or fortnightly, not “daily”"):
        school.desk.visits.book_series(OAKFIELD, Wish("am", MONDAY, "daily"))


def test_this_later_or_all_of_a_series_move(school: School) -> None:
    visits = school.desk.visits
    visits.book_series(OAKFIELD, WISH)
    visits.move(2, "2026-12-01", "pm", scope="later")
    assert days(school, [1, 2, 3]) == ["11-26 am Sam", "12-01 pm Sam", "12-08 pm Sam"]
    visits.move(1, "2026-12-03", "am", scope="this")
    visits.move(1, "2026-12-10", "am", scope="all")
    assert days(school, [1, 2, 3]) == ["12-10 am Sam", "12-08 am Sam", "12-15 am Sam"]
    with pytest.raises(Refused, match="none of this, later, all"):
        visits.move(1, "2026-12-03", scope="some")


def test_a_series_moves_over_its_own_places(school: School) -> None:
    visits = school.desk.visits
    visits.book_series(OAKFIELD, WISH)
    visits.move(1, "2026-12-03", scope="all")
    assert days(school, [1, 2, 3]) == ["12-03 am Sam", "12-10 am Sam", "12-17 am Sam"]
    visits.move(1, "2026-11-26", scope="all")
    assert days(school, [1, 2, 3]) == ["11-26 am Sam", "12-03 am Sam", "12-10 am Sam"]


def test_a_series_moves_whole_or_not_at_all(school: School) -> None:
    visits = school.desk.visits
    visits.book_series(OAKFIELD, WISH)
    with pytest.raises(NotBookable, match="2 of the series cannot go there, the first on Thu 24"):
        visits.move(2, "2026-12-24", scope="later")
    assert days(school, [1, 2, 3]) == ["11-26 am Sam", "12-03 am Sam", "12-10 am Sam"]


def test_a_series_is_given_to_another_engineer(school: School) -> None:
    visits = school.desk.visits
    visits.book_series(OAKFIELD, WISH)
    visits.reassign(2, JO, scope="later")
    assert days(school, [1, 2, 3]) == ["11-26 am Sam", "12-03 am Jo", "12-10 am Jo"]
    visits.book(ST_BEDES, "2026-12-10", "am", engineer=ALEX)
    with pytest.raises(NotBookable, match="Alex is booked 08:30–10:30 at St Bede's"):
        visits.reassign(1, ALEX, scope="all")
    visits.reassign(3, ALEX, overlap_reason="shadowing")
    assert visits.show(3).deliberate


def test_a_series_is_cancelled_from_a_visit_on(school: School) -> None:
    visits = school.desk.visits
    visits.book_series(OAKFIELD, WISH)
    done = visits.cancel(2, "provider", "short of people", scope="later")
    assert done.sentence == "2 visits cancelled by us; 45 owed now."
    assert [visits.show(number).stage for number in (1, 2, 3)] == [
        "booked",
        "cancelled",
        "cancelled",
    ]


def test_an_unknown_visit_is_not_found(school: School) -> None:
    with pytest.raises(NotFound, match="There is no visit 9"):
        school.desk.visits.move(9, MONDAY)
