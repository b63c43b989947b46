"""Which parts of a database are the tables' own, when models and database are compared."""

from __future__ import annotations

from typing import Any, Final

#: Full text lies in tables of the database's own making, which no model describes.
_FULL_TEXT: Final = ("ticket_live_fts", "ticket_done_fts")
_GENERATED: Final = frozenset({"found", "ix_ticket_text_live", "ix_ticket_text_done"})


def ours(thing: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
    """Whether a table, column or index is described by the models."""
    del thing, reflected, other
    if name is None:
        return True
    if kind == "table" and name.startswith(_FULL_TEXT):
        return False
    return name not in _GENERATED
