"""Times to come, as people type them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from deskterm.desk.when import WhenError, read_when
from deskterm.worktime import to_us
from tests.console.fake_desk import LONDON, NOW, local

NOW_US = to_us(NOW)


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> int:
    return to_us(datetime(year, month, day, hour, minute, tzinfo=LONDON))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("15:30", at(11, 20, 15, 30)),
        ("9:00", at(11, 21, 9)),
        ("9.15", at(11, 21, 9, 15)),
        ("Mon 9:00", at(11, 23, 9)),
        ("mon", at(11, 23, 9)),
        ("Monday at 10:30", at(11, 23, 10, 30)),
        ("Fri 9:00", at(11, 27, 9)),
        ("Fri 16:00", at(11, 20, 16)),
        ("tomorrow 8:00", at(11, 21, 8)),
        ("24 Nov", at(11, 24, 9)),
        ("24 november 14:00", at(11, 24, 14)),
        ("3 Jan", at(1, 3, 9, year=2027)),
        ("2026-12-01 11:00", at(12, 1, 11)),
        ("3d", at(11, 23, 14, 16)),
        ("2w", at(12, 4, 14, 16)),
        ("2h", at(11, 20, 16, 16)),
        ("45m", at(11, 20, 15, 1)),
    ],
)
def test_what_people_type_is_the_next_such_time(text: str, meant: int) -> None:
    assert read_when(text, NOW_US, local) == meant


def test_a_day_is_a_wall_clocks_day_over_a_change_of_the_clocks() -> None:
    before = to_us(datetime(2027, 3, 27, 9, 0, tzinfo=LONDON))
    assert read_when("1d", before, local) == to_us(datetime(2027, 3, 28, 8, 0, tzinfo=UTC))


@pytest.mark.parametrize("text", ["", "soon", "25:00", "31 Feb", "9", "Xday 9:00", "2026-13-01"])
def test_what_cannot_be_read_says_what_can(text: str) -> None:
    with pytest.raises(WhenError) as refused:
        read_when(text, NOW_US, local)
    assert "15:30" in refused.value.sentence
