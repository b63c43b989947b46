"""The console goes behind the shell it was started from, and only where there is one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from deskterm.console.app import DeskApp
from tests.console.screens import settled, shown

_ASKED = "from deskterm.console.jobs import has_shell; print(has_shell())"


def test_what_leads_its_own_session_has_nobody_to_bring_it_back() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _ASKED], start_new_session=True, check=True, capture_output=True
    )
    assert said.stdout == b"False\n"


def test_what_is_a_job_of_a_shell_can_be_brought_back() -> None:
    # A shell with job control gives each job a process group of its own.
    said = subprocess.run(
        [sys.executable, "-c", _ASKED], process_group=0, check=True, capture_output=True
    )
    assert said.stdout == b"True\n"


@pytest.mark.parametrize("shell", [True, False])
async def test_without_a_shell_it_says_so_and_stays(
    app: DeskApp, monkeypatch: pytest.MonkeyPatch, shell: bool
) -> None:
    went: list[str] = []
    monkeypatch.setattr("deskterm.console.jobs.has_shell", lambda: shell)
    monkeypatch.setattr(DeskApp, "action_suspend_process", lambda _: went.append("behind it"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+z")
        await settled(pilot)
        assert went == (["behind it"] if shell else [])
        assert ("No shell is waiting" in shown(pilot)) is not shell
