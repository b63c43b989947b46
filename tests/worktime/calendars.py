"""Random calendars: odd zones around their clock changes, and every kind of agreement."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

ODD_DATES = [
    ("Europe/London", date(2026, 3, 29)),  # 01:00 to 02:00
    ("Europe/London", date(2026, 10, 25)),  # 02:00 to 01:00
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),  # half an hour back at 02:00
    ("Australia/Lord_Howe", date(2026, 10, 4)),  # half an hour on at 02:00
    ("Pacific/Apia", date(2011, 12, 30)),  # a date that never was
    ("Pacific/Kwajalein", date(1993, 8, 21)),  # another
    ("America/Sao_Paulo", date(2017, 10, 15)),  # 00:00 to 01:00
    ("America/Sao_Paulo", date(2018, 2, 18)),  # 24:00 to 23:00 the day before
    ("Africa/Cairo", date(2024, 4, 26)),  # 00:00 to 01:00
    ("Asia/Beirut", date(2024, 3, 31)),  # 00:00 to 01:00
    ("America/Havana", date(2026, 11, 1)),  # 01:00 to 00:00
    ("America/Toronto", date(1919, 3, 31)),  # 23:30 to 00:30 across midnight
    ("America/St_Johns", date(2006, 10, 29)),  # 00:01 to 23:01 the day before
    ("Antarctica/Troll", date(2026, 3, 29)),  # two hours on
    ("Africa/Monrovia", date(1972, 1, 7)),  # 44 minutes and 30 seconds
    ("Africa/Casablanca", date(2026, 2, 15)),  # winter time in Ramadan
    ("Europe/Dublin", date(2026, 3, 29)),  # summer is standard time
    ("Asia/Kolkata", date(2026, 7, 1)),
    ("Asia/Kathmandu", date(1986, 1, 1)),  # a quarter of an hour
    ("UTC", date(2024, 2, 29)),
]
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

_minutes = st.one_of(
    st.sampled_from([0, 15, 30, 60, 75, 90, 105, 120, 150, 480, 540, 990, 1080, 1320, 1410]),
    st.integers(0, 24 * 60 - 1),
)


def _text(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


_opening = _minutes.map(_text)
_closing = st.one_of(_opening, st.just("24:00"))
_hours = st.lists(st.tuples(_opening, _closing).map(list), min_size=1, max_size=3)
_often_usual_hours = st.one_of(
    st.just([["08:00", "16:30"]]),
    st.just([["00:00", "24:00"]]),
    st.just([["22:00", "06:00"]]),
    st.just([["09:00", "12:30"], ["13:30", "18:00"]]),
    _hours,
)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[dict[str, Any], date]:
    """A calendar's document, of plain text, and a date around which it is interesting."""
    zone, odd = draw(st.sampled_from(ODD_DATES))
    near = st.integers(-20, 20).map(lambda days: odd + timedelta(days=days))
    close = st.integers(-2, 2).map(lambda days: odd + timedelta(days=days))
    day = st.one_of(close, near)
    iso = day.map(date.isoformat)
    wall = st.tuples(iso, _opening).map("T".join)

    usual = draw(_often_usual_hours)
    days = draw(st.sampled_from([WEEKDAYS[:5], WEEKDAYS, ["tue", "sat"], ["sun"]]))
    weekly = dict.fromkeys(days, usual)
    weekly |= draw(st.dictionaries(st.sampled_from(WEEKDAYS), _hours, max_size=2))
    document = {
        "tz": zone,
        "weekly": weekly,
        "holidays": draw(st.lists(iso, max_size=4, unique=True)),
        "shutdowns": draw(st.lists(st.tuples(iso, iso).map(sorted), max_size=2)),
        "overrides": draw(
            st.dictionaries(iso, st.one_of(st.just([]), _hours), max_size=3),
        ),
        "extra": draw(st.dictionaries(iso, _hours, max_size=3)),
        "weekly_extra": draw(st.lists(_weekly_extra(iso), max_size=2)),
        "breaks": draw(
            st.lists(
                st.tuples(wall, wall).map(sorted).filter(lambda pair: pair[0] < pair[1]),
                max_size=2,
            )
        ),
    }
    return document, odd


@st.composite
def _weekly_extra(draw: st.DrawFn, iso: st.SearchStrategy[str]) -> dict[str, Any]:
    first, last = sorted([draw(iso), draw(iso)])
    extra = {
        "day": draw(st.sampled_from(WEEKDAYS)),
        "from": draw(_opening),
        "to": draw(_closing),
        "first": first,
    }
    return extra | draw(st.sampled_from([{}, {"last": None}, {"last": last}]))
