"""Working time: calendars of opening hours and exact arithmetic in the time within them.

Stands alone: the standard library only, no clock, no environment, nothing of the floors above.
"""

from deskterm.worktime.axis import Axis, SpanAxis
from deskterm.worktime.calendar import WorkingCalendar
from deskterm.worktime.errors import (
    CalendarError,
    NaiveDatetime,
    NeverReached,
    OutOfRange,
    Problem,
    WorktimeError,
)
from deskterm.worktime.hours import Closure
from deskterm.worktime.instants import from_us, to_us

__all__ = [
    "Axis",
    "CalendarError",
    "Closure",
    "NaiveDatetime",
    "NeverReached",
    "OutOfRange",
    "Problem",
    "SpanAxis",
    "WorkingCalendar",
    "WorktimeError",
    "from_us",
    "to_us",
]
