"""Tables of an agreement fit the terminal they are printed on."""

from __future__ import annotations

import os
import shutil
import sys

import pytest

from deskterm.cli.document import say_sections
from deskterm.policy.describe import describe
from tests.policy.texts import SHIPPED, shipped


@pytest.mark.parametrize("columns", [80, 120, 200])
@pytest.mark.parametrize("name", SHIPPED)
def test_no_line_is_wider_than_the_terminal_and_ids_stay_whole(
    name: str, columns: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: os.terminal_size((columns, 24)))
    say_sections(describe(shipped(name)))
    printed = capsys.readouterr().out
    assert max(len(line) for line in printed.splitlines()) <= columns
    for clock in shipped(name).clock_names():
        assert clock in printed
