"""The ledger of an agreement, folded from the journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from deskterm.desk.journal import JournalEvent, read_events
from deskterm.desk.store.base import Tx
from deskterm.desk.visits.held import Held
from deskterm.visits.events import Granted, VisitEvent
from deskterm.visits.ledger import Ledger
from deskterm.visits.payload import VISIT_KINDS, from_payload
from deskterm.visits.wallclock import instant_us

#: Kinds that mean the same on a ticket and on a visit; the others say whose they are.
_SHARED: Final = ("arrived", "undone")
_PREFIX: Final = "visit_"
_COLUMNS: Final = "id, subject, subject_id, at_us, recorded_us, agent_id, kind, payload"

#: The number granted when the agreement was made stands before everything in the journal.
GRANT_ID: Final = 0


def journal_kind(kind: str) -> str:
    """What the journal calls a visit event."""
    return kind if kind in _SHARED else _PREFIX + kind


def visit_event(event: JournalEvent) -> VisitEvent | None:
    """A journal entry as a visit event; None where it is none, such as a tick on a checklist."""
    kind = event.kind.removeprefix(_PREFIX)
    if kind not in VISIT_KINDS or event.kind != journal_kind(kind):
        return None
    return from_payload(
        kind, event.data, event_id=event.id, at_us=event.at_us, agent=str(event.agent_id or "")
    )


def agreement_events(tx: Tx, agreement_id: int) -> list[JournalEvent]:
    """Everything the journal says about an agreement's visits, in order."""
    rows: Sequence[Any] = tx.rows(
        f"SELECT {_COLUMNS} FROM event WHERE subject = 'visit' AND subject_id IN"
        " (SELECT id FROM visit WHERE agreement_id = :id)"
        f" UNION ALL SELECT {_COLUMNS} FROM event WHERE subject = 'agreement' AND subject_id = :id"
        " ORDER BY 1",
        id=agreement_id,
    )
    return read_events(rows)


def load_ledger(tx: Tx, held: Held) -> Ledger:
    """The ledger of an agreement as it stands.

    Where the number bought was lowered below what was used since, the missing ones count as
    granted: what has been promised or done is not refused afterwards.
    """
    events = [
        found for event in agreement_events(tx, held.agreement_id) if (found := visit_event(event))
    ]
    start_us = instant_us(held.starts, 0, held.zone)
    return fold(held, events, start_us)


def fold(held: Held, events: Sequence[VisitEvent], start_us: int) -> Ledger:
    """The ledger of these events under an agreement."""
    from deskterm.visits.errors import VisitRefused

    granted = held.granted
    while True:
        first = Granted(id=GRANT_ID, at_us=start_us, visits=granted)
        try:
            return Ledger(held.package, (first, *events), open_ended=held.open_ended)
        except VisitRefused as refused:
            if refused.kind != "nothing_owed" or granted > held.granted + len(events):
                raise
            granted += 1
