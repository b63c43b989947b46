"""One key takes back the last thing done in this console, whatever it was and wherever one is."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from deskterm.console.screens.queue import QueueScreen
from tests.console.real_desk import console_of, settled
from tests.console.screens import shown, until
from tests.desk.office import Office

WIDE = (120, 36)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def agents(office: Office, numbers: list[int]) -> list[str | None]:
    return [office.row(number).agent for number in numbers]


def statuses(office: Office, numbers: list[int]) -> list[str]:
    return [office.row(number).status for number in numbers]


def at_ticket(pilot: Pilot[None]) -> int | None:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, QueueScreen)
    return screen.table.number


async def test_several_are_taken_back_together_and_then_what_was_done_before_them(
    office: Office, tmp_path: Path
) -> None:
    numbers = [office.new(f"T{at}") for at in range(4)]
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "a", "j", "space", "space", "h")
        await until(pilot, "Hold · 2 tickets")
        await press(pilot, "3", "ctrl+s")
        await until(pilot, "2 will be changed")
        await press(pilot, "enter")
        assert statuses(office, numbers) == ["open", "held", "held", "new"]
        assert "Hold, 2 done: 2, 3.  (u to undo)" in shown(pilot)
        await press(pilot, "u")
        assert statuses(office, numbers) == ["open", "new", "new", "new"]
        assert agents(office, numbers) == ["Sam", None, None, None]
        assert "Taken back on 2, 3: hold." in shown(pilot)
        await press(pilot, "u")
        assert agents(office, numbers) == [None] * 4
        assert "1: Taken back: assigned." in shown(pilot)
        await press(pilot, "u")
        assert "All that was done here is taken back" in shown(pilot)


async def test_it_names_the_ticket_though_the_cursor_is_on_another(
    office: Office, tmp_path: Path
) -> None:
    numbers = [office.new(f"T{at}") for at in range(3)]
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "a")
        assert "1: Assigned to Sam.  (u to undo)" in shown(pilot)
        await press(pilot, "j", "j")
        assert at_ticket(pilot) == numbers[2]
        await press(pilot, "u")
        assert "1: Taken back: assigned." in shown(pilot)
    assert agents(office, numbers) == [None] * 3


async def test_what_was_done_on_the_tickets_own_screen_is_newer(
    office: Office, tmp_path: Path
) -> None:
    numbers = [office.new(f"T{at}") for at in range(2)]
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "a", "j", "enter", "a", "escape")
        assert agents(office, numbers) == ["Sam", "Sam"]
        await press(pilot, "u")
    assert agents(office, numbers) == ["Sam", None]


async def test_a_warning_beside_it_leaves_no_older_hint(office: Office, tmp_path: Path) -> None:
    numbers = [office.new(f"T{at}") for at in range(2)]
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "a", "g", "space", "space", "a")
        await until(pilot, "1 will be changed, 1 left as they are")
        await press(pilot, "enter")
        said = shown(pilot)
        assert "1: Assigned to Sam." not in said and said.count("to undo") == 1
        await press(pilot, "u")
        assert agents(office, numbers) == ["Sam", None]


async def test_a_console_just_opened_takes_back_ones_last_step_on_the_ticket_here(
    office: Office, tmp_path: Path
) -> None:
    number = office.new()
    office.do("assign", number, agent="me")
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "u")
        assert f"{number}: Taken back: assigned." in shown(pilot)
    assert office.row(number).agent is None


async def test_what_somebody_did_since_stays(office: Office, tmp_path: Path) -> None:
    number = office.new()
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "a")
        office.sue.tickets.do("assign", number, {"agent": "Sue"})
        await press(pilot, "u")
    assert office.row(number).agent == "Sue"


async def test_what_cannot_be_taken_back_hides_what_was_done_before_it(
    office: Office, tmp_path: Path
) -> None:
    number = office.new()
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "a", "n", *"oak", "enter", *"jo", "enter", *"Wi-Fi", "ctrl+s")
        assert "to undo" not in shown(pilot)
        await press(pilot, "u")
        assert f"nothing takes it back: Ticket {number + 1} opened." in shown(pilot)
    assert office.row(number).agent == "Sam"


async def test_a_view_saved_under_a_used_name_and_one_forgotten_come_back(
    office: Office, tmp_path: Path
) -> None:
    office.new()
    views = office.sam.views
    views.save("Mine too", "p:low")
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "slash", *"p:urgent", "enter", "ctrl+s", *"Mine too", "ctrl+s")
        assert "Saved as “Mine too”, in place of what it showed before." in shown(pilot)
        assert [view.filter for view in views.list()] == ["p:urgent"]
        await press(pilot, "u")
        assert [view.filter for view in views.list()] == ["p:low"]
        await press(pilot, "escape")
        screen = pilot.app.screen
        assert isinstance(screen, QueueScreen)
        screen.go_to_view(next(view for view in screen.views if view.saved))
        await settled(pilot)
        screen.action_act("queue.forget-view")
        await settled(pilot)
        assert views.list() == ()
        assert "The view “Mine too” is forgotten.  (u to undo)" in shown(pilot)
        await press(pilot, "u")
        assert [view.filter for view in views.list()] == ["p:low"]
        assert any(view.saved for view in screen.views)
