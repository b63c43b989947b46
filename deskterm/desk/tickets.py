"""Tickets: opening, reading, and every step on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from deskterm.desk import presence
from deskterm.desk.bulk import one_by_one
from deskterm.desk.errors import DeskError, NotFound
from deskterm.desk.model import (
    BulkDone,
    Done,
    NewTicket,
    Preview,
    QueueRow,
    StepForm,
    StepState,
    TicketView,
)

if TYPE_CHECKING:
    from deskterm.desk.clock_story import ClockTurn
    from deskterm.desk.cover import CoverView
    from deskterm.desk.desk import Desk
    from deskterm.desk.triage_sheet import TriageSheet
    from deskterm.desk.whatif import Hypothetical
    from deskterm.sla.clocks import Clock
    from deskterm.sla.explanation import Explanation


class Tickets:
    """The tickets of the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def new(self, ticket: NewTicket) -> Done:
        """Open a ticket.

        Raises `NotAllowed`, `NotFound` for a customer, contact or site there is not, and `Refused`
        for what the customer's policy does not know.
        """
        from deskterm.desk.opening import open_ticket

        desk = self._desk
        with desk.store.write() as tx:
            me = desk.require(tx, "technician", "engineer", "supervisor", doing="open tickets")
            opened = open_ticket(tx, desk.rewriter, ticket, me, _second(desk.now_us()))
        return Done(
            opened.number,
            opened.event_id,
            opened.loaded.version,
            f"Ticket {opened.number} opened.",
            undoable=False,
        )

    def show(self, number: int) -> TicketView:
        """A whole ticket. Raises `NotFound`."""
        from deskterm.desk.ticket_view import ticket_view

        with self._desk.store.read() as tx:
            return ticket_view(tx, self._desk, number)

    def scenario(self, number: int) -> dict[str, Any]:
        """The ticket as one line that ``deskterm simulate`` reads. Raises `NotFound`."""
        from deskterm.desk.scenario import scenario_line

        with self._desk.store.read() as tx:
            loaded = self._desk.rewriter.load(tx, number)
            return scenario_line(tx, self._desk, loaded)

    def steps(self, number: int) -> tuple[StepState, ...]:
        """Every step, and why those that cannot be taken now cannot. Raises `NotFound`."""
        from deskterm.desk.doing import case_of, why_not
        from deskterm.desk.steps import STEPS

        desk = self._desk
        with desk.store.read() as tx:
            me = desk.known(tx)
            case = case_of(tx, desk.rewriter, desk.rewriter.load(tx, number), me, desk.now_us())
            states = []
            for step in STEPS.values():
                refusal = why_not(step, case)
                states.append(StepState(step.id, step.label, refusal is None, refusal))
            return tuple(states)

    def form(self, step_id: str, number: int) -> StepForm:
        """What a step asks for on this ticket, its choices filled in. Raises `NotFound`."""
        from deskterm.desk.doing import case_of, find_step

        desk = self._desk
        step = find_step(step_id)
        with desk.store.read() as tx:
            me = desk.known(tx)
            case = case_of(tx, desk.rewriter, desk.rewriter.load(tx, number), me, desk.now_us())
            return StepForm(step.id, step.label, step.fields_for(case), step.asks)

    def common_form(self, step_id: str, numbers: Sequence[int]) -> StepForm:
        """What a step asks for on several tickets at once.

        Raises `NotFound`, and `Refused` where their agreements have no choice in common.
        """
        from deskterm.desk.common_form import common_form
        from deskterm.desk.doing import case_of, find_step

        desk = self._desk
        step = find_step(step_id)
        forms: list[tuple[int, str, StepForm]] = []
        with desk.store.read() as tx:
            me = desk.known(tx)
            for number in numbers:
                ticket = desk.rewriter.load(tx, number)
                case = case_of(tx, desk.rewriter, ticket, me, desk.now_us())
                form = StepForm(step.id, step.label, step.fields_for(case), step.asks)
                forms.append((number, ticket.policy.name, form))
        return common_form(step, forms)

    def do(
        self,
        step_id: str,
        number: int,
        fields: Mapping[str, Any] | None = None,
        version: int | None = None,
    ) -> Done:
        """Take a step; `version` is the one the ticket was read at.

        Raises `Refused` and `NotAllowed` with a sentence, `Conflict` where somebody has changed the
        ticket since `version`, and `NotFound`.
        """
        from deskterm.desk.doing import find_step, take

        desk = self._desk
        step = find_step(step_id)
        with desk.store.write() as tx:
            me = desk.known(tx)
            return take(
                tx, desk.rewriter, step, number, fields or {}, me, _second(desk.now_us()), version
            )

    def preview(
        self,
        step_id: str,
        numbers: Sequence[int],
        fields: Mapping[str, Any] | None = None,
        versions: Mapping[int, int] | None = None,
    ) -> tuple[Preview, ...]:
        """What a step would do to each of several tickets, or why it would not; nothing is kept.

        `versions` are those the tickets were read at: what somebody has done since is a reason.
        """
        from deskterm.desk.doing import case_of, check, find_step, plan

        desk = self._desk
        step = find_step(step_id)
        previews: list[Preview] = []
        with desk.store.read() as tx:
            me = desk.known(tx)
            for number in numbers:
                version, subject = None, ""
                try:
                    ticket = desk.rewriter.load(tx, number)
                    version, subject = ticket.version, ticket.state.subject
                    case = case_of(tx, desk.rewriter, ticket, me, desk.now_us())
                    check(tx, step, ticket, case, fields or {}, (versions or {}).get(number))
                    sentence, allowed = plan(step, case, fields or {}).sentence, True
                except DeskError as refusal:
                    sentence, allowed = refusal.sentence, False
                previews.append(Preview(number, allowed, sentence, version, subject))
        return tuple(previews)

    def bulk(
        self,
        step_id: str,
        numbers: Sequence[int],
        fields: Mapping[str, Any] | None = None,
        versions: Mapping[int, int] | None = None,
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> BulkDone:
        """Take a step on each of several tickets; those that cannot are left as they are.

        `versions` are those the tickets were read at. `progress` is called with how many of how
        many have been looked at; where it raises `Stopped` the rest is left alone.
        """

        def take(number: int) -> Done:
            return self.do(step_id, number, fields, (versions or {}).get(number))

        return one_by_one(numbers, take, progress)

    def take_back(
        self,
        acts: Sequence[tuple[int, int]],
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> BulkDone:
        """Take back what was done: (number, event id) of each ticket; `progress` as for `bulk`."""
        events = dict(acts)

        def undo(number: int) -> Done:
            return self.do("undo", number, {"event_id": events[number]})

        return one_by_one(tuple(events), undo, progress)

    def clocks(
        self, number: int, changes: Sequence[Hypothetical] = ()
    ) -> tuple[Clock, ...]:
        """The clocks now, as if `changes` had just happened; nothing is kept."""
        from deskterm.desk.whatif import clocks_if

        with self._desk.store.read() as tx:
            return clocks_if(tx, self._desk, number, changes)

    def clock_story(self, number: int) -> Mapping[int, tuple[ClockTurn, ...]]:
        """Event id to what it changed on the clocks. Raises `NotFound`."""
        from deskterm.desk.clock_story import clock_story

        with self._desk.store.read() as tx:
            return clock_story(tx, self._desk, number)

    def cover(
        self, agreement_id: int, channel: str | None = None, tier: str | None = None
    ) -> CoverView:
        """What an agreement means for a request by `channel`. Raises `NotFound`."""
        from deskterm.desk.cover import cover_view

        with self._desk.store.read() as tx:
            return cover_view(tx, self._desk, agreement_id, channel, tier)

    def similar(self, customer_id: int, subject: str, limit: int = 3) -> tuple[QueueRow, ...]:
        """Open tickets of the customer that may be the same one."""
        from deskterm.desk.similar import similar

        with self._desk.store.read() as tx:
            return similar(tx, self._desk, customer_id, subject, limit)

    def triage_sheet(self, number: int) -> TriageSheet:
        """The agreement's matrix and what each choice would promise. Raises `NotFound`."""
        from deskterm.desk.triage_sheet import triage_sheet

        with self._desk.store.read() as tx:
            return triage_sheet(tx, self._desk, number)

    def explain(self, number: int, clock: str) -> Explanation:
        """A clock's due time as the sum it is. Raises `NotFound` and `UnknownClock`."""
        from deskterm.desk.whatif import explanation

        with self._desk.store.read() as tx:
            return explanation(tx, self._desk, number, clock)

    def record_mail(self, number: int, text: str, *, automatic: bool = True) -> int:
        """Write down that a mail went out or came in; it stops no clock. The event's id."""
        from deskterm.desk.recording import record_mail

        return record_mail(self._desk, number, text, automatic=automatic)

    def opened_by(self, number: int) -> tuple[str, ...]:
        """Who else has the ticket open."""
        desk = self._desk
        with desk.store.read() as tx:
            me = desk.who(tx)
            return presence.viewers(tx, number, None if me is None else me.id, desk.now_us())

    def enter(self, number: int) -> None:
        """Say that it is open here; to be said again every minute."""
        desk = self._desk
        with desk.store.write() as tx:
            me = desk.known(tx)
            if tx.value("SELECT number FROM ticket WHERE number = :n", n=number) is None:
                raise NotFound(f"There is no ticket {number}.")
            presence.enter(tx, number, me.id, desk.now_us())

    def leave(self, number: int) -> None:
        """Say that it is no longer open here."""
        desk = self._desk
        with desk.store.write() as tx:
            presence.leave(tx, number, desk.known(tx).id)


def _second(us: int) -> int:
    """The second something was done in: finer times would only make sums hard to read."""
    return us - us % 1_000_000
