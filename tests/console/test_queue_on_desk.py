"""The queue on a real desk, with somebody else working on it in a program of their own."""

from __future__ import annotations

from pathlib import Path

from tests.console.real_desk import console_of
from tests.console.screens import line_with, settled, shown, until
from tests.desk.office import Office

WIDE = (120, 36)


async def test_what_somebody_else_does_appears_by_itself(office: Office, tmp_path: Path) -> None:
    number = office.new("Internet down")
    app = console_of(office.sam, tmp_path, watch=True)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        assert "1h00" in line_with(pilot, "Oakfield Primary")
        office.sue.tickets.do("respond", number, {"text": "On our way"})
        await until(pilot, "✓")
        office.new("Printer on fire")
        await until(pilot, "Printer on fire")
        assert screen.table.number == number


async def test_a_ticket_is_taken_held_and_taken_back_by_key(office: Office, tmp_path: Path) -> None:
    number = office.new("Internet down")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("a")
        await until(pilot, "Assigned to Sam.")
        await settled(pilot)
        assert office.row(number).agent == "Sam"
        await pilot.press("h")
        await until(pilot, f"Hold · {number}")
        await pilot.press("3", "enter", *"a new router", "ctrl+s")
        await until(pilot, "On hold:")
        await settled(pilot)
        assert office.row(number).status == "held"
        assert "‖ 1h00" in line_with(pilot, "Oakfield Primary")
        await pilot.press("u")
        await until(pilot, "‖", gone=True)
        assert office.row(number).status == "open"


async def test_the_queue_speaks_the_policies_own_words(office: Office, tmp_path: Path) -> None:
    office.new("Internet down")
    office.new("Cannot log in", customer="St Bede's", priority="P2")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert "Urgent" in line_with(pilot, "Internet down")
        assert "P2" in line_with(pilot, "Cannot log in")
        # Four of the five agreements are under hours that have begun at nine in London.
        assert "of 5 desks open" in shown(pilot).split("\n")[0]
        await pilot.press("w")
        await until(pilot, "Triage by Fri 20 Nov 09:30")


async def test_a_filter_asks_the_desk_in_its_own_words(office: Office, tmp_path: Path) -> None:
    office.new("Internet down")
    office.new("Printer jams")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.press("slash", *"printer who:none")
        await until(pilot, "1 ticket, Esc clears")
        assert [row.subject for row in screen.table.rows] == ["Printer jams"]
