"""Agreements: what a customer was promised, and the dated changes to it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from deskterm.desk.customer_model import VariationView
from deskterm.desk.errors import NotFound, Refused
from deskterm.desk.instants import from_us
from deskterm.desk.model import Agent, AgreementView
from deskterm.desk.snapshots import Labels, load_labels
from deskterm.desk.steps.base import one_of
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk
    from deskterm.policy.document import Policy

_COLUMNS: Final = (
    "a.id, a.customer_id, a.policy, a.snapshot, a.package, a.region, a.tier, a.phase, a.starts,"
    " a.ends, a.visits, a.fair_use, a.zone"
)


def write_agreement(
    tx: Tx,
    desk: Desk,
    me: Agent,
    customer_id: int,
    policy_id: str,
    *,
    package: str | None = None,
    region: str | None = None,
    tier: str | None = None,
    start: str | None = None,
    end: str | None = None,
    visits: int | None = None,
    fair_use: int | None = None,
    phase: str | None = None,
) -> int:
    """Give a customer an agreement under a policy as its file says today; the agreement's id."""
    from deskterm.desk.customer_rows import log_customer

    snapshot = desk.policies.taken_in(tx, policy_id)
    policy = desk.shelf.policy(tx, snapshot.hash)
    region = _chosen(region, "region", {key: r.name for key, r in policy.regions.items()})
    region = region or policy.default_region
    zone = zone_of(policy, region)
    now_us = desk.now_us()
    today = from_us(now_us).astimezone(ZoneInfo(zone)).date()
    packages = {key: entry.name for key, entry in policy.packages.items()}
    phases = {entry.id: entry.name for entry in policy.phases}
    values: dict[str, Any] = {
        "policy": policy.id,
        "snapshot": snapshot.hash,
        "package": _chosen(package, "package", packages) or policy.default_package,
        "region": region,
        "tier": _chosen(tier, "tier", policy.tiers),
        "phase": _chosen(phase, "phase", phases) or policy.first_year_phase or "",
        "starts": iso_date(start, "start") or today.isoformat(),
        "ends": iso_date(end, "end"),
        "visits": visits,
        "fair_use": fair_use,
        "zone": zone,
        "active": True,
    }
    agreement_id = int(
        tx.value(
            f"INSERT INTO agreement (customer_id, {', '.join(values)}) VALUES (:customer_id,"
            f" {', '.join(f':{name}' for name in values)}) RETURNING id",
            customer_id=customer_id,
            **values,
        )
    )
    said = {
        name: [None, value]
        for name, value in values.items()
        if value not in (None, "") and name not in ("active", "zone")
    }
    log_customer(
        tx, now_us, me, customer_id,
        {"part": "agreement", "part_id": agreement_id, "fields": said},
    )  # fmt: skip
    return agreement_id


_EDITABLE: Final = ("package", "region", "tier", "phase", "starts", "ends", "visits", "fair_use")


#: What is counted, and what it is called.
_COUNTS: Final = {"visits": "Visits bought", "fair_use": "The limit of fair use"}


def values_of(tx: Tx, agreement_id: int) -> dict[str, Any]:
    """What can be changed of an agreement, as it is."""
    columns = ", ".join((*_EDITABLE, "snapshot", "zone"))
    row = tx.one(f"SELECT {columns} FROM agreement WHERE id = :id", id=agreement_id)
    assert row is not None, "the caller has found it"
    return dict(row._mapping)


def changed_values(
    tx: Tx,
    desk: Desk,
    held: AgreementView,
    before: Mapping[str, Any],
    changes: Mapping[str, Any],
) -> dict[str, Any]:
    """The columns that `changes` make different. Raises `Refused` for what cannot be."""
    wanted = {{"start": "starts", "end": "ends"}.get(name, name): v for name, v in changes.items()}
    snapshot = before["snapshot"]
    if wanted.pop("policy", None) == "newest":
        snapshot = desk.policies.taken_in(tx, held.policy).hash
    for name in wanted:
        if name not in _EDITABLE:
            raise Refused(f"An agreement has no “{name}” to change; it has {', '.join(_EDITABLE)}.")
    policy = desk.shelf.policy(tx, snapshot)
    after = dict(before) | wanted | {"snapshot": snapshot}
    packages = {key: entry.name for key, entry in policy.packages.items()}
    after["package"] = _chosen(after["package"], "package", packages) or policy.default_package
    regions = {key: entry.name for key, entry in policy.regions.items()}
    after["region"] = _chosen(after["region"], "region", regions) or policy.default_region
    after["tier"] = _chosen(after["tier"], "tier", policy.tiers)
    phases = {entry.id: entry.name for entry in policy.phases}
    after["phase"] = _chosen(after["phase"], "phase", phases) or ""
    after["starts"] = iso_date(after["starts"], "start") or before["starts"]
    after["ends"] = iso_date(after["ends"], "end")
    if after["ends"] is not None and after["ends"] < after["starts"]:
        raise Refused(
            f"The agreement would end on {after['ends']}, before it starts on {after['starts']}."
        )
    for name, words in _COUNTS.items():
        if after[name] is not None and after[name] < 0:
            raise Refused(f"{words} cannot be fewer than none.")
    after["zone"] = zone_of(policy, after["region"])
    return {name: value for name, value in after.items() if value != before[name]}


def write_values(tx: Tx, agreement_id: int, values: Mapping[str, Any]) -> None:
    """Write changed columns of an agreement."""
    columns = ", ".join(f"{name} = :{name}" for name in values)
    tx.run(f"UPDATE agreement SET {columns} WHERE id = :id", id=agreement_id, **values)


def zone_of(policy: Policy, region: str | None) -> str:
    """The zone visits and local dates are promised in: the onsite calendar's, else the desk's."""
    calendar = (
        policy.calendar_id("onsite", region)
        or policy.calendar_id("desk", region)
        or next(iter(policy.calendars))
    )
    return policy.calendars[calendar].tz


def _chosen(value: str | None, what: str, known: Mapping[str, str]) -> str | None:
    if value and not known:
        raise Refused(f"The policy has no {what}s; leave it out.")
    return one_of({what: value}, what, known, what)


def iso_date(text: str | None, what: str) -> str | None:
    """A local date in ISO form. Raises `Refused` for anything else."""
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused(f"{what}: “{clean(text)}” is no date such as 2026-09-01.") from None


def agreement_view(row: Row[Any], labels: Labels) -> AgreementView:
    """A row as it is handed upwards."""
    return AgreementView(
        id=row.id,
        policy=row.policy,
        policy_name=labels.policy_name,
        package=row.package,
        package_name=labels.packages.get(row.package or "", row.package),
        region=row.region,
        tier=row.tier,
        phase=row.phase,
        start=row.starts,
        end=row.ends,
        visits=row.visits,
        zone=row.zone,
        fair_use=row.fair_use,
    )


def by_customer(tx: Tx) -> dict[int, AgreementView]:
    """Every customer's newest agreement."""
    labels: dict[str, Labels] = {}
    found: dict[int, AgreementView] = {}
    for row in tx.rows(f"SELECT {_COLUMNS} FROM agreement a WHERE a.active ORDER BY a.id"):
        if row.snapshot not in labels:
            labels[row.snapshot] = load_labels(tx, row.snapshot)
        found[row.customer_id] = agreement_view(row, labels[row.snapshot])
    return found


def of_customer(tx: Tx, customer_id: int) -> tuple[AgreementView, ...]:
    """A customer's agreements, newest first."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM agreement a WHERE a.customer_id = :id AND a.active"
        " ORDER BY a.id DESC",
        id=customer_id,
    )
    return tuple(agreement_view(row, load_labels(tx, row.snapshot)) for row in rows)


def load_agreement(tx: Tx, agreement_id: int) -> AgreementView:
    """One agreement. Raises `NotFound`."""
    row = tx.one(f"SELECT {_COLUMNS} FROM agreement a WHERE a.id = :id", id=agreement_id)
    if row is None:
        raise NotFound(f"There is no agreement {agreement_id}.")
    return agreement_view(row, load_labels(tx, row.snapshot))


def variations_of(tx: Tx, held: Sequence[AgreementView]) -> tuple[VariationView, ...]:
    """The dated changes that count for these agreements, in the order they were entered."""
    seen: dict[int, VariationView] = {}
    withdrawn: dict[int, int] = {}
    for agreement in held:
        for row in tx.rows(
            "SELECT f.id, f.kind, f.policy, f.agreement_id, f.data, f.reason, f.entered_us,"
            " g.name AS agent FROM time_fact f LEFT JOIN agent g ON g.id = f.agent_id"
            " WHERE f.policy = :policy OR f.agreement_id = :agreement ORDER BY f.id",
            policy=agreement.policy,
            agreement=agreement.id,
        ):
            data = json.loads(row.data)
            if row.kind == "withdrawn":
                withdrawn[data["fact"]] = row.entered_us
                continue
            seen[row.id] = VariationView(
                row.id, row.kind, row.policy, row.agreement_id, data, clean(row.reason),
                row.entered_us, None if row.agent is None else clean(row.agent),
            )  # fmt: skip
    return tuple(
        replace(view, withdrawn_us=withdrawn.get(number)) for number, view in sorted(seen.items())
    )

