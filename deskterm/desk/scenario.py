"""A ticket as one line of a scenario file: what ``deskterm simulate`` reads and computes again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from deskterm.desk.events import clean_data
from deskterm.desk.instants import from_us
from deskterm.desk.journal import JournalEvent
from deskterm.desk.rewriting import Loaded
from deskterm.desk.store.base import Tx
from deskterm.desk.ticket_state import opening, ticket_facts
from deskterm.sla.facts import OnsiteSpan, TimeFact
from deskterm.sla.promises import TargetVariation
from deskterm.sla.terms import Terms

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk


def scenario_line(tx: Tx, desk: Desk, ticket: Loaded) -> dict[str, Any]:
    """The keys ``policy``, ``agreement``, ``ticket``, ``onsite``, ``events`` and ``now``."""
    terms = desk.rewriter.terms(tx, ticket)
    zone = ZoneInfo(terms.calendar("desk", ticket.state.opened_us).tz)
    opened = opening(ticket.history)
    facts = ticket_facts(opened)
    now_us = max(desk.now_us(), max(event.at_us for event in ticket.history))
    said: dict[str, Any] = {
        "opened": _iso(facts.opened_us, zone),
        "type": facts.type,
        "priority": facts.priority,
        "impact": facts.impact,
        "urgency": facts.urgency,
        "channel": facts.channel,
        "tier": facts.tier,
        "emergency_callout": facts.emergency_callout or None,
    }
    line: dict[str, Any] = {
        "policy": ticket.state.opened["policy"],
        "agreement": _agreement(terms, facts.opened_us, zone),
        "ticket": {name: value for name, value in said.items() if value is not None},
        "events": [_event(event, zone) for event in ticket.history if event.kind != "opened"],
        "now": _iso(now_us, zone),
    }
    onsite = [_span(span, zone) for span in desk.rewriter.spans(tx, ticket)]
    return {**line, "onsite": onsite} if onsite else line


def _iso(us: int, zone: ZoneInfo) -> str:
    return from_us(us).astimezone(zone).isoformat()


def _event(event: JournalEvent, zone: ZoneInfo) -> dict[str, Any]:
    data = {
        name.removesuffix("_us"): _told(name, value, zone)
        for name, value in event.data.items()
        if name not in ("at", "event", "id")
    }
    if str(data.get("field", "")).endswith("_us"):
        data |= {name: _told(data["field"], data.get(name), zone) for name in ("old", "new")}
        data["field"] = data["field"].removesuffix("_us")
    return {
        "id": event.id,
        "at": _iso(event.at_us, zone),
        "event": event.kind,
        **clean_data(data),
    }


def _told(name: str, value: Any, zone: ZoneInfo) -> Any:
    """An instant as every other one is told; all else as it is."""
    return _iso(value, zone) if name.endswith("_us") and isinstance(value, int) else value


def _span(span: Any, zone: ZoneInfo) -> Any:
    known = span if isinstance(span, OnsiteSpan) else OnsiteSpan(*span)
    stretch = [_iso(known.from_us, zone), _iso(known.to_us, zone)]
    if known == OnsiteSpan(known.from_us, known.to_us):
        return stretch
    said = {"from": stretch[0], "to": stretch[1], "entered": _iso(known.entered_us, zone)}
    if known.removed_us is not None:
        said["removed"] = _iso(known.removed_us, zone)
    return said


def _agreement(terms: Terms, opened_us: int, zone: ZoneInfo) -> dict[str, Any]:
    """Package, region and variations; what was settled before the opening in the short form."""
    said: dict[str, Any] = {"package": terms.package, "region": terms.region}
    shutdowns: list[list[str]] = []
    extra: list[list[str]] = []
    varied: list[dict[str, Any]] = []
    entries: Sequence[TimeFact | TargetVariation] = (*terms.facts, *terms.variations)
    for entry in entries:
        settled = entry.entered_us <= opened_us and entry.withdrawn_us is None
        if isinstance(entry, TargetVariation):
            varied.append(_target(entry, zone) | _known(entry, zone))
        elif settled and entry.kind == "shutdown":
            named = [entry.data["name"]] if entry.data.get("name") else []
            shutdowns.append([entry.data["first"], entry.data["last"], *named])
        elif settled and entry.kind == "extra":
            extra.append([entry.data["date"], entry.data["from"], entry.data["to"]])
        else:
            varied.append({"kind": entry.kind, **entry.data} | _known(entry, zone))
    said |= {"shutdowns": shutdowns, "extra_hours": extra, "variations": varied}
    return {name: value for name, value in said.items() if value}


def _known(entry: TimeFact | TargetVariation, zone: ZoneInfo) -> dict[str, str]:
    said = {"entered": _iso(entry.entered_us, zone)}
    if entry.withdrawn_us is not None:
        said["withdrawn"] = _iso(entry.withdrawn_us, zone)
    return said


def _target(entry: TargetVariation, zone: ZoneInfo) -> dict[str, Any]:
    said: dict[str, Any] = {
        "kind": "target",
        "clock": entry.clock,
        "from": from_us(entry.from_us).astimezone(zone).date().isoformat(),
        "amounts": {priority: amount.words for priority, amount in entry.amounts.items()},
    }
    return {**said, "clause": entry.clause} if entry.clause else said
