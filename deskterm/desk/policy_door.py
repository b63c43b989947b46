"""Policies on the desk: taking one in from its file, and what has been taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from deskterm.desk import journal
from deskterm.desk.errors import NotFound
from deskterm.desk.instants import from_us
from deskterm.desk.journal import NewEvent
from deskterm.desk.snapshots import (
    PolicySnapshot,
    keep_snapshot,
    load_snapshot,
    newest_snapshot,
)
from deskterm.desk.store.base import Tx

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk
    from deskterm.desk.policies import PolicyLibrary
    from deskterm.policy.document import Policy

#: Holidays are resolved from here on, so that old incidents can be taken in.
FIRST_YEAR: Final = 2010
#: How many years ahead holidays are resolved.
AHEAD_YEARS: Final = 5


class Policies:
    """The policies of the desk. Files lie in the library; what was promised lies in snapshots."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._library: PolicyLibrary | None = None

    @property
    def library(self) -> PolicyLibrary:
        """The policy files of this installation and this user."""
        if self._library is None:
            from deskterm.desk.policies import default_library

            self._library = default_library()
        return self._library

    def take_in(self, policy_id: str) -> PolicySnapshot:
        """Take in the policy as its file says today, for new agreements.

        Nothing happens where the newest snapshot says the same. Raises `NotFound` and
        `BrokenPolicy`.
        """
        with self._desk.store.write() as tx:
            self._desk.require(tx, "technician", "supervisor", doing="take in policies")
            return self.taken_in(tx, policy_id)

    def taken_in(self, tx: Tx, policy_id: str) -> PolicySnapshot:
        """The same inside a transaction; the caller has seen to it that it is allowed."""
        policy = self.library.load(policy_id)
        kept = newest_snapshot(tx, policy_id)
        last_year = from_us(self._desk.now_us()).year + 1
        if kept is not None and kept.text == policy.text and _covers(kept, last_year):
            return kept
        return load_snapshot(tx, self._keep(tx, policy, kept))

    def _keep(self, tx: Tx, policy: Policy, kept: PolicySnapshot | None) -> str:
        from deskterm.policy.holidays import ResolvedHolidays, extend_holidays, resolve_holidays

        now_us = self._desk.now_us()
        last_year = from_us(now_us).year + AHEAD_YEARS
        if kept is None or kept.text != policy.text:
            holidays = resolve_holidays(policy, FIRST_YEAR, last_year)
        else:
            # What has been promised by stays as it is, whatever a newer package says.
            known = ResolvedHolidays.from_json(kept.holidays)
            holidays = extend_holidays(known, policy, FIRST_YEAR, last_year)
        name = keep_snapshot(tx, policy, holidays, now_us=now_us)
        me = self._desk.who(tx)
        data = {"policy": policy.id, "version": policy.version, "snapshot": name}
        event = NewEvent("policy", 0, now_us, "edited", {"fields": data}, me.id if me else None)
        journal.append(tx, [event], recorded_us=now_us)
        return name

    def list(self) -> tuple[PolicySnapshot, ...]:
        """The newest snapshot of every policy that was taken in, by id."""
        with self._desk.store.read() as tx:
            ids = tx.rows("SELECT DISTINCT policy FROM policy_snapshot ORDER BY policy")
            found = [newest_snapshot(tx, row.policy) for row in ids]
        return tuple(snapshot for snapshot in found if snapshot is not None)

    def get(self, name: str) -> PolicySnapshot:
        """A snapshot by its hash, or the newest of the policy with this id. Raises `NotFound`."""
        with self._desk.store.read() as tx:
            newest = newest_snapshot(tx, name)
            return newest if newest is not None else load_snapshot(tx, name)

    def policy(self, name: str) -> Policy:
        """The policy of a snapshot, by hash or policy id, read. Raises `NotFound`."""
        with self._desk.store.read() as tx:
            newest = newest_snapshot(tx, name)
            return self._desk.shelf.policy(tx, newest.hash if newest is not None else name)


def _covers(kept: PolicySnapshot, year: int) -> bool:
    from deskterm.policy.holidays import ResolvedHolidays

    return ResolvedHolidays.from_json(kept.holidays).covers(year)


def snapshot_of(tx: Tx, policy_id: str) -> PolicySnapshot:
    """The newest snapshot of a policy. Raises `NotFound` where none was taken in."""
    found = newest_snapshot(tx, policy_id)
    if found is None:
        raise NotFound(f"The policy {policy_id} has not been taken in.")
    return found
