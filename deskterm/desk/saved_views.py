"""Saved views: a filter with a name, each agent's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row

from deskterm.desk.errors import NotFound, Refused
from deskterm.desk.store.base import Tx
from deskterm.desk.text import CleanText, clean

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter with a name."""

    name: CleanText
    filter: CleanText


class SavedViews:
    """The views of whoever sits here."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> tuple[SavedView, ...]:
        """By name."""
        with self._desk.store.read() as tx:
            me = self._desk.who(tx)
            return () if me is None else self.of(tx, me.id)

    def save(self, name: str, filter_text: str) -> SavedView:
        """Keep a filter under a name, in place of the one that had it.

        Raises `FilterError` for a filter that cannot be read and `Refused` for the name of one of
        the desk's own views.
        """
        from deskterm.desk.filters import parse_filter
        from deskterm.desk.queue import VIEWS

        view = SavedView(clean(name), clean(filter_text))
        if not view.name:
            raise Refused("A view needs a name.")
        if view.name in (*VIEWS, "all"):
            raise Refused(f"“{view.name}” is a view of the desk's own; choose another name.")
        parse_filter(view.filter)
        with self._desk.store.write() as tx:
            me = self._desk.require(tx, "technician", "engineer", "supervisor", doing="save views")
            tx.run(
                "INSERT INTO saved_view (agent_id, name, filter) VALUES (:agent, :name, :filter)"
                " ON CONFLICT (agent_id, name) DO UPDATE SET filter = excluded.filter",
                agent=me.id,
                name=str(view.name),
                filter=str(view.filter),
            )
        return view

    def delete(self, name: str) -> None:
        """Forget a view. Raises `NotFound`."""
        with self._desk.store.write() as tx:
            me = self._desk.require(
                tx, "technician", "engineer", "supervisor", doing="delete views"
            )
            gone = tx.run(
                "DELETE FROM saved_view WHERE agent_id = :agent AND name = :name",
                agent=me.id,
                name=str(clean(name)),
            )
            if not gone.rowcount:
                raise NotFound(f"You have no view “{clean(name)}”.")

    def of(self, tx: Tx, agent_id: int) -> tuple[SavedView, ...]:
        """An agent's views by name."""
        rows = tx.rows(
            "SELECT name, filter FROM saved_view WHERE agent_id = :agent ORDER BY name",
            agent=agent_id,
        )
        return tuple(_view(row) for row in rows)

    def find(self, tx: Tx, name: str, agent_id: int | None) -> SavedView | None:
        """One of an agent's views, if it is there."""
        row = tx.one(
            "SELECT name, filter FROM saved_view WHERE agent_id = :agent AND name = :name",
            agent=agent_id,
            name=str(clean(name)),
        )
        return None if row is None else _view(row)


def _view(row: Row[Any]) -> SavedView:
    return SavedView(clean(row.name), clean(row.filter))
