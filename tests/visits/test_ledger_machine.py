"""Random histories of visits: the balance holds after every event and equals a second count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from deskterm.visits import events as ev
from deskterm.visits.balance import Account, balance_of
from deskterm.visits.errors import VisitRefused
from deskterm.visits.interval import MINUTE_US, Interval
from deskterm.visits.ledger import Ledger
from deskterm.visits.payload import from_payload, to_payload
from tests.visits.recount import recount
from tests.visits.world import package, policy

VISITS = st.integers(1, 5)
SLOTS = st.sampled_from(["am", "lunch", "pm", "free"])
CAUSES = st.sampled_from(["customer", "provider", "outside"])
WORDS = st.sampled_from(["", "agreed"])


class History(RuleBasedStateMachine):
    """One agreement; every rule is tried in any state and either fits or changes nothing."""

    ledger: Ledger
    next_id = 0

    @initialize(
        name=st.sampled_from(sorted(policy().packages)),
        visits=st.integers(0, 4),
        open_ended=st.booleans(),
    )
    def agreement(self, name: str, visits: int, open_ended: bool) -> None:
        self.ledger = Ledger(package(name), open_ended=open_ended)
        self.take(ev.Granted, visits=visits)

    def take(self, kind: type[ev.VisitEvent], **fields: Any) -> None:
        self.next_id += 1
        event = kind(id=self.next_id, at_us=self.next_id * MINUTE_US, **fields)
        before = (
            self.ledger.balance, self.ledger.lines, dict(self.ledger.visits), self.ledger.events,
        )  # fmt: skip
        foretold = self.ledger.refusal(event)
        try:
            self.ledger.apply(event)
        except VisitRefused as refused:
            assert before == (
                self.ledger.balance, self.ledger.lines, dict(self.ledger.visits),
                self.ledger.events,
            )  # fmt: skip
            assert refused.sentence.endswith(".")
            assert foretold is not None
            assert foretold.sentence == refused.sentence
        else:
            assert foretold is None

    @rule(visits=st.integers(-3, 3), words=WORDS)
    def adjust(self, visits: int, words: str) -> None:
        self.take(ev.Adjusted, visits=visits, supervisor="Kim", reason=words)

    @rule(visit=VISITS, slot=SLOTS, hours=st.integers(1, 3))
    def book(self, visit: int, slot: str, hours: int) -> None:
        kind = "on_demand" if slot == "free" else "scheduled"
        self.take(
            ev.Booked, visit=visit, visit_kind=kind, slot=slot, interval=at(visit, hours),
            site=1, engineer=1,
        )  # fmt: skip

    @rule(visit=VISITS, priority=st.sampled_from(["urgent", "low"]))
    def call_out(self, visit: int, priority: str) -> None:
        self.take(
            ev.CalledOut, visit=visit, priority=priority, interval=at(visit, 2), site=1, engineer=1
        )

    @rule(visit=VISITS, slot=SLOTS, hours=st.integers(1, 3))
    def move(self, visit: int, slot: str, hours: int) -> None:
        self.take(ev.Moved, visit=visit, slot=slot, interval=at(visit + 9, hours), engineer=2)

    @rule(visit=VISITS)
    def reassign(self, visit: int) -> None:
        self.take(ev.Reassigned, visit=visit, engineer=3)

    @rule(visit=VISITS, by=CAUSES, why=WORDS)
    def cancel(self, visit: int, by: str, why: str) -> None:
        self.take(ev.Cancelled, visit=visit, by=by, why=why)

    @rule(visit=VISITS)
    def arrive(self, visit: int) -> None:
        self.take(ev.Arrived, visit=visit)

    @rule(visit=VISITS)
    def depart(self, visit: int) -> None:
        self.take(ev.Departed, visit=visit)

    @rule(visit=VISITS, by=CAUSES)
    def miss(self, visit: int, by: str) -> None:
        self.take(ev.Missed, visit=visit, by=by, why="")

    @rule(visit=st.none() | VISITS, minutes=st.sampled_from([0, 60, 120, 180]))
    def replace_by_remote_support(self, visit: int | None, minutes: int) -> None:
        self.take(ev.RemoteInLieu, visit=visit, minutes=minutes, equals_minutes=120)

    @rule(visit=st.none() | VISITS, words=WORDS)
    def forfeit(self, visit: int | None, words: str) -> None:
        self.take(ev.Forfeited, visit=visit, supervisor="Kim", reason=words)

    @rule(back=st.integers(1, 8))
    def undo(self, back: int) -> None:
        self.take(ev.Undone, undoes=self.next_id + 1 - back)

    @invariant()
    def the_balance_holds(self) -> None:
        balance = self.ledger.balance
        assert balance.granted == balance.used + balance.booked + balance.owed
        assert min(balance.booked, balance.owed, balance.used, balance.granted) >= 0
        assert balance == balance_of(self.ledger.lines)

    @invariant()
    def a_line_is_called_booked_where_it_books(self) -> None:
        for line in self.ledger.lines:
            assert (line.label == "booked") == (line.into is Account.BOOKED)
            assert line.label.startswith(("granted", "number granted")) == (
                line.out_of is Account.GRANTED
            )

    @invariant()
    def another_count_finds_the_same(self) -> None:
        ledger, counted = self.ledger, recount(self.ledger.package, self.ledger.events)
        if ledger.open_ended:
            if ledger.package.onsite == "free":
                return  # What is granted as it is needed decides whether free visits count.
            more = ledger.balance.granted - counted.granted
            assert more >= 0
            counted = replace(counted, granted=counted.granted + more, owed=counted.owed + more)
        assert ledger.balance == counted

    def teardown(self) -> None:
        if not hasattr(self, "ledger"):
            return
        read = [
            from_payload(e.kind, to_payload(e), event_id=e.id, at_us=e.at_us)
            for e in self.ledger.events
        ]
        again = Ledger(self.ledger.package, read, open_ended=self.ledger.open_ended)
        assert again.balance == self.ledger.balance
        assert dict(again.visits) == dict(self.ledger.visits)
        for event in self.ledger.events:
            balance = self.ledger.balance_after(event.id)
            assert balance.granted == balance.used + balance.booked + balance.owed


def at(visit: int, hours: int) -> Interval:
    start_us = visit * 24 * 60 * MINUTE_US
    return Interval(start_us, start_us + hours * 60 * MINUTE_US)


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
