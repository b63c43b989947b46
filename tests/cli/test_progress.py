"""Work that takes a while shows how far it is, where somebody is looking."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Deskterm

REAL = Path(__file__).parents[1] / "data" / "servicenow-incidents.csv"
WHOSE = ("--customer", "Real Desk", "--policy", "impero")


class Terminal(io.StringIO):
    """Somebody's screen."""

    def isatty(self) -> bool:
        return True


def drawn(deskterm: Deskterm, patch: pytest.MonkeyPatch, *arguments: str) -> list[str]:
    """What has stood in the line of the bar, one after another."""
    screen = Terminal()
    with patch.context() as on_screen:
        on_screen.setattr(sys, "stderr", screen)
        deskterm(*arguments)
    return [line.strip() for line in screen.getvalue().split("\r")]


def test_an_import_shows_how_far_it_is_and_takes_the_bar_away(
    deskterm: Deskterm, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = drawn(deskterm, monkeypatch, "import", "servicenow", str(REAL), *WHOSE)
    last = [line for line in lines if line][-1]
    assert re.fullmatch(r"\[#{24}\] 100 %  tickets 445 of 445", last)
    assert any("lines read" in line for line in lines)
    assert lines[-2:] == ["", ""]


def test_a_demo_desk_shows_how_far_it_is(
    bare: Deskterm, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = drawn(bare, monkeypatch, "demo", "--tickets", "20", "--no-open")
    assert any(re.fullmatch(r"\[\.{24}\]   0 %  tickets 0 of 20", line) for line in lines)
    assert any(line.endswith("tickets 20 of 20") for line in lines)
    assert lines[-1] == ""


def test_without_a_screen_there_is_no_bar(deskterm: Deskterm) -> None:
    assert deskterm("import", "servicenow", str(REAL), *WHOSE).err == ""
