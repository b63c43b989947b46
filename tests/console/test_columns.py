"""Columns fit the terminal, and each says what the ticket is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from rich.cells import cell_len

from deskterm.console.glyphs import UNICODE
from deskterm.console.widgets.row_window import RowWindow, follow
from deskterm.console.widgets.ticket_columns import (
    Moment,
    columns_for,
    fit,
    needed_widths,
    short_name,
)
from deskterm.console.widgets.ticket_lines import TicketLines
from deskterm.desk.model import QueuePage
from deskterm.worktime import to_us
from tests.console.fake_desk import HOUR, KIM, MINUTE, NOW, SAM, answer, fix, local, paused, ticket

NOW_US = to_us(NOW)
MOMENT = Moment(NOW_US, local, UNICODE, SAM.id)


@pytest.mark.parametrize("width", range(60, 201, 7))
def test_columns_fill_the_width_and_never_pass_it(width: int) -> None:
    placed = columns_for(width, {"number": 7, "priority": 11, "who": 9})
    last = placed[-1]
    assert last.x + last.width <= width
    assert all(a.x + a.width < b.x for a, b in pairwise(placed))
    assert width < 88 or last.x + last.width >= width - 20


def test_a_narrow_terminal_keeps_what_matters() -> None:
    names = [placed.column.title for placed in columns_for(79, {})]
    assert names == ["#", "P", "Next", "Due", "Subject", "Customer"]


def test_a_narrow_terminal_gives_priorities_the_room_their_names_need() -> None:
    named = replace(ticket(1042), priority_name="System Down")
    lines = TicketLines(UNICODE, local)
    lines.place([named], 78, NOW_US)
    assert "System Down " in "".join(lines.line(named, NOW_US).texts)
    subject = next(each for each in lines.placed if each.column.id == "subject")
    assert subject.width >= 20


@pytest.mark.parametrize(
    ("chase_in", "said", "style"),
    [
        (HOUR, "chase 15:16", "held"),
        (72 * HOUR, "chase Mon", "held"),
        (-MINUTE, "▲chase 14:15", "risk"),
        (-48 * HOUR, "▲chase 18 Nov", "risk"),
    ],
)
def test_a_held_ticket_says_when_to_chase_what_is_awaited(
    chase_in: int, said: str, style: str
) -> None:
    held = replace(
        ticket(1042, paused("fix", "Fix", HOUR), status="held"), chase_us=NOW_US + chase_in
    )
    lines = TicketLines(UNICODE, local)
    lines.place([held], 78, NOW_US)
    at = next(at for at, each in enumerate(lines.placed) if each.column.id == "due")
    line = lines.line(held, NOW_US)
    assert (line.cells[at].text, line.cells[at].style) == (said, style)
    assert line.texts[at].strip() == said


def test_the_time_to_chase_comes_without_anything_else_happening() -> None:
    held = replace(
        ticket(1042, paused("fix", "Fix", HOUR), status="held"), chase_us=NOW_US + MINUTE
    )
    lines = TicketLines(UNICODE, local)
    lines.place([held], 78, NOW_US)
    line = lines.line(held, NOW_US)
    assert line.changes_us == NOW_US + MINUTE
    assert list(lines.advance(line, lines.moment(NOW_US + MINUTE)))
    assert "▲chase 14:17" in "".join(line.texts)


def test_columns_are_as_wide_as_what_they_say() -> None:
    rows = [ticket(123_456, answer(HOUR, NOW_US), fix(-1000 * HOUR, NOW_US))]
    needs = needed_widths(rows, MOMENT)
    assert needs["number"] == 6
    assert needs["fix"] == len("◆ +1000h00")
    placed = {each.column.id: each.width for each in columns_for(110, needs)}
    assert placed["number"] == 6
    assert placed["fix"] == 10


def test_scrolling_does_not_make_columns_jump() -> None:
    lines = TicketLines(UNICODE, local)
    assert lines.place([ticket(100_000)], 110, NOW_US)
    assert not lines.place([ticket(7)], 110, NOW_US)
    lines.forget()
    assert lines.place([ticket(7)], 110, NOW_US)


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("Oakfield", 10, "Oakfield  "),
        ("Oakfield Primary", 10, "Oakfield …"),
        ("日本語テキスト", 7, "日本語…"),
        ("école", 5, "école"),
    ],
)
def test_text_is_cut_by_cells_and_says_that_it_is(text: str, width: int, fitted: str) -> None:
    assert fit(text, width, "…") == fitted
    assert cell_len(fit(text, width, "…")) == width


def test_names_are_short_and_told_apart() -> None:
    assert short_name("Uma Novak") == "Uma N."
    assert short_name("Jean Luc van Dyck") == "Jean D."
    assert short_name("sam") == "sam"


def test_only_the_characters_that_changed_are_named() -> None:
    lines = TicketLines(UNICODE, local)
    row = ticket(1042, answer(25 * MINUTE, NOW_US), fix(9 * HOUR, NOW_US), agent=KIM)
    lines.place([row], 100, NOW_US)
    line = lines.line(row, NOW_US)
    second = lines.moment(NOW_US + 1_000_000)
    changed = list(lines.advance(line, second))
    # ▲ 25m00 becomes ▲ 24m59, and 9h00 becomes 8h59.
    assert [width for _, width in changed] == [4, 4]
    assert list(lines.advance(line, second)) == []
    third = lines.moment(NOW_US + 2_000_000)
    assert [width for _, width in lines.advance(line, third)] == [1]


def test_a_part_of_a_cell_is_what_the_whole_line_says_there() -> None:
    from rich.style import Style

    lines = TicketLines(UNICODE, local)
    row = ticket(1042, answer(25 * MINUTE, NOW_US), fix(9 * HOUR, NOW_US), subject="日本語 text")
    lines.place([row], 100, NOW_US)
    line = lines.line(row, NOW_US)
    plain = lambda paper, ink: Style()  # noqa: E731 -- a style nobody looks at
    whole = lines.strip(line, "  ", "plain", 100, plain)
    for placed in lines.placed:
        part = lines.patch(line, placed.x, placed.width, "plain", plain)
        assert part is not None
        assert part.text == whole.crop(placed.x, placed.x + placed.width).text
    assert lines.patch(line, lines.placed[0].x, 30, "plain", plain) is None


@pytest.mark.parametrize(
    ("cursor", "top", "found", "total", "after"),
    [
        # A ticket came in above: the selected one stays on its line of the screen.
        (25, 20, 26, 101, (26, 21)),
        # At the top of the list it shows instead.
        (3, 0, 4, 101, (4, 0)),
        # ... unless the selected ticket would go out of sight.
        (9, 0, 12, 103, (12, 3)),
        # The ticket has left: the one that moved up is next.
        (25, 20, None, 99, (25, 20)),
        (99, 90, None, 99, (98, 89)),
        # Scrolled away from the cursor: what is looked at stays.
        (5, 50, 6, 101, (6, 50)),
        # The list is short now, or empty.
        (25, 20, None, 4, (3, 0)),
        (25, 20, None, 0, (0, 0)),
    ],
)
def test_the_cursor_follows_its_ticket_and_the_view_keeps_still(
    cursor: int, top: int, found: int | None, total: int, after: tuple[int, int]
) -> None:
    assert follow(cursor, top, 10, found, total) == after


def test_rows_are_asked_for_before_they_come_into_view_and_once() -> None:
    window = RowWindow()
    rows = tuple(ticket(n) for n in range(30))
    window.take_in(QueuePage("breaking-next", rows, 0, None, 1))
    assert window.missing(0, 10, 1000) is None
    assert window.missing(14, 10, 1000) is None
    assert window.missing(17, 10, 1000) == (7, 30)
    assert window.missing(17, 10, 1000) is None
    assert window.missing(500, 10, 1000) == (490, 30)
