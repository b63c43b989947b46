"""One ticket on its own screen: what it says, its steps, and two people at it at once."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from deskterm.console.dialogs.conflict import ConflictDialog
from deskterm.console.dialogs.step import StepDialog
from deskterm.console.screens.ticket import TicketScreen
from deskterm.console.widgets.lines import TextLines
from deskterm.console.widgets.painted import Painted
from tests.console.real_desk import console_of, settled
from tests.console.screens import shown
from tests.desk.office import Office


def drawn(widget: Painted) -> str:
    """What a widget shows, line by line."""
    return "\n".join(
        "".join(span.text for span in line) for line in widget.draw(*widget.size)
    )


async def opened(pilot: Pilot[None]) -> TicketScreen:
    """The ticket under the cursor, opened."""
    await settled(pilot)
    await pilot.press("enter")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, TicketScreen)
    return screen


async def test_it_says_who_under_what_and_what_is_covered(office: Office, tmp_path: Path) -> None:
    office.new(contact="Jo Marsh", channel="phone", body="The router lights are off.")
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        head = drawn(screen.query_one("#ticket-head", Painted))
        assert "Oakfield Primary · Jo Marsh, business manager" in head
        assert "Concero · Full Managed" in head
        assert "Mon-Fri 08:00-16:30" in head
        assert "First response" in head and "1h00 left, today 10:00" in head
        assert "What is covered" in drawn(screen.query_one("#ticket-side", Painted))
        assert "The router lights are off." in drawn(screen.query_one("#ticket-history", Painted))


async def test_history_tells_what_the_customer_saw_from_what_stays_in_the_house(
    office: Office, tmp_path: Path
) -> None:
    number = office.new()
    office.do("note", number, text="They forgot to pay.")
    office.do("respond", number, text="We are on it.")
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        history = drawn(screen.query_one("#ticket-history", Painted))
    assert "internal note  Sam" in history
    assert "│ They forgot to pay." in history
    assert "answered (to the customer)  Sam" in history
    assert "▌ We are on it." in history
    assert "First response ✓ met" in history


async def test_holds_and_moved_due_times_stand_in_the_history(
    office: Office, tmp_path: Path
) -> None:
    number = office.new()
    office.clock.on(minutes=30)
    office.do("hold", number, reason="awaiting_customer", awaiting="the router's password")
    office.clock.on(minutes=30)
    office.do("resume", number)
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        history = drawn(screen.query_one("#ticket-history", Painted))
    assert "First response ‖ stands still" in history
    assert "First response runs, due today 10:30" in history


async def test_a_step_that_cannot_be_taken_says_why(office: Office, tmp_path: Path) -> None:
    number = office.new()
    office.do("resolve", number, text="Router restarted.")
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        screen = TicketScreen(number)
        pilot.app.push_screen(screen)
        await settled(pilot)
        side = " ".join(drawn(screen.query_one("#ticket-side", Painted)).split())
        assert "It is resolved; reopen it first." in side


async def test_the_slower_of_two_sees_what_the_other_did_and_keeps_the_text(
    office: Office, tmp_path: Path
) -> None:
    number = office.new()
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("x")
        await settled(pilot)
        assert isinstance(app.screen, StepDialog)
        await pilot.press(*"done")
        # Sue is quicker.
        office.sue.tickets.do("triage", number, {"priority": "low"})
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, ConflictDialog)
        said = "\n".join(
            "".join(span.text for span in line)
            for line in app.screen.query_one("#dialog-body TextLines", TextLines).content
        )
        assert "Sue triaged low" in said
        assert "text: done" in said
        await pilot.press("escape")
        await settled(pilot)
        assert office.row(number).status != "resolved"
        # The text is offered again, and goes through on what Sue has made of it.
        await pilot.press("x")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await settled(pilot)
    assert office.row(number).status == "resolved"
    assert office.sam.tickets.show(number).events[-1].data["text"] == "done"


async def test_a_form_the_desk_refuses_comes_back_with_what_is_wrong(
    office: Office, tmp_path: Path
) -> None:
    number, other = office.new(), office.new("The same again")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        screen = app.screen
        assert isinstance(screen, TicketScreen)
        screen.take_step("merge")
        await settled(pilot)
        await pilot.press(*str(number), "ctrl+s")
        await settled(pilot)
        dialog = app.screen
        assert isinstance(dialog, StepDialog)
        said = str(dialog.query_one("#dialog-error", TextLines).content)
        assert "A ticket cannot be merged into itself." in said
        await pilot.press("backspace", *str(other), "ctrl+s")
        await settled(pilot)
    assert office.row(number).status == "closed"


async def test_a_hold_says_what_is_needed_as_its_reason_changes(
    office: Office, tmp_path: Path
) -> None:
    number = office.new()
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("h")
        await settled(pilot)
        assert "Reason (needed)" in shown(pilot)
        assert "What is awaited of whom (needed)" in shown(pilot), "of the customer"
        await pilot.press("3")
        await settled(pilot)
        assert shown(pilot).count("(needed)") == 1, "parts are awaited without words"
        await pilot.press("5", "ctrl+s")
        await settled(pilot)
        assert "Note (needed)" in shown(pilot)
        assert "Note: needed for “Other”." in shown(pilot)
        assert app.focused is not None and app.focused.id == "field-text"
        await pilot.press("shift+tab", "shift+tab", *"a van")
        await settled(pilot)
        assert shown(pilot).count("(needed)") == 1, "it is said already"
        await pilot.press("ctrl+s")
        await settled(pilot)
    assert office.row(number).hold_reason == "other"


async def test_the_screen_one_began_on_can_be_gone_back_to(office: Office, tmp_path: Path) -> None:
    office.new()
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        for key, place in (("V", "visits"), ("Q", "queue"), ("C", "customers"), ("Q", "queue")):
            await pilot.press(key)
            await settled(pilot)
            assert getattr(app.screen, "PLACE", None) == place


async def test_who_else_has_it_open_is_told(office: Office, tmp_path: Path) -> None:
    number = office.new()
    office.sue.tickets.enter(number)
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        assert "also open at Sue" in drawn(screen.query_one("#ticket-head", Painted))
        assert office.sue.tickets.opened_by(number) == ("Sam",)
        await pilot.press("escape")
        await settled(pilot)
    assert office.sue.tickets.opened_by(number) == ()


async def test_the_next_ticket_of_the_list_is_one_key_away(office: Office, tmp_path: Path) -> None:
    first, second = office.new("one"), office.new("two")
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        seen = [screen.number]
        await pilot.press("right_square_bracket")
        await settled(pilot)
        seen.append(screen.number)
        assert sorted(seen) == [first, second]


async def test_what_if_saves_nothing(office: Office, tmp_path: Path) -> None:
    number = office.new()
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await pilot.press("f")
        await settled(pilot)
        text = "\n".join(
            "".join(span.text for span in line)
            for line in app.screen.query_one("#what-if", TextLines).content
        )
        assert "if held now" in text
        assert "stands still, 1h00 left" in text
        assert "First response by today 13:00  4 working hours   was by today 10:00" in text
    assert len(office.sam.tickets.show(number).events) <= 2
    assert office.row(number).priority == "urgent"
