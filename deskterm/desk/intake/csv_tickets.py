"""Tickets from a spreadsheet: one line each, with the times at which things were done.

Pure: lines in, tickets with their histories out. A line says what a ticket was and when it was
opened, answered, held, resolved and closed, as far as its columns tell; what a column of another
name holds is kept with the ticket.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from deskterm.desk.intake.csv_reading import Record, Refused, Table, nearest_name
from deskterm.desk.intake.headers import Columns, guess, plain
from deskterm.desk.intake.incoming import IncomingTicket
from deskterm.desk.intake.local_times import local_us
from deskterm.desk.text import clean
from deskterm.policy.document import Policy
from deskterm.policy.vocabulary import CHANNELS, HOLD_REASONS, TICKET_TYPES
from deskterm.sla.facts import Event, TicketFacts

#: What a column holds, and what else people call it.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "reference": ("ref", "external id", "external reference"),
        "number": ("no", "ticket", "ticket number", "ticket no", "ticket id", "case",
                   "case number", "incident", "request id", "id", "key"),
        "customer": ("school", "organisation", "organization", "company", "account", "client"),
        "subject": ("title", "summary", "short description", "topic", "problem"),
        "body": ("description", "details", "text", "message", "notes"),
        "status": ("state",),
        "type": ("ticket type", "request type", "kind", "issue type"),
        "priority": ("prio", "level", "severity"),
        "impact": ("affected",),
        "urgency": (),
        "channel": ("source", "via", "origin", "contact type", "how"),
        "tier": (),
        "contact": ("requester", "caller", "reported by", "requested by", "reporter", "user"),
        "site": ("location", "building", "campus"),
        "agent": ("assignee", "assigned to", "assigned", "owner", "technician", "engineer",
                  "who"),
        "opened": ("opened at", "created", "created at", "created on", "date", "logged",
                   "reported", "reported at", "open date"),
        "responded": ("first response", "responded at", "first reply", "first responded",
                      "answered", "acknowledged"),
        "held": ("on hold since", "held since", "pending since"),
        "hold_reason": ("reason", "waiting for", "hold"),
        "resolved": ("resolved at", "resolved on", "solved", "solved at", "fixed",
                     "completed", "done"),
        "closed": ("closed at", "closed on", "close date"),
    }
)  # fmt: skip

#: Columns of our own export that say what follows from the others.
DERIVED: Final = ("policy", "updated", "due", "clock", "late", "customer_id", "agent_id", "version")

_STATUSES: Final = MappingProxyType(
    {
        "new": "new", "open": "open", "active": "open", "inprogress": "open", "assigned": "open",
        "working": "open", "reopened": "open", "held": "held", "onhold": "held", "hold": "held",
        "pending": "held", "waiting": "held", "paused": "held", "resolved": "resolved",
        "solved": "resolved", "done": "resolved", "fixed": "resolved", "completed": "resolved",
        "closed": "closed", "cancelled": "closed", "canceled": "closed",
    }
)  # fmt: skip
_TYPES: Final = MappingProxyType(
    {
        "request": "service_request", "service": "service_request", "task": "service_request",
        "question": "information_request", "information": "information_request",
        "info": "information_request", "howto": "information_request", "change": "change_request",
        "bug": "incident", "fault": "incident", "problem": "incident", "issue": "incident",
    }
)  # fmt: skip
_CHANNELS: Final = MappingProxyType(
    {
        "mail": "email", "telephone": "phone", "call": "phone", "website": "web",
        "selfservice": "portal", "voice": "voicemail", "livechat": "chat", "walkin": "onsite",
    }
)  # fmt: skip

#: No desk has a ticket with a longer number.
_DIGITS: Final = 15

PolicyOf = Callable[[str | None], Policy]
"""The policy of the customer a line names (None: the import's own). ValueError, saying why not."""


@dataclass(frozen=True, slots=True)
class Tickets:
    """What a file of tickets held. `kept` are columns nobody knows, kept with the tickets."""

    tickets: tuple[IncomingTicket, ...]
    refused: tuple[Refused, ...]
    kept: tuple[str, ...]


def read_tickets(
    table: Table,
    policy_of: PolicyOf,
    zone: ZoneInfo,
    now_us: int,
    *,
    customer: bool,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Tickets:
    """Read every ticket; times without an offset are local to `zone`.

    `customer` says that lines name theirs, else the column is not needed. A line that cannot be
    read is refused with its number. TableError where a needed column is missing.
    """
    required = ("subject", "customer") if customer else ("subject",)
    columns = guess(table.header, COLUMNS, required, DERIVED)
    reader = _LineReader(columns, policy_of, zone, now_us)
    tickets: list[IncomingTicket] = []
    refused: list[Refused] = []
    total = len(table)
    for entry in table:
        if entry.line % 500 == 0:
            progress(entry.line, total)
        if isinstance(entry, Refused):
            refused.append(entry)
            continue
        try:
            tickets.append(reader.read(entry))
        except ValueError as error:
            refused.append(Refused(entry.line, str(error)))
    progress(total, total)
    return Tickets(tuple(tickets), tuple(refused), columns.others)


class _LineReader:
    def __init__(self, columns: Columns, policy_of: PolicyOf, zone: ZoneInfo, now_us: int) -> None:
        self._columns = columns
        self._policy_of = policy_of
        self._zone = zone
        self._now_us = now_us

    def read(self, record: Record) -> IncomingTicket:
        """The line as a ticket. ValueError with the reason why it is none."""
        cells = record.cells

        def cell(key: str) -> str:
            return self._columns.cell(cells, key)

        if not cell("subject"):
            raise ValueError("has no subject")
        customer = cell("customer") or None
        if "customer" in self._columns.found and customer is None:
            raise ValueError("names no customer")
        policy = self._policy_of(customer)
        opened_us = self._time(cells, "opened")
        reference = cell("reference") or cell("number") or _fingerprint(cells)
        return IncomingTicket(
            reference=clean(reference),
            line=record.line,
            subject=clean(cell("subject")),
            body=clean(cell("body"), lines=True),
            contact=clean(cell("contact")) or None,
            site=clean(cell("site")) or None,
            customer=clean(customer) if customer else None,
            agent=clean(cell("agent")) or None,
            number=_number(cell("number")),
            facts=self._facts(cells, policy, self._now_us if opened_us is None else opened_us),
            events=self._history(cells, opened_us),
            fields={
                clean(name): clean(cells[name], lines=True)
                for name in self._columns.others
                if cells[name].strip()
            },
        )

    def _facts(self, cells: Mapping[str, str], policy: Policy, opened_us: int) -> TicketFacts:
        def chosen(key: str, known: Mapping[str, str], others: Mapping[str, str]) -> str | None:
            value = self._columns.cell(cells, key)
            return _chosen(key, value, known, others) if value else None

        types = {kind: kind for kind in policy.types or TICKET_TYPES}
        levels = {level.id: level.name for level in policy.priorities}
        impact = {value.id: value.name for value in policy.triage.impact}
        urgency = {value.id: value.name for value in policy.triage.urgency}
        channels = {channel: channel for channel in CHANNELS}
        return TicketFacts(
            opened_us=opened_us,
            type=chosen("type", types, _TYPES) or "incident",
            priority=chosen("priority", levels, {"none": "", "nottriaged": ""}) or None,
            channel=chosen("channel", channels, _CHANNELS),
            tier=chosen("tier", policy.tiers, {}) if policy.tiers else None,
            impact=chosen("impact", impact, {}) if impact else None,
            urgency=chosen("urgency", urgency, {}) if urgency else None,
        )

    def _time(self, cells: Mapping[str, str], key: str) -> int | None:
        value = self._columns.cell(cells, key)
        if not value:
            return None
        try:
            at_us = local_us(value, self._zone)
        except ValueError as error:
            raise ValueError(f"{key}: {error}") from None
        if at_us > self._now_us:
            raise ValueError(f"{key}: {value} has not come yet")
        return at_us

    def _history(self, cells: Mapping[str, str], opened_us: int | None) -> tuple[Event, ...]:
        times = {key: self._time(cells, key) for key in ("responded", "held", "resolved", "closed")}
        status = self._status(cells)
        for key in _NOT_YET.get(status or "", ()):
            # What a line says it is now counts more than a time left over from before.
            times[key] = None
        if times["resolved"] is None:
            times["resolved"] = times["closed"]
        if status in ("resolved", "closed") and times["resolved"] is None:
            raise ValueError(f"is {status} but does not say since when (column resolved)")
        if status == "resolved":
            times["closed"] = None
        elif status == "closed" and times["closed"] is None:
            times["closed"] = times["resolved"]
        if status == "held" and times["held"] is None:
            times["held"] = self._now_us
        earliest = self._now_us if opened_us is None else opened_us
        events: list[Event] = []
        for key, kind in _EVENTS:
            at_us = times[key]
            if at_us is None:
                continue
            if at_us < earliest:
                raise ValueError(f"is {key} before it is opened")
            data = {"reason": self._reason(cells)} if kind == "held" else {}
            events.append(Event(at_us, kind, data))
        events.sort(key=lambda event: (event.at_us, _ORDER.index(event.kind)))
        return tuple(events)

    def _status(self, cells: Mapping[str, str]) -> str | None:
        value = self._columns.cell(cells, "status")
        if not value:
            return None
        known = {status: status for status in _STATUSES.values()}
        return _chosen("status", value, known, _STATUSES)

    def _reason(self, cells: Mapping[str, str]) -> str:
        value = self._columns.cell(cells, "hold_reason")
        return _chosen("hold_reason", value, HOLD_REASONS, {}) or "other" if value else "other"


_EVENTS: Final = (
    ("responded", "responded"),
    ("held", "held"),
    ("resolved", "resolved"),
    ("closed", "closed"),
)
_NOT_YET: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "new": ("responded", "held", "resolved", "closed"),
        "open": ("held", "resolved", "closed"),
        "held": ("resolved", "closed"),
    }
)
_ORDER: Final = tuple(kind for _, kind in _EVENTS)


def _chosen(key: str, value: str, known: Mapping[str, str], others: Mapping[str, str]) -> str:
    """The id that `value` names, by id, by name or by another word for it."""
    word = plain(value)
    for one, name in known.items():
        if word in (plain(one), plain(name)):
            return one
    if word in others:
        return others[word]
    near = nearest_name(value, [*known, *known.values()])
    hint = f"did it mean {near!r}?" if near else f"it knows {', '.join(known)}"
    raise ValueError(f"{key}: does not know {clean(value)!r}; {hint}")


def _number(value: str) -> int | None:
    """A ticket's number as a desk gives them; other programs' numbers may be more than digits."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= _DIGITS else None


def _fingerprint(cells: Mapping[str, str]) -> str:
    """A reference for a line that has none: the same line is the same ticket."""
    said: Sequence[str] = [f"{plain(name)}={value.strip()}" for name, value in cells.items()]
    return "line-" + sha256("\0".join(sorted(said)).encode(errors="replace")).hexdigest()[:12]
