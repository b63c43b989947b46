"""What leaves a desk can be played again anywhere, and gives the clocks the desk had."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from deskterm.cli.times import iso
from deskterm.desk.desk import Desk
from tests.cli.conftest import Deskterm

REAL = Path(__file__).parents[1] / "data" / "servicenow-incidents.csv"


@pytest.fixture(params=["real", "demo"])
def source(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def desk(bare: Deskterm, source: str) -> Deskterm:
    """The real incidents while the last of them are still open, or a desk made up on a Friday."""
    if source == "demo":
        bare("demo", "--tickets", "400", "--no-open")
        return bare
    bare.at("2016-03-08T15:00+00:00")
    bare("init", "--agent", "Sam", "--role", "supervisor")
    bare("import", "servicenow", str(REAL), "--customer", "Real Desk", "--policy", "impero",
         "--tz", "Europe/London")  # fmt: skip
    return bare


def promised(clock: dict[str, Any]) -> tuple[Any, ...]:
    """What is the contract of a clock: the time left only where it runs or is paused."""
    runs = clock["state"] in ("running", "paused")
    return clock["state"], clock.get("due"), clock.get("remaining_seconds") if runs else None


def played(desk: Deskterm, exported: str, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What `simulate -` makes of an export."""

    class Piped:
        buffer = io.BytesIO(exported.encode("ascii"))

    monkeypatch.setattr(sys, "stdin", Piped())
    return [json.loads(line) for line in desk("simulate", "-").out.splitlines()]


def utc(text: str | None) -> str | None:
    """The same instant as the clocks of UTC show it."""
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC).isoformat()


def test_an_export_played_again_has_the_clocks_it_was_exported_with(
    desk: Deskterm, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported = desk("export", "json").out
    lines = [json.loads(line) for line in exported.splitlines()]
    assert len(lines) == (445 if source == "real" else 400)
    again = played(desk, exported, monkeypatch)
    assert [{**line, "clocks": None} for line in again] == [
        {**line, "clocks": None} for line in lines
    ]
    states = set()
    for line, one in zip(lines, again, strict=True):
        assert line["clocks"].keys() == one["clocks"].keys()
        for name, clock in line["clocks"].items():
            assert promised(one["clocks"][name]) == promised(clock), (line["number"], name)
            states.add(clock["state"])
    assert {"met", "missed", "running", "paused", "overdue", "exempt"} <= states


def test_an_export_played_again_has_the_clocks_that_the_database_keeps(
    desk: Deskterm, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = {
        (line["number"], name): clock
        for line in played(desk, desk("export", "json").out, monkeypatch)
        for name, clock in line["clocks"].items()
    }
    with Desk.open(desk.database) as opened, opened.store.read() as tx:
        kept = tx.rows("SELECT number, name, phase, due_us, late_from_us, left_us FROM clock")
    assert {(row.number, row.name) for row in kept} == again.keys()
    for row in kept:
        clock = again[row.number, row.name]
        state = "running" if clock["state"] == "overdue" else clock["state"]
        assert row.phase == state
        kept_at = tuple(iso(us) for us in (row.due_us, row.late_from_us))
        assert kept_at == (utc(clock.get("due")), utc(clock.get("late_from"))), clock
        if row.phase == "paused":
            assert row.left_us == round(clock["remaining_seconds"] * 1_000_000)
