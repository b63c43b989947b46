"""Times as commands print them: ISO 8601 with offset for programs, short for people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from deskterm.desk.model import ClockCell

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(us: int, zone: str | None = None) -> datetime:
    """The instant `us` microseconds after the epoch, in `zone` or the viewer's own."""
    at = _EPOCH + timedelta(microseconds=us)
    return at.astimezone(ZoneInfo(zone)) if zone else at.astimezone()


def iso(us: int | None, zone: str | None = None) -> str | None:
    """ISO 8601 with offset, as the clocks of `zone` show it (default UTC)."""
    return None if us is None else moment(us, zone or "UTC").isoformat()


def short(us: int | None, now_us: int, zone: str | None = None) -> str:
    """``today 14:02``, ``Mon 08:30`` within a week, else the date; the zone where it differs."""
    if us is None:
        return ""
    at, now = moment(us, zone), moment(now_us, zone)
    days = (at.date() - now.date()).days
    if days == 0:
        text = f"today {at:%H:%M}"
    elif abs(days) < 7:
        text = f"{at:%a %H:%M}"
    else:
        text = f"{at:%a %d %b %Y %H:%M}"
    if zone and at.utcoffset() != moment(us).utcoffset():
        text += f" {at:%Z}"
    return text


def left(us: int | None) -> str:
    """Working time: ``78h15``, in the last hour ``25m04``, with a ``-`` where it is over."""
    if us is None:
        return ""
    seconds = abs(us) // 1_000_000
    sign = "-" if us < 0 else ""
    hours, rest = divmod(seconds, 3600)
    if hours:
        return f"{sign}{hours}h{rest // 60:02}"
    return f"{sign}{rest // 60}m{rest % 60:02}"


def standing(clock: ClockCell, now_us: int) -> str:
    """A clock's state for people: as programs get it, with ``at risk`` for a running one."""
    state = clock.state(now_us)
    return "at risk" if state == "running" and clock.at_risk(now_us) else state
