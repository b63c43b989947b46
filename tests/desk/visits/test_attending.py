"""The day of the visit: arrival, departure, missed ones, and what takes their place."""

from __future__ import annotations

import pytest

from deskterm.desk.errors import NotAllowed, Refused
from deskterm.desk.model import NewTicket
from deskterm.visits.balance import Balance
from tests.desk.visits.school import CLOUDS, MARLOW, OAKFIELD, SAM, ST_BEDES, School
from tests.visits.world import us

MONDAY = "2026-11-23"


def booked(school: School, customer: str = OAKFIELD) -> int:
    return school.desk.visits.book(customer, MONDAY, "am", engineer=SAM).visit.id


def test_an_engineer_arrives_departs_and_the_visit_is_delivered(school: School) -> None:
    visit = booked(school)
    school.at(f"{MONDAY} 08:41")
    visits = school.as_(SAM).visits
    assert visits.arrive(visit).sentence == "Arrived at Oakfield Primary at 08:41."
    school.at(f"{MONDAY} 11:20")
    done = visits.depart(visit).visit
    assert (done.stage, done.arrived_us, done.departed_us) == (
        "delivered",
        us(f"{MONDAY} 08:41"),
        us(f"{MONDAY} 11:20"),
    )
    assert visits.ledger(OAKFIELD)[0] == Balance(granted=46, delivered=1, owed=45)


def test_an_arrival_is_on_the_day_of_the_visit(school: School) -> None:
    visit = booked(school)
    with pytest.raises(Refused, match="is on Mon 23 Nov 2026; move it first"):
        school.desk.visits.arrive(visit)
    school.at("2026-11-24 09:00")
    school.desk.visits.arrive(visit, at_us=us(f"{MONDAY} 08:30"))
    with pytest.raises(Refused, match="lies in the future"):
        school.desk.visits.depart(visit, at_us=us("2026-11-24 09:01"))
    with pytest.raises(Refused, match="before the arrival"):
        school.desk.visits.depart(visit, at_us=us(f"{MONDAY} 08:29"))


def test_a_missed_visit_stays_owed_until_a_supervisor_lets_it_lapse(school: School) -> None:
    visit = booked(school)
    school.at(f"{MONDAY} 09:30")
    school.desk.visits.no_show(visit, "customer", "nobody at the gate")
    assert school.desk.visits.ledger(OAKFIELD)[0] == Balance(granted=46, owed=46)
    with pytest.raises(NotAllowed, match="supervisor"):
        school.as_(SAM).visits.forfeit("third time", visit=visit)
    with pytest.raises(Refused, match="needs a reason"):
        school.desk.visits.forfeit("", visit=visit)
    school.desk.visits.forfeit("third time", visit=visit)
    assert school.desk.visits.ledger(OAKFIELD)[0] == Balance(granted=46, forfeited=1, owed=45)
    school.desk.visits.forfeit("never wanted", customer=OAKFIELD)
    assert school.desk.visits.ledger(OAKFIELD)[0].forfeited == 2


def test_remote_support_in_lieu_is_as_long_as_the_visit(school: School) -> None:
    visit = booked(school)
    visits = school.desk.visits
    first = visits.in_lieu(visit, 120, "school flooded")
    assert first.sentence == "120 minutes logged in place of visit 1; 60 minutes to give."
    assert first.visit.stage == "prevented"
    assert visits.in_lieu(visit, 60).visit.stage == "in_lieu"
    assert visits.ledger(OAKFIELD)[0] == Balance(granted=46, in_lieu=1, owed=45)
    _, balance = visits.in_lieu_of_unbooked(OAKFIELD, 180)
    assert balance.in_lieu == 2
    with pytest.raises(Refused, match="90 minutes of 180"):
        visits.in_lieu_of_unbooked(OAKFIELD, 90)


def urgent(
    school: School, customer: str, priority: str = "urgent", *, emergency_callout: bool = False
) -> int:
    ticket = NewTicket(
        customer=customer,
        subject="Internet down",
        priority=priority,
        emergency_callout=emergency_callout,
    )
    return school.desk.tickets.new(ticket).number


def states(school: School, number: int) -> dict[str, str]:
    return {clock.name: clock.state for clock in school.desk.tickets.clocks(number)}


@pytest.mark.parametrize(
    ("customer", "uses", "balance"),
    [
        (OAKFIELD, "one of the scheduled visits", Balance(granted=46, callouts=1, owed=45)),
        (ST_BEDES, "one of the scheduled visits", Balance(granted=1, callouts=1)),
        (MARLOW, "counts as an on-demand visit", Balance()),
    ],
)
def test_a_callout_exempts_its_ticket_and_uses_what_the_package_says(
    school: School, customer: str, uses: str, balance: Balance
) -> None:
    number = urgent(school, customer)
    assert states(school, number)["resolution"] == "running"
    done = school.desk.visits.callout(number, engineer=SAM)
    assert uses in done.sentence
    assert (done.visit.kind, done.visit.starts, done.visit.ends) == ("callout", "14:16", "16:16")
    assert set(states(school, number).values()) == {"exempt"}
    assert school.desk.tickets.show(number).row.next_due_us is None
    assert school.desk.visits.ledger(customer)[0] == balance


def test_a_callout_that_is_called_off_brings_the_promises_back(school: School) -> None:
    number = urgent(school, OAKFIELD)
    visit = school.desk.visits.callout(number, engineer=SAM).visit.id
    school.desk.visits.cancel(visit, "customer", "it works again")
    assert states(school, number)["resolution"] == "running"
    assert school.desk.visits.ledger(OAKFIELD)[0].owed == 46
    again = school.desk.visits.callout(number, engineer=SAM).visit.id
    school.desk.visits.undo(again)
    assert states(school, number)["resolution"] == "running"


def test_arrival_and_a_third_partys_fault_are_on_the_ticket(school: School) -> None:
    number = urgent(school, OAKFIELD, emergency_callout=True)
    visit = school.desk.visits.callout(number, engineer=SAM).visit.id
    school.at("2026-11-20 14:50")
    school.as_(SAM).visits.arrive(visit)
    kinds = [event.kind for event in school.desk.tickets.show(number).events]
    assert kinds == ["opened", "arrived"]
    school.at("2026-11-20 15:30")
    school.as_(SAM).visits.depart(visit, third_party="Fibre Ltd")
    view = school.desk.tickets.show(number)
    assert view.row.hold_reason == "awaiting_third_party"
    assert "Fibre Ltd, passed on at their highest urgency" in str(view.events[-1].data)


def test_an_arrival_taken_back_is_taken_back_on_the_ticket_too(school: School) -> None:
    number = urgent(school, OAKFIELD, emergency_callout=True)
    visit = school.desk.visits.callout(number, engineer=SAM).visit.id
    school.desk.visits.arrive(visit)
    school.desk.visits.undo(visit)
    events = school.desk.tickets.show(number).events
    assert [(event.kind, event.undone) for event in events] == [
        ("opened", False),
        ("arrived", True),
        ("undone", False),
    ]
    assert school.desk.tickets.show(number).row.status == "new"
    school.desk.visits.arrive(visit)
    school.desk.visits.undo(visit)
    assert len(school.desk.tickets.show(number).events) == 5


def test_what_is_no_emergency_gets_no_callout(school: School) -> None:
    low = urgent(school, OAKFIELD, "low")
    with pytest.raises(Refused, match="needs priority Urgent or High; the ticket is Low"):
        school.desk.visits.callout(low)
    cloud = urgent(school, CLOUDS)
    with pytest.raises(Refused, match="no emergency callouts"):
        school.desk.visits.callout(cloud)
    number = urgent(school, OAKFIELD)
    school.at("2026-11-20 18:00")
    with pytest.raises(Refused, match="begin again Mon 23 Nov 2026 08:00"):
        school.desk.visits.callout(number)


def test_the_response_clock_runs_on_booked_engineer_time_and_moves_with_the_visit(
    school: School,
) -> None:
    number = urgent(school, OAKFIELD, "medium")

    def response() -> tuple[str | None, int | None]:
        (cell,) = [c for c in school.desk.tickets.show(number).row.clocks
                   if c.name == "first_response"]  # fmt: skip
        return (None if cell.due_us is None else str(cell.due_us)), cell.left_us

    due, missing = response()
    assert due is None
    assert missing == 4 * 3600 * 1_000_000
    visit = school.desk.visits.book(OAKFIELD, MONDAY, "am", engineer=SAM).visit.id
    assert response() == (None, 1 * 3600 * 1_000_000)
    second = school.desk.visits.book(OAKFIELD, "2026-11-24", "pm", engineer=SAM).visit.id
    assert response()[0] == str(us("2026-11-24 13:30"))
    school.desk.visits.move(second, "2026-11-26", "am")
    assert response()[0] == str(us("2026-11-26 09:30"))
    school.desk.visits.cancel(visit, "customer", "exam")
    assert response()[0] is None


def test_time_attended_counts_instead_of_time_booked(school: School) -> None:
    number = urgent(school, OAKFIELD, "medium")
    visit = school.desk.visits.book(OAKFIELD, MONDAY, "am", engineer=SAM).visit.id
    school.at(f"{MONDAY} 08:30")
    school.as_(SAM).visits.arrive(visit)
    school.at(f"{MONDAY} 12:45")
    school.as_(SAM).visits.depart(visit)
    (clock,) = [c for c in school.desk.tickets.clocks(number) if c.name == "first_response"]
    assert clock.due_us == us(f"{MONDAY} 12:30")
