"""Priorities, the grid as printed, types and classes of a policy, in words."""

from __future__ import annotations

from deskterm.policy.describing.sections import Section, listed, table
from deskterm.policy.document import Policy, RequestClass
from deskterm.policy.vocabulary import INTAKE_FIELDS, QUEUE_KEYS


def describe_priorities(policy: Policy) -> Section:
    """The levels, highest first, and how one is found."""
    triage = policy.triage
    levels = table(
        ("Priority", "Id", "Meaning", "Code fix goes into"),
        (
            (level.name, level.id, level.definition, policy.releases.get(level.id, ""))
            for level in policy.priorities
        ),
        keep=2,
    )
    lines: list[str] = []
    if triage.reason_for:
        names = listed(policy.priority_name(level) for level in triage.reason_for)
        lines.append(f"Changing to or from these asks for a reason: {names}")
    order = ", then ".join(QUEUE_KEYS[key] for key in policy.queue_order)
    if policy.affected_for:
        names = listed(policy.priority_name(level) for level in policy.affected_for)
        order += f" (users affected: {names} only)"
    lines.append(f"Order of work: {order}")
    return Section("Priorities", tuple(lines), (levels,))


def describe_grid(policy: Policy) -> Section:
    """The grid with its rows and columns as the agreement prints them."""
    triage = policy.triage
    if triage.kind == "list":
        return Section("Triage", ("The priority is chosen from the list above; there is no grid.",))
    by_impact = triage.rows == "impact"
    rows, columns = (
        (triage.impact, triage.urgency) if by_impact else (triage.urgency, triage.impact)
    )
    corner = "impact / urgency" if by_impact else "urgency / impact"
    grid = table(
        (corner, *(column.name for column in columns)),
        (
            (
                row.name,
                *(
                    policy.priority_name(
                        triage.grid[(row.id, column.id) if by_impact else (column.id, row.id)]
                    )
                    for column in columns
                ),
            )
            for row in rows
        ),
        keep=1 + len(columns),
    )
    axes = tuple(
        table((axis, "Id", "Meaning"), ((v.name, v.id, v.help) for v in values), keep=2)
        for axis, values in (("Impact", triage.impact), ("Urgency", triage.urgency))
    )
    clause = (f"Clause: {triage.clause}",) if triage.clause else ()
    return Section("Triage", clause, (grid, *axes))


def describe_requests(policy: Policy) -> Section:
    """Ticket types, classes of requests and what a new ticket is asked for."""
    types = table(
        ("Type", "Id", "Priority", "What it is"),
        (
            (kind.name, kind.id, _priority(policy, kind.priority), kind.help)
            for kind in policy.types.values()
        ),
        keep=2,
    )
    classes = table(
        ("Class", "Type", "Priority", "Quote from", "Note"),
        (
            (
                "  " * _depth(policy, entry) + entry.name,
                policy.types[entry.type].name if entry.type else "",
                _priority(policy, entry.priority),
                entry.quote or "",
                entry.note,
            )
            for entry in policy.classes
        ),
        "Classes of requests",
    )
    tiers = table(
        ("Tier", "Id", "Channels"),
        (
            (name, tier, listed(policy.tier_channels.get(tier, ())) or "all")
            for tier, name in policy.tiers.items()
        ),
        "Tiers",
    )
    lines: list[str] = []
    if policy.channels:
        lines.append(f"Ways to ask: {listed(policy.channels)}")
    if policy.required:
        lines.append(f"Asked for: {listed(INTAKE_FIELDS[field] for field in policy.required)}")
    if policy.sender_domain_only:
        lines.append("Mail from outside the customer's own domain waits for a person.")
    if policy.callback_channels:
        lines.append(f"A time to call back can be agreed by: {listed(policy.callback_channels)}")
    tables = tuple(part for part in (types, classes, tiers) if part.rows)
    return Section("Requests", tuple(lines), tables)


def _priority(policy: Policy, priority: str | None) -> str:
    return policy.priority_name(priority) if priority is not None else ""


def _depth(policy: Policy, entry: RequestClass) -> int:
    depth = 0
    parent = entry.parent
    while parent is not None:
        depth += 1
        above = policy.request_class(parent)
        parent = above.parent if above is not None else None
    return depth
