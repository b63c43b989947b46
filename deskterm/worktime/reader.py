"""Reading a calendar's document: plain data in, a `Document` out, or every mistake at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from deskterm.worktime import values
from deskterm.worktime.document import (
    WEEKDAYS,
    Break,
    Document,
    Hours,
    Shutdown,
    Variation,
    WeeklyExtra,
)
from deskterm.worktime.errors import CalendarError, Problem
from deskterm.worktime.instants import DAY

T = TypeVar("T")

_KEYS = (
    "tz",
    "weekly",
    "holidays",
    "shutdowns",
    "overrides",
    "extra",
    "weekly_extra",
    "breaks",
)
_WEEKLY_EXTRA_KEYS = ("day", "from", "to", "first", "last")
_PAIRS = 'a list of pairs such as ["08:00", "16:30"]'
_PAIR = 'a pair such as ["08:00", "16:30"]'


def read_document(data: object) -> Document:
    """The document in `data`; `CalendarError` with all its mistakes."""
    reader = _Reader()
    document = reader.document(data)
    reader.finish()
    return document


def read_variation(
    shutdowns: object, extra: object, weekly_extra: object, breaks: object
) -> Variation:
    """The variation made of these parts; `CalendarError` with all its mistakes."""
    reader = _Reader()
    variation = reader.variation(shutdowns, extra, weekly_extra, breaks)
    reader.finish()
    return variation


class _Reader:
    """Collects problems while it reads, so that a mistake does not hide the ones after it."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def finish(self) -> None:
        if self._problems:
            raise CalendarError(self._problems)

    def document(self, data: object) -> Document:
        given = self._mapping(data, "calendar", f"a table with the keys {_listed(_KEYS)}")
        self._known_keys(given, _KEYS, "")
        zone = ""
        if "tz" in given:
            zone = self._value(values.read_zone, given["tz"], "tz", values.ZONE) or ""
        elif isinstance(data, Mapping):
            self._wrong("tz", None, values.ZONE)
        return Document(
            tz=zone,
            weekly=self._weekly(given.get("weekly", {})),
            holidays=self._holidays(given.get("holidays", ())),
            overrides=self._dated_hours(given.get("overrides", {}), "overrides"),
            variation=self.variation(
                given.get("shutdowns", ()),
                given.get("extra", ()),
                given.get("weekly_extra", ()),
                given.get("breaks", ()),
            ),
        )

    def variation(
        self, shutdowns: object, extra: object, weekly_extra: object, breaks: object
    ) -> Variation:
        return Variation(
            tuple(self._shutdowns(shutdowns)),
            self._extra(extra),
            tuple(self._weekly_extras(weekly_extra)),
            tuple(self._breaks(breaks)),
        )

    def _weekly(self, value: object) -> tuple[Hours, ...]:
        given = self._mapping(value, "weekly", f"a table with the keys {_listed(WEEKDAYS)}")
        self._known_keys(given, WEEKDAYS, "weekly.")
        return tuple(
            self._hours(given[day], f"weekly.{day}") if day in given else () for day in WEEKDAYS
        )

    def _hours(self, value: object, path: str) -> Hours:
        spans = []
        for where, pair in self._items(value, path, _PAIRS):
            if (parts := self._parts(pair, where, 2, 2, _PAIR)) is not None:
                span = self._span(parts[0], parts[1], f"{where}[0]", f"{where}[1]")
                if span is not None:
                    spans.append(span)
        return tuple(spans)

    def _span(
        self, opens: object, closes: object, opens_path: str, closes_path: str
    ) -> tuple[int, int] | None:
        opening = self._value(_opening, opens, opens_path, values.OPENING)
        closing = self._value(_closing, closes, closes_path, values.CLOSING)
        if opening is None or closing is None:
            return None
        return opening, closing if closing > opening else closing + DAY

    def _holidays(self, value: object) -> tuple[tuple[date, str], ...]:
        named: dict[date, str] = {}
        if isinstance(value, Mapping):
            for key, name in value.items():
                path = f"holidays.{key}"
                day = self._value(values.read_date, key, path, values.DATE)
                if not isinstance(name, str):
                    self._wrong(path, name, "the holiday's name")
                elif day is not None:
                    named[day] = name
        else:
            expected = "a list of dates or a table of dates with names"
            for where, item in self._items(value, "holidays", expected):
                day = self._value(values.read_date, item, where, values.DATE)
                if day is not None:
                    named[day] = ""
        return tuple(sorted(named.items()))

    def _dated_hours(self, value: object, path: str) -> tuple[tuple[date, Hours], ...]:
        given = self._mapping(value, path, 'a table such as {"2026-12-23": [["08:00", "12:00"]]}')
        dated: dict[date, Hours] = {}
        for key, item in given.items():
            where = f"{path}.{key}"
            day = self._value(values.read_date, key, where, values.DATE)
            hours = self._hours(item, where)
            if day is not None:
                dated[day] = hours
        return tuple(sorted(dated.items()))

    def _extra(self, value: object) -> tuple[tuple[date, Hours], ...]:
        if isinstance(value, Mapping):
            return self._dated_hours(value, "extra")
        dated: list[tuple[date, Hours]] = []
        expected = '["2026-11-28", "09:00", "13:00"]'
        for where, item in self._items(value, "extra", f"a table or a list of {expected}"):
            if (parts := self._parts(item, where, 3, 3, f"a date and hours: {expected}")) is None:
                continue
            day = self._value(values.read_date, parts[0], f"{where}[0]", values.DATE)
            span = self._span(parts[1], parts[2], f"{where}[1]", f"{where}[2]")
            if day is not None and span is not None:
                dated.append((day, (span,)))
        return tuple(dated)

    def _shutdowns(self, value: object) -> Iterator[Shutdown]:
        expected = '["2026-12-24", "2027-01-03"], and a name if it has one'
        for where, item in self._items(value, "shutdowns", f"a list of {expected}"):
            if (parts := self._parts(item, where, 2, 3, expected)) is None:
                continue
            first = self._value(values.read_date, parts[0], f"{where}[0]", values.DATE)
            last = self._value(values.read_date, parts[1], f"{where}[1]", values.DATE)
            name = parts[2] if len(parts) == 3 else ""
            if not isinstance(name, str):
                self._wrong(f"{where}[2]", name, "the shutdown's name")
            elif first is not None and last is not None:
                if last < first:
                    self._wrong(f"{where}[1]", parts[1], f"a date not before {first}")
                yield Shutdown(first, last, name)

    def _weekly_extras(self, value: object) -> Iterator[WeeklyExtra]:
        table = f"a table with the keys {_listed(_WEEKLY_EXTRA_KEYS)}"
        for where, item in self._items(value, "weekly_extra", f"a list, each {table}"):
            given = self._mapping(item, where, table)
            if not isinstance(item, Mapping):
                continue
            self._known_keys(given, _WEEKLY_EXTRA_KEYS, f"{where}.")
            day = given.get("day")
            if not isinstance(day, str) or day not in WEEKDAYS:
                self._wrong(f"{where}.day", day, f"one of {_listed(WEEKDAYS)}")
                day = None
            span = self._span(given.get("from"), given.get("to"), f"{where}.from", f"{where}.to")
            first = self._value(values.read_date, given.get("first"), f"{where}.first", values.DATE)
            last: date | None = None
            if given.get("last") is not None:
                last = self._value(values.read_date, given["last"], f"{where}.last", values.DATE)
            if first is not None and last is not None and last < first:
                self._wrong(f"{where}.last", given["last"], f"a date not before {first}")
            if day is not None and span is not None and first is not None:
                yield WeeklyExtra(WEEKDAYS.index(day), *span, first, last)

    def _breaks(self, value: object) -> Iterator[Break]:
        expected = '["2026-11-20T13:00", "2026-11-20T14:30"]'
        for where, item in self._items(value, "breaks", f"a list of {expected}"):
            if (parts := self._parts(item, where, 2, 2, expected)) is None:
                continue
            begins = self._value(values.read_wall, parts[0], f"{where}[0]", values.WALL)
            ends = self._value(values.read_wall, parts[1], f"{where}[1]", values.WALL)
            if begins is not None and ends is not None:
                if ends <= begins:
                    self._wrong(f"{where}[1]", parts[1], f"a time after {parts[0]}")
                yield Break(*begins, *ends)

    def _mapping(self, value: object, path: str, expected: str) -> Mapping[str, object]:
        if isinstance(value, Mapping):
            return {str(key): item for key, item in value.items()}
        self._wrong(path, value, expected)
        return {}

    def _items(self, value: object, path: str, expected: str) -> Iterator[tuple[str, object]]:
        if isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping)):
            for index, item in enumerate(value):
                yield f"{path}[{index}]", item
        else:
            self._wrong(path, value, expected)

    def _parts(
        self, value: object, path: str, least: int, most: int, expected: str
    ) -> Sequence[object] | None:
        if (
            isinstance(value, Sequence)
            and not isinstance(value, (str, bytes))
            and least <= len(value) <= most
        ):
            return value
        self._wrong(path, value, expected)
        return None

    def _known_keys(self, given: Mapping[str, object], known: Sequence[str], prefix: str) -> None:
        for key in given:
            if key not in known:
                near = get_close_matches(key, known, n=1, cutoff=0.5)
                hint = f'"{near[0]}"' if near else f"one of {_listed(known)}"
                self._wrong(f"{prefix}{key}", key, f"{hint}: this key is unknown")

    def _value(
        self, read: Callable[[object], T], value: object, path: str, expected: str
    ) -> T | None:
        try:
            return read(value)
        except values.NotThat:
            self._wrong(path, value, expected)
            return None

    def _wrong(self, path: str, found: object, expected: str) -> None:
        shown = "nothing" if found is None else repr(found)
        if len(shown) > 60:
            shown = shown[:57] + "..."
        self._problems.append(Problem(path, shown, expected))


def _opening(value: object) -> int:
    return values.read_time(value, closing=False)


def _closing(value: object) -> int:
    return values.read_time(value, closing=True)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
