"""What is read once and used for many tickets: policies, terms and the calendars clocks name."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from deskterm.desk.clockcache import Calendars
from deskterm.desk.snapshots import load_snapshot
from deskterm.desk.store.base import Tx
from deskterm.policy.document import Policy
from deskterm.sla.facts import TimeFact
from deskterm.sla.promises import TargetVariation
from deskterm.sla.terms import DESK, Terms
from deskterm.sla.variations import read_variation

if TYPE_CHECKING:
    from deskterm.policy.holidays import ResolvedHolidays

#: A fact that takes back another one.
WITHDRAWN: Final = "withdrawn"


class TermsOf(NamedTuple):
    """What decides which terms a ticket is under."""

    snapshot: str
    policy: str
    agreement_id: int | None
    package: str | None
    region: str | None


class Shelf:
    """Policies by snapshot, and terms by agreement and the facts entered so far. Thread-safe."""

    def __init__(self) -> None:
        self.calendars = Calendars()
        self._lock = threading.Lock()
        self._policies: dict[str, tuple[Policy, ResolvedHolidays]] = {}
        self._terms: dict[tuple[Any, ...], Terms] = {}

    def policy(self, tx: Tx, snapshot: str) -> Policy:
        """The policy of a snapshot."""
        return self._read(tx, snapshot)[0]

    def terms(self, tx: Tx, of: TermsOf) -> Terms:
        """The terms with every fact entered so far; the same object while nothing is added."""
        rows = tx.rows(
            "SELECT id, kind, data, entered_us FROM time_fact"
            " WHERE policy = :policy OR agreement_id = :agreement ORDER BY id",
            policy=of.policy,
            agreement=of.agreement_id,
        )
        # Ids alone would not do: one that was rolled back is given to the next.
        key = (of.snapshot, of.package, of.region, tuple(tuple(row) for row in rows))
        with self._lock:
            terms = self._terms.get(key)
        if terms is not None:
            return terms
        policy, holidays = self._read(tx, of.snapshot)
        zone = desk_zone(policy, of.region)
        withdrawn = {
            json.loads(row.data)["fact"]: row.entered_us for row in rows if row.kind == WITHDRAWN
        }
        facts: list[TimeFact] = []
        variations: list[TargetVariation] = []
        for row in rows:
            if row.kind == WITHDRAWN:
                continue
            data = json.loads(row.data)
            entry = read_variation(row.kind, data, zone, row.entered_us, withdrawn.get(row.id))
            if isinstance(entry, TimeFact):
                facts.append(entry)
            else:
                variations.append(entry)
        terms = Terms(
            policy,
            holidays,
            package=of.package,
            region=of.region,
            facts=facts,
            target_variations=variations,
        )
        with self._lock:
            return self._terms.setdefault(key, terms)

    def _read(self, tx: Tx, snapshot: str) -> tuple[Policy, ResolvedHolidays]:
        with self._lock:
            known = self._policies.get(snapshot)
        if known is not None:
            return known
        from deskterm.policy.holidays import ResolvedHolidays
        from deskterm.policy.reader import read_policy

        kept = load_snapshot(tx, snapshot)
        known = (read_policy(kept.text, kept.policy), ResolvedHolidays.from_json(kept.holidays))
        with self._lock:
            return self._policies.setdefault(snapshot, known)


def desk_zone(policy: Policy, region: str | None) -> str:
    """The zone of the hours in which the desk works for a region."""
    calendar = policy.calendar_id(DESK, region) or next(iter(policy.calendars))
    return policy.calendars[calendar].tz
