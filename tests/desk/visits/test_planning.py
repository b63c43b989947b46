"""What the planner reads: a week, what is free, how deliveries stand, and an engineer's day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from deskterm.desk.errors import Refused
from deskterm.desk.text import clean
from deskterm.desk.visits import checking
from deskterm.desk.visits.model import CheckLine
from deskterm.desk.visits.termdates import TermEntry
from deskterm.visits.balance import Balance
from deskterm.visits.openings import Claim
from deskterm.visits.pace import Pace
from deskterm.visits.pool import Shortage, shortages
from tests.desk.visits.school import ALEX, CLOUDS, JO, MARLOW, OAKFIELD, SAM, ST_BEDES, School
from tests.visits.world import us

MONDAY = "2026-11-23"


def test_a_week_of_one_customer_shows_every_slot_and_why_not(school: School) -> None:
    school.desk.visits.book(OAKFIELD, "2026-11-24", "am", engineer=SAM)
    for engineer in (SAM, ALEX, JO):
        school.desk.visits.add_absence(
            engineer, "leave", date(2026, 11, 26), date(2026, 11, 26), starts="08:00", ends="12:00"
        )
    week = school.desk.visits.planner(OAKFIELD, "2026-11-25")
    assert week.monday == date(2026, 11, 23)
    assert [row.slot for row in week.rows] == ["am", "pm"]

    def cell(slot: str, day: int) -> str | int:
        offer = week.offers[slot, date(2026, 11, day)]
        return len(offer.engineers) if offer.why_not is None else offer.why_not.short

    assert [cell("am", day) for day in range(23, 28)] == [
        3, "site booked", "INSET day", "no engineer", 3,
    ]  # fmt: skip
    assert [cell("pm", day) for day in range(23, 28)] == [3, 3, "INSET day", 3, 3]
    assert [visit.engineer for visit in week.visits] == [SAM]
    assert (week.check.balance.booked, week.check.pace.weeks) == (1, 29)
    assert week.check.window == (date(2026, 9, 1), date(2027, 7, 19))


def test_with_one_engineer_in_focus_only_they_are_asked(school: School) -> None:
    school.desk.visits.book(ST_BEDES, MONDAY, "am", engineer=SAM)
    week = school.desk.visits.planner(OAKFIELD, MONDAY, engineer=SAM)
    assert not week.offers["am", date(2026, 11, 23)].bookable
    assert [c.name for c in week.offers["pm", date(2026, 11, 23)].engineers] == [SAM]


def test_a_package_with_free_times_has_a_row_for_them(school: School) -> None:
    assert [r.slot for r in school.desk.visits.planner(ST_BEDES, MONDAY).rows] == [
        "am", "lunch", "pm", "free",
    ]  # fmt: skip
    assert [r.slot for r in school.desk.visits.planner(MARLOW, MONDAY).rows] == ["free"]
    assert school.desk.visits.planner(CLOUDS, MONDAY).rows == ()


def test_the_week_of_all_shows_everybodys_visits_in_order(school: School) -> None:
    visits = school.desk.visits
    visits.book(OAKFIELD, "2026-11-24", "pm", engineer=SAM)
    visits.book(ST_BEDES, "2026-11-24", "am", engineer=SAM)
    cancelled = visits.book(MARLOW, MONDAY, "10:00", engineer=JO).visit.id
    visits.cancel(cancelled, "customer", "exam")
    visits.book(MARLOW, "2026-12-01", "10:00", engineer=JO)
    week = visits.week(MONDAY)
    assert [(v.customer, v.stage) for v in week] == [
        (MARLOW, "cancelled"),
        (ST_BEDES, "booked"),
        (OAKFIELD, "booked"),
    ]
    assert len(visits.week(MONDAY, engineer=SAM)) == 2
    assert len(visits.week(MONDAY, customer=OAKFIELD)) == 1


def test_what_is_free_says_why_the_rest_is_not(school: School) -> None:
    offers = school.desk.visits.free(OAKFIELD, "2026-11-24", days=2)
    assert [(o.day.day, o.slot, o.bookable) for o in offers] == [
        (24, "am", True),
        (24, "pm", True),
        (25, "am", False),
        (25, "pm", False),
    ]
    on_demand = school.desk.visits.free(MARLOW, MONDAY, days=1, minutes=120)
    assert (on_demand[0].starts, on_demand[-1].ends) == ("08:00", "18:00")
    assert len(on_demand) == 17


def test_the_check_lists_every_agreement_with_visits(school: School) -> None:
    school.desk.customers.add("Elsewhere", "impero")
    lines = {str(line.customer): line for line in school.desk.visits.check()}
    assert list(lines) == [CLOUDS, MARLOW, OAKFIELD, ST_BEDES]
    oakfield = lines[OAKFIELD]
    assert oakfield.balance.granted == 46
    assert oakfield.pace.words == f"behind by {oakfield.pace.by}"
    assert lines[CLOUDS].pace.words == "no visits to deliver"
    assert [warning[:47] for warning in lines[ST_BEDES].warnings] == [
        "This package has no usual number of visits: it "
    ]
    assert lines[ST_BEDES].open_ended
    assert lines[MARLOW].fair_use is not None
    assert {line.fair_use for line in school.desk.visits.check(usage=False)} == {None}
    with pytest.raises(Refused, match="has no visits"):
        school.desk.visits.check("Elsewhere")


def test_it_is_impossible_from_the_day_it_is(school: School) -> None:
    for engineer in (SAM, ALEX, JO):
        school.desk.visits.add_absence(engineer, "leave", date(2026, 11, 23), date(2027, 7, 9))
    (line,) = school.desk.visits.check(OAKFIELD)
    # Six days are left in term: 12, 13, 14, 15, 16 and 19 July.
    assert line.pace.bookable == 12
    assert line.pace.words == "cannot be delivered: 34 too many"


def lean(school: School) -> None:
    """One engineer is left, and St Bede's has bought so many visits that they fill the year."""
    for engineer in (ALEX, JO):
        school.desk.visits.add_absence(engineer, "leave", date(2026, 11, 20), date(2027, 12, 31))
    school.desk.visits.adjust(ST_BEDES, 560, "a large contract")


def test_agreements_that_share_the_engineers_are_counted_together(school: School) -> None:
    """St Bede's alone fits and Oakfield alone fits; whose year ends later is what is too many."""
    (alone,) = school.desk.visits.check(ST_BEDES)
    assert alone.pace.verdict != "impossible"
    lean(school)
    lines = {str(line.customer): line for line in school.desk.visits.check()}
    assert lines[OAKFIELD].pace.verdict == "behind"
    bede = lines[ST_BEDES]
    assert bede.pace.verdict == "impossible"
    assert bede.shared_with == (OAKFIELD,)
    assert bede.verdict == (
        f"cannot be delivered: {bede.pace.by} too many, the engineers are shared with {OAKFIELD}"
    )
    assert bede.pace.bookable >= bede.balance.owed
    # The planner has it from the last look, and one customer's check from a look of its own.
    assert school.desk.visits.planner(ST_BEDES, MONDAY).check.verdict == bede.verdict
    assert school.as_(SAM).visits.check(ST_BEDES) == (bede,)


def test_what_was_found_holds_until_something_is_written_down_or_time_goes_by(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = []

    def counting(claims: Iterable[Claim]) -> dict[int, Shortage]:
        counted.append(1)
        return shortages(claims)

    monkeypatch.setattr(checking, "shortages", counting)
    lean(school)
    visits = school.desk.visits
    for _ in range(3):
        visits.check(ST_BEDES)
    school.ticket()
    visits.check(ST_BEDES)
    assert len(counted) == 1
    visits.book(OAKFIELD, MONDAY, "am")
    visits.check(ST_BEDES)
    assert len(counted) == 2
    school.at("2026-11-23 09:00")
    visits.check(ST_BEDES)
    assert len(counted) == 3


def test_many_who_share_are_not_all_named() -> None:
    names = ("A", "B", "C", "D")

    def said(count: int) -> str:
        shared = tuple(clean(name) for name in names[:count])
        line = CheckLine(
            1, clean("X"), 1, "P", None, Balance(), Pace("impossible", 3, 9, 9), None, (), shared
        )
        return line.verdict.removeprefix("cannot be delivered: 3 too many")

    assert [said(count) for count in range(5)] == [
        "",
        ", the engineers are shared with A",
        ", the engineers are shared with A and B",
        ", the engineers are shared with A, B and C",
        ", the engineers are shared with A, B and 2 more",
    ]


def test_an_engineers_day_has_visits_tickets_and_checklists(school: School) -> None:
    visits = school.desk.visits
    visits.book(ST_BEDES, MONDAY, "pm", engineer=SAM)
    visits.book(OAKFIELD, MONDAY, "am", engineer=SAM)
    visits.book(MARLOW, MONDAY, "10:00", engineer=ALEX)
    number = school.ticket(ST_BEDES)
    school.at(f"{MONDAY} 07:30")
    first, second = school.as_(SAM).visits.my_day()
    assert (first.visit.customer, second.visit.customer) == (OAKFIELD, ST_BEDES)
    assert first.visit.access == "Gate B"
    assert (first.tickets, first.checklists) == ((), ())
    assert second.tickets == ((number, "medium", "The hall is dark"),)
    assert [(each[0], each[2], each[3]) for each in second.checklists] == [
        ("server", 0, 6),
        ("classroom-av", 0, 0),
        ("audit", 0, 2),
    ]
    assert len(visits.my_day(MONDAY, ALEX)) == 1


def test_terms_of_a_customer_go_before_its_areas_and_everybodys(school: School) -> None:
    visits = school.desk.visits
    north = TermEntry("term", "Long autumn", date(2026, 9, 1), date(2026, 12, 31))
    assert visits.add_terms([north], area="North") == 1
    assert visits.add_terms([north], area="North") == 0
    with pytest.raises(Refused, match="term time only"):
        visits.book(OAKFIELD, "2026-12-22", "am")
    visits.set_area(OAKFIELD, "North")
    visits.book(OAKFIELD, "2026-12-22", "am")
    own = TermEntry("term", "Short autumn", date(2026, 9, 1), date(2026, 12, 1))
    visits.add_terms([own], customer=OAKFIELD)
    with pytest.raises(Refused, match="no later term is entered"):
        visits.book(OAKFIELD, "2026-12-21", "am")
    (entry,) = visits.terms(customer=OAKFIELD)
    assert entry.id is not None
    visits.withdraw_term(entry.id)
    visits.book(OAKFIELD, "2026-12-21", "am")


def test_a_leave_entered_later_displaces_visits_and_proposes(school: School) -> None:
    visits = school.desk.visits
    visits.book(OAKFIELD, MONDAY, "am", engineer=SAM)
    visits.book(OAKFIELD, "2026-11-26", "am", engineer=SAM)
    assert visits.displaced() == ()
    absence = visits.add_absence(SAM, "sickness", date(2026, 11, 23), date(2026, 11, 23))
    (found,) = visits.displaced()
    assert (found.visit.id, found.why) == (1, "Sam is off sick.")
    assert found.reassigns
    assert found.engineer is not None
    visits.reassign(1, found.engineer.id, why=found.why)
    assert visits.displaced() == ()
    visits.withdraw_absence(absence)
    assert visits.displaced() == ()


def test_a_shutdown_entered_later_displaces_visits_and_proposes(school: School) -> None:
    visits = school.desk.visits
    visits.book(MARLOW, "2026-12-29", "10:00", engineer=SAM)
    school.shut("2026-12-24", "2027-01-03")
    (found,) = visits.displaced()
    assert "Christmas shutdown" in found.why
    assert found.proposal is not None
    assert (found.proposal.day, found.proposal.starts) == (date(2027, 1, 4), "10:00")
    visits.move(1, found.proposal.day, found.proposal.starts)
    assert visits.displaced() == ()


def test_nothing_moves_by_itself(school: School) -> None:
    visits = school.desk.visits
    before = visits.book(OAKFIELD, MONDAY, "am", engineer=SAM).visit
    visits.add_absence(SAM, "leave", date(2026, 11, 23), date(2026, 11, 27))
    visits.displaced()
    assert visits.show(before.id) == before


def test_a_year_of_school_time_is_local(school: School) -> None:
    visit = school.desk.visits.book(OAKFIELD, "2027-04-19", "am").visit
    assert (visit.starts, visit.from_us) == ("08:30", us("2027-04-19 08:30"))


def test_of_many_visits_in_question_the_rest_is_counted(school: School) -> None:
    visits = school.desk.visits
    for day in ("2026-11-24", "2026-11-26", "2026-11-27"):
        visits.book(OAKFIELD, day, "am", engineer=SAM)
    for engineer in (SAM, ALEX, JO):
        visits.add_absence(engineer, "leave", date(2026, 11, 23), date(2026, 11, 27))
    asked = visits.in_question(2)
    assert [one.visit.day.day for one in asked.first] == [24, 26]
    assert asked.more == 1
    assert len(visits.displaced()) == 3
    assert visits.in_question(3).more == 0
