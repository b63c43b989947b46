"""Opening hours as they are written."""

from __future__ import annotations

import pytest

from deskterm.policy.findings import Findings
from deskterm.policy.hours import read_hours, read_span


def read(value: object) -> tuple[dict[str, tuple[tuple[str, str], ...]], list[str]]:
    findings = Findings("x")
    weekly = read_hours(value, ("hours",), findings)
    return weekly, [finding.found for _, finding in findings.found]


@pytest.mark.parametrize(
    ("value", "weekly"),
    [
        ({"mon": "08:00-12:00"}, {"mon": (("08:00", "12:00"),)}),
        ({"Sat-Sun": "9:00 – 13:00"}, {"sat": (("09:00", "13:00"),), "sun": (("09:00", "13:00"),)}),
        ({"sun-mon": "00:00-24:00"}, {"mon": (("00:00", "24:00"),), "sun": (("00:00", "24:00"),)}),
        ({"tue": ["13:00-17:00", "08:00-12:00"]},
         {"tue": (("08:00", "12:00"), ("13:00", "17:00"))}),
        ({"wed": "08:00-01:00"}, {"wed": (("08:00", "01:00"),)}),
        ({"mon": "08:00-12:00", "mon-tue": "13:00-17:00"},
         {"mon": (("08:00", "12:00"), ("13:00", "17:00")), "tue": (("13:00", "17:00"),)}),
    ],
)  # fmt: skip
def test_days_and_ranges(value: object, weekly: object) -> None:
    assert read(value) == (weekly, [])


def test_hours_that_touch_do_not_overlap() -> None:
    touching = {"mon": ["08:00-12:00", "12:00-16:00", "20:00-24:00"], "tue": "00:00-02:00"}
    assert read(touching)[1] == []


@pytest.mark.parametrize(
    "value",
    [
        {"mon": ["08:00-12:00", "11:59-13:00"]},
        {"mon-fri": "08:00-16:00", "wed": "15:00-20:00"},
        {"mon": "20:00-08:00", "tue": "07:00-09:00"},
        {"sun": "20:00-08:00", "mon": "07:00-09:00"},
        {"mon-sun": "06:00-05:00", "thu": "04:30-05:45"},
    ],
)
def test_hours_that_overlap_are_found(value: object) -> None:
    (found,) = read(value)[1]
    assert "overlap" in found


@pytest.mark.parametrize(
    "value", [None, 7, "mon", [], {"mon": 8}, {"mon": {}}, {"": "08:00-09:00"}]
)
def test_anything_else_is_a_finding(value: object) -> None:
    assert read(value)[1]


@pytest.mark.parametrize("text", ["08:30-10:30", "8:30–10:30"])
def test_a_slot_lies_in_one_day(text: str) -> None:
    assert read_span(text) == ("08:30", "10:30")


@pytest.mark.parametrize("text", ["10:30-08:30", "08:30-08:30", "08:30", "22:00-01:00", "8-10"])
def test_what_is_no_slot(text: str) -> None:
    assert read_span(text) is None
