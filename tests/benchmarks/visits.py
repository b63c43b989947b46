"""Booking at once: how long the slowest wait against the work there is; and reading a full week.

With so many writers, a fair queue makes the last one wait for all the others: writers × the mean
time of a transaction. The 99th percentile is to stay near that. All programs share the machine's
processors, so the transaction is the one of the same race, from the turn to what is kept; what a
booking takes alone is told beside it.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from deskterm.console.screens.visits import VisitsScreen
from deskterm.desk.agents import write_agent
from tests.benchmarks._result import Result
from tests.console.quiet import quiet
from tests.console.real_desk import console_of
from tests.desk.visits.race import race
from tests.desk.visits.school import OAKFIELD, School
from tests.desk.visits.servers import new_database, postgres, programs

WRITERS, SLOTS = 32, 200
VISITS, ENGINEERS = 20_000, 12
ROUNDS = 25


def run() -> list[Result]:
    with tempfile.TemporaryDirectory() as folder:
        results = [_race("SQLite", str(Path(folder) / "race.sqlite"))]
        results += _week(str(Path(folder) / "week.sqlite"), Path(folder))
    if programs() is not None:
        with postgres() as socket_dir:
            results.append(_race("PostgreSQL", new_database(socket_dir, "race")))
    return results


def _race(name: str, place: str) -> Result:
    school = School(place)
    school.furnish()
    school.desk.visits.adjust(OAKFIELD, SLOTS - 46, "a large contract")
    slots = _slots(school)
    school.close()
    tries = [each for program in race(place, slots, WRITERS) for each in program]
    assert sum(each.visit is not None for each in tries) == SLOTS, "a slot was lost or taken twice"
    spent = sorted(each.seconds for each in tries)
    p99 = spent[int(len(spent) * 0.99)]
    turn = statistics.mean(each.turn_seconds for each in tries if each.turn_seconds)
    alone = _alone(place)
    return Result(
        f"{WRITERS} programs book {SLOTS} slots ({name}): p99 against writers × one transaction",
        p99 / (WRITERS * turn),
        "at most",
        1.5,
        detail=f"p99 {p99 * 1000:.0f} ms, transaction {turn * 1000:.1f} ms, "
        f"a booking alone {alone * 1000:.1f} ms",
    )


def _slots(school: School) -> list[tuple[str, str]]:
    from tests.desk.visits.race import open_slots

    return open_slots(school, SLOTS)


def _alone(place: str) -> float:
    """The mean time of a booking by the only program there is, on the desk as the race left it."""
    school = School(place)
    try:
        for visit in range(1, 31):
            school.desk.visits.cancel(visit, "customer", "to be booked again")
        views = [school.desk.visits.show(visit) for visit in range(1, 31)]
        begun = time.perf_counter()
        for view in views:
            school.desk.visits.book(OAKFIELD, view.day, view.slot, engineer=view.engineer_id)
        return (time.perf_counter() - begun) / len(views)
    finally:
        school.close()


def _week(place: str, folder: Path) -> list[Result]:
    with _full(place) as school:
        spent = []
        for turn in range(ROUNDS):
            day = date(2026, 9, 7) + timedelta(weeks=turn)
            begun = time.perf_counter()
            found = school.desk.visits.week(day)
            spent.append(time.perf_counter() - begun)
            assert len(found) >= ENGINEERS * 5
        drawn = asyncio.run(_drawn(school, folder))
    what = f"the week of {ENGINEERS} engineers with {VISITS:,} visits in the store"
    return [
        Result(f"{what} is read", statistics.median(spent) * 1000, "at most", 150, "ms"),
        Result(f"{what}, from the key to the week drawn in 120×36", statistics.median(drawn) * 1000,
               "at most", 150, "ms", f"longest {max(drawn) * 1000:.0f} ms"),
    ]  # fmt: skip


async def _drawn(school: School, folder: Path) -> list[float]:
    """Seconds from the key for the next week until its grid has been drawn, nothing left to do."""
    customer = school.desk.customers.card(OAKFIELD).customer.id
    spent = []
    app = console_of(school.desk, folder, watch=False)
    async with app.run_test(size=(120, 36)) as pilot:
        await quiet(pilot)
        await app.go_to_week(customer)
        await quiet(pilot)
        screen = app.screen
        assert isinstance(screen, VisitsScreen)
        for _ in range(ROUNDS):
            before = screen.grid.planner
            begun = time.perf_counter()
            screen.do_next_week()
            while screen.grid.planner is before:
                await asyncio.sleep(0.001)
            shown = asyncio.Event()
            screen.call_after_refresh(shown.set)
            await shown.wait()
            spent.append(time.perf_counter() - begun)
            await quiet(pilot)
    return spent


@contextmanager
def _full(place: str) -> Iterator[School]:
    """A desk with so many visits of so many engineers, written past the use cases."""
    school = School(place)
    school.furnish()
    with school.desk.store.write() as tx:
        people = [
            write_agent(tx, f"Engineer {number}", "engineer", 1, 0).id
            for number in range(ENGINEERS)
        ]
    first = school.desk.visits.book(OAKFIELD, "2026-11-23", "am").visit
    with school.desk.store.write() as tx:
        columns = [key for key in tx.rows("SELECT * FROM visit")[0]._mapping if key != "id"]
        chosen = ", ".join(
            {"engineer_id": ":engineer", "from_us": ":from", "to_us": ":to", "site_id": ":site",
             "day": ":day"}.get(name, name)
            for name in columns
        )  # fmt: skip
        per_day = 3
        days = VISITS // (ENGINEERS * per_day) + 1
        rows = []
        for number in range(VISITS):
            day, rest = divmod(number, ENGINEERS * per_day)
            who, slot = divmod(rest, per_day)
            start_us = first.from_us + ((day - days // 2) * 24 + slot * 3) * 3_600_000_000
            rows.append(
                {"id": 10 + number, "engineer": people[who], "site": 1, "from": start_us,
                 "to": start_us + 7_200_000_000, "day": "2026-11-23"}
            )  # fmt: skip
        tx.run("UPDATE visit SET holds = 0")
        tx.many(
            f"INSERT INTO visit (id, {', '.join(columns)}) SELECT :id, {chosen} FROM visit"
            " WHERE id = 1",
            rows,
        )
    try:
        yield school
    finally:
        school.close()
