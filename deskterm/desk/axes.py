"""The calendars that clocks name, as lines of worked time: what makes a row count down."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from deskterm.desk.model import Axis
from deskterm.desk.store.base import Tx


class Line(NamedTuple):
    """A calendar ready to count with: its axis, and the zone its times are told in."""

    axis: Axis
    zone: str


class Axes:
    """Calendars by key, each read and compiled once. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: dict[str, Line] = {}

    def lines(self, tx: Tx, keys: Iterable[str]) -> Mapping[str, Line]:
        """The lines for `keys`, and perhaps others."""
        missing = sorted(set(keys) - self._lines.keys())
        if missing:
            # Keys are hashes of our own making; one statement for however many there are.
            listed = ", ".join(f"'{key}'" for key in missing)
            rows = tx.connection.exec_driver_sql(
                f"SELECT key, zone, body FROM calendar WHERE key IN ({listed})"
            ).all()
            with self._lock:
                for row in rows:
                    self._lines[row.key] = Line(_axis(row.body), row.zone)
        return self._lines


def _axis(body: str) -> Axis:
    document = json.loads(body)
    if "spans" in document:
        from deskterm.worktime import SpanAxis

        return SpanAxis([(begins, ends) for begins, ends in document["spans"]])
    from deskterm.worktime import WorkingCalendar

    return WorkingCalendar.from_dict(document).axis
