"""What all tables share: one metadata in which every constraint has a name, and cleaned text."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import CheckConstraint, MetaData, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from deskterm.desk.text import CleanText, clean

#: A constraint without a name cannot be changed by a migration on SQLite.
NAMES: Final = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
}


class Table(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMES))):
    """The base of every table of the desk."""


class Line(TypeDecorator[CleanText]):
    """One line of text from outside, cleaned on the way in and again on the way out."""

    impl = Text
    cache_ok = True
    lines = False

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(clean(value, lines=self.lines))

    def process_result_value(self, value: str | None, dialect: Dialect) -> CleanText | None:
        return None if value is None else clean(value, lines=self.lines)


class Lines(Line):
    """Text of several lines from outside, cleaned both ways."""

    cache_ok = True
    lines = True


def line(**more: Any) -> Any:
    """A field for one line of text from outside."""
    return Field(sa_type=Line, **more)


def lines(**more: Any) -> Any:
    """A field for text of several lines from outside."""
    return Field(sa_type=Lines, **more)


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """A named check that `column` holds one of `values`."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
