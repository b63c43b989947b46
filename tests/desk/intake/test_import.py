"""Files taken in: what is created, what is left alone, and what happens when it is stopped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import pytest

from deskterm.desk import journal
from deskterm.desk.clockcache import CachedClock
from deskterm.desk.errors import DeskError, NotAllowed
from deskterm.desk.intake import taking_in
from deskterm.desk.intake.servicenow_import import (
    Owner,
    import_servicenow,
    mapping_for,
    owner,
)
from deskterm.desk.intake.taking_in import TakenIn
from deskterm.desk.intake.writing import write_batch
from deskterm.desk.ticket_state import opening, ticket_facts
from deskterm.sla.clocks import evaluate
from deskterm.sla.facts import Event
from tests.desk.intake.samples import DATA, HEADER, LONDON, row
from tests.desk.office import Office

REAL = (DATA / "servicenow-incidents.csv").read_bytes()


def take(office: Office, *rows: str, customer: str = "St Bede's") -> TakenIn:
    """Import the lines of an export for a customer under a policy with a grid."""
    return take_file(office, "\n".join((HEADER, *rows)).encode(), customer)


def take_file(office: Office, data: bytes, customer: str = "St Bede's") -> TakenIn:
    whose = owner(office.sam, customer, "impero")
    mapping = mapping_for(whose.policy, None)
    return import_servicenow(office.sam, data, whose, mapping, LONDON)[0]


def counts(result: TakenIn) -> tuple[int, int, int]:
    return result.created, result.unchanged, result.updated


def kinds(office: Office, number: int) -> list[str]:
    return [event.kind for event in office.sam.tickets.show(number).events]


def test_each_incident_is_one_ticket_under_the_policy_that_is_named(any_office: Office) -> None:
    office = any_office
    result = take(office, row("New", 1), row("Active", 5), row("New", 2, number="INC2"))
    assert counts(result) == (2, 0, 0)
    assert kinds(office, 1) == ["opened", "responded"]
    ticket = office.sam.tickets.show(1)
    assert ticket.row.reference == "INC1"
    assert ticket.row.policy == "impero"
    assert (ticket.row.impact, ticket.row.urgency, ticket.row.priority) == (
        "medium",
        "medium",
        "P3",
    )
    assert office.states(1)["first_response"] == "met"
    assert office.row(2).status == "new"


def test_a_second_import_changes_nothing(any_office: Office) -> None:
    office = any_office
    rows = [row("New", 1), row("Awaiting Vendor", 5), row("New", 2, number="INC2")]
    take(office, *rows)
    before = journal.verify(office.sam.store)
    assert before.sound
    assert counts(take(office, *rows)) == (0, 2, 0)
    assert journal.verify(office.sam.store) == before


def test_the_same_number_of_another_customer_is_another_ticket(office: Office) -> None:
    take(office, row("New", 1))
    assert counts(take(office, row("New", 1), customer="North Hall")) == (1, 0, 0)


def test_what_has_happened_since_is_added(office: Office) -> None:
    take(office, row("New", 1), row("Active", 5))
    again = take(office, row("New", 1), row("Active", 5), row("Resolved", 30))
    assert counts(again) == (0, 0, 1)
    assert kinds(office, 1) == ["opened", "responded", "resolved"]
    assert office.row(1).status == "resolved"


def test_a_ticket_that_was_worked_on_here_is_left_alone(office: Office) -> None:
    take(office, row("New", 1), row("Active", 5))
    office.do("note", 1, text="We do this ourselves now.")
    longer = [row("New", 1), row("Active", 5), row("Resolved", 30), row("Closed", 40)]
    assert counts(take(office, *longer)) == (0, 1, 0)
    assert office.row(1).status == "open"


def test_an_import_that_was_stopped_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "BATCH", 3)
    rows = [row("Active", 5, number=f"INC{number}") for number in range(10)]
    batches = 0

    def stopping(*args: object, **more: object) -> None:
        nonlocal batches
        batches += 1
        write_batch(*args, **more)  # type: ignore[arg-type]  # passed through as it came
        if batches == 3:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(taking_in, "write_batch", stopping)
        with pytest.raises(KeyboardInterrupt):
            take(office, *rows)
    assert office.sam.queue.counts().open == 6  # nothing of the third batch was kept
    assert counts(take(office, *rows)) == (4, 6, 0)
    assert journal.verify(office.sam.store).sound
    numbers = [found.number for found in office.sam.queue.page("all", order="number").rows]
    assert numbers == list(range(1, 11))


def test_what_has_not_happened_yet_is_left_out_until_it_has(office: Office) -> None:
    office.clock.at("2016-03-01T09:10+00:00")
    rows = [row("New", 1), row("Active", 5), row("Resolved", 30)]
    take(office, *rows)
    assert office.row(1).status == "open"
    office.clock.at("2016-03-01T09:40+00:00")
    assert counts(take(office, *rows)) == (0, 0, 1)
    assert office.row(1).status == "resolved"


def test_bad_lines_are_named_in_order_and_the_rest_goes_in(office: Office) -> None:
    result = take(office, row("Aktive", 1), row("Active", 2, number="INC2"), "INC3,New")
    assert result.created == 1
    assert [one.line for one in result.refused] == [2, 4]


def test_a_customer_that_is_new_is_added_under_the_policy(office: Office) -> None:
    whose = owner(office.sam, "Kestrel Court", "impero", region="gulf")
    assert whose.added
    card = office.sam.customers.card("Kestrel Court")
    assert [(held.policy, held.region) for held in card.agreements] == [("impero", "gulf")]
    assert owner(office.sam, "Kestrel Court", "impero") == Owner(
        card.customer.id, whose.policy, added=False, zone="Asia/Dubai"
    )


def test_an_owner_s_zone_is_that_of_the_desk_hours_it_is_worked_in(office: Office) -> None:
    assert owner(office.sam, "St Bede's", "impero").zone == "Europe/London"
    assert owner(office.sam, "Gulf School", "impero", region="gulf").zone == "Asia/Dubai"
    assert owner(office.sam, "Dean Hall", "schoolstatus").zone == "America/New_York"


def test_a_customer_under_another_policy_is_not_taken_for_this_one(office: Office) -> None:
    with pytest.raises(DeskError, match="under concero, not impero"):
        owner(office.sam, "Oakfield Primary", "impero")
    with pytest.raises(DeskError, match="did you mean impero"):
        owner(office.sam, "Kestrel Court", "imperoo")


def test_engineers_do_not_import(office: Office) -> None:
    whose = owner(office.sam, "St Bede's", "impero")
    data = "\n".join((HEADER, row("New", 1))).encode()
    with pytest.raises(NotAllowed):
        import_servicenow(office.eli, data, whose, mapping_for(whose.policy, None), LONDON)


def test_an_agent_can_go_on_with_an_imported_ticket(office: Office) -> None:
    take(office, row("Awaiting User Info", 5))
    assert office.row(1).hold_reason == "awaiting_customer"
    office.do("resume", 1)
    office.do("resolve", 1, text="Done.")
    assert office.row(1).status == "resolved"


def test_what_came_in_is_found_by_search(office: Office) -> None:
    take(office, row("New", 1))
    assert [found.number for found in office.sam.search("INC1")] == [1]


@pytest.fixture
def real(office: Office) -> Office:
    assert counts(take_file(office, REAL)) == (445, 0, 0)
    return office


def test_the_real_incidents_go_in_once(real: Office) -> None:
    assert counts(take_file(real, REAL)) == (0, 445, 0)
    assert journal.verify(real.sam.store).sound


def test_the_cache_of_the_real_incidents_is_what_the_journal_says(real: Office) -> None:
    desk = real.sam
    columns = ", ".join(CachedClock._fields)
    with desk.store.read() as tx:
        for number in range(1, 446):
            kept = tx.rows(f"SELECT {columns} FROM clock WHERE number = {number}")
            clocks = desk.rewriter.clocks(tx, desk.rewriter.load(tx, number), desk.now_us())
            assert {CachedClock(**one._mapping) for one in kept} == set(clocks)


def test_a_real_incident_can_be_replayed_to_any_moment_of_it(real: Office) -> None:
    """Its clocks at an instant do not depend on what happened later."""
    desk = real.sam
    with desk.store.read() as tx:
        for number in range(1, 446, 15):
            ticket = desk.rewriter.load(tx, number)
            events = [Event(e.at_us, e.kind, e.data, e.id) for e in ticket.history]
            for one, other in pairwise(moments(events)):
                at_us = (one + other) // 2
                terms = desk.rewriter.terms(tx, ticket)
                opened = ticket_facts(opening(ticket.history))
                told = [event for event in events if event.at_us <= at_us]
                assert evaluate(terms, opened, events, (), at_us) == evaluate(
                    terms, opened, told, (), at_us
                ), number


def moments(events: Sequence[Event]) -> list[int]:
    times = sorted({event.at_us for event in events})
    return [*times, times[-1] + timedelta(days=1) // timedelta(microseconds=1)]
