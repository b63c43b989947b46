"""Writing the invented agents and customers down, before their tickets are told."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from deskterm.desk import agreements
from deskterm.desk.agents import Login, write_agent
from deskterm.desk.customer_rows import log_customer
from deskterm.desk.demo.cast import PlannedAgent, PlannedCustomer
from deskterm.desk.demo.telling import PlacedCustomer
from deskterm.desk.model import Agent
from deskterm.desk.shelf import TermsOf
from deskterm.desk.store.base import Tx
from deskterm.sla.clocks import Clock
from deskterm.sla.terms import ELAPSED, ONSITE, VISITS, Terms
from deskterm.worktime import SpanAxis

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

#: How many agents usually look after one customer.
_LOOKED_AFTER_BY = 4


def write_agents(
    tx: Tx, planned: Sequence[PlannedAgent], login: Login | None, at_us: int
) -> list[Agent]:
    """The agents, the first of whom is whoever sits at this desk."""
    written: list[Agent] = []
    for place, agent in enumerate(planned):
        here = login if place == 0 else None
        written.append(
            write_agent(
                tx,
                agent.name,
                agent.role,
                written[0].id if written else None,
                at_us,
                team=agent.team,
                login=None if here is None else here.name,
                uid=None if here is None else here.uid,
            )
        )
    return written


def write_customers(
    tx: Tx,
    desk: Desk,
    planned: Sequence[PlannedCustomer],
    agents: Sequence[Agent],
    rng: Random,
    now_us: int,
) -> tuple[PlacedCustomer, ...]:
    """The customers with their agreements, contacts and sites."""
    return tuple(_write_customer(tx, desk, one, agents, rng, now_us) for one in planned)


def _write_customer(
    tx: Tx,
    desk: Desk,
    planned: PlannedCustomer,
    agents: Sequence[Agent],
    rng: Random,
    now_us: int,
) -> PlacedCustomer:
    me = agents[0]
    values = {"name": planned.name, "domain": planned.domain, "phone": planned.phone}
    customer_id = _insert(tx, "customer", {**values, "version": 0, "notes": "", "active": True})
    said = {name: [None, value] for name, value in values.items()}
    log_customer(tx, desk.now_us(), me, customer_id, {"fields": said})
    agreement_id = agreements.write_agreement(
        tx,
        desk,
        me,
        customer_id,
        planned.policy.id,
        package=planned.package,
        region=planned.region,
        tier=planned.tier,
        start=planned.start.isoformat(),
        visits=planned.visits,
    )
    contacts = []
    for contact in planned.contacts:
        parts = {
            "name": contact.name,
            "role": contact.role,
            "email": contact.email,
            "phone": contact.phone,
            "tier": contact.tier,
        }
        contact_id = _insert_part(tx, desk, me, "contact", customer_id, parts)
        contacts.append((contact_id, contact.name, contact.tier))
    sites = [
        _insert_part(
            tx,
            desk,
            me,
            "site",
            customer_id,
            {"name": site.name, "address": site.address, "access": site.access},
        )
        for site in planned.sites
    ]
    agreement = agreements.load_agreement(tx, agreement_id)
    snapshot = desk.policies.taken_in(tx, planned.policy.id).hash
    terms = desk.shelf.terms(
        tx,
        TermsOf(snapshot, agreement.policy, agreement_id, agreement.package, agreement.region),
    )
    opening = {
        "customer_id": customer_id,
        "agreement_id": agreement_id,
        "policy": agreement.policy,
        "snapshot": snapshot,
        "package": agreement.package,
        "region": agreement.region,
    }
    return PlacedCustomer(
        name=planned.name,
        opening={name: value for name, value in opening.items() if value is not None},
        setting=planned.setting,
        contacts=tuple(contacts),
        sites=tuple(sites),
        agents=tuple(
            agent.id for agent in rng.sample(list(agents), min(_LOOKED_AFTER_BY, len(agents)))
        ),
        calendars=_calendars(tx, desk, terms, now_us),
    )


def _calendars(tx: Tx, desk: Desk, terms: Terms, now_us: int) -> dict[str, str]:
    """The keys of the calendars that clocks under these terms can run on."""
    named = {target.calendar for target in terms.policy.targets} | {ELAPSED}
    keys: dict[str, str] = {}
    for name in sorted(named):
        role = ONSITE if name == VISITS else name
        calendar = terms.calendar(role, now_us)
        axis = SpanAxis(()) if name == VISITS else calendar.axis
        clock = Clock("", "running", zone=calendar.tz, calendar=name, axis=axis)
        key = desk.shelf.calendars.key(tx, terms, clock, now_us)
        assert key is not None, "a clock with a calendar has a key for it"
        keys[name] = key
    return keys


def _insert_part(
    tx: Tx, desk: Desk, me: Agent, table: str, customer_id: int, values: dict[str, Any]
) -> int:
    part_id = _insert(tx, table, {"customer_id": customer_id, **values, "active": True})
    said = {name: [None, value] for name, value in values.items() if value}
    data = {"part": table, "part_id": part_id, "fields": said}
    log_customer(tx, desk.now_us(), me, customer_id, data)
    return part_id


def _insert(tx: Tx, table: str, values: dict[str, Any]) -> int:
    bound = ", ".join(f":{name}" for name in values)
    return int(
        tx.value(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({bound}) RETURNING id", **values
        )
    )
