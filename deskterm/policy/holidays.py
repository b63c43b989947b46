"""Public holidays, resolved to dates once and then kept.

The `holidays` package knows the rules of the world's countries and changes with every release. A
desk must not: the dates it has promised by are resolved when a policy is taken in or a year is
added, and kept with the policy. Upgrading the package changes nothing by itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from deskterm.policy.document import CalendarRule, HolidayRule, Policy
from deskterm.policy.findings import Finding, Findings, PolicyError

FIRST_YEAR = 1980
LAST_YEAR = 2100

Days = Mapping[str, str]
"""ISO date to the holiday's name, in order of date."""


@dataclass(frozen=True, slots=True)
class ResolvedHolidays:
    """The holidays of each calendar of a policy, from `first_year` to `last_year` inclusive.

    On a ``closed`` date no hours begin; on a ``limited`` one the clock runs and the day is marked.
    Two of the same content are equal and have the same `content_hash`.
    """

    first_year: int
    last_year: int
    closed: Mapping[str, Days]
    limited: Mapping[str, Days]

    def __hash__(self) -> int:
        return hash((self.first_year, self.last_year, tuple(self.closed), tuple(self.limited)))

    def closed_on(self, calendar: str) -> Days:
        """Dates on which the calendar with this id is closed, with their names."""
        return self.closed.get(calendar, {})

    def limited_on(self, calendar: str) -> Days:
        """Dates on which the calendar with this id has limited cover, with their names."""
        return self.limited.get(calendar, {})

    def covers(self, year: int) -> bool:
        """Whether the holidays of this year are known."""
        return self.first_year <= year <= self.last_year

    @property
    def content_hash(self) -> str:
        """SHA-256 of the JSON form, in hexadecimal."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def to_json(self) -> str:
        """The same content always as the same ASCII text."""
        content = {
            "first_year": self.first_year,
            "last_year": self.last_year,
            "closed": {calendar: dict(days) for calendar, days in self.closed.items()},
            "limited": {calendar: dict(days) for calendar, days in self.limited.items()},
        }
        return json.dumps(content, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> ResolvedHolidays:
        """What `to_json` wrote; `ValueError` where it is something else."""
        try:
            content = json.loads(text)
            return cls(
                int(content["first_year"]),
                int(content["last_year"]),
                _frozen(content["closed"]),
                _frozen(content["limited"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("these are no resolved holidays: resolve them again") from error


def resolve_holidays(policy: Policy, first_year: int, last_year: int) -> ResolvedHolidays:
    """The holidays of every calendar of `policy`, by the `holidays` package as installed.

    Raises `PolicyError` for countries or subdivisions that the package does not know, and
    `ValueError` for years outside 1980 to 2100.
    """
    if not FIRST_YEAR <= first_year <= last_year <= LAST_YEAR:
        raise ValueError(f"holidays are known from {FIRST_YEAR} to {LAST_YEAR}")
    findings = unknown_holidays(policy, policy.id)
    if findings:
        raise PolicyError(findings)
    closed: dict[str, Days] = {}
    limited: dict[str, Days] = {}
    for calendar in policy.calendars.values():
        closed[calendar.id] = _days(calendar, "closed", first_year, last_year)
        limited[calendar.id] = _days(calendar, "limited", first_year, last_year)
    return ResolvedHolidays(first_year, last_year, _frozen(closed), _frozen(limited))


def extend_holidays(
    resolved: ResolvedHolidays, policy: Policy, first_year: int, last_year: int
) -> ResolvedHolidays:
    """`resolved` with the years it lacks; what it already knows stays as it is.

    Raises as `resolve_holidays` does.
    """
    fresh = resolve_holidays(
        policy, min(first_year, resolved.first_year), max(last_year, resolved.last_year)
    )
    return ResolvedHolidays(
        fresh.first_year,
        fresh.last_year,
        _frozen(_kept(resolved, resolved.closed, fresh.closed)),
        _frozen(_kept(resolved, resolved.limited, fresh.limited)),
    )


def unknown_holidays(policy: Policy, source: str) -> tuple[Finding, ...]:
    """Countries and subdivisions of `policy` whose holidays nobody here knows."""
    findings = Findings(source)
    for calendar in policy.calendars.values():
        for position, rule in enumerate(calendar.holidays):
            before = [entry.effect for entry in calendar.holidays[:position]]
            place = (
                "calendars", calendar.id, "holidays", rule.effect, before.count(rule.effect),
            )  # fmt: skip
            _check_rule(rule, place, findings)
    return tuple(finding for _, finding in findings.found)


def _check_rule(rule: HolidayRule, place: tuple[str | int, ...], findings: Findings) -> None:
    # Imported here because it costs more than reading a policy and most starts never need it.
    from holidays import country_holidays, list_supported_countries

    code = rule.country if rule.subdivision is None else f"{rule.country}-{rule.subdivision}"
    countries = list_supported_countries(include_aliases=True)
    if rule.country not in countries:
        findings.add(place, code, "a country with known holidays", known=tuple(countries))
        return
    try:
        country_holidays(rule.country, subdiv=rule.subdivision)
    except NotImplementedError:
        known = [f"{rule.country}-{part}" for part in countries[rule.country]]
        findings.add(place, code, f"a part of {rule.country} with known holidays", known=known)


def _days(calendar: CalendarRule, effect: str, first_year: int, last_year: int) -> Days:
    from holidays import country_holidays

    names: dict[str, list[str]] = {}
    for rule in calendar.holidays:
        if rule.effect != effect:
            continue
        years = range(first_year, last_year + 1)
        found = country_holidays(rule.country, subdiv=rule.subdivision, years=years)
        for day, name in found.items():
            if first_year <= day.year <= last_year:
                known = names.setdefault(day.isoformat(), [])
                if name not in known:
                    known.append(name)
    return {day: "; ".join(names[day]) for day in sorted(names)}


def _kept(
    old: ResolvedHolidays, known: Mapping[str, Days], fresh: Mapping[str, Days]
) -> dict[str, Days]:
    kept: dict[str, Days] = {}
    for calendar, days in fresh.items():
        if calendar not in known:
            kept[calendar] = days
            continue
        together = dict(known[calendar])
        together.update({day: days[day] for day in days if not old.covers(int(day[:4]))})
        kept[calendar] = dict(sorted(together.items()))
    return kept


def _frozen(days: Mapping[str, Any]) -> Mapping[str, Days]:
    return MappingProxyType(
        {
            str(calendar): MappingProxyType(
                {str(day): str(name) for day, name in sorted(named.items())}
            )
            for calendar, named in sorted(days.items())
        }
    )
