"""Clocks count on behind an open window and in it, and only the cells that change are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.strip import Strip

from deskterm.console.app import DeskApp
from deskterm.console.compositor import NarrowUpdate
from deskterm.console.dialogs.triage import TriageDialog
from deskterm.console.dialogs.why import WhyDialog
from deskterm.console.screens.ticket import TicketScreen
from deskterm.console.widgets.lines import TextLines
from deskterm.console.widgets.triage_grid import TriageGrid
from tests.console.conftest import MakeApp
from tests.console.fake_desk import FakeClock
from tests.console.real_desk import console_of
from tests.console.real_desk import settled as answered
from tests.console.screens import settled, shown, strips
from tests.desk.office import Office

SIZE = (120, 36)


def painted(app: DeskApp, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is sent to the terminal from now on."""
    sent: list[Any] = []

    def display(_screen: Any, update: Any) -> None:
        if update is not None:
            sent.append(update)

    monkeypatch.setattr(app, "_display", display)
    return sent


def cells(strip: Strip) -> list[tuple[str, Any]]:
    return [(letter, style) for text, style, _ in strip for letter in text]


@pytest.mark.parametrize(
    "terminal_says",
    [{}, {"NO_COLOR": "1"}, {"TERM": "xterm", "COLORTERM": ""}],
    ids=["true colour", "no colour", "16 colours"],
)
async def test_the_queue_counts_on_behind_a_window(
    make_app: MakeApp, clock: FakeClock, monkeypatch: pytest.MonkeyPatch,
    terminal_says: dict[str, str],
) -> None:  # fmt: skip
    for name, value in terminal_says.items():
        monkeypatch.setenv(name, value)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        queue = await settled(pilot)
        await pilot.press("h")
        await settled(pilot)
        assert app.screen.is_modal
        before, terminal = shown(pilot).split("\n"), [cells(strip) for strip in strips(pilot)]
        sent = painted(app, monkeypatch)
        clock.move(minutes=1, seconds=1)
        queue.tick_now()
        await pilot.pause(0.2)
        after = shown(pilot).split("\n")
        other = [y for y, line in enumerate(after) if line != before[y]]
        assert "14:17" in after[0] and "14:16" in before[0]
        assert len(other) > 3, "the header and rows that are seen beside the window"
        assert all(isinstance(update, NarrowUpdate) for update in sent), "never the whole screen"
        written = [piece for update in sent for piece in update.pieces]
        assert sum(strip.cell_length for _, _, strip in written) < 200
        for y, x, strip in written:
            terminal[y][x : x + strip.cell_length] = cells(strip)
        assert terminal == [cells(strip) for strip in strips(pilot)], "as if painted whole"


async def test_a_screen_that_cannot_be_seen_rests(office: Office, tmp_path: Path) -> None:
    office.new("Router down")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=SIZE) as pilot:
        queue = await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        ticket = app.screen
        assert isinstance(ticket, TicketScreen)
        assert (queue._timer, ticket._timer is None) == (None, False)
        await pilot.press("w")
        await settled(pilot)
        assert isinstance(app.screen, WhyDialog)
        assert (queue._timer, ticket._timer is None) == (None, False)
        assert [queue.in_sight, ticket.in_sight, app.screen.in_sight] == [False, True, True]
        await pilot.press("escape", "escape")
        await settled(pilot)
        assert queue.in_sight and queue._timer is not None


async def test_the_clocks_by_name_in_a_window_count_on(
    make_app: MakeApp, clock: FakeClock
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        queue = await settled(pilot)
        await pilot.press("j", "j", "w")
        await settled(pilot)
        window = app.screen
        assert isinstance(window, WhyDialog)
        assert queue.table.rows[2].clocks
        clocks = window.query_one("#why-clocks", TextLines)
        before = [span.text for line in clocks.content for span in line]
        clock.move(minutes=7)
        window.tick_now()
        await pilot.pause()
        after = [span.text for line in clocks.content for span in line]
        changed = [text for text, old in zip(after, before, strict=True) if text != old]
        assert changed and all(text.strip() in shown(pilot) for text in changed)


async def test_a_promise_that_falls_due_while_it_is_read_says_so(
    office: Office, tmp_path: Path
) -> None:
    """Concero C5: urgent is answered within a working hour; what the cursor chose stays."""
    office.new("Router down")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=SIZE) as pilot:
        await answered(pilot)
        await pilot.press("t")
        await answered(pilot)
        window = app.screen
        assert isinstance(window, TriageDialog)
        assert "by today 10:00" in shown(pilot)
        await pilot.press("down")
        cell = window.query_one(TriageGrid).cell
        await pilot.press("up")
        office.clock.on(minutes=75)
        window.tick_now()
        await answered(pilot)
        assert "overdue since today 10:00" in shown(pilot)
        await pilot.press("down")
        assert window.query_one(TriageGrid).cell == cell


async def test_what_is_read_in_a_window_is_broken_not_cut_and_the_way_on_is_named(
    office: Office, tmp_path: Path
) -> None:
    office.new("Marks vanish", customer="Marlow Academy")
    office.clock.on(minutes=20)
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await answered(pilot)
        await pilot.press("enter")
        await answered(pilot)
        await pilot.press("f")
        await answered(pilot)
        inside = app.screen.query_one("#dialog-body").region
        lines = [strip.crop(inside.x, inside.right - 1).text for strip in strips(pilot)]
        said = " ".join(" ".join(lines).split())
        assert "stands still, 40m00 left 1 working hour was by today 10:00" in said
        assert "page down" in said
        await pilot.resize_terminal(80, 50)
        await answered(pilot)
        assert "page down" not in shown(pilot), "all of it is in view"
