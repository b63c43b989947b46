"""The balance counted again from the events, another way: by what became of each visit.

The ledger moves visits between accounts as events come; this reads the whole history afterwards and
asks of every visit how it ended.
"""

from __future__ import annotations

from collections.abc import Iterable

from deskterm.policy import Package
from deskterm.visits import events as ev
from deskterm.visits.balance import Balance
from deskterm.visits.events import VisitEvent


def recount(package: Package, events: Iterable[VisitEvent]) -> Balance:
    """The balance of a history in which every event fits."""
    history = list(events)
    gone = {event.undoes for event in history if isinstance(event, ev.Undone)}
    live = [e for e in history if e.id not in gone and not isinstance(e, ev.Undone)]
    granted = delivered = callouts = in_lieu = forfeited = booked = 0
    for place, event in enumerate(live):
        so_far = sum(e.visits for e in live[:place] if isinstance(e, ev.Granted | ev.Adjusted))
        match event:
            case ev.Granted() | ev.Adjusted():
                granted += event.visits
            case ev.RemoteInLieu(visit=None):
                in_lieu += 1
            case ev.Forfeited(visit=None):
                forfeited += 1
            case ev.Booked():
                free = event.visit_kind == "on_demand"
                if free and not (package.onsite == "free" and so_far > 0):
                    continue
                ended = outcome(event.visit, live)
                delivered += ended == "delivered"
                in_lieu += ended == "in lieu"
                forfeited += ended == "forfeited"
                booked += ended == "open"
            case ev.CalledOut():
                counts = package.callout == "scheduled_visit" or (
                    package.callout == "on_demand_visit" and package.onsite == "free" and so_far > 0
                )
                if counts:
                    ended = outcome(event.visit, live)
                    callouts += ended in ("delivered", "open")
                    in_lieu += ended == "in lieu"
                    forfeited += ended == "forfeited"
            case _:
                pass
    owed = granted - delivered - callouts - in_lieu - forfeited - booked
    return Balance(granted, delivered, callouts, in_lieu, forfeited, booked, owed)


def outcome(visit: int, live: list[VisitEvent]) -> str:
    """How the visit ended, from all that is said of it."""
    own = [e for e in live if getattr(e, "visit", None) == visit]
    length = 0
    for event in own:
        if isinstance(event, ev.Booked | ev.Moved | ev.CalledOut):
            length = event.interval.minutes
    remote = sum(e.minutes for e in own if isinstance(e, ev.RemoteInLieu))
    kinds = {type(e) for e in own}
    if ev.Forfeited in kinds:
        return "forfeited"
    if remote and remote >= length:
        return "in lieu"
    if ev.Departed in kinds:
        return "delivered"
    if kinds & {ev.Cancelled, ev.Missed, ev.RemoteInLieu}:
        return "owed"
    return "open"
