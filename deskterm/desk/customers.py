"""Customers with their contacts and sites, and the log of every change to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Row

from deskterm.desk import agreements, journal
from deskterm.desk.customer_model import ChangeView, CustomerCard, CustomerLine, CustomerView
from deskterm.desk.errors import Conflict, FieldChange, NotFound, Refused
from deskterm.desk.events import event_views
from deskterm.desk.journal import NewEvent
from deskterm.desk.model import Agent, ContactView, SiteView
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

_COLUMNS: Final = "id, version, name, domain, phone, notes, active"
_EDITABLE: Final = {
    "customer": ("name", "domain", "phone", "notes", "active"),
    "contact": ("name", "role", "email", "phone", "tier", "active"),
    "site": ("name", "address", "access", "active"),
}
_LINES: Final = frozenset({"notes", "address", "access"})


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
            values = _cleaned(
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
            rows = tx.rows(f"SELECT {_COLUMNS} FROM customer{where} ORDER BY name")
            held = agreements.by_customer(tx)
            counted = tx.rows(
                "SELECT customer_id, count(*) AS open FROM ticket WHERE live = 1"
                " GROUP BY customer_id"
            )
            open_tickets = {row.customer_id: row.open for row in counted}
            return tuple(
                CustomerLine(_customer(row), held.get(row.id), open_tickets.get(row.id, 0))
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

    def find(self, text: str, limit: int = 20) -> tuple[CustomerView, ...]:
        """Customers with every word of `text` in their name, those beginning with it first."""
        words = clean(text).casefold().split()
        with self._desk.store.read() as tx:
            parts = [f"lower(name) LIKE :w{place} ESCAPE '!'" for place in range(len(words))]
            where = " AND ".join(["active", *parts])
            values = {f"w{place}": f"%{_escaped(word)}%" for place, word in enumerate(words)}
            begins = f"{_escaped(words[0])}%" if words else "%"
            rows = tx.rows(
                f"SELECT {_COLUMNS} FROM customer WHERE {where}"
                " ORDER BY CASE WHEN lower(name) LIKE :begins ESCAPE '!' THEN 0 ELSE 1 END, name"
                " LIMIT :limit",
                begins=begins,
                limit=limit,
                **values,
            )
            return tuple(_customer(row) for row in rows)

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
            values = _cleaned({**given, "active": True})
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
        _check_version(tx, customer_id, version, before, changes)
        after = {
            name: value
            for name, value in _cleaned(changes).items()
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


def log_customer(
    tx: Tx, now_us: int, me: Agent | None, customer_id: int, data: Mapping[str, Any]
) -> int:
    """Write a change to a customer down; its version is the id of that event."""
    event = NewEvent("customer", customer_id, now_us, "edited", data, me.id if me else None)
    (event_id,) = journal.append(tx, [event], recorded_us=now_us)
    tx.run("UPDATE customer SET version = :v WHERE id = :id", v=event_id, id=customer_id)
    return event_id


def find_customer(tx: Tx, customer: int | str) -> CustomerView:
    """A customer by id or name, whole or the only one that has it in its name. Or `NotFound`."""
    if isinstance(customer, int):
        row = tx.one(f"SELECT {_COLUMNS} FROM customer WHERE id = :id", id=customer)
        if row is None:
            raise NotFound(f"There is no customer {customer}.")
        return _customer(row)
    name = clean(customer)
    row = tx.one(f"SELECT {_COLUMNS} FROM customer WHERE name = :name", name=str(name))
    if row is not None:
        return _customer(row)
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM customer WHERE active AND lower(name) LIKE :part ESCAPE '!'"
        " ORDER BY name LIMIT 6",
        part=f"%{_escaped(name.casefold())}%",
    )
    if len(rows) == 1:
        return _customer(rows[0])
    if rows:
        known = ", ".join(clean(row.name) for row in rows)
        raise NotFound(f"“{name}” could be {known}; say which.")
    raise NotFound(f"There is no customer “{name}”; add it with `deskterm customer add`.")


def contacts_of(
    tx: Tx, customer_id: int | None, contact_id: int | None = None
) -> tuple[ContactView, ...]:
    """A customer's contacts by name, or the one with this id."""
    rows = _parts(tx, "contact", "id, name, role, email, phone, tier", customer_id, contact_id)
    return tuple(
        ContactView(
            row.id, clean(row.name), clean(row.role), _maybe(row.email), _maybe(row.phone), row.tier
        )
        for row in rows
    )


def sites_of(tx: Tx, customer_id: int | None, site_id: int | None = None) -> tuple[SiteView, ...]:
    """A customer's sites by name, or the one with this id."""
    rows = _parts(tx, "site", "id, name, address, access", customer_id, site_id)
    return tuple(
        SiteView(
            row.id, clean(row.name), clean(row.address, lines=True), clean(row.access, lines=True)
        )
        for row in rows
    )


def _parts(
    tx: Tx, table: str, columns: str, customer_id: int | None, part_id: int | None
) -> list[Row[Any]]:
    if part_id is not None:
        return list(tx.rows(f"SELECT {columns} FROM {table} WHERE id = :id", id=part_id))
    return list(
        tx.rows(
            f"SELECT {columns} FROM {table} WHERE customer_id = :id AND active ORDER BY name",
            id=customer_id,
        )
    )


def _check_version(
    tx: Tx,
    customer_id: int,
    version: int | None,
    now: Mapping[str, Any],
    yours: Mapping[str, Any],
) -> None:
    found = tx.value("SELECT version FROM customer WHERE id = :id", id=customer_id)
    if version is None or version >= found:
        return
    events = journal.history(tx, "customer", customer_id, after=version)
    views = event_views(tx, events)
    touched: dict[str, Any] = {}
    for event in events:
        for name, (old, _) in event.data.get("fields", {}).items():
            touched.setdefault(name, old)
    who = ", ".join(dict.fromkeys(str(view.agent or "the desk") for view in views))
    raise Conflict(
        f"{who} changed it while you were at it; look, then decide.",
        theirs=views,
        fields=tuple(
            FieldChange(name, old, now.get(name), yours.get(name)) for name, old in touched.items()
        ),
        yours=dict(yours),
        version=found,
    )


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: str(clean(value, lines=name in _LINES)) if isinstance(value, str) else value
        for name, value in values.items()
    }


def _escaped(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _maybe(text: str | None) -> Any:
    return None if text is None else clean(text)


def _customer(row: Row[Any]) -> CustomerView:
    return CustomerView(
        row.id, row.version, clean(row.name), _maybe(row.domain), _maybe(row.phone),
        clean(row.notes, lines=True), bool(row.active),
    )  # fmt: skip
