"""What commands print can steer no terminal and lines up."""

from __future__ import annotations

import json

import pytest

from deskterm.cli.now import clock, instant
from deskterm.cli.output import cut, json_text, say, say_json_list, say_table, width_of
from deskterm.cli.status import UsageError
from deskterm.cli.times import iso, left, short

NOON_US = 1_795_176_000_000_000  # 2026-11-20T12:00:00Z, a Friday
HOUR_US = 3_600_000_000


def test_escape_sequences_are_shown_and_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    say("\x1b]52;c;aGVsbG8=\x07 printer \x9b31m")
    out = capsys.readouterr().out
    assert "\x1b" not in out and "\x07" not in out and "\x9b" not in out
    assert "printer" in out


def test_json_is_ascii_and_holds_every_character(capsys: pytest.CaptureFixture[str]) -> None:
    text = 'Ünïcode \x1b[31m “quoted” \u202e 🖨'
    printed = json_text({"subject": text})
    assert printed.isascii()
    assert json.loads(printed)["subject"] == text
    say_json_list([{"a": 1}, {"b": [text]}])
    assert json.loads(capsys.readouterr().out) == [{"a": 1}, {"b": [text]}]


def test_an_empty_list_is_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    say_json_list([])
    assert json.loads(capsys.readouterr().out) == []


def test_columns_line_up_with_wide_characters_in_them(capsys: pytest.CaptureFixture[str]) -> None:
    say_table(("#", "subject", "who"), [(1, "日本語", "kim"), (2, "plain", "sam"), (3, None, "")])
    lines = capsys.readouterr().out.splitlines()
    named = zip(lines[1:3], ("kim", "sam"), strict=True)
    at = [width_of(line[: line.index(name)]) for line, name in named]
    assert at[0] == at[1] == lines[0].index("who")


def test_a_line_is_cut_at_a_column_and_not_at_a_character() -> None:
    assert cut("日本語", 5) == "日本…"
    assert cut("plain", 5) == "plain"


def test_a_frozen_clock_stands_still() -> None:
    frozen = clock({"DESKTERM_NOW": "2026-11-20T12:00+00:00"})
    assert frozen() == frozen() == NOON_US
    assert clock({})() > NOON_US - 10**17


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "12:00"])
def test_an_unreadable_time_says_how_to_write_one(text: str) -> None:
    with pytest.raises(UsageError, match=r"--opened is .* write it like 2026-11-20T16:00"):
        instant(text, "--opened")


def test_times_for_programs_carry_their_offset() -> None:
    assert iso(NOON_US, "America/New_York") == "2026-11-20T07:00:00-05:00"
    assert iso(NOON_US) == "2026-11-20T12:00:00+00:00"
    assert iso(None) is None


def test_times_for_people_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    __import__("time").tzset()
    assert short(NOON_US + HOUR_US, NOON_US) == "today 13:00"
    assert short(NOON_US + 69 * HOUR_US, NOON_US) == "Mon 09:00"
    assert short(NOON_US + 24 * 30 * HOUR_US, NOON_US) == "Sun 20 Dec 2026 12:00"
    assert short(NOON_US, NOON_US, "America/New_York") == "today 07:00 EST"


def test_time_left_is_hours_and_minutes_then_minutes_and_seconds() -> None:
    assert left(78 * HOUR_US + 15 * 60_000_000) == "78h15"
    assert left(25 * 60_000_000 + 4_000_000) == "25m04"
    assert left(-14 * 60_000_000) == "-14m00"
    assert left(None) == ""
