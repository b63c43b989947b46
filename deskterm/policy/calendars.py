"""From a policy's opening hours to a calendar that can be calculated with."""

from __future__ import annotations

from functools import lru_cache

from deskterm.policy.document import CalendarRule, frozen_map
from deskterm.policy.holidays import ResolvedHolidays
from deskterm.policy.vocabulary import WEEKDAYS
from deskterm.worktime import WorkingCalendar

#: Day and night in no particular place, for promises in elapsed time.
ROUND_THE_CLOCK = CalendarRule(
    id="elapsed",
    name="Day and night",
    tz="UTC",
    weekly=frozen_map(dict.fromkeys(WEEKDAYS, (("00:00", "24:00"),))),
)

_Weekly = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
_Days = tuple[tuple[str, str], ...]


def working_calendar(
    rule: CalendarRule,
    resolved: ResolvedHolidays | None,
    shutdowns: object = (),
    extra: object = (),
    weekly_extra: object = (),
    breaks: object = (),
) -> WorkingCalendar:
    """The calendar of `rule` with its closing holidays, and what was agreed on top.

    `shutdowns`, `extra`, `weekly_extra` and `breaks` are as `WorkingCalendar.from_dict` takes
    them: ``[["2026-12-24", "2027-01-03", "Christmas"]]``, ``[["2026-11-28", "09:00", "13:00"]]``
    and so on. Without `resolved` no holiday is closed. The same hours and holidays give the same
    calendar again, compiled years and all. Raises `deskterm.worktime.CalendarError`.
    """
    closed: _Days = () if resolved is None else tuple(resolved.closed_on(rule.id).items())
    calendar = _plain_calendar(rule.tz, tuple(rule.weekly.items()), closed)
    return calendar.varied(shutdowns, extra, weekly_extra, breaks)


@lru_cache(maxsize=256)
def _plain_calendar(tz: str, weekly: _Weekly, closed: _Days) -> WorkingCalendar:
    return WorkingCalendar.from_dict({"tz": tz, "weekly": dict(weekly), "holidays": dict(closed)})
