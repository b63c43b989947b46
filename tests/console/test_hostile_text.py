"""What customers write reaches no terminal as anything but text, on whatever screen it is shown."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from textual.pilot import Pilot

from deskterm.desk.model import NewTicket
from tests.console.real_desk import console_of, settled
from tests.console.screens import shown, strips
from tests.desk.office import Office

#: Clears the screen, writes the clipboard, sets the title, turns the direction of reading, and is
#: a link that acts where it were read as markup.
SUBJECT = "Evil\x1b[2J\x1b]52;c;AAAA\x07\x9b31m [@click=app.quit]x[/]\u202etxt"
NAME = "Bad\x1b[31m\x07 [bold]School"
PERSON = "Jo\x1b]0;title\x07 Marsh"


@pytest.fixture
def office(office: Office) -> Office:
    office.sue.customers.add(NAME, "concero", package="full-managed")
    name = office.sue.customers.find("Bad")[0].name
    office.sue.customers.add_contact(name, PERSON)
    contact = office.sue.customers.card(name).contacts[0].id
    office.sam.tickets.new(
        NewTicket(customer=name, subject=SUBJECT, body=SUBJECT, contact=contact, priority="urgent")
    )
    office.do("note", 1, text=SUBJECT)
    return office


def harmless(pilot: Pilot[None], *words: str) -> None:
    """Nothing on the screen acts, and `words` are there to be read."""
    for strip in strips(pilot):
        for segment in strip:
            if segment.control:
                continue
            bad = [char for char in segment.text
                   if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]  # fmt: skip
            assert not bad, (segment.text, bad)
            link = segment.style.meta.get("@click") if segment.style else None
            assert link is None, segment.text
    for word in words:
        assert word in shown(pilot), (word, shown(pilot))


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_escape_sequences_are_marks_on_every_screen(
    office: Office, tmp_path: Path, size: tuple[int, int]
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        harmless(pilot, "Evil␛[2J", "Bad␛[31m")
        await pilot.press("enter")
        await settled(pilot)
        harmless(pilot, "Evil␛[2J␛]52;c;AAAA␇", "[@click=app.quit]x[/]", "Jo␛]0;title␇ Marsh")
        await pilot.press("w")
        await settled(pilot)
        harmless(pilot, "Evil␛[2J")
        await pilot.press("escape", "t")
        await settled(pilot)
        harmless(pilot, "Evil␛[2J")
        await pilot.press("escape", "escape", "C")
        await settled(pilot)
        await pilot.press("slash", *"bad", "enter")
        await pilot.pause(0.2)
        await settled(pilot)
        people = ["Jo␛]0;title␇ Marsh"] if size[0] > 80 else []
        harmless(pilot, "Bad␛[31m␇ [bold]School", *people)
        await pilot.press("n")
        await pilot.pause(0.2)
        await settled(pilot)
        harmless(pilot)
