"""From a key to its painted answer on every screen and window of the console, on the large desk."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from tests.benchmarks._result import Result, large_desk
from tests.benchmarks._screen import Screen, Seen
from tests.benchmarks._terminal import Painted
from tests.benchmarks._timing import percentile

ROUNDS: Final = 20
ESC, ENTER, RIGHT, LEFT, DOWN, UP = "\x1b", "\r", "\x1b[C", "\x1b[D", "\x1b[B", "\x1b[A"
MOVE, GO, WORD = "a move", "another screen or window", "one word typed"
#: How soon the answer is to be there, in milliseconds: as in the queue.
LIMITS: Final = {MOVE: 30.0, GO: 75.0, WORD: 90.0}


class Press(NamedTuple):
    """Keys, what they ask for, and what is on the screen once they are answered.

    `seen` and `gone` are patterns on all lines together; no `kind` is for a key that only leads on.
    """

    keys: str
    kind: str | None
    seen: str = ""
    gone: str | None = None

    def answered(self, lines: Sequence[str]) -> bool:
        """Whether the answer is there."""
        text = "\n".join(lines)
        if self.gone is not None and re.search(self.gone, text):
            return False
        return re.search(self.seen, text) is not None


#: Each a way there and back; the cursor of the queue stays on its first ticket.
WALKS: Final[dict[str, tuple[Press, ...]]] = {
    "ticket": (
        Press(ENTER, GO, r"What can be done"),
        Press("]", GO, r"─ 2 of \d"),
        Press("[", GO, r"─ 1 of \d"),
        Press(ESC, GO, r"Breaking next"),
    ),
    "triage": (
        Press("t", GO, r"Triage \d"),
        Press("3", None, r"urgency Time-critical"),
        Press(RIGHT, MOVE, r"impact Team:"),
        Press(LEFT, MOVE, r"impact One person:"),
        Press(ESC, GO, gone=r"Triage \d"),
    ),
    "why": (Press("w", GO, r"worked [\d:hms]+"), Press(ESC, GO, gone=r"─ Why ·")),
    "step": (Press("e", GO, r"─ Escalate"), Press(ESC, GO, gone=r"─ Escalate")),
    "new ticket": (
        Press("n", GO, r"what is wrong, in a few words"),
        Press("tannery", WORD, r"4 Tannery"),
        Press("\x15", None, gone=r"4 Tannery"),
        Press(ESC, GO, r"Breaking next"),
    ),
    "help": (Press("?", GO, r"Keys that work here"), Press(ESC, GO, gone=r"Keys that work here")),
    "palette": (
        Press("\x10", GO, r"Set impact, urgency or priority"),
        Press("theme", WORD, r"between the dark and the light"),
        Press(ESC, GO, gone=r"between the dark and the light"),
    ),
    "settings": (Press(",", GO, r"Settings"), Press(ESC, GO, gone=r"Settings")),
    "customers": (
        Press("C", GO, r"─ Customers ─"),
        Press(DOWN, MOVE, r"▌Al Noor Private"),
        Press(UP, MOVE, r"▌Al Noor Academy"),
        Press("/", None, r"to the list"),
        Press("bellwether", WORD, r"▌Bellwether"),
        Press("\x15", None, r"Al Noor Academy"),
        Press(ESC, None, r"find"),
        Press("g", None, r"▌Al Noor Academy"),
        Press("Q", GO, r"Breaking next"),
    ),
    "visits": (
        Press("V", GO, r"Visits of all customers"),
        Press(DOWN, MOVE, r"▌2 "),
        Press(UP, MOVE, r"▌1 "),
        Press(ENTER, GO, r"08:30–|Mon \d"),
        Press(RIGHT, MOVE),
        Press("]", GO),
        Press("[", GO),
        Press(ESC, GO, r"Visits of all customers"),
        Press("Q", GO, r"Breaking next"),
    ),
}


def run() -> list[Result]:
    command = [sys.executable, "-m", "deskterm", "--database", str(large_desk())]
    took: dict[tuple[str, str], list[float]] = defaultdict(list)
    # With settings and drafts of its own: what somebody typed on this desk is not its business.
    with TemporaryDirectory() as home, Painted(command, _at_home(home)) as program:
        screen = Screen(program)
        program.until("Breaking next")
        screen.settle(1.5)
        for name, walk in WALKS.items():
            for _ in range(ROUNDS):
                for press in walk:
                    before = screen.lines
                    seconds = screen.answer(press.keys, _answer(press, before))
                    if press.kind is not None:
                        took[name, press.kind].append(seconds)
                    screen.settle(0.15)
    return [_result(name, kind, seconds) for (name, kind), seconds in took.items()]


def _at_home(folder: str) -> dict[str, str]:
    return dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), folder)


def _answer(press: Press, before: Sequence[str]) -> Seen:
    if press.seen or press.gone is not None:
        return press.answered
    # What it will be depends on the desk: any other screen than before is an answer.
    return lambda lines: list(lines[1:-1]) != list(before[1:-1])


def _result(name: str, kind: str, seconds: Sequence[float]) -> Result:
    p95 = percentile(list(seconds), 0.95) * 1000
    what = f"key to painted answer, p95: {name}, {kind}"
    return Result(what, p95, "at most", LIMITS[kind], "ms", f"longest {max(seconds) * 1000:.0f} ms")
