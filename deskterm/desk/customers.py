"""Customers with their contacts and sites, and the log of every change to them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from deskterm.desk import agreements, journal, recompute, variations
from deskterm.desk.customer_model import (
    ChangeView,
    CustomerCard,
    CustomerLine,
    CustomerView,
    VariationView,
)
from deskterm.desk.customer_rows import (
    COLUMNS,
    check_version,
    cleaned,
    contacts_of,
    customer_view,
    escaped,
    find_customer,
    log_customer,
    sites_of,
)
from deskterm.desk.errors import NotFound, Refused, Stopped
from deskterm.desk.events import event_views
from deskterm.desk.model import Agent, AgreementView, ContactView, SiteView
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean

if TYPE_CHECKING:
    from deskterm.desk.customer_sheet import CustomerSheet
    from deskterm.desk.desk import Desk

_EDITABLE: Final = {
    "customer": ("name", "domain", "phone", "notes", "active"),
    "contact": ("name", "role", "email", "phone", "tier", "active"),
    "site": ("name", "address", "access", "active"),
}


class Customers:
    """The customers of the desk; see `deskterm.desk.agreements` for what they were promised."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(
        self,
        name: str,
        policy: str,
        *,
        package: str | None = None,
        region: str | None = None,
        tier: str | None = None,
        domain: str | None = None,
        phone: str | None = None,
        notes: str = "",
        start: str | None = None,
        end: str | None = None,
        visits: int | None = None,
        fair_use: int | None = None,
        phase: str | None = None,
    ) -> CustomerView:
        """Add a customer with an agreement under the policy with this id.

        `start` and `end` are local dates in ISO form, by default today and none. Raises `Refused`
        where the name is taken or the policy has no such package, region or tier.
        """
        with self._desk.store.write() as tx:
            me = self._desk.require(tx, "technician", "supervisor", doing="add customers")
            called = clean(name)
            if not called:
                raise Refused("A customer needs a name.")
            if tx.one("SELECT id FROM customer WHERE name = :name", name=str(called)):
                raise Refused(f"There is a customer “{called}” already.")
            values = cleaned(
                {"name": name, "domain": domain, "phone": phone, "notes": notes, "active": True}
            )
            customer_id = tx.value(
                "INSERT INTO customer (version, name, domain, phone, notes, active)"
                " VALUES (0, :name, :domain, :phone, :notes, :active) RETURNING id",
                **values,
            )
            self._log(tx, me, customer_id, "customer", customer_id, {}, values)
            agreements.write_agreement(
                tx, self._desk, me, customer_id, policy, package=package, region=region,
                tier=tier, start=start, end=end, visits=visits, fair_use=fair_use, phase=phase,
            )  # fmt: skip
            return find_customer(tx, customer_id)

    def list(self, *, everybody: bool = False) -> tuple[CustomerLine, ...]:
        """Customers by name, with their newest agreement and number of open tickets."""
        with self._desk.store.read() as tx:
            where = "" if everybody else " WHERE active"
            rows = tx.rows(f"SELECT {COLUMNS} FROM customer{where} ORDER BY name")
            held = agreements.by_customer(tx)
            counted = tx.rows(
                "SELECT customer_id, count(*) AS open FROM ticket WHERE live = 1"
                " GROUP BY customer_id"
            )
            open_tickets = {row.customer_id: row.open for row in counted}
            return tuple(
                CustomerLine(customer_view(row), held.get(row.id), open_tickets.get(row.id, 0))
                for row in rows
            )

    def card(self, customer: int | str) -> CustomerCard:
        """Everything about a customer. Raises `NotFound`."""
        with self._desk.store.read() as tx:
            found = find_customer(tx, customer)
            held = agreements.of_customer(tx, found.id)
            return CustomerCard(
                found,
                contacts_of(tx, found.id),
                sites_of(tx, found.id),
                held,
                agreements.variations_of(tx, held),
                int(
                    tx.value(
                        "SELECT count(*) FROM ticket WHERE customer_id = :id AND live = 1",
                        id=found.id,
                    )
                ),
            )

    def sheet(self, customer: int | str) -> CustomerSheet:
        """The card with cover, tickets, log and closures, as a screen shows it, or `NotFound`."""
        from deskterm.desk.customer_sheet import customer_sheet

        return customer_sheet(self._desk, customer)

    def find(self, text: str, limit: int = 20) -> tuple[CustomerView, ...]:
        """Customers with every word of `text` in their name, those beginning with it first."""
        words = clean(text).casefold().split()
        with self._desk.store.read() as tx:
            parts = [f"lower(name) LIKE :w{place} ESCAPE '!'" for place in range(len(words))]
            where = " AND ".join(["active", *parts])
            values = {f"w{place}": f"%{escaped(word)}%" for place, word in enumerate(words)}
            begins = f"{escaped(words[0])}%" if words else "%"
            rows = tx.rows(
                f"SELECT {COLUMNS} FROM customer WHERE {where}"
                " ORDER BY CASE WHEN lower(name) LIKE :begins ESCAPE '!' THEN 0 ELSE 1 END, name"
                " LIMIT :limit",
                begins=begins,
                limit=limit,
                **values,
            )
            return tuple(customer_view(row) for row in rows)

    def add_contact(
        self,
        customer: int | str,
        name: str,
        *,
        role: str = "",
        email: str | None = None,
        phone: str | None = None,
        tier: str | None = None,
    ) -> ContactView:
        """Add a named person."""
        values = {"name": name, "role": role, "email": email, "phone": phone, "tier": tier}
        contact_id = self._add_part("contact", customer, values)
        with self._desk.store.read() as tx:
            return next(c for c in contacts_of(tx, None, contact_id))

    def add_site(
        self, customer: int | str, name: str, *, address: str = "", access: str = ""
    ) -> SiteView:
        """Add a place that is visited; `access` is how to get in."""
        values = {"name": name, "address": address, "access": access}
        site_id = self._add_part("site", customer, values)
        with self._desk.store.read() as tx:
            return next(s for s in sites_of(tx, None, site_id))

    def _add_part(self, table: str, customer: int | str, given: Mapping[str, Any]) -> int:
        with self._desk.store.write() as tx:
            me = self._desk.require(
                tx, "technician", "engineer", "supervisor", doing=f"add a {table}"
            )
            owner = find_customer(tx, customer)
            values = cleaned({**given, "active": True})
            if not values["name"]:
                raise Refused(f"A {table} needs a name.")
            columns = ", ".join(values)
            part_id = tx.value(
                f"INSERT INTO {table} (customer_id, {columns})"
                f" VALUES (:customer_id, {', '.join(f':{name}' for name in values)}) RETURNING id",
                customer_id=owner.id,
                **values,
            )
            self._log(tx, me, owner.id, table, part_id, {}, values)
            return int(part_id)

    def edit(
        self, customer: int | str, *, version: int | None = None, **changes: Any
    ) -> CustomerView:
        """Change name, domain, phone, notes or whether it is still a customer.

        Raises `Conflict` where somebody changed it since `version`.
        """
        with self._desk.store.write() as tx:
            me = self._desk.require(tx, "technician", "supervisor", doing="change customers")
            found = find_customer(tx, customer)
            self._edit(tx, me, "customer", found.id, found.id, changes, version)
            if "name" in changes:
                tx.run(
                    "UPDATE ticket SET customer_name = :name WHERE customer_id = :id",
                    name=str(clean(changes["name"])),
                    id=found.id,
                )
            return find_customer(tx, found.id)

    def edit_contact(self, contact_id: int, *, version: int | None = None, **changes: Any) -> None:
        """Change a contact; `version` is the customer's."""
        self._edit_part("contact", contact_id, changes, version)

    def edit_site(self, site_id: int, *, version: int | None = None, **changes: Any) -> None:
        """Change a site; `version` is the customer's."""
        self._edit_part("site", site_id, changes, version)

    def _edit_part(
        self, table: str, part_id: int, changes: Mapping[str, Any], version: int | None
    ) -> None:
        with self._desk.store.write() as tx:
            me = self._desk.require(
                tx, "technician", "engineer", "supervisor", doing=f"change a {table}"
            )
            owner = tx.value(f"SELECT customer_id FROM {table} WHERE id = :id", id=part_id)
            if owner is None:
                raise NotFound(f"There is no {table} {part_id}.")
            self._edit(tx, me, table, part_id, owner, changes, version)

    def _edit(
        self,
        tx: Tx,
        me: Agent,
        table: str,
        part_id: int,
        customer_id: int,
        changes: Mapping[str, Any],
        version: int | None,
    ) -> None:
        for name in changes:
            if name not in _EDITABLE[table]:
                raise Refused(
                    f"A {table} has no “{name}” to change; it has {', '.join(_EDITABLE[table])}."
                )
        columns = ", ".join(_EDITABLE[table])
        row = tx.one(f"SELECT {columns} FROM {table} WHERE id = :id", id=part_id)
        assert row is not None, "the caller has found it"
        before = dict(row._mapping)
        check_version(tx, customer_id, version, before, changes, (table, part_id))
        after = {
            name: value
            for name, value in cleaned(changes).items()
            if value != before[name]
        }
        if not after:
            return
        if "name" in after and not after["name"]:
            raise Refused(f"A {table} needs a name.")
        tx.run(
            f"UPDATE {table} SET {', '.join(f'{name} = :{name}' for name in after)} WHERE id = :id",
            id=part_id,
            **after,
        )
        self._log(tx, me, customer_id, table, part_id, before, after)

    def _log(
        self,
        tx: Tx,
        me: Agent,
        customer_id: int,
        table: str,
        part_id: int,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> None:
        fields = {
            name: [before.get(name), value]
            for name, value in after.items()
            if value != before.get(name) and not (value in ("", True) and name not in before)
        }
        data: dict[str, Any] = {"fields": fields}
        if table != "customer":
            data |= {"part": table, "part_id": part_id}
        log_customer(tx, self._desk.now_us(), me, customer_id, data)

    def add_agreement(self, customer: int | str, policy: str, **bought: Any) -> AgreementView:
        """Give a customer another agreement; `bought` is as for `add`."""
        with self._desk.store.write() as tx:
            me = self._desk.require(tx, "technician", "supervisor", doing="add agreements")
            owner = find_customer(tx, customer)
            number = agreements.write_agreement(tx, self._desk, me, owner.id, policy, **bought)
            return agreements.load_agreement(tx, number)

    def edit_agreement(
        self, agreement_id: int, *, version: int | None = None, **changes: Any
    ) -> AgreementView:
        """Change package, region, tier, phase, start, end, visits or fair use, for new tickets.

        ``policy="newest"`` takes the policy in again as its file says today. `version` is the
        customer's. Raises `Conflict`, `NotFound` and `Refused`.
        """
        with self._desk.store.write() as tx:
            me = self._desk.require(tx, "technician", "supervisor", doing="change agreements")
            held = agreements.load_agreement(tx, agreement_id)
            owner = tx.value("SELECT customer_id FROM agreement WHERE id = :id", id=agreement_id)
            before = agreements.values_of(tx, agreement_id)
            check_version(tx, owner, version, before, changes, ("agreement", agreement_id))
            after = agreements.changed_values(tx, self._desk, held, before, changes)
            if after:
                agreements.write_values(tx, agreement_id, after)
                self._log(tx, me, owner, "agreement", agreement_id, before, after)
            return agreements.load_agreement(tx, agreement_id)

    def add_variation(
        self,
        agreement_id: int,
        kind: str,
        data: Mapping[str, Any],
        *,
        reason: str = "",
        progress: recompute.Progress | None = None,
    ) -> VariationView:
        """Enter a dated change to one agreement and compute its open clocks again.

        `kind` and `data` are as `deskterm.sla.variations` takes them: ``shutdown``, ``extra``,
        ``weekly_extra``, ``break`` or ``target``. Raises `Refused`, saying what cannot be read.
        Where `progress` raises `Stopped` the change is entered all the same, and the clocks it has
        not come to are computed later, by the next program that finds them waiting.
        """
        view = variations.add_to_agreement(self._desk, agreement_id, kind, data, reason)
        self._move_clocks(progress)
        return view

    def add_policy_variation(
        self,
        policy: str,
        kind: str,
        data: Mapping[str, Any],
        *,
        reason: str = "",
        progress: recompute.Progress | None = None,
    ) -> VariationView:
        """The same for every agreement under a policy, such as a year's shutdown."""
        view = variations.add_to_policy(self._desk, policy, kind, data, reason)
        self._move_clocks(progress)
        return view

    def withdraw_variation(
        self, variation_id: int, reason: str, *, progress: recompute.Progress | None = None
    ) -> None:
        """Take a change back that was entered by mistake; verdicts given under it stay."""
        variations.withdraw(self._desk, variation_id, reason)
        self._move_clocks(progress)

    def _move_clocks(self, progress: recompute.Progress | None) -> None:
        # Stopped half way, the rest is written down: see `deskterm.desk.catchup`.
        with suppress(Stopped):
            recompute.finish(self._desk, progress)

    def policy_variations(self, policy: str) -> tuple[VariationView, ...]:
        """The changes entered for every agreement under a policy."""
        with self._desk.store.read() as tx:
            return variations.policy_variations(tx, policy)

    def changes(self, customer: int | str) -> tuple[ChangeView, ...]:
        """Every change to a customer, its contacts, sites and agreements, newest first."""
        with self._desk.store.read() as tx:
            found = find_customer(tx, customer)
            events = journal.history(tx, "customer", found.id)
            lines: list[ChangeView] = []
            for view in event_views(tx, events):
                subject = str(view.data.get("part") or "customer")
                for name, (old, new) in view.data.get("fields", {}).items():
                    lines.append(ChangeView(view, subject, name, old, new))
            return tuple(reversed(lines))
