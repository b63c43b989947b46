"""A ticket's events in order, what was taken back left out, with the promises in force after each.

The priority that counts is the one the ticket's type fixes, else the one chosen last, by name or by
impact and urgency. For the time before anybody had chosen one, the first choice counts: an answer
given before triage is judged by what triage then found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple

from deskterm.policy.document import Policy
from deskterm.sla.facts import Event, TicketFacts
from deskterm.sla.promises import Promises, Situation

HELD: Final = "held"
RESUMED: Final = "resumed"
RESOLVED: Final = "resolved"
REOPENED: Final = "reopened"
UNDONE: Final = "undone"
OPENED: Final = "opened"
TRIAGING: Final = frozenset({"triaged", "reprioritised"})
VOIDING: Final = frozenset({"merged", "voided"})
#: What the desk writes into a ticket's history for itself: no clock looks at it. The opening is
#: told by the ticket, visits by onsite time.
SILENT: Final = frozenset(
    {
        OPENED,
        "assigned",
        "noted",
        "edited",
        "linked",
        "told",
        "redacted",
        "visit_granted",
        "visit_adjusted",
        "visit_booked",
        "visit_moved",
        "visit_reassigned",
        "visit_cancelled",
        "visit_departed",
        "visit_missed",
        "visit_in_lieu",
        "visit_forfeited",
    }
)

_AT: Final = itemgetter(Event._fields.index("at_us"))


class Choice(NamedTuple):
    """What a ticket has been triaged to so far."""

    type: str
    priority: str | None
    impact: str | None
    urgency: str | None

    def in_force(self, policy: Policy) -> str | None:
        """The priority that counts; None while it is not known."""
        return policy.fixed_priority(self.type) or self.priority


class Moment(NamedTuple):
    """An event that may matter to a clock, with the promises in force once it has happened."""

    at_us: int
    kind: str
    promises: Promises
    priority: str | None
    """The priority as it had been chosen by then."""
    type: str


class Hold(NamedTuple):
    """A stretch in which the ticket was on hold; `to_us` is None while it still is.

    `reasons` has the instant from which each reason held, as told by the events.
    """

    from_us: int
    to_us: int | None
    reasons: tuple[tuple[int, str], ...]


class Timeline(NamedTuple):
    """A ticket's life as its clocks see it, up to now."""

    opened_us: int
    opened: bool
    """False before the ticket's own opening, when a past moment is replayed."""
    first: Promises
    priority: str | None
    """The priority as it was chosen at the opening."""
    moments: tuple[Moment, ...] = ()
    holds: tuple[Hold, ...] = ()
    resolved: bool = False

    @property
    def held(self) -> bool:
        """Whether the ticket is on hold."""
        return bool(self.holds) and self.holds[-1].to_us is None


def chosen_at_opening(policy: Policy, ticket: TicketFacts) -> Choice:
    """What a ticket was triaged to when it came in."""
    priority, impact, urgency = ticket.priority, ticket.impact, ticket.urgency
    if priority is None and (impact or urgency):
        priority = policy.triage.grid.get((impact or "", urgency or ""))
    return Choice(ticket.type, priority, impact, urgency)


def choose(policy: Policy, before: Choice, data: Mapping[str, Any]) -> Choice:
    """The choice after an event's `data`; an axis that is not named keeps its value."""
    ticket_type = data.get("type") or before.type
    impact = data.get("impact") or before.impact
    urgency = data.get("urgency") or before.urgency
    priority = data.get("priority")
    if priority is None and (data.get("impact") or data.get("urgency")):
        priority = policy.triage.grid.get((impact or "", urgency or ""))
    return Choice(ticket_type, priority or before.priority, impact, urgency)


def effective(events: Sequence[Event], now_us: int) -> list[Event]:
    """The events that have happened by `now_us` and stand, by time, ties by their place.

    An `undone` takes back the event it names and is itself left out; one that has been taken back
    takes nothing back.
    """
    happened = [event for event in events if event.at_us <= now_us]
    happened.sort(key=_AT)
    for event in happened:
        if event.kind == UNDONE:
            return _without_undone(events, now_us)
    return happened


def _without_undone(events: Sequence[Event], now_us: int) -> list[Event]:
    by_id = any(event.id is not None for event in events)
    named = [
        (event.id if by_id else place, event)
        for place, event in enumerate(events, 1)
        if event.at_us <= now_us
    ]
    named.sort(key=lambda entry: entry[1].at_us)
    gone: set[int] = set()
    for index in range(len(named) - 1, -1, -1):
        event = named[index][1]
        if event.kind == UNDONE and index not in gone:
            undoes = event.data.get("undoes")
            gone.update(earlier for earlier in range(index) if named[earlier][0] == undoes)
    return [
        event
        for index, (_, event) in enumerate(named)
        if index not in gone and event.kind != UNDONE
    ]


def _holds_and_resolved(events: Sequence[Event]) -> tuple[tuple[Hold, ...], bool]:
    """The holds among standing events, and whether the ticket is resolved after the last of them.

    Resolving ends a hold; one asked for while held only changes the reason, and one while resolved
    holds nothing.
    """
    holds: list[Hold] = []
    held = resolved = False
    for event in events:
        kind = event.kind
        if kind == HELD and not resolved:
            reason = (event.at_us, str(event.data.get("reason") or "other"))
            if held:
                holds[-1] = holds[-1]._replace(reasons=(*holds[-1].reasons, reason))
            else:
                held = True
                holds.append(Hold(event.at_us, None, (reason,)))
        elif held and kind in (RESUMED, RESOLVED):
            held = False
            holds[-1] = holds[-1]._replace(to_us=event.at_us)
        if kind == RESOLVED:
            resolved = True
        elif kind == REOPENED:
            resolved = False
    return tuple(holds), resolved


def build(
    policy: Policy,
    promises: Callable[[Situation], Promises],
    ticket: TicketFacts,
    events: Sequence[Event],
    now_us: int,
) -> Timeline:
    """Fold the events up to `now_us` into a timeline; `promises` tells what a situation gives."""
    opened_us = ticket.opened_us
    choice = chosen_at_opening(policy, ticket)
    happened = []
    if events and opened_us <= now_us:
        happened = [event for event in effective(events, now_us) if event.kind not in SILENT]
    if happened and happened[0].at_us < opened_us:
        # What carries a time before the opening, as imported histories have it, counts as at it.
        happened = [event._replace(at_us=max(event.at_us, opened_us)) for event in happened]
    choices = [choice]
    for event in happened:
        if event.kind in TRIAGING:
            choice = choose(policy, choice, event.data)
        choices.append(choice)
    in_force = _in_force(policy, promises, ticket, choices)
    first, priority = in_force[0]
    return Timeline(
        opened_us,
        opened_us <= now_us,
        first,
        priority,
        tuple(
            Moment(event.at_us, event.kind, promised, chosen, choice.type)
            for event, (promised, chosen), choice in zip(
                happened, in_force[1:], choices[1:], strict=True
            )
        ),
        *_holds_and_resolved(happened),
    )


def _in_force(
    policy: Policy,
    promises: Callable[[Situation], Promises],
    ticket: TicketFacts,
    choices: Sequence[Choice],
) -> list[tuple[Promises, str | None]]:
    """The promises after each choice, and the priority as it was chosen by then."""
    found: list[tuple[Promises, str | None]] = []
    known: str | None = None
    before: Choice | None = None
    for choice in reversed(choices):
        if choice is not before:
            chosen = choice.in_force(policy)
            known = chosen or known
            situation = Situation(
                choice.type, known, ticket.channel, ticket.tier, ticket.emergency_callout
            )
            entry = promises(situation), chosen
            before = choice
        found.append(entry)
    found.reverse()
    return found
