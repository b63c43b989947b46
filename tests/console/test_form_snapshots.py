"""What forms, a conflict and a series of visits look like, and the screens on a big wall."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.console.real_desk import console_of, settled
from tests.console.test_screen_snapshots import SIZES, Compare, after
from tests.desk.office import Office

WALL = (200, 60)
_OAK = ("C", "slash", *"oak", "enter")

#: What to press from the queue on, by the name of what is shown then.
SHOWN: dict[str, tuple[str, ...]] = {
    "contact": (*_OAK, "c"),
    "site": (*_OAK, "s"),
    "agreement": (*_OAK, "p"),
    "variation-hours": (*_OAK, "v", "3", "enter"),
    "variation-target": (*_OAK, "v", "5", "enter"),
    "triage-grid": ("t",),
    "form-refused": (*_OAK, "c", "tab", *"0161", "ctrl+s"),
}
WALLS: dict[str, tuple[str, ...]] = {
    "queue": (),
    "ticket": ("j", "j", "enter"),
    "visits": ("V", "slash", *"hill", "enter"),
    "customers": (*_OAK, "tab"),
}


@pytest.fixture
def office(office: Office) -> Office:
    """A morning's tickets, one of them held, and a school in the middle of its visits."""
    first = office.new(
        "Internet down, whole site", contact="Jo Marsh", channel="phone",
        body="The router lights are off.",
    )  # fmt: skip
    office.new("Marks vanish", customer="Marlow Academy")
    office.new("Cannot log in", customer="St Bede's", impact="high", urgency="medium")
    held = office.new("New starter account", priority="medium")
    office.clock.on(minutes=20)
    office.do("respond", first, text="We are on it.")
    office.do("hold", held, reason="awaiting_customer", awaiting="the start date")
    office.sue.customers.add("Hill End", "concero", package="scheduled", visits=23)
    office.sue.agents.add("Kim Novak", "engineer")
    visits = office.sam.visits
    visits.book("Hill End", "2026-11-20", "pm", engineer="Eli")
    visits.book("Hill End", "2026-12-04", "am", engineer="Kim Novak")
    return office


@SIZES
@pytest.mark.parametrize("what", SHOWN)
def test_forms(
    snap_compare: Compare, office: Office, tmp_path: Path, size: tuple[int, int], what: str
) -> None:
    app = console_of(office.sue, tmp_path)
    assert snap_compare(app, terminal_size=size, run_before=after(*SHOWN[what]))


@SIZES
def test_somebody_was_quicker_with_a_customer(
    snap_compare: Compare, office: Office, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = console_of(office.sam, tmp_path)

    async def slower(pilot: Pilot[None]) -> None:
        await after(*_OAK, "e")(pilot)
        office.sue.customers.edit("Oakfield Primary", phone="0161 496 0999")
        app.screen.query_one("#field-phone", Input).value = "0161 496 0111"
        await after("ctrl+s")(pilot)

    assert snap_compare(app, terminal_size=size, run_before=slower)


@SIZES
def test_somebody_was_quicker_with_a_ticket(
    snap_compare: Compare, office: Office, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = console_of(office.sam, tmp_path)

    async def slower(pilot: Pilot[None]) -> None:
        await after("t")(pilot)
        office.sue.tickets.do("triage", 3, {"impact": "severe", "urgency": "medium"})
        await after("down", "enter")(pilot)

    assert snap_compare(app, terminal_size=size, run_before=slower)


@SIZES
def test_a_series_of_visits(
    snap_compare: Compare, office: Office, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = console_of(office.sam, tmp_path)
    keys = ("V", "slash", *"hill", "enter", "right_square_bracket", "s")

    async def looked_at(pilot: Pilot[None]) -> None:
        await after(*keys)(pilot)
        await pilot.pause(0.3)
        await settled(pilot)

    assert snap_compare(app, terminal_size=size, run_before=looked_at)


@pytest.mark.parametrize("what", WALLS)
def test_a_terminal_as_big_as_a_wall(
    snap_compare: Compare, office: Office, tmp_path: Path, what: str
) -> None:
    app = console_of(office.sam, tmp_path)
    assert snap_compare(app, terminal_size=WALL, run_before=after(*WALLS[what]))
