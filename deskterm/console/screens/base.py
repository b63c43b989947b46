"""What every screen of the console is made of: header, body, footer, actions, clock and desk.

A screen subclasses `DeskScreen`, names its `PLACE` and its `ACTIONS`, yields its widgets from
`body`, reads what it shows in `reload` and redraws running clocks in `tick`. It asks the desk only
through `ask`, `read` and `write`, so that nothing ever blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from deskterm.console.actions import Action
from deskterm.console.catalog import everywhere
from deskterm.console.screens.taking import Taking
from deskterm.console.screens.taking import draft_key as draft_key
from deskterm.console.widgets.header_line import HeaderLine
from deskterm.console.widgets.key_footer import KeyFooter
from deskterm.console.widgets.notice_line import NoticeLine
from deskterm.console.widgets.painted import Painted

if TYPE_CHECKING:
    from deskterm.console.lookout import News
    from deskterm.desk.model import Agent, QueueRow


class DeskScreen(Taking):
    """A screen of the header line."""

    PLACE: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self.outdated = False
        """The desk has changed while this was not shown."""
        self._heard: News | None = None
        self._second_us: int | None = None
        self._read_for_us: int | None = None

    def _known(self, me: Agent | None) -> None:
        self.header.agent = me.name if me is not None else ""
        self.header.repaint()
        self.desk_app.stranger = me is None
        self.known(me)

    # For subclasses -------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The widgets between header and footer."""
        yield from ()

    def holds_until_us(self) -> int | None:
        """The first instant from which time alone has made what was read untrue, if known."""
        return None

    def hear(self, news: News) -> None:
        """What is new on the desk, looked for on whatever screen one is."""

    def watched_rows(self) -> Sequence[QueueRow]:
        """Tickets that are shown, whose promises are watched beside those next to be late."""
        return ()

    def known(self, me: Agent | None) -> None:
        """Who sits here; None: the desk does not know them."""
        app = self.desk_app
        if me is None and not app.met_stranger and not app.read_only:
            app.met_stranger = True
            self.open_window("first-run", then=lambda _: self._met())

    def do_begin(self) -> None:
        """What was offered first, once more to somebody the desk does not know."""
        desk = self.desk

        def go_on(me: Agent | None) -> None:
            if me is None:
                self.open_window("first-run", then=lambda _: self._met())
            else:
                self.desk_app.say(f"The desk knows you: {me.name}, {me.role}.")

        self.ask(lambda: desk.me, go_on, group="me", waits=True)

    def _met(self) -> None:
        desk = self.desk
        self.reload()
        self.ask(lambda: desk.me, self._known, group="me", says="")

    # The shell ------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        app = self.desk_app
        header = HeaderLine(glyphs=app.glyphs, local=app.local)
        header.place = f"go.{self.PLACE}"
        header.places = [
            (action.id, action.label)
            for action in everywhere.ACTIONS
            if action.id.startswith("go.")
        ]
        header.read_only = app.read_only
        yield header
        yield from self.body()
        yield NoticeLine(glyphs=app.glyphs)
        yield KeyFooter(self.actions(), own=app.settings.keys, glyphs=app.glyphs)

    @property
    def header(self) -> HeaderLine:
        """The top line."""
        return self.query_one(HeaderLine)

    @property
    def footer(self) -> KeyFooter:
        """The bottom line."""
        return self.query_one(KeyFooter)

    def on_mount(self) -> None:
        """Read."""
        desk = self.desk
        self.hear_newest()
        self.reload()
        self.ask(lambda: desk.me, self._known, group="me", says="")

    def on_screen_resume(self) -> None:
        """Shown again after a dialog or another screen."""
        self.desk_app.show_notices()
        self.hear_newest()
        if self.outdated:
            self.outdated = False
            # What is here is painted first.
            self.call_after_refresh(self.reload)
        self.desk_app.look_soon()

    def hear_newest(self) -> None:
        """Hear what is known by now, unless that was heard before."""
        news = self.desk_app.lookout.news
        if news is not None and news is not self._heard and self.is_mounted:
            self._heard = news
            self.hear(news)

    def tick_all(self, second: int) -> int | None:
        """See `Ticking.tick_all`."""
        self.header.notice = self.desk_app.lost_notice
        self.header.tick(second)
        soonest = self.tick(second)
        self.check_undo()
        if self._rolls_over(second):
            self.reload()
        until = self.holds_until_us()
        if until is None or until <= second:
            return soonest
        return until if soonest is None else min(soonest, until)

    def _rolls_over(self, second: int) -> bool:
        """Whether it is another day, the clock was set back, or what was read has run out."""
        before, self._second_us = self._second_us, second
        until, local = self.holds_until_us(), self.desk_app.local
        ran_out = until is not None and until <= second and until != self._read_for_us
        if ran_out:
            # Asked for once: a desk that cannot be reached is read when it is back.
            self._read_for_us = until
        if before is None:
            return False
        if second < before:
            self._read_for_us = None
        return ran_out or second < before or local(before).date() != local(second).date()

    def on_painted_target_clicked(self, message: Painted.TargetClicked) -> None:
        """What is written with an action behind it does that action."""
        if "." in message.target:
            message.stop()
            self.action_act(message.target)

    def refresh_footer(self) -> None:
        """Show which keys would only say why not."""
        now = self.situation()
        self.footer.set_dimmed(
            frozenset(action.id for action in self.footer.actions if action.why_not(now))
        )


def style_sheets(*names: str) -> list[str | PurePath]:
    """Style sheets beside the console's screens, widgets and dialogs, by ``folder/name``."""
    here = Path(__file__).parent.parent
    return [here / f"{name}.tcss" for name in names]


def unique(actions: Iterable[Action]) -> tuple[Action, ...]:
    """`actions` without repeats, in order."""
    return tuple({action.id: action for action in actions}.values())
