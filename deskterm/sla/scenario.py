"""Runs worked examples: a scenario line in, the same object with its clocks out.

The format is described in `policies/README.md`. A desk manager who writes a policy tests it with
examples in the same way as the shipped ones are tested.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from deskterm.policy.document import Policy
from deskterm.policy.holidays import ResolvedHolidays
from deskterm.sla.clocks import Clock, evaluate
from deskterm.sla.errors import ScenarioError, TermsError
from deskterm.sla.facts import TimeFact
from deskterm.sla.promises import TargetVariation
from deskterm.sla.scenario_reader import Scenario, read_instant, read_scenario
from deskterm.sla.terms import DESK, Terms
from deskterm.worktime import CalendarError, WorktimeError, from_us

LoadPolicy = Callable[[str], tuple[Policy, ResolvedHolidays | None]]
"""A policy by its id, with its holidays; raises `ScenarioError` where there is none."""

_MICROSECONDS = 1_000_000


def run(line: Mapping[str, Any], load_policy: LoadPolicy) -> dict[str, Any]:
    """`line` with ``clocks`` added: every clock of the policy as it stands at its ``now``.

    Raises `ScenarioError`.
    """
    scenario = read_scenario(line, lambda policy_id: load_policy(policy_id)[0])
    try:
        return {**line, "clocks": tell(clocks_of(scenario, load_policy))}
    except WorktimeError as error:
        raise ScenarioError(str(error)) from error


def terms_of(scenario: Scenario, load_policy: LoadPolicy) -> Terms:
    """The terms a scenario is played under. Raises `ScenarioError`."""
    agreement = scenario.agreement
    policy, holidays = load_policy(scenario.policy)
    try:
        terms = Terms(
            policy,
            holidays,
            package=agreement.package,
            region=agreement.region,
            facts=[entry for entry in agreement.variations if isinstance(entry, TimeFact)],
            target_variations=[
                entry for entry in agreement.variations if isinstance(entry, TargetVariation)
            ],
        )
        terms.calendar(DESK, scenario.now_us)
    except TermsError as error:
        raise ScenarioError(f"agreement: {error}") from error
    except CalendarError as error:
        raise ScenarioError(f"agreement: {error}.") from error
    return terms


def clocks_of(scenario: Scenario, load_policy: LoadPolicy) -> tuple[Clock, ...]:
    """The clocks of a scenario at its now. Raises `ScenarioError`."""
    return evaluate(
        terms_of(scenario, load_policy),
        scenario.ticket,
        scenario.events,
        scenario.onsite,
        scenario.now_us,
    )


def tell(clocks: tuple[Clock, ...]) -> dict[str, dict[str, Any]]:
    """Clocks as a scenario tells them: times in their calendar's zone, durations in seconds."""
    return {clock.name: _tell(clock) for clock in clocks}


def _tell(clock: Clock) -> dict[str, Any]:
    told: dict[str, Any] = {"state": clock.state, "due": _iso(clock.due_us, clock.zone)}
    known = clock.due_us is not None or clock.state == "paused"
    if clock.state in ("running", "paused") and known:
        told["remaining_seconds"] = _seconds(clock.remaining_us)
    if clock.late_from_us is not None:
        told["late_from"] = _iso(clock.late_from_us, clock.zone)
    if clock.missing_us is not None:
        told["missing_seconds"] = _seconds(clock.missing_us)
    return told


def compare(
    expect: Mapping[str, Mapping[str, Any]], clocks: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """What differs between the clocks expected and those told, one sentence each.

    Only what `expect` names is compared; times are compared as instants.
    """
    differences: list[str] = []
    for name, wanted in expect.items():
        found = clocks.get(name)
        if found is None:
            differences.append(f"{name}: there is no such clock")
            continue
        for key, value in wanted.items():
            given = found.get(key)
            if not _same(key, value, given):
                differences.append(f"{name}.{key}: expected {_shown(value)}, got {_shown(given)}")
    return differences


def _same(key: str, wanted: object, found: object) -> bool:
    if key in ("due", "late_from") and wanted is not None and found is not None:
        return read_instant(wanted, key) == read_instant(found, key)
    return wanted == found


def _shown(value: object) -> str:
    return "nothing" if value is None else str(value)


def _iso(us: int | None, zone: str | None) -> str | None:
    if us is None or zone is None:
        return None
    at: datetime = from_us(us, ZoneInfo(zone))
    return at.isoformat()


def _seconds(us: int | None) -> int | float | None:
    if us is None:
        return None
    whole, rest = divmod(us, _MICROSECONDS)
    return whole if rest == 0 else us / _MICROSECONDS
