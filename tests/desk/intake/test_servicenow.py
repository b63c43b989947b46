"""ServiceNow's audit rows become the history of a ticket."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from deskterm.desk.intake.csv_reading import Table, TableError
from deskterm.desk.intake.incoming import IncomingTicket
from deskterm.desk.intake.servicenow import read_incidents
from deskterm.desk.intake.servicenow_map import default_map, read_map
from tests.desk.intake.samples import (
    DATA,
    HEADER,
    LONDON,
    grid_policy,
    incidents,
    list_policy,
    row,
)

NINE_US = int(datetime(2016, 3, 1, 9, tzinfo=UTC).timestamp()) * 1_000_000


def story(ticket: IncomingTicket) -> list[tuple[int, str]]:
    """(minutes after nine, event) of a ticket."""
    return [((event.at_us - NINE_US) // 60_000_000, event.kind) for event in ticket.events]


def only(*rows: str) -> IncomingTicket:
    (ticket,) = incidents(*rows).tickets
    return ticket


def test_an_incident_is_one_ticket_with_its_rows_in_the_order_of_their_update() -> None:
    ticket = only(row("Closed", 90), row("New", 5), row("Resolved", 60), row("Active", 20))
    assert story(ticket) == [(20, "responded"), (60, "resolved"), (90, "closed")]
    assert ticket.facts.opened_us == NINE_US
    assert ticket.line == 2
    assert ticket.status == "closed"


@pytest.mark.parametrize("state", ["Active", "Awaiting Vendor", "Resolved", "Closed"])
def test_the_first_state_other_than_new_is_the_response_even_in_the_first_row(state: str) -> None:
    assert story(only(row(state, 7)))[0] == (7, "responded")
    assert story(only(row("New", 1), row("New", 5), row(state, 7)))[0] == (7, "responded")


def test_a_new_incident_has_no_history_yet() -> None:
    ticket = only(row("New", 1), row("New", 5))
    assert ticket.events == ()
    assert ticket.status == "new"


def test_awaiting_states_hold_with_their_reason_and_leaving_them_resumes() -> None:
    ticket = only(
        row("Active", 1),
        row("Awaiting User Info", 10),
        row("Awaiting User Info", 15),
        row("Awaiting Vendor", 20),
        row("Awaiting Godot", 25),
        row("Active", 30),
    )
    assert story(ticket) == [
        (1, "responded"),
        (10, "held"),
        (20, "resumed"),
        (20, "held"),
        (25, "resumed"),
        (25, "held"),
        (30, "resumed"),
    ]
    reasons = [event.data["reason"] for event in ticket.events if event.kind == "held"]
    assert reasons == ["awaiting_customer", "awaiting_third_party", "other"]
    assert ticket.status == "open"


def test_a_hold_ends_before_the_incident_is_resolved() -> None:
    ticket = only(row("Awaiting User Info", 5), row("Resolved", 9))
    assert story(ticket) == [(5, "responded"), (5, "held"), (9, "resumed"), (9, "resolved")]


def test_leaving_resolved_reopens() -> None:
    ticket = only(row("Resolved", 5), row("Active", 8), row("Resolved", 9), row("Closed", 10))
    assert story(ticket) == [
        (5, "responded"),
        (5, "resolved"),
        (8, "reopened"),
        (9, "resolved"),
        (10, "closed"),
    ]


def test_a_rising_count_reopens_even_where_the_state_hides_it() -> None:
    ticket = only(row("Resolved", 5), row("Resolved", 9, reopened=1), row("Closed", 12, reopened=1))
    assert story(ticket) == [
        (5, "responded"),
        (5, "resolved"),
        (9, "reopened"),
        (9, "resolved"),
        (12, "closed"),
    ]
    ticket = only(row("Active", 5), row("Active", 9, reopened=1))
    assert story(ticket) == [(5, "responded"), (9, "reopened")]


def test_both_signs_of_a_reopening_are_one_reopening() -> None:
    ticket = only(row("Closed", 5), row("Awaiting User Info", 9, reopened=1))
    assert story(ticket) == [
        (5, "responded"),
        (5, "resolved"),
        (5, "closed"),
        (9, "reopened"),
        (9, "held"),
    ]
    assert ticket.status == "held"


def test_closing_resolves_first_where_that_was_never_said() -> None:
    assert story(only(row("Active", 5), row("Closed", 9))) == [
        (5, "responded"),
        (9, "resolved"),
        (9, "closed"),
    ]


def test_impact_and_urgency_become_the_policys_axes_and_change_the_priority() -> None:
    ticket = only(
        row("New", 1, level="3 - Low,3 - Low,4 - Low"),
        row("Active", 5, level="3 - Low,?,?"),
        row("Active", 9, level="1 - High,1 - High,1 - Critical"),
    )
    facts = ticket.facts
    assert (facts.impact, facts.urgency, facts.priority) == ("one", "question", "small")
    assert story(ticket) == [(5, "responded"), (9, "reprioritised")]
    assert ticket.events[-1].data == {
        "priority": "critical",
        "impact": "business",
        "urgency": "outage",
    }


def test_a_list_takes_the_priority_itself() -> None:
    read = incidents(
        row("New", 1), row("Active", 2, level="?,?,5 - Planning"), policy=list_policy()
    )
    assert read.tickets[0].facts.priority == "low"
    high = incidents(row("New", 1, level=",,1 - Critical"), policy=list_policy())
    assert high.tickets[0].facts.priority == "high"


def test_what_was_updated_before_the_opening_counts_as_done_at_the_opening() -> None:
    ticket = only(row("Active", 5, opened="01-03-2016 09:20"), row("Resolved", 30))
    assert story(ticket)[0] == (20, "responded")


def test_times_are_local_to_the_zone_that_is_named() -> None:
    policy = grid_policy()
    table = Table(f"{HEADER}\nINC1,Active,0,01-07-2016 09:00,01-07-2016 10:00,?,?,?".encode())
    (ticket,) = read_incidents(table, default_map(policy), policy, LONDON).tickets
    assert ticket.facts.opened_us == datetime(2016, 7, 1, 8, tzinfo=UTC).timestamp() * 1e6
    assert ticket.facts.priority is None


def test_a_bad_row_is_named_and_the_rest_goes_in() -> None:
    read = incidents(
        row("New", 1),
        row("Aktive", 2),
        "INC1,Active,0,01-03-2016 09:00,31-02-2016 09:10,?,?,?",
        "INC1,Active,0,01-03-2016 09:00,soon,?,?,?",
        ",Active,0,01-03-2016 09:00,01-03-2016 09:10,?,?,?",
        "INC1,Active,0,?,01-03-2016 09:10,?,?,?",
        "INC1,Active,many,01-03-2016 09:00,01-03-2016 09:10,?,?,?",
        row("Active", 3, level="9 - Huge,2 - Medium,?"),
        "INC1,Active,0",
        row("Resolved", 20),
    )
    assert [(one.line, one.reason) for one in read.refused] == [
        (3, "has the unknown state 'Aktive'; did the export mean 'Active'?"),
        (4, "there is no time '31-02-2016 09:10'"),
        (5, "cannot read the time 'soon'; expected dd-mm-yyyy HH:MM or yyyy-mm-dd HH:MM[:SS]"),
        (6, "has no number"),
        (7, "has no opened_at"),
        (8, "has the reopen count 'many', which is no number of times"),
        (
            9,
            "has the unknown impact '9 - Huge'; the mapping knows 1 - High, 2 - Medium, 3 - Low",
        ),
        (10, "has 3 cells where the header has 8"),
    ]
    assert story(read.tickets[0]) == [(20, "responded"), (20, "resolved")]


def test_a_missing_column_is_named_with_the_nearest_one() -> None:
    with pytest.raises(TableError, match=r"no column opened_at .*is it 'opened_on'"):
        incidents(header=HEADER.replace("opened_at", "opened_on"))


def test_another_export_of_the_same_program_is_read_by_a_mapping() -> None:
    policy = grid_policy()
    mapping = read_map(
        '[columns]\nopened = "created"\n[states]\n"Under Investigation" = "open"\n'
        '[impact]\n"1 - High" = "building"\n',
        policy,
    )
    read = incidents(
        row("Under Investigation", 5, level="1,High,1"),
        header=HEADER.replace("opened_at", "Created").replace("incident_state", "state"),
        mapping=mapping,
    )
    assert read.refused == ()
    facts = read.tickets[0].facts
    assert (facts.impact, facts.urgency) == ("building", "outage")


def test_the_texts_are_clean_and_made_up_of_categories_where_there_are_none() -> None:
    header = HEADER + ",category,subcategory,short_description,caller_id"
    read = incidents(
        row("New", 1) + ",Printing,Toner,?,Kim\x1b[2J",
        row("New", 1, number="INC2") + ",Printing,?,No [toner],?",
        header=header,
    )
    assert [ticket.subject for ticket in read.tickets] == ["Printing / Toner", "No [toner]"]
    assert read.tickets[0].contact == "Kim␛[2J"
    assert read.tickets[1].contact is None


def test_the_real_incidents() -> None:
    policy = grid_policy()
    table = Table((DATA / "servicenow-incidents.csv").read_bytes())
    read = read_incidents(table, default_map(policy), policy, LONDON)
    assert read.refused == ()
    assert len(read.tickets) == 445
    assert {ticket.status for ticket in read.tickets} == {"closed"}
    kinds = Counter(event.kind for ticket in read.tickets for event in ticket.events)
    # Counted apart with a spreadsheet: 6 rows leave Resolved, 178 begin an Awaiting state.
    assert kinds["responded"] == kinds["closed"] == 445
    assert kinds["reopened"] == 6
    assert kinds["resolved"] == 445 + 6
    assert kinds["held"] == kinds["resumed"] == 178
    for ticket in read.tickets:
        times = [event.at_us for event in ticket.events]
        assert times == sorted(times)
        assert times[0] >= ticket.facts.opened_us
