"""The queue: which tickets a view holds, in which order, how many, and what a row can tell."""

from __future__ import annotations

import pytest

from deskterm.desk.errors import NotFound, Refused
from deskterm.desk.filters import FilterError, parse_filter
from deskterm.desk.model import NewTicket
from deskterm.desk.queue import ORDERS, VIEWS
from tests.desk.office import Office, told


def numbers(office: Office, view: str, text: str = "", order: str | None = None) -> list[int]:
    page = office.sam.queue.page(view, parse_filter(text) if text else None, order)
    return [row.number for row in page.rows]


@pytest.fixture
def full(any_office: Office) -> Office:
    """1 low, unassigned; 2 urgent, Sam's; 3 high, on hold; 4 done; 5 urgent, Eli's."""
    office = any_office
    for subject, priority in (
        ("Mouse mat", "low"),
        ("Internet down", "urgent"),
        ("Projector", "high"),
        ("Toner", "medium"),
        ("Server down", "urgent"),
    ):
        office.new(subject, priority=priority)
        office.clock.on(minutes=1)
    office.do("assign", 2)
    office.do("hold", 3, reason="awaiting_parts")
    office.do("resolve", 4, text="Filled up")
    office.do("assign", 5, agent="Eli")
    return office


def test_what_breaks_next_comes_first_and_what_is_held_last(full: Office) -> None:
    assert numbers(full, "breaking-next") == [2, 5, 1, 3]


def test_what_nobody_has_triaged_waits_since_it_came_in(any_office: Office) -> None:
    office = any_office
    late = office.new("Internet down")
    office.clock.on(hours=6)
    coming = office.new("Projector", priority="low")
    untriaged = office.new("Something is wrong", priority=None)
    assert office.row(untriaged).next_due_us is None
    assert numbers(office, "breaking-next") == [late, untriaged, coming]
    assert numbers(office, "breaking-next", "clock:due,overdue") == [late], "it is not due"
    office.do("hold", untriaged, reason="awaiting_parts")
    assert numbers(office, "breaking-next")[-1] == untriaged, "held, it waits like any other"
    office.do("resume", untriaged)
    office.do("triage", untriaged, impact="limited", urgency="none")
    assert numbers(office, "breaking-next") == [late, coming, untriaged], "now its clocks say when"


def test_each_view_holds_its_own(full: Office) -> None:
    assert numbers(full, "mine") == [2]
    assert numbers(full, "unassigned") == [1, 3]
    assert numbers(full, "on-hold") == [3]
    assert numbers(full, "policy-order") == [2, 5, 3, 1]
    assert numbers(full, "all") == [5, 4, 3, 2, 1]


def test_due_today_ends_at_midnight_here(full: Office) -> None:
    full.sam.zone = "Europe/London"
    full.clock.at("2026-11-20T11:00+00:00")
    # The fix of 1 and 3 is due next week, the answers of 2, 5 and 1 are due today.
    assert numbers(full, "due-today") == [2, 5]
    assert full.due(1, "first_response") == "Mon 23 Nov 08:30"


def test_an_order_can_be_turned_round(full: Office) -> None:
    assert numbers(full, "breaking-next", order="number") == [1, 2, 3, 5]
    assert numbers(full, "breaking-next", order="-number") == [5, 3, 2, 1]
    assert numbers(full, "breaking-next", order="subject") == [2, 1, 3, 5]
    assert numbers(full, "breaking-next", order="priority")[0] in (2, 5)
    with pytest.raises(Refused, match="cannot be sorted by “colour”"):
        numbers(full, "breaking-next", order="colour")


def test_a_filter_narrows_a_view(full: Office) -> None:
    assert numbers(full, "breaking-next", "down") == [2, 5]
    assert numbers(full, "breaking-next", "down who:me") == [2]
    assert numbers(full, "breaking-next", "-down") == [1, 3]
    assert numbers(full, "breaking-next", "p:low,high") == [1, 3]
    assert numbers(full, "breaking-next", "status:resolved") == [4], "asked for by name"


def test_pages_follow_one_another_and_know_the_end(full: Office) -> None:
    queue = full.sam.queue
    first = queue.page("breaking-next", limit=3)
    assert ([row.number for row in first.rows], first.total) == ([2, 5, 1], None)
    second = queue.page("breaking-next", offset=3, limit=3)
    assert ([row.number for row in second.rows], second.total) == ([3], 4)
    assert queue.page("breaking-next", limit=1, counted=True).total == 4
    assert queue.page("breaking-next", offset=9).total is None


@pytest.mark.parametrize("order", [*ORDERS, *(f"-{order}" for order in ORDERS)])
def test_a_tickets_place_is_the_place_it_is_found_at(full: Office, order: str) -> None:
    for view in VIEWS:
        found = numbers(full, view, order=order)
        places = [full.sam.queue.position(view, None, order, number) for number in found]
        assert places == list(range(len(found))), (view, order)
    assert full.sam.queue.position("mine", None, order, 1) is None


def test_counts_are_those_of_the_lists(full: Office) -> None:
    counts = full.sam.queue.counts()
    assert dict(counts.views) == {view: len(numbers(full, view)) for view in VIEWS}
    assert (counts.open, counts.held) == (4, 1)


def test_lateness_and_risk_are_comparisons_with_now(full: Office) -> None:
    queue = full.sam.queue
    assert (queue.counts().overdue, queue.counts().at_risk) == (0, 0)
    full.clock.at("2026-11-20T09:50+00:00")
    assert (queue.counts().overdue, queue.counts().at_risk) == (0, 2), "three quarters are used"
    full.clock.at("2026-11-20T10:02+00:00")
    assert (queue.counts().overdue, queue.counts().at_risk) == (1, 1), "2 came before 5"
    full.clock.at("2026-11-20T10:05+00:00")
    assert (queue.counts().overdue, queue.counts().at_risk) == (2, 0)
    assert full.states(2)["first_response"] == "overdue"
    before = full.sam.changes.last_event()
    assert full.sam.changes.last_event() == before, "nobody had to write that down"


def test_counts_tell_when_they_are_next_others(full: Office) -> None:
    queue, seen = full.sam.queue, []
    for _ in range(4):
        turns = queue.counts().turns_us
        assert turns is not None
        full.clock.us = turns - 1
        before = queue.counts()
        full.clock.us = turns
        after = queue.counts()
        assert before.turns_us == turns, "it is the same until then"
        assert (before.overdue, before.at_risk) != (after.overdue, after.at_risk)
        seen.append((told(turns), after.overdue, after.at_risk))
    assert seen == [
        ("Fri 20 Nov 09:46", 0, 1), ("Fri 20 Nov 09:49", 0, 2),
        ("Fri 20 Nov 10:01", 1, 1), ("Fri 20 Nov 10:04", 2, 0),
    ]  # fmt: skip


def test_with_nothing_to_be_late_counts_are_others_at_midnight(office: Office) -> None:
    office.sam.zone = "Europe/London"
    turns = office.sam.queue.counts().turns_us
    assert turns is not None and told(turns) == "Sat 21 Nov 00:00"


def test_what_others_open_arrives_and_what_one_opens_oneself_does_not(any_office: Office) -> None:
    office = any_office
    office.new("Before")
    seen = office.sam.changes.arrivals()
    assert seen.count == 0
    office.new("My own")
    office.sue.tickets.new(NewTicket(subject="Hall projector", customer="Dean Hall"))
    heard = office.sam.changes.arrivals(seen.up_to)
    assert (heard.count, heard.newest) == (1, (3, "Hall projector", "Dean Hall"))
    assert office.sue.changes.arrivals(seen.up_to).newest == (2, "My own", "Oakfield Primary")
    assert office.sam.changes.arrivals(heard.up_to).count == 0, "each is heard of once"
    office.sue.tickets.new(NewTicket(subject="Done at once", customer="Dean Hall"))
    office.do("resolve", 4, text="Done")
    assert office.sam.changes.arrivals(heard.up_to).count == 0, "there is nothing to do about it"


def test_what_a_program_of_ones_own_imports_arrives(office: Office) -> None:
    seen = office.sam.changes.arrivals()
    office.new("From a file")
    with office.sam.store.write() as tx:
        tx.run("UPDATE ticket SET source = 'csv:1:7'")
    assert office.sam.changes.arrivals(seen.up_to).count == 1


def test_what_will_be_late_next_comes_first(full: Office) -> None:
    queue = full.sam.queue
    soon = [row.number for row in queue.soon()]
    full.clock.at("2026-11-20T10:02+00:00")
    assert [row.number for row in queue.soon()] == soon[1:], "the first is late by now"
    assert len(queue.soon(1)) == 1


def test_a_row_counts_down_by_itself(office: Office) -> None:
    office.new(priority="urgent")
    (row,) = office.sam.queue.page("breaking-next").rows
    answer = row.clock("first_response")
    assert answer is not None
    assert answer.title == "First response"
    assert answer.remaining_us(office.clock.us) == 3_600_000_000
    assert answer.remaining_us(office.clock.us + 900_000_000) == 2_700_000_000
    assert answer.zone == "Europe/London"
    # Friday 16:00 with half an hour left: the weekend takes nothing.
    office.clock.at("2026-11-20T16:00+00:00")
    office.new("Late on Friday", priority="urgent")
    row = office.sam.queue.page("unassigned", order="-number").rows[0]
    answer = row.clock("first_response")
    assert answer is not None
    office.clock.at("2026-11-22T12:00+00:00")
    assert answer.remaining_us(office.clock.us) == 1_800_000_000


def test_a_clock_that_ended_late_says_by_how_much(office: Office) -> None:
    number = office.new(priority="urgent")
    office.clock.on(minutes=100)
    office.do("respond", number, text="Sorry")
    cell = office.row(number).clock("first_response")
    assert cell is not None
    assert (cell.phase, cell.left_us) == ("missed", -40 * 60_000_000)


def test_what_is_due_next_is_due_of_what_still_runs(office: Office) -> None:
    number = office.new(priority="urgent")
    row = office.row(number)
    assert (row.next_clock, row.next_due_us) == ("first_response", office.clock.us + 3_600_000_000)
    office.do("respond", number, text="Hello")
    row = office.row(number)
    assert row.next_clock == "resolution"
    assert row.next_due_us == row.clocks[1].due_us


def test_policy_order_is_the_agreements_own(office: Office) -> None:
    """SchoolStatus: outages, errors by users affected, technical, how-to; first come within."""
    asked = {"customer": "Dean Hall", "tier": "administrator"}
    how_to = office.new("How?", priority="how-to", **asked)
    few = office.new("Error", priority="error", affected=3, **asked)
    many = office.new("Error", priority="error", affected=40, **asked)
    technical = office.new("Setup", priority="technical", **asked)
    office.clock.on(minutes=1)
    later = office.new("Setup too", priority="technical", affected=500, **asked)
    outage = office.new("Down", priority="outage", **asked)
    untriaged = office.new("Hm", **asked)
    assert numbers(office, "policy-order") == [
        untriaged, outage, many, few, technical, later, how_to,
    ]  # fmt: skip


def test_an_unknown_view_is_met_with_those_there_are(office: Office) -> None:
    with pytest.raises(NotFound, match="breaking-next"):
        office.sam.queue.page("braking-next")


# Saved views


def test_a_saved_view_is_a_filter_with_a_name(full: Office) -> None:
    full.sam.views.save("Down", "down")
    full.sam.views.save("Done", "status:resolved,closed")
    assert numbers(full, "Down") == [2, 5]
    assert numbers(full, "Done") == [4]
    counts = full.sam.queue.counts().views
    assert (counts["Down"], counts["Done"]) == (2, 1)
    assert numbers(full, "Down", "who:eli") == [5], "it can be narrowed like any other"
    full.sam.views.save("Down", "server down")
    assert numbers(full, "Down") == [5]
    full.sam.views.delete("Down")
    assert [view.name for view in full.sam.views.list()] == ["Done"]
    with pytest.raises(NotFound, match="no view “Down”"):
        full.sam.views.delete("Down")


def test_views_are_each_agents_own(full: Office) -> None:
    full.sam.views.save("Down", "down")
    assert full.sue.views.list() == ()
    with pytest.raises(NotFound):
        full.sue.queue.page("Down")


def test_a_view_that_could_not_be_read_is_not_saved(office: Office) -> None:
    with pytest.raises(FilterError):
        office.sam.views.save("Odd", "colour:red")
    with pytest.raises(Refused, match="desk's own"):
        office.sam.views.save("mine", "p:low")
    with pytest.raises(Refused, match="needs a name"):
        office.sam.views.save(" ", "p:low")


# Hearing of changes


def test_what_happened_since_can_be_asked(office: Office) -> None:
    seen = office.sue.changes.last_event()
    number = office.new()
    office.do("assign", number)
    changes = office.sue.changes.since(seen)
    assert [(c.subject, c.subject_id, c.kind, c.agent_id) for c in changes] == [
        ("ticket", number, "opened", 2),
        ("ticket", number, "assigned", 2),
    ]
    assert office.sue.changes.since(changes[-1].event_id) == ()


def test_reading_writes_nothing(office: Office) -> None:
    number = office.new()
    seen = office.sue.changes.counter()
    office.sam.queue.page("breaking-next")
    office.sam.queue.counts()
    office.sam.tickets.show(number)
    office.sam.tickets.steps(number)
    office.sam.tickets.preview("resolve", [number], {"text": "Done"})
    office.sam.customers.card("Oakfield Primary")
    assert office.sue.changes.counter() == seen
