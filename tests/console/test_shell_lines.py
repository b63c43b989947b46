"""Header, footer and views say what matters in whatever width there is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from deskterm.console.catalog import everywhere
from deskterm.console.glyphs import UNICODE
from deskterm.console.screens.queue import QueueScreen
from deskterm.console.widgets.header_line import HeaderLine
from deskterm.console.widgets.key_footer import KeyFooter
from deskterm.console.widgets.painted import Line, width_of
from deskterm.console.widgets.view_list import View, ViewList, ViewPicker
from deskterm.desk.hours import DeskHours
from deskterm.desk.text import clean
from deskterm.worktime import to_us
from tests.console.fake_desk import HOUR, MINUTE, NOW, local

NOW_US = to_us(NOW)


def text(lines: Sequence[Line], at: int = 0) -> str:
    return "".join(span.text for span in lines[at])


def header(*hours: DeskHours) -> HeaderLine:
    line = HeaderLine(glyphs=UNICODE, local=local)
    line.places = [(a.id, a.label) for a in everywhere.ACTIONS if a.id.startswith("go.")]
    line.place, line.agent, line.hours = "go.queue", "sam", hours
    line._now_us = NOW_US
    return line


def opened(name: str, minutes: int) -> DeskHours:
    return DeskHours(clean(name), True, NOW_US + minutes * MINUTE)


def closed(name: str, hours: int) -> DeskHours:
    return DeskHours(clean(name), False, NOW_US + hours * HOUR)


@pytest.mark.parametrize("width", range(46, 160, 3))
def test_the_header_fits_and_keeps_date_and_agent(width: int) -> None:
    line = header(opened("a", 134), closed("b", 60)).draw(width, 1)
    assert width_of(line[0]) <= width
    assert text(line).rstrip().endswith("Fri 20 Nov 14:16 · sam")


def test_screens_are_named_where_there_is_room() -> None:
    line = text(header(opened("a", 134)).draw(120, 1))
    assert line.startswith(" deskterm   Queue  Visits  Customers")
    assert "desk open, closes in 2h14" in line


def test_the_next_closing_and_the_next_opening_are_said() -> None:
    many = header(opened("a", 134), opened("b", 30), closed("c", 2))
    assert "2 of 3 desks open, next closes in 30m" in text(many.draw(140, 1))
    none = header(closed("a", 66), closed("b", 70))
    assert "all desks closed · opens Mon 08:16" in text(none.draw(140, 1))


@pytest.mark.parametrize("width", range(30, 140, 5))
def test_a_footer_that_is_too_narrow_says_where_the_other_keys_are(width: int) -> None:
    footer = KeyFooter(QueueScreen.actions(), glyphs=UNICODE)
    (line,) = footer.draw(width, 1)
    shown = text([line])
    assert width_of(line) <= width
    named = sum(f" {action.label} " in shown for action in footer.actions)
    assert ("? help" in shown) == (named == len(footer.actions))
    assert ("? more keys" in shown) == (named < len(footer.actions))


def test_the_footer_of_a_narrow_queue_keeps_what_is_pressed_most() -> None:
    (line,) = KeyFooter(QueueScreen.actions(), glyphs=UNICODE).draw(80, 1)
    assert text([line]).split("  ") == [
        " n new", "t triage", "r respond", "h hold", "a assign", "x resolve", "/ filter",
        "? more keys ",
    ]  # fmt: skip


def test_views_have_their_counts_and_saved_ones_stand_apart() -> None:
    views = ViewList(glyphs=UNICODE)
    views.views = (View("breaking-next", "Breaking next"), View("x", "AV jobs", saved=True))
    views.current, views.counts = "breaking-next", {"breaking-next": 37, "x": 5}
    lines = views.draw(22, 10)
    assert text(lines, 0) == "▌Breaking next     37 "
    assert "saved" in text(lines, 1)
    assert text(lines, 2) == " AV jobs            5 "


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_the_picker_shows_where_one_is_and_fits(width: int) -> None:
    picker = ViewPicker(glyphs=UNICODE)
    picker.views = tuple(View(str(n), f"View {n}") for n in range(9))
    picker.current, picker.counts = "3", {"3": 12}
    line = picker.draw(width, 1)
    assert "View 3 12" in text(line)
    assert width_of(line[0]) <= width


def test_the_screens_keep_their_names_at_80_columns_while_all_desks_are_closed() -> None:
    line = text(header(closed("a", 66), closed("b", 70)).draw(80, 1))
    assert line.startswith(" deskterm   Queue  Visits  Customers")
    assert "opens Mon 08:16" in line
    longer = header(closed("a", 66), closed("b", 70))
    longer.agent = "Amir Ashdown"
    said = text(longer.draw(80, 1))
    assert said.startswith(" deskterm   Queue  Visits  Customers") and " closed " in said
