"""The palette and help: everything that applies where one is, and places found by typing."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot

from deskterm.console.dialogs.base import Dialog
from deskterm.console.dialogs.help import HelpDialog
from deskterm.console.places import SCREENS, STEP_DIALOGS, WINDOWS, load
from deskterm.console.screens.customers import CustomersScreen
from deskterm.console.screens.host import ActionHost
from deskterm.console.screens.ticket import TicketScreen
from tests.console.real_desk import console_of, settled
from tests.console.screens import shown
from tests.desk.office import Office

EVERY_PLACE = sorted({*SCREENS.values(), *STEP_DIALOGS.values(), *WINDOWS.values()})


@pytest.mark.parametrize("place", EVERY_PLACE)
def test_help_and_palette_are_there_on_every_screen_and_in_every_window(place: str) -> None:
    host = load(place)
    assert issubclass(host, ActionHost)
    if not issubclass(host, HelpDialog):
        ids = {action.id for action in host.actions()}
        assert {"app.help", "app.palette"} <= ids


@pytest.mark.parametrize("place", EVERY_PLACE)
def test_whatever_is_listed_is_done_by_somebody(place: str) -> None:
    from deskterm.console.app import DeskApp

    host = load(place)
    for action in host.actions():
        done = hasattr(host, action.handler) or hasattr(DeskApp, action.handler)
        assert done or action.step is not None, f"{place}: {action.id}"


async def found(pilot: Pilot[None], text: str) -> None:
    """Type `text` into the palette and wait for what it finds."""
    await pilot.press("ctrl+p")
    await pilot.pause()
    await pilot.press(*text)
    for _ in range(20):
        await pilot.pause(0.05)
        if isinstance(pilot.app.screen, CommandPalette) and text.casefold() in shown(
            pilot
        ).casefold().replace(text.casefold(), "", 1):
            break


async def test_a_customer_is_gone_to_by_its_name(office: Office, tmp_path: Path) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await found(pilot, "marlow")
        assert "Customer Marlow Academy" in shown(pilot)
        await pilot.press("enter")
        await pilot.pause(0.2)
        await settled(pilot)
        assert isinstance(app.screen, CustomersScreen)
        assert app.screen.sheet is not None
        assert app.screen.sheet.card.customer.name == "Marlow Academy"
        assert app.screen.on_card


async def test_a_ticket_is_gone_to_by_its_number(office: Office, tmp_path: Path) -> None:
    number = office.new("Router down")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await found(pilot, str(number))
        assert f"Ticket {number}: Router down" in shown(pilot)
        await pilot.press("enter")
        await pilot.pause(0.2)
        await settled(pilot)
        assert isinstance(app.screen, TicketScreen)
        assert app.screen.number == number


async def test_a_window_has_help_and_palette_of_its_own(office: Office, tmp_path: Path) -> None:
    office.new("Router down")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("t")
        await settled(pilot)
        window = app.screen
        assert isinstance(window, Dialog)
        await pilot.press("f1")
        await settled(pilot)
        assert isinstance(app.screen, HelpDialog)
        for word in ("Set what is under the cursor.", "Next column."):
            assert word in " ".join(shown(pilot).split())
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is window


async def test_help_is_read_to_its_end_and_back_with_one_key_each(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        headings = ("Ticket", "Queue", "Moving", "Screens", "Everywhere")
        assert "│ Ticket" in shown(pilot), "what the queue is for comes first"
        assert "Leave deskterm." not in shown(pilot)
        await pilot.press("end")
        await settled(pilot)
        said = shown(pilot)
        assert "Leave deskterm." in said, "what works everywhere comes last"
        assert [word for word in headings if f"│ {word}" in said][-1] == "Everywhere"
        await pilot.press("home")
        await settled(pilot)
        assert "│ Ticket" in shown(pilot)


async def test_help_on_a_filter_tells_its_language_and_no_keys_that_would_be_text(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(100, 50)) as pilot:
        await settled(pilot)
        await pilot.press("slash")
        await settled(pilot)
        assert "F1 help" in shown(pilot)
        await pilot.press("question_mark", "f1")
        await settled(pilot)
        said = shown(pilot)
        assert "customer:" in said and "part of the customer's name" in said
        assert said.index("While a filter is typed") < said.index("What a filter is made of")
        assert "Open a new ticket" not in said, "n is text here"
