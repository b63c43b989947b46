"""Everything a screen says about a customer, read at once: card, cover, tickets, log, closures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from deskterm.desk.agents import has_supervisor
from deskterm.desk.cover import CoverView, cover_view
from deskterm.desk.customer_model import ChangeView, CustomerCard
from deskterm.desk.instants import from_us
from deskterm.desk.model import QueueRow
from deskterm.desk.queue_rows import COLUMNS
from deskterm.desk.store.base import Tx
from deskterm.policy.document import Boundary, Policy

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

#: Tickets no longer open that are listed, newest first.
_RECENT: Final = 8
#: Open tickets that are listed, those that break next first.
_OPEN: Final = 50


@dataclass(frozen=True, slots=True)
class CustomerSheet:
    """A customer as a screen shows it. Without an agreement most of it is empty."""

    card: CustomerCard
    cover: CoverView | None
    """What the newest agreement covers now."""
    phase: str = ""
    """Name of the agreement's phase; empty where its policy knows none."""
    starts_later: bool = False
    """The agreement has not begun yet."""
    region: str = ""
    packages: tuple[tuple[str, str], ...] = ()
    """What can be bought of the policy, (id, name); so are phases and regions."""
    phases: tuple[tuple[str, str], ...] = ()
    regions: tuple[tuple[str, str], ...] = ()
    visits_bought: bool = False
    """The policy has packages with visits, so that a number of them can be bought."""
    fair_use: bool = False
    """It has packages with a limit of fair use."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """Roles of the people the agreement asks a customer to name, id to name."""
    boundaries: tuple[Boundary, ...] = ()
    """Who does what, as the agreement divides the work."""
    parties: tuple[str, ...] = ()
    clocks: tuple[tuple[str, str], ...] = ()
    """The clocks whose targets can be varied, (id, name)."""
    open: tuple[QueueRow, ...] = ()
    recent: tuple[QueueRow, ...] = ()
    changes: tuple[ChangeView, ...] = ()
    closure: str | None = None
    """Name of the yearly closure the policy speaks of, e.g. ``Christmas shutdown``."""
    closure_missing: int | None = None
    """The year whose closure nobody has entered dates for."""
    may_vary: str | None = None
    """Why whoever sits here may not enter variations; None where they may."""


def customer_sheet(desk: Desk, customer: int | str) -> CustomerSheet:
    """The sheet of a customer. Raises `NotFound`."""
    card = desk.customers.card(customer)
    changes = desk.customers.changes(card.customer.id)
    with desk.store.read() as tx:
        live = _rows(tx, desk, card, "live = 1", "breaks_us", _OPEN)
        recent = _rows(tx, desk, card, "live = 0", "number DESC", _RECENT)
        me = desk.who(tx)
        may_not = None
        if me is None:
            may_not = "This desk does not know you; ask a supervisor for `deskterm agent add`."
        elif me.role != "supervisor" and has_supervisor(tx):
            may_not = "Only a supervisor may enter variations; ask one."
        if not card.agreements:
            return CustomerSheet(
                card, None, open=live, recent=recent, changes=changes, may_vary=may_not
            )
        agreement = card.agreements[0]
        cover = cover_view(tx, desk, agreement.id)
        snapshot = str(tx.value("SELECT snapshot FROM agreement WHERE id = :id", id=agreement.id))
        policy = desk.shelf.policy(tx, snapshot)
    today = from_us(desk.now_us()).astimezone(ZoneInfo(agreement.zone)).date()
    phase = next((each.name for each in policy.phases if each.id == agreement.phase), "")
    region = policy.regions.get(agreement.region or "")
    return CustomerSheet(
        card,
        cover,
        phase=phase,
        starts_later=agreement.start > today.isoformat(),
        region=region.name if region is not None else "",
        visits_bought=any(each.onsite != "none" for each in policy.packages.values()),
        fair_use=any(each.fair_use for each in policy.packages.values()),
        packages=tuple((key, each.name) for key, each in policy.packages.items()),
        phases=tuple((each.id, each.name) for each in policy.phases),
        regions=tuple((key, each.name) for key, each in policy.regions.items()),
        roles=policy.contact_roles,
        boundaries=policy.boundaries,
        parties=policy.boundary_parties,
        clocks=_clocks(policy),
        open=live,
        recent=recent,
        changes=changes,
        closure=policy.shutdown,
        closure_missing=_missing(card, policy, today),
        may_vary=may_not,
    )


def _rows(
    tx: Tx, desk: Desk, card: CustomerCard, where: str, order: str, limit: int
) -> tuple[QueueRow, ...]:
    found = tx.rows(
        f"SELECT {COLUMNS} FROM ticket WHERE customer_id = :customer AND {where}"
        f" ORDER BY {order} LIMIT :limit",
        customer=card.customer.id,
        limit=limit,
    )
    return desk.rows.rows(tx, found)


def _clocks(policy: Policy) -> tuple[tuple[str, str], ...]:
    names: dict[str, str] = {}
    for target in policy.targets:
        names.setdefault(target.clock, target.name)
    return tuple(names.items())


def _missing(card: CustomerCard, policy: Policy, today: date) -> int | None:
    """This year, where the policy speaks of a yearly closure and nobody has entered its dates."""
    if policy.shutdown is None:
        return None
    entered = {
        date.fromisoformat(entry.data["first"]).year
        for entry in card.variations
        if entry.kind == "shutdown" and entry.policy is not None and entry.withdrawn_us is None
    }
    return None if today.year in entered else today.year
