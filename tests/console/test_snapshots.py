"""What the queue and its windows look like, with clock, user, zone and cursor frozen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from deskterm.console.config import Settings
from tests.console.conftest import MakeApp
from tests.console.fake_desk import FakeDesk
from tests.console.screens import settled

Compare = Callable[..., bool]
WIDE, NARROW = (120, 36), (80, 24)


def after(*keys: str) -> Callable[[Pilot[None]], object]:
    """Wait, press `keys` one by one, wait."""

    async def run(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    return run


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["120x36", "80x24"])
@pytest.mark.parametrize(
    "keys",
    [(), ("slash", *"prin"), ("h",), ("w",), ("question_mark",), ("space", "space", "o", *"On it",
     "ctrl+s")],
    ids=["queue", "filter", "hold", "why", "help", "bulk"],
)  # fmt: skip
def test_the_queue_and_its_windows(
    snap_compare: Compare, make_app: MakeApp, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    assert snap_compare(make_app(), terminal_size=size, run_before=after(*keys))


def test_the_preview_on_a_narrow_terminal(snap_compare: Compare, make_app: MakeApp) -> None:
    assert snap_compare(make_app(), terminal_size=NARROW, run_before=after("j", "v"))


def test_the_light_theme(snap_compare: Compare, make_app: MakeApp) -> None:
    app = make_app(Settings(theme="light", marks="unicode"))
    assert snap_compare(app, terminal_size=WIDE, run_before=after("j", "space"))


def test_without_colours(
    snap_compare: Compare, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(make_app(), terminal_size=WIDE, run_before=after("j", "space"))


def test_sixteen_colours(
    snap_compare: Compare, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLORTERM")
    monkeypatch.setenv("TERM", "xterm")
    assert snap_compare(make_app(), terminal_size=WIDE, run_before=after("j", "space"))


def test_without_utf8(snap_compare: Compare, make_app: MakeApp) -> None:
    app = make_app(Settings(marks="ascii"))
    assert snap_compare(app, terminal_size=WIDE, run_before=after("j"))


def test_an_empty_desk(snap_compare: Compare, make_app: MakeApp, desk: FakeDesk) -> None:
    desk.rows.clear()
    assert snap_compare(make_app(), terminal_size=WIDE, run_before=after())
