"""A new ticket asks for all its agreement wants, enters nobody unseen, and finds its like."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from deskterm.console.screens.new_ticket import NewTicketScreen
from deskterm.console.screens.ticket import TicketScreen
from deskterm.console.widgets.asked_fields import AskedFields
from deskterm.console.widgets.finder import Finder
from deskterm.console.widgets.intake_side import IntakeSide
from deskterm.desk.model import NewTicket
from tests.console.real_desk import console_of, settled
from tests.console.screens import shown
from tests.desk.office import CUSTOMERS, Office

WIDE = (120, 36)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await pilot.pause(0.2)
    await settled(pilot)


def top(pilot: Pilot[None]) -> str:
    return type(pilot.app.screen).__name__


def form_of(pilot: Pilot[None]) -> NewTicketScreen:
    screen = pilot.app.screen
    assert isinstance(screen, NewTicketScreen)
    return screen


@pytest.mark.parametrize("customer", sorted(CUSTOMERS))
async def test_every_field_an_agreement_asks_for_has_its_place(
    office: Office, tmp_path: Path, customer: str
) -> None:
    card = office.sam.customers.card(customer)
    wanted = office.sam.tickets.cover(card.agreements[0].id).required
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "n", *customer, "enter")
        screen = form_of(pilot)
        for name in wanted:
            places = screen.query(f"#new-{name}, #new-field-{name.replace('_', '-')}")
            assert places, f"{customer} asks for {name}"
        assert set(screen.query_one(AskedFields).missing(contact=False)) == {
            name.replace("_", " ") for name in wanted if name != "type"
        }


async def test_a_site_is_taken_by_its_beginning(office: Office, tmp_path: Path) -> None:
    for name in ("North", "South"):
        office.sue.customers.add_site("Marlow Academy", name)
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "n", *"marl", "enter", "tab", *"Marks vanish")
        form_of(pilot).query_one("#new-site", Finder).entry.focus()
        await press(pilot, *"xx", "ctrl+s")
        assert "“xx” is not one of them: North, South." in shown(pilot)
        await press(pilot, "backspace", "backspace", *"so", "tab")
        assert form_of(pilot).query_one("#new-site", Finder).text == "South"
        await press(pilot, "ctrl+s")
        assert "Still to be asked: component" in " ".join(shown(pilot).split())
    ticket = office.sam.tickets.show(1)
    assert ticket.site is not None
    assert ticket.site.name == "South"
    assert "site" not in ticket.missing


async def test_the_first_site_of_a_customer_is_entered_with_the_ticket(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "n", *"marl", "enter", "tab", *"Marks vanish")
        form_of(pilot).query_one("#new-site", Finder).entry.focus()
        await press(pilot, *"Hill Road", "ctrl+s")
    ticket = office.sam.tickets.show(1)
    assert ticket.site is not None
    assert ticket.site.name == "Hill Road"


async def test_a_class_of_requests_is_found_by_any_word_of_it(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "n", *"dean", "enter", "tab", *"All is down")
        form_of(pilot).query_one("#new-class", Finder).entry.focus()
        await press(pilot, *"outage")
        assert "Technical request: Server or application outage" in shown(pilot)
        await press(pilot, "escape", "n")
        found = form_of(pilot).query_one("#new-class", Finder)
        assert found.text == "outage", "kept in the draft"
        await press(pilot, "ctrl+s")
    ticket = office.sam.tickets.show(1)
    assert "class" not in ticket.missing
    assert ticket.events[0].data["class"] == "outage"


async def test_left_with_the_beginning_of_one_name_that_one_is_taken(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "n", *"oakf", "tab")
        assert form_of(pilot).query_one("#new-customer", Finder).text == "Oakfield Primary"
        await press(pilot, *"jo", "tab", *"Wi-Fi")
        assert form_of(pilot).query_one("#new-contact", Finder).text == "Jo Marsh"
        await press(pilot, "ctrl+s")
    ticket = office.sam.tickets.show(1)
    assert ticket.contact is not None
    assert ticket.contact.name == "Jo Marsh"
    assert [each.name for each in office.sam.customers.card("Oakfield Primary").contacts] == [
        "Jo Marsh"
    ]


async def test_a_new_contact_is_entered_only_where_that_is_said(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "n", *"oakf", "tab", *"Ann", "tab", *"Wi-Fi")
        assert "new contact: “Ann”" in shown(pilot)
        await press(pilot, "shift+tab", "end", *" Lee", "ctrl+s")
        assert top(pilot) == "NewTicketScreen", "of Ann Lee nothing was said yet"
        assert "“Ann Lee” is no contact yet: ^s again enters it." in shown(pilot)
        await press(pilot, "ctrl+s")
        assert "New contact: Ann Lee." in " ".join(shown(pilot).split())
    contact = office.sam.tickets.show(1).contact
    assert contact is not None
    assert contact.name == "Ann Lee"


async def test_a_beginning_of_several_names_takes_none(office: Office, tmp_path: Path) -> None:
    office.sue.customers.add_contact("Oakfield Primary", "Jo Smith")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "n", *"oakf", "tab", *"jo", "tab", *"Wi-Fi", "ctrl+s")
        assert top(pilot) == "NewTicketScreen"
        assert "“jo” may be Jo Marsh, Jo Smith: take one, or type all of it." in shown(pilot)


async def alike(pilot: Pilot[None]) -> None:
    await settled(pilot)
    await press(pilot, "n", *"oakf", "tab", *"jo", "tab", *"Printer jams")
    assert "Perhaps the same?" in shown(pilot)


async def test_one_looks_at_a_likely_duplicate_and_comes_back_to_the_form(
    office: Office, tmp_path: Path
) -> None:
    number = office.new("Printer jams in room 3")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await alike(pilot)
        assert "^o looks, ^l adds this to it" in shown(pilot)
        await press(pilot, "ctrl+o")
        assert isinstance(app.screen, TicketScreen)
        assert app.screen.number == number
        await press(pilot, "escape")
        assert form_of(pilot).query_one("#new-subject", Input).value == "Printer jams"
        assert app.focused is form_of(pilot).query_one("#new-subject", Input)
        side = form_of(pilot).query_one(IntakeSide)
        line = next(at for at, spans in enumerate(side.draw(*side.size))
                    if any(span.target == f"={number}" for span in spans))  # fmt: skip
        await pilot.click(IntakeSide, offset=(4, line))
        await settled(pilot)
        assert isinstance(app.screen, TicketScreen)


async def test_what_was_typed_is_added_to_the_duplicate_instead(
    office: Office, tmp_path: Path
) -> None:
    number = office.new("Printer jams in room 3")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await alike(pilot)
        await press(pilot, "ctrl+l")
        assert app.screen.query_one(TextArea).text == "Printer jams"
        await press(pilot, "ctrl+s")
        assert top(pilot) == "QueueScreen"
        assert "No second ticket was opened." in shown(pilot)
    assert office.sam.tickets.show(number).events[-1].data["text"] == "Printer jams"
    assert office.sam.queue.page("all", None, None, 0, 10).total == 1
    assert app.drafts.find("new-ticket") == {}


async def test_of_several_duplicates_one_is_chosen(office: Office, tmp_path: Path) -> None:
    for room in (3, 4):
        office.sam.tickets.new(NewTicket(customer="Oakfield Primary",
                                         subject=f"Printer jams in room {room}"))  # fmt: skip
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await alike(pilot)
        await press(pilot, "ctrl+o")
        assert top(pilot) == "ChooseDialog"
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, TicketScreen)
        assert app.screen.number in (1, 2)
