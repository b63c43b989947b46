"""A kept clock names the calendar it was computed on, as it was known then."""

from __future__ import annotations

from deskterm.desk.clockcache import Calendars
from deskterm.desk.instants import to_us
from deskterm.desk.policies import default_library
from deskterm.desk.replay import differences
from deskterm.policy.holidays import resolve_holidays
from deskterm.sla.clocks import evaluate
from deskterm.sla.facts import TicketFacts, TimeFact
from deskterm.sla.terms import Terms
from tests.desk.office import FRIDAY, Office

HOUR = 3_600_000_000
NOW = to_us(FRIDAY)


def test_a_fact_taken_back_is_not_answered_from_what_was_kept_before() -> None:
    """The same terms have three editions: before the closure, with it, and without it again."""
    policy = default_library().load("concero")
    closure = TimeFact(
        "shutdown",
        {"first": "2026-11-23", "last": "2026-11-27"},
        entered_us=NOW + HOUR,
        withdrawn_us=NOW + 3 * HOUR,
    )
    terms = Terms(policy, resolve_holidays(policy, 2026, 2027), facts=[closure])
    ticket = TicketFacts(opened_us=NOW, type="incident", priority="urgent")
    clock = next(c for c in evaluate(terms, ticket, (), (), NOW) if c.name == "resolution")
    calendars = Calendars()
    before, with_it, after = (
        calendars.named(terms, clock, NOW + hours * HOUR) for hours in (0, 2, 4)
    )
    assert before == after
    assert with_it not in (None, before)
    assert calendars.named(terms, clock, NOW + 3 * HOUR) == after, "from that instant on"


def test_open_clocks_follow_a_closure_and_its_withdrawal_and_stopped_ones_stay(
    any_office: Office,
) -> None:
    office = any_office
    stopped, running = office.new(), office.new()
    usual = office.row(running).clocks
    agreement = office.sam.customers.card("Oakfield Primary").agreements[0].id
    office.clock.on(minutes=10)
    fact = office.sue.customers.add_variation(
        agreement, "shutdown", {"first": "2026-11-20", "last": "2026-11-30"}, reason="a flood"
    ).id
    closed = office.row(running).clocks
    assert closed != usual
    office.clock.on(minutes=10)
    office.do("resolve", stopped, text="Mended.")
    kept = office.row(stopped).clocks
    office.clock.on(minutes=10)
    office.sue.customers.withdraw_variation(fact, "it has dried up")
    assert office.row(running).clocks == usual
    assert office.row(stopped).clocks == kept, "no verdict is rewritten"
    assert differences(office.sam) == []
