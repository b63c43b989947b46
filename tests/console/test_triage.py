"""Triage by keyboard, on every kind of matrix there is."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from deskterm.console.dialogs.triage import TriageDialog
from deskterm.console.widgets.lines import TextLines
from deskterm.console.widgets.triage_grid import TriageGrid
from tests.console.real_desk import console_of, settled
from tests.console.screens import shown, until
from tests.desk.office import Office


def said(dialog: TriageDialog, part: str) -> str:
    """The text of one part of the dialog, line by line."""
    lines = dialog.query_one(f"#triage-{part}", TextLines).content
    return "\n".join("".join(span.text for span in line) for line in lines)


def dialog_of(app: object) -> TriageDialog:
    screen = getattr(app, "screen", None)
    assert isinstance(screen, TriageDialog)
    return screen


async def test_a_priority_takes_four_keys_from_the_queue(office: Office, tmp_path: Path) -> None:
    number = office.new(customer="St Bede's")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("t")
        await settled(pilot)
        # Urgency is printed downwards: second row, second column.
        await pilot.press("2", "2", "enter")
        await settled(pilot)
    ticket = office.sam.tickets.show(number)
    assert (ticket.row.priority, ticket.impact, ticket.urgency) == ("P2", "high", "medium")


async def test_due_times_follow_the_cursor_before_anything_is_saved(
    office: Office, tmp_path: Path
) -> None:
    number = office.new(customer="St Bede's", impact="high", urgency="low")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("t")
        await settled(pilot)
        assert "by today 13:00  4 working hours" in said(dialog_of(app), "promises")
        await pilot.press("k")
        await settled(pilot)
        text = said(dialog_of(app), "promises")
        assert "Meaningful response by today 11:00  2 working hours   was by today 13:00" in text
        assert "Resolution by Tue 09:00  2 working days   was by Wed 09:00" in text
        words = said(dialog_of(app), "words")
        assert "urgency Medium: critical functions" in words
        assert "P2 (was P3): Significant degradation" in words
    assert office.sam.tickets.show(number).row.priority == "P3"


async def test_the_promised_times_are_those_the_desk_then_keeps(
    office: Office, tmp_path: Path
) -> None:
    number = office.new(customer="Oakfield Primary", impact="limited", urgency="some")
    sheet = office.sam.tickets.triage_sheet(number)
    for level in sheet.priorities:
        promised = {each.clock: each.due_us for each in sheet.promises[sheet.type, level.id]}
        office.do("triage", number, priority=level.id)
        kept = {cell.name: cell.due_us for cell in office.row(number).clocks}
        assert kept == promised


async def test_a_type_that_fixes_the_priority_shows_no_matrix(
    office: Office, tmp_path: Path
) -> None:
    number = office.new(customer="St Bede's")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("t")
        await settled(pilot)
        dialog = dialog_of(app)
        assert dialog.query_one("#triage-grid").display
        await pilot.press("y")
        await settled(pilot)
        assert not dialog.query_one("#triage-grid").display
        assert "always P5" in said(dialog, "words")
        await pilot.press("enter")
        await settled(pilot)
    row = office.row(number)
    assert row.type != "incident"
    assert row.priority == "P5"


async def test_a_list_of_levels_is_a_list_and_some_changes_want_a_reason(
    office: Office, tmp_path: Path
) -> None:
    number = office.new(customer="Marlow Academy", priority="moderate")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("t")
        await settled(pilot)
        await pilot.press("4", "enter")
        await settled(pilot)
        assert "wants a reason" in str(dialog_of(app).query_one("#dialog-error", TextLines).content)
        await pilot.press(*"staff away", "enter")
        await settled(pilot)
    assert office.row(number).priority == "minor"
    assert office.sam.tickets.show(number).events[-1].data["reason"] == "staff away"


async def test_work_that_is_not_covered_says_who_quotes_for_it(
    office: Office, tmp_path: Path
) -> None:
    number = office.new(customer="Brook Office")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("t")
        await settled(pilot)
        await pilot.press("c")
        await settled(pilot)
        await pilot.press("2", "enter")
        await settled(pilot)
        assert "a quote is needed from the Account Manager" in said(dialog_of(app), "words")
        await pilot.press("enter")
        await settled(pilot)
    assert office.sam.tickets.show(number).events[-1].data["quote"] == "Account Manager"


async def test_a_typed_reason_survives_esc(office: Office, tmp_path: Path) -> None:
    office.new(customer="Marlow Academy", priority="moderate")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("t")
        await settled(pilot)
        await pilot.press("4", "tab", *"half", "escape")
        await settled(pilot)
        await pilot.press("t")
        await settled(pilot)
        assert dialog_of(app).query_one("#triage-reason").value == "half"  # type: ignore[attr-defined]  # an Input


async def test_the_window_is_painted_once_it_has_its_size_or_says_that_it_reads(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.new(customer="St Bede's")
    kind, gate = type(office.sam.tickets), threading.Event()
    real = kind.triage_sheet

    def slow(*asked: Any) -> Any:
        gate.wait(30)
        return real(*asked)

    monkeypatch.setattr(kind, "triage_sheet", slow)
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("t")
        box = dialog_of(app).query_one("#dialog")
        assert "Reading the agreement" not in shown(pilot) or box.visible
        await until(pilot, "Reading the agreement")
        assert box.visible
        gate.set()
        await settled(pilot)
        assert "urgency" in shown(pilot)
        await pilot.press("escape", "t")
        assert "Reading the agreement" not in shown(pilot)
        await settled(pilot)
        assert dialog_of(app).query_one("#dialog").visible


async def test_arrows_move_the_cursor_of_the_list(office: Office, tmp_path: Path) -> None:
    for subject in ("one", "two", "three"):
        office.new(subject)
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        table = app.screen.query_one("TicketTable")
        first = table.number  # type: ignore[attr-defined]  # a TicketTable
        await pilot.press("down")
        assert table.number != first  # type: ignore[attr-defined]  # a TicketTable
        await pilot.press("up")
        assert table.number == first  # type: ignore[attr-defined]  # a TicketTable


@pytest.mark.parametrize("urgency", ["high", "medium", "low"])
async def test_every_definition_and_due_time_is_read_whole_on_the_smallest_terminal(
    office: Office, tmp_path: Path, urgency: str
) -> None:
    """Impero 5.4: the definitions of impact, urgency and priority, and what the choice promises."""
    number = office.new(customer="St Bede's", impact="severe", urgency="low")
    sheet = office.sam.tickets.triage_sheet(number)
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("t")
        await settled(pilot)
        for _ in range(["low", "medium", "high"].index(urgency)):
            await pilot.press("k")
        await settled(pilot)
        lines = [line[line.find("│") : line.rfind("│")] for line in shown(pilot).split("\n")]
        said_there = " ".join(" ".join(lines).replace("│", " ").split())
        level = next(each for each in sheet.priorities
                     if each.id == sheet.grid["severe", urgency])  # fmt: skip
        words = [value.words for value in sheet.urgency if value.id == urgency]
        words += [value.words for value in sheet.impact if value.id == "severe"]
        for text in (*words, level.words):
            assert " ".join(text.split()) in said_there
        assert "Resolution by" in said_there
        entry = app.screen.query_one("#triage-reason", Input)
        assert entry.display == (urgency != "low")
        assert not entry.display or entry.region.bottom <= 23, "in view without scrolling"


async def test_the_heads_of_the_columns_are_broken_and_never_cut(
    office: Office, tmp_path: Path
) -> None:
    """Concero prints four urgencies as "… functions", too long for a quarter of 80 columns."""
    office.new()
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("t")
        await settled(pilot)
        grid = app.screen.query_one(TriageGrid)
        text = "\n".join("".join(span.text for span in line) for line in grid.draw(74, 8))
        assert "…" not in text
        assert text.count("function") == 4
        assert grid.size.height == len(text.split("\n"))
