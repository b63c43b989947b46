"""What the desk hands upwards: plain immutable data, never live rows.

Instants are integer microseconds since the epoch UTC (suffix ``_us``); zones are IANA names.
All text has been cleaned at the boundary (`deskterm.desk.text`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from deskterm.desk.text import CleanText

Role = Literal["technician", "engineer", "supervisor"]
Status = Literal["new", "open", "held", "resolved", "closed"]


class Axis(Protocol):
    """Worked time as integers; `deskterm.worktime` provides it."""

    def position(self, us: int, /) -> int: ...

    def is_open(self, us: int, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who works at the desk."""

    id: int
    name: CleanText
    role: Role
    team: CleanText | None = None
    login: str | None = None
    uid: int | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class ClockCell:
    """One clock of one ticket as the queue shows it; counts down without asking the database."""

    name: str
    title: str
    phase: str
    """pending, running, paused, met, missed, exempt or void; late is a comparison with now."""
    due_us: int | None
    late_from_us: int | None
    left_us: int | None
    """Working time left while paused, or the unbooked onsite time while due is unknown."""
    at_risk_us: int | None
    ended_us: int | None
    zone: str
    axis: Axis | None

    def state(self, now_us: int) -> str:
        """`phase`, or ``overdue`` for a running clock once now is past `late_from_us`."""
        if self.phase == "running" and self.late_from_us is not None and now_us > self.late_from_us:
            return "overdue"
        return self.phase

    def at_risk(self, now_us: int) -> bool:
        """True for a running clock past the policy's warning share."""
        return (
            self.phase == "running" and self.at_risk_us is not None and now_us >= self.at_risk_us
        )

    def remaining_us(self, now_us: int) -> int | None:
        """Working time to the due instant; negative once overdue; None where there is none."""
        if self.phase == "paused":
            return self.left_us
        if self.phase != "running" or self.due_us is None or self.axis is None:
            return None
        return self.axis.position(self.due_us) - self.axis.position(now_us)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One ticket in a list."""

    number: int
    reference: CleanText | None
    version: int
    subject: CleanText
    status: Status
    type: str
    priority: str | None
    priority_name: str
    priority_rank: int
    customer: CleanText
    customer_id: int
    agent: CleanText | None
    agent_id: int | None
    policy: str
    opened_us: int
    updated_us: int
    hold_reason: str | None
    chase_us: int | None
    next_clock: str | None
    next_due_us: int | None
    clocks: tuple[ClockCell, ...]
    impact: str | None = None
    urgency: str | None = None

    def clock(self, name: str) -> ClockCell | None:
        """The clock of that name, if the ticket has it."""
        return next((cell for cell in self.clocks if cell.name == name), None)


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A stretch of a view, in its order; `total` counts the whole view (None: not counted yet)."""

    view: str
    rows: tuple[QueueRow, ...]
    offset: int
    total: int | None
    as_of: int
    """The desk's change counter this page was read at."""


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many tickets each view holds, and the summary of the header line."""

    views: Mapping[str, int]
    open: int
    overdue: int
    at_risk: int
    held: int
    turns_us: int | None = None
    """The first instant after now at which these are other numbers though nobody does anything."""


@dataclass(frozen=True, slots=True)
class EventView:
    """One entry of a subject's history."""

    id: int
    at_us: int
    recorded_us: int
    agent: CleanText | None
    kind: str
    data: Mapping[str, Any]
    undone: bool = False


@dataclass(frozen=True, slots=True)
class ContactView:
    """A person at a customer."""

    id: int
    name: CleanText
    role: str
    email: CleanText | None
    phone: CleanText | None
    tier: str | None


@dataclass(frozen=True, slots=True)
class SiteView:
    """A place of a customer that engineers go to."""

    id: int
    name: CleanText
    address: CleanText
    access: CleanText


@dataclass(frozen=True, slots=True)
class AgreementView:
    """The agreement a customer holds."""

    id: int
    policy: str
    policy_name: str
    package: str | None
    package_name: str | None
    region: str | None
    tier: str | None
    phase: str
    start: str
    end: str | None
    visits: int | None
    zone: str
    fair_use: int | None = None
    """On-demand visits and remote sessions in a school year, where it differs from the policy's."""


@dataclass(frozen=True, slots=True)
class TicketView:
    """A whole ticket."""

    row: QueueRow
    body: CleanText
    channel: str | None
    tier: str | None
    impact: str | None
    urgency: str | None
    emergency_callout: bool
    contact: ContactView | None
    site: SiteView | None
    agreement: AgreementView | None
    events: tuple[EventView, ...]
    links: tuple[tuple[str, int, CleanText], ...] = ()
    """(kind, other number, its subject)."""
    fields: Mapping[str, CleanText] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    """Fields the policy asks for that are still empty."""
    viewers: tuple[CleanText, ...] = ()
    """Who else has it open."""


@dataclass(frozen=True, slots=True)
class StepState:
    """Whether a step may be taken on a ticket now; `why_not` is a sentence where it may not."""

    id: str
    label: str
    allowed: bool
    why_not: str | None


@dataclass(frozen=True, slots=True)
class Done:
    """What a step did: the event that `undo` takes back, the new version, and a sentence."""

    number: int
    event_id: int
    version: int
    sentence: str
    undoable: bool


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What is known of a ticket when it is opened; text need not be clean yet.

    `customer` is an id or a name. `priority`, or `impact` and `urgency`, or none of them where it
    is triaged later. `opened_us` None: now.
    """

    customer: int | str
    subject: str
    body: str = ""
    contact: int | str | None = None
    site: int | str | None = None
    type: str = "incident"
    priority: str | None = None
    impact: str | None = None
    urgency: str | None = None
    tier: str | None = None
    channel: str | None = None
    emergency_callout: bool = False
    opened_us: int | None = None
    reference: str | None = None
    source: str | None = None
    """Where it was imported from and its id there; the same source is never opened twice."""
    request_class: str | None = None
    affected: int | None = None
    agent: int | str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepField:
    """One thing a step asks for.

    `kind` is ``line``, ``text``, ``choice``, ``number``, ``flag``, ``instant`` (microseconds UTC)
    or ``ticket`` (a number). `choices` are (value, name) where it is ``choice``.
    """

    name: str
    label: str
    kind: Literal["line", "text", "choice", "number", "flag", "instant", "ticket"] = "line"
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    initial: str | None = None
    hint: str = ""
    needed: str = ""
    """When it has to be given although not always, for help: ``for awaiting_customer``."""
    needed_if: tuple[str, tuple[str, ...]] | None = None
    """The same for a form: (field, the values of it that make this one needed)."""
    instead: str = ""
    """The field that may be given in its place where it is needed so."""


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step as a dialog or a command sees it for one ticket, its choices filled in."""

    id: str
    label: str
    fields: tuple[StepField, ...]
    asks: str | None
    """What is asked before it is taken: it cannot be undone, or the customer sees it."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a step would do to a ticket, or why it would not."""

    number: int
    allowed: bool
    sentence: str
    version: int | None = None
    """The one that was looked at; the step is to be based on it."""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class BulkDone:
    """What became of a step taken on several tickets."""

    done: tuple[Done, ...]
    refused: tuple[tuple[int, str], ...]
    """(number, why not)."""
    left: tuple[int, ...] = ()
    """Those it did not come to any more."""
    why_left: str = ""
    """What kept it from them, unless somebody stopped it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal as other windows hear of it."""

    event_id: int
    subject: str
    subject_id: int
    kind: str
    agent_id: int | None


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Tickets that have come in and are still to be done, those one opened oneself left out."""

    up_to: int
    """Id of the last event that was looked at; where the next question goes on."""
    count: int = 0
    newest: tuple[int, CleanText, CleanText] | None = None
    """Number, subject and customer of the one that came in last."""
