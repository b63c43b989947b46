"""A new ticket by keyboard: found while typing, told what is promised, never lost."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from deskterm.console.screens.new_ticket import DRAFT, NewTicketScreen
from deskterm.console.widgets.finder import Finder
from deskterm.console.widgets.painted import Painted
from tests.console.real_desk import console_of, office_in, settled
from tests.console.screens import shown
from tests.desk.office import Office


async def begun(pilot: Pilot[None]) -> NewTicketScreen:
    await settled(pilot)
    await pilot.press("n")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, NewTicketScreen)
    return screen


async def typed(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*text)
    await pilot.pause(0.2)
    await settled(pilot)


def aside(screen: NewTicketScreen) -> str:
    side = screen.query_one("#intake-side", Painted)
    return "\n".join("".join(span.text for span in line) for line in side.draw(*side.size))


async def test_customer_and_contact_are_found_while_typing(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await begun(pilot)
        await typed(pilot, "oak")
        await pilot.press("enter")
        await settled(pilot)
        said = aside(screen)
        assert "Oakfield Primary" in said
        assert "Full Managed" in said
        assert "open, closes in 7h30" in said
        await typed(pilot, "jo")
        await pilot.press("enter")
        await typed(pilot, "Wi-Fi down")
        await pilot.press("ctrl+s")
        await settled(pilot)
    ticket = office.sam.tickets.show(1)
    assert ticket.row.subject == "Wi-Fi down"
    assert ticket.contact is not None
    assert ticket.contact.name == "Jo Marsh"
    assert ticket.site is not None, "the customer's only site is meant"


async def test_a_ticket_that_may_be_the_same_is_offered(office: Office, tmp_path: Path) -> None:
    number = office.new("Printers in the office do not print")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await begun(pilot)
        await typed(pilot, "oak")
        await pilot.press("enter", "tab")
        await typed(pilot, "printer jams")
        assert "Perhaps the same?" in aside(screen)
        assert f"{number} Printers in the office" in aside(screen)


async def test_what_the_agreement_asks_for_is_asked(office: Office, tmp_path: Path) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await begun(pilot)
        await typed(pilot, "marlow")
        await pilot.press("enter", "tab")
        await typed(pilot, "Marks vanish")
        screen.query_one("#new-field-component", Input).value = "gradebook"
        await pilot.press("ctrl+s")
        await settled(pilot)
    ticket = office.sam.tickets.show(1)
    assert ticket.fields["component"] == "gradebook"
    assert "component" not in ticket.missing
    assert "error" in ticket.missing


async def test_a_way_that_was_not_bought_is_flagged(office: Office, tmp_path: Path) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await begun(pilot)
        await typed(pilot, "dean")
        await pilot.press("enter")
        await settled(pilot)
        from deskterm.console.widgets.choice_row import ChoiceRow

        tier = screen.query_one("#new-tier", ChoiceRow)
        tier.choose([choice.value for choice in tier.choices].index("publisher"))
        channel = screen.query_one("#new-channel", ChoiceRow)
        channel.choose([choice.value for choice in channel.choices].index("phone"))
        await pilot.pause(0.3)
        await settled(pilot)
        assert "phone is not included" in " ".join(aside(screen).split())


async def stops(pilot: Pilot[None]) -> list[str]:
    """What Tab stops at, from the customer on until it is there again."""
    screen = pilot.app.screen
    assert isinstance(screen, NewTicketScreen)
    screen._finder("customer").entry.focus()
    seen: list[str] = []
    while True:
        await pilot.pause()
        focused = pilot.app.focused
        assert focused is not None
        parent = focused.parent
        name = str(parent.id if isinstance(parent, Finder) else focused.id)
        if name in seen:
            return seen
        seen.append(name)
        await pilot.press("tab")


async def test_tab_goes_one_way_whether_the_customer_is_known_or_not(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await begun(pilot)
        before = await stops(pilot)
        assert before == [
            "new-customer", "new-contact", "new-subject", "new-channel", "new-type", "new-body",
        ]  # fmt: skip
        for name in ("oak", "marlow", "dean"):
            await pilot.press("ctrl+n")
            await typed(pilot, name)
            await pilot.press("enter")
            await settled(pilot)
            after = await stops(pilot)
            assert [each for each in after if each in before] == before, name
            more = set(after) - set(before)
            asked = ("new-site", "new-class")
            assert all(
                each in ("new-tier", *asked) or each.startswith("new-field-") for each in more
            )
            body = after.index("new-body")
            assert all(after.index(each) > body for each in asked if each in more)


async def test_a_customer_nobody_knows_is_met_with_how_to_add_one(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot)
        await typed(pilot, "Nowhere Hall")
        said = " ".join(shown(pilot).replace("│", " ").split())
        assert "No customer is called “Nowhere Hall”." in said
        assert "Esc keeps this as a draft, C goes to the customers, a adds." in said
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "Whose ticket is it?" in shown(pilot)
        await pilot.press("ctrl+n")
        await settled(pilot)
        assert "Whose ticket" not in shown(pilot) and "No customer" not in shown(pilot)


async def test_words_only_one_customer_can_mean_are_that_customer(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await begun(pilot)
        await typed(pilot, "oakf")
        await pilot.press("tab")
        await settled(pilot)
        assert screen.query_one("#new-customer", Finder).text == "Oakfield Primary"
        assert "Full Managed" in aside(screen)
        await typed(pilot, "Bo Newcome")
        await pilot.press("tab")
        await settled(pilot)
        assert "“Bo Newcome” is new here" in shown(pilot)
        await typed(pilot, "Wi-Fi down")
        await pilot.press("ctrl+s")
        await settled(pilot)
    contact = office.sam.tickets.show(1).contact
    assert contact is not None and contact.name == "Bo Newcome"


async def test_a_form_resized_in_the_middle_of_typing_keeps_words_and_place(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await begun(pilot)
        await typed(pilot, "oak")
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        await typed(pilot, "f")
        assert "Oakfield Primary" in shown(pilot), "what was found is still offered"
        await pilot.press("enter", "tab", *"Wi-")
        await pilot.resize_terminal(200, 60)
        await settled(pilot)
        await typed(pilot, "Fi")
        assert screen.query_one("#new-subject", Input).value == "Wi-Fi"
        assert app.focused is screen.query_one("#new-subject")


async def test_the_draft_survives_esc_and_is_offered_again(office: Office, tmp_path: Path) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begun(pilot)
        await typed(pilot, "brook")
        await pilot.press("enter", "tab")
        await typed(pilot, "half a sub")
        await pilot.press("escape")
        await settled(pilot)
        screen = await begun(pilot)
        assert screen.query_one("#new-subject", Input).value == "half a sub"
        assert screen.query_one("#new-customer", Finder).text == "Brook Office"
        await pilot.press("ctrl+s")
        await settled(pilot)
    assert office.row(1).subject == "half a sub"
    assert app.drafts.keys() == ()


async def test_a_draft_belongs_to_its_desk(office: Office, tmp_path: Path) -> None:
    app = console_of(office.sam, tmp_path)
    app.drafts.keep(DRAFT, {"subject": "of another school"})
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = office_in(elsewhere)
    try:
        assert console_of(other.sam, tmp_path).drafts.find(DRAFT) == {}
        assert console_of(office.sam, tmp_path).drafts.find(DRAFT) != {}
    finally:
        other.close()


_KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from tests.console.quiet import answered
from tests.console.real_desk import console_of
from tests.desk.office import enter
office = enter(sys.argv[1])
async def main():
    app = console_of(office.sam, Path(sys.argv[2]))
    async with app.run_test(size=(80, 24)) as pilot:
        await answered(app)
        await pilot.press("n")
        await pilot.pause(0.3)
        await pilot.press(*"brook office", "tab", "tab", *"never lost")
        await pilot.pause(1.2)
        os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""


async def test_the_draft_survives_a_crash(office: Office, tmp_path: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path / "desk.db"), str(tmp_path)], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    app = console_of(office.sam, tmp_path)
    assert app.drafts.find(DRAFT)["subject"] == "never lost"
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begun(pilot)
        assert screen.query_one("#new-subject", Input).value == "never lost"


async def test_the_key_that_goes_on_with_a_draft_is_named_until_it_was_pressed(
    office: Office, tmp_path: Path
) -> None:
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        pilot.app.screen.query_one("#new-subject", Input).value = "Router"
        await pilot.press("escape")
        await settled(pilot)
        assert "Kept as a draft; n goes on with it." in shown(pilot)
        await pilot.press("n")
        await settled(pilot)
        assert "Your draft from before is here again" in shown(pilot)
        assert "goes on with it" not in shown(pilot)
