"""Escalations that come by themselves: the cache knows when the next is due, each once (A5, P7)."""

from __future__ import annotations

from deskterm.desk import journal, recompute, variations
from deskterm.desk.journal import NewEvent
from deskterm.desk.replay import differences
from tests.desk.office import Office, told


def next_alert(office: Office, number: int) -> str | None:
    with office.sam.store.read() as tx:
        us = tx.value("SELECT escalate_us FROM ticket WHERE number = :n", n=number)
    return None if us is None else told(us)


def tell(office: Office, number: int, share: float) -> None:
    """Write down that an alert was told, as whoever tells them does."""
    with office.sam.store.write() as tx:
        data = {"clock": "resolution", "share": share, "told": "Support Manager", "auto": True}
        event = NewEvent("ticket", number, office.clock.us, "told", data, None)
        journal.append(tx, [event], recorded_us=office.clock.us)
        office.sam.rewriter.rewrite(tx, office.sam.rewriter.load(tx, number), office.clock.us)


def test_each_alert_is_due_at_its_share_of_the_allowance_and_told_once(office: Office) -> None:
    """Azzure: at 75 %, 100 % and 150 % of the fix target; standard is one day of ten hours."""
    number = office.new(customer="Brook Office", priority="standard")
    assert office.due(number, "resolution") == "Mon 23 Nov 09:00"
    assert next_alert(office, number) == "Fri 20 Nov 16:30"
    office.clock.at("2026-11-23T16:00+00:00")
    tell(office, number, 0.75)
    assert next_alert(office, number) == "Mon 23 Nov 09:00", "and is due, whoever comes to tell it"
    tell(office, number, 1.0)
    assert next_alert(office, number) == "Mon 23 Nov 14:00"
    tell(office, number, 1.5)
    assert next_alert(office, number) is None
    assert differences(office.sam) == []


def test_held_time_does_not_count_for_alerts_either(office: Office) -> None:
    number = office.new(customer="Brook Office", priority="standard")
    office.do("hold", number, reason="awaiting_parts")
    assert next_alert(office, number) is None
    office.clock.on(hours=2)
    office.do("resume", number)
    assert next_alert(office, number) == "Mon 23 Nov 08:30"
    assert differences(office.sam) == []


def test_alerts_move_with_the_calendar(office: Office) -> None:
    number = office.new(customer="Brook Office", priority="standard")
    agreement = office.sam.customers.card("Brook Office").agreements[0].id
    break_ = {"from": "2026-11-20T12:00", "to": "2026-11-20T13:00"}
    variations.add_to_agreement(office.sue, agreement, "break", break_, "training")
    recompute.finish(office.sue)
    # Three quarters of a working day that has an hour less in it.
    assert next_alert(office, number) == "Fri 20 Nov 16:45"
    assert differences(office.sam) == []


def test_what_is_promised_nothing_alerts_nobody(office: Office) -> None:
    assert next_alert(office, office.new()) is None
