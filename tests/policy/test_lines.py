"""A finding's line is the line a person sees in an editor."""

from __future__ import annotations

from deskterm.policy import check_policy
from deskterm.policy.lines import Lines
from tests.policy.texts import GOOD, shipped_text

TEXT = '''\
# a comment with "quotes" and [brackets
id = "x"

summary = """
several [ lines
of "text" # no comment
"""
"quoted key" = 1

[calendars.desk]
tz = "UTC"
hours = { mon = "08:00-09:00" } # = [

[[targets]]
clock = "a"

[[targets]]
clock = "b"
stop = [
  "resolved",   # a ] comment
  "closed",
]
when.type = ["incident"]

[targets.amount]
high = \'\'\'
4 working hours\'\'\'
low = "none"

[packages.p]
cover = [
  { area = "A", text = "[x]" },
  { area = "B", text = """two
lines""" },
  { area = "C" },
]
'''


def test_every_kind_of_place() -> None:
    lines = Lines(TEXT)
    assert lines.of(("id",)) == 2
    assert lines.of(("summary",)) == 4
    assert lines.of(("quoted key",)) == 8
    assert lines.of(("calendars", "desk")) == 10
    assert lines.of(("calendars", "desk", "hours", "mon")) == 12
    assert lines.of(("targets", 0, "clock")) == 15
    assert lines.of(("targets", 1)) == 17
    assert lines.of(("targets", 1, "stop", 1)) == 21
    assert lines.of(("targets", 1, "when", "type")) == 23
    assert lines.of(("targets", 1, "amount", "high")) == 26
    assert lines.of(("targets", 1, "amount", "low")) == 28
    assert lines.of(("packages", "p", "cover", 1, "area")) == 33
    assert lines.of(("packages", "p", "cover", 2)) == 35


def test_what_is_missing_is_placed_at_what_it_is_missing_from() -> None:
    lines = Lines(TEXT)
    assert lines.of(("targets", 0, "amount")) == 14
    assert lines.of(("nowhere",)) is None


def test_windows_line_ends_count_once() -> None:
    assert Lines(TEXT.replace("\n", "\r\n")).of(("packages", "p", "cover", 2)) == 35


def test_a_mistake_in_a_long_file_is_where_the_editor_shows_it() -> None:
    text = shipped_text("concero").replace('id   = "awaiting_parts"', 'id   = "awaiting parts"')
    (finding,) = check_policy(text, "concero.toml")
    assert finding.line is not None
    assert "awaiting parts" in text.splitlines()[finding.line - 1]


def test_every_line_of_a_good_policy_is_known() -> None:
    lines = Lines(GOOD)
    for number, line in enumerate(GOOD.splitlines(), 1):
        if line.startswith("tz"):
            assert number in {lines.of(("calendars", name, "tz")) for name in ("desk", "onsite")}
