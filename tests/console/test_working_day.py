"""A working day: forty tickets, by keyboard alone, on a real desk.

Sam sits down at nine, takes what came in, triages and answers it, holds what waits for others,
chases it, merges what was reported twice, resolves the rest and takes one step back.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from textual.pilot import Pilot

from deskterm.console.dialogs.bulk import BulkDialog
from deskterm.console.dialogs.choose import ChooseDialog
from deskterm.console.dialogs.step import StepDialog
from deskterm.console.dialogs.triage import TriageDialog
from deskterm.console.screens.queue import QueueScreen
from tests.console.quiet import quiet
from tests.console.real_desk import complaint, console_of
from tests.console.screens import shown
from tests.desk.office import Office


@pytest.fixture
def office(office: Office) -> Office:
    for n in range(40):
        customer = ("Oakfield Primary", "Brook Office")[n % 2]
        office.new(complaint(n + 1), customer=customer, priority=None)
    return office


class Day:
    """Sam at the keyboard."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    @property
    def queue(self) -> QueueScreen:
        screen = self.pilot.app.screen
        assert isinstance(screen, QueueScreen), screen
        return screen

    async def press(self, *keys: str) -> None:
        """Press keys, then wait until what they ask for is answered and shown."""
        await self.pilot.press(*keys)
        await quiet(self.pilot)

    async def write(self, text: str) -> None:
        """Type into the form that is open, and take the step."""
        assert isinstance(self.pilot.app.screen, StepDialog)
        await self.press(*text, "ctrl+s")

    async def to(self, number: int) -> None:
        """Put the cursor on a ticket of the list, with the arrows."""
        numbers = [row.number for row in self.queue.table.rows]
        by = numbers.index(number) - self.queue.table.cursor
        if by:
            await self.press(*(["down" if by > 0 else "up"] * abs(by)))
        assert self.queue.table.number == number

    async def mark(self, numbers: list[int]) -> None:
        """Mark tickets that stand one below the other in any order."""
        for row in [row.number for row in self.queue.table.rows]:
            if row in numbers:
                await self.to(row)
                await self.press("space")


async def _at_once(_least: float = 0, _longest: float = 0) -> None:
    """Instead of a pause after each key: it is the console that keeps keys apart."""


async def test_forty_tickets_in_a_day(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.app.wait_for_idle", _at_once)
    app = console_of(office.sam, tmp_path)
    numbers = list(range(1, 41))
    async with app.run_test(size=(120, 60)) as pilot:
        day = Day(pilot)
        await day.press()

        # Nine o'clock: take everything nobody has, the first one by one, the rest at once.
        for _ in range(5):
            await day.press("T")
        await day.press("3")
        rest = [row.number for row in day.queue.table.rows]
        assert len(rest) == 35
        await day.press("g", *["space"] * len(rest))
        await day.press("a")
        assert isinstance(app.screen, BulkDialog)
        await day.press("enter")
        assert {office.row(n).agent for n in numbers} == {"Sam"}

        # Triage: two keys in the grid each; what is alike gets its priority at once.
        await day.press("2")
        for number in numbers[:12]:
            await day.to(number)
            await day.press("t")
            assert isinstance(app.screen, TriageDialog)
            await day.press("2", "2", "enter")
        oakfield = [n for n in numbers[12:] if n % 2]
        brook = [n for n in numbers[12:] if not n % 2]
        for alike, choice in ((oakfield, "3"), (brook, "2")):
            await day.mark(alike)
            await day.press("t")
            assert isinstance(app.screen, StepDialog)
            # The type stays as it is; the priority is the second list of the form.
            await day.press("tab", choice, "ctrl+s")
            assert isinstance(app.screen, BulkDialog)
            await day.press("enter")
        assert all(office.row(n).priority is not None for n in numbers)

        # Answer: four by hand, the rest with one text.
        for number in numbers[:4]:
            await day.to(number)
            await day.press("r")
            await day.write(f"On it, {number}")
        await day.mark(numbers[4:])
        await day.press("r")
        await day.write("We have it and are on it")
        await day.press("enter")
        assert all(
            any(event.kind == "responded" for event in office.sam.tickets.show(n).events)
            for n in numbers
        )

        # Hold three for the customer, to be chased at eleven.
        for number in (1, 2, 3):
            await day.to(number)
            await day.press("h", "enter", *"the serial number", "tab", *"11:00", "ctrl+s")
        assert [office.row(n).status for n in (1, 2, 3)] == ["held"] * 3
        office.clock.on(hours=2, minutes=1)
        day.queue.tick_now()
        await day.press("4")
        assert "chase it" in shown(pilot)
        for number in (1, 2, 3):
            await day.to(number)
            await day.press("p")
            await day.write("May we have the serial number")
        # The customer has answered: two go on.
        for number in (1, 2):
            await day.to(number)
            await day.press("h")
            if isinstance(app.screen, StepDialog):
                await day.press("ctrl+s")
        assert [office.row(n).status for n in (1, 2, 3)] == ["open", "open", "held"]

        # Reported twice: 13 and 33 are the same, as are 14 and 34.
        await day.press("2")
        for number, into in ((33, 13), (34, 14)):
            await day.to(number)
            await day.press("m")
            assert isinstance(app.screen, ChooseDialog)
            at = [choice.value for choice in app.screen.lines.choices].index("merge")
            await day.press(*["down"] * at, "enter")
            await day.write(str(into))
        assert {office.row(n).status for n in (33, 34)} == {"closed"}

        # Resolved: five by hand, the others of the afternoon at once; one by mistake.
        for number in range(5, 10):
            await day.to(number)
            await day.press("x")
            await day.write("Restarted it")
        await day.press("u")
        assert office.row(9).status == "open", "the last step is taken back"
        await day.mark([*range(10, 33), *range(35, 41)])
        await day.press("x")
        await day.write("Fixed in one go")
        await day.press("enter")

    told = Counter(office.row(number).status for number in numbers)
    assert told == {"resolved": 33, "closed": 2, "held": 1, "open": 4}
    assert office.sam.queue.counts().open == 5
    assert app.drafts.keys() == (), "nothing half written is left"

