"""What an invented request is like: how it came in, and how bad it is said to be."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from deskterm.desk.demo.complaints import Complaint
from deskterm.desk.demo.promises import Promised
from deskterm.policy.document import Policy


def channel(rng: Random, policy: Policy, package: str | None, tier: str | None) -> str | None:
    """A way in that this package and tier have bought."""
    channels = policy.channels
    if package is not None and policy.packages[package].channels:
        channels = policy.packages[package].channels
    if tier is not None and tier in policy.tier_channels:
        channels = policy.tier_channels[tier]
    if not channels:
        return None
    # The first ones a policy names are the usual ones.
    return channels[int(rng.random() ** 1.5 * len(channels))]


def level(
    rng: Random, promised: Promised, complaint: Complaint, ticket_type: str
) -> dict[str, Any]:
    """Impact, urgency and priority that suit a complaint, with a little disagreement."""
    policy = promised.policy
    fixed = policy.fixed_priority(ticket_type)
    if fixed is not None:
        return {"priority": fixed}
    if policy.triage.kind == "grid":
        impact = _nth(promised.impact, complaint.wide, rng)
        urgency = _nth(promised.urgency, complaint.bad, rng)
        priority = policy.triage.grid[impact, urgency]
        return {"impact": impact, "urgency": urgency, "priority": priority}
    levels = [level.id for level in policy.priorities]
    return {"priority": _nth(levels, (complaint.wide + complaint.bad) / 2, rng)}


def _nth(worst_first: Sequence[str], share: float, rng: Random) -> str:
    blurred = min(1.0, max(0.0, share + (rng.random() - 0.5) * 0.3))
    return worst_first[min(int((1 - blurred) * len(worst_first)), len(worst_first) - 1)]
