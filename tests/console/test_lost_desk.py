"""A desk that cannot be reached loses nothing that is typed, and whatever waited for it goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from deskterm.console.app import DeskApp
from deskterm.console.dialogs.step import StepDialog
from deskterm.console.dialogs.triage import TriageDialog
from deskterm.console.live import DeskBack
from deskterm.console.screens import host
from deskterm.desk.errors import StoreLost
from tests.console.real_desk import console_of, settled
from tests.console.screens import shown, until
from tests.desk.office import Office

WIDE = (120, 36)
LOST = "The desk cannot be reached (unplugged)."


@pytest.fixture
def lose(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], Callable[[], None]]:
    """Makes one question to the desk fail until what it returns is called."""

    def losing(door: Any, name: str) -> Callable[[], None]:
        kind = type(door)
        was = getattr(kind, name)

        def lost(*_: Any, **__: Any) -> None:
            raise StoreLost(LOST)

        monkeypatch.setattr(kind, name, lost)
        return lambda: monkeypatch.setattr(kind, name, was)

    return losing


Lose = Callable[[Any, str], Callable[[], None]]


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def top(pilot: Pilot[None]) -> str:
    """What has the keys."""
    return type(pilot.app.screen).__name__


async def back(pilot: Pilot[None]) -> None:
    assert isinstance(pilot.app, DeskApp)
    pilot.app.post_message(DeskBack())
    await settled(pilot)


def written(office: Office, number: int) -> Any:
    """What the last event of a ticket holds."""
    return office.sam.tickets.show(number).events[-1].data


def said(pilot: Pilot[None]) -> str:
    """The screen as running text, without the edges of windows."""
    return " ".join("".join(" " if c in "│╭╮╰╯─▎▊▔▁▉▐▌" else c for c in shown(pilot)).split())


async def test_what_is_typed_for_a_form_that_cannot_open_goes_into_it_later(
    office: Office, tmp_path: Path, lose: Lose
) -> None:
    number = office.new()
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        there_again = lose(office.sam.tickets, "form")
        await pilot.press("r", *"area 51")
        await settled(pilot)
        assert top(pilot) == "WaitingDialog"
        assert LOST in said(pilot)
        assert office.row(number).agent is None, "no letter was a step"
        await press(pilot, *" again")
        there_again()
        await back(pilot)
        assert top(pilot) == "StepDialog"
        area = app.screen.query_one(TextArea)
        assert area.text == "area 51 again"
        assert app.focused is area
        await press(pilot, "ctrl+s")
    assert written(office, number)["text"] == "area 51 again"
    assert app.drafts.find(f"respond-{number}") == {}


async def test_leaving_such_a_form_keeps_what_was_typed(
    office: Office, tmp_path: Path, lose: Lose
) -> None:
    office.new()
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        there_again = lose(office.sam.tickets, "form")
        await press(pilot, "r", *"half", "escape")
        assert top(pilot) == "QueueScreen"
        there_again()
        await press(pilot, "r")
        assert app.screen.query_one(TextArea).text == "half"


async def test_a_form_sent_to_a_lost_desk_stays_and_is_sent_again(
    office: Office, tmp_path: Path, lose: Lose
) -> None:
    number = office.new()
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "r", *"a long answer")
        there_again = lose(office.sam.tickets, "do")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, StepDialog)
        assert app.screen.query_one(TextArea).text == "a long answer"
        assert f"{LOST} Nothing was written; it stays here, ^s tries again." in said(pilot)
        await press(pilot, "ctrl+s")
        assert app.screen.query_one(TextArea).text == "a long answer", "still lost, still here"
        there_again()
        await back(pilot)
        assert "The database is back: ^s respond" in said(pilot)
        assert "cannot be reached" not in said(pilot).partition("database is back")[0]
        await press(pilot, "ctrl+s")
        assert top(pilot) == "QueueScreen"
    assert written(office, number)["text"] == "a long answer"


async def test_choices_alone_are_kept_as_well(office: Office, tmp_path: Path, lose: Lose) -> None:
    number = office.new()
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "h", "down", "down")
        there_again = lose(office.sam.tickets, "do")
        assert isinstance(app.screen, StepDialog)
        wanted = app.screen._typed()["reason"]
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, StepDialog)
        assert app.screen._typed()["reason"] == wanted
        await press(pilot, "escape")
        there_again()
        await back(pilot)
        await press(pilot, "h", "ctrl+s")
    row = office.row(number)
    assert (row.status, row.hold_reason) == ("held", wanted)


async def test_triage_waits_for_the_agreement_and_keeps_what_was_chosen(
    office: Office, tmp_path: Path, lose: Lose
) -> None:
    number = office.new(customer="St Bede's")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        there_again = lose(office.sam.tickets, "triage_sheet")
        await press(pilot, "t")
        assert isinstance(app.screen, TriageDialog)
        assert f"{LOST} It is read as soon as the desk answers" in said(pilot)
        there_again()
        await back(pilot)
        assert "urgency" in said(pilot)
        await press(pilot, "home", "up", "up", "up")
        level = app.screen._priority()
        there_again = lose(office.sam.tickets, "do")
        await press(pilot, "enter")
        assert isinstance(app.screen, TriageDialog)
        assert app.screen._priority() == level
        assert LOST in said(pilot)
        there_again()
        await back(pilot)
        assert "The database is back: ^s sets it." in said(pilot)
        await press(pilot, "enter")
        assert top(pilot) == "QueueScreen"
    assert office.row(number).priority == level


@pytest.mark.parametrize(
    ("key", "asked", "words"), [("w", "explain", "worked"), ("f", "triage_sheet", "if held now")]
)
async def test_what_is_only_read_is_read_when_the_desk_is_back(
    office: Office, tmp_path: Path, lose: Lose, key: str, asked: str, words: str
) -> None:
    office.new()
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        there_again = lose(office.sam.tickets, asked)
        await press(pilot, key)
        assert f"{LOST} It is read as soon as the desk answers" in said(pilot)
        there_again()
        await back(pilot)
        assert words in said(pilot)
        assert "cannot be reached" not in said(pilot).partition(words)[0]


async def test_a_new_ticket_stays_and_is_opened_by_the_second_try(
    office: Office, tmp_path: Path, lose: Lose
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "n", *"oak", "enter", *"jo", "enter", *"Wi-Fi")
        there_again = lose(office.sam.tickets, "new")
        await press(pilot, "ctrl+s")
        assert top(pilot) == "NewTicketScreen"
        assert app.screen.query_one("#new-subject", Input).value == "Wi-Fi"
        assert f"{LOST} It stays here; ^s tries again." in said(pilot)
        assert app.drafts.find("new-ticket")["subject"] == "Wi-Fi"
        there_again()
        await back(pilot)
        assert "tries again" not in said(pilot)
        assert "The database is back: ^s opens the ticket." in said(pilot)
        await press(pilot, "ctrl+s")
        assert top(pilot) == "QueueScreen"
    assert office.row(1).subject == "Wi-Fi"
    assert app.drafts.find("new-ticket") == {}


async def test_a_customer_typed_while_lost_is_found_when_the_desk_is_back(
    office: Office, tmp_path: Path, lose: Lose
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        there_again = lose(office.sam.customers, "find")
        await press(pilot, "n", *"oak")
        there_again()
        await back(pilot)
        assert "Oakfield Primary" in said(pilot)


async def test_a_step_on_several_tickets_stays_and_goes_on(
    office: Office, tmp_path: Path, lose: Lose
) -> None:
    numbers = [office.new(f"T{at}") for at in range(2)]
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        previews = lose(office.sam.tickets, "preview")
        await press(pilot, "space", "space", "o", *"for both", "ctrl+s")
        assert f"{LOST} It is read as soon as" in said(pilot)
        previews()
        await back(pilot)
        assert "2 will be changed" in said(pilot)
        there_again = lose(office.sam.tickets, "bulk")
        await press(pilot, "enter")
        assert top(pilot) == "BulkDialog"
        assert LOST in said(pilot)
        assert "tries again." in said(pilot)
        there_again()
        await back(pilot)
        assert "tries again." in said(pilot).partition("The database is back: ")[2]
        await press(pilot, "enter")
        assert top(pilot) == "QueueScreen"
    for number in numbers:
        assert written(office, number)["text"] == "for both"


async def test_a_key_that_acts_at_once_says_every_time_that_nothing_was_written(
    office: Office, tmp_path: Path, lose: Lose
) -> None:
    office.new()
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        lose(office.sam.tickets, "do")
        await press(pilot, "a")
        assert LOST in said(pilot)
        for notice in app._notices.on(app.screen):
            app.unsay(notice)
        await press(pilot, "a")
        assert LOST in said(pilot)


async def test_a_desk_that_takes_its_time_takes_no_key_for_a_step(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.new()
    app = console_of(office.sam, tmp_path)
    kind = type(office.sam.tickets)
    form, go_on = kind.form, threading.Event()

    def slow(*arguments: Any) -> Any:
        go_on.wait(10)
        return form(*arguments)

    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        monkeypatch.setattr(kind, "form", slow)
        monkeypatch.setattr(host, "_PATIENCE_SECONDS", 0.01)
        await pilot.press("r")
        await until(pilot, "The desk takes its time")
        await pilot.press(*"area")
        go_on.set()
        await settled(pilot)
        assert isinstance(app.screen, StepDialog)
        assert app.screen.query_one(TextArea).text == "area"
    assert office.row(number).agent is None
