"""Taking back the last thing done in this console, wherever one has gone since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskterm.console.deeds import Deed
from deskterm.console.notices import Notice
from deskterm.console.screens.ticking import Ticking
from deskterm.desk.errors import StoreBusy, StoreLost

if TYPE_CHECKING:
    from deskterm.console.notices import Tone
    from deskterm.desk.errors import DeskError


class Undoing(Ticking):
    """A screen on which things are done that can be taken back."""

    UNDO = "ticket.undo"
    """The action whose key takes it back here."""

    def version_of(self, number: int) -> int | None:
        """The version of a ticket that the user is looking at."""
        return None

    def reload(self) -> None:
        """Read again what is shown; the desk has changed or is back."""

    def did(self, deed: Deed, tone: Tone = "information") -> None:
        """Something was done: say it and, as long as it does, which key takes it back."""
        app = self.desk_app
        self.unsay_undoable()
        app.deeds.add(deed)
        if deed.take_back is None:
            app.say(deed.sentence, tone)
            return
        hint = Notice(f"{deed.sentence}  ({app.key_of(self.UNDO)} to undo)", tone, self)
        app.undo_hint = hint
        app.notice(hint)

    def unsay_undoable(self) -> None:
        """That key would take back something else by now, or nothing."""
        app = self.desk_app
        if app.undo_hint is not None:
            app.unsay(app.undo_hint)
            app.undo_hint = None

    def check_undo(self) -> None:
        """A ticket that has gone on since takes the hint away."""
        last = self.desk_app.deeds.last
        if self.desk_app.undo_hint is None or last is None:
            return
        for number, version in last.versions.items():
            seen = self.version_of(number)
            if seen is not None and seen > version:
                self.unsay_undoable()
                return

    def do_undo(self) -> None:
        """Take back the last thing done, on every ticket it was done to."""
        app, deed = self.desk_app, self.desk_app.deeds.last
        if deed is None:
            self.undo_here()
            return
        if deed.take_back is None:
            app.say(f"What was done last stays, nothing takes it back: {deed.sentence}", "warning")
            return
        self.unsay_undoable()

        def undone(sentence: str) -> None:
            app.deeds.forget(deed)
            app.say(sentence)
            self.reload()
            app.read_news()

        def failed(error: DeskError) -> None:
            if isinstance(error, StoreLost):
                return
            if not isinstance(error, StoreBusy):
                app.deeds.forget(deed)
            app.say(f"{deed.sentence} That stays: {error.sentence}", "error")

        self.write(deed.take_back, undone, group="undo", failed=failed,
                   says=f"taking back: {deed.sentence.rstrip('.')} …")  # fmt: skip

    def undo_here(self) -> None:
        """Nothing done in this console is left: what was done before, to what is selected."""
