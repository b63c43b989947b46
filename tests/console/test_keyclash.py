"""No key means two things in one place, and none takes away what is needed everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskterm.console.actions import Action
from deskterm.console.app import DeskApp
from deskterm.console.catalog import everything
from deskterm.console.config import Settings
from deskterm.console.dialogs.keys import KeysDialog
from deskterm.console.keyclash import findings, why_not
from tests.console.conftest import MakeApp
from tests.console.screens import settled, shown, until


def action(name: str) -> Action:
    return next(each for each in everything() if each.id == name)


def test_the_keys_deskterm_comes_with_do_not_clash() -> None:
    for each in everything():
        for key in each.keys({}):
            assert why_not(each, key, {}) is None, (each.id, key)


@pytest.mark.parametrize(
    ("name", "key", "said"),
    [
        ("ticket.hold", "escape", "Esc goes one step back everywhere"),
        ("ticket.hold", "enter", "⏎ takes what is selected"),
        ("ticket.hold", "tab", "Tab goes to the next field"),
        ("ticket.hold", "r", "r is “respond” (Ticket)"),
        ("ticket.hold", "3", "3 is “view” (Queue)"),
        ("ticket.hold", "f", "f is “what if” (One ticket)"),
        ("visits.book", "m", "m is “move” (Visits)"),
        ("triage.class", "j", "j is “down” (Triage)"),
        ("app.theme", "d", "d is “shutdown dates” (Customers)"),
        ("dialog.take", "z", "“do it” works while text is typed, and z is text"),
    ],
)
def test_a_key_that_is_needed_or_taken_is_refused_by_name(name: str, key: str, said: str) -> None:
    assert said in (why_not(action(name), key, {}) or "")


def test_a_key_of_another_screen_is_free_and_so_is_one_its_action_was_moved_from() -> None:
    assert why_not(action("ticket.hold"), "M", {}) is None, "only visits know M"
    assert why_not(action("ticket.hold"), "r", {"ticket.respond": "R"}) is None


def test_a_file_written_by_hand_is_looked_at_as_well() -> None:
    assert findings({"ticket.hold": "H"}) == {}
    found = findings({"ticket.hold": "r", "app.theme": "f6"})
    assert list(found) == ["ticket.hold"]
    assert found["ticket.hold"].startswith("r is “respond”")


async def test_the_console_says_so_when_it_opens_and_keeps_the_first_key(
    make_app: MakeApp,
) -> None:
    app = make_app(Settings(marks="unicode", keys={"ticket.hold": "enter"}))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await until(pilot, "config.toml: keys.ticket.hold: ⏎ takes what is selected")
        assert "Its first key holds." in shown(pilot)
        assert "h hold" in shown(pilot)


async def test_a_first_key_that_is_anothers_by_now_is_not_taken_back(
    make_app: MakeApp, tmp_path: Path
) -> None:
    own = {"app.theme": "f6", "ticket.hold": "ctrl+t"}
    app: DeskApp = make_app(Settings(marks="unicode", keys=own))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("comma")
        await settled(pilot)
        await pilot.press("k")
        await settled(pilot)
        assert isinstance(app.screen, KeysDialog)
        at = next(i for i, each in enumerate(app.screen.lines.choices) if each.value == "app.theme")
        app.screen.lines.move(at)
        await pilot.press("delete")
        await settled(pilot)
        assert "^t is “hold” (Ticket)" in shown(pilot)
        assert app.settings.keys == own
    assert not (tmp_path / "config.toml").exists()
