"""The one column type for instants: integer microseconds since the epoch, UTC.

Attributes that end in ``_at`` are aware datetimes and their columns end in ``_us``. Statements
written as SQL, which is what hot paths use, read and write the integers directly.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlmodel import Field

from deskterm.desk.instants import from_us, to_us


class Instant(TypeDecorator[datetime]):
    """Aware datetimes in Python, microseconds in the database; an int is taken as microseconds."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | int | None, dialect: Dialect) -> int | None:
        return to_us(value) if isinstance(value, datetime) else value

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_us(value)


def instant(column: str) -> Any:
    """A field holding an instant in the column `column` (its name ends in ``_us``)."""
    return Field(sa_type=Instant, sa_column_kwargs={"name": column})


def maybe_instant(column: str) -> Any:
    """The same for an instant that need not be known."""
    return Field(default=None, nullable=True, sa_type=Instant, sa_column_kwargs={"name": column})
