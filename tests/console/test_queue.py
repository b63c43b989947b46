"""The queue by keyboard, on a frozen clock that is moved on."""

from __future__ import annotations

from deskterm.console.app import DeskApp
from tests.console.fake_desk import FakeClock, FakeDesk
from tests.console.screens import settled


async def test_what_breaks_next_stands_first(app: DeskApp) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await settled(pilot)
        assert [row.number for row in screen.table.rows[:3]] == [1042, 1039, 1029]
        assert screen.table.number == 1042


async def test_clocks_count_down_and_nothing_else_is_drawn(app: DeskApp, clock: FakeClock) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await settled(pilot)
        clock.move(seconds=1)
        screen.tick_now()
        before = screen.table.redrawn
        clock.move(seconds=1)
        screen.tick_now()
        await pilot.pause()
        # Of thirty tickets 1039, 1029 and 1001 are in their last hour.
        assert screen.table.redrawn - before == 3


async def test_the_cursor_belongs_to_its_ticket(app: DeskApp, desk: FakeDesk) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await settled(pilot)
        await pilot.press("j", "j")
        number = screen.table.number
        desk.take_away(1042)
        screen.reload()
        await settled(pilot)
        assert screen.table.number == number
        assert screen.table.cursor == 1
