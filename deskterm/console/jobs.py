"""Putting the console behind the shell it was started from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from deskterm.console.typeahead import Typeahead

if TYPE_CHECKING:
    from deskterm.console.app import DeskApp


def has_shell() -> bool:
    """Whether whoever started this program can bring it back once it is stopped.

    That is a parent in the same session that keeps its jobs in process groups of their own.
    Without one (``ssh host deskterm``, or started by a terminal itself) a stopped program would
    stay so for good.
    """
    if not hasattr(os, "getsid"):
        return False
    try:
        parent = os.getppid()
        return os.getsid(parent) == os.getsid(0) and os.getpgid(parent) != os.getpgrp()
    except OSError:
        # The parent has ended meanwhile, or is not ours to ask about.
        return False


class Job(Typeahead):
    """An app that may be a shell's job."""

    def do_suspend(self) -> None:
        """See `catalog.everywhere`."""
        if has_shell():
            self.action_suspend_process()
        else:
            app = cast("DeskApp", self)
            leaves = app.key_of("app.quit")
            app.say(f"No shell is waiting behind the console; {leaves} leaves it.", "warning")
