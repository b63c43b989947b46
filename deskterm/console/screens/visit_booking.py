"""Booking and moving visits by key: what is under the cursor, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from deskterm.console.actions import Situation
from deskterm.console.deeds import Deed, visits_back
from deskterm.console.screens.base import DeskScreen
from deskterm.console.visitwords import dated, for_words, slot_of, stage_words
from deskterm.console.widgets.lines import Choice
from deskterm.console.widgets.painted import Line, Span, width_of
from deskterm.console.wrapping import wrapped
from deskterm.desk.errors import DeskError, StoreLost
from deskterm.desk.model import Agent, StepField, StepForm

if TYPE_CHECKING:
    from deskterm.desk.visits.model import OfferView, VisitDone, VisitView

SCOPES: Final = (
    ("this", "this visit"), ("later", "this and later ones"), ("all", "the whole series"),
)  # fmt: skip


class VisitBooking(DeskScreen):
    """A screen with a visit or a free slot under the cursor, and perhaps a visit being moved."""

    UNDO = "visits.undo"

    def __init__(self) -> None:
        super().__init__()
        self.carried: VisitView | None = None
        self.engineer: Agent | None = None
        self.customer: int | None = None
        self._form_again: Callable[[str], None] | None = None
        """Opens the form that is being sent once more, with what is wrong."""

    # What the screen says ---------------------------------------------------------------------

    def visit(self) -> VisitView | None:
        """The visit under the cursor."""
        return None

    def offer(self) -> OfferView | None:
        """What could be booked under the cursor."""
        return None

    def cell(self) -> tuple[str, date] | None:
        """The slot and day under the cursor."""
        return None

    def open_customer(self, customer: int) -> None:
        """Show the week of a customer."""
        raise NotImplementedError

    def situation(self) -> Situation:
        """See `ActionHost.situation`."""
        return Situation(read_only=self.desk_app.read_only, screen="visits")

    def detail_lines(self, width: int) -> list[Line]:
        """Everything about what is under the cursor."""
        glyphs, lines = self.desk_app.glyphs, list[Line]()
        if self.carried is not None:
            held = self.carried
            what = f"moving {held.customer}, {dated(held.day)} {held.starts}"
            lines.append([Span(what, "accent"),
                          Span("  Enter puts it here, Esc leaves it there", "quiet")])  # fmt: skip
        visit, offer = self.visit(), self.offer()
        if visit is not None:
            said, ink = stage_words(visit)
            when = Span(f"{dated(visit.day)} {visit.starts}–{visit.ends} ", "strong")
            where = Span(visit.where, "ink")
            who = Span(f"{visit.engineer} ", "ink")
            told = [Span(f"{said} ", ink), Span(for_words(visit), "quiet")]
            one_line = [when, where, Span(f" {glyphs.dot} ", "quiet"), who, *told]
            lines += [one_line] if width_of(one_line) <= width else [[when, who, *told], [where]]
            place = ", ".join(" ".join(part.split()) for part in (visit.address, visit.access)
                              if part)  # fmt: skip
            lines += [[Span(part, "quiet")] for part in wrapped(place, width)] if place else []
            if visit.overlap_reason:
                lines.append([Span(f"overlaps on purpose: {visit.overlap_reason}", "risk")])
        if offer is not None and (visit is None or not visit.holds):
            slot = f"{offer.name} {dated(offer.day)} {offer.starts}–{offer.ends}"
            if offer.why_not is not None:
                said = f"{glyphs.missed} {offer.why_not.sentence}"
                lines += [[Span(part, "risk")] for part in wrapped(said, width)]
            else:
                names = ", ".join(each.name for each in offer.engineers)
                lines += [[Span(part, "ink")] for part in wrapped(f"{slot}: {names} free", width)]
            if offer.warning:
                lines.append([Span(offer.warning, "risk")])
        return lines or [[]]

    # Doing ------------------------------------------------------------------------------------

    def do_now(self, work: Callable[[], VisitDone], form: str | None = None) -> None:
        visit = self.visit()
        place = self.cell() if visit is None else visit.id
        again, self._form_again = self._form_again if form else None, None
        self.write(
            work,
            lambda done: self.visit_done(done, form),
            # The same place once more is a key pressed twice.
            group=f"visit-step-{place}-{form}",
            failed=lambda error: self._not_done(error, again),
            says="writing to the visits …",
        )

    def visit_done(self, done: VisitDone, form: str | None) -> None:
        self.carried = None
        if form is not None and done.visits:
            self.desk_app.keep_draft(f"{form}-{done.visit.id}", {})
        self.did(Deed(done.sentence, visits_back(self.desk.visits.undo, done.visits)))
        for warning in done.warnings:
            self.desk_app.say(warning, "warning")
        self.reload()

    def _not_done(self, error: DeskError, again: Callable[[str], None] | None) -> None:
        """Refused; where other times are free they are offered.

        A form that was sent to a lost desk comes back `again`, as it was.
        """
        if again is not None and isinstance(error, StoreLost):
            again(error.sentence)
            return
        others: Sequence[OfferView] = getattr(error, "others", ())
        self.desk_app.say(error.sentence, "error")
        self.reload()
        if others and self.customer is not None:
            choices = [
                Choice(str(at), f"{dated(each.day)} {each.starts}–{each.ends}  "
                       + ", ".join(who.name for who in each.engineers))
                for at, each in enumerate(others)
            ]  # fmt: skip

            def take(at: str | None) -> None:
                if at is not None:
                    self._book(others[int(at)])

            self.open_window("choose", "Taken; free instead", choices, then=take)

    def ask_form(
        self, step: str, label: str, fields: Sequence[StepField], visit: VisitView,
        then: Callable[[Mapping[str, Any]], None],
        sent: Mapping[str, str] | None = None, wrong: str = "",
    ) -> None:  # fmt: skip
        form = StepForm(f"visit-{step}", label, tuple(fields), None)

        def given(got: Mapping[str, Any] | None) -> None:
            if got is None:
                return
            kept = {name: text for name, text in got.items() if isinstance(text, str)}
            self._form_again = lambda said: self.ask_form(
                step, label, fields, visit, then, kept, said
            )
            then(got)

        where = f"{visit.customer}, {dated(visit.day)} {visit.starts}"
        self.open_window("step", form, (visit.id,), sent, where, wrong, then=given)

    def chosen_visit(self) -> VisitView | None:
        visit = self.visit()
        if visit is None:
            self.desk_app.say("There is no visit under the cursor.", "warning")
        return visit

    # Booking and moving -----------------------------------------------------------------------

    def book_here(self) -> None:
        """Book the slot under the cursor, or put down the visit that is being moved."""
        cell, offer, held = self.cell(), self.offer(), self.visit()
        if cell is None or self.customer is None:
            return
        if self.carried is not None:
            self._put_down(cell)
        elif held is not None and held.holds:
            self.open_visit()
        elif offer is None:
            self._choose_time(cell[1])
        elif offer.why_not is not None:
            self.desk_app.say(offer.why_not.sentence, "warning")
        else:
            self._book(offer)

    def _book(self, offer: OfferView) -> None:
        visits, customer = self.desk.visits, self.customer
        engineer = self.engineer.id if self.engineer is not None else None
        slot, minutes = slot_of(offer)
        self.do_now(
            lambda: visits.book(customer, offer.day, slot, engineer=engineer, minutes=minutes)
        )

    def _choose_time(self, day: date) -> None:
        visits, customer = self.desk.visits, self.customer

        def show(offers: Sequence[OfferView]) -> None:
            free = [each for each in offers if each.bookable]
            if not free:
                why = next((each.why_not for each in offers if each.why_not is not None), None)
                said = why.sentence if why is not None else "Nothing is free that day."
                self.desk_app.say(said, "warning")
                return
            choices = [
                Choice(str(at), f"{each.starts}–{each.ends}  {len(each.engineers)} free")
                for at, each in enumerate(free)
            ]
            self.open_window(
                "choose", f"Free on {dated(day)}", choices,
                then=lambda at: self._book(free[int(at)]) if at is not None else None,
            )  # fmt: skip

        self.ask(lambda: visits.free(customer, day, days=1, scheduled=False), show, group="free")

    def do_move(self) -> None:
        """Pick the visit up; Enter on another slot puts it down."""
        visit = self.chosen_visit()
        if visit is None:
            return
        if self.cell() is None:
            self.open_customer(visit.customer_id)
        self.carried = visit
        self.refresh_footer()
        self.show_detail()

    def _put_down(self, cell: tuple[str, date]) -> None:
        visit, (slot, day), visits = self.carried, cell, self.desk.visits
        assert visit is not None
        if visit.series is None:
            self.do_now(lambda: visits.move(visit.id, day, slot, version=visit.version))
            return

        def scoped(scope: str | None) -> None:
            if scope is not None:
                self.do_now(lambda: visits.move(visit.id, day, slot, scope=scope,
                                             version=visit.version))  # fmt: skip

        self.choose_scope("Move", scoped)

    def choose_scope(self, title: str, then: Callable[[str | None], None]) -> None:
        self.open_window("choose", title, [Choice(key, text) for key, text in SCOPES], then=then)

    def do_back(self) -> None:
        """One step back: the visit that is being moved stays where it is."""
        if self.carried is not None:
            self.carried = None
            self.refresh_footer()
            self.show_detail()

    def show_detail(self) -> None:
        """Say everything about what is under the cursor."""

    def open_visit(self) -> None:
        """The visit with its checklists and the tickets of its site."""
        visit = self.chosen_visit()
        if visit is not None:
            self.open_window("visit", visit.id, then=lambda _: self.reload())
