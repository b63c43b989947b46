"""Opening hours, regions and holidays of a policy, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deskterm.policy.describing.sections import Section, TextTable, listed, sentence, table
from deskterm.policy.document import CalendarRule, Policy
from deskterm.policy.holidays import ResolvedHolidays
from deskterm.policy.vocabulary import WEEKDAYS

_EFFECTS = {"closed": "closed", "limited": "limited cover"}


def hours_text(weekly: Mapping[str, tuple[tuple[str, str], ...]]) -> str:
    """Weekly hours as a person says them: ``Mon-Fri 08:00-16:30, Sat 09:00-12:00``."""
    parts: list[str] = []
    for days, spans in _runs(weekly):
        first, last = days[0].capitalize(), days[-1].capitalize()
        name = first if len(days) == 1 else f"{first}-{last}"
        times = listed(
            f"{start}-{end}" + (" (next day)" if end <= start else "") for start, end in spans
        )
        parts.append(f"{name} {times}")
    return "; ".join(parts)


def describe_hours(policy: Policy, resolved: ResolvedHolidays | None) -> Section:
    """When the desk and the engineers are there, region by region."""
    calendars = table(
        ("Calendar", "Hours", "Zone", "Public holidays", "Clause"),
        (
            (
                rule.name if rule.name == rule.id else f"{rule.name} ({rule.id})",
                hours_text(rule.weekly),
                rule.tz,
                _holiday_rules(rule),
                rule.clause,
            )
            for rule in policy.calendars.values()
        ),
    )
    regions = table(
        ("Region", "Id", "Calendars"),
        (
            (
                region.name,
                region.id + (" (default)" if region.id == policy.default_region else ""),
                listed(f"{role}: {name}" for role, name in region.calendars.items()),
            )
            for region in policy.regions.values()
        ),
        "Regions",
    )
    lines = sentence("Closed too", f"{policy.shutdown} (dates entered by the desk each year)")
    tables = [calendars]
    if regions.rows:
        tables.append(regions)
    if resolved is not None:
        tables.append(_holidays(policy, resolved))
    return Section("Hours", lines if policy.shutdown else (), tuple(tables))


def _runs(
    weekly: Mapping[str, tuple[tuple[str, str], ...]],
) -> Iterator[tuple[list[str], tuple[tuple[str, str], ...]]]:
    days: list[str] = []
    for day in WEEKDAYS:
        if days and weekly.get(day) != weekly[days[-1]]:
            yield days, weekly[days[0]]
            days = []
        if day in weekly:
            days.append(day)
    if days:
        yield days, weekly[days[0]]


def _holiday_rules(rule: CalendarRule) -> str:
    parts: list[str] = []
    for effect, words in _EFFECTS.items():
        places = [
            entry.country if entry.subdivision is None else f"{entry.country}-{entry.subdivision}"
            for entry in rule.holidays
            if entry.effect == effect
        ]
        if places:
            parts.append(f"{words}: {listed(places)}")
    return "; ".join(parts) or "none"


def _holidays(policy: Policy, resolved: ResolvedHolidays) -> TextTable:
    entries: dict[tuple[str, str, str], list[str]] = {}
    for effect, by_calendar in (("closed", resolved.closed), ("limited", resolved.limited)):
        for calendar, days in by_calendar.items():
            for day, name in days.items():
                entries.setdefault((day, name, _EFFECTS[effect]), []).append(calendar)
    every = len(policy.calendars)
    rows = (
        (day, name, effect, "all" if len(calendars) == every else listed(calendars))
        for (day, name, effect), calendars in sorted(entries.items())
    )
    years = f"{resolved.first_year}-{resolved.last_year}"
    return table(("Date", "Holiday", "Effect", "Calendars"), rows, f"Public holidays {years}")
