"""From a key to its painted answer, on the large desk."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from itertools import takewhile

from deskterm.desk.desk import Desk
from deskterm.desk.filters import parse_filter
from tests.benchmarks._result import Result, large_desk
from tests.benchmarks._screen import Screen, Seen
from tests.benchmarks._terminal import Painted
from tests.benchmarks._timing import percentile

NEXT_ROWS = 40
SWITCHES = 20
WORDS = ("printer", "projector", "password", "internet", "account", "report")
#: A number at the beginning of a row of the list, with or without the cursor; not how many match.
ROW = re.compile(r"│▌? *(\d+) +(?!tickets?\b)\S")


def listed(lines: Sequence[str]) -> list[int]:
    """Numbers of the tickets in the list; below its frame comes the preview."""
    frame = takewhile(lambda line: "├─" not in line, lines)
    found = (ROW.search(line[22:]) for line in frame)
    return [int(match[1]) for match in found if match is not None]


def cursor_on(number: int) -> Seen:
    """The cursor stands on this ticket."""
    pattern = re.compile(rf"▌ *{number} ")
    return lambda lines: any(pattern.search(line[22:]) for line in lines)


def first_is(number: int) -> Seen:
    """The list begins with this ticket."""
    return lambda lines: listed(lines)[:1] == [number]


def only(numbers: Sequence[int]) -> Seen:
    """The list shows some of these tickets and no other."""
    wanted = set(numbers)
    return lambda lines: bool(shown := set(listed(lines))) and shown <= wanted


def filter_open(lines: Sequence[str]) -> bool:
    """The line to type a filter into is there."""
    return any(re.search(r"││ */ ", line) for line in lines)


def run() -> list[Result]:
    large = large_desk()
    with Desk.open(large) as desk:
        first = [row.number for row in desk.queue.page("breaking-next", limit=200).rows]
        other = desk.queue.page("unassigned", limit=1).rows[0].number
        found = {
            word: [
                row.number
                for row in desk.queue.page("breaking-next", parse_filter(word), limit=100_000).rows
            ]
            for word in WORDS
        }
    command = [sys.executable, "-m", "deskterm", "--database", str(large)]
    with Painted(command) as program:
        screen = Screen(program)
        program.until("Breaking next")
        screen.settle(1.5)
        rows = [screen.answer("j", cursor_on(number)) for number in first[1 : NEXT_ROWS + 1]]
        screen.answer("g", cursor_on(first[0]))
        screen.settle()
        views = []
        for _ in range(SWITCHES):
            views.append(screen.answer("3", first_is(other)))
            screen.settle()
            views.append(screen.answer("1", first_is(first[0])))
            screen.settle()
        words = []
        for word, numbers in found.items():
            screen.answer("/", filter_open)
            screen.settle()
            program.press("\x15")  # away with what was typed last time
            screen.settle()
            words.append(screen.answer(word, only(numbers)))
            screen.settle()
            screen.answer("\x1b", lambda lines: not filter_open(lines))
            screen.settle()
            screen.answer("g", cursor_on(first[0]))
            screen.settle()
    what = "key to painted answer on the large desk, p95: "
    return [
        Result(what + "next row", percentile(rows, 0.95) * 1000, "at most", 30, "ms"),
        Result(what + "view switch", percentile(views, 0.95) * 1000, "at most", 75, "ms"),
        Result(what + "one word typed", percentile(words, 0.95) * 1000, "at most", 90, "ms"),
    ]


