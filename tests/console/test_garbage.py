"""A console that is open all day holds no more than one just opened."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache

from tests.console.real_desk import console_of, settled
from tests.desk.office import Office


@pytest.fixture
def office(office: Office) -> Office:
    office.new("Printer jams")
    return office


async def test_what_closed_windows_drew_is_let_go(office: Office, tmp_path: Path) -> None:
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)

        def drawn() -> int:
            gc.collect()
            return sum(isinstance(each, StylesCache) for each in gc.get_objects())

        async def look() -> None:
            await pilot.press("question_mark")
            await settled(pilot)
            await pilot.press("escape")
            await settled(pilot)

        await look()
        before = drawn()
        for _ in range(20):
            await look()
        # Each has five things drawn; the last few may still be on their way out.
        assert drawn() < before + 50, "windows opened and closed leave nothing behind"
