"""Somebody else works on the same ticket while a form is open: nothing of theirs is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from deskterm.console.dialogs.bulk import BulkDialog
from deskterm.console.dialogs.choose import ChooseDialog
from deskterm.console.dialogs.conflict import ConflictDialog
from deskterm.console.screens.taking import Taking
from tests.console.real_desk import console_of, settled
from tests.console.screens import shown, until
from tests.desk.office import Office

WIDE = (120, 36)


async def sue_does(
    pilot: Pilot[None], office: Office, step: str, number: int, **fields: Any
) -> None:
    """Sue takes a step, and the screen behind the form has heard of it."""
    done = office.sue.tickets.do(step, number, fields)
    for _ in range(300):
        behind = [screen for screen in pilot.app.screen_stack if isinstance(screen, Taking)]
        if behind[-1].version_of(number) == done.version:
            await settled(pilot)
            return
        await pilot.pause(0.02)
    raise AssertionError("the screen never heard of it")


async def choose_step(pilot: Pilot[None], step: str) -> None:
    await pilot.press("m")
    await settled(pilot)
    window = pilot.app.screen
    assert isinstance(window, ChooseDialog)
    at = [choice.value for choice in window.lines.choices].index(step)
    await pilot.press(*["down"] * at, "enter")
    await settled(pilot)


@pytest.mark.parametrize("where", ["queue", "ticket"])
async def test_a_hold_made_meanwhile_is_shown_and_kept_until_one_decides(
    office: Office, tmp_path: Path, where: str
) -> None:
    number = office.new()
    app = console_of(office.sam, tmp_path, watch=True)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press(*(["enter"] if where == "ticket" else []))
        await settled(pilot)
        await pilot.press("h")
        await until(pilot, f"Hold · {number}")
        await pilot.press("3", "tab", *"a new router")
        await sue_does(pilot, office, "hold", number, reason="other", text="asked the owner")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, ConflictDialog)
        assert "Sue held" in shown(pilot)
        assert "awaiting: a new router" in shown(pilot), "what was typed is kept"
        assert office.row(number).hold_reason == "other"
        await pilot.press("enter")
        await settled(pilot)
    assert office.row(number).hold_reason == "awaiting_parts"


async def test_a_subject_changed_by_both_is_shown_beside_what_was_typed(
    office: Office, tmp_path: Path
) -> None:
    number = office.new("Internet down")
    app = console_of(office.sam, tmp_path, watch=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await choose_step(pilot, "edit")
        await pilot.press("tab", *"Wifi down")
        await sue_does(pilot, office, "edit", number, field="subject", new="No wifi at all")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, ConflictDialog)
        said = shown(pilot)
        for part in ("You both changed:", "was Internet down", "theirs  No wifi at all",
                     "yours   Wifi down"):  # fmt: skip
            assert part in said
        await pilot.press("escape")
        await settled(pilot)
        assert office.row(number).subject == "No wifi at all"
        await choose_step(pilot, "edit")
        assert "Wifi down" in shown(pilot), "the text is offered again"


async def test_a_priority_set_meanwhile_is_not_set_back(office: Office, tmp_path: Path) -> None:
    number = office.new(customer="St Bede's", impact="high", urgency="low")
    app = console_of(office.sam, tmp_path, watch=True)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("t")
        await until(pilot, "P3")
        await settled(pilot)
        await pilot.press("up")
        await sue_does(pilot, office, "triage", number, impact="low", urgency="medium")
        await until(pilot, "Somebody has set it from P3 to P4 meanwhile.")
        assert "(was P4)" in shown(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, ConflictDialog)
        assert "theirs  P4" in shown(pilot) and "yours   P2" in shown(pilot)
        assert office.row(number).priority == "P4"
        await pilot.press("enter")
        await settled(pilot)
    assert office.row(number).priority == "P2"


async def test_a_note_does_not_wait_for_anybody(office: Office, tmp_path: Path) -> None:
    number = office.new()
    app = console_of(office.sam, tmp_path, watch=True)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("o")
        await until(pilot, f"Note · {number}")
        await pilot.press(*"called them")
        await sue_does(pilot, office, "note", number, text="so did I")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert not isinstance(app.screen, ConflictDialog)
    events = office.sam.tickets.show(number).events
    assert [event.data["text"] for event in events if event.kind == "noted"] == [
        "so did I", "called them",
    ]  # fmt: skip


async def test_several_say_what_somebody_did_to_one_of_them_and_leave_it(
    office: Office, tmp_path: Path
) -> None:
    numbers = [office.new(f"Fault {at}") for at in range(3)]
    app = console_of(office.sam, tmp_path, watch=True)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("space", "space", "a")
        await until(pilot, "2 will be changed")
        assert isinstance(app.screen, BulkDialog)
        await sue_does(pilot, office, "assign", numbers[0], agent="Sue")
        await pilot.press("enter")
        await settled(pilot)
        said = " ".join(shown(pilot).split())
        assert f"Assign, 1 done: {numbers[1]}; 1 not: Sue changed {numbers[0]}" in said
        assert "agent is now Sue" in said
    assert [office.row(number).agent for number in numbers] == ["Sue", "Sam", None]


async def test_several_are_based_on_what_was_seen_when_the_form_was_opened(
    office: Office, tmp_path: Path
) -> None:
    numbers = [office.new(f"Fault {at}") for at in range(2)]
    app = console_of(office.sam, tmp_path, watch=True)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("space", "space", "h")
        await until(pilot, "Hold · 2 tickets")
        await sue_does(pilot, office, "hold", numbers[1], reason="other", text="mine")
        await pilot.press("3", "ctrl+s")
        await until(pilot, "1 will be changed, 1 left as they are")
        assert f"Sue changed {numbers[1]}" in shown(pilot)
        await pilot.press("enter")
        await settled(pilot)
    assert [office.row(number).hold_reason for number in numbers] == ["awaiting_parts", "other"]


async def test_the_next_ticket_is_another_where_somebody_was_quicker(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [office.new(f"Fault {at}") for at in range(2)]
    queue, sue = office.sam.queue, office.sue.tickets
    real = queue.page

    def page(view: str, *rest: Any, **more: Any) -> Any:
        found = real(view, *rest, **more)
        if view == "unassigned" and office.row(numbers[0]).agent is None:
            sue.do("assign", numbers[0], {"agent": "Sue"})
        return found

    monkeypatch.setattr(queue, "page", page)
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("T")
        await settled(pilot)
    assert [office.row(number).agent for number in numbers] == ["Sue", "Sam"]
