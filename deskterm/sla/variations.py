"""Agreed variations as they are written down: plain data in, facts or changed targets out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from deskterm.policy.document import Amount
from deskterm.policy.durations import UnreadableDuration, read_duration
from deskterm.sla.errors import VariationError, nearest
from deskterm.sla.facts import ALWAYS_US, TimeFact, TimeFactKind
from deskterm.sla.promises import TargetVariation
from deskterm.worktime import to_us

Variation = TimeFact | TargetVariation

TARGET: Final = "target"

#: What each kind of fact about time needs and may have.
_NEEDED: Final[Mapping[TimeFactKind, tuple[str, ...]]] = {
    "shutdown": ("first", "last"),
    "extra": ("date", "from", "to"),
    "weekly_extra": ("day", "from", "to", "first"),
    "break": ("from", "to"),
}
_OPTIONAL: Final[Mapping[TimeFactKind, tuple[str, ...]]] = {
    "shutdown": ("name",),
    "extra": (),
    "weekly_extra": ("last",),
    "break": (),
}
VARIATION_KINDS: Final = (*_NEEDED, TARGET)


def read_variation(
    kind: object,
    data: Mapping[str, Any],
    zone: str,
    entered_us: int = ALWAYS_US,
    withdrawn_us: int | None = None,
) -> Variation:
    """The variation of a kind that `data` describes; `zone` is the desk's.

    Facts about time are described at `facts.TimeFact`; their dates and times are read when a
    calendar is varied by them. A ``target`` has ``clock``, ``from`` (the date from which opened
    tickets count), ``amounts`` (priority, or ``*``, to a duration in words) and optionally
    ``clause``. Raises `VariationError`.
    """
    for fact in _NEEDED:
        if kind == fact:
            _check_keys(data, _NEEDED[fact], _OPTIONAL[fact])
            return TimeFact(fact, dict(data), entered_us, withdrawn_us)
    if kind != TARGET:
        raise VariationError(f"{kind!r} is no variation{nearest(kind, VARIATION_KINDS)}")
    _check_keys(data, ("clock", "from", "amounts"), ("clause",))
    return TargetVariation(
        clock=data["clock"],
        from_us=_midnight(data["from"], zone),
        amounts=_amounts(data["amounts"]),
        entered_us=entered_us,
        withdrawn_us=withdrawn_us,
        clause=data.get("clause") or "",
    )


def _check_keys(
    data: Mapping[str, Any], needed: tuple[str, ...], optional: tuple[str, ...]
) -> None:
    for key in needed:
        if data.get(key) is None:
            raise VariationError(f"{key!r} is missing.")
    for key, value in data.items():
        if key not in (*needed, *optional):
            raise VariationError(f"{key!r} is no key here{nearest(key, (*needed, *optional))}")
        if value is not None and key != "amounts" and not isinstance(value, str):
            raise VariationError(f"{key}: {value!r} is no text.")


def _midnight(value: str, zone: str) -> int:
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise VariationError(f"from: {value!r} is no date such as '2026-11-20'.") from error
    return to_us(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)))


def _amounts(value: object) -> dict[str, Amount]:
    if not isinstance(value, Mapping) or not value:
        raise VariationError(
            f"amounts: {value!r} is no object such as {{'high': '2 working hours'}}."
        )
    amounts: dict[str, Amount] = {}
    for priority, words in value.items():
        try:
            amounts[str(priority)] = read_duration(str(words))
        except UnreadableDuration as error:
            raise VariationError(
                f"amounts.{priority}: {words!r} is no duration; expected {error.expected}."
            ) from error
    return amounts
