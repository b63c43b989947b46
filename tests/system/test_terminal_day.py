"""A working day in a real terminal: forty tickets, by keyboard alone, at 80 by 24.

The same day as Sam has in `tests.console.test_working_day`, with what happens to terminals: one
is closed in the middle of a sentence, one grows and shrinks while it is typed into, the console is
put behind the shell and back, and the session is left and found again.

With ``DESKTERM_PICTURES=FOLDER`` the screens of the day are kept there as they were sent, for
``cat`` or a terminal's own viewer.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from deskterm.desk.agents import Login
from deskterm.desk.desk import Desk
from deskterm.desk.instants import to_us
from deskterm.desk.model import NewTicket
from tests.console.real_desk import complaint
from tests.system.sam import (
    DETACH,
    DO_IT,
    DOWN,
    ENTER,
    PROMPT,
    QUIT,
    SUSPEND,
    TAB,
    Sam,
    clear,
    cursor,
    environment,
    line_of,
    other_than,
    triaged,
)
from tests.system.terminal import COLUMNS, ROWS
from tests.system.tmux import TMUX

pytestmark = pytest.mark.system

NINE, ELEVEN = "2026-11-20T09:00+00:00", "2026-11-20T11:01+00:00"
OAKFIELD, BROOK = "Oakfield Primary", "Brook Office"
LARGE = (120, 36)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Sam's desk: two customers, thirty-nine tickets and whoever brings the fortieth."""
    if TMUX is None:
        said = "tmux is missing: install the package tmux"
        if os.environ.get("DESKTERM_SYSTEM") == "1":
            pytest.fail(said)
        pytest.skip(said)
    now_us = to_us(datetime.fromisoformat(NINE))
    with Desk.open(tmp_path / "desk.db", clock=lambda: now_us, login=Login.current()) as desk:
        desk.init("Sam", "technician")
        desk.customers.add(OAKFIELD, "concero", package="full-managed")
        desk.customers.add(BROOK, "azzure")
        for n in range(39):
            desk.tickets.new(NewTicket(customer=(OAKFIELD, BROOK)[n % 2], subject=complaint(n + 1)))
    return tmp_path


@pytest.fixture
def sam(home: Path) -> Iterator[Sam]:
    """At a shell, with the program not started yet."""
    made = Sam(home)
    yield made
    made.leave()


def test_forty_tickets_in_a_real_terminal(sam: Sam, home: Path) -> None:
    terminal = sam.terminal
    numbers = list(range(1, 41))

    # Nine o'clock, the phone rings, and in the middle of the sentence the terminal is gone.
    sam.start(NINE)
    sam.see_list("Breaking next", 39)
    sam.picture("nine-o-clock")
    _a_draft_is_lost_with_its_terminal(sam)
    sam.sit_down_again()
    terminal = sam.terminal
    sam.start(NINE)
    sam.type("n")
    again = sam.see("Your draft from before is here again")
    assert BROOK in again
    assert complaint(40) in again
    sam.picture("the-draft-again")
    sam.type(DO_IT)
    sam.see_list("Breaking next", 40)

    # Take everything nobody has, the first one by one, the rest at once.
    for taken in range(1, 6):
        sam.type("T")
        sam.see(f"Mine {taken} ")
    sam.type("3")
    sam.see_list("Unassigned", 35)
    sam.mark(numbers, 35)
    sam.picture("marked")
    sam.type("a")
    sam.see("✓")
    sam.picture("taking-the-rest")
    sam.bulk(35)
    sam.type("2")
    sam.see_list("Mine", 40)

    # Triage: two keys in the grid each; what is alike gets its priority at once.
    for number in numbers[:12]:
        sam.to(number)
        sam.type("t")
        sam.see_window("Triage", str(number))
        if number == 1:
            sam.see("today")
            sam.picture("triage")
        sam.type("2", "2", ENTER)
        sam.see(triaged(number))

    # Behind the shell and back.
    sam.type(SUSPEND)
    sam.see(PROMPT)
    sam.picture("behind-the-shell")
    sam.type("fg", ENTER)
    sam.see_list("Mine", 40)

    for alike, choice in (
        ([n for n in numbers[12:] if n % 2], "3"),
        ([n for n in numbers[12:] if not n % 2], "2"),
    ):
        sam.mark(alike, 40)
        sam.type("t")
        sam.see_window("Triage", "14 tickets")
        sam.see("Priority")
        sam.picture("triage-of-many")
        sam.type(TAB, choice, DO_IT)
        sam.bulk(14)

    # Answer: four by hand, one of them while the window grows and shrinks, the rest with one text.
    for number in (1, 2, 4):
        sam.step("r", number, f"On it, {number}", DO_IT)
    _typed_while_the_window_changes(sam, 3)
    sam.mark(numbers[4:], 40)
    sam.type("r")
    sam.see_window("36 tickets")
    sam.type("We have it and are on it", DO_IT)
    sam.bulk(36)
    sam.picture("answered")

    # Hold three for the customer, to be chased at eleven; then the session is left for a while.
    for number in (1, 2, 3):
        sam.step("h", number, ENTER, "the serial number", TAB, "11:00", DO_IT)
    sam.type(DETACH)
    assert terminal.ended()
    terminal = sam.terminal = sam.tmux.attach()
    sam.see(lambda text: cursor(text) == 3 and "3 on hold" in text)
    sam.type(QUIT)

    # Eleven o'clock: chase all three; two have an answer and go on.
    sam.start(ELEVEN)
    sam.type("4")
    sam.see_list("On hold", 3)
    sam.picture("to-be-chased")
    for number in (1, 2, 3):
        sam.to(number)
        sam.type("p")
        sam.see_window("Update", str(number))
        sam.type("May we have the serial number", DO_IT)
        sam.see(clear)
    for left, number in ((2, 1), (1, 2)):
        sam.step("h", number, DO_IT)
        sam.see_list("On hold", left)

    # Reported twice: 13 and 33 are the same, as are 14 and 34.
    sam.type("2")
    sam.see_list("Mine", 40)
    for left, number, into in ((39, 33, 13), (38, 34, 14)):
        sam.to(number)
        sam.type("m")
        sam.see_window("Ticket", str(number))
        if number == 33:
            sam.picture("more-steps")
        _choose(sam, "Merge")
        sam.see_window("Merge")
        sam.type(str(into), DO_IT)
        sam.see_list("Mine", left)

    # Resolved: five by hand, the others of the afternoon at once; one by mistake.
    for number in range(5, 10):
        sam.step("x", number, "Restarted it", DO_IT)
        sam.see_list("Mine", 38 - (number - 4))
    sam.type("u")
    sam.see_list("Mine", 34)
    rest = [*range(10, 33), *range(35, 41)]
    sam.mark(rest, 34)
    sam.type("x")
    sam.see_window("29 tickets")
    sam.type("Fixed in one go", DO_IT)
    sam.bulk(29)
    sam.see_list("Mine", 5)
    sam.picture("evening")
    # What the terminal shows is what tmux sent to it.
    assert _lines(sam.terminal.text) == _lines(sam.tmux.screen())

    sam.type(QUIT)
    sam.see(PROMPT)
    sam.type("exit", ENTER)
    assert terminal.ended()
    _everything_is_accounted_for(home)


def _a_draft_is_lost_with_its_terminal(sam: Sam) -> None:
    sam.type("n")
    sam.see("begin to type its name")
    sam.type("brook")
    sam.see("1 Brook Office")
    sam.type(ENTER)
    sam.see("Type")
    sam.type(TAB, complaint(40))
    sam.see(complaint(40))
    sam.picture("a-new-ticket")
    _kept(sam, complaint(40))
    sam.tmux.kill()
    assert sam.terminal.ended()


def _kept(sam: Sam, text: str) -> None:
    """Wait until the draft on disk says so: half a second after the last key it does."""

    def written(_: str) -> bool:
        drafts = (sam.home / "state").rglob("new-ticket.json")
        return any(text in draft.read_text() for draft in drafts)

    sam.see(written)


def _typed_while_the_window_changes(sam: Sam, number: int) -> None:
    sam.to(number)
    before = line_of(sam.terminal.text, number)
    sam.type("r")
    sam.see_window("Respond", str(number))
    sam.type("On it, ")
    sam.terminal.resize(*LARGE)
    sam.type("and somebody ")
    sam.see(lambda text: "On it, and somebody" in text and "Views" in text)
    sam.picture("typing-in-a-large-window")
    sam.type("will ")
    sam.terminal.resize(COLUMNS, ROWS)
    sam.type("be there at ten")
    sam.see(lambda text: "be there at ten" in text and "Views" not in text)
    sam.picture("typing-in-a-small-window")
    sam.type(DO_IT)
    sam.see(lambda text: clear(text) and line_of(text, number) != before)


def _choose(sam: Sam, label: str) -> None:
    """Go down a window's list to `label` and take it."""
    here = re.compile(rf"▌\d? +{label}\b")
    for _ in range(30):
        text = sam.terminal.text
        if here.search(text):
            sam.type(ENTER)
            return
        sam.type(DOWN)
        sam.see(other_than(text))
    raise AssertionError(f"no {label}:\n{sam.terminal.text}")


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


def _everything_is_accounted_for(home: Path) -> None:
    def ask(*arguments: str) -> Any:
        said = subprocess.run(
            [sys.executable, "-m", "deskterm", *arguments, "--json"],
            env={**environment(home), "DESKTERM_NOW": ELEVEN}, check=True, capture_output=True,
        )  # fmt: skip
        return json.loads(said.stdout)

    listed = ask("ticket", "list", "--all", "--limit", "100")
    told = {ticket["number"]: ticket for ticket in listed}
    assert sorted(told) == list(range(1, 41))
    assert {ticket["subject"] for ticket in listed} == {complaint(n) for n in range(1, 41)}
    status = Counter(ticket["status"] for ticket in listed)
    assert status == {"resolved": 33, "closed": 2, "held": 1, "open": 4}
    assert {n for n in told if told[n]["agent"] != "Sam" or told[n]["priority"] is None} == set()
    answered = [n for n in told if told[n]["clocks"]["first_response"]["state"] == "met"]
    assert len(answered) == 40

    def history(number: int) -> dict[str, Any]:
        events = ask("ticket", "show", str(number))["events"]
        return {event["event"]: event for event in events}

    third = history(3)
    assert third["responded"]["text"] == "On it, and somebody will be there at ten"
    assert third["held"]["awaiting"] == "the serial number"
    assert third["updated"]["text"] == "May we have the serial number"
    assert "resumed" in history(1)
    ninth = history(9)
    assert ninth["undone"]["undoes"] == ninth["resolved"]["id"]
    assert (told[33]["status"], told[34]["status"]) == ("closed", "closed")
    assert history(33)["merged"]["into"] == 13
    assert not list((home / "state").rglob("drafts/**/*.json")), "nothing half written is left"
