"""An app that notices what happens on the desk without it: others' work, time, a lost database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from deskterm.console.live import ClocksMoved, DeskBack, DeskChanged, DeskLost, Finisher, Watcher
from deskterm.console.lookout import Lookout, News, NewsRead
from deskterm.console.typeahead import Typeahead
from deskterm.desk.errors import StoreLost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deskterm.console.door import DeskDoor
    from deskterm.console.notices import Notice, Tone
    from deskterm.console.screens.base import DeskScreen

#: A screen that asks for no news by itself has been painted by then.
_BEGIN_SECONDS: Final = 1.0


class Watching(Typeahead):
    """Screens hear of it by `reload`, `hear` and `tick_now`."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.desk: DeskDoor
        self.lost_notice: str | None = None
        self.lookout = Lookout(self.post_message)
        self._news_due = False
        self._watcher: Watcher | None = None
        self._finisher: Finisher | None = None

    def say(self, text: str, tone: Tone = "information") -> None:
        """Show a sentence for a few seconds."""
        raise NotImplementedError

    def notice(self, notice: Notice) -> None:
        """As `say`, for what may have to be unsaid before its time."""
        raise NotImplementedError

    def unsay(self, notice: Notice) -> bool:
        """It does not hold any more; whether it was still being said."""
        raise NotImplementedError

    def watch_desk(self, *, finish: bool) -> None:
        """Look for changes from when the app runs; `finish` clocks that were left over."""
        self._watcher = Watcher(self.desk.changes.counter, self.post_message)
        if finish:
            self._finisher = Finisher(self.desk.catching_up, self.post_message)

    def on_mount(self) -> None:
        """Begin to look."""
        for thread in (self._watcher, self._finisher):
            if thread is not None:
                thread.start()
        self.set_timer(_BEGIN_SECONDS, self.begin_news, name="news")

    def on_unmount(self) -> None:
        """Nobody needs to know of changes any more."""
        for thread in (self._watcher, self._finisher):
            if thread is not None:
                thread.stop()

    def look_soon(self) -> None:
        """Something is shown again: changes of this moment should not be missing for a moment."""
        if self._watcher is not None:
            self._watcher.look_soon()

    # What is new ------------------------------------------------------------------------------

    def begin_news(self) -> None:
        """Read what is new, unless it has been."""
        if self.lookout.news is None:
            self.read_news()

    def read_news(self) -> None:
        """Read what is new; asking several times at once is asking once."""
        if not self._news_due:
            self._news_due = True
            self.call_next(self._read_news)

    def _read_news(self) -> None:
        self._news_due = False
        if self.lookout.begin():
            desk, lookout = self.desk, self.lookout
            self.run_worker(lambda: lookout.work(desk), thread=True, group="news")

    def on_news_read(self, message: NewsRead) -> None:
        """Tell the screens, and say what came in."""
        answer = message.answer
        if self.lookout.take_in(answer):
            self.read_news()
        if isinstance(answer, News):
            for screen in self._here():
                screen.hear_newest()
            self.look_out()
            arrived = self.lookout.arrived(self.unsay)
            if arrived is not None:
                self.notice(arrived)
            self._tick()
        elif isinstance(answer, StoreLost):
            self.lost(answer.sentence)
        else:
            self.say(answer.sentence, "error")

    def look_out(self) -> None:
        """Watch the promises of what is shown now."""
        rows = [row for screen in self._here() for row in screen.watched_rows()]
        self.lookout.look(rows, self.desk.now_us())

    def tick_news(self, second: int) -> int | None:
        """It is `second`: say what has become late; when there will next be something to say."""
        for late in self.lookout.late(second, self.unsay):
            self.notice(late)
        if self.lookout.overtaken(second):
            self.read_news()
        return self.lookout.turns_us()

    # Others' work, and whether the desk can be reached ----------------------------------------

    def _everywhere(self) -> Iterator[DeskScreen]:
        """All there are; none once they are taken down, when answers may still come."""
        from deskterm.console.screens.base import DeskScreen

        for stack in self._screen_stacks.values() if self.is_running else ():
            for screen in stack:
                if isinstance(screen, DeskScreen) and screen.is_mounted:
                    yield screen

    def _here(self) -> list[DeskScreen]:
        here = self.screen_stack
        return [screen for screen in self._everywhere() if screen in here]

    def on_desk_changed(self, _message: DeskChanged) -> None:
        """Somebody has changed something: what is shown is read again."""
        self._reload()

    def _reload(self) -> None:
        """Read what is here; what is elsewhere is read when it is gone back to."""
        from deskterm.console.screens.host import ActionHost

        here = self._here()
        for screen in self._everywhere():
            if screen in here:
                screen.outdated = False
                screen.reload()
            else:
                screen.outdated = True
        for window in self.screen_stack:
            if isinstance(window, ActionHost) and window.is_mounted:
                window.desk_changed()
        self.read_news()

    def on_clocks_moved(self, _message: ClocksMoved) -> None:
        """What a stopped change of hours had left is done."""
        self.say("Due times that a change of hours had left behind are right again.")

    def on_desk_lost(self, message: DeskLost) -> None:
        """The desk cannot be reached."""
        self.lost(message.sentence)

    def lost(self, sentence: str) -> None:
        """Say that the desk cannot be reached; everything on the screen stays."""
        if self._watcher is not None:
            self._watcher.doubt()
        if self.lost_notice is None:
            self.lost_notice = "database lost, trying again"
            self.say(sentence, "error")
            self._tick()

    def on_desk_back(self, _message: DeskBack) -> None:
        """The desk answers again."""
        if self.lost_notice is not None:
            self.lost_notice = None
            self.say("The database is back.")
        self._ask_again()
        self._tick()
        self._reload()

    def _ask_again(self) -> None:
        """Whatever waits for the desk to answer, windows too."""
        from deskterm.console.screens.host import ActionHost

        for screen in [screen for stack in self._screen_stacks.values() for screen in stack]:
            if isinstance(screen, ActionHost) and screen.is_mounted:
                screen.desk_back()

    def _tick(self) -> None:
        from deskterm.console.screens.ticking import Ticking

        for screen in self.screen_stack if self.is_running else ():
            if isinstance(screen, Ticking) and screen.is_mounted:
                screen.tick_now()
