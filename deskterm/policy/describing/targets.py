"""The promises of a policy: a table of priority and clock, and how each is measured."""

from __future__ import annotations

from dataclasses import replace

from deskterm.policy.describing.sections import Section, TextTable, listed, table
from deskterm.policy.document import Amount, Policy, Target, When

_PLACES = {
    "desk": "desk hours",
    "onsite": "onsite hours",
    "elapsed": "day and night",
    "visits": "engineer time on site",
}


def amount_text(amount: Amount | None) -> str:
    """An allowance without the word working, which the description says once for all."""
    if amount is None:
        return "-"
    if amount.kind == "none":
        return "none"
    if amount.kind == "elapsed":
        return f"{amount.words} elapsed"
    return amount.words.replace("working ", "")


def describe_targets(policy: Policy) -> Section:
    """What is promised to whom, in which time."""
    share = f"{policy.warning_share:.0%}"
    return Section(
        "Promises",
        (
            "Hours and days are working time unless they say elapsed.",
            f"A clock is at risk from {share} of its allowance on.",
        ),
        (_allowances(policy), _measures(policy)),
    )


def _allowances(policy: Policy) -> TextTable:
    columns: list[tuple[str, list[str]]] = []
    for clock in policy.clock_names():
        rows = [target for target in policy.targets if target.clock == clock]
        for audience in _audiences(rows):
            fitting = [_first(rows, audience, level.id) for level in policy.priorities]
            if any(fitting):
                name = next(target.name for target in reversed(fitting) if target is not None)
                words = when_text(policy, audience)
                columns.append(
                    (
                        f"{name} ({words})" if words else name,
                        [
                            amount_text(target.amount(level.id)) if target else "-"
                            for target, level in zip(fitting, policy.priorities, strict=True)
                        ],
                    )
                )
    return table(
        ("Priority", *(heading for heading, _ in columns)),
        (
            (level.name, *(cells[position] for _, cells in columns))
            for position, level in enumerate(policy.priorities)
        ),
        keep=1 + len(columns),
    )


def _measures(policy: Policy) -> TextTable:
    return table(
        ("Clock", "For", "From", "Stopped by", "Counted in", "Ended by", "Goal", "Clause"),
        (
            (
                target.clock,
                when_text(policy, target.when) or "all",
                _event(target.start),
                listed(_event(event) for event in target.stop),
                _counted_in(target),
                listed(_event(event) for event in target.exempt_on),
                "" if target.goal is None else f"{target.goal:.0%}",
                target.clause,
            )
            for target in policy.targets
        ),
        "How each is measured (the first row that fits a ticket counts)",
    )


def when_text(policy: Policy, when: When) -> str:
    """For which tickets: ``emergency callout``, ``Scheduled Support``; empty for all."""
    parts = [
        *(policy.packages[name].name for name in when.package),
        *when.channel,
        *(policy.types[name].name for name in when.type),
        *(policy.tiers[name] for name in when.tier),
        *(policy.priority_name(name) for name in when.priority),
    ]
    if when.emergency_callout is not None:
        parts.append("emergency callout" if when.emergency_callout else "no emergency callout")
    return listed(parts)


def _audiences(rows: list[Target]) -> list[When]:
    """Who a clock's rows tell apart, beside the priority; everyone else last."""
    found = [replace(target.when, priority=()) for target in rows]
    ordered = list(dict.fromkeys(found))
    everyone = When()
    return [audience for audience in ordered if audience != everyone] + [everyone]


def _first(rows: list[Target], audience: When, priority: str) -> Target | None:
    for target in rows:
        when = target.when
        if when.priority and priority not in when.priority:
            continue
        others = replace(when, priority=())
        if others in (When(), audience):
            return target
    return None


def _counted_in(target: Target) -> str:
    if all(amount.kind == "none" for amount in target.amounts.values()):
        return ""
    return _PLACES.get(target.calendar, target.calendar)


def _event(event: str) -> str:
    return event.replace("_", " ")
