"""A progress bar on the terminal's error output, so that what is printed stays clean."""

from __future__ import annotations

import shutil
import sys
import time
from types import TracebackType
from typing import Self

from deskterm.cli.output import cut

#: Drawing more often than this only costs time.
_REDRAW_SECONDS = 0.05
_BAR = 24


class Progress:
    """Shows how far some work is; without a terminal it shows nothing.

    Called with what is being done, how much is done and of how much. With `beside_output` the
    result itself goes to standard output, and the bar stays away where that is a terminal too.
    """

    def __init__(self, *, beside_output: bool = False) -> None:
        self._shown = sys.stderr.isatty() and not (beside_output and sys.stdout.isatty())
        self._drawn = 0.0
        self._what = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Draw the bar, where it is time for that."""
        now = time.monotonic()
        early = now - self._drawn < _REDRAW_SECONDS
        if not self._shown or (early and what == self._what and done < total):
            return
        self._drawn, self._what = now, what
        share = done / total if total else 1.0
        full = int(_BAR * share)
        bar = "#" * full + "." * (_BAR - full)
        line = f"[{bar}] {int(share * 100):3} %  {what} {done:,} of {total:,}"
        width = shutil.get_terminal_size().columns
        sys.stderr.write(f"\r{cut(line, width - 1):{width - 1}}")
        sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away again."""
        if self._shown and self._drawn:
            sys.stderr.write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")
            sys.stderr.flush()
