"""A series of visits: what it would book, what does not fit, and then all of it at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widgets import Input

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.dialogs.base import Dialog
from deskterm.console.lull import Lull
from deskterm.console.visitwords import dated
from deskterm.console.widgets.choice_row import ChoiceRow
from deskterm.console.widgets.lines import Choice, TextLines
from deskterm.console.widgets.painted import Line, Span
from deskterm.console.wrapping import wrapped

if TYPE_CHECKING:
    from deskterm.desk.errors import DeskError
    from deskterm.desk.visits.model import VisitDone
    from deskterm.desk.visits.serieses import SeriesPreview, Wish

_ASKED_SECONDS = 0.25
#: Columns for why a date cannot be booked, in the narrowest window.
_WHY_WIDTH = 54


class SeriesDialog(Dialog):
    """Dismissed with what was booked (`VisitDone`), or None."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (catalog.TAKE,)

    def __init__(self, customer: int, slot: str, first: date) -> None:
        super().__init__()
        self._customer = customer
        self._slot = slot
        self._first = first
        self._books = 0
        self._asking = Lull(self, _ASKED_SECONDS, self._preview)

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return f"Series from {dated(self._first)}"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        every = [Choice("weekly", "every week"), Choice("fortnightly", "every fortnight")]
        yield ChoiceRow("How often", every, "fortnightly", glyphs=self.desk_app.glyphs,
                        id="series-every")  # fmt: skip
        yield TextLines([[Span("How many (empty: to the end of the window)", "ink")]])
        entry = Input(id="series-count", classes="field-entry", placeholder="all that are owed")
        entry.cursor_blink = False
        yield entry
        yield TextLines([[Span("Looking at every date …", "quiet")]], id="series-plan")

    def on_mount(self) -> None:
        """Show what it would be."""
        self.query_one("#series-every").focus()
        self._preview()

    def on_choice_row_changed(self) -> None:
        """Another rhythm."""
        self._preview()

    def on_input_changed(self) -> None:
        """Another number."""
        self._asking.begin()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter books."""
        event.stop()
        self.do_take()

    def on_key(self, event: object) -> None:
        """Left and right choose the rhythm; Enter goes on."""
        row = self.query_one("#series-every", ChoiceRow)
        if self.focused is row:
            key = getattr(event, "key", "")
            if key in ("left", "right", "h", "l"):
                row.move(1 if key in ("right", "l") else -1)
            elif key == "enter":
                self.do_take()

    def _wish(self) -> Wish:
        from deskterm.desk.visits.serieses import Wish

        text = self.query_one("#series-count", Input).value.strip()
        return Wish(
            self._slot,
            self._first,
            self.query_one("#series-every", ChoiceRow).value,
            int(text) if text.isdigit() and int(text) else None,
        )

    def _preview(self) -> None:
        visits, customer, wish = self.desk.visits, self._customer, self._wish()
        self.ask(
            lambda: visits.preview_series(customer, wish), self._show, group="series",
            failed=self._refuse, waits=True,
        )  # fmt: skip

    def _refuse(self, error: DeskError) -> None:
        self.refuse(error.sentence)

    def _show(self, plan: SeriesPreview) -> None:
        self._books = plan.books
        glyphs = self.desk_app.glyphs
        lines: list[Line] = [
            [Span(f"{plan.books} will be booked", "strong"),
             Span(f", {plan.stays_owed} stay owed" if plan.stays_owed else "", "risk")], [],
        ]  # fmt: skip
        for each in plan.lines:
            if each.why_not:
                first, *rest = wrapped(each.why_not, _WHY_WIDTH)
                lines.append([Span(f"{glyphs.missed} {dated(each.day):<10}  ", "missed"),
                              Span(first, "quiet")])  # fmt: skip
                lines += [[Span(" " * 14 + part, "quiet")] for part in rest]
                for second in each.second[:1]:
                    lines.append([Span(f"              instead {dated(second.day)} {second.starts}",
                                       "quiet")])  # fmt: skip
            else:
                stands_in = "  stands in" if each.stands_in else ""
                when = f"{dated(each.day):<10} {each.starts}–{each.ends}"
                lines.append([Span(f"{glyphs.met} {when}  ", "met"),
                              Span(f"{each.engineer or ''}{stands_in}", "ink")])  # fmt: skip
        lines += [[Span(warning, "risk")] for warning in plan.warnings]
        self.query_one("#series-plan", TextLines).set_content(lines)
        self.refuse("")

    def do_take(self) -> None:
        """Book all that fit."""
        if not self._books:
            self.desk_app.say("None of these can be booked; Esc goes back.", "warning")
            return
        visits, customer, wish = self.desk.visits, self._customer, self._wish()
        self.write(
            lambda: visits.book_series(customer, wish), self._booked, group="book",
            failed=self._refuse, says="booking …",
        )  # fmt: skip

    def _booked(self, done: VisitDone) -> None:
        self.dismiss(done)
