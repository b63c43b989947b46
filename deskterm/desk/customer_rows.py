"""Rows of customers, contacts and sites, read and found; and the log of what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Row

from deskterm.desk import journal
from deskterm.desk.customer_model import CustomerView
from deskterm.desk.errors import Conflict, FieldChange, NotFound
from deskterm.desk.events import event_views
from deskterm.desk.journal import NewEvent
from deskterm.desk.model import Agent, ContactView, SiteView
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean

COLUMNS: Final = "id, version, name, domain, phone, notes, active"
_LINES: Final = frozenset({"notes", "address", "access"})


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
        row = tx.one(f"SELECT {COLUMNS} FROM customer WHERE id = :id", id=customer)
        if row is None:
            raise NotFound(f"There is no customer {customer}.")
        return customer_view(row)
    name = clean(customer)
    row = tx.one(f"SELECT {COLUMNS} FROM customer WHERE name = :name", name=str(name))
    if row is not None:
        return customer_view(row)
    rows = tx.rows(
        f"SELECT {COLUMNS} FROM customer WHERE active AND lower(name) LIKE :part ESCAPE '!'"
        " ORDER BY name LIMIT 6",
        part=f"%{escaped(name.casefold())}%",
    )
    if len(rows) == 1:
        return customer_view(rows[0])
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


def check_version(
    tx: Tx,
    customer_id: int,
    version: int | None,
    now: Mapping[str, Any],
    yours: Mapping[str, Any],
    part: tuple[str, int],
) -> None:
    """Raise `Conflict` where somebody changed the same thing since `version`; None: never mind.

    `version` is the customer's, `part` what is changed: ``("customer", id)``, ``("contact", id)``
    and so on. What was done to its other parts stands in nobody's way.
    """
    found = tx.value("SELECT version FROM customer WHERE id = :id", id=customer_id)
    if version is None or version >= found:
        return
    events = [
        event for event in journal.history(tx, "customer", customer_id, after=version)
        if _part_of(event.data, customer_id) == part
    ]  # fmt: skip
    if not events:
        return
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


def _part_of(data: Mapping[str, Any], customer_id: int) -> tuple[str, int]:
    return data.get("part", "customer"), data.get("part_id", customer_id)


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` with every text in them cleaned."""
    return {
        name: str(clean(value, lines=name in _LINES)) if isinstance(value, str) else value
        for name, value in values.items()
    }


def escaped(text: str) -> str:
    """`text` for a LIKE with ``ESCAPE '!'``, in which it stands for itself."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _maybe(text: str | None) -> Any:
    return None if text is None else clean(text)


def customer_view(row: Row[Any]) -> CustomerView:
    """A row as it is handed upwards."""
    return CustomerView(
        row.id, row.version, clean(row.name), _maybe(row.domain), _maybe(row.phone),
        clean(row.notes, lines=True), bool(row.active),
    )  # fmt: skip
