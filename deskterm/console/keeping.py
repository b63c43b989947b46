"""Keeping what is typed: at once in memory, and on disk in a thread."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

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

    def say(self, text: str, tone: Tone = "information") -> None:
        """Show a sentence."""
        raise NotImplementedError

    def keep_draft(self, key: str, fields: Mapping[str, str]) -> None:
        """Keep typed text on disk, in a thread; nothing typed forgets what was kept.

        The newest text of a draft wins, and a disk that cannot be written is said.
        """
        self.drafts.note(key, fields)
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
