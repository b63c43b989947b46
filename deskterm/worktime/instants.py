"""Instants as integers: microseconds since 1970-01-01T00:00 UTC, exact both ways."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from deskterm.worktime.errors import NaiveDatetime, OutOfRange

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_ORDINAL: Final = EPOCH.toordinal()
MICROSECOND: Final = timedelta(microseconds=1)

FIRST_YEAR: Final = date.min.year
LAST_YEAR: Final = date.max.year


def to_us(at: datetime) -> int:
    """Microseconds since the epoch of an aware datetime; `NaiveDatetime` for a naive one."""
    try:
        since = at - EPOCH
        return since.days * DAY + since.seconds * SECOND + since.microseconds
    except (TypeError, AttributeError):
        raise not_an_instant(at) from None


def from_us(us: int, zone: tzinfo) -> datetime:
    """The instant as an aware datetime in `zone`; `OutOfRange` where a datetime cannot hold it."""
    try:
        return (EPOCH + MICROSECOND * us).astimezone(zone)
    except OverflowError:
        raise beyond_datetimes() from None


def duration_us(amount: timedelta) -> int:
    """The whole microseconds of a timedelta."""
    try:
        return amount.days * DAY + amount.seconds * SECOND + amount.microseconds
    except AttributeError:
        raise TypeError(f"A timedelta is needed here, not {amount!r}.") from None


def not_an_instant(value: object) -> NaiveDatetime | TypeError:
    """The error that says why `value` cannot be taken as an instant."""
    if isinstance(value, datetime):
        return NaiveDatetime(
            f"The datetime {value.isoformat()} does not say its offset from UTC; "
            "give an aware one, with tzinfo."
        )
    return TypeError(f"An aware datetime is needed here, not {value!r}.")


def beyond_datetimes() -> OutOfRange:
    """The error for an instant outside the years a datetime can hold."""
    return OutOfRange(f"The instant lies outside the years {FIRST_YEAR} to {LAST_YEAR}.")


def year_start(year: int) -> int:
    """The instant at which a year begins in UTC; the year after the last one is allowed."""
    ordinal = date(year, 1, 1).toordinal() if year <= LAST_YEAR else date.max.toordinal() + 1
    return (ordinal - EPOCH_ORDINAL) * DAY


def year_of(us: int) -> int:
    """The UTC year an instant lies in; `OutOfRange` outside the years a datetime can hold."""
    try:
        return date.fromordinal(us // DAY + EPOCH_ORDINAL).year
    except (ValueError, OverflowError):
        raise beyond_datetimes() from None
