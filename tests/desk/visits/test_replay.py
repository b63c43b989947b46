"""What the rows say of visits is what the journal says, after any history, and never a clash."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from deskterm.desk import journal
from deskterm.desk.errors import DeskError
from deskterm.desk.visits.held import find_held
from deskterm.desk.visits.ledgers import load_ledger
from deskterm.desk.visits.recording import row_of
from deskterm.desk.visits.serieses import Wish
from deskterm.visits.interval import Interval, collide
from tests.desk.visits.school import ALEX, JO, MARLOW, OAKFIELD, SAM, ST_BEDES, School
from tests.visits.recount import recount

CUSTOMERS = {OAKFIELD: ["am", "pm"], ST_BEDES: ["am", "lunch", "pm", "10:00"], MARLOW: ["9:30"]}
ENGINEERS = [SAM, ALEX, JO]


class Monkey:
    """Does anything with visits that comes to its mind; most of it is refused."""

    def __init__(self, school: School, seed: int) -> None:
        self.school = school
        self.visits = school.desk.visits
        self.dice = random.Random(seed)
        self.done = 0

    def day(self) -> date:
        return date(2026, 11, 23) + timedelta(days=self.dice.randrange(12))

    def visit(self) -> int:
        return self.dice.randrange(1, 25)

    def book(self) -> None:
        customer = self.dice.choice(list(CUSTOMERS))
        self.visits.book(
            customer,
            self.day(),
            self.dice.choice(CUSTOMERS[customer]),
            engineer=self.dice.choice([*ENGINEERS, None]),
            overlap_reason=self.dice.choice(["", "", "", "shadowing"]),
        )

    def series(self) -> None:
        slot = self.dice.choice(["am", "pm"])
        self.visits.book_series(OAKFIELD, Wish(slot, self.day(), "weekly", count=2))

    def move(self) -> None:
        scope = self.dice.choice(["this", "later", "all"])
        self.visits.move(
            self.visit(), self.day(), self.dice.choice(["am", "pm", None]), scope=scope
        )

    def reassign(self) -> None:
        self.visits.reassign(self.visit(), self.dice.choice(ENGINEERS))

    def cancel(self) -> None:
        self.visits.cancel(self.visit(), "customer", "exam")

    def attend(self) -> None:
        visit = self.visits.show(self.visit())
        self.visits.arrive(visit.id, at_us=visit.from_us)
        self.visits.depart(visit.id, at_us=visit.to_us)

    def miss(self) -> None:
        self.visits.no_show(self.visit(), "provider", "van")

    def replace(self) -> None:
        self.visits.in_lieu(self.visit(), self.dice.choice([60, 180]))

    def lapse(self) -> None:
        self.visits.forfeit("agreed", visit=self.visit())

    def undo(self) -> None:
        self.visits.undo(self.visit())

    def act(self) -> None:
        acts: list[Callable[[], None]] = [
            self.book, self.book, self.book, self.series, self.move, self.move, self.reassign,
            self.cancel, self.attend, self.miss, self.replace, self.lapse, self.undo,
        ]  # fmt: skip
        try:
            self.dice.choice(acts)()
        except DeskError as refused:
            assert refused.sentence
        else:
            self.done += 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rows_balances_and_journal_agree_after_anything(school: School, seed: int) -> None:
    monkey = Monkey(school, seed)
    monkey.visits.adjust(OAKFIELD, -40, "few, so that they run out")
    for turn in range(120):
        if turn == 90:
            school.at("2026-12-04 18:00")
        monkey.act()
    assert monkey.done > 20
    desk = school.desk
    assert journal.verify(desk.store).sound
    with desk.store.read() as tx:
        rows = {row.id: dict(row._mapping) for row in tx.rows("SELECT * FROM visit")}
        for customer in CUSTOMERS:
            held = find_held(tx, desk, customer)
            ledger = load_ledger(tx, held)
            for visit, state in ledger.visits.items():
                expected = row_of(state, held)
                assert {name: rows[visit][name] for name in expected} == expected
                del rows[visit]
            if not held.open_ended:
                assert ledger.balance == recount(held.package, ledger.events)
    assert {row["stage"] for row in rows.values()} <= {"withdrawn"}
    check_clashes(school)


def check_clashes(school: School) -> None:
    """Whatever shares an engineer's or a site's time was put there on purpose."""
    with school.desk.store.read() as tx:
        held = tx.rows("SELECT * FROM visit WHERE holds = 1 ORDER BY from_us")
    for place, one in enumerate(held):
        for other in held[:place]:
            first, second = Interval(one.from_us, one.to_us), Interval(other.from_us, other.to_us)
            gap_us = 0 if one.site_id == other.site_id else one.gap_us
            same_engineer = one.engineer_id == other.engineer_id
            if (same_engineer and collide(first, second, gap_us)) or (
                one.site_id == other.site_id and collide(first, second)
            ):
                assert one.deliberate or other.deliberate
