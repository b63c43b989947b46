"""A tmux server of a test's own: what runs in it goes on while nobody looks."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.system.terminal import COLUMNS, ROWS, Terminal

TMUX: Final = shutil.which("tmux")

_SETTINGS: Final = """
set -g status off
set -s escape-time 20
set -g default-terminal screen-256color
"""


class Tmux:
    """One session of one window, 80 by 24 until a terminal of another size looks at it."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        assert TMUX is not None
        # A socket's path is short, a test's folder often is not.
        self._folder = Path(tempfile.mkdtemp(prefix="dt-"))
        self._tmux = (TMUX, "-u", "-S", str(self._folder / "s"))
        settings = self._folder / "tmux.conf"
        settings.write_text(_SETTINGS)
        size = ("-x", str(COLUMNS), "-y", str(ROWS))
        subprocess.run(
            [*self._tmux, "-f", str(settings), "new-session", "-d", *size, *command],
            env=dict(environment), check=True,
        )  # fmt: skip

    def attach(self, *, columns: int = COLUMNS, rows: int = ROWS) -> Terminal:
        """A terminal that shows it."""
        return Terminal([*self._tmux, "attach-session"], columns=columns, rows=rows)

    def screen(self, *, colours: bool = False) -> str:
        """What tmux itself knows to be on the screen."""
        kind = ("-e",) if colours else ()
        shown = subprocess.run(
            [*self._tmux, "capture-pane", "-p", *kind], check=True, capture_output=True
        )
        return shown.stdout.decode()

    def kill(self) -> None:
        """End it at once with everything in it, as when the machine it runs on is lost."""
        subprocess.run([*self._tmux, "kill-server"], check=False, capture_output=True)
        shutil.rmtree(self._folder, ignore_errors=True)
