"""What the desk hands upwards about customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deskterm.desk.model import AgreementView, ContactView, EventView, SiteView
from deskterm.desk.text import CleanText


@dataclass(frozen=True, slots=True)
class CustomerView:
    """A customer by itself."""

    id: int
    version: int
    name: CleanText
    domain: CleanText | None
    phone: CleanText | None
    notes: CleanText
    active: bool = True


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """A customer in a list."""

    customer: CustomerView
    agreement: AgreementView | None
    open_tickets: int


@dataclass(frozen=True, slots=True)
class VariationView:
    """A dated change to the hours or targets of an agreement, or of all under a policy."""

    id: int
    kind: str
    policy: str | None
    agreement_id: int | None
    data: Mapping[str, Any]
    reason: CleanText
    entered_us: int
    agent: CleanText | None
    withdrawn_us: int | None = None


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """Everything about a customer but its tickets."""

    customer: CustomerView
    contacts: tuple[ContactView, ...]
    sites: tuple[SiteView, ...]
    agreements: tuple[AgreementView, ...]
    variations: tuple[VariationView, ...]
    open_tickets: int


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One line of a customer's change log: what was changed from what to what, by whom."""

    event: EventView
    subject: str
    """``customer`` or ``agreement``."""
    field: str
    old: Any
    new: Any
