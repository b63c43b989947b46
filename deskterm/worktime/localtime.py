"""From the clock on the wall to the instant, over the gaps and folds that clock changes make."""

from datetime import datetime
from zoneinfo import ZoneInfo

from deskterm.worktime.instants import (
    DAY,
    EPOCH_ORDINAL,
    MICROSECOND,
    SECOND,
    beyond_datetimes,
)


class LocalTime:
    """Wall time of one zone.

    A wall time is a local date, as its ordinal, and microseconds since that date's midnight;
    a day or more is the dates after it, so 24:30 on Friday is 00:30 on Saturday.
    """

    __slots__ = ("_epoch", "_utcoffset", "zone")

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._epoch = datetime(1970, 1, 1, tzinfo=zone)
        self._utcoffset = zone.utcoffset

    def instant(self, ordinal: int, since_midnight_us: int) -> int:
        """The instant (microseconds UTC) at which the clocks show a wall time.

        One that happens twice means the first. One that the clocks skip moves forward over the
        gap, by its length: with the clocks going from 01:00 to 02:00, 01:30 means 02:30.
        """
        wall = (ordinal - EPOCH_ORDINAL) * DAY + since_midnight_us
        try:
            # fold=0 is both rules at once: the earlier of two, and the offset before a gap.
            offset = self._utcoffset(self._epoch + MICROSECOND * wall)
        except OverflowError:
            # A night's hours can close after the last instant that a datetime can hold.
            offset = self._utcoffset(datetime.max.replace(tzinfo=self.zone))
        assert offset is not None, "a ZoneInfo knows its offset at every datetime"
        return wall - offset.days * DAY - offset.seconds * SECOND

    def exists(self, ordinal: int) -> bool:
        """Whether the local calendar has that date: a zone that crosses the date line skips one."""
        return self.instant(ordinal, 0) < self.instant(ordinal + 1, 0)

    def wall(self, us: int) -> tuple[int, int]:
        """The local date (ordinal) of an instant and the microseconds its clocks show since 00:00.

        `OutOfRange` where the local date is one that a datetime cannot hold.
        """
        try:
            there = self.zone.fromutc(self._epoch + MICROSECOND * us)
        except OverflowError:
            raise beyond_datetimes() from None
        whole_seconds = (there.hour * 60 + there.minute) * 60 + there.second
        return there.toordinal(), whole_seconds * SECOND + there.microsecond
