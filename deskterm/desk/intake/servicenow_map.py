"""What ServiceNow's words mean on this desk: columns, states, impact and urgency.

The mapping is a small TOML file. A default is made for the policy that the incidents come under;
``--show-map`` prints it and ``--map FILE`` changes any part of it.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from deskterm.desk.intake.csv_reading import nearest_name
from deskterm.desk.intake.severity import by_severity
from deskterm.policy.document import Policy
from deskterm.policy.vocabulary import CHANNELS, TICKET_TYPES

#: What a column holds, and the names ServiceNow gives it; the first one found counts.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "reference": ("number",),
        "state": ("incident_state", "state"),
        "updated": ("sys_updated_at", "sys_updated_on"),
        "opened": ("opened_at",),
        "reopened": ("reopen_count",),
        "impact": ("impact",),
        "urgency": ("urgency",),
        "priority": ("priority",),
        "channel": ("contact_type",),
        "subject": ("short_description",),
        "body": ("description",),
        "contact": ("caller_id",),
    }
)
REQUIRED: Final = ("reference", "state", "updated", "opened")

#: Kept with the ticket as they last stood, under the names the export gives them.
KEPT: Final = (
    "category", "subcategory", "u_symptom", "location", "cmdb_ci", "assignment_group",
    "assigned_to", "problem_id", "rfc", "vendor", "caused_by", "closed_code", "close_notes",
    "resolved_by",
)  # fmt: skip

_STATES: Final = {
    "New": "new",
    "Active": "open",
    "In Progress": "open",
    "Resolved": "resolved",
    "Closed": "closed",
}
_HOLDS: Final = {
    "Awaiting User Info": "awaiting_customer",
    "Awaiting Caller": "awaiting_customer",
    "Awaiting Evidence": "awaiting_customer",
    "Awaiting Vendor": "awaiting_third_party",
    "Awaiting Problem": "other",
    "Awaiting Change": "other",
    "On Hold": "other",
}
#: What every other state that begins like this is: a hold for another reason.
HOLD_PREFIX: Final = "awaiting"

_AXES: Final = ("1 - High", "2 - Medium", "3 - Low")
_PRIORITIES: Final = ("1 - Critical", "2 - High", "3 - Moderate", "4 - Low", "5 - Planning")
_CHANNELS: Final = {
    "Phone": "phone",
    "Email": "email",
    "Self-service": "portal",
    "Self service": "portal",
    "Chat": "chat",
    "Virtual Agent": "chat",
    "Walk-in": "onsite",
    "Web": "web",
}
_SECTIONS: Final = ("columns", "states", "holds", "impact", "urgency", "priority", "channels")
_STATUSES: Final = ("new", "open", "resolved", "closed")


class MapError(ValueError):
    """A mapping with mistakes; `findings` has a sentence for each."""

    def __init__(self, findings: Sequence[str]) -> None:
        super().__init__("; ".join(findings))
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class ServiceNowMap:
    """How an export is read. Every mapping goes from ServiceNow's word to the desk's.

    `priority` serves policies without a grid; where the policy has one, `impact` and `urgency`
    name its axes. Words are compared without regard to case.
    """

    columns: Mapping[str, tuple[str, ...]]
    states: Mapping[str, str]
    holds: Mapping[str, str]
    impact: Mapping[str, str] = field(default_factory=dict)
    urgency: Mapping[str, str] = field(default_factory=dict)
    priority: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    type: str = "incident"


def default_map(policy: Policy) -> ServiceNowMap:
    """The mapping that suits `policy`: equal names where its axes have them, else by severity."""
    impact, urgency, priority = {}, {}, {}
    if policy.triage.kind == "grid":
        impact = _three_on(by_severity(policy, "impact"))
        urgency = _three_on(by_severity(policy, "urgency"))
    else:
        levels = [level.id for level in policy.priorities]
        last = len(levels) - 1
        priority = {word: levels[min(i, last)] for i, word in enumerate(_PRIORITIES)}
    known = [reason.id for reason in policy.holds]
    holds = {word: reason if reason in known else "other" for word, reason in _HOLDS.items()}
    allowed = policy.channels or CHANNELS
    return ServiceNowMap(
        columns=COLUMNS,
        states=_STATES,
        holds=holds,
        impact=impact,
        urgency=urgency,
        priority=priority,
        channels={word: to for word, to in _CHANNELS.items() if to in allowed},
        type="incident" if "incident" in policy.types else next(iter(policy.types), "incident"),
    )


def _three_on(values: Sequence[str]) -> dict[str, str]:
    """High, medium and low on an axis of any length; by name where it has all three."""
    names = [word.partition(" - ")[2].casefold() for word in _AXES]
    if set(names) <= set(values):
        return dict(zip(_AXES, names, strict=True))
    return dict(zip(_AXES, (values[0], values[len(values) // 2], values[-1]), strict=True))


def read_map(text: str, policy: Policy) -> ServiceNowMap:
    """The default for `policy` with what the TOML in `text` changes.

    Raises MapError naming every mistake.
    """
    default = default_map(policy)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MapError([f"the mapping is not TOML: {error}"]) from None
    findings: list[str] = []
    expected: dict[str, Sequence[str]] = {
        "states": _STATUSES,
        "holds": [reason.id for reason in policy.holds],
        "impact": [value.id for value in policy.triage.impact],
        "urgency": [value.id for value in policy.triage.urgency],
        "priority": [level.id for level in policy.priorities],
        "channels": policy.channels or CHANNELS,
    }
    changed: dict[str, dict[str, str]] = {}
    for name, section in document.items():
        if name == "type":
            findings += _wrong_value("type", section, list(policy.types) or TICKET_TYPES)
        elif name not in _SECTIONS:
            findings.append(_unknown(f"[{name}]", name, (*_SECTIONS, "type")))
        elif not isinstance(section, dict):
            findings.append(f"[{name}]: expected a table of words")
        elif name != "columns":
            for word, value in section.items():
                findings += _wrong_value(f"[{name}] {word!r}", value, expected[name])
            changed[name] = {**getattr(default, name), **section}
    columns = dict(COLUMNS)
    for key, value in _table(document.get("columns")).items():
        if key not in COLUMNS:
            findings.append(_unknown("[columns]", key, tuple(COLUMNS)))
        elif not isinstance(value, str):
            findings.append(f"[columns] {key}: expected the name of a column")
        else:
            # Unchanged, the name still stands for the others it may have.
            columns[key] = COLUMNS[key] if value == COLUMNS[key][0] else (value,)
    if findings:
        raise MapError(findings)
    return ServiceNowMap(
        columns=columns,
        type=document.get("type", default.type),
        **{
            name: changed.get(name, getattr(default, name))
            for name in _SECTIONS
            if name != "columns"
        },
    )


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _wrong_value(where: str, found: object, expected: Sequence[str]) -> list[str]:
    if isinstance(found, str) and found in expected:
        return []
    if not isinstance(found, str):
        return [f"{where}: expected one of {', '.join(expected)}"]
    return [_unknown(where, found, tuple(expected))]


def _unknown(where: str, found: str, known: tuple[str, ...]) -> str:
    near = nearest_name(found, known)
    hint = f"did you mean {near!r}?" if near else f"expected one of {', '.join(known)}"
    return f"{where}: does not know {found!r}; {hint}"


_EXPLAINED: Final = {
    "columns": "Which column of the export holds what.",
    "states": "States: new, open, resolved or closed. The first that is not new is the response.",
    "holds": "States in which the clocks stand still, and the reason for the hold. Any other\n"
    "# state that begins with 'Awaiting' is a hold for the reason 'other'.",
    "impact": "Impact, on the policy's own axis.",
    "urgency": "Urgency, on the policy's own axis.",
    "priority": "Priority, for a policy that has a list instead of a grid.",
    "channels": "How the request came in.",
}


def show_map(mapping: ServiceNowMap) -> str:
    """`mapping` as the TOML that `read_map` reads, with a comment for each part."""
    out = [f"# What kind of ticket an incident becomes.\ntype = {_quoted(mapping.type)}\n"]
    for name in _SECTIONS:
        section: Mapping[str, Any] = getattr(mapping, name)
        if not section:
            continue
        out.append(f"\n# {_EXPLAINED[name]}\n[{name}]\n")
        for word, value in section.items():
            shown = value[0] if isinstance(value, tuple) else value
            also = (
                f"  # or {', '.join(value[1:])}" if isinstance(value, tuple) and value[1:] else ""
            )
            key = word if name == "columns" else _quoted(word)
            out.append(f"{key} = {_quoted(shown)}{also}\n")
    return "".join(out)


def _quoted(text: str) -> str:
    # JSON's strings are TOML's basic strings, escapes and all.
    return json.dumps(text)
