"""Writing down what is no agent's act: mail that went out by itself, or came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskterm.desk import journal
from deskterm.desk.errors import Refused
from deskterm.desk.journal import NewEvent
from deskterm.desk.text import clean

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk


def record_mail(desk: Desk, number: int, text: str, *, automatic: bool) -> int:
    """Write a mail into a ticket's history; no clock looks at it. The event's id.

    `automatic` is the desk's own mail (a receipt, a notice); otherwise it came from the customer.
    """
    said = clean(text, lines=True).strip()
    if not said:
        raise Refused("A mail needs a text.")
    now_us = desk.now_us()
    with desk.store.write() as tx:
        journal.head(tx)
        ticket = desk.rewriter.load(tx, number)
        at_us = max(now_us, max(event.at_us for event in ticket.history))
        data = {"text": said, "auto": True} if automatic else {"text": said, "internal": False}
        kind = "told" if automatic else "noted"
        event = NewEvent("ticket", number, at_us, kind, data, None)
        (event_id,) = journal.append(tx, [event], recorded_us=now_us)
        desk.rewriter.rewrite(tx, desk.rewriter.load(tx, number), now_us)
    return event_id
