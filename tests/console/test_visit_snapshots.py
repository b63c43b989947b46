"""Pictures of the planner and its windows; the clock, the desk and the zone are frozen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.console.real_desk import console_of, settled
from tests.console.test_snapshots import NARROW, WIDE, Compare
from tests.desk.office import Office

_FIND = ("V", "slash", *"hill", "enter")


@pytest.fixture
def office(office: Office) -> Office:
    """A school in the middle of its year, one whose AV is looked after, and an urgent ticket."""
    office.sue.customers.add("Hill End", "concero", package="scheduled", visits=23)
    office.sue.customers.add("Dale View", "concero", package="on-demand", visits=10)
    office.sue.agents.add("Kim Novak", "engineer")
    visits = office.sam.visits
    visits.book("Hill End", "2026-11-20", "pm", engineer="Eli")
    visits.book("Hill End", "2026-12-04", "am", engineer="Kim Novak")
    moved = visits.book("Hill End", "2026-11-26", "am").visit
    visits.cancel(moved.id, "customer", "Inspection that day")
    visit = visits.book("Dale View", "2026-11-20", "10:00", minutes=60, engineer="Eli").visit
    visits.add_unit(visit.site_id, "Projector", "Hall")
    office.new("Server dead", customer="Hill End", priority="urgent")
    return office


def pressing(*keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def run(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    return run


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["120x36", "80x24"])
@pytest.mark.parametrize(
    "keys",
    [("V",), (*_FIND, "right_square_bracket"), (*_FIND, "M"), (*_FIND, "b"), ("b",)],
    ids=["all", "week", "month", "balance", "for-a-ticket"],
)
def test_the_planner_and_its_windows(
    snap_compare: Compare, office: Office, tmp_path: Path, size: tuple[int, int],
    keys: tuple[str, ...],
) -> None:  # fmt: skip
    app = console_of(office.sam, tmp_path)
    assert snap_compare(app, terminal_size=size, run_before=pressing(*keys))


@pytest.mark.parametrize("size", [NARROW, (50, 20)], ids=["80x24", "50x20"])
@pytest.mark.parametrize("keys", [("V",), ("V", "enter")], ids=["my-day", "visit"])
def test_an_engineers_day(
    snap_compare: Compare, office: Office, tmp_path: Path, size: tuple[int, int],
    keys: tuple[str, ...],
) -> None:  # fmt: skip
    app = console_of(office.eli, tmp_path)
    assert snap_compare(app, terminal_size=size, run_before=pressing(*keys))
