"""What stands on the screen of a terminal program, and when it got there."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pyte

from tests.benchmarks._terminal import Painted

Seen = Callable[[Sequence[str]], bool]


class Screen:
    """A program in a terminal that is read as a person would."""

    def __init__(self, program: Painted, size: tuple[int, int] = (36, 120)) -> None:
        rows, columns = size
        self.program = program
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def lines(self) -> list[str]:
        """The lines as they stand now."""
        return list(self._screen.display)

    def settle(self, seconds: float = 0.4, limit: float = 20.0) -> None:
        """Read until nothing has been painted for `seconds`."""
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            data = self.program.read(seconds)
            if not data:
                return
            self._stream.feed(data)

    def answer(self, keys: str, seen: Seen, limit: float = 10.0) -> float:
        """Seconds from typing `keys` until what was `seen` had arrived at the terminal.

        Raises TimeoutError.
        """
        begin = self.program.press(keys)
        while True:
            data = self.program.read(0.5)
            arrived = time.perf_counter()
            if data:
                # Read in one go what came in one go: interpreting it takes time of its own.
                self._stream.feed(data)
                if seen(self.lines):
                    return arrived - begin
            if arrived - begin > limit:
                shown = "\n".join(line for line in self.lines if line.strip())
                raise TimeoutError(f"{keys!r} was not answered within {limit:g} s:\n{shown}")
