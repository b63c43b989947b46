"""Where a list is longer than its window, the line that is selected is the one to be seen."""

from __future__ import annotations

import pytest

from deskterm.console.app import DeskApp
from deskterm.console.dialogs.choose import ChooseDialog
from deskterm.console.dialogs.step import StepDialog
from deskterm.console.widgets.lines import Choice
from deskterm.desk.model import StepField, StepForm
from tests.console.screens import settled, shown

MANY = tuple(Choice(f"v{n}", f"line {n:02}") for n in range(1, 31))


@pytest.mark.parametrize("downs", [0, 1, 3, 20, 29])
async def test_the_selected_line_is_in_view(app: DeskApp, downs: int) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(ChooseDialog("Thirty", MANY))
        await settled(pilot)
        await pilot.press(*["down"] * downs)
        await settled(pilot)
        assert f"line {downs + 1:02}" in shown(pilot)


async def test_a_list_below_another_is_followed_as_well(app: DeskApp) -> None:
    choices = tuple((each.value, each.text) for each in MANY)
    others = tuple((value, f"other {text}") for value, text in choices)
    fields = (
        StepField("what", "What", "choice", True, choices),
        StepField("whom", "Whom", "choice", True, others),
    )
    form = StepForm("plan", "Plan", fields, None)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(StepDialog(form, (1,)))
        await settled(pilot)
        await pilot.press("tab")
        await settled(pilot)
        assert "other line 01" in shown(pilot)
        await pilot.press(*["down"] * 11)
        await settled(pilot)
        assert "other line 12" in shown(pilot)
