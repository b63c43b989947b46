"""The planner of visits: whose, when, by whom, and how much of what was bought is left.

It shows one customer's week, or as lists how all customers stand, the visits of a week, or an
engineer's own day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from deskterm.console.actions import READ_ONLY
from deskterm.console.catalog import visits as catalog
from deskterm.console.screens.base import style_sheets
from deskterm.console.screens.visit_steps import VisitSteps
from deskterm.console.visitlists import (
    agenda_lines,
    all_lines,
    by_urgency,
    coming_lines,
    day_lines,
    month_head,
    month_lines,
    stop_lines,
)
from deskterm.console.visitread import Mode, Read, displaced_line, heading, titles
from deskterm.console.visitwords import (
    balance_lines,
    fair_use_spans,
)
from deskterm.console.widgets.lines import Choice, ChoiceLines, TextLines
from deskterm.console.widgets.painted import Line, Span
from deskterm.console.widgets.planner_grid import PlannerGrid
from deskterm.console.widgets.scrolled import Scrolled
from deskterm.console.wrapping import wrapped
from deskterm.desk.model import Agent
from deskterm.desk.visits.model import CheckLine, OfferView, VisitView
from deskterm.visits.wallclock import week_to_plan

if TYPE_CHECKING:
    from deskterm.desk.visits.displaced import InQuestion

_NARROW = 100
_WEEK = timedelta(days=7)
_MONTH_WEEKS = 5
_COMING_WEEKS = 5
#: Lines of the screen that are not the day's list or what is said about one of its stops.
_AROUND_A_DAY = 7


class VisitsScreen(VisitSteps):
    """Customers, the week of one, an agenda, and an engineer's own day."""

    PLACE = "visits"
    ACTIONS = catalog.ACTIONS
    CSS_PATH: ClassVar[Any] = style_sheets("screens/visits")

    def __init__(self) -> None:
        super().__init__()
        self.mode: Mode = "all"
        self.customer: int | None = None
        self.engineer: Agent | None = None
        self.monday: date | None = None
        self._this_week: date | None = None
        self._shown = Read("all")
        self._has_read = False
        self._displaced = 0
        self._chosen = 0

    # What it shows ----------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """See `DeskScreen.body`."""
        glyphs = self.desk_app.glyphs
        with Vertical(id="visits-frame"):
            yield TextLines([[Span("Reading the visits …", "quiet")]], id="visits-balance")
            with Scrolled(id="visits-scroll"):
                yield PlannerGrid(glyphs=glyphs)
                yield TextLines(id="visits-coming")
                yield ChoiceLines((), glyphs=glyphs, id="visits-list")
            yield TextLines(id="visits-detail")

    def on_mount(self) -> None:
        """Begin with the customers; an engineer begins with their own day."""
        self.grid.display = False

    def known(self, me: Agent | None) -> None:
        """See `DeskScreen.known`."""
        super().known(me)
        if me is not None and me.role == "engineer" and self.mode == "all":
            self.show_mode("my-day")

    def on_resize(self, event: events.Resize) -> None:
        """Fold to the width there is."""
        self.set_class(event.size.width < _NARROW, "-narrow")
        if self._has_read:
            self._show(self._shown)

    def _today(self) -> date:
        return self.desk_app.local(self.desk.now_us()).date()

    @property
    def grid(self) -> PlannerGrid:
        """The week."""
        return self.query_one(PlannerGrid)

    @property
    def lines(self) -> ChoiceLines:
        """The list of the other modes."""
        return self.query_one("#visits-list", ChoiceLines)

    def show_mode(self, mode: Mode) -> None:
        """Show another side of the visits."""
        self.mode = mode
        self._chosen = 0
        self.reload()

    # Reading ----------------------------------------------------------------------------------

    def reload(self) -> None:
        """See `DeskScreen.reload`."""
        today = self._today()
        if self.monday in (None, self._this_week):
            # Whoever looks at this week goes on to the next with it.
            self.monday = week_to_plan(today)
        self._this_week = week_to_plan(today)
        visits, mode, customer, monday = self.desk.visits, self.mode, self.customer, self.monday
        engineer = self.engineer.id if self.engineer is not None else None
        assert monday is not None, "a week has been chosen by now"

        def read() -> Read:
            if mode == "all":
                return Read(mode, checks=by_urgency(visits.check(usage=False)))
            if mode == "agenda":
                return Read(mode, visits=visits.week(monday, engineer=engineer))
            if mode == "my-day":
                return Read(mode, stops=visits.my_day(today, engineer))
            weeks = [
                visits.planner(customer, monday + count * _WEEK, engineer=engineer)
                for count in range(_MONTH_WEEKS if mode == "month" else 1)
            ]
            coming = [
                visit
                for count in range(1, _COMING_WEEKS)
                for visit in visits.week(monday + count * _WEEK, customer=customer)
                if mode == "week" and visit.stage == "booked"
            ]
            return Read(mode, weeks=weeks, coming=coming)

        self.ask(read, self._taken_in, group="visits", failed=self._failed)

    def _taken_in(self, read: Read) -> None:
        self._show(read)
        if read.mode == "all":
            self.ask(self.desk.visits.in_question, self._displaced_are, group="displaced",
                     says="")  # fmt: skip
        if read.weeks:
            # All agreements are counted together for the verdict; the week need not wait for it.
            visits, customer = self.desk.visits, read.weeks[0].check.customer_id
            self.read(lambda: visits.check(customer)[0], lambda check: self._judged(read, check),
                      group="verdict")  # fmt: skip

    def _displaced_are(self, asked: InQuestion) -> None:
        before, self._displaced = self._displaced, len(asked.first) + asked.more
        if self._displaced != before and self._shown.mode == "all":
            self._show(self._shown)

    def _say_displaced(self) -> None:
        """Visits that cannot be kept any more are said to whoever looks at all customers."""
        if self.mode == "all" and self._displaced:
            said = displaced_line(self._displaced, self.desk_app.key_of("visits.affected"),
                                  self.desk_app.glyphs)  # fmt: skip
            self.query_one("#visits-balance", TextLines).set_content([said])

    def _judged(self, read: Read, check: CheckLine) -> None:
        week, *later = read.weeks
        if self._shown is read and check.pace != week.check.pace:
            self._show(replace(read, weeks=(replace(week, check=check), *later)))

    def _failed(self, error: Any) -> None:
        self.desk_app.say(error.sentence, "error")
        if self.mode in ("week", "month"):
            self.show_mode("all")

    def _show(self, read: Read) -> None:
        if read.mode != self.mode:
            return
        self._shown, self._has_read = read, True
        week = read.mode == "week"
        self.grid.display, self.lines.display = week, not week
        coming = self.query_one("#visits-coming", TextLines)
        coming.display = bool(week and read.coming)
        coming.set_content(coming_lines(read.coming, self.desk_app.glyphs))
        frame = self.query_one("#visits-frame")
        dot, today = self.desk_app.glyphs.dot, self._today()
        who = f"only {self.engineer.name}" if self.engineer is not None else "all engineers"
        title, place = titles(read, self.monday or today, today, who, dot)
        frame.border_title, frame.border_subtitle = Content(title), Content(place)
        balance = self.query_one("#visits-balance", TextLines)
        if week or read.mode == "month":
            check = read.weeks[0].check
            lines: list[Line] = [*balance_lines(check, self.desk_app.glyphs, self.size.width - 4)]
            if check.fair_use is not None:
                lines.append(fair_use_spans(check.fair_use))
            lines += [[Span(f"{self.desk_app.glyphs.risk} {text}", "risk")]
                      for warning in check.warnings
                      for text in wrapped(warning, max(30, self.size.width - 8))]  # fmt: skip
            if read.mode == "month":
                lines += [[], month_head(self.size.width)]
            balance.set_content(lines)
        else:
            key_of = self.desk_app.key_of
            balance.set_content(heading(read, key_of("visits.customer"), key_of("visits.agenda")))
            self._say_displaced()
        if week:
            self.grid.show(read.weeks[0], self._today())
            self.grid.focus()
        else:
            self._fill(read)
            self.lines.focus()
        self.show_detail()
        self.refresh_footer()

    def refresh_footer(self) -> None:
        """Enter is called what it does here."""
        label = "open" if self.mode != "week" else "put it here" if self.carried else "book"
        self.footer.set_actions([
            replace(action, label=label) if action.id == "visits.book" else action
            for action in self.actions()
        ])  # fmt: skip
        super().refresh_footer()

    def _fill(self, read: Read) -> None:
        glyphs, width = self.desk_app.glyphs, self.size.width
        lines: Sequence[Choice] = ()
        if read.mode == "all":
            lines = all_lines(read.checks, glyphs, width)
        elif read.mode == "agenda":
            lines = agenda_lines(read.visits, glyphs, width)
        elif read.mode == "my-day":
            lines = day_lines(read.stops, glyphs, width)
        elif read.mode == "month":
            lines = month_lines(read.weeks, glyphs, width)
        self.lines.choices = tuple(lines)
        self.lines.index = min(self._chosen, max(0, len(lines) - 1))
        self.lines.styles.height = max(1, len(lines))
        self.lines.repaint()

    # The cursor -------------------------------------------------------------------------------

    def visit(self) -> VisitView | None:
        """See `VisitSteps.visit`."""
        if self.mode == "week":
            held = self.grid.visits()
            return held[0] if held else None
        if self.mode in ("agenda", "my-day"):
            visits = [stop.visit for stop in self._shown.stops] or list(self._shown.visits)
            return visits[self.lines.index] if visits else None
        return None

    def offer(self) -> OfferView | None:
        """See `VisitSteps.offer`."""
        return self.grid.offer if self.mode == "week" else None

    def cell(self) -> tuple[str, date] | None:
        """See `VisitSteps.cell`."""
        if self.mode != "week" or self.grid.slot is None or self.grid.day is None:
            return None
        return self.grid.slot, self.grid.day

    def show_detail(self) -> None:
        """Say everything about what is under the cursor."""
        width = max(30, self.size.width - 6)
        lines = self.detail_lines(width)
        if self.mode == "my-day" and self._shown.stops:
            stop = self._shown.stops[self.lines.index]
            room = self.size.height - _AROUND_A_DAY - len(self._shown.stops) - len(lines)
            lines += stop_lines(stop, self.desk_app.glyphs, width, max(2, room))
        self.query_one("#visits-detail", TextLines).set_content(lines)

    def on_planner_grid_cell_moved(self) -> None:
        """Another cell."""
        self.show_detail()

    def on_choice_lines_moved(self) -> None:
        """Another line."""
        self._chosen = self.lines.index
        self.show_detail()

    def on_choice_lines_chosen(self) -> None:
        """A click on a line."""
        self.do_book()

    # Keys -------------------------------------------------------------------------------------

    def do_book(self) -> None:
        """See `catalog.visits`, as for the ones below."""
        if self.mode == "all" and self._shown.checks:
            self.open_customer(self._shown.checks[self.lines.index].customer_id)
        elif self.mode == "month" and self._shown.weeks:
            self.monday = self._shown.weeks[self.lines.index].monday
            self.show_mode("week")
        elif self.mode in ("agenda", "my-day"):
            self.open_visit()
        elif self.desk_app.read_only:
            self.desk_app.say(READ_ONLY, "warning")
        else:
            self.book_here()

    def open_customer(self, customer: int) -> None:
        """Show the week of a customer."""
        self.customer = customer
        self.show_mode("week")

    def _week(self, by: int) -> None:
        if self.monday is not None:
            self.monday += by * _WEEK
            self.reload()

    def do_next_week(self) -> None:
        self._week(1)

    def do_previous_week(self) -> None:
        self._week(-1)

    def do_today(self) -> None:
        self.monday = week_to_plan(self._today())
        self.reload()

    def _move(self, down: int, right: int) -> None:
        if self.mode != "week":
            if down:
                self.lines.move(down)
            elif self.mode in ("agenda", "month"):
                self._week(right)
        elif not self.grid.move(down, right):
            self.grid.column = 0 if right > 0 else len(self._shown.weeks[0].days) - 1
            self._week(right)

    def do_left(self) -> None:
        self._move(0, -1)

    def do_right(self) -> None:
        self._move(0, 1)

    def do_up(self) -> None:
        self._move(-1, 0)

    def do_down(self) -> None:
        self._move(1, 0)

    def do_my_day(self) -> None:
        self.show_mode("my-day")

    def do_agenda(self) -> None:
        self.show_mode("agenda")

    def do_month(self) -> None:
        if self.customer is None:
            self.desk_app.say("Choose a customer first; Enter opens one.", "warning")
        else:
            self.show_mode("month")

    def do_all(self) -> None:
        self.show_mode("all")

    def do_back(self) -> None:
        """One step back: to all customers."""
        if self.mode == "month":
            self.show_mode("week")
        elif self.mode != "all":
            self.show_mode("all")
