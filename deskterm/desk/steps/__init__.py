"""Every step an agent can take on a ticket, in the order help shows them.

Commands, console actions, the roles table and help come from `STEPS`; no list of steps is written
down twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from deskterm.desk.steps import answers, ends, holds, people, records, triage
from deskterm.desk.steps.base import Case, Plan, Planned, Step

__all__ = ["STEPS", "Case", "Plan", "Planned", "Step"]

STEPS: Final[Mapping[str, Step]] = MappingProxyType(
    {
        step.id: step
        for step in (
            people.ASSIGN,
            triage.TRIAGE,
            answers.ACKNOWLEDGE,
            answers.RESPOND,
            answers.UPDATE,
            answers.WORKAROUND,
            answers.PLAN,
            answers.NOTE,
            holds.HOLD,
            holds.RESUME,
            people.ESCALATE,
            answers.CODE_FIX,
            ends.RESOLVE,
            ends.REOPEN,
            ends.CLOSE,
            records.LINK,
            ends.MERGE,
            records.EDIT,
            records.UNDO,
            ends.VOID,
            records.REDACT,
        )
    }
)
