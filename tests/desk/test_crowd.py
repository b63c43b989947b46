"""Many programs at one desk: nothing is lost, nobody waits in vain, and kill -9 loses no word."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from deskterm.desk import journal
from deskterm.desk.agents import write_agent
from deskterm.desk.replay import differences
from tests.desk.conftest import POSTGRESQL, copied
from tests.desk.office import Office, enter
from tests.desk.visits.servers import new_database

ROOT = Path(__file__).resolve().parents[2]
KINDS = {"assign": "assigned", "hold": "held", "resume": "resumed", "resolve": "resolved"}
_numbers = count()


class Crowd:
    """`size` agents, each in a process, with `tickets` tickets to do."""

    def __init__(self, place: str, logs: Path, *, size: int, tickets: int) -> None:
        self._place = place
        self._logs = logs
        module = sqlite3 if place.startswith("fallback:") else None
        self.office: Office = enter(place.removeprefix("fallback:"), module=module)
        desk = self.office.sam
        with desk.store.write() as tx:
            for number in range(size):
                write_agent(tx, f"Agent {number}", "technician", 1, 0, uid=5000 + number)
        for number in range(tickets):
            self.office.new(f"Ticket {number}")
        self._processes = [self._start(5000 + number) for number in range(size)]

    def _start(self, uid: int) -> subprocess.Popen[bytes]:
        log = self._logs / str(uid)
        log.touch()
        command = [sys.executable, "-m", "tests.desk.crowd", self._place, str(uid), str(log)]
        return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)

    def told(self) -> list[dict[str, Any]]:
        """What the desk has acknowledged, whole lines only."""
        lines = [
            line
            for log in self._logs.iterdir()
            for line in log.read_text(encoding="utf-8").splitlines(keepends=True)
        ]
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def kill_some(self, number: int, *, after: int) -> None:
        """kill -9 for that many, each at a moment of its own, once so many steps are done."""
        deadline = time.monotonic() + 120
        while len(self.told()) < after:
            assert time.monotonic() < deadline, "nobody is getting anywhere"
            time.sleep(0.01)
        for process in self._processes[:number]:
            process.send_signal(signal.SIGKILL)
            time.sleep(0.005)

    def finish(self) -> None:
        for process in self._processes:
            process.wait(timeout=600)

    def check(self, *, killed: int) -> None:
        told = self.told()
        assert [line for line in told if "error" in line] == []
        assert len([line for line in told if "finished" in line]) >= len(self._processes) - killed
        steps = [line for line in told if "step" in line]
        with self.office.sam.store.read() as tx:
            events = {
                row.id: (row.subject_id, row.kind, row.uid)
                for row in tx.rows(
                    "SELECT e.id, e.subject_id, e.kind, a.uid FROM event e"
                    " JOIN agent a ON a.id = e.agent_id"
                )
            }
            taken = tx.rows(
                "SELECT subject_id, count(*) AS times FROM event WHERE kind = 'assigned'"
                " GROUP BY subject_id HAVING count(*) > 1"
            )
        for line in steps:
            assert events[line["event"]] == (line["number"], KINDS[line["step"]], line["uid"])
        assert [tuple(row) for row in taken] == [], "two took the same ticket"
        verdict = journal.verify(self.office.sam.store)
        assert verdict.sound, verdict.sentence
        assert differences(self.office.sam) == []
        self.office.close()


def place_for(kind: str, request: pytest.FixtureRequest, furnished: Any, tmp_path: Path) -> str:
    if kind == "postgresql":
        socket_dir: str = request.getfixturevalue("postgres_socket")
        request.getfixturevalue("furnished_url")
        return new_database(socket_dir, f"crowd_{next(_numbers)}", like="furnished")
    return str(copied(furnished["sqlite"], tmp_path / "desk.db"))


@pytest.mark.parametrize("kind", ["sqlite", "fallback"])
def test_a_small_crowd_does_everything_once(
    kind: str, furnished: dict[str, Path], tmp_path: Path
) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    place = str(copied(furnished[kind], tmp_path / "desk.db"))
    if kind == "fallback":
        place = f"fallback:{place}"
    crowd = Crowd(place, logs, size=4, tickets=12)
    crowd.kill_some(1, after=6)
    crowd.finish()
    crowd.check(killed=1)


@pytest.mark.system
@pytest.mark.parametrize("kind", ["sqlite", POSTGRESQL])
def test_sixteen_at_one_desk_half_of_them_killed(
    kind: str, request: pytest.FixtureRequest, furnished: dict[str, Path], tmp_path: Path
) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    place = place_for(kind, request, furnished, tmp_path)
    crowd = Crowd(place, logs, size=16, tickets=160)
    crowd.kill_some(8, after=120)
    crowd.finish()
    crowd.check(killed=8)


@pytest.mark.system
@pytest.mark.parametrize("kind", ["sqlite", POSTGRESQL])
def test_sixteen_at_one_desk_finish_everything(
    kind: str, request: pytest.FixtureRequest, furnished: dict[str, Path], tmp_path: Path
) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    crowd = Crowd(place_for(kind, request, furnished, tmp_path), logs, size=16, tickets=100)
    crowd.finish()
    assert crowd.office.sam.queue.counts().open == 0
    crowd.check(killed=0)
