"""Settings: seen at once, written without touching what else is in the file, and undone by Esc."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskterm.console.app import DeskApp
from deskterm.console.config import read_settings
from deskterm.console.config_text import CannotChange, with_setting
from deskterm.console.dialogs.keys import KeysDialog
from deskterm.console.dialogs.settings import SettingsDialog
from deskterm.console.themes import DARK, LIGHT
from tests.console.screens import settled, shown

FILE = """# mine
theme = "dark"  # for the evening
colour = "of my eyes"

[keys]
# hold is on H
"ticket.hold" = "H"
"""


def test_a_setting_is_changed_and_all_else_stays_as_it_was_typed() -> None:
    changed = with_setting(FILE, "theme", "light")
    assert changed == FILE.replace('"dark"', '"light"')
    assert with_setting(changed, "tick", 5) == changed.replace(
        'my eyes"\n', 'my eyes"\ntick = 5\n'
    )


def test_a_key_goes_into_its_table_which_is_made_where_there_is_none() -> None:
    assert with_setting(FILE, "ticket.why", "W", "keys") == FILE + '"ticket.why" = "W"\n'
    assert with_setting('theme = "dark"\n', "ticket.why", "W", "keys") == (
        'theme = "dark"\n\n[keys]\n"ticket.why" = "W"\n'
    )
    assert with_setting("", "ticket.why", "W", "keys") == '[keys]\n"ticket.why" = "W"\n'


def test_the_default_takes_the_line_out() -> None:
    assert with_setting(FILE, "ticket.hold", None, "keys") == FILE.replace(
        '"ticket.hold" = "H"\n', ""
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('keys = { "ticket.hold" = "H" }\n', "type this into it"),
        ("theme = \n", "mend it first"),
        ("keys = 3\n", "is no table"),
    ],
)
def test_a_file_that_cannot_be_changed_safely_is_left_alone(text: str, said: str) -> None:
    with pytest.raises(CannotChange) as refused:
        with_setting(text, "ticket.why", "W", "keys")
    assert said in refused.value.sentence


async def test_the_theme_is_seen_at_once_and_written_when_saved(
    app: DeskApp, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text(FILE)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("comma")
        await settled(pilot)
        assert isinstance(app.screen, SettingsDialog)
        await pilot.press("right")
        await settled(pilot)
        assert app.theme == LIGHT
        await pilot.press("escape")
        await settled(pilot)
        assert app.theme == DARK
        assert (tmp_path / "config.toml").read_text() == FILE
        await pilot.press("comma")
        await settled(pilot)
        await pilot.press("right", "ctrl+s")
        await settled(pilot)
        assert app.theme == LIGHT
    assert (tmp_path / "config.toml").read_text() == FILE.replace('"dark"', '"light"')


async def test_an_action_is_put_on_another_key_which_works_at_once(
    app: DeskApp, tmp_path: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("comma")
        await settled(pilot)
        await pilot.press("k")
        await settled(pilot)
        assert isinstance(app.screen, KeysDialog)
        at = next(i for i, each in enumerate(app.screen.lines.choices) if each.value == "app.theme")
        app.screen.lines.move(at)
        await pilot.press("enter", "h")
        await settled(pilot)
        assert "h is “hold” (Ticket)" in shown(pilot)
        await pilot.press("enter", "f6")
        await settled(pilot)
        assert "“theme” is on F6" in shown(pilot)
        await pilot.press("escape", "escape")
        await settled(pilot)
        await pilot.press("f6")
        await settled(pilot)
        assert app.theme == LIGHT
        await pilot.press("comma", "k")
        await settled(pilot)
    settings, findings = read_settings(tmp_path / "config.toml")
    assert settings.keys == {"app.theme": "f6"}
    assert findings == ()


async def test_a_key_that_is_waited_for_means_nothing_else(app: DeskApp, tmp_path: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("comma")
        await settled(pilot)
        await pilot.press("k")
        await settled(pilot)
        await pilot.press("enter", "escape")
        await settled(pilot)
        assert "Nothing is changed." in shown(pilot)
        assert isinstance(app.screen, KeysDialog)
    assert not (tmp_path / "config.toml").exists()
