"""Tables as other programs write them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.desk.intake.csv_reading import Record, Refused, Table, TableError
from deskterm.desk.intake.local_times import local_date, local_us

LONDON = ZoneInfo("Europe/London")
MINUTE = 60_000_000


def lines(data: bytes) -> list[tuple[int, object]]:
    return [
        (entry.line, entry.reason if isinstance(entry, Refused) else tuple(entry.cells.values()))
        for entry in Table(data)
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_even_where_texts_hold_others(mark: str) -> None:
    data = f"a{mark}b\n1, 2; 3{mark}4\n5{mark}x, y; z".encode()
    if mark in ",;":
        data = f'a{mark}b\n"1, 2; 3"{mark}4\n5{mark}"x, y; z"'.encode()
    table = Table(data)
    assert table.delimiter == mark
    assert [entry.cells["a"] for entry in table if isinstance(entry, Record)] == ["1, 2; 3", "5"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(encoding: str) -> None:
    table = Table("name,town\nÉcole,Köln\n".encode(encoding))
    assert table.header == ("name", "town")
    assert [entry.cells["name"] for entry in table if isinstance(entry, Record)] == ["École"]


def test_line_numbers_are_those_of_the_file() -> None:
    data = b'a,b\r\n1,"two\r\nlines"\r\n\r\n3,4\r\n'
    assert lines(data) == [(2, ("1", "two\r\nlines")), (5, ("3", "4"))]


def test_a_short_line_is_refused_and_a_delimiter_at_the_end_forgiven() -> None:
    assert lines(b"a,b\n1\n1,2,\n1,2,3\n") == [
        (2, "has 1 cells where the header has 2"),
        (3, ("1", "2")),
        (4, "has 3 cells where the header has 2"),
    ]


def test_a_quote_that_is_never_closed_costs_its_own_line_only() -> None:
    data = b'a,b\n1,2\n3,"4\n5,6\n7,8\n'
    assert lines(data) == [
        (2, ("1", "2")),
        (3, "has a quote that is not closed on its line"),
        (4, ("5", "6")),
        (5, ("7", "8")),
    ]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_one_sentence(data: bytes) -> None:
    with pytest.raises(TableError, match="empty"):
        Table(data)


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(TableError, match="'a' twice"):
        Table(b"a,b,a\n1,2,3\n")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200) | st.text(alphabet='ab,;"\n\r\t\0', max_size=80).map(str.encode))
def test_any_file_is_read_or_refused_and_never_a_traceback(data: bytes) -> None:
    try:
        table = Table(data)
    except TableError:
        return
    for entry in table:
        assert entry.line >= 1


def test_a_time_the_clocks_skip_moves_over_the_gap_and_one_shown_twice_is_the_first() -> None:
    assert local_us("27-03-2016 01:30", LONDON) == local_us("27-03-2016 02:30", LONDON)
    first = local_us("30-10-2016 01:30", LONDON)
    assert local_us("30-10-2016 00:59", LONDON) == first - 31 * MINUTE
    assert local_us("30-10-2016 02:00", LONDON) == first + 90 * MINUTE


def test_times_as_different_programs_write_them() -> None:
    expected = local_us("2016-07-01T08:05:00Z", LONDON)
    for text in (
        "01-07-2016 09:05",
        "1/7/2016 9:05",
        "01.07.2016 09:05:00",
        "2016-07-01 09:05:00",
        "2016-07-01T09:05:00.000000",
        "2016-07-01 10:05+02:00",
        "2016-07-01 03:05:00-0500",
    ):
        assert local_us(text, LONDON) == expected, text
    assert local_date("1/7/2016").isoformat() == "2016-07-01"


@pytest.mark.parametrize(
    "text",
    ["", "soon", "31-02-2016 09:00", "01-07-2016 25:00", "01-07-16", "٠١-07-2016", "0000-01-01"],
)
def test_what_is_no_time_says_what_is_expected(text: str) -> None:
    with pytest.raises(ValueError, match="time"):
        local_us(text, LONDON)
    if "09:00" in text or ":" not in text:
        with pytest.raises(ValueError, match="date"):
            local_date(text)
