"""What is said stands above the keys: no row is lost to it, and it goes when it does not hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskterm.console.app import DeskApp
from deskterm.console.widgets.notice_line import NoticeLine
from tests.console.fake_desk import FakeDesk
from tests.console.screens import line_with, settled, shown

WIDE, NARROW = (120, 36), (80, 24)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_row_under_the_cursor_is_seen_wherever_it_is(
    app: DeskApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        screen = await settled(pilot)
        await pilot.press("G")
        await settled(pilot)
        app.say("Something has happened.")
        await settled(pilot)
        lines = shown(pilot).split("\n")
        assert "Something has happened." in lines[-2]
        assert f"▌ {screen.table.number}" in "\n".join(lines[:-2])


async def test_a_wide_queue_keeps_every_row_where_it_was(app: DeskApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        before = shown(pilot).split("\n")
        app.say("Something has happened.")
        await settled(pilot)
        after = shown(pilot).split("\n")
        assert [at for at, line in enumerate(after) if line != before[at]] == [34], "the lower edge"


async def test_a_long_sentence_is_read_to_its_end(app: DeskApp) -> None:
    said = "sentence " * 16 + "end."
    async with app.run_test(size=NARROW) as pilot:
        screen = await settled(pilot)
        rows = screen.table.page_rows
        app.say(said, "error")
        await settled(pilot)
        assert shown(pilot).count("sentence") == 16 and "end." in shown(pilot)
        assert screen.table.page_rows == rows - 2, "its two lines are nobody else's"


async def test_what_was_done_before_makes_room_and_warnings_stay(app: DeskApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        app.say("First is done.")
        app.say("Mind the gap.", "warning")
        app.say("Second is done.")
        await settled(pilot)
        assert "First" not in shown(pilot)
        assert "▲ Mind the gap." in shown(pilot) and "· Second is done." in shown(pilot)


async def test_the_hint_to_undo_goes_when_it_is_used(app: DeskApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await pilot.press("a")
        await settled(pilot)
        assert "(u to undo)" in shown(pilot)
        await pilot.press("u")
        await settled(pilot)
        assert "to undo" not in shown(pilot)
        assert "taken back" in shown(pilot)


async def test_the_hint_to_undo_goes_when_somebody_else_goes_on_with_the_ticket(
    app: DeskApp, desk: FakeDesk
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await settled(pilot)
        await pilot.press("a")
        await settled(pilot)
        row = screen.table.selected
        assert row is not None and "(u to undo)" in shown(pilot)
        desk.put(replace(row, version=row.version + 1))
        screen.reload()
        await settled(pilot)
        assert "to undo" not in shown(pilot)


async def test_the_hint_to_undo_belongs_to_its_screen_and_a_window_has_its_own_line(
    app: DeskApp,
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await settled(pilot)
        await pilot.press("a")
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        assert "to undo" not in shown(pilot)
        app.say("Something has happened.")
        await settled(pilot)
        assert not screen.query_one(NoticeLine).notices, "said once"
        assert line_with(pilot, "Something has happened.")
        await pilot.press("escape")
        await settled(pilot)
        assert "Something has happened." in shown(pilot), "it goes on where the keys go"
