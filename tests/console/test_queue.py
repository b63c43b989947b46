"""The queue by keyboard, on a frozen clock that is moved on."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

import pytest
from textual.widgets import Input

from deskterm.console.app import DeskApp
from deskterm.console.config import Settings
from tests.console.conftest import MakeApp
from tests.console.fake_desk import (
    HOUR,
    KIM,
    LONDON,
    MINUTE,
    SECOND,
    FakeClock,
    FakeDesk,
    answer,
    fix,
    ticket,
)
from tests.console.screens import line_with, settled, shown, until

WIDE, NARROW = (120, 36), (80, 24)


async def test_what_breaks_next_stands_first_and_says_what_to_do(app: DeskApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        assert [row.number for row in screen.table.rows[:3]] == [1042, 1039, 1029]
        first = line_with(pilot, "1042 Urgent")
        assert "◆ +14m" in first and "6h46" in first and "today 14:02" in first
        assert "next r answer is still owed and late" in shown(pilot)
        assert "30 open · 1 overdue · 3 at risk · 1 on hold" in shown(pilot)


async def test_the_header_says_which_desks_are_open_and_who_sits_here(app: DeskApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        header = shown(pilot).split("\n")[0]
        assert "2 of 3 desks open, next closes in 2h14" in header
        assert header.endswith("Fri 20 Nov 14:16 · sam")


async def test_a_closed_desk_says_when_it_opens(app: DeskApp, clock: FakeClock) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        clock.set(datetime(2026, 11, 20, 20, 0, tzinfo=LONDON))
        screen.tick_now()
        await settled(pilot)
        assert "all desks closed · opens Mon 08:00" in shown(pilot)


async def test_clocks_count_down_and_only_what_changes_is_drawn(
    app: DeskApp, clock: FakeClock
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        clock.move(seconds=1)
        screen.tick_now()
        before = screen.table.redrawn
        clock.move(seconds=1)
        screen.tick_now()
        await pilot.pause()
        assert "▲ 25m02" in line_with(pilot, "1039 High")
        # Of thirty tickets 1039, 1029 and 1001 are in their last hour.
        assert screen.table.redrawn - before == 3


async def test_a_tick_is_computed_from_the_clock_and_not_counted(
    app: DeskApp, clock: FakeClock
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        clock.move(minutes=25)
        screen.tick_now()
        await settled(pilot)
        assert "▲ 0m04" in line_with(pilot, "1039 High")


async def test_a_clock_that_is_set_back_takes_back_what_was_late(
    app: DeskApp, clock: FakeClock
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        for moved, said in ((30, "◆ +4m"), (-28, "▲ 23m04"), (40, "◆ +16m"), (-42, "▲ 25m04")):
            clock.move(minutes=moved)
            screen.tick_now()
            await settled(pilot)
            assert said in line_with(pilot, "1039 High"), moved


async def test_with_no_clock_in_its_last_hour_nothing_is_drawn_between_the_minutes(
    make_app: MakeApp, clock: FakeClock
) -> None:
    app = make_app()
    now = clock()
    rows = [ticket(n, answer((3 + n) * HOUR, now), fix((9 + n) * HOUR, now)) for n in range(1, 9)]
    app.desk = cast(Any, FakeDesk(rows, clock))
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        clock.move(seconds=1)
        screen.tick_now()
        before = screen.table.redrawn
        for _ in range(50):
            clock.move(seconds=1)
            screen.tick_now()
        assert screen.table.redrawn == before


async def test_the_cursor_belongs_to_its_ticket_and_keeps_its_line(
    app: DeskApp, desk: FakeDesk
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.press("j", "j")
        number = screen.table.number
        desk.take_away(1042)
        desk.take_away(1039)
        screen.reload()
        await settled(pilot)
        assert screen.table.number == number
        assert screen.table.cursor == 0


async def test_in_a_scrolled_list_the_selected_ticket_stays_on_its_line_of_the_screen(
    app: DeskApp, desk: FakeDesk, clock: FakeClock
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await settled(pilot)
        await pilot.press("G")
        await settled(pilot)
        table = screen.table
        number, line = table.number, table.cursor - table.top
        for n in range(3):
            desk.put(ticket(2000 + n, answer(-HOUR, clock()), subject="Just in"))
        screen.reload()
        await settled(pilot)
        assert table.number == number
        assert table.cursor - table.top == line


async def test_the_list_goes_with_a_ticket_that_moves_far_away(
    make_app: MakeApp, clock: FakeClock
) -> None:
    now = clock()
    desk = FakeDesk([ticket(1000 + n, fix((n + 1) * MINUTE, now)) for n in range(900)], clock)
    app = make_app()
    app.desk = cast(Any, desk)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.press("j", "j")
        desk.put(ticket(1002, fix(5000 * HOUR, now), subject="Put off"))
        screen.reload()
        await settled(pilot)
        assert (screen.table.number, screen.table.cursor) == (1002, 899)
        assert "Put off" in line_with(pilot, "▌ 1002")


async def test_when_its_ticket_leaves_the_cursor_takes_the_one_that_moved_up(
    app: DeskApp, desk: FakeDesk
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.press("j")
        desk.take_away(1039)
        screen.reload()
        await settled(pilot)
        assert screen.table.number == 1029
        assert screen.table.cursor == 1


async def test_what_others_change_appears_by_itself(make_app: MakeApp, desk: FakeDesk) -> None:
    app = make_app(watch=True)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        watcher = app._watcher
        assert watcher is not None
        desk.put(ticket(3000, answer(-2 * HOUR, desk.now_us()), subject="Opened elsewhere"))
        watcher.look()
        await until(pilot, "Opened elsewhere")
        assert screen.table.number == 1042


async def test_a_page_that_says_the_same_is_not_drawn_again(app: DeskApp, desk: FakeDesk) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        before = screen.table.redrawn
        screen.reload()
        await settled(pilot)
        assert screen.table.redrawn == before
        row = desk.rows[1035]
        desk.put(ticket(1035, *row.clocks, subject="Hall projector back", agent=KIM, priority=1))
        screen.reload()
        await settled(pilot)
        # Subject, customer and agent of one ticket.
        assert screen.table.redrawn - before == 3


async def test_a_ticket_that_becomes_late_is_announced_and_the_cursor_stays(
    app: DeskApp, clock: FakeClock
) -> None:
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        screen = await settled(pilot)
        await pilot.press("j", "j", "j")
        number = screen.table.number
        clock.move(minutes=25, seconds=5)
        screen.tick_now()
        await settled(pilot)
        assert "1039 SIMS will not start: answer is overdue." in shown(pilot)
        assert screen.table.number == number
        assert "◆ +0m" in line_with(pilot, "1039 High")


async def test_what_is_late_already_is_no_news(app: DeskApp, clock: FakeClock) -> None:
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        screen = await settled(pilot)
        clock.move(seconds=3)
        screen.tick_now()
        await settled(pilot)
        assert "is overdue." not in shown(pilot)


async def test_a_late_ticket_of_another_view_is_announced_too(
    app: DeskApp, clock: FakeClock
) -> None:
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        screen = await settled(pilot)
        await pilot.press("4")
        await settled(pilot)
        assert [row.number for row in screen.table.rows] == [1031]
        clock.move(minutes=25, seconds=5)
        screen.tick_now()
        await settled(pilot)
        assert "1039 SIMS will not start" in shown(pilot)


async def test_at_midnight_today_is_another_day(app: DeskApp, clock: FakeClock) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        assert "Mon 09:06" in line_with(pilot, "1004 High")
        clock.set(datetime(2026, 11, 23, 0, 0, 1, tzinfo=LONDON))
        screen.tick_now()
        await settled(pilot)
        assert "today 09:06" in line_with(pilot, "1004 High")
        assert "Mon 23 Nov 00:00" in shown(pilot).split("\n")[0]


async def test_what_is_due_today_is_counted_anew_at_midnight(
    app: DeskApp, desk: FakeDesk, clock: FakeClock
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        clock.set(datetime(2026, 11, 23, 23, 59, 58, tzinfo=LONDON))
        screen.tick_now()
        await settled(pilot)
        clock.move(seconds=3)
        screen.tick_now()
        await settled(pilot)
        due = desk.counts().views["due-today"]
        assert line_with(pilot, "Due today").split("│")[1].split() == ["Due", "today", str(due)]


async def test_views_by_number_and_by_bracket(app: DeskApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.press("2")
        await settled(pilot)
        assert {row.agent for row in screen.table.rows} == {"sam"}
        await pilot.press("right_square_bracket")
        await settled(pilot)
        assert screen.view.id == "unassigned"
        await pilot.press("left_square_bracket", "left_square_bracket")
        await settled(pilot)
        assert screen.view.id == "breaking-next"
        await pilot.press("7")
        await settled(pilot)
        assert screen.view.title == "AV jobs"


async def test_an_empty_view_says_what_will_be_there(app: DeskApp, desk: FakeDesk) -> None:
    desk.rows.clear()
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert "No open tickets." in shown(pilot)
        assert "n opens one; what comes in appears here by itself." in shown(pilot)


async def test_the_filter_narrows_the_list_as_it_is_typed_and_says_how_much(app: DeskApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.press("slash", *"prin")
        await settled(pilot)
        assert {row.subject for row in screen.table.rows} == {"Printer jams in the office"}
        assert "3 tickets, Esc clears" in shown(pilot)
        await pilot.press(*"ter who:kim")
        await settled(pilot)
        assert [row.number for row in screen.table.rows] == [1029]
        assert "1 ticket, Esc clears" in shown(pilot)


async def test_an_unknown_key_names_the_nearest_and_keeps_the_list(app: DeskApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.press("slash", *"prin")
        await settled(pilot)
        screen.query_one("#filter-text", Input).value = "prin custmer:oak"
        await settled(pilot)
        assert screen.table.total == 3
        assert 'There is no key "custmer:"' in shown(pilot)


async def test_what_is_wrong_with_a_filter_is_read_to_its_end_at_any_width(app: DeskApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await settled(pilot)
        await pilot.press("slash", *"prin")
        await settled(pilot)
        entry = screen.query_one("#filter-text", Input)
        entry.value = "prin prio:h"
        await settled(pilot)
        said = " ".join(shown(pilot).split())
        assert 'There is no key "prio:"; did you mean p:? To search for it as text' in said
        assert "put it in quotes." in said
        assert "▌ 1" in shown(pilot), "and the rows below it are all there"
        bar = screen.filter_bar
        assert bar is not None and screen.table.region.y == bar.region.bottom
        entry.value = "prin"
        await settled(pilot)
        assert "3 tickets, Esc clears" in shown(pilot)
        assert "There is no key" not in shown(pilot)


async def test_an_empty_filter_says_what_it_can_be_made_of(app: DeskApp) -> None:
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"p")
        await settled(pilot)
        await pilot.press("backspace")
        await settled(pilot)
        assert "a word, or p: who: customer:" in shown(pilot) and "opened:" in shown(pilot)


async def test_escape_goes_one_step_back_and_the_filter_is_offered_again(app: DeskApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.press("slash", *"prin", "enter")
        await settled(pilot)
        assert app.focused is screen.table
        assert screen.table.total == 3
        await pilot.press("escape")
        await settled(pilot)
        assert screen.table.total == 30
        await pilot.press("slash")
        await settled(pilot)
        assert screen.query_one("#filter-text", Input).value == "prin"
        assert screen.table.total == 3


async def test_keys_are_text_while_a_filter_is_typed(app: DeskApp, desk: FakeDesk) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"xax")
        await settled(pilot)
        assert desk.asked.steps == []
        assert "Enter" not in shown(pilot) and "⏎ to the list" in shown(pilot)


async def test_a_filter_becomes_a_view_of_ones_own(app: DeskApp, desk: FakeDesk) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"prin", "ctrl+s")
        await pilot.pause()
        await pilot.press(*"Printers", "enter")
        await settled(pilot)
        assert desk.saved.filters["Printers"] == "prin"
        assert "Printers" in shown(pilot)


async def test_sorting_by_key_and_by_click(app: DeskApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.press("s")
        await pilot.pause()
        await pilot.press("2", "enter")
        await settled(pilot)
        assert screen.order == "number"
        assert [row.number for row in screen.table.rows[:2]] == [1001, 1002]
        assert screen.table.number == 1042
        x = next(p.x for p in screen.table.lines.placed if p.column.id == "subject")
        await pilot.click("#tickets", offset=(x + 1, 0))
        await settled(pilot)
        assert screen.order == "subject"
        await pilot.click("#tickets", offset=(x + 1, 0))
        await settled(pilot)
        assert screen.order == "-subject"
        assert "Subject↓" in shown(pilot)


async def test_a_click_selects_and_the_wheel_scrolls_without_moving_the_cursor(
    app: DeskApp, desk: FakeDesk
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await settled(pilot)
        await pilot.click("#tickets", offset=(20, 3))
        assert screen.table.number == 1029
        screen.table.scroll_to(y=8, animate=False, immediate=True)
        await settled(pilot)
        screen.reload()
        await settled(pilot)
        assert screen.table.number == 1029
        assert screen.table.top == 8


async def test_a_narrow_terminal_folds_the_views_and_opens_the_preview_on_a_key(
    app: DeskApp,
) -> None:
    async with app.run_test(size=NARROW) as pilot:
        screen = await settled(pilot)
        second = shown(pilot).split("\n")[1]
        assert "‹  Breaking next 30  ›" in second and "1 overdue" in second
        assert not screen.preview.display
        await pilot.press("v")
        await settled(pilot)
        assert "Oakfield · Jo Marsh, business manager" in shown(pilot)
        assert "Answer" not in shown(pilot).split("\n")[2]


async def test_a_resize_in_the_middle_of_typing_keeps_everything(app: DeskApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.press("slash", *"prin")
        await pilot.resize_terminal(*NARROW)
        await settled(pilot)
        await pilot.press(*"ter")
        await settled(pilot)
        assert screen.query_one("#filter-text", Input).value == "printer"
        assert screen.table.total == 3
        await pilot.resize_terminal(200, 60)
        await settled(pilot)
        assert "Printer jams in the office" in shown(pilot)


async def test_only_rows_around_the_viewport_are_read(make_app: MakeApp, clock: FakeClock) -> None:
    now = clock()
    desk = FakeDesk(
        [ticket(10_000 + n, fix(n * MINUTE + 30 * SECOND, now)) for n in range(1000)], clock
    )
    app = make_app()
    app.desk = cast(Any, desk)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        assert max(limit for *_, limit in desk.asked.pages) <= 3 * WIDE[1]
        await pilot.press("G")
        await settled(pilot)
        assert screen.table.number == 10_999
        assert screen.table.cursor == 999
        await pilot.press("g")
        await settled(pilot)
        assert screen.table.number == 10_000
        assert len(screen.table.rows) <= 3 * WIDE[1]


async def test_a_lost_database_is_said_keeps_the_screen_and_is_back(
    make_app: MakeApp, desk: FakeDesk
) -> None:
    app = make_app(watch=True)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"prin")
        await settled(pilot)
        desk.lost = "The database cannot be reached; nothing was written."
        watcher = app._watcher
        assert watcher is not None
        watcher.look()
        await until(pilot, "database lost, trying again")
        assert "database lost, trying again" in shown(pilot).split("\n")[0]
        assert "The database cannot be reached" in shown(pilot)
        assert "Printer jams" in shown(pilot)
        await pilot.press(*"ter")
        await settled(pilot)
        desk.lost = None
        watcher.look()
        await until(pilot, "database lost, trying again", gone=True)
        await settled(pilot)
        assert app.query_one("#filter-text", Input).value == "printer"
        assert "3 tickets, Esc clears" in shown(pilot)


async def test_the_users_own_keys_work_and_are_the_ones_shown(make_app: MakeApp) -> None:
    app = make_app(Settings(marks="unicode", keys={"queue.filter": "f", "ticket.resolve": "X"}))
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        footer = shown(pilot).split("\n")[-1]
        assert "f filter" in footer and "X resolve" in footer and "/" not in footer
        await pilot.press("slash")
        await settled(pilot)
        assert screen.filter_bar is None
        await pilot.press("f")
        await settled(pilot)
        assert screen.filter_bar is not None


async def test_a_terminal_without_utf8_is_sent_nothing_else(
    make_app: MakeApp, desk: FakeDesk, clock: FakeClock
) -> None:
    row = ticket(1, fix(HOUR, clock()), subject="Café: “naïve” 日本 – ✗", customer="Oakfield")
    desk.rows = {1: row} | desk.rows
    app = make_app(Settings(marks="ascii"))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settled(pilot)
        for keys in ((), ("j",), ("slash",), ("escape",), ("h",), ("escape",), ("question_mark",)):
            await pilot.press(*keys)
            await settled(pilot)
            assert shown(pilot).isascii(), keys
        await pilot.press("escape")
        await settled(pilot)
        assert 'Cafe: "naive" ???? - ?' in shown(pilot)


@pytest.mark.parametrize("size", [(20, 6), (40, 10), (60, 15), (200, 60)])
async def test_any_size_can_be_drawn(app: DeskApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        for keys in (("v",), ("h",), ("escape",), ("question_mark",), ("escape",), ("w",)):
            await pilot.press(*keys)
            await settled(pilot)
        assert len(shown(pilot).split("\n")) == size[1]
