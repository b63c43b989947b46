"""What agents keep for themselves: saved views."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from deskterm.desk.tables.base import Table, line


class SavedViewRow(Table, table=True):
    """A filter with a name, of one agent."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("agent_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="agent.id")
    name: str = line()
    filter: str = line()
