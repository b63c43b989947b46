"""The journal: every change to the desk, appended in order and chained by hashes.

An event's chain value is the hash of the one before it and of everything about the event but its
payload, for which the payload's own hash stands. So a payload can be erased and the chain still
verifies, while nothing can be changed, taken out or put in between without it showing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple

from sqlalchemy import Row

from deskterm.desk.counting import counted
from deskterm.desk.kinds import KINDS, SUBJECTS
from deskterm.desk.store.base import Store, Tx

_INSERT: Final = (
    "INSERT INTO event (id, subject, subject_id, at_us, recorded_us, agent_id, kind, payload,"
    " salt, payload_hash, chain) VALUES (:id, :subject, :subject_id, :at_us, :recorded_us,"
    " :agent_id, :kind, :payload, :salt, :payload_hash, :chain)"
)
_COLUMNS: Final = "id, subject, subject_id, at_us, recorded_us, agent_id, kind, payload"
_BATCH: Final = 2_000
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class NewEvent(NamedTuple):
    """Something to be written down. `at_us` is when it happened."""

    subject: str
    subject_id: int
    at_us: int
    kind: str
    data: Mapping[str, Any]
    agent_id: int | None


class JournalEvent(NamedTuple):
    """An entry of the journal. `data` is what was kept of it where the payload was erased."""

    id: int
    subject: str
    subject_id: int
    at_us: int
    recorded_us: int
    agent_id: int | None
    kind: str
    data: Mapping[str, Any]
    redacted: bool = False


class Head(NamedTuple):
    """Where the journal ends."""

    last_event: int
    chain: bytes


class Verdict(NamedTuple):
    """What verifying found; `broken_at` is the first event that does not fit."""

    sound: bool
    events: int
    broken_at: int | None
    sentence: str


def encode(data: Mapping[str, Any]) -> str:
    """The payload as it is stored and hashed: the same data always gives the same text."""
    return _ENCODER.encode(data)


def entries(
    head: Head, events: Sequence[NewEvent], recorded_us: int, salt: Callable[[], bytes]
) -> tuple[Head, list[dict[str, Any]]]:
    """The rows for `events` after `head`, and the head after them."""
    rows: list[dict[str, Any]] = []
    number, chain = head
    for event in events:
        if event.kind not in KINDS or event.subject not in SUBJECTS:
            raise ValueError(f"{event.subject}/{event.kind} is no kind of event the journal knows.")
        number += 1
        payload = encode(event.data)
        salted = salt()
        payload_hash = sha256(salted + payload.encode()).digest()
        chain = _link(
            chain, number, event.subject, event.subject_id, event.at_us, recorded_us,
            event.agent_id, event.kind, payload_hash,
        )  # fmt: skip
        rows.append(
            {
                "id": number,
                "subject": event.subject,
                "subject_id": event.subject_id,
                "at_us": event.at_us,
                "recorded_us": recorded_us,
                "agent_id": event.agent_id,
                "kind": event.kind,
                "payload": payload,
                "salt": salted,
                "payload_hash": payload_hash,
                "chain": chain,
            }
        )
    return Head(number, chain), rows


def _link(
    chain: bytes,
    number: int,
    subject: str,
    subject_id: int,
    at_us: int,
    recorded_us: int,
    agent_id: int | None,
    kind: str,
    payload_hash: bytes,
) -> bytes:
    agent = "" if agent_id is None else agent_id
    text = f"{number}|{subject}|{subject_id}|{at_us}|{recorded_us}|{agent}|{kind}"
    return sha256(b"|".join((chain, text.encode(), payload_hash))).digest()


def head(tx: Tx) -> Head:
    """Where the journal ends; in a writing transaction nobody else appends until it is over."""
    known = tx.scratch.get("journal_head")
    if known is None:
        known = tx.scratch["journal_head"] = _end(tx, lock=tx.store.dialect == "postgresql")
    return Head(*known)


def _end(tx: Tx, *, lock: bool = False) -> Head:
    """The same for a transaction that only reads, which may not lock."""
    locked = " FOR UPDATE" if lock else ""
    row = tx.one(f"SELECT last_event, chain FROM journal_head WHERE id = 1{locked}")
    assert row is not None, "every desk has a journal head"
    return Head(row.last_event, bytes(row.chain))


def append(tx: Tx, events: Sequence[NewEvent], *, recorded_us: int) -> list[int]:
    """Write events down in order; their ids. Raises ValueError for a kind that is not listed."""
    before = head(tx)
    after, rows = entries(before, events, recorded_us, _salt)
    append_rows(tx, rows, after)
    return list(range(before.last_event + 1, after.last_event + 1))


def append_rows(tx: Tx, rows: Sequence[Mapping[str, Any]], after: Head) -> None:
    """Write what `entries` made."""
    tx.many(_INSERT, rows)
    tx.run(
        "UPDATE journal_head SET last_event = :last, chain = :chain WHERE id = 1",
        last=after.last_event,
        chain=after.chain,
    )
    tx.scratch["journal_head"] = after


def _salt() -> bytes:
    return os.urandom(8)


def history(tx: Tx, subject: str, subject_id: int, *, after: int = 0) -> list[JournalEvent]:
    """The events about one subject, in the order they were written down."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM event WHERE subject = :subject AND subject_id = :subject_id"
        " AND id > :after ORDER BY id",
        subject=subject,
        subject_id=subject_id,
        after=after,
    )
    return read_events(rows)


def histories(tx: Tx, subject: str, first: int, last: int) -> dict[int, list[JournalEvent]]:
    """The events about the subjects numbered `first` to `last`, by subject."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM event WHERE subject = :subject"
        " AND subject_id BETWEEN :first AND :last ORDER BY subject_id, id",
        subject=subject,
        first=first,
        last=last,
    )
    found: dict[int, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.subject_id, []).append(row)
    return {number: read_events(group) for number, group in found.items()}


def since(tx: Tx, event_id: int, limit: int = 1000) -> list[JournalEvent]:
    """What has been written down after `event_id`, whoever it is about."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM event WHERE id > :after ORDER BY id LIMIT :limit",
        after=event_id,
        limit=limit,
    )
    return read_events(rows)


def read_events(rows: Sequence[Row[Any]]) -> list[JournalEvent]:
    """Rows as events; an erased payload is replaced by what its redaction kept of it.

    A redaction is about the same subject and comes later, so a subject's rows have both.
    """
    events = [
        JournalEvent(
            row.id, row.subject, row.subject_id, row.at_us, row.recorded_us, row.agent_id,
            row.kind, {} if row.payload is None else json.loads(row.payload),
            row.payload is None,
        )
        for row in rows
    ]  # fmt: skip
    if any(event.redacted for event in events):
        kept = {
            event.data.get("redacts"): event.data.get("kept", {})
            for event in events
            if event.kind == "redacted"
        }
        events = [
            event._replace(data=kept.get(event.id, {})) if event.redacted else event
            for event in events
        ]
    return events


def erase(tx: Tx, event_id: int) -> None:
    """Take an event's payload away for good. The caller writes the `redacted` event."""
    tx.store.forget_deleted(tx)
    tx.run("UPDATE event SET payload = NULL, salt = NULL WHERE id = :id", id=event_id)
    tx.after_commit(tx.store.scrub)


def verify(store: Store, progress: Callable[[int, int], None] | None = None) -> Verdict:
    """Follow the chain from the beginning to the head. Raises `StoreLost` where it cannot look."""
    with store.read() as tx:
        end = _end(tx)
        chain, last = bytes(32), 0
        erased: set[int] = set()
        for row in _all(tx):
            fault = _fault(row, last, chain)
            if fault is not None:
                return Verdict(False, last, row.id, fault)
            if row.payload is None:
                erased.add(row.id)
            elif row.kind == "redacted":
                erased.discard(json.loads(row.payload).get("redacts"))
            chain, last = bytes(row.chain), row.id
            if progress is not None and last % _BATCH == 0:
                progress(last, end.last_event)
    if erased:
        first = min(erased)
        return Verdict(False, last, first, f"The payload of event {first} is gone without a word.")
    if (last, chain) != end:
        return Verdict(
            False, last, end.last_event,
            f"The journal ends at event {last}, but its head says {end.last_event}.",
        )  # fmt: skip
    count = counted(last, "event")
    return Verdict(True, last, None, f"{count}, every one in its place and unchanged.")


def _all(tx: Tx) -> Iterator[Row[Any]]:
    after = 0
    while True:
        rows = tx.rows(
            f"SELECT {_COLUMNS}, salt, payload_hash, chain FROM event WHERE id > :after"
            " ORDER BY id LIMIT :limit",
            after=after,
            limit=_BATCH,
        )
        if not rows:
            return
        yield from rows
        after = rows[-1].id


def _fault(row: Row[Any], last: int, chain: bytes) -> str | None:
    if row.id != last + 1:
        return f"Event {last + 1} is missing."
    payload_hash = bytes(row.payload_hash)
    if row.payload is not None:
        found = sha256(bytes(row.salt or b"") + row.payload.encode()).digest()
        if found != payload_hash:
            return f"The payload of event {row.id} was changed."
    linked = _link(
        chain, row.id, row.subject, row.subject_id, row.at_us, row.recorded_us, row.agent_id,
        row.kind, payload_hash,
    )  # fmt: skip
    if linked != bytes(row.chain):
        return f"Event {row.id} was changed or put in."
    return None
