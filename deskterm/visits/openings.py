"""Every time still open to agreements, with the engineers who could be sent.

What is already booked rules engineers out time by time, travel included. It is worked out once
for a time of day that many agreements share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from deskterm.visits.bookable import Situation
from deskterm.visits.feasibility import Outlook
from deskterm.visits.interval import MINUTE_US, Interval
from deskterm.visits.roster import Roster


@dataclass(frozen=True, slots=True)
class Claim:
    """Visits that an agreement still has to be given, and the times that are open to it."""

    agreement: int
    owed: int
    situation: Situation
    outlook: Outlook

    @property
    def last(self) -> date:
        """The last day of its window."""
        window = self.situation.window
        return date.max if window is None else window.last


@dataclass(frozen=True, slots=True)
class Opening:
    """A time of one claim. An engineer is taken from `start_us` until `until_us`, the way to
    another site included; bit n of `engineers` stands for the nth of the roster.
    """

    claim: int
    date: date
    start_us: int
    until_us: int
    engineers: int


def openings(claims: Sequence[Claim]) -> Iterator[Opening]:
    """The times of all claims; `Opening.claim` is the place in the sequence."""
    known: dict[tuple[Interval, int], tuple[int, int]] = {}
    for place, claim in enumerate(claims):
        situation, times = claim.situation, claim.outlook.open
        roster, site = situation.roster, situation.site
        gap_us = roster.travel_minutes * MINUTE_US
        apart = all(
            later.interval.start_us - earlier.interval.end_us >= gap_us
            for earlier, later in pairwise(times)
        )
        for time in times:
            key = (time.interval, roster.travel_minutes)
            if key not in known:
                known[key] = _who(roster, time.interval)
            free, booked = known[key]
            if booked:
                free |= _staying(roster, booked, time.interval, site)
            # Between two visits at one site nobody travels: where an agreement's own times lie
            # that near each other, the way cannot be counted.
            until_us = time.interval.end_us + (gap_us if apart else 0)
            yield Opening(place, time.date, time.interval.start_us, until_us, free)


def _who(roster: Roster, interval: Interval) -> tuple[int, int]:
    """Engineers free to go anywhere, and those at work whom another visit stands in the way of."""
    free = booked = 0
    for place, engineer in enumerate(roster.engineers):
        if engineer.why_away(interval) is not None:
            continue
        if roster.clash(engineer.id, interval, _NOWHERE) is None:
            free |= 1 << place
        else:
            booked |= 1 << place
    return free, booked


#: No site has this number: everywhere else is some way from it.
_NOWHERE = -1


def _staying(roster: Roster, booked: int, interval: Interval, site: int) -> int:
    """Of the engineers booked near that time those who are at this very site and may stay."""
    free = 0
    for place, engineer in enumerate(roster.engineers):
        if booked >> place & 1 and roster.clash(engineer.id, interval, site) is None:
            free |= 1 << place
    return free
