"""What the screens on a real desk and their windows look like, everything frozen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from deskterm.console.app import DeskApp
from deskterm.console.config import Settings
from deskterm.desk.desk import Desk
from deskterm.paths import paths_under
from tests.console.fake_desk import local
from tests.console.real_desk import console_of, settled
from tests.desk.office import TECHNICIAN, Clock, Office

Compare = Callable[..., bool]
WIDE, NARROW = (120, 36), (80, 24)
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["120x36", "80x24"])

#: What to press from the queue on, by the name of what is shown then.
SHOWN: dict[str, tuple[str, ...]] = {
    "ticket": ("enter",),
    "triage": ("t",),
    "what-if": ("enter", "f"),
    "new-ticket": ("n", *"oak", "enter", *"jo", "enter", *"Printer"),
    "more-steps": ("m",),
    "customers": ("C", "slash", *"oak", "enter", "tab"),
    "variation": ("C", "slash", *"oak", "enter", "v"),
    "settings": ("comma",),
    "keys": ("comma", "k"),
    "palette": ("ctrl+p", *"marlow"),
}


@pytest.fixture
def office(office: Office) -> Office:
    first = office.new(
        "Internet down, whole site", contact="Jo Marsh", channel="phone",
        body="The router lights are off.",
    )  # fmt: skip
    office.new("Marks vanish", customer="Marlow Academy")
    office.clock.on(minutes=20)
    office.do("note", first, text="The line provider knows of nothing.")
    office.do("respond", first, text="We are on it.")
    agreement = office.sue.customers.card("Oakfield Primary").agreements[0].id
    office.sue.customers.add_variation(
        agreement, "extra", {"date": "2026-11-28", "from": "09:00", "to": "13:00"},
        reason="open day",
    )  # fmt: skip
    wrong = office.sue.customers.add_variation(
        agreement, "shutdown", {"first": "2026-12-01", "last": "2026-12-01"}, reason="flood"
    )
    office.sue.customers.withdraw_variation(wrong.id, "no flood")
    return office


def after(*keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Wait, press `keys` one by one, wait."""

    async def run(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        await pilot.pause(0.3)
        await settled(pilot)

    return run


@SIZES
@pytest.mark.parametrize("what", SHOWN)
def test_screens_and_windows(
    snap_compare: Compare, office: Office, tmp_path: Path, size: tuple[int, int], what: str
) -> None:
    app = console_of(office.sue if what == "variation" else office.sam, tmp_path)
    assert snap_compare(app, terminal_size=size, run_before=after(*SHOWN[what]))


@SIZES
def test_the_first_run(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    desk = Desk.open(tmp_path / "new.db", clock=Clock(), login=TECHNICIAN)
    assert snap_compare(console_of(desk, tmp_path), terminal_size=size, run_before=after())
    desk.close()


def test_the_light_theme(snap_compare: Compare, office: Office, tmp_path: Path) -> None:
    settings = Settings(theme="light", marks="unicode")
    app = DeskApp(office.sam, paths_under(tmp_path), settings, local=local, watch=False)
    assert snap_compare(app, terminal_size=WIDE, run_before=after(*SHOWN["customers"]))


def test_without_colours(
    snap_compare: Compare, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = console_of(office.sam, tmp_path)
    assert snap_compare(app, terminal_size=WIDE, run_before=after(*SHOWN["customers"]))
