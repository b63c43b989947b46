"""However many programs want the same slots, each slot is booked once and nobody sees a fault."""

from __future__ import annotations

import re

import pytest

from deskterm.desk import journal
from tests.desk.visits.race import open_slots, race
from tests.desk.visits.school import OAKFIELD, School


def prepare(school: School, count: int) -> list[tuple[str, str]]:
    school.desk.visits.adjust(OAKFIELD, max(0, count - 46), "a large contract")
    slots = open_slots(school, count)
    # Programs that are forked must not share a connection.
    school.close()
    return slots


def check(school: School, slots: list[tuple[str, str]], writers: int) -> None:
    tries = [each for program in race(school.place, slots, writers) for each in program]
    assert len(tries) == writers * len(slots)
    won = [each for each in tries if each.visit is not None]
    assert sorted(each.slot for each in won) == sorted(slots)
    for lost in tries:
        if lost.visit is None:
            assert re.match(r"Taken by Kim at \d\d:\d\d: ", lost.sentence)
            assert lost.others == 3
    again = School(school.place)
    try:
        kept = again.desk.store
        with kept.read() as tx:
            rows = tx.rows("SELECT day, slot FROM visit WHERE holds = 1")
        assert sorted((row.day, row.slot) for row in rows) == sorted(slots)
        assert again.desk.visits.ledger(OAKFIELD)[0].booked == len(slots)
        assert journal.verify(kept).sound
    finally:
        again.close()


def test_eight_programs_and_thirty_slots(school: School) -> None:
    check(school, prepare(school, 30), 8)


@pytest.mark.system
def test_thirty_two_programs_and_two_hundred_slots(school: School) -> None:
    check(school, prepare(school, 200), 32)
