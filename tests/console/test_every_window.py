"""What every screen and window looks like on the smallest terminal and on a usual one.

A row of `SHOWN` names what is shown, who sits there, the keys that lead to it and the class it is;
what other files take pictures of stands in `ELSEWHERE`.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from textual.pilot import Pilot

from deskterm.console.app import DeskApp
from deskterm.console.config import Settings
from deskterm.console.live import DeskLost
from deskterm.console.places import SCREENS, STEP_DIALOGS, WINDOWS
from deskterm.desk.desk import Desk
from deskterm.desk.errors import StoreLost
from deskterm.paths import paths_under
from tests.console.fake_desk import local
from tests.console.real_desk import office_in, settled
from tests.console.test_screen_snapshots import NARROW, SIZES, Compare
from tests.desk.office import STRANGER, TECHNICIAN, Clock, Office, enter

_PICTURES = Path(__file__).parent / "__snapshots__"


class Row(NamedTuple):
    """One picture, in both sizes."""

    window: str
    """The name of its class."""
    keys: tuple[str, ...]
    who: str = "sam"


_FIND = ("V", "slash", *"hill", "enter")
_OAK = ("C", "slash", *"oak", "enter")
_LIST = ("slash", *"marlow", "enter")
_GRID = ("slash", *"bede", "enter")

SHOWN: dict[str, Row] = {
    "queue": Row("QueueScreen", ()),
    "on-hold": Row("QueueScreen", ("4",)),
    "nothing-found": Row("QueueScreen", ("slash", *"zebra")),
    "sort": Row("ChooseDialog", ("s",)),
    "respond": Row("StepDialog", ("r",)),
    "escalate": Row("StepDialog", ("e",)),
    "resolve": Row("StepDialog", ("x",)),
    "resume": Row("StepDialog", ("4", "h")),
    "triage-list": Row("TriageDialog", (*_LIST, "t")),
    "triage-fixed": Row("TriageDialog", (*_GRID, "t", "y")),
    "class": Row("ChooseDialog", ("slash", *"brook", "enter", "t", "c")),
    "triage-several": Row("StepDialog", ("slash", *"oak", "enter", "space", "space", "t")),
    "find-customer": Row("FindCustomerDialog", ("V", "slash", *"e")),
    "new-customer": Row("ChooseDialog", ("C", "a"), "sue"),
    "new-customer-form": Row("StepDialog", ("C", "a", "2", "enter"), "sue"),
    "notes": Row("StepDialog", (*_OAK, "o")),
    "ways": Row("StepDialog", (*_OAK, "e")),
    "shutdown": Row("StepDialog", (*_OAK, "d"), "sue"),
    "visits-alone": Row("VisitsScreen", ("V",)),
    "agenda": Row("VisitsScreen", ("V", "a")),
    "move-visit": Row("VisitsScreen", (*_FIND, "m")),
    "cancel-visit": Row("StepDialog", (*_FIND, "c")),
    "ticket-visit": Row("TicketVisitDialog", ("slash", *"server", "enter", "b")),
    "my-day": Row("VisitsScreen", ("V",), "eli"),
    "visit": Row("VisitDialog", ("V", "enter"), "eli"),
    "visit-sheet": Row("VisitSheetDialog", ("V", "enter", "p"), "eli"),
    "begin": Row("StepDialog", ("enter",), "new"),
    "unknown-person": Row("FirstRunDialog", (), "eve"),
    "empty-customers": Row("CustomersScreen", ("C",), "empty"),
    "empty-visits": Row("VisitsScreen", ("V",), "empty"),
}

#: Class to the picture that another file takes of it.
ELSEWHERE: dict[str, str] = {
    "HelpDialog": "test_snapshots/test_the_queue_and_its_windows[help-{}]",
    "WhyDialog": "test_snapshots/test_the_queue_and_its_windows[why-{}]",
    "BulkDialog": "test_snapshots/test_the_queue_and_its_windows[bulk-{}]",
    "TicketScreen": "test_screen_snapshots/test_screens_and_windows[ticket-{}]",
    "NewTicketScreen": "test_screen_snapshots/test_screens_and_windows[new-ticket-{}]",
    "SettingsDialog": "test_screen_snapshots/test_screens_and_windows[settings-{}]",
    "KeysDialog": "test_screen_snapshots/test_screens_and_windows[keys-{}]",
    "WhatIfDialog": "test_screen_snapshots/test_screens_and_windows[what-if-{}]",
    "Palette": "test_screen_snapshots/test_screens_and_windows[palette-{}]",
    "SeriesDialog": "test_form_snapshots/test_a_series_of_visits[{}]",
    "ConflictDialog": "test_form_snapshots/test_somebody_was_quicker_with_a_ticket[{}]",
    "LedgerDialog": "test_visit_snapshots/test_the_planner_and_its_windows[balance-{}]",
    "WaitingDialog": "test_every_window/test_a_window_that_waits_for_the_desk[{}]",
}


@cache
def _furnished() -> tuple[Path, int]:
    """A school in the middle of its year, tickets under every kind of agreement, some held."""
    folder = Path(tempfile.mkdtemp(prefix="deskterm-windows-"))
    made = office_in(folder)
    made.sue.customers.add("Hill End", "concero", package="scheduled", visits=23)
    made.sue.customers.add("Dale View", "concero", package="on-demand", visits=10)
    made.sue.agents.add("Kim Novak", "engineer")
    visits = made.sam.visits
    visits.book("Hill End", "2026-11-20", "pm", engineer="Eli")
    visits.book("Hill End", "2026-12-04", "am", engineer="Kim Novak")
    visit = visits.book("Dale View", "2026-11-20", "10:00", minutes=60, engineer="Eli").visit
    visits.add_unit(visit.site_id, "Projector", "Hall")
    made.new(
        "Internet down, whole site", contact="Jo Marsh", channel="phone",
        body="The router lights are off.",
    )  # fmt: skip
    made.new("Server room is hot", customer="Hill End", priority="urgent")
    made.new("Cannot log in", customer="St Bede's", impact="high", urgency="medium")
    made.new("Marks vanish", customer="Marlow Academy", priority="critical")
    made.new("Invoices do not print", customer="Brook Office", priority="system-down")
    held, parts = made.new("New starter account"), made.new("Trolley does not charge")
    made.do("hold", held, reason="awaiting_customer", awaiting="the start date",
            chase_us=made.clock.us + 10 * 60_000_000)  # fmt: skip
    made.do("hold", parts, reason="awaiting_parts", chase_us=made.clock.us + 72 * 3_600_000_000)
    made.clock.on(minutes=20)
    now_us = made.clock.us
    made.close()
    return folder / "desk.db", now_us


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    place, now_us = _furnished()
    made = enter(Path(shutil.copyfile(place, tmp_path / "desk.db")))
    made.clock.us = now_us
    yield made
    made.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Desk]:
    """A desk that nobody has put anything into yet."""
    desk = Desk.open(tmp_path / "new.db", clock=Clock(), login=TECHNICIAN)
    yield desk
    desk.close()


def _desk(office: Office, empty: Desk, who: str) -> Desk:
    if who == "eve":
        return Desk(office.sam.store, clock=office.clock, login=STRANGER)
    if who in ("new", "empty"):
        if who == "empty":
            empty.init("Sam", "supervisor")
        return empty
    desk: Desk = getattr(office, who)
    return desk


def _console(desk: Desk, folder: Path, theme: str = "dark") -> DeskApp:
    settings = Settings(theme=theme, marks="unicode")
    return DeskApp(desk, paths_under(folder), settings, local=local, watch=False)


def showing(window: str, *keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Press `keys` one by one; what has the keys then is a `window`."""

    async def run(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        await pilot.pause(0.1)
        await settled(pilot)
        assert type(pilot.app.screen).__name__ == window

    return run


@SIZES
@pytest.mark.parametrize("what", SHOWN)
def test_every_window(
    snap_compare: Compare, office: Office, empty: Desk, tmp_path: Path, size: tuple[int, int],
    what: str,
) -> None:  # fmt: skip
    row = SHOWN[what]
    app = _console(_desk(office, empty, row.who), tmp_path)
    assert snap_compare(app, terminal_size=size, run_before=showing(row.window, *row.keys))


@SIZES
def test_a_window_that_waits_for_the_desk(
    snap_compare: Compare, office: Office, tmp_path: Path, size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def lost(*_: object) -> None:
        raise StoreLost("The desk cannot be reached (unplugged).")

    monkeypatch.setattr(type(office.sam.tickets), "form", lost)
    app = _console(office.sam, tmp_path)
    assert snap_compare(
        app, terminal_size=size, run_before=showing("WaitingDialog", "r", *"On it")
    )


@SIZES
def test_a_desk_that_is_lost(
    snap_compare: Compare, office: Office, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = _console(office.sam, tmp_path)

    async def lose(pilot: Pilot[None]) -> None:
        await settled(pilot)
        app.post_message(DeskLost("The desk cannot be reached (unplugged)."))
        await showing("QueueScreen")(pilot)

    assert snap_compare(app, terminal_size=size, run_before=lose)


@pytest.mark.parametrize("look", ["light", "no-color"])
@pytest.mark.parametrize(
    "what", ["respond", "triage-list", "triage-fixed", "visits-alone", "visit-sheet", "begin"]
)
def test_in_other_colours(
    snap_compare: Compare, office: Office, empty: Desk, tmp_path: Path, what: str, look: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if look == "no-color":
        monkeypatch.setenv("NO_COLOR", "1")
    row = SHOWN[what]
    theme = "light" if look == "light" else "dark"
    app = _console(_desk(office, empty, row.who), tmp_path, theme)
    assert snap_compare(app, terminal_size=NARROW, run_before=showing(row.window, *row.keys))


def test_every_screen_and_window_has_its_picture_in_both_sizes() -> None:
    places = {*SCREENS.values(), *WINDOWS.values(), *STEP_DIALOGS.values()}
    classes = {place.partition(":")[2] for place in places}
    here = {row.window for row in SHOWN.values()}
    assert classes - here - ELSEWHERE.keys() == set()
    for size in ("120x36", "80x24"):
        pictures = [pattern.format(size) for pattern in ELSEWHERE.values()]
        pictures += [f"test_every_window/test_every_window[{what}-{size}]" for what in SHOWN]
        missing = [each for each in pictures if not (_PICTURES / f"{each}.svg").is_file()]
        assert missing == []
