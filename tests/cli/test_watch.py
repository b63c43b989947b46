"""Watching: each danger is told once, when it begins."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

from deskterm.cli.watch import Watcher
from deskterm.desk.desk import Desk
from tests.cli.conftest import Deskterm

HOUR_US = 3_600_000_000
NINE_US = 1_795_165_200_000_000  # 2026-11-20T09:00Z


def opened(deskterm: Deskterm) -> str:
    new = ["ticket", "new", "--customer", "Oakfield", "--subject", "Down", "--priority", "urgent"]
    return deskterm(*new).out.strip()


def test_a_danger_is_told_once_and_again_only_when_it_comes_again(deskterm: Deskterm) -> None:
    opened(deskterm)
    with Desk.open(deskterm.database, clock=lambda: NINE_US) as desk:
        rows = desk.queue.page("breaking-next").rows
    watcher = Watcher()

    def told(after_hours: float) -> list[str]:
        now = NINE_US + int(after_hours * HOUR_US)
        return [f"{n.clock.name if n.clock else ''} {n.what}" for n in watcher.look(rows, now)]

    assert told(0) == []
    assert told(0.75) == ["first_response at risk"]
    assert told(0.8) == []
    assert told(1) == []
    assert told(1.01) == ["first_response overdue"]
    assert told(1.02) == []
    assert told(0.8) == ["first_response at risk"]


def test_once_says_how_things_stand(deskterm: Deskterm) -> None:
    number = opened(deskterm)
    assert deskterm("watch", "--once").out == ""
    deskterm.at("2026-11-20T10:14+00:00")
    said = deskterm("watch", "--once").out
    assert f"{number}  First response overdue, 14m00 late, was due today 10:00" in said
    shape = deskterm("watch", "--once", "--json").json
    assert (shape["what"], shape["clock"], shape["number"]) == (
        "overdue", "first_response", int(number),
    )  # fmt: skip


def test_a_hold_is_to_be_chased_when_its_date_comes(deskterm: Deskterm) -> None:
    number = opened(deskterm)
    deskterm(
        "ticket", "hold", number, "--reason", "awaiting_customer", "--awaiting", "photo",
        "--chase", "2026-11-20T12:00+00:00",
    )  # fmt: skip
    assert deskterm("watch", "--once").out == ""
    deskterm.at("2026-11-20T12:00+00:00")
    assert f"{number}  to be chased" in deskterm("watch", "--once").out


def test_watching_goes_on_and_hears_of_others_changes(deskterm: Deskterm) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "deskterm", "--database", str(deskterm.database), "watch"],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "DESKTERM_NOW": "2026-11-20T10:14Z"},
    ) as watching:  # fmt: skip
        assert watching.stdout is not None
        never = threading.Timer(60, watching.kill)
        never.start()
        opened(deskterm)
        line = watching.stdout.readline()
        never.cancel()
        watching.terminate()
    assert "First response overdue" in line
