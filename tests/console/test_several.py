"""One form for several tickets: what all of them know, with a draft of its own."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import TextArea

from deskterm.console.dialogs.step import StepDialog
from deskterm.console.drafts import Drafts
from deskterm.console.screens.queue import QueueScreen
from tests.console.real_desk import console_of, settled
from tests.console.screens import shown, until
from tests.desk.office import Office

WIDE = (120, 36)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def kept(pilot: Pilot[None]) -> tuple[str, ...]:
    """The drafts on disk."""
    drafts: Drafts = pilot.app.drafts  # type: ignore[attr-defined]  # a DeskApp
    return Drafts(drafts.folder).keys()


async def test_a_draft_for_several_is_not_offered_for_one_of_them(
    office: Office, tmp_path: Path
) -> None:
    for at in range(3):
        office.new(f"T{at}")
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "space", "space", "o", *"for both", "escape")
        assert kept(pilot) == ("note-several",)
        await press(pilot, "escape", "g", "o")
        assert "draft from before" not in shown(pilot)
        await press(pilot, "escape", "j", "space", "space", "o")
        assert pilot.app.screen.query_one(TextArea).text == "for both"
        await press(pilot, "ctrl+s", "enter")
        assert kept(pilot) == ()


async def test_a_key_that_is_refused_leaves_no_draft(office: Office, tmp_path: Path) -> None:
    number = office.new()
    office.do("assign", number, agent="me")
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "a")
        assert f"{number}: Sam has it already." in shown(pilot)
        assert kept(pilot) == ()


async def test_a_reason_typed_for_a_priority_is_on_disk_before_anything_is_pressed(
    office: Office, tmp_path: Path
) -> None:
    number = office.new(customer="Marlow Academy", priority="moderate")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "t", "4", "tab", *"staff away")
        drafts = Drafts(app.drafts.folder)
        for _ in range(100):
            if drafts.find(f"triage-{number}"):
                break
            await pilot.pause(0.02)
        assert drafts.find(f"triage-{number}") == {"reason": "staff away"}
        await press(pilot, "ctrl+s")
        assert kept(pilot) == ()
    assert office.row(number).priority == "minor"


async def test_several_under_different_agreements_are_asked_what_all_of_them_know(
    office: Office, tmp_path: Path
) -> None:
    office.new("A", customer="St Bede's")
    office.new("B", customer="Marlow Academy")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        screen = pilot.app.screen
        await settled(pilot)
        assert isinstance(screen, QueueScreen)
        await press(pilot, "space", "space", "t")
        said = " ".join(shown(pilot).split())
        assert screen is pilot.app.screen, "no form that only one of them could be taken by"
        assert "They have no priority in common; mark" in said
        assert "(" in said and "by themselves." in said
        await press(pilot, "h")
        await until(pilot, "Hold · 2 tickets")
        form = pilot.app.screen
        assert isinstance(form, StepDialog)
        reasons = {value for value, _ in form.form.fields[0].choices}
    common = [
        {value for value, _ in office.sam.tickets.form("hold", number).fields[0].choices}
        for number in (1, 2)
    ]
    assert reasons == common[0] & common[1]
