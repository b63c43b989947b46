"""Settings are read kindly: every mistake is said with its nearest name, and nothing breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskterm.console.catalog import everything
from deskterm.console.config import Settings, parse_settings, read_settings


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "config.toml") == (Settings(), ())
    assert not (tmp_path / "config.toml").exists()


def test_everything_can_be_set() -> None:
    text = """
    theme = "light"
    start = "visits"
    tick = 5
    mouse = false
    marks = "ascii"
    [keys]
    "ticket.hold" = "H"
    """
    settings, findings = parse_settings(text, "config.toml")
    assert findings == ()
    assert settings == Settings("light", "visits", 5, False, "ascii", {"ticket.hold": "H"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('thme = "light"', "thme: no such setting; did you mean theme?"),
        ('theme = "lite"', "theme: 'lite' is not one of dark, light; did you mean light?"),
        ("tick = 0", "tick: 0 is not a whole number of seconds from 1 to 60."),
        ("tick = true", "tick: True is not a whole number"),
        ("mouse = 1", "mouse: 1 is not true or false."),
        ("keys = 1", "keys: is not a table"),
        (
            '[keys]\n"ticket.hodl" = "H"',
            "keys.ticket.hodl: no such action; did you mean ticket.hold?",
        ),
        ('[keys]\n"ticket.hold" = ""', "keys.ticket.hold: '' names no key."),
        ("theme = ", "using the defaults."),
    ],
)
def test_a_mistake_names_the_file_the_key_and_the_nearest_name(text: str, said: str) -> None:
    settings, (finding,) = parse_settings(text, "/home/sam/config.toml")
    assert finding.startswith("/home/sam/config.toml: ")
    assert said in finding
    assert finding.endswith((".", "?")) and not finding.endswith("?.")
    assert settings == Settings()


def test_one_mistake_does_not_take_the_rest_away() -> None:
    settings, findings = parse_settings('theme = "light"\nticks = 3\n', "config.toml")
    assert settings.theme == "light"
    assert len(findings) == 1


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    settings, (finding,) = read_settings(tmp_path / "config.toml")
    assert settings == Settings()
    assert "cannot be read" in finding


def test_ids_are_kept_once_given() -> None:
    """Users' own keys hang on these; one that is renamed here loses somebody's key."""
    ids = {action.id for action in everything()}
    assert {
        "ticket.new", "ticket.triage", "ticket.respond", "ticket.hold", "ticket.assign",
        "ticket.escalate", "ticket.resolve", "ticket.note", "ticket.undo", "ticket.why",
        "ticket.copy", "queue.filter", "queue.open", "queue.mark", "queue.take", "queue.sort",
        "queue.view", "queue.next-view", "queue.previous-view", "queue.preview", "app.help",
        "app.palette", "app.back", "app.theme", "app.quit", "go.queue",
    } <= ids  # fmt: skip
