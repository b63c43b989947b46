"""A console on a desk in memory, everything frozen: clock, user, zone, cursor, terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from textual.pilot import Pilot

from deskterm.console.app import DeskApp
from deskterm.console.config import Settings
from deskterm.console.screens import host
from deskterm.paths import paths_under
from tests.console.contrast import unreadable_in_both_themes
from tests.console.fake_desk import FakeClock, FakeDesk, local
from tests.console.real_desk import office_in
from tests.desk.office import Office

#: The usual terminal; the other pictures are of the smallest one.
WIDE = (120, 36)

MakeApp = Callable[..., DeskApp]


@pytest.fixture(autouse=True)
def _a_terminal_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "LC_ALL", "LC_CTYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def snap_compare(
    snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., bool]:
    """Pictures are of what has been read, not of how long a busy machine took to read it.

    Whatever has a picture can be read, in both themes.
    """
    monkeypatch.setattr(host, "SAID_AFTER", 600)
    monkeypatch.setattr(host, "_PATIENCE_SECONDS", 600)

    def compare(app: DeskApp, **more: Any) -> bool:
        lead, size = more.pop("run_before", None), more.get("terminal_size")

        async def run(pilot: Pilot[None]) -> None:
            if lead is not None:
                await lead(pilot)
            if size == WIDE:
                found = await unreadable_in_both_themes(pilot)
                assert found == [], found

        return snap_compare(app, run_before=run, **more)

    return compare


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A small office on a desk of the test's own; files that want more there add it to this."""
    made = office_in(tmp_path)
    yield made
    made.close()


@pytest.fixture
def clock() -> FakeClock:
    """Friday 20 November 2026, 14:16 in London, until a test moves it."""
    return FakeClock()


@pytest.fixture
def desk(clock: FakeClock) -> FakeDesk:
    """Some thirty tickets in every state."""
    return FakeDesk(clock=clock)


@pytest.fixture
def make_app(desk: FakeDesk, tmp_path: Path) -> MakeApp:
    """The console on `desk`; it only looks for changes where a test asks it to."""

    def make(settings: Settings | None = None, **options: Any) -> DeskApp:
        options.setdefault("watch", False)
        chosen = settings or Settings(marks="unicode")
        # It keeps those promises of the door that the screens under test rely on.
        return DeskApp(
            cast(Any, desk),
            paths_under(tmp_path),
            chosen,
            local=local,
            **options,
        )

    return make


@pytest.fixture
def app(make_app: MakeApp) -> DeskApp:
    """The console with default settings."""
    return make_app()
