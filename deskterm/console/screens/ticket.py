"""One ticket: who, under what, its clocks, its whole history, and every step on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content

from deskterm.console.actions import Situation, key_name
from deskterm.console.catalog import ticket as catalog
from deskterm.console.catalog import tickets as steps_catalog
from deskterm.console.screens.base import style_sheets
from deskterm.console.screens.host import READING
from deskterm.console.screens.ticket_keys import TicketKeys
from deskterm.console.widgets.ticket_head import TicketHead
from deskterm.console.widgets.ticket_history import TicketHistory
from deskterm.console.widgets.ticket_side import TicketSide
from deskterm.desk.clock_story import ClockTurn
from deskterm.desk.cover import CoverView
from deskterm.desk.errors import DeskError, NotAllowed, NotFound
from deskterm.desk.model import QueueRow, StepState, TicketView

#: Narrower terminals show no column beside the history.
_WIDE = 100
#: Being open here is said again before the desk forgets it.
_PRESENT_SECONDS = 45


@dataclass(frozen=True, slots=True)
class _Read:
    """Everything the screen shows of a ticket."""

    ticket: TicketView
    steps: Sequence[StepState]
    cover: CoverView | None
    story: Mapping[int, Sequence[ClockTurn]]
    names: Mapping[int, str]


class TicketScreen(TicketKeys):
    """`numbers` is the list it was opened from, to go on to the next one."""

    PLACE = "queue"
    ACTIONS = (*steps_catalog.ACTIONS, *catalog.ACTIONS)
    CSS_PATH: ClassVar[Any] = style_sheets("screens/ticket")

    def __init__(self, number: int, numbers: Sequence[int] = ()) -> None:
        super().__init__()
        self.number = number
        self._numbers = list(numbers) or [number]
        self._read: _Read | None = None

    def body(self) -> ComposeResult:
        """See `DeskScreen.body`."""
        app = self.desk_app
        with Vertical(id="ticket-frame"):
            head = TicketHead(glyphs=app.glyphs, local=app.local)
            head.book_key = app.key_of("ticket.book")
            yield head
            with Horizontal(id="ticket-below"):
                with VerticalScroll(id="ticket-scroll", can_focus=False):
                    yield TicketHistory(glyphs=app.glyphs, local=app.local)
                with VerticalScroll(id="ticket-aside", can_focus=False):
                    yield TicketSide(glyphs=app.glyphs)

    def on_mount(self) -> None:
        """Read it, and say that it is open here."""
        self.stay_unseen()
        self.set_interval(_PRESENT_SECONDS, self._say_present)
        self._say_present()

    def on_unmount(self) -> None:
        """It is no longer open here."""
        self._leave(self.number)

    def on_resize(self, event: events.Resize) -> None:
        """Fold to the width there is."""
        self.set_class(event.size.width < _WIDE, "-narrow")

    # Presence -------------------------------------------------------------------------------

    def _say_present(self) -> None:
        if self.desk_app.read_only:
            return
        tickets, number = self.desk.tickets, self.number
        self.ask(
            lambda: tickets.enter(number), lambda _: None, group="present", failed=_quietly,
            says="",
        )

    def _leave(self, number: int) -> None:
        if self.desk_app.read_only:
            return
        tickets = self.desk.tickets

        def leave() -> None:
            try:
                tickets.leave(number)
            except DeskError as error:
                # The desk forgets who was here by itself after a minute or two.
                self.app.log(error.sentence)

        self.app.run_worker(leave, thread=True, group="leave")

    # Reading --------------------------------------------------------------------------------

    def reload(self) -> None:
        """See `DeskScreen.reload`."""
        desk, number = self.desk, self.number

        def read() -> _Read:
            ticket = desk.tickets.show(number)
            cover = None
            if ticket.agreement is not None:
                cover = desk.tickets.cover(ticket.agreement.id, ticket.channel, ticket.tier)
            try:
                steps = desk.tickets.steps(number)
            except NotAllowed:
                steps = ()
            names = {agent.id: agent.name for agent in desk.agents.list()}
            return _Read(ticket, steps, cover, desk.tickets.clock_story(number), names)

        known = self._read is not None and self._read.ticket.row.number == number
        self.ask(read, self._show, group="ticket", failed=self._gone,
                 says="" if known else READING)  # fmt: skip

    def _gone(self, error: DeskError) -> None:
        if isinstance(error, NotFound):
            self.desk_app.say(error.sentence, "error")
            self.app.pop_screen()

    def _show(self, read: _Read) -> None:
        first = self._read is None or self._read.ticket.row.number != read.ticket.row.number
        self._read = read
        app, now, ticket = self.desk_app, self.desk.now_us(), read.ticket
        row, dot = ticket.row, self.desk_app.glyphs.dot
        frame = self.query_one("#ticket-frame")
        frame.border_title = Content(f"{row.number} {dot} {row.subject}")
        at = self._numbers.index(row.number) + 1 if row.number in self._numbers else 0
        place = f"{at} of {len(self._numbers)} {dot} " if len(self._numbers) > 1 and at else ""
        frame.border_subtitle = Content(f"{place}{row.priority_name} {dot} {row.status}")
        self.query_one(TicketHead).show(ticket, read.cover, now)
        self.query_one(TicketHistory).show(ticket, read.story, read.names, now)
        self.query_one(TicketSide).show(self._entries(), read.cover)
        self.refresh_footer()
        self.call_after_refresh(self.appear)
        app.look_out()
        self.tick_now()
        if first:
            scroll = self.query_one("#ticket-scroll", VerticalScroll)
            app.call_after_refresh(lambda: scroll.scroll_end(animate=False))

    def _entries(self) -> list[tuple[str, str, str, str | None]]:
        """Every step, on its own key or under “more steps”."""
        app, now = self.desk_app, self.situation()
        entries = []
        for action in steps_catalog.ACTIONS:
            if action.step is not None or action.id == "ticket.book":
                key = key_name(action.keys(app.settings.keys)[0], app.glyphs)
                entries.append((action.id, key, action.label, action.why_not(now)))
        more = app.key_of("ticket.more")
        shown = {action.step for action in steps_catalog.ACTIONS}
        rest = [state.label for state in now.steps.values()
                if state.id not in shown and state.allowed]  # fmt: skip
        if rest:
            entries.append(("ticket.more", more, ", ".join(rest).lower(), None))
        return entries

    def tick(self, now_us: int) -> int | None:
        """See `DeskScreen.tick`."""
        self.query_one(TicketHistory).tick(now_us)
        return self.query_one(TicketHead).tick(now_us)

    def holds_until_us(self) -> int | None:
        """See `DeskScreen.holds_until_us`: whether the desk is open."""
        cover = self._read.cover if self._read is not None else None
        return cover.changes_us if cover is not None else None

    def watched_rows(self) -> Sequence[QueueRow]:
        """See `DeskScreen.watched_rows`."""
        return () if self._read is None else (self._read.ticket.row,)

    # What steps ask -------------------------------------------------------------------------

    def in_hand(self) -> QueueRow | None:
        """See `TicketKeys.in_hand`."""
        return self._read.ticket.row if self._read is not None else None

    def selected_numbers(self) -> tuple[int, ...]:
        """See `DeskScreen.selected_numbers`."""
        return (self.number,)

    def version_of(self, number: int) -> int | None:
        """See `DeskScreen.version_of`."""
        row = self.in_hand()
        return row.version if row is not None and row.number == number else None

    def subject_of(self, number: int) -> str:
        """See `DeskScreen.subject_of`."""
        row = self.in_hand()
        return row.subject if row is not None else ""

    def situation(self) -> Situation:
        """See `ActionHost.situation`."""
        steps = self._read.steps if self._read is not None else ()
        return Situation(
            number=self.number,
            steps={state.id: state for state in steps},
            read_only=self.desk_app.read_only,
            screen="ticket",
        )

    # Keys -----------------------------------------------------------------------------------

    def do_what_if(self) -> None:
        """See `catalog.ticket`, as for the ones below."""
        self.open_window("what-if", self.number)

    def do_new(self) -> None:
        self.open_window("new")

    def do_back(self) -> None:
        self.app.pop_screen()

    def _go(self, by: int) -> None:
        at = self._numbers.index(self.number) if self.number in self._numbers else 0
        if not 0 <= at + by < len(self._numbers):
            self.desk_app.say("That was the last one." if by > 0 else "That was the first one.")
            return
        self._leave(self.number)
        self.number = self._numbers[at + by]
        self._say_present()
        self.reload()

    def do_next(self) -> None:
        self._go(1)

    def do_previous(self) -> None:
        self._go(-1)

    @property
    def _scroll(self) -> VerticalScroll:
        return self.query_one("#ticket-scroll", VerticalScroll)

    def do_down(self) -> None:
        self._scroll.scroll_relative(y=1, animate=False)

    def do_up(self) -> None:
        self._scroll.scroll_relative(y=-1, animate=False)

    def do_page_down(self) -> None:
        self._scroll.scroll_page_down(animate=False)

    def do_page_up(self) -> None:
        self._scroll.scroll_page_up(animate=False)

    def do_first(self) -> None:
        self._scroll.scroll_home(animate=False)

    def do_last(self) -> None:
        self._scroll.scroll_end(animate=False)


def _quietly(_error: DeskError) -> None:
    """Being present is a courtesy: what cannot be said now is said again in a minute."""
