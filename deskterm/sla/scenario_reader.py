"""Reads one worked example of the clocks (`policies/README.md` has the format), strictly.

What cannot be read is refused with its key path, what was found and what is expected: an example
that is silently half understood proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, get_args

from deskterm.policy.document import CHANNELS, CLOCK_EVENTS, TICKET_TYPES, Policy
from deskterm.sla.clocks import State
from deskterm.sla.errors import ScenarioError, VariationError, nearest
from deskterm.sla.facts import ALWAYS_US, Event, OnsiteSpan, TicketFacts, TimeFact
from deskterm.sla.timeline import SILENT, TRIAGING, UNDONE, VOIDING
from deskterm.sla.variations import Variation, read_variation
from deskterm.worktime import NaiveDatetime, to_us

#: Keys of a line; others pass through as they are, unless they look like one of these misspelt.
LINE_KEYS: Final = ("policy", "agreement", "ticket", "onsite", "events", "now", "expect")
AGREEMENT_KEYS: Final = ("package", "region", "shutdowns", "extra_hours", "variations")
TICKET_KEYS: Final = TicketFacts._fields
EXPECT_KEYS: Final = ("state", "due", "remaining_seconds", "late_from", "missing_seconds")
EVENT_KINDS: Final = (*CLOCK_EVENTS, UNDONE, *sorted(VOIDING))
STATES: Final[tuple[str, ...]] = get_args(State)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a customer bought and when it was varied."""

    package: str | None = None
    region: str | None = None
    variations: tuple[Variation, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One worked example: a ticket's life under an agreement, and the clocks it should have."""

    policy: str
    agreement: Agreement
    ticket: TicketFacts
    onsite: tuple[OnsiteSpan, ...]
    events: tuple[Event, ...]
    now_us: int
    expect: Mapping[str, Mapping[str, Any]]


def read_scenario(line: object, load: Callable[[str], Policy]) -> Scenario:
    """The example in `line`, a JSON object; `load` gives a policy by its id.

    Raises `ScenarioError`.
    """
    table = _table(line, "the line")
    for key in table:
        if key not in LINE_KEYS and _misspelt(key):
            raise ScenarioError(f"{key!r} is no key of a scenario{nearest(key, LINE_KEYS)}")
    policy = load(_text(table, "policy", ""))
    agreement = _table(table.get("agreement") or {}, "agreement")
    return Scenario(
        policy=policy.id,
        agreement=_agreement(agreement, policy),
        ticket=_ticket(_table(_needed(table, "ticket", ""), "ticket"), policy),
        onsite=tuple(
            _onsite(entry, f"onsite[{place}]")
            for place, entry in enumerate(_list(table.get("onsite") or [], "onsite"))
        ),
        events=_events(_list(table.get("events") or [], "events"), policy),
        now_us=read_instant(_needed(table, "now", ""), "now"),
        expect=_expect(_table(table.get("expect") or {}, "expect"), policy),
    )


def read_instant(value: object, path: str) -> int:
    """Microseconds since the epoch of an ISO 8601 time with its offset."""
    try:
        if isinstance(value, str):
            return to_us(datetime.fromisoformat(value))
    except NaiveDatetime as error:
        raise ScenarioError(
            f"{path}: {value!r} does not say its offset; write it as in 2026-11-20T16:00+00:00."
        ) from error
    except ValueError:
        pass  # Said below, as for anything else that is no time.
    raise ScenarioError(f"{path}: {value!r} is no time such as '2026-11-20T16:00+00:00'.")


def _ticket(table: Mapping[str, Any], policy: Policy) -> TicketFacts:
    keys = tuple(key.removesuffix("_us") for key in TICKET_KEYS)
    _only(table, keys, "ticket")
    callout = table.get("emergency_callout", False)
    if not isinstance(callout, bool):
        raise ScenarioError(f"ticket.emergency_callout: {callout!r} is neither true nor false.")
    return TicketFacts(
        opened_us=read_instant(_needed(table, "opened", "ticket"), "ticket.opened"),
        type=_choice(table, "type", "ticket", TICKET_TYPES) or "incident",
        channel=_choice(table, "channel", "ticket", CHANNELS),
        tier=_choice(table, "tier", "ticket", tuple(policy.tiers)),
        emergency_callout=callout,
        **_triage(table, "ticket", policy),
    )


def _triage(table: Mapping[str, Any], path: str, policy: Policy) -> dict[str, str | None]:
    return {
        "priority": _choice(table, "priority", path, [level.id for level in policy.priorities]),
        "impact": _choice(table, "impact", path, [row.id for row in policy.triage.impact]),
        "urgency": _choice(table, "urgency", path, [row.id for row in policy.triage.urgency]),
    }


def _agreement(table: Mapping[str, Any], policy: Policy) -> Agreement:
    _only(table, AGREEMENT_KEYS, "agreement")
    package = _choice(table, "package", "agreement", tuple(policy.packages))
    region = _choice(table, "region", "agreement", tuple(policy.regions))
    desk = policy.calendar_id("desk", region)
    zone = policy.calendars[desk].tz if desk is not None else "UTC"
    variations: list[Variation] = []
    for place, entry in enumerate(_list(table.get("shutdowns") or [], "agreement.shutdowns")):
        path = f"agreement.shutdowns[{place}]"
        parts = _texts(entry, path, "[first, last]", 2, 3)
        data = dict(zip(("first", "last", "name"), parts, strict=False))
        variations.append(TimeFact("shutdown", data))
    for place, entry in enumerate(_list(table.get("extra_hours") or [], "agreement.extra_hours")):
        path = f"agreement.extra_hours[{place}]"
        parts = _texts(entry, path, "[date, from, to]", 3, 3)
        data = dict(zip(("date", "from", "to"), parts, strict=True))
        variations.append(TimeFact("extra", data))
    for place, entry in enumerate(_list(table.get("variations") or [], "agreement.variations")):
        path = f"agreement.variations[{place}]"
        given = _table(entry, path)
        entered_us = ALWAYS_US
        if given.get("entered") is not None:
            entered_us = read_instant(given["entered"], f"{path}.entered")
        withdrawn_us = None
        if given.get("withdrawn") is not None:
            withdrawn_us = read_instant(given["withdrawn"], f"{path}.withdrawn")
        data = {
            key: value
            for key, value in given.items()
            if key not in ("kind", "entered", "withdrawn")
        }
        try:
            variation = read_variation(given.get("kind"), data, zone, entered_us, withdrawn_us)
        except VariationError as error:
            raise ScenarioError(f"{path}: {error}") from error
        variations.append(variation)
    return Agreement(package, region, tuple(variations))


def _onsite(entry: object, path: str) -> OnsiteSpan:
    if isinstance(entry, Mapping):
        _only(entry, ("from", "to", "entered", "removed"), path)
        entered, removed = entry.get("entered"), entry.get("removed")
        begins, ends = _needed(entry, "from", path), _needed(entry, "to", path)
    else:
        begins, ends = _texts(entry, path, "[from, to]", 2, 2)
        entered = removed = None
    span = OnsiteSpan(
        read_instant(begins, f"{path}[0]"),
        read_instant(ends, f"{path}[1]"),
        ALWAYS_US if entered is None else read_instant(entered, f"{path}.entered"),
        None if removed is None else read_instant(removed, f"{path}.removed"),
    )
    if span.to_us <= span.from_us:
        raise ScenarioError(f"{path}: ends at or before it begins.")
    return span


def _events(entries: Sequence[object], policy: Policy) -> tuple[Event, ...]:
    events: list[Event] = []
    for place, entry in enumerate(entries, 1):
        path = f"event {place}"
        table = _table(entry, path)
        kind = _text(table, "event", path)
        if kind not in EVENT_KINDS and kind not in SILENT:
            raise ScenarioError(f"{path}: {kind!r} is no event{nearest(kind, EVENT_KINDS)}")
        if kind in TRIAGING:
            _triage(table, path, policy)
            _choice(table, "type", path, TICKET_TYPES)
        at_us = read_instant(_needed(table, "at", path), f"{path}.at")
        data = {key: value for key, value in table.items() if key not in ("at", "event", "id")}
        events.append(Event(at_us, kind, data, table.get("id")))
    _check_undone(events)
    return tuple(events)


def _check_undone(events: Sequence[Event]) -> None:
    by_id = any(event.id is not None for event in events)
    names = [event.id if by_id else place for place, event in enumerate(events, 1)]
    for place, event in enumerate(events, 1):
        if event.kind == UNDONE and event.data.get("undoes") not in names:
            what = "the id of an event" if by_id else "the place of an event, from 1"
            raise ScenarioError(
                f"event {place}: undoes {event.data.get('undoes')!r}, expected {what}."
            )


def _expect(table: Mapping[str, Any], policy: Policy) -> dict[str, Mapping[str, Any]]:
    names = policy.clock_names()
    for name, clock in table.items():
        if name not in names:
            raise ScenarioError(
                f"expect: {name!r} is no clock of the policy {policy.id!r}{nearest(name, names)}"
            )
        wanted = _table(clock, f"expect.{name}")
        _only(wanted, EXPECT_KEYS, f"expect.{name}")
        _choice(wanted, "state", f"expect.{name}", STATES)
        for key in ("due", "late_from"):
            if wanted.get(key) is not None:
                read_instant(wanted[key], f"expect.{name}.{key}")
        for key in ("remaining_seconds", "missing_seconds"):
            seconds = wanted.get(key, 0)
            if isinstance(seconds, bool) or not isinstance(seconds, int | float):
                raise ScenarioError(f"expect.{name}.{key}: {seconds!r} is no number.")
    return dict(table)


def _misspelt(key: str) -> bool:
    close = nearest(key, LINE_KEYS)
    # A plural or a missing letter; further off it is a key of somebody's own.
    return "did you mean" in close and any(
        abs(len(key) - len(known)) <= 1 and (key in known or known in key) for known in LINE_KEYS
    )


def _only(table: Mapping[str, Any], known: Sequence[str], path: str) -> None:
    for key in table:
        if key not in known:
            raise ScenarioError(f"{path}: {key!r} is no key here{nearest(key, known)}")


def _needed(table: Mapping[str, Any], key: str, path: str) -> Any:
    if table.get(key) is None:
        where = f"{path}.{key}" if path else key
        raise ScenarioError(f"{where} is missing.")
    return table[key]


def _text(table: Mapping[str, Any], key: str, path: str) -> str:
    value = _needed(table, key, path)
    if not isinstance(value, str):
        raise ScenarioError(f"{f'{path}.' if path else ''}{key}: {value!r} is no text.")
    return value


def _choice(table: Mapping[str, Any], key: str, path: str, known: Sequence[str]) -> str | None:
    value = table.get(key)
    if value is None or value in known:
        return value
    raise ScenarioError(f"{path}.{key}: {value!r} is unknown{nearest(value, known)}")


def _texts(entry: object, path: str, shape: str, least: int, most: int) -> list[str]:
    parts = _list(entry, path)
    if not least <= len(parts) <= most or not all(isinstance(part, str) for part in parts):
        raise ScenarioError(f"{path}: {entry!r} is not {shape}.")
    return [str(part) for part in parts]


def _list(value: object, path: str) -> Sequence[Any]:
    if isinstance(value, list | tuple):
        return value
    raise ScenarioError(f"{path}: {value!r} is no list.")


def _table(value: object, path: str) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    raise ScenarioError(f"{path}: {value!r} is no object.")
