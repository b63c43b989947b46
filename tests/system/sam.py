"""Sam at the keyboard of a real terminal: what its list says, and how to move in it."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Set
from contextlib import suppress
from pathlib import Path
from typing import Final

from tests.system.tmux import Tmux

ENTER, TAB, ESC, DO_IT, QUIT, SUSPEND = "\r", "\t", "\x1b", "\x13", "\x11", "\x1a"
DOWN = "\x1b[B"
DETACH = "\x02d"
PROMPT: Final = "sam$ "

_PATIENCE: Final = 60
#: So long at most until a key that moves the cursor has done so.
_SHORT: Final = 10
_ANY: Final = frozenset(range(100))
#: A line of the list: cursor, mark, number, priority and the rest.
_ROW: Final = re.compile(r"^([▌ ])([• ])(\d+) +(\S+) +(.*)$")
_VIEW: Final = re.compile(r"‹  (\D+) (\d+)  ›")
_RC: Final = f"PS1='{PROMPT}'\ndeskterm() {{ {sys.executable} -m deskterm \"$@\"; }}\n"


def environment(home: Path) -> dict[str, str]:
    """Nothing of whoever runs the tests."""
    return {
        "DESKTERM_DATABASE": str(home / "desk.db"),
        "TZ": "Europe/London",
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        **{f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "STATE", "DATA")},
    }


class Row:
    """A line of the list."""

    def __init__(self, found: re.Match[str]) -> None:
        self.cursor = found[1] == "▌"
        self.marked = found[2] == "•"
        self.number = int(found[3])
        self.priority = found[4]
        self.rest = found[5]


def clear(text: str) -> bool:
    """Nothing is in front of the list."""
    return "╭" not in text and "┌" not in text


def rows(text: str) -> list[Row]:
    """The tickets on the screen, unless something is in front of them."""
    if not clear(text):
        return []
    return [Row(found) for line in text.splitlines() if (found := _ROW.match(line))]


def cursor(text: str) -> int | None:
    """The ticket under the cursor."""
    return next((row.number for row in rows(text) if row.cursor), None)


def on(numbers: Set[int]) -> Callable[[str], bool]:
    """The cursor is on one of these tickets."""
    return lambda text: cursor(text) in numbers


def other_than(before: str) -> Callable[[str], bool]:
    """The screen says something else."""
    return lambda text: text != before


def triaged(number: int) -> Callable[[str], bool]:
    """The list shows that ticket with a priority."""
    return lambda text: any(row.number == number and row.priority != "—" for row in rows(text))


def line_of(text: str, number: int) -> str | None:
    """What the list says of a ticket."""
    return next((row.rest for row in rows(text) if row.number == number), None)


class Sam:
    """At the keyboard of a terminal, looking at what it shows."""

    def __init__(self, home: Path) -> None:
        """At a shell whose `home` holds the desk."""
        self.home = home
        self.tmux = self._at_a_shell()
        self.terminal = self.tmux.attach()
        self._pictures = os.environ.get("DESKTERM_PICTURES")
        self._taken = 0

    def _at_a_shell(self) -> Tmux:
        (self.home / "rc").write_text(_RC)
        shell = ["bash", "--noprofile", "--rcfile", str(self.home / "rc"), "-i"]
        return Tmux(shell, environment(self.home))

    def sit_down_again(self) -> None:
        """After everything was lost: another terminal, another shell."""
        self.terminal.close()
        self.tmux = self._at_a_shell()
        self.terminal = self.tmux.attach()

    def leave(self) -> None:
        """Whatever became of it."""
        self.terminal.close()
        self.tmux.kill()

    # Looking ----------------------------------------------------------------------------------

    def see(self, said: str | Callable[[str], bool], **how: float) -> str:
        """Wait until the screen says so."""
        return self.terminal.wait_for(said, look=0.02, **how)

    def see_list(self, view: str, count: int) -> None:
        """Wait for a view with so many tickets, and nothing in front of it."""

        def shown(text: str) -> bool:
            found = _VIEW.search(text)
            return found is not None and found.groups() == (view, str(count)) and clear(text)

        self.see(shown)

    def see_window(self, *words: str) -> str:
        """Wait for a window with these words in its title."""

        def shown(text: str) -> bool:
            titles = [line for line in text.splitlines() if "╭─ " in line]
            return any(all(f" {word} " in title for word in words) for title in titles)

        return self.see(shown)

    def picture(self, name: str) -> None:
        """Keep what is on the screen, where pictures are wanted."""
        if self._pictures:
            self._taken += 1
            folder = Path(self._pictures)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{self._taken:02}-{name}.ans").write_text(self.tmux.screen(colours=True))

    # Typing -----------------------------------------------------------------------------------

    def type(self, *keys: str) -> None:
        """All at once, without looking."""
        self.terminal.type("".join(keys))

    def start(self, now: str) -> None:
        """Start the console from the shell, at that time."""
        self.see(PROMPT)
        self.type(f"DESKTERM_NOW={now} deskterm", ENTER)
        self.see(lambda text: bool(rows(text)))

    def to(self, number: int) -> None:
        """Put the cursor on a ticket of the list, which may still be changing its order."""
        until, from_top = time.monotonic() + 2 * _PATIENCE, False
        while time.monotonic() < until:
            numbers, at = self._list()
            if number in numbers:
                if self._moved(numbers.index(number) - at, {number}):
                    return
            elif not from_top:
                self.type("g")
                self.see(lambda text: bool(found := rows(text)) and found[0].cursor)
                from_top = True
            elif at + 1 < len(numbers):
                self._moved(len(numbers) - 1 - at, {numbers[-1]})
            else:
                # One line further at a time; where there is none it is looked for from the top.
                from_top = self._moved(1, _ANY - set(numbers))
        raise AssertionError(f"no {number} in the list:\n{self.terminal.text}")

    def _list(self) -> tuple[list[int], int]:
        """The tickets on the screen, and the place of the cursor among them."""
        shown = rows(self.see(lambda text: cursor(text) is not None))
        return [row.number for row in shown], [row.cursor for row in shown].index(True)

    def _moved(self, by: int, to: Set[int]) -> bool:
        """Move the cursor; whether it came to one of these tickets."""
        self.type(("j" if by > 0 else "k") * abs(by))
        try:
            self.see(on(to), patience=_SHORT)
        except AssertionError:
            return False
        return True

    def mark(self, wanted: list[int], count: int) -> None:
        """Mark the tickets `wanted` among the `count` of the list, and look whether they are."""
        for _ in range(6):
            with suppress(AssertionError):
                if self._marked(set(wanted), count) == 0:
                    return
        raise AssertionError(f"never marked as wanted:\n{self.terminal.text}")

    def _marked(self, wanted: set[int], count: int) -> int:
        """Go down the list once and put right what is marked; how much was to be put right."""
        self.type("g")
        text = self.see(lambda text: bool(found := rows(text)) and found[0].cursor, patience=_SHORT)
        done = changed = 0
        while done < count:
            page = rows(text)
            page = page[[row.cursor for row in page].index(True) :]
            wrong = [(row.number in wanted) != row.marked for row in page]
            self.type("".join(" " if each else "j" for each in wrong))
            done, changed = done + len(page), changed + sum(wrong)
            last = {page[-1].number}
            beyond = _ANY - {row.number for row in page}
            text = self.see(on(beyond if done < count else last), patience=_SHORT)
        return changed

    def step(self, key: str, number: int, *typed: str) -> None:
        """Take a step of a ticket that asks for something, and see what it makes of its line."""
        self.to(number)
        before = line_of(self.terminal.text, number)
        self.type(key)
        self.see_window(str(number))
        self.type(*typed)
        self.see(lambda text: clear(text) and line_of(text, number) != before)

    def bulk(self, count: int) -> None:
        """What will happen to the marked tickets is right: go on."""
        self.see_window(f"{count} tickets")
        self.see("✓")
        self.type(ENTER)
        self.see(lambda text: clear(text) and f"{count} done" in text)
