"""Checklists of a visit, the condition of AV units, and the printed report."""

from __future__ import annotations

import pytest

from deskterm.visits.checklist import (
    Result,
    Tick,
    Unit,
    check_tick,
    conditions,
    faults,
    open_items,
    report,
)
from deskterm.visits.errors import VisitRefused
from tests.visits.world import policy

SERVER = policy().checklists["server"]
AV = policy().checklists["classroom-av"]
HALL, ROOM_4 = Unit(1, "Hall projector", "Hall"), Unit(2, "Display", "Room 4")


def tick(item: int, result: Result = "ok", at: int = 1, unit: int | None = None) -> Tick:
    list_id = SERVER.id if unit is None else AV.id
    return Tick(list_id, item, result, at, "Sam", unit, "lamp is dim" if result == "fault" else "")


def test_the_report_has_every_item_and_says_which_are_open() -> None:
    lines = report(SERVER, [tick(0), tick(2, "not_applicable")])
    assert [line.words for line in lines] == ["ok", "open", "n/a", "open", "open", "open"]
    assert lines[0].item == "Onsite and offsite backups completed"
    assert open_items(lines) == 4


def test_the_latest_look_at_an_item_counts() -> None:
    lines = report(SERVER, [tick(0, "ok", at=2), tick(0, "fault", at=1)])
    assert lines[0].words == "ok"


def test_each_av_unit_has_a_condition_of_its_own() -> None:
    ticks = [tick(item, unit=1) for item in range(len(AV.items))] + [tick(1, "fault", unit=2)]
    lines = report(AV, ticks, [HALL, ROOM_4])
    assert len(lines) == 2 * len(AV.items)
    assert conditions(lines) == {1: "good", 2: "faulty"}
    (fault,) = faults(lines)
    assert (fault.unit, fault.note) == (ROOM_4, "lamp is dim")
    assert conditions(report(AV, ticks[:2], [HALL])) == {1: "unchecked"}


def test_lists_do_not_mix() -> None:
    assert open_items(report(SERVER, [tick(0, unit=1)])) == len(SERVER.items)
    assert conditions(report(SERVER, [])) == {}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (Tick("server", 6, "ok", 1), "items 1 to 6"),
        (Tick("server", -1, "ok", 1), "items 1 to 6"),
        (Tick("server", 0, "ok", 1, unit=1), "not kept per unit"),
        (Tick("server", 0, "fault", 1, note=" "), "what was found"),
    ],
)
def test_a_tick_that_does_not_belong_is_refused(wrong: Tick, says: str) -> None:
    with pytest.raises(VisitRefused, match=says):
        check_tick(SERVER, wrong, [HALL])


def test_a_tick_per_unit_names_a_unit_of_the_site() -> None:
    check_tick(AV, tick(0, unit=1), [HALL])
    check_tick(SERVER, tick(0))
    for unit in (None, 2):
        with pytest.raises(VisitRefused, match="name one of the site"):
            check_tick(AV, Tick(AV.id, 0, "ok", 1, unit=unit), [HALL])
