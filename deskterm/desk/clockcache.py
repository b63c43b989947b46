"""The clocks of a ticket as the database keeps them: a cache of what `deskterm.sla` says.

Nothing in it depends on the time of day: a running clock has its due instant and becomes late by a
comparison with now. It changes when something happens to the ticket or to its calendar.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from hashlib import sha256
from typing import Any, Final, NamedTuple

from deskterm.desk.alerts import alerts_told, next_alert_us
from deskterm.desk.journal import JournalEvent
from deskterm.desk.store.base import Tx
from deskterm.desk.ticket_state import opening, sla_events, ticket_facts
from deskterm.sla.clocks import Clock, evaluate
from deskterm.sla.facts import OnsiteSpans
from deskterm.sla.terms import Terms

_FAR_US: Final = 400 * 365 * 86_400_000_000


class CachedClock(NamedTuple):
    """One row of the cache but for the ticket's number; see `deskterm.desk.tables.tickets`."""

    name: str
    phase: str
    due_us: int | None = None
    late_from_us: int | None = None
    left_us: int | None = None
    at_risk_us: int | None = None
    escalate_us: int | None = None
    ended_us: int | None = None
    used_us: int | None = None
    calendar: str | None = None


def cached(clock: Clock, calendar: str | None, escalate_us: int | None = None) -> CachedClock:
    """What is kept of a clock; `calendar` is the key of the calendar it runs on."""
    phase = clock.phase
    left_us = None
    if phase == "paused":
        left_us = clock.remaining_us
    elif phase == "running" and clock.due_us is None:
        left_us = clock.missing_us
    elif clock.ended_us is not None and clock.allowed_us is not None and clock.used_us is not None:
        left_us = clock.allowed_us - clock.used_us
    return CachedClock(
        clock.name,
        phase,
        clock.due_us,
        clock.late_from_us,
        left_us,
        clock.at_risk_from_us,
        escalate_us,
        clock.ended_us,
        clock.used_us if clock.ended_us is not None else None,
        calendar,
    )


class Calendars:
    """The keys of calendars, and which of them the database has by now. Thread-safe."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str, int], tuple[Terms, str]] = {}
        self._documents: dict[str, tuple[str, str]] = {}
        self._kept: set[str] = set()

    def key(self, tx: Tx, terms: Terms, clock: Clock, known_at_us: int) -> str | None:
        """The key of the calendar a clock runs on, writing the calendar down where it is new."""
        key = self.named(terms, clock, known_at_us)
        if key is not None and key not in self._kept:
            self.keep(tx, {key})
        return key

    def named(self, terms: Terms, clock: Clock, known_at_us: int) -> str | None:
        """The key of the calendar a clock runs on, as it was known at an instant."""
        if clock.calendar is None or clock.axis is None:
            return None
        if clock.calendar == "visits":
            spans = clock.axis.open_spans(-_FAR_US, _FAR_US)
            return self._name(clock.zone or "UTC", {"spans": spans})
        place = (id(terms), clock.calendar, terms.edition(known_at_us))
        found = self._known.get(place)
        if found is None or found[0] is not terms:
            calendar = terms.calendar(clock.calendar, known_at_us)
            found = self._known[place] = (terms, self._name(calendar.tz, calendar.to_dict()))
        return found[1]

    def keep(self, tx: Tx, keys: Iterable[str | None]) -> None:
        """Write down those of `keys` that the database does not have yet."""
        for key in set(keys) - self._kept - {None}:
            assert key is not None, "None was taken out"
            zone, body = self._documents[key]
            tx.run(
                "INSERT INTO calendar (key, zone, body) VALUES (:key, :zone, :body)"
                " ON CONFLICT (key) DO NOTHING",
                key=key,
                zone=zone,
                body=body,
            )
            tx.after_commit(partial(self._kept.add, key))

    def _name(self, zone: str, document: dict[str, Any]) -> str:
        body = json.dumps(document, sort_keys=True, separators=(",", ":"))
        key = sha256(f"{zone} {body}".encode()).hexdigest()[:20]
        self._documents[key] = (zone, body)
        return key


def compute(
    terms: Terms,
    history: Sequence[JournalEvent],
    onsite: OnsiteSpans,
    now_us: int,
    key: Callable[[Clock, int], str | None],
) -> list[CachedClock]:
    """The clocks of a ticket after `history`, as they are kept.

    `key` gives the key of a clock's calendar as it was known at an instant.
    """
    at_us = max(now_us, max(event.at_us for event in history))
    facts = ticket_facts(opening(history))
    told = alerts_told(event.data for event in history if event.kind == "told")
    return [
        cached(
            clock,
            key(clock, at_us if clock.ended_us is None else clock.ended_us),
            next_alert_us(terms.policy, clock, at_us, told),
        )
        for clock in evaluate(terms, facts, sla_events(history), onsite, at_us)
    ]
