"""The database itself keeps an engineer from two places and a site from two visits at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any, NamedTuple

import pytest
from sqlalchemy.exc import DBAPIError

from deskterm.desk.migrations.visits_ground import (
    ENGINEER_TAKEN,
    REFUSALS,
    SITE_TAKEN,
    TRAVEL_TAKEN,
)
from deskterm.desk.store.base import Store, Tx
from deskterm.visits.interval import MINUTE_US, Interval, Relation, collide, relation
from deskterm.visits.slots import slots_on
from tests.visits.world import package, span

SAM, KIM = 1, 2
OAKFIELD, ST_BEDES = 1, 2
DAY = "2026-11-23"
GAP_US = 30 * MINUTE_US


class Visit(NamedTuple):
    """What the constraints look at."""

    interval: Interval
    engineer: int = SAM
    site: int = OAKFIELD
    gap_us: int = GAP_US
    deliberate: int = 0


@pytest.fixture
def desk(store: Store) -> Iterator[Store]:
    with store.write() as tx:
        for number, name in ((SAM, "Sam"), (KIM, "Kim")):
            tx.run(
                "INSERT INTO agent (id, name, role, active) VALUES (:id, :name, 'engineer', :yes)",
                id=number, name=name, yes=True,
            )  # fmt: skip
        tx.run(
            "INSERT INTO customer (id, version, name, notes, active)"
            " VALUES (1, 0, 'O', '', :yes)", yes=True,
        )  # fmt: skip
        for number in (OAKFIELD, ST_BEDES):
            tx.run(
                "INSERT INTO site (id, customer_id, name, address, access, active)"
                " VALUES (:id, 1, 'S', '', '', :yes)", id=number, yes=True,
            )  # fmt: skip
        tx.run(
            "INSERT INTO policy_snapshot (hash, policy, version, text, holidays, calendars, labels,"
            " taken_us) VALUES ('h', 'p', '', '', '', '', '', 0)"
        )
        tx.run(
            "INSERT INTO agreement (id, customer_id, policy, snapshot, phase, starts, zone, active)"
            " VALUES (1, 1, 'p', 'h', '', '2026-09-01', 'Europe/London', :yes)", yes=True,
        )  # fmt: skip
    yield store


def insert(tx: Tx, number: int, visit: Visit, **more: Any) -> None:
    values = {
        "id": number, "from": visit.interval.start_us, "to": visit.interval.end_us,
        "engineer": visit.engineer, "site": visit.site, "gap": visit.gap_us,
        "deliberate": visit.deliberate, "reason": "exam" if visit.deliberate else "",
        "holds": 1, **more,
    }  # fmt: skip
    tx.run(
        "INSERT INTO visit (id, version, agreement_id, customer_id, site_id, engineer_id, kind,"
        " stage, draws, slot, day, starts, ends, zone, from_us, to_us, gap_us, holds, deliberate,"
        " overlap_reason, lieu_minutes, sequence) VALUES (:id, 1, 1, 1, :site, :engineer,"
        " 'scheduled', 'booked', 1, 'am', '', '', '', '', :from, :to, :gap, :holds, :deliberate,"
        " :reason, 0, 0)",
        **values,
    )


def put(desk: Store, number: int, visit: Visit, **more: Any) -> str | None:
    """Which rule refused the visit, or None where it was let in."""
    return tried(desk, lambda tx: insert(tx, number, visit, **more))


def change(desk: Store, number: int, **values: Any) -> str | None:
    """Which rule refused the change, or None where it was let in."""
    names = {"begins": "from_us", "ends": "to_us"}
    sets = ", ".join(f"{names.get(name, name)} = :{name}" for name in values)
    return tried(
        desk, lambda tx: tx.run(f"UPDATE visit SET {sets} WHERE id = :id", id=number, **values)
    )


def tried(desk: Store, act: Any) -> str | None:
    try:
        with desk.write() as tx:
            act(tx)
    except DBAPIError as error:
        text = str(error.orig)
        return next(name for name in REFUSALS if name in text)
    return None


def expected(old: Visit, new: Visit) -> bool:
    """Whether the new visit collides with the old one, by the pure rule."""
    if old.site == new.site and collide(old.interval, new.interval):
        return True
    if old.engineer != new.engineer:
        return False
    if old.site == new.site:
        return collide(old.interval, new.interval)
    return collide(old.interval, new.interval, old.gap_us, new.gap_us)


HERE = span(DAY, "10:00", "12:00")
THIRTEEN = {
    Relation.BEFORE: span(DAY, "08:00", "09:00"),
    Relation.MEETS: span(DAY, "08:00", "10:00"),
    Relation.OVERLAPS: span(DAY, "09:00", "11:00"),
    Relation.STARTS: span(DAY, "10:00", "11:00"),
    Relation.DURING: span(DAY, "10:30", "11:30"),
    Relation.FINISHES: span(DAY, "11:00", "12:00"),
    Relation.EQUAL: span(DAY, "10:00", "12:00"),
    Relation.FINISHED_BY: span(DAY, "09:00", "12:00"),
    Relation.CONTAINS: span(DAY, "09:00", "13:00"),
    Relation.STARTED_BY: span(DAY, "10:00", "13:00"),
    Relation.OVERLAPPED_BY: span(DAY, "11:00", "13:00"),
    Relation.MET_BY: span(DAY, "12:00", "13:00"),
    Relation.AFTER: span(DAY, "13:00", "14:00"),
}


@pytest.mark.parametrize("way", Relation)
def test_the_thirteen_ways_two_visits_can_lie(desk: Store, way: Relation) -> None:
    other = THIRTEEN[way]
    assert relation(other, HERE) is way
    for number, (engineer, site) in enumerate(product((SAM, KIM), (OAKFIELD, ST_BEDES))):
        with desk.write() as tx:
            tx.run("DELETE FROM visit")
        old, new = Visit(HERE), Visit(other, engineer, site)
        assert put(desk, 1, old) is None
        refused = put(desk, 2, new)
        assert (refused is not None) == expected(old, new), (way, number)
        if refused is not None:
            assert change(desk, 1, holds=0) is None
            assert put(desk, 2, new) is None
            # And back again: what was let go cannot be taken twice either.
            assert change(desk, 1, holds=1) is not None


def test_over_both_grids_database_and_rule_agree(desk: Store) -> None:
    """Every slot of one grid against every slot of the other and of its own."""
    day = date.fromisoformat(DAY)
    times = [
        time.interval
        for name in ("scheduled", "scheduled-on-demand")
        for time in slots_on(package(name), day, "Europe/London")
    ]
    assert len(times) == 5
    seen = set()
    for one, other in product(times, repeat=2):
        for engineer, site in product((SAM, KIM), (OAKFIELD, ST_BEDES)):
            old, new = Visit(one), Visit(other, engineer, site)
            with desk.write() as tx:
                tx.run("DELETE FROM visit")
            assert put(desk, 1, old) is None
            assert (put(desk, 2, new) is not None) == expected(old, new)
            seen.add(relation(one, other))
    assert len(seen) >= 7


@pytest.mark.parametrize("early", [True, False])
def test_travel_is_kept_to_the_minute_on_both_sides(desk: Store, early: bool) -> None:
    assert put(desk, 1, Visit(span(DAY, "10:00", "12:00"))) is None
    near = span(DAY, "08:00", "09:31") if early else span(DAY, "12:29", "13:00")
    enough = span(DAY, "08:00", "09:30") if early else span(DAY, "12:30", "13:00")
    assert put(desk, 2, Visit(near, SAM, ST_BEDES)) == TRAVEL_TAKEN
    assert put(desk, 2, Visit(enough, SAM, ST_BEDES)) is None


def test_travel_is_that_of_the_earlier_visit(desk: Store) -> None:
    assert put(desk, 1, Visit(span(DAY, "10:00", "12:00"), gap_us=0)) is None
    assert put(desk, 2, Visit(span(DAY, "12:00", "13:00"), SAM, ST_BEDES, 60 * MINUTE_US)) is None
    assert put(desk, 3, Visit(span(DAY, "13:59", "15:00"), SAM, OAKFIELD, 0)) == TRAVEL_TAKEN
    assert put(desk, 3, Visit(span(DAY, "14:00", "15:00"), SAM, OAKFIELD, 0)) is None


def test_the_refusal_says_which_rule(desk: Store) -> None:
    assert put(desk, 1, Visit(HERE)) is None
    assert put(desk, 2, Visit(HERE, SAM, ST_BEDES)) in (ENGINEER_TAKEN, TRAVEL_TAKEN)
    assert put(desk, 2, Visit(HERE, KIM, OAKFIELD)) == SITE_TAKEN


def test_moving_onto_another_visit_is_refused_and_staying_is_not(desk: Store) -> None:
    afternoon = span(DAY, "13:00", "15:00")
    assert put(desk, 1, Visit(HERE)) is None
    assert put(desk, 2, Visit(afternoon, KIM, ST_BEDES)) is None
    assert change(desk, 1, begins=afternoon.start_us, ends=afternoon.end_us) is None
    assert change(desk, 1, engineer_id=KIM) is not None
    assert change(desk, 1, site_id=ST_BEDES) is not None
    assert change(desk, 1, stage="arrived", version=2) is None


def test_a_visit_put_over_another_on_purpose_is_then_in_the_way_of_others(desk: Store) -> None:
    over = Visit(span(DAY, "11:00", "13:00"), SAM, ST_BEDES, deliberate=1)
    assert put(desk, 1, Visit(HERE)) is None
    assert put(desk, 2, over) is None
    # The one below goes on as it is …
    assert change(desk, 1, stage="arrived") is None
    # … and a third is kept from both.
    assert put(desk, 3, Visit(span(DAY, "12:30", "13:30"), SAM, ST_BEDES)) == ENGINEER_TAKEN
    assert put(desk, 3, Visit(span(DAY, "12:30", "13:30"), KIM, ST_BEDES)) == SITE_TAKEN
    assert put(desk, 3, Visit(span(DAY, "13:15", "14:00"), SAM, OAKFIELD)) == TRAVEL_TAKEN
    assert change(desk, 1, holds=0) is None
    assert change(desk, 1, holds=1) is not None
    assert change(desk, 2, deliberate=0) is None


def test_an_overlap_needs_its_reason(desk: Store) -> None:
    with pytest.raises(DBAPIError, match="overlap_reason"), desk.write() as tx:
        insert(tx, 1, Visit(HERE, deliberate=1), reason="")


def test_two_overlaps_on_purpose_may_lie_over_each_other(desk: Store) -> None:
    assert put(desk, 1, Visit(HERE)) is None
    assert put(desk, 2, Visit(HERE, deliberate=1)) is None
    assert put(desk, 3, Visit(HERE, deliberate=1)) is None


def test_what_was_let_go_takes_no_time(desk: Store) -> None:
    assert put(desk, 1, Visit(HERE), holds=0) is None
    assert put(desk, 2, Visit(HERE)) is None


@pytest.mark.parametrize("hours", [-1, 0, 48])
def test_a_visit_has_a_length_and_not_an_absurd_one(desk: Store, hours: int) -> None:
    start_us = HERE.start_us
    with pytest.raises(DBAPIError, match="ck_visit"), desk.write() as tx:
        insert(tx, 1, Visit(HERE), to=start_us + hours * 60 * MINUTE_US)
