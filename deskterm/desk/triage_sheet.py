"""What triage decides on: the agreement's own matrix, and what every choice would promise.

Everything is computed before anything is chosen, so that the due times can follow the cursor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from deskterm.desk.steps.triage import type_names
from deskterm.desk.text import CleanText, clean
from deskterm.desk.ticket_state import standing
from deskterm.desk.whatif import Hypothetical, clocks_of
from deskterm.policy.document import Policy, RequestClass
from deskterm.sla.clocks import Clock

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk
    from deskterm.desk.store.base import Tx


@dataclass(frozen=True, slots=True)
class Worded:
    """An id of the policy with its name and the words that explain it."""

    id: str
    name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Promised:
    """What one clock would be: its due instant (microseconds UTC), or its state where it has none.

    `words` is the amount as the policy says it; `zone` the IANA name its due time is told in.
    """

    clock: str
    title: str
    state: str
    due_us: int | None
    words: str
    zone: str | None
    left_us: int | None = None
    """Working time left, in microseconds, while it runs or stands still."""


#: Any reason holds the clocks alike.
_HELD: Final = Hypothetical("held", {"reason": "other"})

Choice = tuple[str, str | None]
"""(type, priority)"""


@dataclass(frozen=True, slots=True)
class TriageSheet:
    """The matrix for one ticket, where it stands on it, and the promises of every choice."""

    number: int
    subject: CleanText
    policy: str
    clause: str
    types: tuple[Worded, ...]
    fixed: Mapping[str, str]
    """Type to the priority it fixes."""
    priorities: tuple[Worded, ...]
    impact: tuple[Worded, ...]
    urgency: tuple[Worded, ...]
    rows: str
    """The axis printed downwards; the grid is empty where priorities are a list."""
    grid: Mapping[tuple[str, str], str]
    """(impact, urgency) to priority."""
    classes: tuple[RequestClass, ...]
    reason_for: frozenset[str]
    counts_affected: bool
    """Whether the number of users affected decides the order of work."""
    type: str
    priority: str | None
    at: tuple[str | None, str | None]
    """Impact and urgency chosen before."""
    request_class: str | None
    triaged: bool
    promises: Mapping[Choice, tuple[Promised, ...]]
    held: tuple[Promised, ...]
    """The clocks if the ticket were held now; as they are where it is."""

    def name_of(self, priority: str | None) -> str:
        """The agreement's word for a priority."""
        return next((level.name for level in self.priorities if level.id == priority), "not set")


def triage_sheet(tx: Tx, desk: Desk, number: int) -> TriageSheet:
    """The sheet of a ticket. Raises `NotFound`."""
    loaded = desk.rewriter.load(tx, number)
    policy, state = loaded.policy, loaded.state
    triage = policy.triage
    types = type_names(policy)
    again = any(event.kind == "triaged" for event in standing(loaded.history))
    kind = "reprioritised" if again else "triaged"
    fixed = {name: level for name in types if (level := policy.fixed_priority(name)) is not None}
    current: Choice = (state.type, state.priority)
    promises = {current: _promised(clocks_of(tx, desk, loaded, ()), policy)}
    for name in types:
        levels = [fixed[name]] if name in fixed else [level.id for level in policy.priorities]
        for level in levels:
            if (name, level) != current:
                change = Hypothetical(kind, {"type": name, "priority": level})
                promises[name, level] = _promised(clocks_of(tx, desk, loaded, (change,)), policy)
    return TriageSheet(
        number=number,
        subject=clean(state.subject),
        policy=policy.name,
        clause=triage.clause,
        types=tuple(
            Worded(key, name, policy.types[key].help if key in policy.types else "")
            for key, name in types.items()
        ),
        fixed=fixed,
        priorities=tuple(
            Worded(level.id, level.name, level.definition) for level in policy.priorities
        ),
        impact=tuple(Worded(value.id, value.name, value.help) for value in triage.impact),
        urgency=tuple(Worded(value.id, value.name, value.help) for value in triage.urgency),
        rows=triage.rows,
        grid=triage.grid if triage.kind == "grid" else {},
        classes=policy.classes,
        reason_for=frozenset(triage.reason_for),
        counts_affected="affected" in policy.queue_order,
        type=state.type,
        priority=state.priority,
        at=(state.impact, state.urgency),
        request_class=state.request_class,
        triaged=again,
        promises=promises,
        held=_promised(clocks_of(tx, desk, loaded, (_HELD,)), policy),
    )


def _promised(clocks: tuple[Clock, ...], policy: Policy) -> tuple[Promised, ...]:
    titles = {target.clock: target.name for target in reversed(policy.targets)}
    return tuple(
        Promised(
            clock.name,
            clock.target.name if clock.target is not None else titles[clock.name],
            clock.state,
            clock.due_us,
            clock.amount.words if clock.amount is not None else "",
            clock.zone,
            clock.remaining_us,
        )
        for clock in clocks
    )
