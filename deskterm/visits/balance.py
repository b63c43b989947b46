"""The accounts that granted visits move between, and what they add up to.

A granted visit lies in exactly one account at any moment. Every event that concerns it moves it
from one account to another, so the sum is the number granted, always.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class Account(Enum):
    """Where a granted visit can lie."""

    GRANTED = "granted"
    OWED = "owed"
    BOOKED = "booked"
    DELIVERED = "delivered"
    CALLOUTS = "used by callouts"
    IN_LIEU = "replaced by remote support"
    FORFEITED = "forfeited"


@dataclass(frozen=True, slots=True)
class Line:
    """One movement: `visits` went `out_of` one account `into` another because of an event."""

    event: int
    at_us: int
    label: str
    visit: int | None
    out_of: Account
    into: Account
    visits: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """How many visits lie where; `granted` is the sum of all the others."""

    granted: int = 0
    delivered: int = 0
    callouts: int = 0
    in_lieu: int = 0
    forfeited: int = 0
    booked: int = 0
    owed: int = 0

    @property
    def used(self) -> int:
        """Visits that will not be delivered any more: done, replaced or lapsed."""
        return self.delivered + self.callouts + self.in_lieu + self.forfeited


def balance_of(lines: Iterable[Line]) -> Balance:
    """The balance that the lines add up to."""
    held = dict.fromkeys(Account, 0)
    for line in lines:
        held[line.out_of] -= line.visits
        held[line.into] += line.visits
    return balance_from(held)


def balance_from(held: Mapping[Account, int]) -> Balance:
    """The balance of what lies in each account; what was granted has gone out of its account."""
    return Balance(
        granted=-held[Account.GRANTED],
        delivered=held[Account.DELIVERED],
        callouts=held[Account.CALLOUTS],
        in_lieu=held[Account.IN_LIEU],
        forfeited=held[Account.FORFEITED],
        booked=held[Account.BOOKED],
        owed=held[Account.OWED],
    )
