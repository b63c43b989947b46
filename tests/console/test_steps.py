"""Taking steps from the queue: at once, after a form, on several, and taking them back."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input, TextArea

from deskterm.console.app import DeskApp
from deskterm.console.dialogs.bulk import BulkDialog
from deskterm.console.dialogs.why import WhyDialog
from deskterm.console.drafts import Drafts
from deskterm.worktime import to_us
from tests.console.conftest import MakeApp
from tests.console.fake_desk import LONDON, NOW, FakeDesk
from tests.console.screens import line_with, settled, shown, until

WIDE = (120, 36)


async def test_a_step_without_a_form_acts_at_once_and_can_be_undone(
    app: DeskApp, desk: FakeDesk
) -> None:
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("a")
        await settled(pilot)
        assert desk.asked.steps == [("assign", 1042, {"agent": "me"})]
        assert "1042 is yours.  (u to undo)" in shown(pilot)
        await pilot.press("u")
        await settled(pilot)
        assert desk.asked.steps[-1] == ("undo", 1042, {"event_id": 101})


async def test_a_hold_asks_for_its_reason_what_is_awaited_and_when_to_chase(
    app: DeskApp, desk: FakeDesk
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("h")
        await until(pilot, "Hold · 1042 Internet down, whole site")
        await pilot.press("3", "enter", *"the new router", "enter", *"Mon 9:00", "enter")
        await settled(pilot)
        step, number, fields = desk.asked.steps[-1]
        assert (step, number) == ("hold", 1042)
        assert fields["reason"] == "awaiting_parts"
        assert fields["awaiting"] == "the new router"
        monday = NOW.replace(day=23, hour=9, minute=0)
        assert fields["chase_us"] == to_us(monday.astimezone(LONDON))
        assert "‖ 6h46" in shown(pilot)


async def test_the_same_key_lets_a_held_ticket_go_on(app: DeskApp, desk: FakeDesk) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.press("4")
        await settled(pilot)
        assert screen.table.number == 1031
        await pilot.press("h")
        await settled(pilot)
        assert desk.asked.steps == [("resume", 1031, {})]


async def test_a_form_says_what_is_missing_and_where(app: DeskApp, desk: FakeDesk) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("e")
        await until(pilot, "Escalate · 1042")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "Reason: this is needed." in shown(pilot)
        assert desk.asked.steps == []
        assert app.focused is not None and app.focused.id == "field-reason"


async def test_a_time_that_cannot_be_read_says_what_can(app: DeskApp, desk: FakeDesk) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("h")
        await until(pilot, "Hold · 1042")
        await pilot.press("tab", "tab", *"soonish", "ctrl+s")
        await settled(pilot)
        assert "“soonish” is no time I can read" in shown(pilot)
        assert desk.asked.steps == []


async def test_what_is_typed_survives_escape_and_is_offered_again(
    app: DeskApp, desk: FakeDesk, tmp_path: Path
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("o")
        await until(pilot, "Note · 1042")
        await pilot.press(*"Called the provider", "escape")
        await settled(pilot)
        kept = Drafts(tmp_path / "drafts" / "here").find("note-1042")
        assert kept == {"text": "Called the provider"}
        await pilot.press("o")
        await until(pilot, "Your draft from before is here again.")
        assert app.screen.query_one(TextArea).text == "Called the provider"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert desk.asked.steps == [("note", 1042, {"text": "Called the provider"})]
        await settled(pilot)
        assert Drafts(tmp_path / "drafts" / "here").keys() == ()


async def test_what_is_typed_survives_a_crash(app: DeskApp, tmp_path: Path) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("o")
        await until(pilot, "Note · 1042")
        await pilot.press(*"Half a sent")
        for _ in range(100):
            if Drafts(tmp_path / "drafts" / "here").find("note-1042"):
                break
            await pilot.pause(0.02)
        assert Drafts(tmp_path / "drafts" / "here").find("note-1042") == {"text": "Half a sent"}


async def test_what_the_desk_refuses_is_said_and_the_text_is_kept(
    app: DeskApp, desk: FakeDesk, tmp_path: Path
) -> None:
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("o")
        await until(pilot, "Note · 1042")
        desk.lost = "The database cannot be reached; nothing was written."
        await pilot.press(*"Do not lose me", "ctrl+s")
        await until(pilot, "The database cannot be reached; nothing was written.")
        await settled(pilot)
        assert Drafts(tmp_path / "drafts" / "here").find("note-1042") == {"text": "Do not lose me"}


async def test_a_confirmation_names_what_it_will_do(app: DeskApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("x")
        await until(pilot, "The customer is told that it is resolved.")
        assert "^s resolve" in shown(pilot)


async def test_a_resize_while_typing_keeps_the_text_and_the_focus(app: DeskApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("e")
        await until(pilot, "Escalate · 1042")
        await pilot.press(*"too lo")
        await pilot.resize_terminal(80, 24)
        await pilot.press(*"ng")
        await settled(pilot)
        assert app.screen.query_one("#field-reason", Input).value == "too long"


async def test_marked_tickets_are_previewed_and_done_together(app: DeskApp, desk: FakeDesk) -> None:
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        screen = await settled(pilot)
        desk.rows[1029] = desk.rows[1031]
        await pilot.press("space", "space", "h")
        await until(pilot, "Hold · 2 tickets")
        await pilot.press("2", "ctrl+s")
        await until(pilot, "2 will be changed")
        assert isinstance(app.screen, BulkDialog)
        assert desk.asked.steps == []
        assert "1042  Internet down" in line_with(pilot, "1042  ")
        assert "⏎ do it" in shown(pilot)
        await pilot.press("enter")
        await until(pilot, "Hold, 2 done: 1039, 1042.  (u to undo)")
        assert [(step, number) for step, number, _ in desk.asked.steps] == [
            ("hold", 1039),
            ("hold", 1042),
        ]
        assert screen.table.marks == set()


async def test_leaving_a_bulk_step_does_nothing_and_keeps_the_marks(
    app: DeskApp, desk: FakeDesk
) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.press("space", "space", "a")
        await until(pilot, "2 will be changed")
        await pilot.press("escape")
        await settled(pilot)
        assert desk.asked.steps == []
        assert screen.table.marks == {1042, 1039}
        await pilot.press("escape")
        assert screen.table.marks == set()


async def test_taking_the_next_ticket_nobody_has(app: DeskApp, desk: FakeDesk) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await settled(pilot)
        await pilot.press("G", "T")
        await settled(pilot)
        assert desk.asked.steps == [("assign", 1042, {"agent": "me"})]
        assert screen.table.number == 1042


async def test_every_step_can_be_chosen_and_one_that_cannot_be_taken_says_why(
    app: DeskApp, desk: FakeDesk
) -> None:
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("m")
        await until(pilot, "Reopen: It is not resolved.")
        await pilot.press("G", *["down"] * 12, "enter")
        await settled(pilot)
        assert desk.asked.steps == []
        assert "It is not resolved." in shown(pilot)


async def test_why_shows_the_sum_of_each_clock_and_copies_it(app: DeskApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("w")
        await until(pilot, "Answer by Mon 23 Nov 12:32")
        assert isinstance(app.screen, WhyDialog)
        await pilot.press("tab")
        await until(pilot, "Fix by Mon 23 Nov 12:32")
        await pilot.press("y")
        assert app.clipboard.startswith("Fix by Mon 23 Nov 12:32")
        await pilot.press("escape")
        await settled(pilot)
        assert not isinstance(app.screen, WhyDialog)


async def test_a_ticket_is_copied_as_one_line(app: DeskApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("y")
        assert app.clipboard == "1042 Internet down, whole site (Oakfield)"


async def test_read_only_says_why_nothing_can_be_changed(make_app: MakeApp, desk: FakeDesk) -> None:
    app = make_app(read_only=True)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settled(pilot)
        assert "read-only" in shown(pilot).split("\n")[0]
        await pilot.press("a")
        await settled(pilot)
        assert "open for reading only" in shown(pilot)
        assert desk.asked.steps == []


async def test_without_a_ticket_a_step_says_so(app: DeskApp, desk: FakeDesk) -> None:
    desk.rows.clear()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        assert "There is no ticket here to do this to." in shown(pilot)


async def test_the_palette_finds_steps_by_name(app: DeskApp, desk: FakeDesk) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        await pilot.pause(0.2)
        await pilot.press(*"assign")
        await until(pilot, "Assign to me")
        await pilot.press("enter")
        await settled(pilot)
        assert desk.asked.steps == [("assign", 1042, {"agent": "me"})]


async def test_the_theme_changes_on_a_key(app: DeskApp) -> None:
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+t")
        assert app.theme == "deskterm-light"
