"""What takes its time says so, is done once however often one presses, and can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from deskterm.console.dialogs.bulk import BulkDialog
from deskterm.console.screens import host
from deskterm.console.screens.queue import QueueScreen
from tests.console.real_desk import console_of, settled
from tests.console.screens import shown, until
from tests.desk.office import Office

WIDE = (120, 36)


Slow = Callable[[Any, str], Callable[[], None]]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """Makes one question to the desk wait until what it returns is called."""
    gates: list[threading.Event] = []

    def slowing(door: Any, name: str) -> Callable[[], None]:
        gate = threading.Event()
        gates.append(gate)
        kind = type(door)
        real = getattr(kind, name)

        def wait(*arguments: Any, **more: Any) -> Any:
            gate.wait(30)
            return real(*arguments, **more)

        def let_go() -> None:
            monkeypatch.setattr(kind, name, real)
            gate.set()

        monkeypatch.setattr(kind, name, wait)
        return let_go

    yield slowing
    for gate in gates:
        gate.set()


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def kinds(office: Office, number: int) -> list[str]:
    return [event.kind for event in office.sam.tickets.show(number).events]


@pytest.mark.parametrize(
    ("door", "name", "key", "said"),
    [
        ("tickets", "do", "a", "1: assign …"),
        ("tickets", "form", "r", "reading …"),
        ("tickets", "steps", "m", "reading …"),
        ("tickets", "show", "enter", "reading …"),
        ("queue", "page", "3", "reading the list …"),
    ],
)
async def test_what_is_under_way_is_said_until_it_is_there(
    office: Office, tmp_path: Path, slow: Slow, door: str, name: str, key: str, said: str
) -> None:
    office.new()
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        let_go = slow(getattr(office.sam, door), name)
        await pilot.press(key)
        await until(pilot, said)
        let_go()
        await until(pilot, said, gone=True)
        await settled(pilot)


async def test_what_is_quick_is_not_announced(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.new()
    monkeypatch.setattr(host, "SAID_AFTER", 60)
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("a")
        assert "assign …" not in shown(pilot)
        await settled(pilot)
        assert f"{number}: Assigned to Sam." in shown(pilot)


async def test_a_ticket_is_opened_once_however_often_the_key_is_pressed(
    office: Office, tmp_path: Path, slow: Slow
) -> None:
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "n", *"oak", "enter", *"jo", "enter", *"Once only")
        let_go = slow(office.sam.tickets, "new")
        await pilot.press("ctrl+s")
        await until(pilot, "opening the ticket …")
        await pilot.press("ctrl+s", "escape")
        let_go()
        await settled(pilot)
        assert isinstance(pilot.app.screen, QueueScreen)
    rows = office.sam.queue.page("breaking-next").rows
    assert [row.subject for row in rows] == ["Once only"]


async def test_one_step_is_taken_once_and_another_beside_it(
    office: Office, tmp_path: Path, slow: Slow
) -> None:
    number = office.new()
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        let_go = slow(office.sam.tickets, "do")
        await pilot.press("a", "a")
        await until(pilot, "1: assign …")
        let_go()
        await settled(pilot)
        assert "has it already" not in shown(pilot)
    assert kinds(office, number).count("assigned") == 1


async def test_several_are_noted_once_and_how_far_it_is_is_said(
    office: Office, tmp_path: Path, slow: Slow
) -> None:
    numbers = [office.new(f"T{at}") for at in range(2)]
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "space", "space", "o", *"note", "ctrl+s")
        let_go = slow(office.sam.tickets, "do")
        await pilot.press("enter")
        await until(pilot, "0 of 2 done")
        await pilot.press("enter", "enter")
        let_go()
        await settled(pilot)
    assert [kinds(office, number) for number in numbers] == [["opened", "noted"]] * 2


async def test_of_many_how_far_it_is_and_what_is_left_out_are_in_sight(
    office: Office, tmp_path: Path, slow: Slow
) -> None:
    numbers = [office.new(f"T{at}") for at in range(25)]
    office.do("assign", numbers[-1], agent="me")
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        screen = pilot.app.screen
        await settled(pilot)
        assert isinstance(screen, QueueScreen)
        screen.table.marks.update(numbers)
        await press(pilot, "a")
        assert "24 will be changed, 1 left as they are" in shown(pilot)
        (refused,) = [line for line in shown(pilot).splitlines() if "Sam has it" in line]
        assert " 25 " in refused, "those that are left out come first, by number"
        let_go = slow(office.sam.tickets, "do")
        await pilot.press("enter")
        await until(pilot, "0 of 25 done")
        let_go()
        await settled(pilot)


async def test_esc_stops_several_after_the_one_under_way_and_undo_takes_those_back(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [office.new(f"T{at}") for at in range(4)]
    kind, gate, second = type(office.sam.tickets), threading.Event(), threading.Event()
    real = kind.do

    def do(self: Any, step: str, number: int, *rest: Any) -> Any:
        if step == "hold" and number == numbers[1]:
            second.set()
            gate.wait(30)
        return real(self, step, number, *rest)

    monkeypatch.setattr(kind, "do", do)
    async with console_of(office.sam, tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, QueueScreen)
        await press(pilot, "space", "space", "space", "space", "h")
        await until(pilot, "Hold · 4 tickets")
        await press(pilot, "3", "ctrl+s")
        await until(pilot, "4 will be changed")
        await pilot.press("enter")
        await until(pilot, "1 of 4 done")
        assert second.is_set()
        await pilot.press("escape")
        await until(pilot, "Stopping after the ticket under way")
        assert isinstance(pilot.app.screen, BulkDialog)
        gate.set()
        await settled(pilot)
        said = " ".join(shown(pilot).split())
        assert "Hold, 2 done: 1, 2; 2 left as they were: 3, 4." in said
        assert screen.table.marks == set(numbers[2:])
        held = [office.row(number).status for number in numbers]
        assert held == ["held", "held", "new", "new"]
        await press(pilot, "u")
        assert "Taken back on 1, 2: hold." in shown(pilot)
    assert [office.row(number).status for number in numbers] == ["new"] * 4

