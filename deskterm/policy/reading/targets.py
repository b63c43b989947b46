"""Reads ``[[targets]]``: what is promised, for which tickets, and how much."""

from __future__ import annotations

from deskterm.policy.document import Amount, Target, When, frozen_map
from deskterm.policy.durations import EXAMPLES, UnreadableDuration, likely_durations, read_duration
from deskterm.policy.findings import Findings, Path
from deskterm.policy.reading.calendars import check_calendar
from deskterm.policy.reading.names import Names
from deskterm.policy.reading.table import Table, check_id, check_name
from deskterm.policy.vocabulary import CLOCK_EVENTS

_EVERY_PRIORITY = "*"


def read_targets(root: Table, names: Names) -> tuple[Target, ...]:
    """The target rows in the file's order, which is the order they are tried in."""
    tables = root.tables("targets")
    if not tables and not root.findings.under(root.at("targets")):
        root.findings.missing(root.at("targets"), "at least one [[targets]]")
    targets: list[Target] = []
    for table in tables:
        when = _read_when(table.table("when"), names)
        calendar = table.text("calendar", "desk")
        check_calendar(calendar, names, table.at("calendar"), root.findings)
        targets.append(
            Target(
                clock=_read_clock(table),
                name=table.text("name", str(table.data.get("clock", "")).replace("_", " ")),
                start=_read_event(table),
                stop=_read_stops(table),
                calendar=calendar,
                amounts=frozen_map(_read_amounts(table, when, calendar, names)),
                when=when,
                exempt_on=table.names("exempt_on", CLOCK_EVENTS, "event"),
                reopens=table.flag("reopens"),
                goal=table.number("goal", 0, 1),
                clause=table.text("clause", ""),
            )
        )
        table.done()
    return tuple(targets)


def read_amount(value: object, path: Path, findings: Findings) -> Amount:
    """One allowance in words, with the mistake noted where it cannot be read."""
    nothing = Amount("none", 0, "none")
    if not isinstance(value, str):
        findings.add(path, value, EXAMPLES)
        return nothing
    try:
        return read_duration(value)
    except UnreadableDuration as unreadable:
        known = likely_durations(value) if unreadable.expected == EXAMPLES else ()
        near = unreadable.nearest
        findings.add(path, value, unreadable.expected, known=known, nearest=near)
        return nothing


def _read_clock(table: Table) -> str:
    clock = table.raw("clock")
    if clock is None:
        table.findings.missing(table.at("clock"), "the id of the clock, such as first_response")
        return ""
    return check_id(clock, table.at("clock"), table.findings) or ""


def _read_event(table: Table) -> str:
    start = table.text("start", "opened")
    check_name(start, CLOCK_EVENTS, "event", table.at("start"), table.findings)
    return start


def _read_stops(table: Table) -> tuple[str, ...]:
    if "stop" not in table:
        table.raw("stop")
        table.findings.missing(table.at("stop"), 'the events that stop it, such as ["resolved"]')
        return ()
    stops = table.names("stop", CLOCK_EVENTS, "event")
    if not stops and not table.findings.under(table.at("stop")):
        table.findings.says(table.at("stop"), "an empty list", "at least one event that stops it")
    return stops


def _read_when(table: Table, names: Names) -> When:
    when = When(
        package=table.names("package", names.packages, "package"),
        channel=table.names("channel", names.channels, "channel"),
        type=table.names("type", names.types, "ticket type"),
        tier=table.names("tier", names.tiers, "tier"),
        priority=table.names("priority", names.priorities, "priority"),
        emergency_callout=table.flag("emergency_callout") if "emergency_callout" in table else None,
    )
    table.raw("emergency_callout")
    table.done()
    return when


def _read_amounts(table: Table, when: When, calendar: str, names: Names) -> dict[str, Amount]:
    findings = table.findings
    value = table.raw("amount")
    place = table.at("amount")
    if value is None:
        findings.missing(place, EXAMPLES)
        return {}
    if not isinstance(value, dict):
        amount = read_amount(value, place, findings)
        _check_unit(amount, calendar, place, findings)
        return {_EVERY_PRIORITY: amount}
    amounts: dict[str, Amount] = {}
    allowed = when.priority or names.priorities
    for priority, words in value.items():
        check_name(priority, allowed, "priority", (*place, priority), findings)
        amounts[priority] = read_amount(words, (*place, priority), findings)
        _check_unit(amounts[priority], calendar, (*place, priority), findings)
    left_out = [priority for priority in allowed if priority not in value]
    if left_out:
        findings.says(
            place,
            f"no amount for {', '.join(left_out[:8])}",
            'an amount for each priority, "none" where nothing is promised',
        )
    return amounts


def _check_unit(amount: Amount, calendar: str, path: Path, findings: Findings) -> None:
    if calendar == "elapsed" and amount.kind in ("worked", "days", "next_day"):
        findings.add(
            path, amount.words, 'elapsed time such as "72 hours", as the calendar is "elapsed"'
        )
    if calendar == "visits" and amount.kind in ("elapsed", "days", "next_day"):
        findings.add(
            path,
            amount.words,
            'engineer time such as "4 working hours", as the calendar is "visits"',
        )
