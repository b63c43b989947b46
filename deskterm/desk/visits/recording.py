"""Writing a visit's event down: ledger, journal, row and clocks in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.exc import DBAPIError

from deskterm.desk import journal
from deskterm.desk.errors import Conflict, Refused
from deskterm.desk.events import event_views
from deskterm.desk.journal import NewEvent
from deskterm.desk.migrations.visits_ground import REFUSALS
from deskterm.desk.model import Agent
from deskterm.desk.store.base import Tx
from deskterm.desk.visits.held import Held
from deskterm.desk.visits.ledgers import journal_kind, load_ledger
from deskterm.desk.visits.model import SlotTaken
from deskterm.desk.visits.onsite_time import refresh_clocks
from deskterm.visits.errors import VisitRefused
from deskterm.visits.events import VisitEvent
from deskterm.visits.interval import MINUTE_US
from deskterm.visits.ledger import Ledger
from deskterm.visits.payload import to_payload
from deskterm.visits.state import VisitState
from deskterm.visits.wallclock import clock_words, local_date

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

_COLUMNS: Final = (
    "id", "version", "agreement_id", "customer_id", "site_id", "engineer_id", "kind", "stage",
    "draws", "slot", "day", "starts", "ends", "zone", "from_us", "to_us", "gap_us", "holds",
    "deliberate", "overlap_reason", "arrived_us", "departed_us", "lieu_minutes", "ticket", "series",
    "sequence",
)  # fmt: skip
_INSERT: Final = (
    f"INSERT INTO visit ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{c}' for c in _COLUMNS)})"
)
_UPDATE: Final = f"UPDATE visit SET {', '.join(f'{c} = :{c}' for c in _COLUMNS[1:])} WHERE id = :id"

#: An event's own fields, given the number it will have in the journal.
Make = Callable[[int], VisitEvent]


class Recorder:
    """One change to an agreement's visits, inside a writing transaction.

    The journal's end is held from the beginning, so nobody else writes in between. `me` is None
    where the desk itself acts.
    """

    def __init__(self, tx: Tx, desk: Desk, held: Held, me: Agent | None) -> None:
        journal.head(tx)
        self.tx = tx
        self.desk = desk
        self.held = held
        self._me = me
        self.now_us = desk.now_us()
        self._changed: dict[int, int] = {}
        self._last_number: int | None = None

    @property
    def me(self) -> Agent:
        """Who acts."""
        assert self._me is not None, "asked only in steps that people take"
        return self._me

    @cached_property
    def ledger(self) -> Ledger:
        """The agreement's visits and balance, with what was taken in so far."""
        return load_ledger(self.tx, self.held)

    def new_number(self) -> int:
        """The number of the next visit."""
        if self._last_number is None:
            self._last_number = int(self.tx.value("SELECT coalesce(max(id), 0) FROM visit"))
        self._last_number += 1
        return self._last_number

    def take(self, make: Make, *, subject: tuple[str, int] | None = None) -> int:
        """Take an event into the ledger and write it down; its id.

        Raises `Refused` where it does not fit what went before.
        """
        event = make(journal.head(self.tx).last_event + 1)
        try:
            self.ledger.apply(event)
        except VisitRefused as refused:
            raise Refused(refused.sentence) from refused
        visit = getattr(event, "visit", None)
        about = subject or (
            ("agreement", self.held.agreement_id) if visit is None else ("visit", visit)
        )
        kind, data = journal_kind(event.kind), to_payload(event)
        agent = None if self._me is None else self._me.id
        new = NewEvent(about[0], about[1], event.at_us, kind, data, agent)
        journal.append(self.tx, [new], recorded_us=self.now_us)
        if about[0] == "visit":
            self._changed[about[1]] = event.id
        return event.id

    def finish(self) -> None:
        """Write every row that changed, and the clocks that run on engineer time."""
        for visit in self._changed:
            before = self.tx.one("SELECT sequence FROM visit WHERE id = :id", id=visit)
            if before is None:
                self.tx.run(_INSERT, **self._values(visit), sequence=0)
            else:
                self.tx.run(_UPDATE, **self._values(visit), sequence=before.sequence + 1)
        refresh_clocks(self.tx, self.desk, self.held.customer_id, self.now_us)

    def _values(self, visit: int) -> dict[str, Any]:
        state = self.ledger.visits.get(visit)
        if state is None:
            return self._withdrawn(visit)
        reason = self._overlap_reason(visit)
        return {
            **row_of(state, self.held),
            "version": self._changed[visit],
            "deliberate": int(bool(reason)),
            "overlap_reason": reason,
        }

    def _withdrawn(self, visit: int) -> dict[str, Any]:
        """A booking that was taken back: its row stays, so that calendars can be told."""
        row = self.tx.one(f"SELECT {', '.join(_COLUMNS)} FROM visit WHERE id = :id", id=visit)
        assert row is not None, "a booking that is taken back was written"
        gone = {"version": self._changed[visit], "stage": "withdrawn", "holds": 0, "draws": 0}
        return {k: v for k, v in row._mapping.items() if k != "sequence"} | gone

    def _overlap_reason(self, visit: int) -> str:
        """Why it lies over another, as said when it was last placed."""
        for event in reversed(self.ledger.events):
            stands = getattr(event, "visit", None) == visit and not self.ledger.is_undone(event.id)
            if stands and hasattr(event, "overlap_reason"):
                return str(event.overlap_reason)
        return ""


def row_of(state: VisitState, held: Held) -> dict[str, Any]:
    """The columns that follow from a visit's state under its agreement."""
    interval = state.interval
    return {
        "id": state.visit,
        "agreement_id": held.agreement_id,
        "customer_id": held.customer_id,
        "site_id": state.site,
        "engineer_id": state.engineer,
        "kind": state.visit_kind,
        "stage": state.stage,
        "draws": int(state.draws),
        "slot": state.slot,
        "day": local_date(interval.start_us, held.zone).isoformat(),
        "starts": clock_words(interval.start_us, held.zone),
        "ends": clock_words(interval.end_us, held.zone),
        "zone": held.zone,
        "from_us": interval.start_us,
        "to_us": interval.end_us,
        "gap_us": held.policy.travel_minutes * MINUTE_US,
        "holds": int(state.takes_time),
        "arrived_us": state.arrived_us,
        "departed_us": state.departed_us,
        "lieu_minutes": state.lieu_minutes,
        "ticket": state.ticket,
        "series": state.series,
    }


def check_version(
    tx: Tx, visit: int, found: int, version: int | None, yours: Mapping[str, Any]
) -> None:
    """Raise `Conflict` where somebody has changed the visit since `version`; None is no matter."""
    if version is None or version >= found:
        return
    views = event_views(tx, journal.history(tx, "visit", visit, after=version))
    who = ", ".join(dict.fromkeys(str(view.agent or "the desk") for view in views))
    raise Conflict(
        f"{who} changed visit {visit} while you were at it; look, then decide.",
        theirs=views,
        fields=(),
        yours=dict(yours),
        version=found,
    )


@contextmanager
def refusals_of_the_database() -> Iterator[None]:
    """Turn what the database refuses about overlaps into a sentence; all else goes through."""
    try:
        yield
    except DBAPIError as error:
        if not any(name in str(error.orig) for name in REFUSALS):
            raise
        raise SlotTaken(
            "That time has just been taken; look again for one that is free."
        ) from error
