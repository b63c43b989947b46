"""What happened to a visit, and taking personal words out of it for good.

Words are reasons, notes and names that somebody typed; what the ledger and the planner depend on
stays, so that every balance is what it was and the journal's chain still verifies.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from deskterm.desk import journal
from deskterm.desk.customer_rows import log_customer
from deskterm.desk.errors import NotFound, Refused
from deskterm.desk.events import event_views
from deskterm.desk.journal import JournalEvent, NewEvent
from deskterm.desk.model import Agent, EventView
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean
from deskterm.desk.visits.reading import load_visit

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

#: What stands where words were: some rules ask that a reason was given, and one was.
ERASED: Final = "(erased)"

_WORDS: Final = ("why", "reason", "overlap_reason", "note", "supervisor")

#: What is told of a site that may say something about people.
_SITE_WORDS: Final = ("access", "address")


def history(desk: Desk, visit: int) -> tuple[EventView, ...]:
    """Everything that happened to a visit, oldest first. Raises `NotFound`."""
    with desk.store.read() as tx:
        load_visit(tx, visit)
        events = journal.history(tx, "visit", visit)
        return event_views(tx, events, events)


def redact(desk: Desk, event_id: int, reason: str) -> int:
    """Erase the words of one entry about a visit, an agreement's visits, or a site's address and
    access notes. Only a supervisor may, and says why; it cannot be undone. The new entry's id.

    Raises `NotFound`, and `Refused` where there are no such words in it.
    """
    said = str(clean(reason))
    with desk.store.write() as tx:
        me = desk.require(tx, "supervisor", doing="erase words")
        journal.head(tx)
        event = _find(tx, event_id)
        if not said:
            raise Refused("Say why the words are erased.")
        if event.redacted:
            raise Refused("Its words have been erased already.")
        kept = _site_kept(event.data) if event.subject == "customer" else _kept(event.data)
        if kept == event.data:
            raise Refused("There are no words in it to erase.")
        data = {"redacts": event.id, "reason": said, "kept": kept}
        now_us = desk.now_us()
        new = NewEvent(event.subject, event.subject_id, now_us, "redacted", data, me.id)
        (new_id,) = journal.append(tx, [new], recorded_us=now_us)
        journal.erase(tx, event.id)
        if event.subject == "customer":
            tx.run("UPDATE customer SET version = :v WHERE id = :id", v=new_id, id=event.subject_id)
            _empty_site(tx, desk, me, event)
        else:
            _forget_copies(tx, event)
        return new_id


def _find(tx: Tx, event_id: int) -> JournalEvent:
    row = tx.one("SELECT subject, subject_id FROM event WHERE id = :id", id=event_id)
    found = None
    if row is not None and row.subject in ("visit", "agreement", "customer"):
        events = journal.history(tx, row.subject, row.subject_id, after=event_id - 1)
        found = next(event for event in events if event.id == event_id)
    if found is None or (found.subject == "customer" and found.data.get("part") != "site"):
        raise NotFound(f"Entry {event_id} of the journal is about no visit.")
    if found.kind == "redacted":
        raise Refused("There are no words in it to erase.")
    return found


def _kept(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: ERASED if name in _WORDS and value else value for name, value in data.items()}


def _site_kept(data: Mapping[str, Any]) -> dict[str, Any]:
    fields = {
        name: [ERASED if value else value for value in values] if name in _SITE_WORDS else values
        for name, values in data.get("fields", {}).items()
    }
    return {**data, "fields": fields}


def _forget_copies(tx: Tx, event: JournalEvent) -> None:
    """The same words in the rows that lists are read from."""
    if event.data.get("overlap_reason"):
        tx.run(
            "UPDATE visit SET overlap_reason = :erased WHERE id = :id AND overlap_reason = :was",
            erased=ERASED,
            id=event.subject_id,
            was=event.data["overlap_reason"],
        )
    if event.data.get("note"):
        tx.run(
            "UPDATE visit_tick SET note = :erased WHERE visit_id = :id AND at_us = :at"
            " AND checklist = :checklist AND item = :item AND note = :was",
            erased=ERASED,
            id=event.subject_id,
            at=event.at_us,
            checklist=event.data["checklist"],
            item=event.data["item"],
            was=event.data["note"],
        )


def _empty_site(tx: Tx, desk: Desk, me: Agent, event: JournalEvent) -> None:
    """Where the words that are erased still count, the site has none from now on."""
    site = event.data.get("part_id")
    for name in _SITE_WORDS:
        _, now = event.data.get("fields", {}).get(name, (None, None))
        if not now:
            continue
        stands = tx.value(f"SELECT {name} FROM site WHERE id = :id", id=site)
        if stands == now:
            tx.run(f"UPDATE site SET {name} = '' WHERE id = :id", id=site)
            fields = {name: [ERASED, ""]}
            said = {"part": "site", "part_id": site, "fields": fields}
            log_customer(tx, desk.now_us(), me, event.subject_id, said)
