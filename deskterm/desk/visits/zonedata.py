"""Visits to come keep their time on the wall when the world's clocks are given other rules.

A visit is promised for 08:30 in its customer's zone; stored beside it is the instant that meant
when it was booked. Governments change when clocks change, and with newer zone data the same
instant may be another time of day. Then it is the instant that moves, as a move of the visit, with
the edition of the zone data said in it. Visits that have begun are history and stay.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Row

from deskterm.desk.store.base import Tx
from deskterm.desk.visits.held import load_held
from deskterm.desk.visits.recording import Recorder
from deskterm.desk.visits.rosters import load_promises
from deskterm.visits import events as ev
from deskterm.visits.interval import Interval
from deskterm.visits.roster import Engineer, Promise, Roster
from deskterm.visits.wallclock import clock_words, instant_us, local_date, minute_of_day

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

_DAY_US: Final = 24 * 3600 * 1_000_000
_OVERLAPS: Final = "The clocks' rules changed after both were booked."


@dataclass(frozen=True, slots=True)
class Shifted:
    """A visit to come whose stored instants are no longer the time that was promised."""

    visit: int
    agreement: int
    zone: str
    slot: str
    site: int
    engineer: int
    before: Interval
    after: Interval


def edition() -> str:
    """Which edition of the zone data is in use, e.g. ``2026a``; ``unknown`` where it says none."""
    for folder in map(Path, zoneinfo.TZPATH):
        if not folder.is_dir():
            continue
        for name, lead in (("tzdata.zi", "# version "), ("+VERSION", "")):
            try:
                with (folder / name).open(encoding="ascii", errors="replace") as file:
                    first = file.readline().strip()
            except OSError:
                continue  # Most systems have one of the two, or neither.
            return first.removeprefix(lead) or "unknown"
        return "unknown"
    return str(import_module("tzdata").IANA_VERSION)


def shifted(tx: Tx, now_us: int) -> Sequence[Shifted]:
    """The visits booked and to come that zone data newer than their booking has displaced."""
    rows = tx.rows(
        "SELECT id, agreement_id, zone, slot, site_id, engineer_id, day, starts, ends, from_us,"
        " to_us FROM visit WHERE stage = 'booked' AND from_us >= :now ORDER BY from_us, id",
        now=now_us,
    )
    found = []
    for row in rows:
        day = date.fromisoformat(row.day)
        begins, ends = minute_of_day(row.starts), minute_of_day(row.ends)
        ends += 1440 if ends <= begins else 0
        start_us, end_us = instant_us(day, begins, row.zone), instant_us(day, ends, row.zone)
        if (start_us, end_us) == (row.from_us, row.to_us) or _still_reads(row):
            continue
        after, before = Interval(start_us, end_us), Interval(row.from_us, row.to_us)
        found.append(
            Shifted(row.id, row.agreement_id, row.zone, row.slot, row.site_id, row.engineer_id,
                    before, after)
        )  # fmt: skip
    return found


def _still_reads(row: Row[Any]) -> bool:
    """True where the instants show the promised times all the same: in an hour that comes twice
    the wall does not tell which was meant.
    """
    shown = (
        local_date(row.from_us, row.zone).isoformat(),
        clock_words(row.from_us, row.zone),
        clock_words(row.to_us, row.zone),
    )
    return shown == (row.day, row.starts, row.ends)


def to_come(tx: Tx, now_us: int) -> int:
    """How many visits are booked and to come."""
    asked = "SELECT count(*) FROM visit WHERE stage = 'booked' AND from_us >= :now"
    return int(tx.value(asked, now=now_us))


def keep_promises(desk: Desk) -> int:
    """Bring the instants of visits to come back to the time on the wall; how many there were."""
    with desk.store.read() as tx:
        if not shifted(tx, desk.now_us()):
            return 0
    with desk.store.write() as tx:
        # Somebody else may have done it since.
        moving = shifted(tx, desk.now_us())
        _move_all(tx, desk, moving)
    return len(moving)


def _move_all(tx: Tx, desk: Desk, moving: Sequence[Shifted]) -> None:
    # They give their places up together: one may move to where another still is.
    tx.many("UPDATE visit SET holds = 0 WHERE id = :id", [{"id": each.visit} for each in moving])
    crowded = _crowded(tx, moving)
    data = edition()
    for agreement in dict.fromkeys(each.agreement for each in moving):
        recorder = Recorder(tx, desk, load_held(tx, desk, agreement), None)
        for each in moving:
            if each.agreement == agreement:
                _move(recorder, each, data, crowded=each.visit in crowded)
        recorder.finish()


def _move(recorder: Recorder, each: Shifted, data: str, *, crowded: bool) -> None:
    recorder.take(
        lambda event: ev.Moved(
            id=event,
            at_us=recorder.now_us,
            visit=each.visit,
            slot=each.slot,
            interval=each.after,
            engineer=each.engineer,
            why=f"The rules of {each.zone} changed (zone data {data}); the time on the wall stays.",
            overlap_reason=_OVERLAPS if crowded else "",
        )
    )


def _crowded(tx: Tx, moving: Sequence[Shifted]) -> set[int]:
    """Those that lie over another visit at their new instants; an agreement in another zone, whose
    rules did not change, may have been beside them. People decide what becomes of these.
    """
    if not moving:
        return set()
    first = min(each.after.start_us for each in moving) - 2 * _DAY_US
    last = max(each.after.end_us for each in moving) + 2 * _DAY_US
    staying = [*load_promises(tx, first, last)]
    gaps = {row.id: row.gap_us // 60_000_000 for row in tx.rows("SELECT id, gap_us FROM visit")}
    placed = [
        Promise(each.visit, each.after, each.engineer, each.site, "", gaps[each.visit])
        for each in moving
    ]
    people = [Engineer(each.engineer, "") for each in moving]
    roster = Roster(people, [*staying, *placed])
    found = set()
    for promise in placed:
        others = roster.without(promise.visit).travelling(promise.travel_minutes or 0)
        if (
            others.clash(promise.engineer, promise.interval, promise.site) is not None
            or others.site_clash(promise.interval, promise.site) is not None
        ):
            found.add(promise.visit)
    return found
