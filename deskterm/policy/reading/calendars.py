"""Reads ``[calendars.*]`` and ``[regions.*]``: hours, zones, public holidays."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from deskterm.policy.document import CalendarRule, HolidayRule, Region, frozen_map
from deskterm.policy.findings import Findings, Path
from deskterm.policy.hours import read_hours
from deskterm.policy.reading.names import Names
from deskterm.policy.reading.table import Table, check_id, check_name

#: Calendars every policy has without defining them, see `Target.calendar`.
OWN_CALENDARS = ("elapsed", "visits")

ROLES = ("desk", "onsite")

_ZONE = re.compile(r"(?!posix/|right/)[A-Za-z][A-Za-z0-9_+-]{0,40}(/[A-Za-z0-9_+-]{1,40}){0,2}")
_ZONES_THAT_ARE_FILES = ("localtime", "posixrules", "Factory", "leapseconds")
_HOLIDAYS = re.compile(r"([A-Z]{2,3})(?:-([A-Z0-9]{1,4}))?")


def read_calendars(root: Table, names: Names) -> dict[str, CalendarRule]:
    """Calendars by id, in the file's order."""
    findings = root.findings
    calendars: dict[str, CalendarRule] = {}
    if "calendars" not in root:
        findings.missing(root.at("calendars"), "[calendars.desk] with its zone and hours")
    for name, table in root.named("calendars"):
        if name in OWN_CALENDARS:
            findings.add(table.path, name, f"another id: {name} has a meaning of its own")
        calendars[name] = CalendarRule(
            id=name,
            name=table.text("name", name),
            tz=_read_zone(table),
            weekly=frozen_map(read_hours(table.raw("hours"), table.at("hours"), findings)),
            holidays=_read_holidays(table.table("holidays")),
            clause=table.text("clause", ""),
        )
        table.done()
    if not names.regions and "desk" not in names.calendars and names.calendars:
        findings.missing(
            root.at("calendars", "desk"),
            "a calendar with the id desk, or regions that say which calendar is the desk's",
        )
    return calendars


def read_regions(root: Table, names: Names) -> dict[str, Region]:
    """Regions by id, in the file's order; each has to say which calendar is its desk's."""
    regions: dict[str, Region] = {}
    for name, table in root.named("regions"):
        calendars = table.table("calendars")
        roles: dict[str, str] = {}
        for role in calendars.data:
            check_id(role, calendars.at(role), root.findings)
            known = calendars.reference(role, names.calendars, "calendar")
            roles[role] = known or ""
        if "desk" not in roles:
            root.findings.missing(calendars.at("desk"), "the id of this region's desk calendar")
        regions[name] = Region(name, table.text("name", name), frozen_map(roles))
        table.done()
    return regions


def check_zone(zone: str, path: Path, findings: Findings) -> None:
    """Note `zone` unless it is a name of the time zone database."""
    if _ZONE.fullmatch(zone) and zone not in _ZONES_THAT_ARE_FILES:
        try:
            ZoneInfo(zone)
            return
        except (KeyError, OSError, ValueError):
            # No such zone, the name of a folder of zones, or a file that holds none.
            pass
    expected = 'a time zone by its city, such as "Europe/London"'
    nearest = _zones_by_city().get(zone.lower())
    findings.add(path, zone, expected, known=_zones() if "/" in zone else (), nearest=nearest)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(zone for zone in available_timezones() if "/" in zone)


@lru_cache(maxsize=1)
def _zones_by_city() -> dict[str, str]:
    """The shortest zone by each way it can end: ``london`` and ``knox`` as ``indiana/knox``."""
    by_city: dict[str, str] = {}
    for zone in sorted(_zones(), key=lambda name: (len(name), name)):
        parts = zone.lower().split("/")
        for first in range(1, len(parts)):
            by_city.setdefault("/".join(parts[first:]), zone)
    return by_city


def _read_zone(table: Table) -> str:
    if "tz" not in table:
        table.raw("tz")
        table.findings.missing(table.at("tz"), 'a time zone such as "Europe/London"')
        return ""
    zone = table.optional_text("tz") or ""
    if zone:
        check_zone(zone, table.at("tz"), table.findings)
    return zone


def _read_holidays(table: Table) -> tuple[HolidayRule, ...]:
    rules: list[HolidayRule] = []
    effects: tuple[Literal["closed", "limited"], ...] = ("closed", "limited")
    for effect in effects:
        for position, text in enumerate(table.texts(effect)):
            match = _HOLIDAYS.fullmatch(text)
            if match is None:
                table.findings.add(
                    table.at(effect, position),
                    text,
                    'a country or one of its parts by code, such as "US" or "GB-ENG"',
                )
            else:
                rules.append(HolidayRule(match[1], match[2], effect))
    table.done()
    return tuple(rules)


def check_calendar(name: str, names: Names, path: Path, findings: Findings) -> None:
    """Note `name` unless a target may be measured in it."""
    known = tuple(dict.fromkeys((*names.roles, *names.calendars, *OWN_CALENDARS)))
    check_name(name, known, "calendar or role", path, findings)
    if name == "visits" and "onsite" not in (*names.roles, *names.calendars):
        findings.says(path, '"visits" without onsite hours', "a calendar with the id onsite")
