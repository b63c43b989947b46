"""Reading keeps up with whoever types: one reading at a time, and the newest question counts."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from deskterm.console.screens.queue import QueueScreen
from tests.console.real_desk import console_of, settled
from tests.desk.office import Office


@pytest.fixture
def office(office: Office) -> Office:
    for number in range(60):
        office.new(("Printer jams" if number % 3 else "Projector blank") + f", room {number}")
    return office


async def test_of_the_questions_asked_during_a_reading_only_the_newest_is_asked(
    office: Office, tmp_path: Path
) -> None:
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, QueueScreen)
        go_on = threading.Event()
        read: list[int] = []
        shown: list[int] = []

        def reading(number: int) -> int:
            read.append(number)
            go_on.wait(10)
            return number

        for number in range(5):
            screen.read(lambda number=number: reading(number), shown.append, group="test")  # type: ignore[misc]
        await pilot.pause(0.05)
        go_on.set()
        await settled(pilot)
        assert read == [0, 4], "what came between was of no interest any more"
        assert shown == [4], "and neither was the answer to the first"


async def test_a_filter_is_looked_at_from_its_top_and_its_end_leaves_the_ticket(
    office: Office, tmp_path: Path
) -> None:
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, QueueScreen)
        await pilot.press("G")
        await settled(pilot)
        last = screen.table.number
        selected = screen.row_of(last or 0)
        assert selected is not None and "Printer" in selected.subject
        await pilot.press("slash", *"projector")
        await pilot.pause(0.1)
        await settled(pilot)
        assert (screen.table.cursor, screen.table.top) == (0, 0)
        found = screen.table.number
        await pilot.press("escape")
        await settled(pilot)
        assert screen.table.number == found, "the whole list, the cursor on what was found"
        assert screen.table.cursor_in_view
