"""Hearing of changes: once each, and of a desk that is gone and back."""

from __future__ import annotations

from textual.message import Message

from deskterm.console.live import DeskBack, DeskChanged, DeskLost, Watcher
from deskterm.desk.errors import StoreLost


class Counter:
    """A desk's change counter that tests set."""

    def __init__(self) -> None:
        self.value = 7
        self.lost = False

    def __call__(self) -> int:
        if self.lost:
            raise StoreLost("The database cannot be reached.")
        return self.value


def test_only_a_change_is_told_and_only_once() -> None:
    counter, told = Counter(), list[Message]()
    watcher = Watcher(counter, told.append)
    watcher.look()
    watcher.look()
    assert told == []
    counter.value = 8
    watcher.look()
    watcher.look()
    assert [message.counter for message in told if isinstance(message, DeskChanged)] == [8]
    assert len(told) == 1


def test_a_lost_desk_is_told_once_and_its_coming_back_once() -> None:
    counter, told = Counter(), list[Message]()
    watcher = Watcher(counter, told.append)
    watcher.look()
    counter.lost = True
    watcher.look()
    watcher.look()
    assert [type(message) for message in told] == [DeskLost]
    counter.lost = False
    watcher.look()
    assert [type(message) for message in told] == [DeskLost, DeskBack]


def test_a_console_that_has_been_left_is_told_nothing() -> None:
    counter, told = Counter(), list[Message]()
    watcher = Watcher(counter, told.append)
    watcher.look()
    watcher.stop()
    counter.value = 9
    watcher.look()
    assert told == []


def test_a_desk_somebody_else_could_not_reach_is_told_to_be_back() -> None:
    posted: list[Message] = []
    watcher = Watcher(lambda: 1, posted.append)
    watcher.look()
    watcher.doubt()
    watcher.look()
    assert posted == [], "one answer is not enough"
    watcher.look()
    watcher.look()
    assert [type(message) for message in posted] == [DeskBack]
