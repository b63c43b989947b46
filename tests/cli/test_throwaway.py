"""What a demonstration leaves behind: nothing, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from deskterm.cli.throwaway import sweep, thrown_away

_WORKS = """
import sys
from deskterm.cli.throwaway import thrown_away
with thrown_away() as folder:
    (folder / "desk.db").write_text("much")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def ended_by(number: signal.Signals) -> Path:
    """The folder of a process that was sent a signal while it worked."""
    with subprocess.Popen([sys.executable, "-c", _WORKS], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as process:  # fmt: skip
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        assert (folder / "desk.db").exists()
        process.send_signal(number)
        process.wait()
    assert process.returncode == -number, "it ends as the signal asks for"
    return folder


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_nothing_stays_where_the_terminal_goes_away(number: signal.Signals) -> None:
    assert not ended_by(number).exists()


def test_what_a_killed_one_left_is_swept_by_the_next_and_what_is_in_use_stays(
    temporary: Path,
) -> None:
    left = ended_by(signal.SIGKILL)
    strange = temporary / "deskterm-demo-of-others"
    strange.mkdir()
    assert left.exists()
    with thrown_away() as mine:
        assert not left.exists()
        sweep()
        assert mine.exists() and strange.exists()
    assert not mine.exists()


def test_signals_mean_what_they_meant_before() -> None:
    before = signal.getsignal(signal.SIGHUP)
    with thrown_away():
        assert signal.getsignal(signal.SIGHUP) is not before
    assert signal.getsignal(signal.SIGHUP) is before


def test_a_child_ends_without_taking_the_folder_away() -> None:
    with thrown_away() as folder:
        child = os.fork()
        if child == 0:
            os.kill(os.getpid(), signal.SIGTERM)
            os._exit(0)
        assert os.waitpid(child, 0)[1] == signal.SIGTERM
        assert folder.exists()
