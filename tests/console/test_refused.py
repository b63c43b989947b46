"""A form that is refused says why, whole and in sight, on the smallest screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from deskterm.console.dialogs.base import Dialog
from deskterm.console.widgets.lines import Prose
from deskterm.desk.desk import Desk
from tests.console.real_desk import console_of, settled
from tests.console.screens import shown
from tests.desk.office import TECHNICIAN, Clock, Office

_OAK = ("C", "slash", *"oak", "enter")
_DAY = "“tomorow” is no time I can read"

#: Keys to the form, what is typed into which of its fields, the beginning of what is said, and
#: the field that is to be mended.
REFUSED: dict[str, tuple[tuple[str, ...], dict[str, str], str, str]] = {
    "hold, what is awaited": (("h",), {}, "What is awaited", "field-awaiting"),
    "hold, chase it on": (
        ("h",), {"awaiting": "a date", "chase-us": "3 daz"}, "“3 daz” is no time", "field-chase-us",
    ),
    "escalate": (("e",), {}, "", ""),
    "resolve": (("x",), {}, "", ""),
    "contact": ((*_OAK, "c"), {}, "Name: this is needed.", "field-name"),
    "site": ((*_OAK, "s"), {}, "Name: this is needed.", "field-name"),
    "agreement": ((*_OAK, "p"), {"starts": "tomorow"}, _DAY, "field-starts"),
    "agreement, last day": ((*_OAK, "p"), {"ends": "tomorow"}, _DAY, "field-ends"),
    "hours": ((*_OAK, "v", "3", "enter"), {}, "", ""),
    "target": ((*_OAK, "v", "5", "enter"), {}, "", ""),
    "new customer": ((*_OAK, "a", "enter"), {}, "", ""),
}  # fmt: skip


@pytest.fixture
def office(office: Office) -> Office:
    office.do("respond", office.new("Internet down"), text="We are on it.")
    return office


@pytest.mark.parametrize("what", REFUSED)
async def test_why_is_read_whole_beside_what_is_to_be_mended(
    office: Office, tmp_path: Path, what: str
) -> None:
    keys, typed, said, field = REFUSED[what]
    app = console_of(office.sue, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        assert isinstance(app.screen, Dialog)
        for name, text in typed.items():
            app.screen.query_one(f"#field-{name}", Input).value = text
        await pilot.press("ctrl+s")
        await settled(pilot)
        window = app.screen
        assert isinstance(window, Dialog)
        error, box = window.query_one("#dialog-error", Prose), window.query_one("#dialog").region
        words = " ".join(span.text for line in error.content for span in line)
        assert words.startswith(said) and error.display
        lines = [line[box.x + 2 : box.right - 2] for line in shown(pilot).split("\n")]
        assert words in " ".join(" ".join(lines).split())
        focused = window.focused
        assert focused is not None and (not field or focused.id == field)
        body = window.query_one("#dialog-body").region
        assert body.overlaps(focused.region) and body.bottom <= error.region.y
        assert box.contains_region(error.region) and box.bottom <= 23


async def test_a_desk_is_not_begun_by_nobody(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "new.db", clock=Clock(), login=TECHNICIAN) as desk:
        app = console_of(desk, tmp_path)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await pilot.press("enter")
            await settled(pilot)
            app.screen.query_one("#field-name", Input).value = ""
            await pilot.press("ctrl+s")
            await settled(pilot)
            assert "Your name: this is needed." in shown(pilot)
            assert app.focused is not None and app.focused.id == "field-name"
