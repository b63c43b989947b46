"""A visit for a ticket: the next times that fit, and an engineer sent at once where allowed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.dialogs.base import Dialog
from deskterm.console.visitwords import dated, fair_use_spans, slot_of
from deskterm.console.widgets.lines import Choice, ChoiceLines, TextLines
from deskterm.console.widgets.painted import Line, Span
from deskterm.console.wrapping import wrapped

if TYPE_CHECKING:
    from deskterm.desk.errors import DeskError
    from deskterm.desk.visits.for_a_ticket import TicketVisits
    from deskterm.desk.visits.model import OfferView, VisitDone

_CALLOUT: Final = "callout"
#: Names of engineers that fit beside a time.
_NAMED: Final = 2


class TicketVisitDialog(Dialog):
    """Dismissed with what was booked (`VisitDone`), or None.

    `missing` says how much onsite time a clock of the ticket waits for, or is empty.
    """

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        *catalog.CHOOSE[:2],
        replace(catalog.CHOOSE[2], label="book", tooltip="Book the selected time, or send"
                " the engineer.", writes=True),
    )  # fmt: skip

    def __init__(self, number: int, subject: str = "", missing: str = "") -> None:
        super().__init__()
        self._number = number
        self._subject = subject
        self._missing = missing
        self._found: TicketVisits | None = None
        self._said = ""
        self._busy = False

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return f"Visit for {self._number} {self.desk_app.glyphs.dot} {self._subject}"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        yield TextLines([[Span("Looking for times that fit …", "quiet")]], id="ticket-visit-head")
        yield ChoiceLines((), glyphs=self.desk_app.glyphs, id="ticket-visit-list")
        yield TextLines(id="ticket-visit-detail")

    @property
    def lines(self) -> ChoiceLines:
        """The times, and the callout last."""
        return self.query_one(ChoiceLines)

    def on_mount(self) -> None:
        """Ask the desk."""
        self.lines.display = False
        self._read()

    def _read(self) -> None:
        visits, number = self.desk.visits, self._number
        self.ask(lambda: visits.ticket_visits(number), self._show, group="ticket-visits",
                 failed=self._none, waits=True)  # fmt: skip

    def _none(self, error: DeskError) -> None:
        """There can be no visit; the sentence says why."""
        self.query_one("#ticket-visit-head", TextLines).set_content(self._wrapped(error.sentence))

    def _show(self, found: TicketVisits) -> None:
        self._found, glyphs = found, self.desk_app.glyphs
        head: list[Line] = []
        if self._missing:
            head += [[Span(f"{glyphs.unknown} ", "risk"), *line]
                     for line in self._wrapped(self._missing, "risk")]  # fmt: skip
        if not found.offers:
            head += self._wrapped("No time can be booked before the agreement's visits end.")
        else:
            head.append([Span("The next times that fit", "quiet")])
        self.query_one("#ticket-visit-head", TextLines).set_content(head)
        late = f" {glyphs.risk} late"
        choices = [
            Choice(str(at), f"{dated(each.day):<10} {each.starts}–{each.ends}  {_people(each)}"
                   + (late if each.warning else ""))
            for at, each in enumerate(found.offers)
        ]  # fmt: skip
        choices.append(
            Choice(_CALLOUT, f"{'now':<10} emergency callout")
            if found.callout is not None
            else Choice(_CALLOUT, "Emergency callout", "not possible now")
        )
        self.lines.choices = tuple(choices)
        self.lines.index = min(self.lines.index, len(choices) - 1)
        self.lines.styles.height = len(choices)
        self.lines.display = True
        self.lines.focus()
        self.lines.repaint()
        self._detail()

    def _wrapped(self, text: str, ink: str = "ink") -> list[Line]:
        width = max(30, min(self.app.size.width, 76) - 8)
        return [[Span(part, ink)] for part in wrapped(text, width)]

    def _detail(self) -> None:
        """What the selected line would do, and what to know before it."""
        found, lines = self._found, list[Line]()
        if found is None:
            return
        offer = self._offer()
        if offer is not None:
            if offer.warning:
                lines += self._wrapped(f"This visit {offer.warning}.", "risk")
            if found.fair_use is not None:
                lines.append(fair_use_spans(found.fair_use))
        elif found.callout is not None:
            lines += self._wrapped(f"Somebody goes at once. {found.callout} The ticket's limits"
                                   " no longer apply; the response begins on arrival.")  # fmt: skip
        else:
            lines += self._wrapped(found.no_callout, "quiet")
        if self._said:
            lines += self._wrapped(self._said, "late")
        self.query_one("#ticket-visit-detail", TextLines).set_content([[], *lines])

    def _offer(self) -> OfferView | None:
        choice = self.lines.selected
        if self._found is None or choice is None or choice.value == _CALLOUT:
            return None
        return self._found.offers[int(choice.value)]

    def on_choice_lines_moved(self) -> None:
        """Another line."""
        self._said = ""
        self._detail()

    def on_choice_lines_chosen(self) -> None:
        """A click only selects: what follows is seen by the customer."""
        self._detail()

    # Keys -------------------------------------------------------------------------------------

    def do_down(self) -> None:
        """Next line."""
        self.lines.move(1)

    def do_up(self) -> None:
        """Line before."""
        self.lines.move(-1)

    def do_choose(self) -> None:
        """Book the selected time, or send the engineer."""
        found, offer, visits = self._found, self._offer(), self.desk.visits
        if found is None or self._busy or self.lines.selected is None:
            return
        number, customer = self._number, found.customer_id
        if offer is not None:
            slot, minutes = slot_of(offer)

            def work() -> VisitDone:
                return visits.book(customer, offer.day, slot, minutes=minutes, ticket=number)  # type: ignore[no-any-return]  # the door of visits is made from functions
        elif found.callout is not None:

            def work() -> VisitDone:
                return visits.callout(number)  # type: ignore[no-any-return]  # as above
        else:
            self.desk_app.say(found.no_callout, "warning")
            return
        self._busy = True
        self.write(work, self._done, group="book", failed=self._refused_there, says="booking …")

    def _done(self, done: VisitDone) -> None:
        self.dismiss(done)

    def _refused_there(self, error: DeskError) -> None:
        """Somebody was first, or it is too late: say so and look again."""
        self._busy = False
        self._said = error.sentence
        self._read()


def _people(offer: OfferView) -> str:
    names = ", ".join(each.name for each in offer.engineers[:_NAMED])
    more = len(offer.engineers) - _NAMED
    return f"{names} +{more}" if more > 0 else names
