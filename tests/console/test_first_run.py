"""The first minute at a desk: one's own in four answers, a demonstration, or who to ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from deskterm.console.app import DeskApp
from deskterm.console.dialogs.first_run import FirstRunDialog
from deskterm.console.dialogs.step import StepDialog
from deskterm.console.newdesk import NewDesk
from deskterm.console.screens.queue import QueueScreen
from deskterm.desk.desk import Desk
from tests.console.real_desk import console_of, office_in, settled
from tests.console.screens import shown
from tests.desk.office import STRANGER, TECHNICIAN, Clock


@pytest.fixture
def new_desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk.open(tmp_path / "new.db", clock=Clock(), login=TECHNICIAN)
    yield desk
    desk.close()


async def test_a_desk_of_ones_own_in_four_answers(new_desk: Desk, tmp_path: Path) -> None:
    app = console_of(new_desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, FirstRunDialog)
        assert "nobody works here yet" in shown(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, StepDialog)
        app.screen.query_one("#field-name", Input).value = "Sam Field"
        await pilot.press("enter", "enter")  # The name, and supervisor as it stands.
        await pilot.press("down", "down", "down", "enter")  # The third agreement by name.
        await pilot.press(*"Hill School", "enter")
        await settled(pilot)
        assert isinstance(app.screen, QueueScreen)
        assert "Sam Field" in shown(pilot).split("\n")[0]
    assert new_desk.me is not None and new_desk.me.role == "supervisor"
    (line,) = new_desk.customers.list()
    assert line.customer.name == "Hill School"
    assert line.agreement is not None


async def test_the_agreement_may_be_left_for_later(new_desk: Desk, tmp_path: Path) -> None:
    app = console_of(new_desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        app.screen.query_one("#field-name", Input).value = "Sam"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, QueueScreen)
    assert new_desk.customers.list() == ()
    assert new_desk.policies.list() == ()


async def test_a_demonstration_leaves_the_desk_as_it_is(new_desk: Desk, tmp_path: Path) -> None:
    app = console_of(new_desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("2", "enter")
        await settled(pilot)
    assert app.wants_demo
    assert new_desk.agents.list() == ()


async def test_who_looks_around_first_is_told_how_to_begin(
    new_desk: Desk, tmp_path: Path
) -> None:
    app = console_of(new_desk, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert "The desk does not know you yet." in shown(pilot)
        assert "F2 begins." in shown(pilot)
        assert "n opens one" not in shown(pilot)
        await pilot.press("n")
        await settled(pilot)
        assert "The desk does not know you yet; F2 begins." in shown(pilot)
        await pilot.press("ctrl+p", *"begin here")
        await pilot.pause(0.3)
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, FirstRunDialog)
        await pilot.press("enter")
        await settled(pilot)
        app.screen.query_one("#field-name", Input).value = "Sam Field"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "No customers yet." in shown(pilot)
        assert "C goes to the customers, a adds the first." in shown(pilot)
        await pilot.press("f2")
        await settled(pilot)
        assert "The desk knows you: Sam Field, supervisor." in shown(pilot)


async def test_somebody_the_desk_does_not_know_hears_whom_to_ask(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    desk = Desk(office.sam.store, clock=office.clock, login=STRANGER)
    app = console_of(desk, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, FirstRunDialog)
        assert "deskterm agent add" in shown(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert pilot.app.screen.query("#tickets"), "one may look"
        await pilot.press("C")
        await settled(pilot)
        assert "deskterm agent add" not in shown(pilot), "told once"
    office.close()


@pytest.fixture
def nowhere(new_desk: Desk, tmp_path: Path) -> DeskApp:
    """The console opened on a file there is not, a desk that goes away standing in for it."""
    place = tmp_path / "desks" / "typo.db"
    return console_of(
        new_desk,
        tmp_path,
        new=NewDesk(str(place), lambda: Desk.open(place, clock=Clock(), login=TECHNICIAN)),
    )


@pytest.mark.parametrize("leave", [("escape",), ("3", "enter")])
async def test_a_mistyped_file_is_named_and_nothing_is_made_of_it(
    nowhere: DeskApp, tmp_path: Path, leave: tuple[str, ...]
) -> None:
    async with nowhere.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        said = "".join(line.strip(" │") for line in shown(pilot).split("\n"))
        assert f"There is no desk at {tmp_path}/desks/typo.db yet." in said.replace("at/", "at /")
        assert "until then nothing is made" in said
        await pilot.press(*leave)
        await settled(pilot)
    assert nowhere.begun is None and not nowhere.is_running
    assert not (tmp_path / "desks").exists()


async def test_a_desk_that_is_begun_is_made_where_it_was_named(
    nowhere: DeskApp, new_desk: Desk, tmp_path: Path
) -> None:
    async with nowhere.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        nowhere.screen.query_one("#field-name", Input).value = "Sam"
        assert not (tmp_path / "desks").exists(), "asked, and nothing is made yet"
        await pilot.press("ctrl+s")
        await settled(pilot)
    assert nowhere.begun is not None and "The desk is yours, Sam." in nowhere.begun
    assert new_desk.agents.list() == ()
    with Desk.open(tmp_path / "desks" / "typo.db", clock=Clock(), login=TECHNICIAN) as made:
        assert made.me is not None and made.me.name == "Sam"


async def test_what_was_typed_is_here_again_at_the_next_start_until_the_desk_is_begun(
    tmp_path: Path,
) -> None:
    place = tmp_path / "desks" / "mine.db"

    def start(name: str) -> DeskApp:
        """Each start stands on another desk that goes away again."""
        standing_in = Desk.open(tmp_path / name, clock=Clock(), login=TECHNICIAN)
        return console_of(
            standing_in, tmp_path,
            new=NewDesk(str(place), lambda: Desk.open(place, clock=Clock(), login=TECHNICIAN)),
        )  # fmt: skip

    first = start("one.db")
    async with first.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        first.screen.query_one("#field-name", Input).value = "Sam Fie"
        await pilot.press("escape")
        await settled(pilot)
    second = start("two.db")
    async with second.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert second.screen.query_one("#field-name", Input).value == "Sam Fie"
        await pilot.press("ctrl+s")
        await settled(pilot)
    assert second.begun is not None
    assert second.drafts.keys() == ()
    first.desk.close()
    second.desk.close()
