"""Entries about a visit in words. Pure functions of plain data."""

from __future__ import annotations

from typing import Final

from deskterm.desk.model import EventView

_SAID: Final = ("why", "reason", "overlap_reason", "note")
_WHAT: Final = {
    "callout": "sent out", "reassigned": "gave it to another engineer", "missed": "did not happen",
    "in_lieu": "remote support in lieu",
}  # fmt: skip


def what_words(event: EventView) -> str:
    """What happened, e.g. ``moved``, and that it was taken back since."""
    kind = event.kind.removeprefix("visit_")
    what = _WHAT.get(kind, kind.replace("_", " "))
    if kind == "edited":
        data = event.data
        found = str(data.get("result", "")).replace("_", " ")
        what = f"{data.get('checklist', '')} {data.get('item', -1) + 1}: {found}"
    elif kind == "redacted":
        what = f"erased the words of {event.data.get('redacts')}"
    elif kind == "undone":
        what = f"took {event.data.get('undoes')} back"
    return f"{what} (taken back)" if event.undone else what


def said_words(event: EventView) -> str:
    """The words that somebody gave with it."""
    return "; ".join(str(event.data[name]) for name in _SAID if event.data.get(name))
