"""Every step on a visit by key, its series and balance, and what a closure made impossible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from deskterm.console.screens.visit_booking import SCOPES, VisitBooking
from deskterm.console.visitwords import dated, first_name, slot_of
from deskterm.console.widgets.lines import Choice
from deskterm.desk.model import Agent, StepField, StepForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from deskterm.desk.visits.displaced import Displaced, InQuestion
    from deskterm.desk.visits.model import VisitDone
    from deskterm.visits.balance import Balance

_CAUSES: Final = (
    ("customer", "the customer"), ("provider", "us"), ("outside", "something outside"),
)  # fmt: skip


class VisitSteps(VisitBooking):
    """The keys of `catalog.visits` that do something to a visit or show something about it."""

    def do_cancel(self) -> None:
        visit = self.chosen_visit()
        if visit is None:
            return
        fields = [
            StepField("by", "Whose doing", "choice", required=True, choices=_CAUSES),
            StepField("why", "Why", "line", required=True),
        ]
        if visit.series is not None:
            fields.append(StepField("scope", "Which", "choice", required=True, choices=SCOPES))
        visits = self.desk.visits

        def cancel(got: Mapping[str, Any]) -> None:
            self.do_now(
                lambda: visits.cancel(visit.id, got["by"], got["why"],
                                      scope=got.get("scope", "this"), version=visit.version),
                "visit-cancel",
            )  # fmt: skip

        self.ask_form("cancel", "Cancel", fields, visit, cancel)

    def do_attend(self) -> None:
        """Arrive, and at the end depart; the next step of the visit decides which."""
        visit = self.chosen_visit()
        if visit is None:
            return
        visits = self.desk.visits
        if visit.stage == "arrived":
            self.do_now(lambda: visits.depart(visit.id, version=visit.version))
        else:
            self.do_now(lambda: visits.arrive(visit.id, version=visit.version))

    def do_no_show(self) -> None:
        visit = self.chosen_visit()
        if visit is None:
            return
        visits = self.desk.visits
        fields = (
            StepField("by", "Whose doing", "choice", required=True, choices=_CAUSES),
            StepField("why", "What happened", "line"),
        )
        self.ask_form(
            "no-show", "Did not happen", fields, visit,
            lambda got: self.do_now(
                lambda: visits.no_show(visit.id, got["by"], got.get("why", ""),
                                       version=visit.version), "visit-no-show"),
        )  # fmt: skip

    def do_in_lieu(self) -> None:
        visit = self.chosen_visit()
        if visit is None:
            return
        visits = self.desk.visits
        fields = (
            StepField("minutes", "Minutes of remote support", "number", required=True),
            StepField("why", "What prevented the visit", "line"),
        )
        self.ask_form(
            "in-lieu", "Remote support in lieu", fields, visit,
            lambda got: self.do_now(
                lambda: visits.in_lieu(visit.id, got["minutes"], got.get("why", ""),
                                       version=visit.version), "visit-in-lieu"),
        )  # fmt: skip

    def do_forfeit(self) -> None:
        visit = self.chosen_visit()
        if visit is None:
            return
        visits, fields = self.desk.visits, (StepField("reason", "Why", "line", required=True),)

        def lapsed(done: tuple[int, Balance]) -> None:
            self.desk_app.keep_draft(f"visit-forfeit-{visit.id}", {})
            self.desk_app.say(f"Visit {visit.id} lapses; {done[1].owed} owed now.")
            self.reload()

        self.ask_form(
            "forfeit", "Let it lapse", fields, visit,
            lambda got: self.write(
                lambda: visits.forfeit(got["reason"], visit=visit.id), lapsed,
                group="visit-step", says="writing to the visits …"),
        )  # fmt: skip

    def do_overlap(self) -> None:
        cell, customer = self.cell(), self.customer
        offer = self.offer()
        if cell is None or customer is None or offer is None:
            self.desk_app.say("Go to a slot of a customer's week first.", "warning")
            return
        desk, (slot, day) = self.desk, cell

        def ask(agents: Sequence[Agent]) -> None:
            people = tuple((str(a.id), str(a.name)) for a in agents
                           if a.role == "engineer" and a.active)  # fmt: skip
            form = StepForm("visit-overlap", "Book over another visit", (
                StepField("engineer", "Who goes", "choice", required=True, choices=people),
                StepField("reason", "Why", "line", required=True),
            ), None)  # fmt: skip

            def book(got: Mapping[str, Any] | None) -> None:
                if got is not None:
                    self.do_now(lambda: desk.visits.book(
                        customer, day, slot, engineer=int(got["engineer"]),
                        overlap_reason=got["reason"],
                    ))  # fmt: skip

            self.open_window("step", form, (customer,), {}, f"{dated(day)} {offer.starts}",
                             then=book)  # fmt: skip

        self.ask(desk.agents.list, ask, group="engineers")

    def undo_here(self) -> None:
        """The last step on the visit under the cursor."""
        visit = self.chosen_visit()
        if visit is None:
            return
        visits, number, version = self.desk.visits, visit.id, visit.version

        def undone(done: VisitDone) -> None:
            self.desk_app.say(done.sentence)
            self.reload()

        self.write(lambda: visits.undo(number, version=version), undone, group="undo",
                   says="taking back …")  # fmt: skip

    def do_reassign(self) -> None:
        visit = self.chosen_visit()
        if visit is None:
            return
        visits = self.desk.visits

        def given(agent: Agent | None) -> None:
            if agent is None:
                return
            if visit.series is None:
                self.do_now(lambda: visits.reassign(visit.id, agent.id, version=visit.version))
                return
            self.choose_scope(
                "Give to another engineer",
                lambda scope: self.do_now(
                    lambda: visits.reassign(visit.id, agent.id, scope=scope, version=visit.version)
                ) if scope else None,
            )  # fmt: skip

        self._choose_engineer("Who goes", (), given)

    def do_who(self) -> None:
        """Whose visits are shown."""

        def chosen(agent: Agent | None) -> None:
            self.engineer = agent
            self.reload()

        self._choose_engineer("Whose visits", (Choice("0", "all engineers"),), chosen)

    def _choose_engineer(
        self, title: str, before: Sequence[Choice], then: Callable[[Agent | None], None]
    ) -> None:
        desk = self.desk

        def show(agents: Sequence[Agent]) -> None:
            people = {str(a.id): a for a in agents if a.role == "engineer" and a.active}
            if not people:
                self.desk_app.say("There is no engineer yet: `deskterm agent add`.", "warning")
                return
            choices = [*before, *(Choice(key, agent.name) for key, agent in people.items())]

            def taken(key: str | None) -> None:
                if key is not None:
                    then(people.get(key))

            self.open_window("choose", title, choices, then=taken)

        self.ask(desk.agents.list, show, group="engineers")

    # Series, balance, closures, calendars -----------------------------------------------------

    def do_series(self) -> None:
        cell = self.cell()
        if cell is None or self.customer is None:
            self.desk_app.say("A series begins at a slot of a customer's week.", "warning")
            return
        self.open_window("series", self.customer, *cell, then=self._series_booked)

    def _series_booked(self, done: VisitDone | None) -> None:
        if done is not None:
            self.visit_done(done, None)

    def do_ledger(self) -> None:
        if self.customer is None:
            self.desk_app.say("Choose a customer first; Enter opens one.", "warning")
        else:
            self.open_window("ledger", self.customer)

    def do_sheet(self) -> None:
        """What is printed of the visit under the cursor."""
        visit = self.chosen_visit()
        if visit is not None:
            self.open_window("visit-sheet", visit.id)

    def do_affected(self) -> None:
        visits = self.desk.visits

        def show(asked: InQuestion) -> None:
            found = asked.first
            if not found:
                self.desk_app.say("Every booked visit can be kept.")
                return
            choices = [_proposal(at, each) for at, each in enumerate(found)]
            if asked.more:
                last = dated(found[-1].visit.day)
                choices.append(Choice("more", f"and {asked.more} more after {last}",
                                      "they are listed once these are settled"))  # fmt: skip
            self.open_window(
                "choose", "Cannot be kept; Enter takes the proposal", choices,
                then=lambda at: self._take(found[int(at)]) if at is not None else None,
            )  # fmt: skip

        self.ask(visits.in_question, show, group="affected")

    def _take(self, each: Displaced) -> None:
        visit, visits, proposal = each.visit, self.desk.visits, each.proposal
        assert proposal is not None, "only lines with a proposal can be chosen"
        engineer = each.engineer.id if each.engineer is not None else None
        if each.reassigns and engineer is not None:
            self.do_now(lambda: visits.reassign(visit.id, engineer, why=each.why,
                                             version=visit.version))  # fmt: skip
            return
        slot, minutes = slot_of(proposal)
        self.do_now(
            lambda: visits.move(visit.id, proposal.day, slot, engineer=engineer, minutes=minutes,
                                why=each.why, version=visit.version)
        )  # fmt: skip

    def do_ics(self) -> None:
        """The calendar of the engineer or the customer that is shown, into the current folder."""
        from pathlib import Path

        from deskterm.desk.visits.files import write_whole

        visits, engineer, customer = self.desk.visits, self.engineer, self.customer
        if engineer is None and customer is None:
            self.desk_app.say("Choose a customer or an engineer first.", "warning")
            return
        name = f"engineer-{engineer.id}" if engineer is not None else f"customer-{customer}"
        to = Path.cwd() / f"deskterm-{name}.ics"

        def write() -> Path:
            text = (visits.ics(engineer=engineer.id) if engineer is not None
                    else visits.ics(customer=customer))  # fmt: skip
            write_whole(text, to)
            return to

        self.ask(write, lambda path: self.desk_app.say(f"Written: {path}"), group="ics")

    def do_customer(self) -> None:
        """Find a customer by name."""
        self.open_window(
            "find-customer",
            then=lambda found: self.open_customer(int(found)) if found is not None else None,
        )


def _proposal(at: int, each: Displaced) -> Choice:
    """When, what instead, and only then whose and why: the end is what a narrow window cuts."""
    visit = each.visit
    when, whose = f"{dated(visit.day)} {visit.starts}", f"{visit.customer}: {each.why}"
    if each.proposal is None:
        return Choice(str(at), f"{when}, {whose}", "nothing fits near it")
    who = first_name(each.engineer.name if each.engineer is not None else visit.engineer)
    if each.reassigns:
        return Choice(str(at), f"{when} → {who} goes  {whose}")
    return Choice(
        str(at), f"{when} → {dated(each.proposal.day)} {each.proposal.starts}, {who}  {whose}"
    )
