"""Which value of a triage axis is worse, whatever order a policy's file lists them in."""

from __future__ import annotations

from typing import Literal

from deskterm.policy.document import Policy


def by_severity(policy: Policy, axis: Literal["impact", "urgency"]) -> list[str]:
    """The ids of an axis, the one whose grid cells have the highest priorities first."""
    rank = {level.id: place for place, level in enumerate(policy.priorities)}
    place = 0 if axis == "impact" else 1
    values = policy.triage.impact if axis == "impact" else policy.triage.urgency

    def severity(value: str) -> int:
        return sum(
            rank[priority] for cell, priority in policy.triage.grid.items() if cell[place] == value
        )

    return sorted((value.id for value in values), key=severity)
