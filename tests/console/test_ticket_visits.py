"""A visit for a ticket by one key: the next times, what to know before, and a callout."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from deskterm.console.dialogs.ticket_visit import TicketVisitDialog
from deskterm.console.screens.ticket import TicketScreen
from deskterm.console.widgets.painted import Painted
from tests.console.real_desk import console_of, settled
from tests.desk.office import Office


@pytest.fixture
def office(office: Office) -> Office:
    """Two schools, one with slots and one with free times; it is Friday morning."""
    office.sue.customers.add("Hill End", "concero", package="scheduled", visits=23)
    office.sue.customers.add("Dale View", "concero", package="on-demand", visits=10)
    return office


def drawn(pilot: Pilot[None], part: str) -> str:
    widget = pilot.app.screen.query_one(f"#{part}", Painted)
    return "\n".join("".join(span.text for span in line) for line in widget.draw(*widget.size))


async def at_ticket(pilot: Pilot[None], number: int) -> None:
    """The screen of one ticket."""
    await settled(pilot)
    pilot.app.push_screen(TicketScreen(number))
    await settled(pilot)


async def test_one_key_proposes_three_times_and_enter_books_the_first(
    office: Office, tmp_path: Path
) -> None:
    number = office.new("Projector dark", customer="Hill End", priority="low")
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("b")
        await settled(pilot)
        assert isinstance(pilot.app.screen, TicketVisitDialog)
        listed = drawn(pilot, "ticket-visit-list")
        assert "Fri 20 Nov 12:30–15:30  Eli" in listed
        assert listed.count("Eli") == 3
        await pilot.press("enter")
        await settled(pilot)
    (visit,) = office.sam.visits.week("2026-11-20")
    assert (visit.ticket, visit.slot, visit.stage) == (number, "pm", "booked")


async def test_undo_takes_the_visit_back_that_was_just_booked(
    office: Office, tmp_path: Path
) -> None:
    number = office.new("Projector dark", customer="Hill End", priority="low")
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await at_ticket(pilot, number)
        await pilot.press("b")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert len(office.sam.visits.week("2026-11-20")) == 1
        await pilot.press("u")
        await settled(pilot)
    assert not [each for each in office.sam.visits.week("2026-11-20") if each.holds]
    assert office.row(number).status == "new"


async def test_a_time_after_the_fix_is_due_says_so_before_it_is_booked(
    office: Office, tmp_path: Path
) -> None:
    office.sue.visits.add_absence("Eli", "leave", date(2026, 11, 20), date(2026, 11, 23))
    number = office.new("Server dead", customer="Dale View", priority="urgent")
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await at_ticket(pilot, number)
        await pilot.press("b")
        await settled(pilot)
        assert "late" in drawn(pilot, "ticket-visit-list")
        assert "after the fix is due" in drawn(pilot, "ticket-visit-detail").replace("\n", " ")
        assert "Fair use, school year 2026/27: 0 on-demand" in drawn(pilot, "ticket-visit-detail")


async def test_a_callout_says_what_it_uses_up_and_sends_somebody(
    office: Office, tmp_path: Path
) -> None:
    number = office.new("Server dead", customer="Hill End", priority="urgent")
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await at_ticket(pilot, number)
        await pilot.press("b")
        await settled(pilot)
        await pilot.press("down", "down", "down")
        await settled(pilot)
        assert "uses up one of the scheduled visits" in drawn(pilot, "ticket-visit-detail")
        await pilot.press("enter")
        await settled(pilot)
    (visit,) = office.sam.visits.week("2026-11-20")
    assert (visit.kind, visit.ticket, visit.starts) == ("callout", number, "09:00")


@pytest.mark.parametrize(
    ("priority", "at", "why"),
    [
        ("low", "2026-11-20T09:00+00:00", "needs priority Urgent or High; the ticket is Low"),
        ("urgent", "2026-11-21T09:00+00:00", "in onsite hours only"),
    ],
)
async def test_a_callout_that_may_not_be_says_so_in_the_agreements_terms(
    office: Office, tmp_path: Path, priority: str, at: str, why: str
) -> None:
    office.clock.at(at)
    number = office.new("Server dead", customer="Hill End", priority=priority)
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await at_ticket(pilot, number)
        await pilot.press("b")
        await settled(pilot)
        await pilot.press("down", "down", "down")
        await settled(pilot)
        assert why in drawn(pilot, "ticket-visit-detail").replace("\n", " ")
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, TicketVisitDialog)
    assert not office.sam.visits.week(at[:10])


async def test_an_agreement_without_visits_says_so(office: Office, tmp_path: Path) -> None:
    number = office.new("Cannot log in", customer="Marlow Academy")
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await at_ticket(pilot, number)
        await pilot.press("b")
        await settled(pilot)
        assert "has no visits" in drawn(pilot, "ticket-visit-head")
        await pilot.press("enter", "escape")
        await settled(pilot)
        assert isinstance(pilot.app.screen, TicketScreen)


async def test_a_clock_that_waits_for_onsite_time_says_how_much_and_offers_it(
    office: Office, tmp_path: Path
) -> None:
    number = office.new("Projector dark", customer="Hill End", priority="low")
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        await at_ticket(pilot, number)
        head = drawn(pilot, "ticket-head")
        assert "of onsite time still to be booked" in head
        assert "b books a visit" in head
        before = office.row(number).clocks
        await pilot.press("b")
        await settled(pilot)
        assert "still to be booked" in drawn(pilot, "ticket-visit-head")
        await pilot.press("enter")
        await settled(pilot)
    waiting = [cell.left_us for cell in before if cell.phase == "running" and cell.due_us is None]
    assert waiting and waiting[0]
    after = [cell.left_us or 0 for cell in office.row(number).clocks]
    assert max(after) < waiting[0]


async def test_who_was_too_late_is_told_and_sees_other_times(
    office: Office, tmp_path: Path
) -> None:
    number = office.new("Projector dark", customer="Hill End", priority="low")
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await at_ticket(pilot, number)
        await pilot.press("b")
        await settled(pilot)
        office.sue.visits.book("Hill End", "2026-11-20", "pm")
        await pilot.press("enter")
        await settled(pilot)
        assert "Taken by Sue" in drawn(pilot, "ticket-visit-detail")
        assert "Fri 20 Nov 12:30" not in drawn(pilot, "ticket-visit-list")


async def test_free_times_are_proposed_one_after_the_other(
    office: Office, tmp_path: Path
) -> None:
    office.new("Server dead", customer="Dale View", priority="urgent")
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("b")
        await settled(pilot)
        listed = drawn(pilot, "ticket-visit-list")
        for times in ("09:00–10:00", "10:00–11:00", "11:00–12:00"):
            assert f"Fri 20 Nov {times}" in listed
