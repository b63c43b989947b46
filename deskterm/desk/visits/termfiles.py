"""Term dates from a file: CSV with a header, or a calendar (``.ics``) with whole-day entries."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from typing import Final

from deskterm.desk.errors import Refused
from deskterm.desk.text import clean
from deskterm.desk.visits.termdates import TermEntry

#: What tells a day off from a term by its name, where a file does not say.
_OFF: Final = ("half term", "half-term", "inset", "holiday", "closed", "training day", "day off")


def read_terms(text: str) -> tuple[TermEntry, ...]:
    """The terms and days off in a file's text.

    CSV has the columns ``name``, ``first`` and ``last`` and may have ``kind`` (``term``,
    ``day_off``). Raises `Refused` naming the first line that cannot be read.
    """
    if text.lstrip("\ufeff \r\n").startswith("BEGIN:VCALENDAR"):
        return _from_calendar(text)
    return _from_csv(text)


def _from_csv(text: str) -> tuple[TermEntry, ...]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    names = {(name or "").strip().casefold(): name for name in reader.fieldnames or ()}
    for needed in ("name", "first"):
        if needed not in names:
            raise Refused(f"The file has no column “{needed}”; it needs name, first and last.")
    entries = []
    for row in reader:
        values = {key: (row.get(column) or "").strip() for key, column in names.items()}
        if not any(values.values()):
            continue
        try:
            first = date.fromisoformat(values["first"])
            last = date.fromisoformat(values.get("last") or values["first"])
        except ValueError:
            raise Refused(
                f"Line {reader.line_num}: “{clean(values['first'])}” or its end is no date such as "
                "2026-09-03."
            ) from None
        kind = values.get("kind") or _kind(values["name"])
        if kind not in ("term", "day_off"):
            raise Refused(f"Line {reader.line_num}: “{clean(kind)}” is neither term nor day_off.")
        if last < first:
            raise Refused(f"Line {reader.line_num}: {clean(values['name'])} ends before it begins.")
        entries.append(TermEntry(kind, str(clean(values["name"])), first, last))
    return tuple(entries)


def _from_calendar(text: str) -> tuple[TermEntry, ...]:
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(text)
    except ValueError as error:
        raise Refused(f"The calendar cannot be read ({clean(str(error))}).") from error
    entries = []
    for event in calendar.walk("VEVENT"):
        starts = event.get("DTSTART")
        if starts is None:
            continue
        first = _day(starts.dt)
        ends = event.get("DTEND")
        # The end of a whole-day entry is the day after its last.
        last = first if ends is None else max(first, _day(ends.dt) - timedelta(days=1))
        name = str(clean(str(event.get("SUMMARY", "term"))))
        entries.append(TermEntry(_kind(name), name, first, last))
    return tuple(sorted(entries, key=lambda entry: (entry.first, entry.name)))


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _kind(name: str) -> str:
    said = name.casefold()
    return "day_off" if any(word in said for word in _OFF) else "term"
