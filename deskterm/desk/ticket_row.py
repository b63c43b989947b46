"""The columns of a ticket's row, made from its state and its clocks; nothing else writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from deskterm.desk.clockcache import CachedClock
from deskterm.desk.store.base import Tx
from deskterm.desk.store.words import searchable
from deskterm.desk.ticket_state import TicketState
from deskterm.policy.document import Policy

#: Sorts behind every due time, so that an order by what breaks next needs no NULLs.
NEVER_US: Final = 2**62
#: Rank of a ticket nobody has triaged: before the highest priority, it may be anything.
UNTRIAGED: Final = -1

COLUMNS: Final = (
    "number", "reference", "source", "version", "live", "status", "subject", "type",
    "request_class", "priority", "priority_rank", "impact", "urgency", "affected", "channel",
    "tier", "emergency_callout", "policy", "snapshot", "agreement_id", "package", "region",
    "customer_id", "customer_name", "contact_id", "site_id", "agent_id", "agent_name",
    "opened_us", "updated_us", "resolved_us", "closed_us", "hold_reason", "awaiting", "chase_us",
    "merged_into", "next_clock", "next_due_us", "breaks_us", "late_from_us", "at_risk_us",
    "escalate_us", "policy_order",
)  # fmt: skip

INSERT: Final = (
    f"INSERT INTO ticket ({', '.join(COLUMNS)}) VALUES ({', '.join(f':{c}' for c in COLUMNS)})"
)
UPDATE: Final = (
    f"UPDATE ticket SET {', '.join(f'{c} = :{c}' for c in COLUMNS[1:])} WHERE number = :number"
)
CLOCK_COLUMNS: Final = ("number", *CachedClock._fields)
INSERT_CLOCK: Final = (
    f"INSERT INTO clock ({', '.join(CLOCK_COLUMNS)})"
    f" VALUES ({', '.join(f':{c}' for c in CLOCK_COLUMNS)})"
)
UPDATE_CLOCK: Final = (
    f"UPDATE clock SET {', '.join(f'{c} = :{c}' for c in CachedClock._fields[1:])}"
    " WHERE number = :number AND name = :name"
)


def ticket_values(
    number: int,
    version: int,
    state: TicketState,
    policy: Policy,
    clocks: Sequence[CachedClock],
    *,
    customer_name: str,
    agent_name: str | None,
) -> dict[str, Any]:
    """Every column of the row for a ticket in this state with these clocks."""
    opened = state.opened
    due = next_due(clocks, untriaged_since_us(state.status, state.priority, state.opened_us))
    values: dict[str, Any] = {
        "number": number,
        "reference": state.reference,
        "source": opened.get("source"),
        "version": version,
        "live": int(state.live),
        "status": state.status,
        "subject": state.subject,
        "type": state.type,
        "request_class": state.request_class,
        "priority": state.priority,
        "priority_rank": priority_rank(policy, state.priority),
        "impact": state.impact,
        "urgency": state.urgency,
        "affected": state.affected,
        "channel": state.channel,
        "tier": opened.get("tier"),
        "emergency_callout": bool(opened.get("emergency_callout")),
        "policy": opened["policy"],
        "snapshot": opened["snapshot"],
        "agreement_id": opened.get("agreement_id"),
        "package": opened.get("package"),
        "region": opened.get("region"),
        "customer_id": opened["customer_id"],
        "customer_name": customer_name,
        "contact_id": state.contact_id,
        "site_id": state.site_id,
        "agent_id": state.agent_id,
        "agent_name": agent_name,
        "opened_us": state.opened_us,
        "updated_us": state.updated_us,
        "resolved_us": state.resolved_us,
        "closed_us": state.closed_us,
        "hold_reason": state.hold_reason,
        "awaiting": state.awaiting,
        "chase_us": state.chase_us,
        "merged_into": state.merged_into,
        **due,
    }
    values["policy_order"] = policy_order(policy, values)
    return values


def untriaged_since_us(status: str, priority: str | None, opened_us: int) -> int | None:
    """Since when somebody has had to say how urgent a ticket is; None: nobody has to."""
    return opened_us if priority is None and status in ("new", "open") else None


def next_due(clocks: Sequence[CachedClock], untriaged_us: int | None) -> dict[str, Any]:
    """The columns that tell what of a ticket breaks next, from its running clocks.

    Where nothing runs because nobody has triaged it yet, it has been waiting for that since it
    came in: until then it stands behind what was due before that and before all that is due later.
    """
    next_clock = next_due_us = late_from_us = at_risk_us = escalate_us = None
    for clock in clocks:
        if clock.phase != "running":
            continue
        if clock.due_us is not None and (next_due_us is None or clock.due_us < next_due_us):
            next_clock, next_due_us = clock.name, clock.due_us
        late_from_us = _earlier(late_from_us, clock.late_from_us)
        at_risk_us = _earlier(at_risk_us, clock.at_risk_us)
        escalate_us = _earlier(escalate_us, clock.escalate_us)
    return {
        "next_clock": next_clock,
        "next_due_us": next_due_us,
        "breaks_us": next(
            (each for each in (next_due_us, untriaged_us) if each is not None), NEVER_US
        ),
        "late_from_us": late_from_us,
        "at_risk_us": at_risk_us,
        "escalate_us": escalate_us,
    }


def _earlier(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return one if other is None else other
    return min(one, other)


def priority_rank(policy: Policy, priority: str | None) -> int:
    """Place in the policy's list, 0 the highest; `UNTRIAGED` where there is no priority yet."""
    return next(
        (place for place, level in enumerate(policy.priorities) if level.id == priority),
        UNTRIAGED,
    )


def policy_order(policy: Policy, values: dict[str, Any]) -> str:
    """A text that sorts as the policy's queue order says, whatever policies lie side by side."""
    counted = not policy.affected_for or values["priority"] in policy.affected_for
    affected = values["affected"] if counted and values["affected"] else 0
    parts = {
        "priority": f"{values['priority_rank'] + 1:02}",
        "affected": f"{max(0, 9_999_999 - affected):07}",
        "due": f"{values['breaks_us']:019}",
        "opened": f"{max(0, values['opened_us']):017}",
    }
    return "-".join(parts[key] for key in policy.queue_order)


def insert_ticket(
    tx: Tx, values: dict[str, Any], clocks: Sequence[CachedClock], words: str
) -> None:
    """Write a new ticket's row, its clocks and its searchable text."""
    tx.run(INSERT, **values)
    number = values["number"]
    tx.many(INSERT_CLOCK, [clock_values(number, clock) for clock in clocks])
    tx.run(
        "INSERT INTO ticket_text (number, live, words) VALUES (:number, :live, :words)",
        number=number,
        live=values["live"],
        words=words,
    )


def update_ticket(
    tx: Tx, values: dict[str, Any], clocks: Sequence[CachedClock], words: str
) -> None:
    """Bring a ticket's row, clocks and searchable text up to date."""
    tx.run(UPDATE, **values)
    tx.many(UPDATE_CLOCK, [clock_values(values["number"], clock) for clock in clocks])
    tx.run(
        "UPDATE ticket_text SET live = :live, words = :words"
        " WHERE number = :number AND (live <> :live OR words <> :words)",
        number=values["number"],
        live=values["live"],
        words=words,
    )


def clock_values(number: int, clock: CachedClock) -> dict[str, Any]:
    """The columns of one clock's row."""
    return {"number": number, **clock._asdict()}


def words_of(state: TicketState, customer_name: str, said: Sequence[str]) -> str:
    """What search finds a ticket by: its words, what was said about it, and whose it is."""
    return searchable(
        " ".join(
            (
                state.subject, state.body, state.reference or "", customer_name,
                *state.fields.values(), *said,
            )
        )
    )  # fmt: skip
