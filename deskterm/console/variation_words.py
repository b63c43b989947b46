"""Dated changes to an agreement in words, as a person would say them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from deskterm.console.clocktext import MONTHS, WEEKDAYS
from deskterm.desk.customer_model import VariationView

#: What can be entered, and what each is called.
KINDS: Final[Mapping[str, str]] = {
    "shutdown": "closed on some days (shutdown)",
    "extra": "hours bought for one day",
    "weekly_extra": "hours bought for every week",
    "break": "closed for some hours",
    "target": "a changed target",
}

_DAYS: Final = dict(zip(
    ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    strict=True,
))  # fmt: skip


def day_words(text: str) -> str:
    """``2026-12-24`` as ``Thu 24 Dec 2026``; what is no date is left as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def variation_words(variation: VariationView) -> str:
    """One sentence without its full stop."""
    return data_words(variation.kind, variation.data)


def data_words(kind: str, data: Mapping[str, Any]) -> str:
    """The same from the kind and what was entered."""
    if kind == "shutdown":
        first, last = day_words(str(data["first"])), day_words(str(data["last"]))
        days = first if first == last else f"{first} to {last}"
        return f"closed {days}" + (f", {data['name']}" if data.get("name") else "")
    if kind == "extra":
        return f"open also {day_words(str(data['date']))} {data['from']} to {data['to']}"
    if kind == "weekly_extra":
        name = _DAYS.get(str(data["day"]), str(data["day"]))
        until = f" until {day_words(str(data['last']))}" if data.get("last") else ""
        since = day_words(str(data["first"]))
        return f"open also every {name} {data['from']} to {data['to']}, from {since}{until}"
    if kind == "break":
        return f"closed {_moment(str(data['from']))} to {_moment(str(data['to']))}"
    if kind == "target":
        amounts = ", ".join(
            f"{'all' if level == '*' else level} {words}"
            for level, words in dict(data["amounts"]).items()
        )
        clock = str(data["clock"]).replace("_", " ")
        clause = f" ({data['clause']})" if data.get("clause") else ""
        return f"{clock}: {amounts}, for tickets opened from {day_words(str(data['from']))}{clause}"
    return kind.replace("_", " ")


def _moment(text: str) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{day_words(at.date().isoformat())} {at.hour:02}:{at.minute:02}"
