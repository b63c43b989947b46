"""A terminal emulator at the end of a program: keys go in, what it shows is read."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pexpect
import pyte

COLUMNS, ROWS = 80, 24
_PATIENCE = 60


class Terminal:
    """`columns` by `rows`, as an xterm shows it."""

    def __init__(
        self, command: Sequence[str], *, columns: int = COLUMNS, rows: int = ROWS
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._child = pexpect.spawn(
            command[0], list(command[1:]), dimensions=(rows, columns), timeout=5,
            env={"TERM": "xterm-256color", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        )  # fmt: skip

    @property
    def text(self) -> str:
        """Everything on the screen."""
        return "\n".join(self._screen.display)

    def press(self, *keys: str) -> None:
        """Type; ``\\r`` is Enter."""
        for key in keys:
            self._child.send(key)
            self._take(0.15)

    def type(self, keys: str) -> None:
        """Send all keys at once, as somebody who does not look at the screen while typing."""
        self._child.send(keys)

    def resize(self, columns: int, rows: int) -> None:
        """Make the window larger or smaller."""
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def wait_for(
        self, said: str | Callable[[str], bool], *, patience: float = _PATIENCE, look: float = 0.2
    ) -> str:
        """The screen, once it says that; `AssertionError` with the screen where it never does."""
        shows = said if callable(said) else lambda text: said in text
        until = time.monotonic() + patience
        while time.monotonic() < until:
            self._take(look)
            if shows(self.text):
                return self.text
        raise AssertionError(f"never seen: {said}\n{self.text}")

    def close(self) -> None:
        """Hang up."""
        self._child.close(force=True)

    def ended(self) -> bool:
        """True once the program has come to its end by itself."""
        until = time.monotonic() + _PATIENCE
        while self._child.isalive() and time.monotonic() < until:
            self._take(0.2)
        return not self._child.isalive()

    def _take(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                self._stream.feed(self._child.read_nonblocking(65536, timeout=0.05))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                return
