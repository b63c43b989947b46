"""Visit events as the plain data a journal stores, and back.

Payloads hold numbers and text only, so that they read the same in JSON on any database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from deskterm.visits.errors import VisitRefused
from deskterm.visits.events import EVENT_TYPES, VisitEvent
from deskterm.visits.interval import Interval

_BY_KIND = {kind.kind: kind for kind in EVENT_TYPES}
_COMMON = ("id", "at_us", "agent")

#: Journal kinds that are visit events.
VISIT_KINDS = tuple(_BY_KIND)


def to_payload(event: VisitEvent) -> dict[str, Any]:
    """What the event says beyond its id, time and agent; what is at its default is left out."""
    data: dict[str, Any] = {}
    for each in fields(event):
        if each.name in _COMMON:
            continue
        value = getattr(event, each.name)
        if each.default is not MISSING and value == each.default:
            continue
        if isinstance(value, Interval):
            data["from_us"], data["to_us"] = value.start_us, value.end_us
        else:
            data[each.name] = value
    return data


def from_payload(
    kind: str, data: Mapping[str, Any], *, event_id: int, at_us: int, agent: str = ""
) -> VisitEvent:
    """The event a journal entry stands for.

    Raises `VisitRefused` for a kind that is none of visits' and for a payload that does not fit it.
    """
    found = _BY_KIND.get(kind)
    if found is None:
        raise VisitRefused("unreadable", f"“{kind}” is no visit event.")
    rest = dict(data)
    try:
        if "from_us" in rest:
            rest["interval"] = Interval(rest.pop("from_us"), rest.pop("to_us"))
        return found(id=event_id, at_us=at_us, agent=agent, **rest)
    except (TypeError, ValueError, KeyError) as fault:
        raise VisitRefused(
            "unreadable", f"Journal entry {event_id} ({kind}) cannot be read: {fault}."
        ) from fault
