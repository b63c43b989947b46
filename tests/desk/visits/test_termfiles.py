"""Term dates are read from a spreadsheet's CSV or a calendar."""

from __future__ import annotations

from datetime import date

import pytest

from deskterm.desk.errors import Refused
from deskterm.desk.visits.termfiles import read_terms

CSV = """\ufeffName,First,Last
Autumn 2026,2026-09-03,2026-12-18
Half term,2026-10-26,2026-10-30

INSET day,2026-11-25,
"""

ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//council//EN
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20261026
DTEND;VALUE=DATE:20261031
SUMMARY:Half Term
END:VEVENT
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20260903
DTEND;VALUE=DATE:20261219
SUMMARY:Autumn term
END:VEVENT
END:VCALENDAR
"""


def test_a_csv_of_names_and_dates() -> None:
    assert [(e.kind, e.name, e.first, e.last) for e in read_terms(CSV)] == [
        ("term", "Autumn 2026", date(2026, 9, 3), date(2026, 12, 18)),
        ("day_off", "Half term", date(2026, 10, 26), date(2026, 10, 30)),
        ("day_off", "INSET day", date(2026, 11, 25), date(2026, 11, 25)),
    ]


def test_a_calendar_of_whole_days_ends_the_day_before_its_end() -> None:
    assert [(e.kind, e.first, e.last) for e in read_terms(ICS.replace("\n", "\r\n"))] == [
        ("term", date(2026, 9, 3), date(2026, 12, 18)),
        ("day_off", date(2026, 10, 26), date(2026, 10, 30)),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Term,Start\nAutumn,2026-09-03\n", "no column “name”"),
        ("name,first,last\nAutumn,3 Sept,\n", "Line 2: “3 Sept” or its end is no date"),
        ("name,first,last,kind\nAutumn,2026-09-03,,week\n", "“week” is neither term nor day_off"),
        ("name,first,last\nAutumn,2026-09-03,2026-09-01\n", "Autumn ends before it begins"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(text: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_terms(text)
