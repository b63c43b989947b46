"""Customers by keyboard: found, read, changed; variations move open clocks; nothing is lost."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Input

from deskterm.console.app import DeskApp
from deskterm.console.dialogs.conflict import ConflictDialog
from deskterm.console.dialogs.step import StepDialog
from deskterm.console.live import ClocksMoved, Finisher
from deskterm.console.screens import clock_moving
from deskterm.console.screens.customers import CustomersScreen
from deskterm.console.screens.ticket import TicketScreen
from deskterm.console.widgets.lines import ChoiceLines
from deskterm.desk import recompute
from deskterm.desk.replay import differences
from tests.console.real_desk import console_of, settled
from tests.console.screens import line_with, shown, until
from tests.desk.office import Office

WIDE, NARROW = (120, 36), (80, 24)
#: High enough for a whole card.
TALL = (120, 70)


async def among_customers(pilot: Pilot[None], name: str = "") -> CustomersScreen:
    """The customers, with the cursor on the one whose name begins so."""
    await settled(pilot)
    await pilot.press("C")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, CustomersScreen)
    if name:
        await pilot.press("slash", *name, "enter")
        await settled(pilot)
    return screen


def card_text(screen: CustomersScreen) -> str:
    """The whole card, also what is scrolled to, on one line."""
    card = screen.card
    lines = card.draw(card.size.width, card.size.height)
    return " ".join(" ".join("".join(span.text for span in line) for line in lines).split())


async def filled(pilot: Pilot[None], app: DeskApp, **fields: str) -> None:
    """Type `fields` into the form that is open, and take it."""
    assert isinstance(app.screen, StepDialog)
    for name, text in fields.items():
        app.screen.query_one(f"#field-{name}", Input).value = text
    await pilot.press("ctrl+s")
    await settled(pilot)


async def test_a_customer_is_found_while_typing_and_read_whole(
    office: Office, tmp_path: Path
) -> None:
    office.new("Router down")
    async with console_of(office.sam, tmp_path).run_test(size=TALL) as pilot:
        screen = await among_customers(pilot, "oak")
        assert [row.customer.name for row in screen.list_lines.rows] == ["Oakfield Primary"]
        text = shown(pilot)
        assert "Full Managed" in text and "Mon-Fri 08:00-16:30" in text
        assert "Router down" in text
        assert "Business Manager" in line_with(pilot, " Jo Marsh ")
        assert "access: Ring at the gate" in text
        assert "not named yet:" in text
        said = card_text(screen)
        assert "added contact Jo Marsh" in said
        assert "added agreement: first day Fri 20 Nov 2026, Concero, Full Managed" in said
        assert "Classroom AV limited: Wall-mounted displays and projectors" in said


async def test_the_top_line_says_which_desks_are_open(office: Office, tmp_path: Path) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        screen = await among_customers(pilot)
        assert "4 of 5 desks open, next closes in 7h30" in shown(pilot).split("\n")[0]
        office.clock.at("2026-11-20T18:30+00:00")
        screen.tick_now()
        await settled(pilot)
        opened = sum(each.open for each in office.sam.hours())
        assert 0 < opened < 4, "another answer than in the morning"
        assert f"{opened} of 5 desks open, next closes in" in shown(pilot).split("\n")[0]


async def test_a_narrow_terminal_shows_the_list_and_enter_the_card(
    office: Office, tmp_path: Path
) -> None:
    number = office.new("Router down")
    async with console_of(office.sam, tmp_path).run_test(size=NARROW) as pilot:
        screen = await among_customers(pilot, "oak")
        assert "Full Managed" not in shown(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "Full Managed" in shown(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, TicketScreen)
        assert pilot.app.screen.number == number
        await pilot.press("escape")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert not screen.on_card
        assert "Full Managed" not in shown(pilot)


async def test_missing_shutdown_dates_are_said_and_entered_by_one_key(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sue, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await among_customers(pilot, "oak")
        said = " ".join(shown(pilot).split())
        assert "No dates are entered for the Christmas shutdown of 2026" in said
        await pilot.press("d")
        await settled(pilot)
        await filled(pilot, app, first="24 Dec", last="3 Jan")
        said = " ".join(shown(pilot).split())
        assert "No dates are entered" not in said
        assert "Closed Thu 24 Dec 2026 to Sun 3 Jan 2027, Christmas shutdown" in said
    assert office.sam.customers.policy_variations("concero")[0].data["last"] == "2027-01-03"


async def test_bought_hours_move_an_open_clock_and_stand_on_the_card(
    office: Office, tmp_path: Path
) -> None:
    office.clock.at("2026-11-20T16:00+00:00")
    number = office.new("Late on Friday")
    assert office.due(number, "first_response") == "Mon 23 Nov 08:30"
    app = console_of(office.sue, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await among_customers(pilot, "oak")
        await pilot.press("v", "2", "enter")
        await settled(pilot)
        hours = {"from": "9:00", "to": "13:00"}
        await filled(pilot, app, date="21 Nov", reason="agreed by mail", **hours)
        said = " ".join(shown(pilot).split())
        assert "Open also Sat 21 Nov 2026 09:00 to 13:00" in said
        assert "agreed by mail" in said
    assert office.due(number, "first_response") == "Sat 21 Nov 09:30"


async def test_what_cannot_be_read_is_said_in_the_form_and_keeps_what_was_typed(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sue, tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        await among_customers(pilot, "oak")
        await pilot.press("v", "2", "enter")
        await settled(pilot)
        await filled(pilot, app, date="sometime", reason="agreed", **{"from": "9:00"}, to="13:00")
        assert "is no time I can read" in " ".join(shown(pilot).split())
        assert app.screen.query_one("#field-reason", Input).value == "agreed"
        await filled(pilot, app, date="Sat")
        assert not isinstance(app.screen, StepDialog)
    assert app.drafts.keys() == ()


async def test_a_withdrawn_variation_stays_to_be_read_as_such(
    office: Office, tmp_path: Path
) -> None:
    agreement = office.sue.customers.card("Oakfield Primary").agreements[0].id
    office.sue.customers.add_variation(
        agreement, "shutdown", {"first": "2026-11-23", "last": "2026-11-23"}, reason="flood"
    )
    app = console_of(office.sue, tmp_path)
    async with app.run_test(size=TALL) as pilot:
        screen = await among_customers(pilot, "oak")
        await pilot.press("enter")
        screen.card.selected = next(t for t in screen.card.things() if t.startswith("variation"))
        await pilot.press("x")
        await settled(pilot)
        await filled(pilot, app, reason="no flood")
        assert "taken back today 09:00" in shown(pilot)
        assert not any(t.startswith("variation") for t in screen.card.things())


async def test_the_moving_of_clocks_is_stopped_by_escape_and_ends_right_all_the_same(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(9):
        office.new("Late on Friday")
    monkeypatch.setattr(recompute, "_READ", 3)
    monkeypatch.setattr(clock_moving, "SHOWN_FROM", 0)
    third, go_on = threading.Event(), threading.Event()
    write = recompute._Run._write

    def until_told(run: Any, changed: Any, after: int) -> None:
        write(run, changed, after)
        if after == 6:
            third.set()
            assert go_on.wait(20), "the test has ended before"

    monkeypatch.setattr(recompute._Run, "_write", until_told)
    app = console_of(office.sue, tmp_path)
    async with app.run_test(size=TALL) as pilot:
        screen = await among_customers(pilot, "oak")
        await pilot.press("v", "1", "enter")
        await settled(pilot)
        for name, text in {"first": "23 Nov", "last": "23 Nov", "reason": "flood"}.items():
            app.screen.query_one(f"#field-{name}", Input).value = text
        await pilot.press("ctrl+s")
        await until(pilot, "moving the clocks of open tickets: 3 of 9")
        assert "Esc stops" in shown(pilot)
        assert "Esc stop" in shown(pilot).split("\n")[-1]
        while not third.is_set():
            await pilot.pause(0.02)
        await pilot.press("escape")
        assert app.screen is screen
        go_on.set()
        await settled(pilot)
        await until(pilot, "The clocks of 6 of 9 open tickets have moved")
        assert "moving the clocks" not in shown(pilot)
        assert "Esc stop" not in shown(pilot)
        assert "Closed Mon 23 Nov 2026" in shown(pilot)
    assert {entry.number for entry in differences(office.sam)} == {7, 8, 9}
    told: list[Message] = []
    finisher = Finisher(office.eli.catching_up, told.append)
    catch_up = office.eli.catching_up()
    finisher.look(catch_up)
    finisher.look(catch_up)
    assert [type(message) for message in told] == [ClocksMoved]
    assert differences(office.sam) == []


async def test_leaving_the_console_stops_the_moving_of_clocks_and_loses_none(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(9):
        office.new("Late on Friday")
    monkeypatch.setattr(recompute, "_READ", 3)
    left, over = threading.Event(), threading.Event()
    write, finish = recompute._Run._write, recompute.finish

    def until_left(run: Any, changed: Any, after: int) -> None:
        write(run, changed, after)
        assert left.wait(20), "the console was left long ago"

    def to_the_end(*given: Any) -> int:
        try:
            return finish(*given)
        finally:
            over.set()

    monkeypatch.setattr(recompute._Run, "_write", until_left)
    monkeypatch.setattr(recompute, "finish", to_the_end)
    app = console_of(office.sue, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await among_customers(pilot, "oak")
        await pilot.press("v", "1", "enter")
        await settled(pilot)
        for name, text in {"first": "23 Nov", "last": "23 Nov", "reason": "flood"}.items():
            app.screen.query_one(f"#field-{name}", Input).value = text
        await pilot.press("ctrl+s")
        await pilot.pause(0.1)
        await pilot.press("ctrl+q")
    left.set()
    assert over.wait(20)
    assert {entry.number for entry in differences(office.sam)} == set(range(4, 10))
    catch_up = office.eli.catching_up()
    catch_up.look()
    catch_up.look()
    assert differences(office.sam) == []


async def test_only_a_supervisor_enters_variations_and_a_technician_hears_so_at_once(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await among_customers(pilot, "oak")
        await pilot.press("v")
        await settled(pilot)
        assert "Only a supervisor may enter variations" in " ".join(shown(pilot).split())


async def test_a_contact_is_added_and_a_draft_survives_escape(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await among_customers(pilot, "oak")
        await pilot.press("c", *"Ann Lee", "escape")
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)
        assert app.screen.query_one("#field-name", Input).value == "Ann Lee"
        await filled(pilot, app, phone="0123")
        assert "Ann Lee" in shown(pilot)
    assert {c.name for c in office.sam.customers.card("Oakfield Primary").contacts} == {
        "Jo Marsh", "Ann Lee",
    }  # fmt: skip


async def test_the_slower_of_two_sees_what_the_other_changed(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await among_customers(pilot, "oak")
        await pilot.press("e")
        await settled(pilot)
        office.sue.customers.edit("Oakfield Primary", phone="0999")
        await filled(pilot, app, phone="0111")
        assert isinstance(app.screen, ConflictDialog)
        said = shown(pilot)
        assert "0999" in said and "0111" in said
        await pilot.press("ctrl+s")
        await settled(pilot)
    assert office.sam.customers.card("Oakfield Primary").customer.phone == "0111"


async def test_what_was_bought_is_changed_and_its_history_kept(
    office: Office, tmp_path: Path
) -> None:
    """Open tickets keep the promises they were opened with; new ones come under the new package."""
    number = office.new("Router down")
    before = office.row(number).clocks
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=TALL) as pilot:
        screen = await among_customers(pilot, "oak")
        assert "since Fri 20 Nov 2026" in shown(pilot)
        await pilot.press("p")
        await settled(pilot)
        assert "open tickets keep the promises they" in shown(pilot)
        package = app.screen.query_one("#field-package", ChoiceLines)
        assert package.selected is not None and package.selected.value == "full-managed"
        await pilot.press("1")
        await filled(pilot, app, starts="1 Sep 2026", ends="31 Aug 2027", visits="40")
        said = " ".join(shown(pilot).split())
        assert "Scheduled + On-Demand" in said
        assert "since Tue 1 Sep 2026, ends Tue 31 Aug 2027" in said
        assert "40 visits bought" in said
        said = card_text(screen)
        assert "package Scheduled + On-Demand Support (was Full Managed Service)" in said
        assert "first day Tue 1 Sep 2026 (was Fri 20 Nov 2026)" in said
    held = office.sam.customers.card("Oakfield Primary").agreements[0]
    assert (held.package, held.start, held.end, held.visits) == (
        "scheduled-on-demand", "2026-09-01", "2027-08-31", 40,
    )  # fmt: skip
    assert office.row(number).clocks == before
    assert differences(office.sam) == []


async def test_an_agreement_that_cannot_be_is_refused_in_its_form(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        await among_customers(pilot, "brook")
        await pilot.press("p")
        await settled(pilot)
        await filled(pilot, app, ends="1 Sep 2026")
        said = " ".join(shown(pilot).split())
        assert "would end on 2026-09-01, before it starts on 2026-11-20" in said
        await filled(pilot, app, ends="")
        assert not isinstance(app.screen, StepDialog)
        await pilot.press("p")
        await settled(pilot)
        phase = app.screen.query_one("#field-phase", ChoiceLines)
        assert phase.selected is not None and phase.selected.text == "Implementation"
        await pilot.press("j", "ctrl+s")
        await settled(pilot)
    assert office.sam.customers.card("Brook Office").agreements[0].phase == "live"


async def test_two_who_change_an_agreement_read_its_fields_in_words(
    office: Office, tmp_path: Path
) -> None:
    held = office.sue.customers.card("Oakfield Primary").agreements[0].id
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=NARROW) as pilot:
        await among_customers(pilot, "oak")
        await pilot.press("p")
        await settled(pilot)
        office.sue.customers.edit_agreement(held, ends="2027-08-31", visits=46)
        await filled(pilot, app, ends="31 Jul 2027")
        assert isinstance(app.screen, ConflictDialog)
        said = " ".join(shown(pilot).replace("│", " ").split())
        assert "You both changed: last day was nothing theirs 2027-08-31 yours 2027-07-31" in said
        assert "Changed since as well: visits was nothing theirs 46" in said
        await pilot.press("ctrl+s")
        await settled(pilot)
    agreement = office.sam.customers.card("Oakfield Primary").agreements[0]
    assert (agreement.end, agreement.visits) == ("2027-07-31", 46)


async def test_who_does_what_is_shown_and_left_to_be_settled(
    office: Office, tmp_path: Path
) -> None:
    async with console_of(office.sam, tmp_path).run_test(size=TALL) as pilot:
        await among_customers(pilot, "marlow")
        assert "goes on training its users" in line_with(pilot, "User training")
        assert "not settled yet" in line_with(pilot, "Contract management")


async def test_a_new_customer_and_a_ticket_of_theirs(office: Office, tmp_path: Path) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        screen = await among_customers(pilot)
        await pilot.press("a", "enter")
        await settled(pilot)
        await filled(pilot, app, name="Hill School")
        await settled(pilot)
        assert screen.sheet is not None and screen.sheet.card.customer.name == "Hill School"
        await pilot.press("n")
        await settled(pilot)
        assert "Hill School" in shown(pilot)
