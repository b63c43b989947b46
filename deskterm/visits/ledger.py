"""The ledger of an agreement's visits: a fold over its events, never a table of its own.

Granted = delivered + used by callouts + replaced by remote support + forfeited + booked + owed,
after every event. An event that does not fit what went before is refused with a sentence and
leaves the ledger as it was.

Source: the limits of the policy's packages (visits are rescheduled and all delivered in the window;
a callout consumes one scheduled visit, or counts as an on-demand visit; remote support in lieu of
visits that cannot be carried out). The clauses are noted in the policy file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from deskterm.policy.document import Package
from deskterm.visits import events as ev
from deskterm.visits.balance import Account, Balance, Line, balance_from
from deskterm.visits.errors import VisitRefused
from deskterm.visits.slots import FREE
from deskterm.visits.state import STAGE_WORDS, Stage, VisitState

#: What the line is called by which a visit counts as granted because it was needed.
_GRANTED_WITH: Final[Mapping[type[ev.VisitEvent], str]] = MappingProxyType(
    {ev.Booked: "granted with the booking", ev.CalledOut: "granted with the callout"}
)
_OPEN_AGAIN: Final = ("cancelled", "missed", "prevented")


class Ledger:
    """Visits and balance of one agreement window, as far as the events applied to it.

    `package` is the agreement's; it says what may be booked and what a callout uses up. Where the
    number bought is not known (`open_ended`) every visit that is needed counts as granted then.
    """

    def __init__(
        self,
        package: Package,
        history: Iterable[ev.VisitEvent] = (),
        *,
        open_ended: bool = False,
    ) -> None:
        self.package = package
        self.open_ended = open_ended
        self._events: dict[int, ev.VisitEvent] = {}
        self._undone: set[int] = set()
        self._visits: dict[int, VisitState] = {}
        self._lines: list[Line] = []
        self._held = dict.fromkeys(Account, 0)
        self._balance = Balance()
        for event in history:
            self.apply(event)

    @property
    def balance(self) -> Balance:
        """What the lines add up to now."""
        return self._balance

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every movement behind the balance, oldest first; those taken back are not among them."""
        return tuple(self._lines)

    @property
    def visits(self) -> Mapping[int, VisitState]:
        """Every visit by its number."""
        return MappingProxyType(self._visits)

    @property
    def events(self) -> tuple[ev.VisitEvent, ...]:
        """Every event applied, in order, with those taken back and the undoing of them."""
        return tuple(self._events.values())

    def is_undone(self, event_id: int) -> bool:
        """True where that event was taken back."""
        return event_id in self._undone

    def balance_after(self, event_id: int) -> Balance:
        """The balance as it stood once that event and all before it had been applied."""
        earlier = (event for event in self.events if event.id <= event_id)
        return Ledger(self.package, earlier, open_ended=self.open_ended).balance

    def refusal(self, event: ev.VisitEvent) -> VisitRefused | None:
        """Why the event would be refused now, or None; nothing is changed."""
        try:
            self._copy().apply(event)
        except VisitRefused as refused:
            return refused
        return None

    def apply(self, event: ev.VisitEvent) -> None:
        """Take the event in, or raise `VisitRefused` and change nothing."""
        if event.id in self._events:
            raise VisitRefused("unreadable", f"Journal entry {event.id} is there already.")
        if isinstance(event, ev.Undone):
            self._take_back(event)
        else:
            _RULES[type(event)](self, event)
        self._events[event.id] = event

    def _copy(self) -> Ledger:
        other = Ledger(self.package, open_ended=self.open_ended)
        other._events = dict(self._events)
        other._undone = set(self._undone)
        other._visits = dict(self._visits)
        other._lines = list(self._lines)
        other._held = dict(self._held)
        other._balance = self._balance
        return other

    def _take_back(self, undone: ev.Undone) -> None:
        target = self._events.get(undone.undoes)
        if target is None or isinstance(target, ev.Undone):
            raise VisitRefused("unknown_visit", f"There is no step {undone.undoes} to take back.")
        if undone.undoes in self._undone:
            raise VisitRefused("already_undone", "That step was taken back already.")
        without = Ledger(self.package, open_ended=self.open_ended)
        gone = self._undone | {undone.undoes}
        for event in self._events.values():
            if isinstance(event, ev.Undone) or event.id in gone:
                continue
            try:
                without.apply(event)
            except VisitRefused as refused:
                raise VisitRefused(
                    "depended_on",
                    f"“{target.label}” cannot be taken back: a later step ({event.label}) builds "
                    f"on it. Take that one back first.",
                ) from refused
        self._visits, self._lines = without._visits, without._lines
        self._held, self._balance = without._held, without._balance
        self._undone = gone

    # -- what each event needs and does -------------------------------------------------------

    def _granted(self, event: ev.Granted) -> None:
        if event.visits < 0:
            raise VisitRefused("not_offered", "The number of visits granted cannot be negative.")
        self._post(event, Account.GRANTED, Account.OWED, event.visits)

    def _adjusted(self, event: ev.Adjusted) -> None:
        _needs_reason(event.supervisor, event.reason, "Changing the number of visits granted")
        if event.visits < 0 and self._balance.owed < -event.visits:
            raise VisitRefused(
                "nothing_owed",
                f"Only {self._balance.owed} of the visits granted are neither used nor booked; "
                f"cancel booked ones first.",
            )
        self._post(event, Account.GRANTED, Account.OWED, event.visits, note=event.reason)

    def _booked(self, event: ev.Booked) -> None:
        self._new(event.visit)
        self._offers(event.visit_kind, event.slot)
        draws = event.visit_kind == "scheduled" or self._counts_free_visits()
        if draws:
            self._needs_owed(event, "book")
            self._post(event, Account.OWED, Account.BOOKED, 1, event.visit)
        self._visits[event.visit] = VisitState(
            visit=event.visit,
            visit_kind=event.visit_kind,
            draws=draws,
            slot=event.slot,
            interval=event.interval,
            site=event.site,
            engineer=event.engineer,
            ticket=event.ticket,
            series=event.series,
        )

    def _called_out(self, event: ev.CalledOut) -> None:
        self._new(event.visit)
        rule = self.package.callout
        if rule == "not_offered":
            raise VisitRefused(
                "not_offered", f"{self.package.name} has no emergency callouts; quote for a visit."
            )
        if event.priority not in self.package.callout_priorities:
            raise VisitRefused(
                "wrong_priority",
                f"{self.package.name} sends engineers out for "
                f"{' and '.join(self.package.callout_priorities)} only.",
            )
        draws = rule == "scheduled_visit" or (
            rule == "on_demand_visit" and self._counts_free_visits()
        )
        if draws:
            self._needs_owed(event, "use for a callout")
            self._post(event, Account.OWED, Account.CALLOUTS, 1, event.visit)
        self._visits[event.visit] = VisitState(
            visit=event.visit,
            visit_kind="callout",
            draws=draws,
            slot=FREE,
            interval=event.interval,
            site=event.site,
            engineer=event.engineer,
            ticket=event.ticket,
        )

    def _moved(self, event: ev.Moved) -> None:
        visit = self._in_stage(event.visit, ("booked",), "moved")
        self._offers(visit.visit_kind, event.slot)
        self._visits[event.visit] = replace(
            visit,
            slot=event.slot,
            interval=event.interval,
            engineer=event.engineer,
            site=visit.site if event.site is None else event.site,
            changes=visit.changes + 1,
        )

    def _reassigned(self, event: ev.Reassigned) -> None:
        visit = self._in_stage(event.visit, ("booked",), "given to another engineer")
        self._visits[event.visit] = replace(
            visit, engineer=event.engineer, changes=visit.changes + 1
        )

    def _cancelled(self, event: ev.Cancelled) -> None:
        visit = self._in_stage(event.visit, ("booked",), "cancelled")
        if not event.why.strip():
            raise VisitRefused("no_reason", "Say why the visit is cancelled.")
        self._give_back(event, visit, "cancelled", f"{ev.CAUSE_WORDS[event.by]}: {event.why}")

    def _missed(self, event: ev.Missed) -> None:
        visit = self._in_stage(event.visit, ("booked", "arrived"), "recorded as missed")
        self._give_back(event, visit, "missed", f"{ev.CAUSE_WORDS[event.by]}: {event.why}")

    def _arrived(self, event: ev.Arrived) -> None:
        visit = self._in_stage(event.visit, ("booked",), "begun")
        self._visits[event.visit] = replace(
            visit, stage="arrived", arrived_us=event.at_us, changes=visit.changes + 1
        )

    def _departed(self, event: ev.Departed) -> None:
        visit = self._in_stage(event.visit, ("arrived",), "ended; record the arrival first")
        if visit.arrived_us is not None and event.at_us < visit.arrived_us:
            raise VisitRefused("wrong_state", "The departure lies before the arrival.")
        if visit.draws and visit.visit_kind != "callout":
            self._post(event, Account.BOOKED, Account.DELIVERED, 1, event.visit)
        self._visits[event.visit] = replace(
            visit, stage="delivered", departed_us=event.at_us, changes=visit.changes + 1
        )

    def _in_lieu(self, event: ev.RemoteInLieu) -> None:
        if not self.package.in_lieu:
            raise VisitRefused(
                "not_offered", f"{self.package.name} replaces no visits by remote support."
            )
        if event.minutes <= 0:
            raise VisitRefused("unreadable", "Say how many minutes of remote support were given.")
        if event.visit is None:
            self._in_lieu_of_unbooked(event)
            return
        visit = self._in_stage(event.visit, ("booked", *_OPEN_AGAIN), "replaced by remote support")
        released = visit.draws and visit.stage == "booked"
        complete = event.minutes >= visit.lieu_needed
        if visit.draws and complete and not released:
            self._needs_owed(event, "replace by remote support")
        if released:
            self._post(event, _lies_in(visit), Account.OWED, 1, event.visit, "prevented")
        if visit.draws and complete:
            note = f"{visit.lieu_minutes + event.minutes} minutes"
            self._post(event, Account.OWED, Account.IN_LIEU, 1, event.visit, note)
        self._visits[event.visit] = replace(
            visit,
            stage="in_lieu" if complete else "prevented",
            lieu_minutes=visit.lieu_minutes + event.minutes,
            changes=visit.changes + 1,
        )

    def _in_lieu_of_unbooked(self, event: ev.RemoteInLieu) -> None:
        if event.equals_minutes is None or event.minutes < event.equals_minutes:
            raise VisitRefused(
                "unreadable",
                f"Remote support replaces a visit when it is as long: {event.minutes} minutes of "
                f"{event.equals_minutes or 'an unknown number'}.",
            )
        self._needs_owed(event, "replace by remote support")
        self._post(event, Account.OWED, Account.IN_LIEU, 1, note=f"{event.minutes} minutes")

    def _forfeited(self, event: ev.Forfeited) -> None:
        _needs_reason(event.supervisor, event.reason, "Letting a visit lapse")
        if event.visit is not None:
            visit = self._in_stage(event.visit, _OPEN_AGAIN, "forfeited; cancel it first")
            if visit.draws:
                self._needs_owed(event, "let lapse")
                self._post(event, Account.OWED, Account.FORFEITED, 1, event.visit, event.reason)
            self._visits[event.visit] = replace(visit, stage="forfeited", changes=visit.changes + 1)
            return
        self._needs_owed(event, "let lapse")
        self._post(event, Account.OWED, Account.FORFEITED, 1, note=event.reason)

    # -- shared by the rules above -------------------------------------------------------------

    def _post(
        self,
        event: ev.VisitEvent,
        out_of: Account,
        into: Account,
        visits: int,
        visit: int | None = None,
        note: str = "",
        label: str = "",
    ) -> None:
        self._lines.append(
            Line(event.id, event.at_us, label or event.label, visit, out_of, into, visits, note)
        )
        self._held[out_of] -= visits
        self._held[into] += visits
        self._balance = balance_from(self._held)

    def _give_back(self, event: Any, visit: VisitState, stage: Stage, note: str) -> None:
        if visit.draws:
            self._post(event, _lies_in(visit), Account.OWED, 1, visit.visit, note)
        self._visits[visit.visit] = replace(visit, stage=stage, changes=visit.changes + 1)

    def _new(self, visit: int) -> None:
        if visit in self._visits:
            raise VisitRefused("wrong_state", f"Visit {visit} is booked already.")

    def _in_stage(self, visit: int, stages: tuple[str, ...], done: str) -> VisitState:
        state = self._visits.get(visit)
        if state is None:
            raise VisitRefused("unknown_visit", f"This agreement has no visit {visit}.")
        if state.stage not in stages:
            raise VisitRefused(
                "wrong_state",
                f"Visit {visit} is {STAGE_WORDS[state.stage]} and cannot be {done}.",
            )
        return state

    def _needs_owed(self, event: ev.VisitEvent, purpose: str) -> None:
        if self._balance.owed < 1 and self.open_ended:
            note = "the number bought is not entered"
            label = _GRANTED_WITH.get(type(event), "granted as it was needed")
            self._post(event, Account.GRANTED, Account.OWED, 1, note=note, label=label)
        if self._balance.owed < 1:
            raise VisitRefused(
                "nothing_owed",
                f"All {self._balance.granted} visits granted are used or booked: none is left to "
                f"{purpose}. Cancel a booked one, or have a supervisor grant more.",
            )

    def _counts_free_visits(self) -> bool:
        # Visits at free times are limited by fair use alone, unless a number of them was bought.
        return self.package.onsite == "free" and self._balance.granted > 0

    def _offers(self, kind: ev.VisitKind, slot: str) -> None:
        package = self.package
        if kind == "scheduled" and slot not in {each.id for each in package.slots}:
            raise VisitRefused(
                "not_offered",
                f"{package.name} makes scheduled visits in its slots only: "
                f"{', '.join(each.id for each in package.slots) or 'it has none'}.",
            )
        if kind == "on_demand" and package.onsite not in ("free", "slots+free"):
            raise VisitRefused("not_offered", f"{package.name} has no on-demand visits.")
        if kind == "on_demand" and slot != FREE:
            raise VisitRefused("not_offered", "An on-demand visit is at a free time, not a slot.")


def _lies_in(visit: VisitState) -> Account:
    return Account.CALLOUTS if visit.visit_kind == "callout" else Account.BOOKED


def _needs_reason(supervisor: str, reason: str, what: str) -> None:
    if not supervisor.strip():
        raise VisitRefused("no_reason", f"{what} is a supervisor's decision: say whose.")
    if not reason.strip():
        raise VisitRefused("no_reason", f"{what} needs a reason.")


_RULES: Final[Mapping[type[ev.VisitEvent], Callable[[Ledger, Any], None]]] = MappingProxyType(
    {
        ev.Granted: Ledger._granted,
        ev.Adjusted: Ledger._adjusted,
        ev.Booked: Ledger._booked,
        ev.CalledOut: Ledger._called_out,
        ev.Moved: Ledger._moved,
        ev.Reassigned: Ledger._reassigned,
        ev.Cancelled: Ledger._cancelled,
        ev.Missed: Ledger._missed,
        ev.Arrived: Ledger._arrived,
        ev.Departed: Ledger._departed,
        ev.RemoteInLieu: Ledger._in_lieu,
        ev.Forfeited: Ledger._forfeited,
    }
)
