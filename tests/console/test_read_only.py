"""A desk open for reading only: whatever would change it is refused before anything is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskterm.console.actions import READ_ONLY, Action
from deskterm.console.app import DeskApp
from deskterm.console.screens.base import DeskScreen
from deskterm.console.screens.ticket import TicketScreen
from tests.console.real_desk import console_of, settled
from tests.console.screens import shown
from tests.console.test_visits import at_customer
from tests.desk.office import Office

#: Windows that only show, or choose what is shown.
_LOOKING = {
    "AskCustomerDialog", "ChooseDialog", "FindCustomerDialog", "HelpDialog", "LedgerDialog",
    "Palette", "SettingsDialog", "TicketScreen", "VisitSheetDialog", "WhatIfDialog", "WhyDialog",
}  # fmt: skip


@pytest.fixture
def office(office: Office) -> Office:
    office.new("Router down")
    office.sue.customers.add("Hill End", "concero", package="scheduled", visits=23)
    return office


def console(office: Office, folder: Path) -> DeskApp:
    return console_of(office.sam, folder, read_only=True)


@pytest.mark.parametrize("place", ["queue", "ticket", "customers", "visits"])
async def test_no_action_of_a_screen_opens_a_window_that_would_change_something(
    office: Office, tmp_path: Path, place: str
) -> None:
    app = console(office, tmp_path)
    before = office.sam.changes.counter()
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        if place != "queue":
            await pilot.press({"ticket": "enter", "customers": "C", "visits": "V"}[place])
            await settled(pilot)
        screen = app.screen
        assert isinstance(screen, DeskScreen)
        for action in _of_its_own(screen):
            screen.action_act(action.id)
            await settled(pilot)
            opened = type(app.screen).__name__
            assert app.screen is screen or opened in _LOOKING, f"{action.id} opens {opened}"
            if action.writes:
                assert READ_ONLY in " ".join(shown(pilot).split()), action.id
            while app.screen is not screen:
                await pilot.press("escape")
                await settled(pilot)
    assert office.sam.changes.counter() == before


def _of_its_own(screen: DeskScreen) -> list[Action]:
    return [
        action
        for action in screen.actions()
        if not action.id.startswith(("go.", "app."))
        and not action.numbered
        # The first writes a file of the user's own; the other goes to a screen tried by itself.
        and action.id not in ("visits.ics", "customers.week")
    ]


async def test_a_step_asked_for_in_another_way_is_refused_as_well(
    office: Office, tmp_path: Path
) -> None:
    app = console(office, tmp_path)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, TicketScreen)
        screen.take_step("assign")
        await settled(pilot)
        assert app.screen is screen
        assert READ_ONLY in shown(pilot)


async def test_a_slot_is_shown_and_not_booked(office: Office, tmp_path: Path) -> None:
    app = console(office, tmp_path)
    before = office.sam.changes.counter()
    async with app.run_test(size=(100, 30)) as pilot:
        await at_customer(pilot)
        await pilot.press("right_square_bracket", "enter")
        await settled(pilot)
        assert READ_ONLY in shown(pilot)
    assert office.sam.changes.counter() == before
