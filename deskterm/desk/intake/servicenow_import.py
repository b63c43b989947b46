"""A ServiceNow export taken in, from the bytes of the file to tickets on the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from deskterm.desk.errors import Refused
from deskterm.desk.intake.csv_reading import Table
from deskterm.desk.intake.servicenow import read_incidents
from deskterm.desk.intake.servicenow_map import ServiceNowMap, default_map, read_map
from deskterm.desk.intake.taking_in import TakenIn, take_in
from deskterm.desk.opening import find_agreement
from deskterm.desk.shelf import desk_zone
from deskterm.policy.document import Policy

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

PROGRAM = "servicenow"

Progress = Callable[[str, int, int], None]
"""(what is being done, how much is done, of how much)"""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose incidents these are, and under which policy they come."""

    customer_id: int
    policy: Policy
    added: bool
    """Whether the customer was not here before."""
    zone: str
    """IANA zone of the desk hours they are worked in."""


def owner(
    desk: Desk,
    customer: str,
    policy_id: str,
    *,
    package: str | None = None,
    region: str | None = None,
) -> Owner:
    """The customer of that very name, added with an agreement where there is none.

    Raises `Refused` where it is here with an agreement under another policy, `NotFound` and
    `BrokenPolicy` for the policy.
    """
    desk.policies.library.entry(policy_id)
    with desk.store.read() as tx:
        there = tx.value("SELECT id FROM customer WHERE name = :name", name=customer.strip())
    if there is None:
        view = desk.customers.add(customer, policy_id, package=package, region=region)
    with desk.store.read() as tx:
        agreement = find_agreement(tx, int(there) if there is not None else view.id)
        policy = desk.shelf.policy(tx, agreement.snapshot)
    if agreement.policy != policy_id:
        raise Refused(
            f"{agreement.customer_name} has an agreement under {agreement.policy}, not "
            f"{policy_id}; say --policy {agreement.policy} or name another customer."
        )
    zone = desk_zone(policy, agreement.region)
    return Owner(agreement.customer_id, policy, there is None, zone)


def mapping_for(policy: Policy, text: str | None) -> ServiceNowMap:
    """The mapping in `text`, or the one that suits the policy. Raises `MapError`."""
    return default_map(policy) if text is None else read_map(text, policy)


def import_servicenow(
    desk: Desk,
    data: bytes,
    whose: Owner,
    mapping: ServiceNowMap,
    zone: ZoneInfo,
    progress: Progress = lambda what, done, total: None,
) -> tuple[TakenIn, int]:
    """Take the export in; what became of it, and how many rows have not happened yet.

    Raises `TableError` for a file that is no such export.
    """
    incidents = read_incidents(
        Table(data),
        mapping,
        whose.policy,
        zone,
        lambda done, total: progress("lines read", done, total),
        now_us=desk.now_us(),
    )
    result = take_in(
        desk,
        incidents.tickets,
        PROGRAM,
        customer=whose.customer_id,
        progress=lambda done, total: progress("tickets", done, total),
    )
    result.refused = sorted([*incidents.refused, *result.refused], key=lambda one: one.line)
    return result, incidents.later
