"""Dated changes to hours and targets: entered, never edited, taken back by a further entry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from deskterm.desk import journal, recompute
from deskterm.desk.agreements import load_agreement, variations_of
from deskterm.desk.customer_model import VariationView
from deskterm.desk.customer_rows import log_customer
from deskterm.desk.errors import NotFound, Refused
from deskterm.desk.journal import NewEvent
from deskterm.desk.model import Agent, AgreementView
from deskterm.desk.policy_door import snapshot_of
from deskterm.desk.shelf import WITHDRAWN, TermsOf
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean
from deskterm.sla.variations import TARGET, read_variation

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk


def add_to_agreement(
    desk: Desk, agreement_id: int, kind: str, data: Mapping[str, Any], reason: str
) -> VariationView:
    """Enter a change to one agreement; its open tickets are noted for recomputing."""
    with desk.store.write() as tx:
        me = desk.require(tx, "supervisor", doing="enter variations")
        agreement = load_agreement(tx, agreement_id)
        fact = _write(tx, desk, me, kind, data, reason, agreement=agreement)
        owner = tx.value("SELECT customer_id FROM agreement WHERE id = :id", id=agreement_id)
        log_customer(
            tx, desk.now_us(), me, owner,
            {
                "part": "variation",
                "part_id": fact,
                "fields": {kind: [None, dict(data)]},
                "reason": clean(reason),
            },
        )  # fmt: skip
        recompute.note(tx, desk.now_us(), agreement_id=agreement_id, targets=kind == TARGET)
        return _view(tx, fact, (agreement,))


def add_to_policy(
    desk: Desk, policy_id: str, kind: str, data: Mapping[str, Any], reason: str
) -> VariationView:
    """Enter a change for every agreement under a policy, such as a year's shutdown."""
    with desk.store.write() as tx:
        me = desk.require(tx, "supervisor", doing="enter closures")
        snapshot_of(tx, policy_id)
        fact = _write(tx, desk, me, kind, data, reason, policy=policy_id)
        said = {"variation": fact, "policy": policy_id, "fields": {kind: [None, dict(data)]}}
        event = NewEvent("policy", fact, desk.now_us(), "edited", said, me.id)
        journal.append(tx, [event], recorded_us=desk.now_us())
        recompute.note(tx, desk.now_us(), policy=policy_id, targets=kind == TARGET)
        return _policy_view(tx, fact)


def withdraw(desk: Desk, fact_id: int, reason: str) -> None:
    """Take a change back that was entered by mistake; verdicts given under it stay."""
    with desk.store.write() as tx:
        me = desk.require(tx, "supervisor", doing="take variations back")
        row = tx.one("SELECT policy, agreement_id, kind FROM time_fact WHERE id = :id", id=fact_id)
        if row is None or row.kind == WITHDRAWN:
            raise NotFound(f"There is no variation {fact_id}.")
        taken_back = [
            json.loads(other.data)["fact"]
            for other in tx.rows("SELECT data FROM time_fact WHERE kind = :k", k=WITHDRAWN)
        ]
        if fact_id in taken_back:
            raise Refused("It has been taken back already.")
        if not clean(reason):
            raise Refused("Taking a variation back needs a reason.")
        _insert(
            tx, desk.now_us(), me, WITHDRAWN, {"fact": fact_id}, reason,
            row.policy, row.agreement_id,
        )  # fmt: skip
        said = {"variation": fact_id, "fields": {row.kind: ["in force", "taken back"]}}
        event = NewEvent("policy", fact_id, desk.now_us(), "edited", said, me.id)
        journal.append(tx, [event], recorded_us=desk.now_us())
        recompute.note(
            tx,
            desk.now_us(),
            policy=row.policy,
            agreement_id=row.agreement_id,
            targets=row.kind == TARGET,
        )


def policy_variations(tx: Tx, policy_id: str) -> tuple[VariationView, ...]:
    """The changes entered for every agreement under a policy."""
    rows = tx.rows(
        "SELECT id FROM time_fact WHERE policy = :policy AND kind <> :k ORDER BY id",
        policy=policy_id,
        k=WITHDRAWN,
    )
    return tuple(_policy_view(tx, row.id) for row in rows)


def _write(
    tx: Tx,
    desk: Desk,
    me: Agent,
    kind: str,
    data: Mapping[str, Any],
    reason: str,
    *,
    policy: str | None = None,
    agreement: AgreementView | None = None,
) -> int:
    """Write a fact down once the terms with it have been made: what cannot be read is refused."""
    policy_id = policy if agreement is None else agreement.policy
    assert policy_id is not None, "a change is to an agreement or to a policy"
    snapshot = snapshot_of(tx, policy_id).hash
    if agreement is None:
        of = TermsOf(snapshot, policy_id, None, None, None)
    else:
        of = TermsOf(snapshot, policy_id, agreement.id, agreement.package, agreement.region)
    try:
        _check_dates(data)
        read_variation(kind, data, "UTC")
        fact = _insert(tx, desk.now_us(), me, kind, data, reason, policy, of.agreement_id)
        terms = desk.shelf.terms(tx, of)
        for role in ("desk", "onsite"):
            if terms.policy.calendar_id(role, terms.region) is not None:
                terms.calendar(role, desk.now_us())
    except ValueError as error:
        # Said by the floors that read it, as a sentence for whoever typed it.
        raise Refused(str(error)) from error
    return fact


def _check_dates(data: Mapping[str, Any]) -> None:
    """Refuse dates that cannot be read, and a last day before the first."""
    read: dict[str, date] = {}
    for key in ("date", "first", "last"):
        text = data.get(key)
        if not isinstance(text, str):
            continue
        try:
            read[key] = date.fromisoformat(text)
        except ValueError:
            raise Refused(
                f"“{clean(text)}” is no date I can read; write it like 2026-12-24."
            ) from None
    if "first" in read and "last" in read and read["last"] < read["first"]:
        raise Refused(
            f"The last day, {read['last']}, is before the first, {read['first']}; swap them or "
            f"correct one."
        )


def _insert(
    tx: Tx,
    now_us: int,
    me: Agent,
    kind: str,
    data: Mapping[str, Any],
    reason: str,
    policy: str | None,
    agreement_id: int | None,
) -> int:
    return int(
        tx.value(
            "INSERT INTO time_fact (policy, agreement_id, kind, data, reason, agent_id, entered_us)"
            " VALUES (:policy, :agreement, :kind, :data, :reason, :agent, :now) RETURNING id",
            policy=policy,
            agreement=agreement_id,
            kind=kind,
            data=journal.encode(data),
            reason=str(clean(reason)),
            agent=me.id,
            now=now_us,
        )
    )


def _view(tx: Tx, fact: int, held: tuple[AgreementView, ...]) -> VariationView:
    return next(view for view in variations_of(tx, held) if view.id == fact)


def _policy_view(tx: Tx, fact: int) -> VariationView:
    row = tx.one(
        "SELECT f.kind, f.policy, f.data, f.reason, f.entered_us, g.name AS agent"
        " FROM time_fact f LEFT JOIN agent g ON g.id = f.agent_id WHERE f.id = :id",
        id=fact,
    )
    assert row is not None, "it has just been found"
    taken_back = [
        other.entered_us
        for other in tx.rows(
            "SELECT data, entered_us FROM time_fact WHERE kind = :k AND policy = :policy",
            k=WITHDRAWN,
            policy=row.policy,
        )
        if json.loads(other.data)["fact"] == fact
    ]
    return VariationView(
        fact, row.kind, row.policy, None, json.loads(row.data), clean(row.reason), row.entered_us,
        None if row.agent is None else clean(row.agent), taken_back[0] if taken_back else None,
    )  # fmt: skip
