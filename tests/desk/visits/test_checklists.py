"""Checklists on visits: ticks, the condition of AV units, and tickets for what was found."""

from __future__ import annotations

import pytest

from deskterm.desk.errors import NotFound, Refused
from deskterm.visits.checklist import conditions, faults
from tests.desk.visits.school import OAKFIELD, SAM, ST_BEDES, School

MONDAY = "2026-11-23"


def visit(school: School) -> int:
    return school.desk.visits.book(ST_BEDES, MONDAY, "am", engineer=SAM).visit.id


def test_items_are_ticked_off_during_the_visit(school: School) -> None:
    number = visit(school)
    visits = school.as_(SAM).visits
    visits.tick(number, "server", 0)
    visits.tick(number, "server", 2, "fault", note="D: is full")
    lines = visits.report(number)
    assert [line.words for line in lines[:3]] == ["ok", "open", "fault"]
    assert visits.my_day(MONDAY)[0].checklists[0] == ("server", "Server maintenance", 2, 6)
    visits.tick(number, "server", 2, "ok")
    assert visits.report(number)[2].words == "ok"


def test_each_av_unit_of_the_site_has_its_condition(school: School) -> None:
    number = visit(school)
    visits = school.as_(SAM).visits
    site = visits.show(number).site_id
    hall = visits.add_unit(site, "Projector", "Hall")
    room = visits.add_unit(site, "Display", "Room 4")
    for item in range(4):
        visits.tick(number, "classroom-av", item, unit=hall)
    visits.tick(number, "classroom-av", 2, "fault", unit=room, note="no sound")
    lines = visits.report(number)
    assert conditions(lines) == {hall: "good", room: "faulty"}
    (fault,) = faults(lines)
    ticket = visits.ticket_for(number, fault)
    view = school.desk.tickets.show(ticket)
    assert view.row.subject == "Classroom AV: Sound – Display Room 4"
    assert (view.body, view.site.id if view.site else None) == ("no sound", site)
    assert [unit.name for unit in visits.units(site)] == ["Projector", "Display"]


def test_what_does_not_belong_is_refused(school: School) -> None:
    number = visit(school)
    visits = school.desk.visits
    with pytest.raises(Refused, match="no checklist “garden”; it has server, classroom-av, audit"):
        visits.tick(number, "garden", 0)
    with pytest.raises(Refused, match="items 1 to 6"):
        visits.tick(number, "server", 6)
    with pytest.raises(Refused, match="Say what was found"):
        visits.tick(number, "server", 0, "fault")
    with pytest.raises(Refused, match="is no result"):
        visits.tick(number, "server", 0, "broken")
    with pytest.raises(Refused, match="name one of the site"):
        visits.tick(number, "classroom-av", 0)
    with pytest.raises(NotFound, match="There is no site 99"):
        visits.add_unit(99, "Projector")
    with pytest.raises(Refused, match="needs a name"):
        visits.add_unit(1, " ")


def test_a_package_without_checklists_has_nothing_to_tick(school: School) -> None:
    number = school.desk.visits.book(OAKFIELD, MONDAY, "am").visit.id
    with pytest.raises(Refused, match="Scheduled Support has no checklist “server”; it has none"):
        school.desk.visits.tick(number, "server", 0)
    assert school.desk.visits.report(number) == ()
