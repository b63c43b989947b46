"""Customers and what they were promised: cards, change logs, and dated variations (C22, A2)."""

from __future__ import annotations

from typing import Any

import pytest

from deskterm.desk import recompute, variations
from deskterm.desk.errors import Conflict, NotAllowed, NotFound, Refused, Stopped
from deskterm.desk.journal import verify
from deskterm.desk.replay import differences
from tests.desk.office import Office


def agreement_of(office: Office, customer: str) -> int:
    return office.sam.customers.card(customer).agreements[0].id


def vary(office: Office, customer: str, kind: str, **data: Any) -> int:
    """Enter a variation as the supervisor."""
    names = {name.rstrip("_"): value for name, value in data.items()}
    number = agreement_of(office, customer)
    return office.sue.customers.add_variation(number, kind, names, reason="agreed").id


# Customers


def test_a_customers_card_shows_everything(any_office: Office) -> None:
    card = any_office.sam.customers.card("Oakfield Primary")
    assert card.customer.name == "Oakfield Primary"
    assert [(c.name, c.role) for c in card.contacts] == [("Jo Marsh", "business_manager")]
    assert [(s.name, s.access) for s in card.sites] == [("Main building", "Ring at the gate")]
    (agreement,) = card.agreements
    assert (agreement.policy, agreement.package) == ("concero", "full-managed")
    assert agreement.zone == "Europe/London"
    assert agreement.start == "2026-11-20"


def test_every_change_to_a_customer_is_in_its_log(any_office: Office) -> None:
    customers = any_office.sam.customers
    customers.edit("Oakfield Primary", phone="01234 567890")
    (contact,) = customers.card("Oakfield Primary").contacts
    customers.edit_contact(contact.id, email="jo@oakfield.sch.uk")
    log = customers.changes("Oakfield Primary")
    assert [(line.subject, line.field, line.old, line.new) for line in log[:2]] == [
        ("contact", "email", None, "jo@oakfield.sch.uk"),
        ("customer", "phone", None, "01234 567890"),
    ]
    assert log[0].event.agent == "Sam"
    assert ("customer", "name", None, "Oakfield Primary") in [
        (line.subject, line.field, line.old, line.new) for line in log
    ]


def test_a_changed_name_is_on_every_ticket_at_once(any_office: Office) -> None:
    number = any_office.new()
    any_office.sam.customers.edit("Oakfield Primary", name="Oakfield Academy")
    assert any_office.row(number).customer == "Oakfield Academy"


def test_the_second_of_two_editors_sees_what_the_first_did(office: Office) -> None:
    read = office.sam.customers.card("Oakfield Primary").customer.version
    office.sue.customers.edit("Oakfield Primary", version=read, phone="1", notes="hers")
    with pytest.raises(Conflict, match="Sue changed") as caught:
        office.sam.customers.edit("Oakfield Primary", version=read, phone="2")
    (phone,) = [change for change in caught.value.fields if change.field == "phone"]
    assert (phone.was, phone.theirs, phone.yours) == (None, "1", "2")
    office.sam.customers.edit("Oakfield Primary", version=caught.value.version, phone="2")


def test_what_others_did_to_another_part_of_a_customer_is_no_conflict(office: Office) -> None:
    card = office.sam.customers.card("Oakfield Primary")
    read, contact = card.customer.version, card.contacts[0]
    office.sue.customers.add_contact("Oakfield Primary", "Ann Lee")
    office.sue.customers.edit("Oakfield Primary", phone="1")
    office.sam.customers.edit_contact(contact.id, version=read, name="Joanna Marsh")
    office.sam.customers.edit_agreement(card.agreements[0].id, version=read, ends="2027-08-31")
    with pytest.raises(Conflict, match="Sam changed") as caught:
        office.sue.customers.edit_contact(contact.id, version=read, name="J. Marsh")
    (name,) = caught.value.fields
    assert (name.was, name.theirs, name.yours) == ("Jo Marsh", "Joanna Marsh", "J. Marsh")


def test_a_customer_is_found_as_it_is_typed(office: Office) -> None:
    office.sam.customers.add("New Oak", "concero")
    assert [c.name for c in office.sam.customers.find("oak")] == ["Oakfield Primary", "New Oak"]
    assert [c.name for c in office.sam.customers.find("prim oak")] == ["Oakfield Primary"]
    assert office.sam.customers.find("100%_") == ()
    assert office.sam.tickets.show(office.new(customer="oakf")).row.customer == "Oakfield Primary"
    with pytest.raises(NotFound, match="could be"):
        office.new(customer="oak", priority="low")


def test_what_the_policy_does_not_offer_is_not_bought(office: Office) -> None:
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"package": "gold"}, "knows no package"),
        ({"region": "uk"}, "no regions"),
        ({"start": "next week"}, "no date such as"),
    )
    for bought, sentence in wrong:
        with pytest.raises(Refused, match=sentence):
            office.sam.customers.add("Other", "concero", **bought)
    assert [c.name for c in office.sam.customers.find("Other")] == []
    with pytest.raises(NotFound, match="did you mean concero"):
        office.sam.customers.add("Other", "concerto")
    with pytest.raises(Refused, match="already"):
        office.sam.customers.add("Oakfield Primary", "concero")


def test_a_customer_without_an_agreement_is_promised_nothing(office: Office) -> None:
    with office.sam.store.write() as tx:
        tx.run("UPDATE agreement SET active = :no WHERE customer_id = 1", no=False)
    with pytest.raises(Refused, match="has no agreement"):
        office.new()


def test_a_changed_package_is_for_new_tickets(office: Office) -> None:
    old = office.new()
    number = agreement_of(office, "Oakfield Primary")
    office.sam.customers.edit_agreement(number, package="scheduled")
    new = office.new()
    assert office.sam.tickets.scenario(old)["agreement"]["package"] == "full-managed"
    assert office.sam.tickets.scenario(new)["agreement"]["package"] == "scheduled"
    assert differences(office.sam) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends": "2026-11-01"}, "before it starts on 2026-11-20"),
        ({"start": "2027-12-01", "end": "2027-11-30"}, "before it starts on 2027-12-01"),
        ({"visits": -1}, "Visits bought cannot be fewer than none"),
        ({"fair_use": -5}, "fair use cannot be fewer than none"),
    ],
)
def test_an_agreement_that_cannot_be_is_not_written(
    office: Office, changes: dict[str, Any], sentence: str
) -> None:
    number = agreement_of(office, "Oakfield Primary")
    before = office.sam.customers.card("Oakfield Primary").agreements
    with pytest.raises(Refused, match=sentence):
        office.sam.customers.edit_agreement(number, **changes)
    assert office.sam.customers.card("Oakfield Primary").agreements == before


def test_a_changed_agreement_is_in_the_log_and_the_slower_of_two_editors_sees_it(
    office: Office,
) -> None:
    number = agreement_of(office, "Oakfield Primary")
    read = office.sam.customers.card("Oakfield Primary").customer.version
    office.sue.customers.edit_agreement(number, version=read, ends="2027-08-31", fair_use=9)
    with pytest.raises(Conflict, match="Sue changed"):
        office.sam.customers.edit_agreement(number, version=read, ends="2027-07-31")
    logged = {c.field: (c.old, c.new) for c in office.sam.customers.changes("Oakfield Primary")
              if c.event.kind == "edited" and c.event.id == office.sam.changes.last_event()}
    assert logged == {"ends": (None, "2027-08-31"), "fair_use": (None, 9)}
    assert verify(office.sam.store).sound


def test_a_ticket_comes_under_the_agreement_in_force_that_day(office: Office) -> None:
    add = office.sam.customers.add_agreement
    add("Oakfield Primary", "impero", start="2027-01-01", region="uk")
    assert office.row(office.new()).policy == "concero", "next year's is not in force yet"
    office.clock.at("2027-01-04T09:00+00:00")
    assert office.row(office.new(impact="high", urgency="high")).policy == "impero"
    yesterday = office.clock.us - 5 * 86_400_000_000
    late = office.new(priority="urgent", opened_us=yesterday)
    assert office.row(late).policy == "concero", "it was opened before"
    assert [a.policy for a in office.sam.customers.card("Oakfield Primary").agreements] == [
        "impero", "concero",
    ]  # fmt: skip


# Variations


def test_a_shutdown_entered_later_moves_open_clocks_and_no_verdict(any_office: Office) -> None:
    """Concero C1, C22: closures move open clocks; what has been judged stays judged."""
    office = any_office
    done, late, running = (office.new(priority="urgent") for _ in range(3))
    office.do("respond", done, text="Here")
    office.clock.at("2026-11-20T12:00+00:00")
    office.do("respond", late, text="Sorry")
    office.clock.on(minutes=1)
    met, missed = (office.row(n).clock("first_response") for n in (done, late))
    before = office.due(running, "resolution")
    vary(office, "Oakfield Primary", "shutdown", first="2026-11-23", last="2026-11-24")
    assert before == "Mon 23 Nov 08:30"
    assert office.due(running, "resolution") == "Wed 25 Nov 08:30"
    assert office.row(done).clock("first_response") == met
    assert office.row(late).clock("first_response") == missed
    assert differences(office.sam) == []


def test_a_shutdown_of_the_policy_moves_everybody_under_it(any_office: Office) -> None:
    office = any_office
    office.sue.customers.add("Second School", "concero", package="scheduled-on-demand")
    mine, theirs = office.new(), office.new(customer="Second School", priority="urgent")
    other = office.new(customer="Brook Office", priority="standard")
    before = office.row(other).clocks
    office.sue.customers.add_policy_variation(
        "concero", "shutdown", {"first": "2026-11-23", "last": "2026-11-23", "name": "Inset"}
    )
    for number in (mine, theirs):
        assert office.due(number, "resolution") == "Tue 24 Nov 08:30"
    assert office.row(other).clocks == before
    assert differences(office.sam) == []


def test_bought_hours_bring_due_times_forward(office: Office) -> None:
    """Azzure A2: enhanced hours for a day, or once a week all year."""
    number = office.new(customer="Brook Office", priority="standard")
    before = office.due(number, "resolution")
    vary(office, "Brook Office", "extra", date="2026-11-21", from_="08:00", to="18:00")
    assert before == "Mon 23 Nov 09:00"
    assert office.due(number, "resolution") == "Sat 21 Nov 09:00"
    second = office.new(customer="Brook Office", priority="standard")
    vary(office, "Brook Office", "weekly_extra",
         day="sun", **{"from": "08:00", "to": "12:00", "first": "2026-11-01"})  # fmt: skip
    assert office.due(second, "resolution") == "Sat 21 Nov 09:00"
    assert differences(office.sam) == []


def test_a_changed_target_is_for_tickets_opened_from_its_date_on(office: Office) -> None:
    """Concero C22: changed targets apply to tickets opened from that date."""
    before = office.new()
    office.clock.at("2026-11-23T09:00+00:00")
    vary(office, "Oakfield Primary", "target", clock="first_response", from_="2026-11-23",
         amounts={"urgent": "30 working minutes"})  # fmt: skip
    after = office.new()
    assert office.due(before, "first_response") == "Fri 20 Nov 10:00"
    assert office.due(after, "first_response") == "Mon 23 Nov 09:30"
    assert differences(office.sam) == []


def test_a_variation_entered_by_mistake_is_taken_back(any_office: Office) -> None:
    office = any_office
    number = office.new()
    before = office.row(number).clocks
    fact = vary(office, "Oakfield Primary", "shutdown", first="2026-11-23", last="2027-11-23")
    assert office.row(number).clocks != before
    office.sue.customers.withdraw_variation(fact, "wrong year")
    assert office.row(number).clocks == before
    (shown,) = office.sam.customers.card("Oakfield Primary").variations
    assert shown.withdrawn_us == office.clock.us
    with pytest.raises(Refused, match="already"):
        office.sue.customers.withdraw_variation(fact, "again")
    assert differences(office.sam) == []
    assert verify(office.sam.store).sound


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("shutdown", {"first": "2026-12-24"}),
        ("shutdown", {"first": "24 December", "last": "2027-01-03"}),
        ("shutdown", {"first": "2027-01-03", "last": "2026-12-24"}),
        ("extra", {"date": "2026-11-21", "from": "8 o'clock", "to": "18:00"}),
        ("target", {"clock": "first_respnse", "from": "2026-11-20", "amounts": {"urgent": "1h"}}),
        ("target", {"clock": "first_response", "from": "2026-11-20", "amounts": {"urgent": "x"}}),
        ("holiday", {"first": "2026-12-24", "last": "2027-01-03"}),
        ("shutdown", {"first": "2026-12-24", "last": "2027-01-03", "colour": "red"}),
    ],
)
def test_what_cannot_be_read_is_not_entered(
    office: Office, kind: str, data: dict[str, Any]
) -> None:
    number = agreement_of(office, "Oakfield Primary")
    last = office.sam.changes.last_event()
    with pytest.raises(Refused) as refused:
        office.sue.customers.add_variation(number, kind, data)
    assert refused.value.sentence
    assert office.sam.changes.last_event() == last
    # A good one afterwards, which is given the number of the one that was not entered.
    vary(office, "Oakfield Primary", "shutdown", first="2026-11-23", last="2026-11-23")
    assert office.due(office.new(), "resolution") == "Tue 24 Nov 08:30"


def test_variations_are_a_supervisors(office: Office) -> None:
    with pytest.raises(NotAllowed, match="Only a supervisor"):
        office.sam.customers.add_variation(1, "shutdown", {"first": "2026-12-24",
                                                           "last": "2027-01-03"})  # fmt: skip


def test_facts_about_time_are_never_changed(office: Office) -> None:
    fact = vary(office, "Oakfield Primary", "shutdown", first="2026-11-23", last="2026-11-23")
    for sql in ("UPDATE time_fact SET kind = 'extra'", "DELETE FROM time_fact"):
        with pytest.raises(Exception, match="only ever added"), office.sam.store.write() as tx:
            tx.run(f"{sql} WHERE id = :id", id=fact)


# Computing again


def test_what_was_stopped_half_way_is_gone_on_with(office: Office) -> None:
    for _ in range(30):
        office.new()
    number = agreement_of(office, "Oakfield Primary")
    variations.add_to_agreement(
        office.sue, number, "shutdown", {"first": "2026-11-23", "last": "2026-11-23"}, ""
    )
    assert differences(office.sam), "noted, and not done yet"
    with office.sam.store.write() as tx:
        tx.run("UPDATE recompute SET after_number = 20")
    recompute.finish(office.sam)
    assert {entry.number for entry in differences(office.sam)} == set(range(1, 21))
    with office.sam.store.write() as tx:
        recompute.note(tx, office.clock.us, agreement_id=number)
    seen: list[tuple[int, int]] = []
    recompute.finish(office.sue, lambda done, total: seen.append((done, total)))
    assert differences(office.sam) == []
    assert seen[-1] == (30, 30)
    with office.sam.store.read() as tx:
        assert recompute.pending(tx) == []


def whole_batches_of(tickets: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recompute, "_READ", tickets)


def test_what_was_stopped_on_purpose_is_finished_by_the_next_program_that_finds_it(
    any_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the clocks have moved and the rest are noted; whoever looks twice finishes them."""
    office = any_office
    whole_batches_of(4, monkeypatch)
    for _ in range(10):
        office.new()

    def enough(done: int, of: int) -> None:
        if done < of:
            raise Stopped

    number = agreement_of(office, "Oakfield Primary")
    data = {"first": "2026-11-23", "last": "2026-11-23"}
    view = office.sue.customers.add_variation(number, "shutdown", data, progress=enough)
    assert view.data == data, "entered, although its clocks have not all moved"
    assert {entry.number for entry in differences(office.sam)} == set(range(5, 11))
    elsewhere = office.eli.catching_up()
    assert elsewhere.look() == 0, "whoever entered it may still be at it"
    with pytest.raises(Stopped):
        elsewhere.look(enough)
    assert {entry.number for entry in differences(office.sam)} == set(range(9, 11))
    assert elsewhere.look() == 0, "it has moved on since"
    assert elsewhere.look() > 0
    assert differences(office.sam) == []
    assert elsewhere.look() == 0
    with office.sam.store.read() as tx:
        assert recompute.pending(tx) == []


def test_clocks_that_somebody_is_moving_are_left_to_them(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_batches_of(2, monkeypatch)
    for _ in range(8):
        office.new()
    elsewhere = office.eli.catching_up()
    taken: list[int] = []
    office.sue.customers.add_variation(
        agreement_of(office, "Oakfield Primary"), "shutdown",
        {"first": "2026-11-23", "last": "2026-11-23"},
        progress=lambda _done, _of: taken.append(elsewhere.look()),
    )  # fmt: skip
    assert len(taken) >= 4 and set(taken) == {0}


def test_a_ticket_changed_meanwhile_is_left_to_the_step_that_changed_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.new()
    held = agreement_of(office, "Oakfield Primary")
    variations.add_to_agreement(
        office.sue, held, "shutdown", {"first": "2026-11-23", "last": "2026-11-23"}, ""
    )
    write = recompute._Run._write
    acts = iter(["once"])

    def meanwhile(run: Any, changed: Any, after: int) -> None:
        for _ in acts:
            assert changed, "there was something to write"
            office.do("triage", number, priority="low")
        write(run, changed, after)

    monkeypatch.setattr(recompute._Run, "_write", meanwhile)
    recompute.finish(office.sue)
    assert office.row(number).priority == "low"
    assert differences(office.sam) == []


def test_what_ended_at_the_very_instant_of_the_change_is_looked_at_too(office: Office) -> None:
    """By then it had been entered: a replay counts it, and so must what is kept."""
    answered, resolved = office.new(), office.new()
    office.clock.at("2026-11-20T12:00+00:00")
    office.do("respond", answered, text="Sorry")
    office.do("resolve", resolved, text="Sorry")
    vary(office, "Oakfield Primary", "break",
         **{"from": "2026-11-20T09:00", "to": "2026-11-20T11:30"})  # fmt: skip
    assert differences(office.sam) == []
    assert office.states(answered)["first_response"] == "met"
    assert office.states(resolved)["first_response"] == "met"


def test_a_changed_target_may_start_what_was_promised_to_nobody(office: Office) -> None:
    number = office.new("How?", customer="St Bede's", type="information_request")
    assert office.states(number)["resolution"] == "exempt"
    vary(office, "St Bede's", "target", clock="resolution", from_="2026-11-20",
         amounts={"P5": "5 working days"})  # fmt: skip
    assert office.states(number)["resolution"] == "running"
    assert differences(office.sam) == []


def test_only_what_changed_is_written(office: Office) -> None:
    office.new()
    with office.sam.store.write() as tx:
        recompute.note(tx, office.clock.us, policy="concero")
        tx.run("CREATE TABLE written (n INTEGER)")
        for table in ("clock", "ticket"):
            tx.run(f"CREATE TRIGGER w_{table} AFTER UPDATE ON {table} BEGIN"
                   " INSERT INTO written VALUES (1); END")  # fmt: skip
    assert recompute.finish(office.sam) == 2
    with office.sam.store.read() as tx:
        assert tx.value("SELECT count(*) FROM written") == 0
