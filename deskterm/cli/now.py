"""The time commands work with: the system's, or the one ``DESKTERM_NOW`` freezes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from deskterm.cli.status import CommandError, UsageError

NOW_VARIABLE = "DESKTERM_NOW"
"""Environment variable holding the frozen time in ISO 8601."""

_FIRST_YEAR, _LAST_YEAR = 1971, 2199
"""The years a time may lie in; beyond them it was mistyped."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant(text: str, what: str) -> int:
    """The instant written as ISO 8601 in `text`, in microseconds since the epoch.

    A time without an offset is the viewer's own. `what` names the option in the error.
    """
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"{what} is {text!r}, which is not a time; write it like 2026-11-20T16:00+00:00"
        ) from None
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise UsageError(
            f"{what} is {text!r}, which no desk has to do with; give a year from {_FIRST_YEAR} to "
            f"{_LAST_YEAR}"
        )
    return (at.astimezone(UTC) - _EPOCH) // timedelta(microseconds=1)


def when(text: str, what: str, now_us: int) -> int:
    """A time to come, as people type it (``11:00``, ``Mon 9:00``, ``3d``) or as ISO 8601.

    In the viewer's own zone where none is written. `what` names the option in the error.
    """
    from deskterm.cli.times import moment
    from deskterm.desk.when import EXPECTED, WhenError, read_when

    try:
        return read_when(text, now_us, moment)
    except WhenError:
        try:
            return instant(text, what)
        except UsageError:
            raise UsageError(
                f"{what} is {text!r}, which is no time I can read; write {EXPECTED} or ISO 8601 "
                "(2026-11-20T16:00+00:00)"
            ) from None


def day_named(text: str, now_us: int, zone: str) -> date:
    """A date as people type it (``tomorrow``, ``Mon``, ``24 Nov``) or as ISO 8601, in `zone`."""
    from deskterm.cli.times import moment
    from deskterm.desk.when import WhenError, read_day

    try:
        return date.fromisoformat(text)
    except ValueError:
        pass  # People's ways are tried next.
    try:
        return date.fromisoformat(read_day(text, now_us, lambda us: moment(us, zone)))
    except WhenError:
        raise CommandError(
            f"“{text}” is no date such as 2026-11-23, 24 Nov, tomorrow or Mon"
        ) from None


def system_clock() -> int:
    """Microseconds since the epoch by the system's clock."""
    return time.time_ns() // 1000


def clock(environ: Mapping[str, str]) -> Callable[[], int]:
    """The clock for `environ`: frozen where ``DESKTERM_NOW`` says so, else the system's."""
    text = environ.get(NOW_VARIABLE, "").strip()
    if not text:
        return system_clock
    frozen_us = instant(text, NOW_VARIABLE)
    return lambda: frozen_us
