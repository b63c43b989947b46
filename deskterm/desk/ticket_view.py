"""A whole ticket as it is handed upwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskterm.desk import presence
from deskterm.desk.agreements import load_agreement
from deskterm.desk.customer_rows import contacts_of, sites_of
from deskterm.desk.errors import NotFound
from deskterm.desk.events import event_views
from deskterm.desk.model import TicketView
from deskterm.desk.queue_rows import COLUMNS
from deskterm.desk.rewriting import Loaded
from deskterm.desk.store.base import Tx
from deskterm.desk.text import CleanText, clean

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk


def ticket_view(tx: Tx, desk: Desk, number: int) -> TicketView:
    """The ticket with everything a screen shows of it. Raises `NotFound`."""
    row = tx.one(f"SELECT {COLUMNS} FROM ticket WHERE number = :number", number=number)
    if row is None:
        raise NotFound(f"There is no ticket {number}.")
    loaded = desk.rewriter.load(tx, number)
    state = loaded.state
    opened = state.opened
    me = desk.who(tx)
    contacts = () if state.contact_id is None else contacts_of(tx, None, state.contact_id)
    sites = () if state.site_id is None else sites_of(tx, None, state.site_id)
    agreement_id = opened.get("agreement_id")
    return TicketView(
        row=desk.rows.rows(tx, [row])[0],
        body=clean(state.body, lines=True),
        channel=state.channel,
        tier=opened.get("tier"),
        impact=state.impact,
        urgency=state.urgency,
        emergency_callout=bool(opened.get("emergency_callout")),
        contact=contacts[0] if contacts else None,
        site=sites[0] if sites else None,
        agreement=None if agreement_id is None else load_agreement(tx, agreement_id),
        events=event_views(tx, loaded.history, loaded.history),
        links=_links(tx, number),
        fields={clean(name): clean(value, lines=True) for name, value in state.fields.items()},
        missing=missing_fields(loaded),
        viewers=presence.viewers(tx, number, None if me is None else me.id, desk.now_us()),
    )


def missing_fields(loaded: Loaded) -> tuple[str, ...]:
    """What the policy asks for on a ticket and nobody has said yet."""
    state = loaded.state
    known = {
        "contact": state.contact_id is not None,
        "site": state.site_id is not None,
        "type": bool(state.type),
        "class": state.request_class is not None,
    }
    return tuple(
        name
        for name in loaded.policy.required
        if not known.get(name, bool(state.fields.get(name)))
    )


def _links(tx: Tx, number: int) -> tuple[tuple[str, int, CleanText], ...]:
    rows = tx.rows(
        "SELECT l.kind, t.number, t.subject FROM link l JOIN ticket t ON t.number = l.other"
        " WHERE l.number = :n ORDER BY l.kind, t.number",
        n=number,
    )
    back = tx.rows(
        "SELECT l.kind, t.number, t.subject FROM link l JOIN ticket t ON t.number = l.number"
        " WHERE l.other = :n ORDER BY l.kind, t.number",
        n=number,
    )
    there = [(row.kind, row.number, clean(row.subject)) for row in rows]
    return (
        *there,
        *((f"{row.kind} of", row.number, clean(row.subject)) for row in back),
    )
