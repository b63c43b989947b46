"""Keys that arrive in one burst reach the window they were typed for."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from deskterm.console import typeahead
from deskterm.console.dialogs.step import StepDialog
from deskterm.console.dialogs.why import WhyDialog
from deskterm.console.screens.new_ticket import NewTicketScreen
from deskterm.console.screens.queue import QueueScreen
from deskterm.console.typeahead import Typeahead
from tests.console.real_desk import console_of, settled
from tests.desk.office import Office


@pytest.fixture
def office(office: Office) -> Office:
    office.new("Printer jams")
    return office


async def burst(pilot: Pilot[None], *keys: str) -> None:
    """All keys at once, as a paste or a slow line brings them."""
    for key in keys:
        driver = pilot.app._driver
        assert driver is not None
        driver.send_message(events.Key(key, key if len(key) == 1 else None))
    await pilot.pause(0.4)
    await settled(pilot)


async def test_a_filter_pasted_with_its_slash_filters(office: Office, tmp_path: Path) -> None:
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await burst(pilot, "slash", *"printer")
        screen = pilot.app.screen
        assert isinstance(screen, QueueScreen)
        assert screen.query_one("#filter-text", Input).value == "printer"


async def test_text_typed_after_a_step_is_the_steps_own(office: Office, tmp_path: Path) -> None:
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await burst(pilot, "r", *"on the way")
        dialog = pilot.app.screen
        assert isinstance(dialog, StepDialog)
        (area,) = dialog.query(TextArea)
        assert area.text == "on the way"


async def test_a_customers_name_typed_after_n_goes_into_the_new_ticket(
    office: Office, tmp_path: Path
) -> None:
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await burst(pilot, "n", *"brook")
        screen = pilot.app.screen
        assert isinstance(screen, NewTicketScreen)
        assert screen.query_one("#new-customer Input", Input).value == "brook"


async def test_a_step_that_is_refused_holds_no_keys(office: Office, tmp_path: Path) -> None:
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        # It is not resolved, so that it cannot be closed; moving on works at once.
        await burst(pilot, "a", "a", "j")
        assert isinstance(pilot.app.screen, QueueScreen)


async def test_the_first_key_in_a_window_without_text_waits_for_nothing(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The moment in which something to type into may still come began as it was shown."""
    now = [0.0]
    monkeypatch.setattr(typeahead, "time", SimpleNamespace(monotonic=lambda: now[0]))
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("w")
        await settled(pilot)
        assert isinstance(pilot.app.screen, WhyDialog)
        now[0] += 1
        assert isinstance(pilot.app, Typeahead)
        assert not pilot.app._holding()
