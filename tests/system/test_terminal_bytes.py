"""What the console really sends to a terminal, and what a terminal that goes away leaves behind."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from deskterm.desk.agents import Login
from deskterm.desk.desk import Desk
from deskterm.desk.model import NewTicket

pytestmark = pytest.mark.system

_PATIENCE = 60.0
_MOUSE = (b"\x1b[?1000h", b"\x1b[?1003h", b"\x1b[?1015h", b"\x1b[?1006h")
_OSC_52 = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07")
_ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")


class Bytes:
    """The console on a terminal, and everything that it has sent there."""

    def __init__(self, home: Path, *options: str) -> None:
        self.sent = b""
        self.child = pexpect.spawn(
            sys.executable, ["-m", "deskterm", *options], dimensions=(36, 120), timeout=5,
            env={"TERM": "xterm-256color", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
                 "HOME": str(home), "DESKTERM_DATABASE": str(home / "desk.db"),
                 "XDG_STATE_HOME": str(home / "state"), "XDG_CONFIG_HOME": str(home / "config"),
                 "PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip

    def take(self, seconds: float) -> None:
        """Read what comes for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                self.sent += self.child.read_nonblocking(65536, timeout=0.05)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                return

    def wait_for(self, words: bytes) -> None:
        """Until the words have been sent, whatever stands between them."""
        until = time.monotonic() + _PATIENCE
        while words not in _ESCAPES.sub(b"", self.sent):
            assert time.monotonic() < until, f"{words!r} never came"
            self.take(0.2)

    def press(self, keys: str) -> None:
        self.child.send(keys)
        self.take(0.5)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk of whoever runs the tests, with one ticket."""
    desk = Desk.open(tmp_path / "desk.db", login=Login(os.getuid(), "sam"))
    desk.init("Sam", "supervisor")
    desk.customers.add("Oakfield Primary", "concero", package="full-managed")
    desk.tickets.new(
        NewTicket(customer="Oakfield Primary", subject="Hall projector", priority="urgent")
    )
    desk.close()
    return tmp_path


@pytest.fixture
def opened() -> Iterator[list[Bytes]]:
    made: list[Bytes] = []
    yield made
    for each in made:
        each.child.close(force=True)


def opening(made: list[Bytes], home: Path, *options: str) -> Bytes:
    terminal = Bytes(home, *options)
    made.append(terminal)
    terminal.wait_for(b"Hall projector")
    return terminal


def test_without_the_mouse_the_terminal_is_not_asked_for_it(
    home: Path, opened: list[Bytes]
) -> None:
    terminal = opening(opened, home, "--no-mouse")
    assert not [code for code in _MOUSE if code in terminal.sent]


def test_with_the_mouse_it_is(home: Path, opened: list[Bytes]) -> None:
    terminal = opening(opened, home)
    assert _MOUSE[0] in terminal.sent


def test_why_is_copied_into_the_terminals_own_clipboard(home: Path, opened: list[Bytes]) -> None:
    terminal = opening(opened, home)
    terminal.press("w")
    terminal.wait_for(b"worked")
    terminal.press("y")
    terminal.wait_for(b"Copied.")
    (code,) = _OSC_52.findall(terminal.sent)
    text = base64.b64decode(code).decode()
    assert text.startswith("First response by ")
    assert "worked" in text


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_terminal_closed_in_the_middle_of_a_word_keeps_the_draft(
    home: Path, opened: list[Bytes], number: signal.Signals
) -> None:
    terminal = opening(opened, home)
    terminal.press("r")
    terminal.wait_for(b"Respond")
    terminal.child.send("half a sent")
    terminal.take(0.25)
    terminal.child.send("ence")
    terminal.take(0.15)
    terminal.child.kill(number)
    until = time.monotonic() + _PATIENCE
    while terminal.child.isalive():
        assert time.monotonic() < until
        terminal.take(0.1)
    (draft,) = (home / "state").rglob("respond-1.json")
    assert json.loads(draft.read_text(encoding="utf-8"))["text"] == "half a sentence"
