"""A policy as a person would read the agreement: sections with sentences and tables."""

from __future__ import annotations

from deskterm.policy.describing.hours import describe_hours
from deskterm.policy.describing.packages import describe_care, describe_packages
from deskterm.policy.describing.sections import Section, TextTable, sentence
from deskterm.policy.describing.service import (
    describe_duties,
    describe_escalation,
    describe_figures,
    describe_holds,
)
from deskterm.policy.describing.targets import describe_targets
from deskterm.policy.describing.triage import (
    describe_grid,
    describe_priorities,
    describe_requests,
)
from deskterm.policy.document import Policy
from deskterm.policy.holidays import ResolvedHolidays

__all__ = ["Section", "TextTable", "describe"]


def describe(policy: Policy, resolved: ResolvedHolidays | None = None) -> tuple[Section, ...]:
    """The agreement in the order a person asks for it; parts it does not have are left out.

    With `resolved` the public holidays are listed by date.
    """
    head = Section(
        f"{policy.name} [{policy.id}]",
        (
            *sentence("From", policy.source),
            *sentence("Version", policy.version),
            *((policy.summary,) if policy.summary else ()),
        ),
    )
    parts = (
        head,
        describe_hours(policy, resolved),
        describe_priorities(policy),
        describe_grid(policy),
        describe_targets(policy),
        describe_requests(policy),
        *describe_packages(policy),
        describe_care(policy),
        describe_holds(policy),
        describe_escalation(policy),
        describe_figures(policy),
        describe_duties(policy),
    )
    return tuple(part for part in parts if part)
