"""What the desk hands upwards about visits: plain immutable data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from deskterm.desk.errors import Refused
from deskterm.desk.text import CleanText
from deskterm.visits.balance import Balance
from deskterm.visits.bookable import WhyNot
from deskterm.visits.fairuse import FairUse
from deskterm.visits.pace import Pace

#: Customers who share the engineers are named up to so many.
_NAMED: Final = 2


@dataclass(frozen=True, slots=True)
class VisitView:
    """One visit. `starts` and `ends` are local times of day in `zone`; instants are UTC."""

    id: int
    version: int
    customer_id: int
    customer: CleanText
    agreement_id: int
    site_id: int
    site: CleanText
    address: CleanText
    access: CleanText
    engineer_id: int
    engineer: CleanText
    kind: str
    stage: str
    draws: bool
    slot: str
    day: date
    starts: str
    ends: str
    zone: str
    from_us: int
    to_us: int
    arrived_us: int | None
    departed_us: int | None
    lieu_minutes: int
    ticket: int | None
    series: int | None
    deliberate: bool
    overlap_reason: CleanText
    sequence: int
    why: CleanText = field(default_factory=CleanText)
    """What was said with its last change: why it was moved, cancelled, missed or let lapse."""

    @property
    def where(self) -> str:
        """Customer and site; a site that is called like its customer is named once."""
        if self.site.casefold() == self.customer.casefold():
            return str(self.customer)
        return f"{self.customer}, {self.site}"

    @property
    def holds(self) -> bool:
        """True while engineer and site are taken for it."""
        return self.stage in ("booked", "arrived", "delivered")


@dataclass(frozen=True, slots=True)
class Choice:
    """An engineer who could make a visit."""

    id: int
    name: CleanText


@dataclass(frozen=True, slots=True)
class OfferView:
    """A time of a customer: who could come, the suggested one first, or why nobody can."""

    slot: str
    name: str
    day: date
    starts: str
    ends: str
    zone: str
    from_us: int
    to_us: int
    engineers: tuple[Choice, ...]
    why_not: WhyNot | None
    warning: str = ""

    @property
    def bookable(self) -> bool:
        """True where it can be booked."""
        return self.why_not is None


@dataclass(frozen=True, slots=True)
class CheckLine:
    """How the delivery of one agreement's visits stands."""

    customer_id: int
    customer: CleanText
    agreement_id: int
    package: str
    window: tuple[date, date] | None
    balance: Balance
    pace: Pace
    fair_use: FairUse | None
    warnings: tuple[str, ...]
    shared_with: tuple[CleanText, ...] = ()
    """Customers who get the same engineers first, where that is why it cannot be delivered."""
    open_ended: bool = False
    """The number bought is neither entered nor usual: what is booked counts as granted."""

    @property
    def verdict(self) -> str:
        """The verdict in words, and where engineers are short whom they are shared with."""
        others = [str(name) for name in self.shared_with]
        if not others:
            return self.pace.words
        named = others[:_NAMED] if len(others) > _NAMED + 1 else others
        said = ", ".join(named[:-1])
        more = len(others) - len(named)
        if more:
            said = f"{', '.join(named)} and {more} more"
        else:
            said = f"{said} and {named[-1]}" if said else named[-1]
        return f"{self.pace.words}, the engineers are shared with {said}"


@dataclass(frozen=True, slots=True)
class Row:
    """One slot of a package, or free times, as a row of the planner."""

    slot: str
    name: str
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class Planner:
    """A week of one customer: every slot of every day, with what is booked, and the balance."""

    check: CheckLine
    monday: date
    days: tuple[date, ...]
    rows: tuple[Row, ...]
    offers: Mapping[tuple[str, date], OfferView]
    visits: tuple[VisitView, ...]
    """Of this customer in this week, those cancelled or missed too."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit of an engineer's day with what is needed there."""

    visit: VisitView
    tickets: tuple[tuple[int, str, CleanText], ...]
    """Open tickets of the site: number, priority, subject."""
    checklists: tuple[tuple[str, str, int, int], ...]
    """Id, name, items looked at, items in all."""


@dataclass(frozen=True, slots=True)
class VisitDone:
    """What a step did: the visits touched, the event `undo` takes back, and a sentence."""

    visits: tuple[VisitView, ...]
    event_id: int
    sentence: str
    warnings: tuple[str, ...] = ()

    @property
    def visit(self) -> VisitView:
        """The first of them."""
        return self.visits[0]


class NotBookable(Refused):
    """The time cannot be booked; `others` are times that can."""

    def __init__(self, sentence: str, others: tuple[OfferView, ...] = ()) -> None:
        super().__init__(sentence)
        self.others = others


class SlotTaken(NotBookable):
    """Somebody was first: engineer or site are booked then. The sentence says by whom and when."""
