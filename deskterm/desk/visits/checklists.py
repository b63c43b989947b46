"""Checklists on a visit: ticking, AV units of a site, the report, and tickets for faults found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from deskterm.desk import journal
from deskterm.desk.customer_rows import log_customer
from deskterm.desk.errors import NotFound, Refused
from deskterm.desk.journal import NewEvent
from deskterm.desk.model import NewTicket
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean
from deskterm.desk.visits.held import Held, load_held
from deskterm.desk.visits.model import VisitView
from deskterm.desk.visits.reading import load_visit
from deskterm.policy.document import Checklist
from deskterm.visits.checklist import ReportLine, Result, Tick, Unit, check_tick, open_items, report
from deskterm.visits.errors import VisitRefused

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

_RESULTS: Final[tuple[Result, ...]] = ("ok", "fault", "not_applicable")


def add_unit(desk: Desk, site: int, name: str, room: str = "") -> int:
    """Add a piece of classroom AV to a site; its id. Raises `NotFound` and `Refused`."""
    with desk.store.write() as tx:
        me = desk.require(tx, "technician", "engineer", "supervisor", doing="add AV units")
        owner = tx.value("SELECT customer_id FROM site WHERE id = :id", id=site)
        if owner is None:
            raise NotFound(f"There is no site {site}.")
        called = str(clean(name))
        if not called:
            raise Refused("An AV unit needs a name.")
        unit_id = tx.value(
            "INSERT INTO av_unit (site_id, name, room, active)"
            " VALUES (:site, :name, :room, :active) RETURNING id",
            site=site,
            name=called,
            room=str(clean(room)),
            active=True,
        )
        fields = {"name": [None, called], "room": [None, str(clean(room))]}
        data = {"part": "av_unit", "part_id": unit_id, "fields": fields}
        log_customer(tx, desk.now_us(), me, owner, data)
        return int(unit_id)


def units(desk: Desk, site: int) -> tuple[Unit, ...]:
    """The AV units of a site, by room and name."""
    with desk.store.read() as tx:
        return units_of(tx, site)


def units_of(tx: Tx, site: int) -> tuple[Unit, ...]:
    """The AV units of a site, by room and name."""
    rows = tx.rows(
        "SELECT id, name, room FROM av_unit WHERE site_id = :site AND active ORDER BY room, name",
        site=site,
    )
    return tuple(Unit(row.id, clean(row.name), clean(row.room)) for row in rows)


def tick(
    desk: Desk,
    visit: int,
    checklist: str,
    item: int,
    result: str = "ok",
    *,
    unit: int | None = None,
    note: str = "",
) -> None:
    """Tick an item of a checklist off, `item` counted from 0. A fault says what was found.

    Raises `Refused` where the list is none of the package's or the item none of the list's.
    """
    found = next((known for known in _RESULTS if known == result), None)
    if found is None:
        raise Refused(f"“{clean(result)}” is no result; it is {', '.join(_RESULTS)}.")
    with desk.store.write() as tx:
        me = desk.require(tx, "technician", "engineer", "supervisor", doing="tick checklists")
        journal.head(tx)
        view = load_visit(tx, visit)
        named = checklist_of(load_held(tx, desk, view.agreement_id), checklist)
        entry = Tick(named.id, item, found, desk.now_us(), str(me.name), unit, str(clean(note)))
        try:
            check_tick(named, entry, units_of(tx, view.site_id))
        except VisitRefused as refused:
            raise Refused(refused.sentence) from refused
        data = {"checklist": named.id, "item": item, "result": found}
        data |= {"unit": unit} if unit is not None else {}
        data |= {"note": entry.note} if entry.note else {}
        event = NewEvent("visit", visit, entry.at_us, "edited", data, me.id)
        journal.append(tx, [event], recorded_us=desk.now_us())
        tx.run(
            "INSERT INTO visit_tick (visit_id, site_id, checklist, item, unit_id, result, note,"
            " agent_id, at_us) VALUES (:visit, :site, :checklist, :item, :unit, :result, :note,"
            " :agent, :at)",
            visit=visit,
            site=view.site_id,
            checklist=named.id,
            item=item,
            unit=unit,
            result=found,
            note=entry.note,
            agent=me.id,
            at=entry.at_us,
        )


def checklist_of(held: Held, name: str) -> Checklist:
    """A checklist of the customer's package by id. Raises `Refused` naming those it has."""
    if name in held.package.checklists and name in held.policy.checklists:
        return held.policy.checklists[name]
    has = ", ".join(held.package.checklists) or "none"
    raise Refused(f"{held.package.name} has no checklist “{clean(name)}”; it has {has}.")


def visit_report(desk: Desk, visit: int) -> tuple[ReportLine, ...]:
    """Every item of every checklist of the visit's package with its result, for print."""
    with desk.store.read() as tx:
        return report_lines(tx, desk, load_visit(tx, visit))


def report_lines(tx: Tx, desk: Desk, view: VisitView) -> tuple[ReportLine, ...]:
    """The same inside a transaction."""
    held = load_held(tx, desk, view.agreement_id)
    return tuple(
        line
        for name in held.package.checklists
        if name in held.policy.checklists
        for line in _lines(tx, view, held.policy.checklists[name])
    )


def _lines(tx: Tx, view: VisitView, checklist: Checklist) -> tuple[ReportLine, ...]:
    rows = tx.rows(
        "SELECT checklist, item, result, at_us, unit_id, note FROM visit_tick"
        " WHERE visit_id = :visit AND checklist = :checklist ORDER BY id",
        visit=view.id,
        checklist=checklist.id,
    )
    ticks = [
        Tick(row.checklist, row.item, row.result, row.at_us, "", row.unit_id, clean(row.note))
        for row in rows
    ]
    lines = report(checklist, ticks, units_of(tx, view.site_id))
    return tuple(replace(line, note=clean(line.note)) for line in lines)


def progress(tx: Tx, desk: Desk, view: VisitView) -> tuple[tuple[str, str, int, int], ...]:
    """Each checklist of the visit: id, name, items looked at, items in all."""
    held = load_held(tx, desk, view.agreement_id)
    found = []
    for name in held.package.checklists:
        if name not in held.policy.checklists:
            continue
        checklist = held.policy.checklists[name]
        lines = _lines(tx, view, checklist)
        found.append((name, checklist.name, len(lines) - open_items(lines), len(lines)))
    return tuple(found)


def ticket_for(desk: Desk, visit: int, line: ReportLine) -> int:
    """Open a ticket for what was found on a visit; its number."""
    with desk.store.read() as tx:
        view = load_visit(tx, visit)
    where = "" if line.unit is None else f" – {line.unit.name} {line.unit.room}".rstrip()
    done = desk.tickets.new(
        NewTicket(
            customer=view.customer_id,
            subject=f"{line.checklist}: {line.item}{where}",
            body=line.note,
            site=view.site_id,
            channel="onsite",
        )
    )
    return done.number
