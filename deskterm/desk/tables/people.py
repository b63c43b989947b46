"""Who works at the desk and whom it works for."""

from __future__ import annotations

from typing import Final, get_args

from sqlmodel import Field

from deskterm.desk.model import Role
from deskterm.desk.tables.base import Table, line, lines, one_of

ROLES: Final = get_args(Role)


class AgentRow(Table, table=True):
    """Somebody who works at the desk, known by the operating system's user id."""

    __tablename__ = "agent"
    __table_args__ = (one_of("role", ROLES),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = line(unique=True)
    role: str
    team: str | None = line(default=None, nullable=True)
    login: str | None = Field(default=None, unique=True)
    uid: int | None = Field(default=None, unique=True)
    active: bool = True


class CustomerRow(Table, table=True):
    """A school or another organisation that holds agreements."""

    __tablename__ = "customer"

    id: int | None = Field(default=None, primary_key=True)
    version: int = 0
    """Id of the last event about this customer; what an edit was based on."""
    name: str = line(unique=True)
    domain: str | None = line(default=None, nullable=True)
    """Mail domains, separated by spaces, from which its mail is accepted."""
    phone: str | None = line(default=None, nullable=True)
    notes: str = lines(default="")
    active: bool = True


class SiteRow(Table, table=True):
    """A place where a customer is visited."""

    __tablename__ = "site"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    name: str = line()
    address: str = lines(default="")
    access: str = lines(default="")
    """How to get in: gates, reception, keys, hours."""
    active: bool = True


class ContactRow(Table, table=True):
    """A named person at a customer."""

    __tablename__ = "contact"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    name: str = line()
    role: str = line(default="")
    """An id of the policy's contact roles (owner, business manager, ...), or empty."""
    email: str | None = line(default=None, nullable=True)
    phone: str | None = line(default=None, nullable=True)
    tier: str | None = line(default=None, nullable=True)
    """The policy's tier this person's requests are handled under, where it has tiers."""
    active: bool = True
