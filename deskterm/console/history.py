"""What happened to a ticket, in words short enough for one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from deskterm.desk.model import EventView

#: Kind of event to what is said of it; ``{}`` is filled by the first field that is there.
_WORDS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "opened": ("opened{}", ()),
    "triaged": ("triaged {}", ("priority_name", "priority")),
    "reprioritised": ("now {}", ("priority_name", "priority")),
    "acknowledged": ("acknowledged{}", ()),
    "responded": ("answered{}", ("text",)),
    "updated": ("progress told{}", ("text",)),
    "workaround": ("way round{}", ("text",)),
    "action_planned": ("action planned{}", ("text",)),
    "noted": ("note{}", ("text",)),
    "held": ("held{}", ("reason_name", "reason")),
    "resumed": ("goes on{}", ()),
    "escalated": ("escalated{}", ("to", "reason")),
    "code_fix": ("waits for a code fix{}", ("release",)),
    "resolved": ("resolved{}", ("text",)),
    "reopened": ("reopened{}", ("reason", "text")),
    "closed": ("closed{}", ()),
    "linked": ("linked{}", ("number", "other")),
    "merged": ("merged{}", ("into", "number")),
    "told": ("told{}", ("whom", "text")),
    "undone": ("taken back{}", ()),
    "redacted": ("text erased{}", ()),
}


def event_words(event: EventView, names: Mapping[int, str] | None = None) -> str:
    """``triaged Urgent``, ``held: awaiting customer``; always a single line.

    `names` are the agents by id.
    """
    if event.kind == "assigned":
        return _assigned(event, names or {})
    words, fields = _WORDS.get(event.kind, (event.kind.replace("_", " ") + "{}", ()))
    said = next((str(event.data[name]) for name in fields if event.data.get(name)), "")
    if event.kind == "edited":
        return _edited(event.data)
    said = " ".join(said.split()).replace("_", " ")
    if words.endswith("{}") and not words.endswith(" {}"):
        said = f": {said}" if said else ""
    return words.format(said).strip()


def _assigned(event: EventView, names: Mapping[int, str]) -> str:
    agent = event.data.get("agent_id")
    if agent is None:
        return "assigned to nobody"
    name = names.get(agent)
    if name is None:
        return "assigned"
    return f"taken by {name}" if name == event.agent else f"assigned to {name}"


def _edited(data: Mapping[str, Any]) -> str:
    if isinstance(data.get("fields"), Mapping):
        said = {name: new for name, (_, new) in data["fields"].items()}
        return ", ".join(
            f"{name.replace('_', ' ')} now {' '.join(str(new or 'nothing').split())}"
            for name, new in said.items()
        )
    name = str(data.get("field", "")).replace("_", " ")
    new = " ".join(str(data.get("new", "")).split())
    return f"{name} now {new}" if name else "edited"
