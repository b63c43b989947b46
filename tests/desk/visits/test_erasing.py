"""Words that people typed about visits can be erased for good; everything counted stays."""

from __future__ import annotations

import json

import pytest

from deskterm.desk import journal
from deskterm.desk.errors import NotAllowed, NotFound, Refused
from deskterm.desk.model import EventView
from tests.desk.visits.school import ALEX, JO, OAKFIELD, SAM, ST_BEDES, School

SECRET = "Jo Bloggs is in hospital"


def last(school: School, visit: int) -> EventView:
    return school.desk.visits.history(visit)[-1]


def everything_stored(school: School) -> str:
    """Every value of every row of the desk."""
    with school.desk.store.read() as tx:
        tables = ("event", "visit", "visit_tick", "site", "customer", "agreement", "ticket")
        rows = [list(row) for table in tables for row in tx.rows(f"SELECT * FROM {table}")]
    return json.dumps(rows, default=str)


def sound(school: School) -> bool:
    return journal.verify(school.desk.store).sound


def test_what_a_cancellation_said_is_gone_and_the_visit_stays_owed(school: School) -> None:
    visits = school.desk.visits
    number = visits.book(OAKFIELD, "2026-11-24", "am").visit.id
    visits.cancel(number, "customer", SECRET)
    before, lines = visits.ledger(OAKFIELD)
    visits.redact(last(school, number).id, "asked for")
    assert SECRET not in everything_stored(school)
    after, erased = visits.ledger(OAKFIELD)
    assert after == before
    assert [(each.event, each.into, each.visits) for each in erased] == [
        (each.event, each.into, each.visits) for each in lines
    ]
    assert visits.show(number).stage == "cancelled"
    assert sound(school)
    # The visit goes on living: it can still be undone.
    visits.undo(number)
    assert visits.show(number).stage == "booked"


@pytest.mark.parametrize("step", ["move", "reassign", "no_show", "in_lieu", "forfeit", "adjust"])
def test_every_reason_can_be_erased(school: School, step: str) -> None:
    visits = school.desk.visits
    number = visits.book(OAKFIELD, "2026-11-24", "am", engineer=SAM).visit.id
    if step == "move":
        visits.move(number, "2026-11-26", "am", why=SECRET)
    elif step == "reassign":
        visits.reassign(number, ALEX, why=SECRET)
    elif step == "no_show":
        visits.no_show(number, "customer", SECRET)
    elif step == "in_lieu":
        visits.in_lieu(number, 180, SECRET)
    entry = last(school, number).id
    if step == "forfeit":
        entry, _ = visits.forfeit(SECRET, customer=OAKFIELD)
    elif step == "adjust":
        entry, _ = visits.adjust(OAKFIELD, 2, SECRET)
    before = visits.ledger(OAKFIELD)[0]
    visits.redact(entry, "asked for")
    assert SECRET not in everything_stored(school)
    assert visits.ledger(OAKFIELD)[0] == before
    assert sound(school)


def test_a_deliberate_overlap_stays_one_without_its_reason(school: School) -> None:
    visits = school.desk.visits
    visits.book(ST_BEDES, "2026-11-24", "lunch", engineer=JO)
    number = visits.book(OAKFIELD, "2026-11-24", "pm", engineer=JO, overlap_reason=SECRET).visit.id
    visits.redact(last(school, number).id, "asked for")
    assert SECRET not in everything_stored(school)
    assert visits.show(number).deliberate
    # The row is written anew with each step; the database still lets it lie where it is.
    visits.reassign(number, JO, why="stays", overlap_reason="as agreed")
    assert visits.show(number).deliberate


def test_what_was_found_on_a_checklist_can_be_erased(school: School) -> None:
    visits = school.desk.visits
    number = visits.book(ST_BEDES, "2026-11-23", "am").visit.id
    visits.tick(number, "server", 1, "fault", note=SECRET)
    visits.redact(last(school, number).id, "asked for")
    assert SECRET not in everything_stored(school)
    (line,) = [line for line in visits.report(number) if line.result == "fault"]
    assert line.note == "(erased)"


def test_access_notes_are_gone_from_the_site_too(school: School) -> None:
    desk = school.desk
    (site,) = desk.customers.card(OAKFIELD).sites
    desk.customers.edit_site(site.id, access=SECRET)
    entry = desk.customers.changes(OAKFIELD)[0].event.id
    desk.visits.redact(entry, "asked for")
    assert SECRET not in everything_stored(school)
    assert desk.customers.card(OAKFIELD).sites[0].access == ""
    assert sound(school)


def test_only_a_supervisor_with_a_reason_and_only_once(school: School) -> None:
    visits = school.desk.visits
    number = visits.book(OAKFIELD, "2026-11-24", "am").visit.id
    booked = last(school, number).id
    with pytest.raises(Refused, match="no words"):
        visits.redact(booked, "asked for")
    visits.cancel(number, "customer", SECRET)
    entry = last(school, number).id
    with pytest.raises(NotAllowed):
        school.as_(SAM).visits.redact(entry, "asked for")
    with pytest.raises(Refused, match="why"):
        visits.redact(entry, " ")
    visits.redact(entry, "asked for")
    with pytest.raises(Refused, match="already"):
        visits.redact(entry, "asked for")
    with pytest.raises(Refused, match="no words"):
        visits.redact(last(school, number).id, "asked for")
    with pytest.raises(NotFound):
        visits.redact(999_999, "asked for")
    ticket = school.ticket()
    with school.desk.store.read() as tx:
        about_a_ticket = tx.value("SELECT max(id) FROM event WHERE subject = 'ticket'")
    assert ticket
    with pytest.raises(NotFound, match="about no visit"):
        visits.redact(about_a_ticket, "asked for")
