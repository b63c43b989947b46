"""Policies as they were taken in: found by the hash of their text and resolved holidays.

A ticket names the snapshot it was opened under. The labels and calendars a queue row needs are kept
beside the text, so that a list never waits for TOML to be read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row

from deskterm.desk.errors import NotFound
from deskterm.desk.store.base import Tx

if TYPE_CHECKING:
    from deskterm.policy.document import Policy
    from deskterm.policy.holidays import ResolvedHolidays


@dataclass(frozen=True, slots=True)
class Labels:
    """A policy's own words: what lists show instead of ids."""

    policy_name: str
    priorities: Mapping[str, str]
    clocks: Mapping[str, str]
    """Clock to its title, in the order of the policy."""
    packages: Mapping[str, str]

    def priority_name(self, priority: str | None) -> str:
        """The agreement's word for a priority id."""
        if priority is None:
            return "not triaged"
        return self.priorities.get(priority, priority)


@dataclass(frozen=True, slots=True)
class PolicySnapshot:
    """A policy as it was taken in. `taken_us` is when, in microseconds since the epoch UTC."""

    hash: str
    policy: str
    version: str
    text: str
    holidays: str
    """JSON of `deskterm.policy.holidays.ResolvedHolidays`."""
    labels: Labels
    taken_us: int


def snapshot_hash(text: str, holidays_json: str) -> str:
    """The name of the snapshot of this text with these holidays."""
    return sha256(f"{text}\0{holidays_json}".encode()).hexdigest()[:20]


def keep_snapshot(tx: Tx, policy: Policy, holidays: ResolvedHolidays, *, now_us: int) -> str:
    """Keep `policy` with these holidays where they are not kept yet; the snapshot's hash."""
    from deskterm.policy.calendars import working_calendar

    dates = holidays.to_json()
    name = snapshot_hash(policy.text, dates)
    calendars = {
        rule.id: working_calendar(rule, holidays).to_dict() for rule in policy.calendars.values()
    }
    titles: dict[str, str] = {}
    for target in policy.targets:
        # The last row of a clock is the general one; those before it are for special cases.
        titles[target.clock] = target.name
    labels = {
        "name": policy.name,
        "priorities": [[level.id, level.name] for level in policy.priorities],
        "clocks": list(titles.items()),
        "packages": [[entry.id, entry.name] for entry in policy.packages.values()],
    }
    tx.run(
        "INSERT INTO policy_snapshot (hash, policy, version, text, holidays, calendars, labels,"
        " taken_us) VALUES (:hash, :policy, :version, :text, :holidays, :calendars, :labels,"
        " :taken_us) ON CONFLICT (hash) DO NOTHING",
        hash=name,
        policy=policy.id,
        version=policy.version,
        text=policy.text,
        holidays=dates,
        calendars=json.dumps(calendars, sort_keys=True),
        labels=json.dumps(labels),
        taken_us=now_us,
    )
    return name


def load_snapshot(tx: Tx, name: str) -> PolicySnapshot:
    """The snapshot with this hash. Raises `NotFound`."""
    row = tx.one(
        "SELECT hash, policy, version, text, holidays, labels, taken_us FROM policy_snapshot"
        " WHERE hash = :name",
        name=name,
    )
    if row is None:
        raise NotFound(f"The desk holds no policy snapshot {name}.")
    return _snapshot(row)


def newest_snapshot(tx: Tx, policy: str) -> PolicySnapshot | None:
    """The snapshot of this policy that was taken in last."""
    row = tx.one(
        "SELECT hash, policy, version, text, holidays, labels, taken_us FROM policy_snapshot"
        " WHERE policy = :policy ORDER BY taken_us DESC, hash LIMIT 1",
        policy=policy,
    )
    return None if row is None else _snapshot(row)


def load_labels(tx: Tx, name: str) -> Labels:
    """Only the words of a snapshot, which is all that lists need. Raises `NotFound`."""
    found = tx.value("SELECT labels FROM policy_snapshot WHERE hash = :name", name=name)
    if found is None:
        raise NotFound(f"The desk holds no policy snapshot {name}.")
    return _labels(found)


def _snapshot(row: Row[Any]) -> PolicySnapshot:
    return PolicySnapshot(
        row.hash, row.policy, row.version, row.text, row.holidays, _labels(row.labels),
        row.taken_us,
    )  # fmt: skip


def _labels(text: str) -> Labels:
    content = json.loads(text)
    return Labels(content["name"], dict(content["priorities"]), dict(content["clocks"]),
                  dict(content["packages"]))
