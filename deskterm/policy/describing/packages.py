"""Packages with their slots and cover, checklists and recurring checks, in words."""

from __future__ import annotations

from collections.abc import Iterator

from deskterm.policy.describing.sections import Section, listed, table
from deskterm.policy.document import Checklist, Package, Policy

_ONSITE = {
    "slots": "visits in slots",
    "slots+free": "visits in slots and at free times",
    "free": "visits at any free time",
    "resident": "full-time staff",
    "none": "none",
}
_CALLOUT = {
    "scheduled_visit": "uses up one scheduled visit",
    "on_demand_visit": "counts as an on-demand visit",
    "nothing": "uses up nothing",
    "not_offered": "not offered",
}
_COVER = {"yes": "yes", "limited": "limited", "quote": "on quote", "no": "no"}


def describe_packages(policy: Policy) -> Iterator[Section]:
    """One section for each package."""
    for package in policy.packages.values():
        slots = table(
            ("Slot", "From", "To"),
            ((slot.name, slot.start, slot.end) for slot in package.slots),
            "Slots",
        )
        cover = table(
            ("What", "Covered", "How far", "Clause"),
            ((line.area, _COVER[line.cover], line.text, line.clause) for line in package.cover),
            "Cover",
        )
        default = " (default)" if package.id == policy.default_package else ""
        yield Section(
            f"Package: {package.name} [{package.id}]{default}",
            tuple(_package_lines(policy, package)),
            tuple(part for part in (slots, cover) if part.rows),
        )


def describe_care(policy: Policy) -> Section:
    """Checklists of visits and recurring checks."""
    checklists = tuple(
        table(("To tick off",), ((item,) for item in checklist.items), _checklist_title(checklist))
        for checklist in policy.checklists.values()
    )
    checks = table(
        ("Check", "Every", "Alert", "Fault reported by", "Answered by", "Clause"),
        (
            (
                check.name,
                check.every,
                check.alert,
                check.reported_by,
                check.responsible,
                check.clause,
            )
            for check in policy.checks
        ),
        "Recurring checks",
    )
    return Section("Upkeep", (), tuple(part for part in (*checklists, checks) if part.rows))


def _package_lines(policy: Policy, package: Package) -> Iterator[str]:
    if package.channels:
        yield f"Ways to ask: {listed(package.channels)}"
    if not package.desk_access:
        yield "No direct access to the desk."
    onsite = _ONSITE[package.onsite]
    if package.window_weeks is not None:
        onsite += f", all within {package.window_weeks} weeks"
    yield f"On site: {onsite}"
    if package.series:
        term = " in term" if package.in_term else ""
        typical = " or ".join(str(number) for number in package.typical_visits)
        yield f"Series: {' or '.join(package.series)}{term}" + (
            f", typically {typical} visits a year" if typical else ""
        )
    callout = _CALLOUT[package.callout]
    if package.callout_priorities:
        names = listed(policy.priority_name(level) for level in package.callout_priorities)
        callout += f" (only at {names})"
    yield f"Emergency callout: {callout}"
    if package.fair_use:
        yield f"Fair use: counted per school year, from {policy.school_year_starts}"
    if package.in_lieu:
        yield "Visits prevented from outside are replaced by as much remote support."
    if package.checklists:
        yield f"Checklists: {listed(policy.checklists[name].name for name in package.checklists)}"


def _checklist_title(checklist: Checklist) -> str:
    title = f"Checklist: {checklist.name}"
    if checklist.every is not None:
        title += f", every {checklist.every}"
    return title + (", with a condition for each unit" if checklist.per_unit else "")
