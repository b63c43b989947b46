"""A terminal program timed from exec to what it paints."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

_ESCAPES = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]"  # colours and cursor
    rb"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles, clipboard
    rb"|\x1b[PX^_][^\x1b]*\x1b\\"
    rb"|\x1b[@-Z\\-_]"
)


class Painted:
    """A program in a pseudo terminal of its own."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str] | None = None,
        size: tuple[int, int] = (36, 120),
    ) -> None:
        env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        env.update(environment or {})
        env.pop("NO_COLOR", None)
        self.output = bytearray()
        self.begun = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), env)
        rows, columns = size
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)

    def read(self, seconds: float) -> bytes:
        """What arrives within `seconds` at most; empty when nothing does."""
        ready, _, _ = select.select([self.terminal], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self.terminal, 65536)
        except OSError:  # The program has ended; a pseudo terminal says so by an error.
            return b""
        self.output += data
        return data

    def until(self, wanted: str, limit: float = 30.0) -> float:
        """Seconds since the start until text matching `wanted` is on its way to the screen."""
        pattern = re.compile(wanted.encode())
        while True:
            passed = time.perf_counter() - self.begun
            if pattern.search(_ESCAPES.sub(b"", bytes(self.output))):
                return passed
            if passed > limit:
                tail = _ESCAPES.sub(b"", bytes(self.output))[-2000:].decode(errors="replace")
                raise TimeoutError(f"{wanted!r} was not painted within {limit:g} s; seen: {tail}")
            self.read(0.05)

    def press(self, keys: str) -> float:
        """Type `keys` and forget what was painted before; the time they were typed."""
        self.output.clear()
        self.begun = time.perf_counter()
        os.write(self.terminal, keys.encode())
        return self.begun

    def quiet(self, seconds: float = 0.3, limit: float = 10.0) -> None:
        """Wait until nothing has been painted for `seconds`."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end and self.read(seconds):
            pass

    def resident_bytes(self) -> int:
        """Memory the program holds now."""
        pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def cpu_seconds(self) -> float:
        """Processor time the program has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
