"""A term of visits every other week, planned by keyboard over a real SSH login at 80 by 24."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from deskterm.desk.agents import Login
from deskterm.desk.desk import Desk
from deskterm.desk.visits.model import VisitView
from deskterm.desk.visits.termdates import TermEntry
from tests.system.sshd import SSHD, Sshd, listening
from tests.system.terminal import COLUMNS, ROWS, Terminal

pytestmark = pytest.mark.system

NOW = "2026-11-20T09:00+00:00"
TERMS = (
    TermEntry("term", "Autumn term", date(2026, 9, 2), date(2026, 12, 18)),
    TermEntry("term", "Spring term", date(2027, 1, 4), date(2027, 3, 25)),
    TermEntry("day_off", "Spring half-term", date(2027, 2, 15), date(2027, 2, 19)),
)


@pytest.fixture
def sshd(tmp_path: Path) -> Iterator[Sshd]:
    """The system's own, where there is one."""
    if not SSHD.exists():
        said = f"{SSHD} is missing: install the package openssh-server"
        if os.environ.get("DESKTERM_SYSTEM") == "1":
            pytest.fail(said)
        pytest.skip(said)
    with listening(tmp_path / "ssh") as made:
        yield made


def desk_at(place: Path) -> Desk:
    now_us = int(datetime.fromisoformat(NOW).astimezone(UTC).timestamp()) * 1_000_000
    return Desk.open(place, clock=lambda: now_us, login=Login.current())


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A school that buys 23 visits, its term dates, and two engineers."""
    place = tmp_path / "desk.db"
    with desk_at(place) as desk:
        desk.init("Sam", "supervisor")
        desk.agents.add("Eli", "engineer")
        desk.agents.add("Kim", "engineer")
        desk.customers.add("Hill End", "concero", package="scheduled", visits=23)
        desk.visits.add_terms(TERMS)
    return place


@pytest.fixture
def terminal(sshd: Sshd, database: Path, tmp_path: Path) -> Iterator[Terminal]:
    """The console at the far end of a login, in an 80 by 24 terminal."""
    environment = {
        "DESKTERM_DATABASE": str(database),
        "DESKTERM_NOW": NOW,
        "TZ": "Europe/London",
        "LANG": "C.UTF-8",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        **{f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "STATE", "DATA")},
    }
    made = Terminal(sshd.login([sys.executable, "-m", "deskterm"], environment))
    yield made
    made.close()


def test_a_fortnightly_term_is_planned_over_ssh(terminal: Terminal, database: Path) -> None:
    terminal.wait_for("Sam")
    terminal.press("V")
    terminal.wait_for("Hill End")
    terminal.press("/")
    terminal.wait_for("Customer")
    terminal.press(*"hill")
    terminal.wait_for("1 Hill End")
    terminal.press("\r")
    terminal.wait_for("23 bought")
    terminal.press("]")
    terminal.wait_for("Tue 24")
    # From Friday's cell, where the week of today began, to Tuesday's.
    terminal.press("h", "h", "h")
    terminal.press("k")
    terminal.wait_for("AM Tue 24 Nov")
    terminal.press("s")
    preview = terminal.wait_for("7 will be booked")
    assert "(•) every fortnight" in preview
    assert "half-term" in preview
    terminal.press("\x13")
    planned = terminal.wait_for("7 booked")
    assert "16 to book" in planned
    assert "• Eli" in planned or "• Kim" in planned
    assert len(planned.splitlines()) == ROWS
    assert all(len(line) <= COLUMNS for line in planned.splitlines())
    terminal.press("]", "]")
    terminal.wait_for("Tue 8")
    terminal.press("\x11")
    assert terminal.ended()

    with desk_at(database) as desk:
        monday, visits = date(2026, 11, 23), list[VisitView]()
        for week in range(20):
            visits += desk.visits.week(monday + timedelta(weeks=week), customer="Hill End")
        days = [visit.day for visit in visits]
        (check,) = desk.visits.check("Hill End")
    assert {visit.stage for visit in visits} == {"booked"}
    assert {(visit.starts, visit.ends) for visit in visits} == {("08:30", "11:30")}
    assert len({visit.series for visit in visits}) == 1
    # Every other Tuesday in term: not in the Christmas holidays, not in half-term.
    expected = [date(2026, 11, 24) + timedelta(weeks=2 * n) for n in range(9)]
    terms = [each for each in TERMS if each.kind == "term"]
    off = [each for each in TERMS if each.kind == "day_off"]
    in_term = [day for day in expected if _among(terms, day) and not _among(off, day)]
    assert days == in_term
    assert (check.balance.booked, check.balance.owed) == (len(days), 23 - len(days))


def _among(entries: Sequence[TermEntry], day: date) -> bool:
    return any(entry.first <= day <= entry.last for entry in entries)
