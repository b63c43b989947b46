"""Term dates: entered or imported, for a customer, for an area, or for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from deskterm.desk import journal
from deskterm.desk.customer_rows import find_customer, log_customer
from deskterm.desk.errors import NotFound, Refused
from deskterm.desk.journal import NewEvent
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean
from deskterm.visits.terms import DayOff, Term, TermDates

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One term or day off as entered. `kind` is ``term`` or ``day_off``."""

    kind: str
    name: str
    first: date
    last: date
    id: int | None = None


def load_terms(tx: Tx, customer_id: int) -> TermDates:
    """The term dates a customer follows: its own, else its area's, else everybody's."""
    rows = tx.rows(
        "SELECT t.id, t.customer_id, t.area, t.kind, t.name, t.first, t.last FROM term_date t"
        " WHERE t.withdrawn_us IS NULL AND (t.customer_id = :id OR (t.customer_id IS NULL"
        " AND (t.area = '' OR t.area ="
        " (SELECT area FROM customer_area WHERE customer_id = :id)))) ORDER BY t.first, t.id",
        id=customer_id,
    )
    for chosen in (
        [row for row in rows if row.customer_id == customer_id],
        [row for row in rows if row.customer_id is None and row.area != ""],
        [row for row in rows if row.customer_id is None and row.area == ""],
    ):
        if chosen:
            return _term_dates(
                TermEntry(
                    row.kind,
                    clean(row.name),
                    date.fromisoformat(row.first),
                    date.fromisoformat(row.last),
                )
                for row in chosen
            )
    return TermDates()


def _term_dates(entries: Iterable[TermEntry]) -> TermDates:
    terms: list[Term] = []
    days_off: list[DayOff] = []
    for entry in entries:
        if entry.kind == "term":
            terms.append(Term(entry.name, entry.first, entry.last))
        else:
            days_off.append(DayOff(entry.name, entry.first, entry.last))
    return TermDates(tuple(terms), tuple(days_off))


def add_terms(
    desk: Desk,
    entries: Iterable[TermEntry],
    *,
    customer: int | str | None = None,
    area: str = "",
) -> int:
    """Enter terms and days off; those that are there already are left as they are. How many new.

    Raises `Refused` for a term that ends before it begins.
    """
    with desk.store.write() as tx:
        me = desk.require(tx, "technician", "engineer", "supervisor", doing="enter term dates")
        owner = None if customer is None else find_customer(tx, customer).id
        called = str(clean(area)) if customer is None else ""
        now_us = desk.now_us()
        added = 0
        for entry in entries:
            values: dict[str, Any] = {
                "kind": entry.kind,
                "name": str(clean(entry.name)),
                "first": entry.first.isoformat(),
                "last": entry.last.isoformat(),
            }
            if entry.last < entry.first:
                raise Refused(f"{values['name']} ends before it begins.")
            there = tx.value(
                "SELECT id FROM term_date WHERE withdrawn_us IS NULL AND kind = :kind"
                " AND first = :first AND last = :last AND area = :area"
                " AND coalesce(customer_id, 0) = :owner",
                area=called,
                owner=owner or 0,
                kind=values["kind"],
                first=values["first"],
                last=values["last"],
            )
            if there is not None:
                continue
            tx.run(
                "INSERT INTO term_date (customer_id, area, kind, name, first, last, entered_us)"
                " VALUES (:owner, :area, :kind, :name, :first, :last, :now)",
                owner=owner,
                area=called,
                now=now_us,
                **values,
            )
            said = {"field": "term_date", "new": values, "area": called}
            if owner is not None:
                log_customer(tx, now_us, me, owner, {"part": "terms", "fields": {
                    values["name"]: [None, f"{values['first']} to {values['last']}"]}})  # fmt: skip
            else:
                event = NewEvent("policy", 0, now_us, "edited", said, me.id)
                journal.append(tx, [event], recorded_us=now_us)
            added += 1
        return added


def withdraw_term(desk: Desk, term_id: int) -> None:
    """Take a term or day off back. Raises `NotFound`."""
    with desk.store.write() as tx:
        me = desk.require(tx, "technician", "engineer", "supervisor", doing="take term dates back")
        row = tx.one(
            "SELECT customer_id, name FROM term_date WHERE id = :id AND withdrawn_us IS NULL",
            id=term_id,
        )
        if row is None:
            raise NotFound(f"There is no term date {term_id}.")
        now_us = desk.now_us()
        tx.run("UPDATE term_date SET withdrawn_us = :now WHERE id = :id", now=now_us, id=term_id)
        if row.customer_id is not None:
            fields = {clean(row.name): ["entered", None]}
            log_customer(tx, now_us, me, row.customer_id, {"part": "terms", "fields": fields})
        else:
            data = {"field": "term_date", "old": {"id": term_id}}
            event = NewEvent("policy", 0, now_us, "edited", data, me.id)
            journal.append(tx, [event], recorded_us=now_us)


def set_area(desk: Desk, customer: int | str, area: str) -> None:
    """Say which area's term dates a customer follows."""
    with desk.store.write() as tx:
        me = desk.require(tx, "technician", "engineer", "supervisor", doing="set a customer's area")
        found = find_customer(tx, customer)
        old = tx.value("SELECT area FROM customer_area WHERE customer_id = :id", id=found.id)
        tx.run(
            "INSERT INTO customer_area (customer_id, area) VALUES (:id, :area)"
            " ON CONFLICT (customer_id) DO UPDATE SET area = excluded.area",
            id=found.id,
            area=str(clean(area)),
        )
        fields = {"area": [old, str(clean(area))]}
        log_customer(tx, desk.now_us(), me, found.id, {"part": "terms", "fields": fields})


def entered_terms(
    desk: Desk, *, customer: int | str | None = None, area: str = ""
) -> tuple[TermEntry, ...]:
    """What is entered for a customer, an area or (neither) everybody, in order of date."""
    with desk.store.read() as tx:
        owner = 0 if customer is None else find_customer(tx, customer).id
        rows = tx.rows(
            "SELECT id, kind, name, first, last FROM term_date WHERE withdrawn_us IS NULL"
            " AND coalesce(customer_id, 0) = :owner AND area = :area ORDER BY first, id",
            owner=owner,
            area=str(clean(area)),
        )
        return tuple(
            TermEntry(
                row.kind,
                clean(row.name),
                date.fromisoformat(row.first),
                date.fromisoformat(row.last),
                row.id,
            )
            for row in rows
        )
