"""Incidents from a ServiceNow audit export: one row for every change of an incident.

Pure: lines of a table in, tickets with their histories out. The rows of an incident are put in
the order of their update times and become events:

- the first state other than New is the response, also where the first row already has it;
- a state in which somebody is awaited is a hold with its reason, leaving it resumes;
- a rising reopen count, or leaving Resolved for anything but Closed, reopens;
- Resolved resolves, Closed closes, after resolving where that was never said;
- a changed impact or urgency is a new priority.

What was updated before the incident was opened counts as done at the opening: the two times come
from different clocks, and nothing can be answered before it was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from deskterm.desk.intake.csv_reading import Record, Refused, Table, TableError, nearest_name
from deskterm.desk.intake.incoming import IncomingTicket
from deskterm.desk.intake.local_times import local_us
from deskterm.desk.intake.servicenow_map import COLUMNS, HOLD_PREFIX, KEPT, REQUIRED, ServiceNowMap
from deskterm.desk.text import CleanText, clean
from deskterm.policy.document import Policy
from deskterm.sla.facts import Event, TicketFacts

#: How the export writes that there is no value.
MISSING: Final = frozenset({"", "?", "null", "none", "(empty)"})
_MAX_REOPENS: Final = 10_000

Progress = Callable[[int, int], None]
"""(lines done, lines in all)"""


@dataclass(frozen=True, slots=True)
class Incidents:
    """What an export held, in the order in which its incidents first appear."""

    tickets: tuple[IncomingTicket, ...]
    refused: tuple[Refused, ...]
    later: int = 0
    """Rows that have not happened yet."""


@dataclass(frozen=True, slots=True)
class _Update:
    """One row, read."""

    line: int
    reference: CleanText
    at_us: int
    opened_us: int
    status: str
    state: str
    hold: str | None
    reopens: int
    impact: str | None
    urgency: str | None
    priority: str | None
    cells: Mapping[str, str]


class _RowError(ValueError):
    """Why a row is left out."""


def read_incidents(
    table: Table,
    mapping: ServiceNowMap,
    policy: Policy,
    zone: ZoneInfo,
    progress: Progress = lambda done, total: None,
    *,
    now_us: int | None = None,
) -> Incidents:
    """Read every incident of `table`; times without an offset are local to `zone`.

    A row that cannot be read is refused with its line number, the rest of its incident counts.
    Rows after `now_us` have not happened yet and are left out, so that a past moment can be looked
    at. TableError where a needed column is missing.
    """
    reader = _RowReader(_columns(table.header, mapping), mapping, zone)
    updates: dict[str, list[_Update]] = {}
    refused: list[Refused] = []
    total, later = len(table), 0
    for entry in table:
        if isinstance(entry, Refused):
            refused.append(entry)
            continue
        if entry.line % 500 == 0:
            progress(entry.line, total)
        try:
            update = reader.read(entry)
        except ValueError as error:
            refused.append(Refused(entry.line, str(error)))
            continue
        if now_us is not None and max(update.at_us, update.opened_us) > now_us:
            later += 1
            continue
        updates.setdefault(update.reference, []).append(update)
    progress(total, total)
    tickets = tuple(_ticket(rows, reader, policy) for rows in updates.values())
    refused.sort(key=lambda one: one.line)
    return Incidents(tickets, tuple(refused), later)


def looks_like_audit(data: bytes) -> bool:
    """Whether a file is an audit export, which has a line for each change and not each ticket.

    It has the columns of one under ServiceNow's own names, and either names some incident more
    than once or nowhere says what an incident is about. A file that is no table is none.
    """
    try:
        table = Table(data)
    except TableError:
        return False
    found = _found(table.header, COLUMNS)
    if not set(REQUIRED) <= found.keys():
        return False
    named = [row.cells[found["reference"]] for row in table if isinstance(row, Record)]
    return "subject" not in found or len(set(named)) < len(named)


def _columns(header: Sequence[str], mapping: ServiceNowMap) -> dict[str, str]:
    """What each column is called in this file. TableError names what is missing."""
    found = _found(header, mapping.columns)
    for key in REQUIRED:
        if key not in found:
            wanted = " or ".join(mapping.columns[key])
            near = nearest_name(mapping.columns[key][0], tuple(header))
            hint = f"is it {near!r}? Say so in a mapping" if near else "name it in a mapping"
            raise TableError(
                f"The file has no column {wanted} ({key}); {hint} ([columns], --map FILE)."
            )
    return found


def _found(header: Sequence[str], columns: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Each of `columns` that the file has, and what it is called there."""
    there = {name.casefold(): name for name in header}
    found: dict[str, str] = {}
    for key, names in columns.items():
        called = next((there[name.casefold()] for name in names if name.casefold() in there), None)
        if called is not None:
            found[key] = called
    return found


class _RowReader:
    """Reads one row after the other by a mapping."""

    def __init__(self, columns: Mapping[str, str], mapping: ServiceNowMap, zone: ZoneInfo) -> None:
        self._columns = columns
        self._zone = zone
        self.mapping = mapping
        self._words: dict[str, dict[str, str]] = {
            name: {word.casefold(): to for word, to in getattr(mapping, name).items()}
            for name in ("states", "holds", "impact", "urgency", "priority", "channels")
        }

    def cell(self, cells: Mapping[str, str], key: str) -> str:
        """The value under a column of ours; empty where the export has none."""
        name = self._columns.get(key)
        value = cells[name].strip() if name is not None else ""
        return "" if value.casefold() in MISSING else value

    def read(self, record: Record) -> _Update:
        """The row as an update. ValueError with the reason why it is none."""
        cells = record.cells
        reference = clean(self._needed(cells, "reference"))
        state = self._needed(cells, "state")
        at_us = local_us(self._needed(cells, "updated"), self._zone)
        opened_us = local_us(self._needed(cells, "opened"), self._zone)
        status, hold = self._status(state)
        return _Update(
            line=record.line,
            reference=reference,
            at_us=at_us,
            opened_us=opened_us,
            status=status,
            state=state,
            hold=hold,
            reopens=self._count(cells),
            impact=self._mapped(cells, "impact"),
            urgency=self._mapped(cells, "urgency"),
            priority=self._mapped(cells, "priority"),
            cells=cells,
        )

    def _needed(self, cells: Mapping[str, str], key: str) -> str:
        value = self.cell(cells, key)
        if not value:
            raise _RowError(f"has no {self._columns[key]}")
        return value

    def _status(self, state: str) -> tuple[str, str | None]:
        word = state.casefold()
        if word in self._words["holds"]:
            return "held", self._words["holds"][word]
        if word in self._words["states"]:
            return self._words["states"][word], None
        if word.startswith(HOLD_PREFIX):
            return "held", "other"
        known = (*self.mapping.states, *self.mapping.holds)
        near = nearest_name(state, known)
        hint = f"did the export mean {near!r}?" if near else "name it in a mapping (--map FILE)"
        raise _RowError(f"has the unknown state {clean(state)!r}; {hint}")

    def _mapped(self, cells: Mapping[str, str], key: str) -> str | None:
        words = self._words[key]
        value = self.cell(cells, key)
        if not value or not words:
            return None
        word = value.casefold()
        if word in words:
            return words[word]
        for known, to in words.items():
            # "1", "High" and "1 - High" are the same value in different exports.
            if word in known.split(" - "):
                return to
        shown = ", ".join(getattr(self.mapping, key))
        raise _RowError(f"has the unknown {key} {clean(value)!r}; the mapping knows {shown}")

    def _count(self, cells: Mapping[str, str]) -> int:
        value = self.cell(cells, "reopened")
        if not value:
            return 0
        if not (value.isascii() and value.isdigit() and int(value[:6]) <= _MAX_REOPENS):
            raise _RowError(f"has the reopen count {clean(value)!r}, which is no number of times")
        return int(value)

    def channel(self, cells: Mapping[str, str]) -> str | None:
        """How the request came in, where the mapping knows the word."""
        return self._words["channels"].get(self.cell(cells, "channel").casefold())


def _ticket(rows: list[_Update], reader: _RowReader, policy: Policy) -> IncomingTicket:
    line = min(row.line for row in rows)
    rows.sort(key=lambda row: row.at_us)  # stable: rows of one minute stay in the file's order
    first, last = rows[0], rows[-1]
    opened_us = first.opened_us
    kept = {
        name: clean(value)
        for name in KEPT
        if (value := last.cells.get(name, "").strip()).casefold() not in MISSING
    }
    subject = next((text for row in rows if (text := reader.cell(row.cells, "subject"))), "")
    body = next((text for row in rows if (text := reader.cell(row.cells, "body"))), "")
    contact = reader.cell(last.cells, "contact")
    opening = _opening_priority(rows, policy)
    return IncomingTicket(
        reference=first.reference,
        line=line,
        subject=clean(subject) or _subject_of(kept, first.reference),
        body=clean(body, lines=True),
        contact=clean(contact) if contact else None,
        facts=TicketFacts(
            opened_us=opened_us,
            type=reader.mapping.type,
            priority=opening.priority,
            channel=reader.channel(first.cells),
            impact=opening.impact,
            urgency=opening.urgency,
        ),
        events=tuple(_history(rows, opened_us, opening, policy)),
        fields=kept,
    )


def _subject_of(kept: Mapping[str, str], reference: str) -> CleanText:
    """A subject made of the categories, where the export leaves texts out."""
    parts = [kept[name] for name in ("category", "subcategory", "u_symptom") if name in kept]
    return clean(" / ".join(parts) or reference)


@dataclass(frozen=True, slots=True)
class _Level:
    impact: str | None
    urgency: str | None
    priority: str | None

    def after(self, row: _Update, policy: Policy) -> _Level:
        """The level once `row` has been read; what it does not say stays."""
        impact, urgency = row.impact or self.impact, row.urgency or self.urgency
        priority = row.priority or self.priority
        if impact is not None and urgency is not None:
            priority = policy.triage.grid.get((impact, urgency), priority)
        return _Level(impact, urgency, priority)


def _opening_priority(rows: Sequence[_Update], policy: Policy) -> _Level:
    """What the incident was first said to be; that is what it was opened with."""
    level = _Level(None, None, None)
    for row in rows:
        level = level.after(row, policy)
        if level.priority is not None:
            break
    return level


def _history(
    rows: Iterable[_Update], opened_us: int, opening: _Level, policy: Policy
) -> Iterable[Event]:
    status, hold, reopens = "new", None, None
    level = opening
    responded = resolved = False
    for row in rows:
        at_us = max(row.at_us, opened_us)
        risen = reopens is not None and row.reopens > reopens
        reopens = max(row.reopens, reopens or 0)
        leaves_hold = status == "held" and (risen or (row.status, row.hold) != (status, hold))
        if leaves_hold:
            yield Event(at_us, "resumed")
        if risen or (status in ("resolved", "closed") and row.status not in ("resolved", "closed")):
            yield Event(at_us, "reopened")
            resolved = False
            if status in ("resolved", "closed"):
                status = "open"
        changed = level.after(row, policy)
        if changed != level and changed.priority is not None:
            yield Event(at_us, "reprioritised", _said(changed))
            level = changed
        if not responded and row.status != "new":
            yield Event(at_us, "responded")
            responded = True
        if row.status == "held" and (status != "held" or leaves_hold):
            yield Event(at_us, "held", {"reason": row.hold, "text": clean(row.state)})
        if row.status in ("resolved", "closed") and not resolved:
            yield Event(at_us, "resolved")
            resolved = True
        if row.status == "closed" and status != "closed":
            yield Event(at_us, "closed")
        # A state that falls back to New says nothing new about a ticket somebody has answered.
        status = row.status if row.status != "new" or not responded else "open"
        hold = row.hold


def _said(level: _Level) -> Mapping[str, str]:
    named = {"priority": level.priority, "impact": level.impact, "urgency": level.urgency}
    return {key: value for key, value in named.items() if value is not None}
