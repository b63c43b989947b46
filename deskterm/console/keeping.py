"""Keeping what is typed: at once in memory, and on disk in a thread."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deskterm.console.drafts import Drafts
from deskterm.console.jobs import Job

if TYPE_CHECKING:
    from deskterm.console.notices import Tone


class KeepsDrafts(Job):
    """An app that loses nothing typed, neither by Esc nor by a crash."""

    def __init__(self, *arguments: object, drafts: Path, **options: object) -> None:
        """`drafts` is the folder they are kept in."""
        super().__init__(*arguments, **options)
        self.drafts = Drafts(drafts, self._without_drafts)
        self._told_without_drafts = False
        self._draft_lock = threading.Lock()
        self._draft_turns: dict[str, int] = {}
        self._ending = False
        self._before: dict[str, Any] = {}
        """What was to be done at a signal before the console was there."""

    def on_mount(self) -> None:
        """Nor by a terminal that is closed, or by whoever ends the program."""
        if self.is_headless or threading.current_thread() is not threading.main_thread():
            return
        loop = asyncio.get_running_loop()
        for name in ("SIGHUP", "SIGTERM"):
            if hasattr(signal, name):
                self._before[name] = signal.getsignal(getattr(signal, name))
                loop.add_signal_handler(getattr(signal, name), self._end, getattr(signal, name))

    def _end(self, number: signal.Signals) -> None:
        """Keep what is typed just now, then end as the signal asks for."""
        from deskterm.console.screens.host import ActionHost

        self._ending = True
        for screen in [screen for stack in self._screen_stacks.values() for screen in stack]:
            if isinstance(screen, ActionHost) and screen.is_mounted:
                screen.keep_typed()
        if number == signal.SIGTERM:
            self.exit(return_code=128 + number)
        else:
            # Nobody sees what would be tidied up on a terminal that is gone; who opened the
            # console may have more to put away.
            signal.signal(number, self._before.get(number.name) or signal.SIG_DFL)
            os.kill(os.getpid(), number)

    def _keep_at_once(self, key: str, fields: Mapping[str, str]) -> None:
        # Whoever ends the program waits for nobody, and reads no notice; the rest is still kept.
        with suppress(OSError):
            self.drafts.keep(key, fields)

    def say(self, text: str, tone: Tone = "information") -> None:
        """Show a sentence."""
        raise NotImplementedError

    def keep_draft(self, key: str, fields: Mapping[str, str]) -> None:
        """Keep typed text on disk, in a thread; nothing typed forgets what was kept.

        The newest text of a draft wins, and a disk that cannot be written is said.
        """
        self.drafts.note(key, fields)
        if self._ending:
            self._keep_at_once(key, fields)
            return
        turn = self._draft_turns[key] = self._draft_turns.get(key, 0) + 1

        def keep() -> None:
            try:
                # Threads may come to it in another order than they were begun in.
                with self._draft_lock:
                    if self._draft_turns[key] == turn:
                        self.drafts.keep(key, fields)
            except OSError as error:
                self.call_from_thread(self._without_drafts, error)

        self.run_worker(keep, thread=True, group=f"draft-{key}")

    def forget_draft(self, key: str) -> None:
        """Nothing is kept under `key` any more, for good when this returns."""
        self.drafts.note(key, {})
        with self._draft_lock:
            self._draft_turns[key] = self._draft_turns.get(key, 0) + 1
            try:
                self.drafts.drop(key)
            except OSError as error:
                self._without_drafts(error)

    def _without_drafts(self, error: OSError) -> None:
        """Say once that drafts are only in memory, why, and what to do."""
        if not self._told_without_drafts:
            self._told_without_drafts = True
            why = error.strerror or str(error)
            self.say(
                f"Drafts cannot be kept in {self.drafts.folder} ({why}): what is typed and not sent"
                " lasts until deskterm ends. Make it a folder you can write to, with room.",
                "error",
            )
