"""The ledger of visits: what each event does to the balance, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from deskterm.visits import events as ev
from deskterm.visits.balance import Account, Balance
from deskterm.visits.errors import RefusalKind, VisitRefused
from deskterm.visits.events import VisitEvent
from deskterm.visits.interval import MINUTE_US, Interval
from deskterm.visits.ledger import Ledger
from deskterm.visits.payload import VISIT_KINDS, from_payload, to_payload
from tests.visits.world import KIM, MARLOW, OAKFIELD, SAM, package, span, us

DAY = "2026-11-23"
AM, PM = span(DAY, "08:30", "11:30"), span(DAY, "12:30", "15:30")


class Book:
    """Writes events with rising ids into a ledger."""

    def __init__(self, name: str = "scheduled", granted: int = 3) -> None:
        self.ledger = Ledger(package(name))
        self.next_id = 0
        if granted:
            self(ev.Granted, visits=granted)

    def __call__(self, kind: type[VisitEvent], at: str = f"{DAY} 09:00", /, **fields: Any) -> int:
        self.next_id += 1
        self.ledger.apply(kind(id=self.next_id, at_us=us(at), **fields))
        return self.next_id

    def book(self, visit: int, interval: Interval = AM, slot: str = "am") -> int:
        return self(
            ev.Booked, visit=visit, visit_kind="scheduled", slot=slot, interval=interval,
            site=OAKFIELD, engineer=SAM,
        )  # fmt: skip

    def free(self, visit: int) -> int:
        return self(
            ev.Booked, visit=visit, visit_kind="on_demand", slot="free", interval=AM,
            site=OAKFIELD, engineer=SAM,
        )  # fmt: skip

    def refuses(self, kind: RefusalKind, event: type[VisitEvent], /, **fields: Any) -> str:
        before = (self.ledger.balance, dict(self.ledger.visits), self.ledger.lines)
        with pytest.raises(VisitRefused) as refused:
            self(event, **fields)
        assert refused.value.kind == kind
        assert (self.ledger.balance, dict(self.ledger.visits), self.ledger.lines) == before
        return refused.value.sentence

    @property
    def balance(self) -> Balance:
        return self.ledger.balance


@pytest.fixture
def book() -> Book:
    return Book()


def test_a_visit_goes_from_owed_to_booked_to_delivered(book: Book) -> None:
    book.book(1)
    assert book.balance == Balance(granted=3, booked=1, owed=2)
    book(ev.Arrived, visit=1)
    assert book.balance.booked == 1
    book(ev.Departed, f"{DAY} 11:20", visit=1)
    assert book.balance == Balance(granted=3, delivered=1, owed=2)
    assert book.ledger.visits[1].attended == span(DAY, "09:00", "11:20")


@pytest.mark.parametrize("by", ["customer", "provider", "outside"])
def test_a_cancelled_visit_stays_owed_whoever_cancelled(book: Book, by: str) -> None:
    book.book(1)
    book(ev.Cancelled, visit=1, by=by, why="snow")
    assert book.balance == Balance(granted=3, owed=3)


@pytest.mark.parametrize("arrived", [False, True])
def test_a_missed_visit_stays_owed(book: Book, arrived: bool) -> None:
    book.book(1)
    if arrived:
        book(ev.Arrived, visit=1)
    book(ev.Missed, visit=1, by="customer", why="nobody at the gate")
    assert book.balance == Balance(granted=3, owed=3)


def test_only_a_supervisor_with_a_reason_lets_an_owed_visit_lapse(book: Book) -> None:
    book.book(1)
    book.refuses("wrong_state", ev.Forfeited, visit=1, supervisor="Kim", reason="late")
    book(ev.Cancelled, visit=1, by="customer", why="third time running")
    book.refuses("no_reason", ev.Forfeited, visit=1, supervisor="Kim", reason=" ")
    book.refuses("no_reason", ev.Forfeited, visit=1, supervisor="", reason="agreed by phone")
    book(ev.Forfeited, visit=1, supervisor="Kim", reason="agreed by phone")
    assert book.balance == Balance(granted=3, forfeited=1, owed=2)
    book.refuses("wrong_state", ev.Forfeited, visit=1, supervisor="Kim", reason="again")
    book(ev.Forfeited, supervisor="Kim", reason="never wanted")
    assert book.balance == Balance(granted=3, forfeited=2, owed=1)


def test_moving_and_reassigning_move_no_visit_between_accounts(book: Book) -> None:
    book.book(1)
    before = book.balance
    book(ev.Moved, visit=1, slot="pm", interval=PM, engineer=KIM, why="assembly")
    book(ev.Reassigned, visit=1, engineer=SAM)
    visit = book.ledger.visits[1]
    assert (visit.slot, visit.interval, visit.engineer, visit.changes) == ("pm", PM, SAM, 2)
    assert visit.site == OAKFIELD
    assert book.balance == before
    book(ev.Moved, visit=1, slot="am", interval=AM, engineer=SAM, site=MARLOW)
    assert book.ledger.visits[1].site == MARLOW


def test_no_more_is_booked_than_was_granted(book: Book) -> None:
    for visit in (1, 2, 3):
        book.book(visit)
    sentence = book.refuses(
        "nothing_owed", ev.Booked, visit=4, visit_kind="scheduled", slot="am", interval=AM,
        site=OAKFIELD, engineer=SAM,
    )  # fmt: skip
    assert sentence == (
        "All 3 visits granted are used or booked: none is left to book. "
        "Cancel a booked one, or have a supervisor grant more."
    )
    book(ev.Adjusted, visits=1, supervisor="Kim", reason="bought one more")
    book.book(4)
    assert book.balance == Balance(granted=4, booked=4)


def test_where_the_number_bought_is_not_known_what_is_booked_counts_as_granted() -> None:
    book = Book("scheduled-on-demand", 0)
    book.ledger.open_ended = True
    book.book(1)
    assert book.balance == Balance(granted=1, booked=1)
    assert [line.label for line in book.ledger.lines] == ["granted with the booking", "booked"]
    book(ev.Cancelled, visit=1, by="customer", why="snow")
    book.book(2, PM, "pm")
    assert book.balance == Balance(granted=1, booked=1)
    undone = book.book(3)
    book(ev.Undone, undoes=undone)
    assert book.balance == Balance(granted=1, booked=1)
    assert book.ledger.balance_after(undone) == Balance(granted=2, booked=2)


def test_visits_granted_are_taken_away_only_while_they_are_owed(book: Book) -> None:
    book.book(1)
    sentence = book.refuses(
        "nothing_owed", ev.Adjusted, visits=-3, supervisor="Kim", reason="smaller contract"
    )
    assert sentence.startswith("Only 2 of the visits granted")
    book(ev.Adjusted, visits=-2, supervisor="Kim", reason="smaller contract")
    assert book.balance == Balance(granted=1, booked=1)
    book.refuses("no_reason", ev.Adjusted, visits=1, supervisor="Kim", reason="")
    book.refuses("not_offered", ev.Granted, visits=-1)


def test_remote_support_replaces_a_visit_when_it_is_as_long(book: Book) -> None:
    book.book(1)
    book(ev.RemoteInLieu, visit=1, minutes=120, why="school flooded")
    assert book.ledger.visits[1].stage == "prevented"
    assert book.ledger.visits[1].lieu_needed == 60
    assert book.balance == Balance(granted=3, owed=3)
    book(ev.RemoteInLieu, visit=1, minutes=60)
    assert book.balance == Balance(granted=3, in_lieu=1, owed=2)
    assert book.ledger.lines[-1].note == "180 minutes"
    book.refuses("wrong_state", ev.RemoteInLieu, visit=1, minutes=10)


def test_remote_support_can_replace_a_visit_never_booked(book: Book) -> None:
    book.refuses("unreadable", ev.RemoteInLieu, minutes=170, equals_minutes=180)
    book.refuses("unreadable", ev.RemoteInLieu, minutes=170)
    book.refuses("unreadable", ev.RemoteInLieu, visit=None, minutes=0, equals_minutes=180)
    book(ev.RemoteInLieu, minutes=180, equals_minutes=180)
    assert book.balance == Balance(granted=3, in_lieu=1, owed=2)


def test_a_cancelled_visit_is_replaced_only_by_one_that_is_owed() -> None:
    book = Book(granted=1)
    book.book(1)
    book(ev.Cancelled, visit=1, by="outside", why="snow")
    book.book(2, PM, "pm")
    book.refuses("nothing_owed", ev.RemoteInLieu, visit=1, minutes=180)
    book(ev.Cancelled, visit=2, by="outside", why="more snow")
    book(ev.RemoteInLieu, visit=1, minutes=180)
    assert book.balance == Balance(granted=1, in_lieu=1)


def test_a_package_without_visits_replaces_none() -> None:
    Book("cloud", 0).refuses("not_offered", ev.RemoteInLieu, minutes=60, equals_minutes=60)


def test_what_happened_once_cannot_happen_again(book: Book) -> None:
    book.book(1)
    book.refuses("wrong_state", ev.Departed, visit=1)
    book(ev.Arrived, visit=1)
    book.refuses("wrong_state", ev.Arrived, visit=1)
    book.refuses("wrong_state", ev.Moved, visit=1, slot="pm", interval=PM, engineer=SAM)
    book.refuses("wrong_state", ev.Reassigned, visit=1, engineer=KIM)
    book.refuses("wrong_state", ev.Cancelled, visit=1, by="customer", why="no")
    with pytest.raises(VisitRefused, match="before the arrival"):
        book(ev.Departed, f"{DAY} 08:59", visit=1)
    book(ev.Departed, f"{DAY} 11:00", visit=1)
    for kind in (ev.Arrived, ev.Departed):
        book.refuses("wrong_state", kind, visit=1)
    book.refuses("wrong_state", ev.Missed, visit=1, by="provider", why="ill")
    book.refuses("unknown_visit", ev.Arrived, visit=9)
    book.refuses(
        "wrong_state", ev.Booked, visit=1, visit_kind="scheduled", slot="am", interval=AM,
        site=OAKFIELD, engineer=SAM,
    )  # fmt: skip


def test_a_cancellation_says_why(book: Book) -> None:
    book.book(1)
    book.refuses("no_reason", ev.Cancelled, visit=1, by="customer", why="")


def test_scheduled_visits_are_in_slots_and_on_demand_ones_are_not(book: Book) -> None:
    common: dict[str, Any] = {"visit": 1, "interval": AM, "site": OAKFIELD, "engineer": SAM}
    assert "its slots only: am, pm" in book.refuses(
        "not_offered", ev.Booked, visit_kind="scheduled", slot="lunch", **common
    )
    book.refuses("not_offered", ev.Booked, visit_kind="on_demand", slot="free", **common)
    both = Book("scheduled-on-demand")
    both.refuses("not_offered", ev.Booked, visit_kind="on_demand", slot="am", **common)
    both.free(1)
    both.book(2)
    both.refuses("not_offered", ev.Moved, visit=2, slot="free", interval=PM, engineer=SAM)
    assert both.balance == Balance(granted=3, booked=1, owed=2)
    assert not both.ledger.visits[1].draws


def test_on_demand_support_counts_visits_only_where_a_number_was_bought() -> None:
    unlimited = Book("on-demand", 0)
    unlimited.free(1)
    assert unlimited.balance == Balance()
    bought = Book("on-demand", 1)
    bought.free(1)
    assert bought.balance == Balance(granted=1, booked=1)
    with pytest.raises(VisitRefused, match="All 1 visits granted"):
        bought.free(2)


def test_undoing_is_as_if_neither_had_happened(book: Book) -> None:
    first = book.book(1)
    before = book.balance
    cancelled = book(ev.Cancelled, visit=1, by="customer", why="typing error")
    book(ev.Undone, undoes=cancelled)
    assert book.balance == before
    assert book.ledger.visits[1].stage == "booked"
    assert book.ledger.is_undone(cancelled)
    assert not book.ledger.is_undone(first)
    assert [line.label for line in book.ledger.lines] == ["granted", "booked"]
    book.refuses("already_undone", ev.Undone, undoes=cancelled)
    book.refuses("unknown_visit", ev.Undone, undoes=99)
    book.refuses("unknown_visit", ev.Undone, undoes=book.next_id)


def test_what_later_steps_build_on_cannot_be_undone(book: Book) -> None:
    booked = book.book(1)
    moved = book(ev.Moved, visit=1, slot="pm", interval=PM, engineer=SAM)
    sentence = book.refuses("depended_on", ev.Undone, undoes=booked)
    assert sentence == (
        "“booked” cannot be taken back: a later step (moved) builds on it. "
        "Take that one back first."
    )
    book(ev.Undone, undoes=moved)
    book(ev.Undone, undoes=booked)
    assert 1 not in book.ledger.visits


def test_every_balance_shows_its_lines(book: Book) -> None:
    book.book(1)
    book(ev.Cancelled, visit=1, by="customer", why="exam day")
    assert [
        (line.visit, line.out_of, line.into, line.visits, line.note) for line in book.ledger.lines
    ] == [
        (None, Account.GRANTED, Account.OWED, 3, ""),
        (1, Account.OWED, Account.BOOKED, 1, ""),
        (1, Account.BOOKED, Account.OWED, 1, "by the customer: exam day"),
    ]


def test_the_balance_of_any_earlier_moment_can_be_read(book: Book) -> None:
    booked = book.book(1)
    book(ev.Cancelled, visit=1, by="customer", why="exam day")
    assert book.ledger.balance_after(booked) == Balance(granted=3, booked=1, owed=2)
    assert book.ledger.balance_after(0) == Balance()


def test_asking_whether_an_event_fits_changes_nothing(book: Book) -> None:
    fits = ev.Granted(id=50, at_us=0, visits=1)
    assert book.ledger.refusal(fits) is None
    assert book.balance.granted == 3
    refused = book.ledger.refusal(ev.Arrived(id=50, at_us=0, visit=1))
    assert refused is not None
    assert refused.kind == "unknown_visit"
    with pytest.raises(VisitRefused, match="is there already"):
        book.ledger.apply(ev.Granted(id=1, at_us=0, visits=1))


EVENTS: list[VisitEvent] = [
    ev.Granted(id=1, at_us=5, visits=46),
    ev.Adjusted(id=1, at_us=5, visits=-2, supervisor="Kim", reason="smaller"),
    ev.Booked(
        id=1, at_us=5, agent="Sam", visit=7, visit_kind="scheduled", slot="am", interval=AM,
        site=1, engineer=2, series=4, overlap_reason="exam server",
    ),
    ev.Moved(id=1, at_us=5, visit=7, slot="pm", interval=PM, engineer=2, site=3, why="exam"),
    ev.Reassigned(id=1, at_us=5, visit=7, engineer=3),
    ev.Cancelled(id=1, at_us=5, visit=7, by="outside", why="snow"),
    ev.Arrived(id=1, at_us=5, visit=7),
    ev.Departed(id=1, at_us=5, visit=7),
    ev.Missed(id=1, at_us=5, visit=7, by="provider", why="van"),
    ev.RemoteInLieu(id=1, at_us=5, minutes=60, equals_minutes=60),
    ev.Forfeited(id=1, at_us=5, supervisor="Kim", reason="agreed"),
    ev.CalledOut(
        id=1, at_us=5, visit=7, priority="urgent", interval=AM, site=1, engineer=2, ticket=1042
    ),
    ev.Undone(id=1, at_us=5, undoes=9),
]  # fmt: skip


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: str(event.kind))
def test_events_are_written_to_the_journal_and_read_back(event: VisitEvent) -> None:
    data = to_payload(event)
    assert "overlap_reason" not in data or data["overlap_reason"]
    read = from_payload(event.kind, data, event_id=1, at_us=5, agent=event.agent)
    assert read == event


def test_every_kind_of_event_is_covered_above() -> None:
    assert {event.kind for event in EVENTS} == set(VISIT_KINDS)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("opened", {}),
        ("arrived", {}),
        ("arrived", {"visit": 1, "colour": "red"}),
        ("booked", {"from_us": 1}),
        ("callout", {"from_us": 2, "to_us": 1}),
    ],
)
def test_a_journal_entry_that_does_not_fit_is_refused(kind: str, data: dict[str, Any]) -> None:
    with pytest.raises(VisitRefused) as refused:
        from_payload(kind, data, event_id=1, at_us=5)
    assert refused.value.kind == "unreadable"


def test_minutes_of_a_visit_are_rounded_up() -> None:
    odd = Interval(0, 90 * MINUTE_US + 1)
    book = Book()
    book.book(1, odd)
    assert book.ledger.visits[1].lieu_needed == 91
