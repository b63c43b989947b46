"""What is to be known on whatever screen one is: counts, what becomes late, what comes in.

The desk is asked when somebody has changed something, and at the instants it named itself for when
time alone makes its counts others; never because a while has passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from deskterm.console.clocktext import SECOND, whole_second
from deskterm.console.late import LateWatch, Promise, late_words
from deskterm.console.notices import Notice
from deskterm.desk.errors import DeskError

if TYPE_CHECKING:
    from deskterm.console.door import DeskDoor
    from deskterm.desk.hours import DeskHours
    from deskterm.desk.model import Arrivals, QueueCounts, QueueRow


class News(NamedTuple):
    """How many there are of what, which desks are open, what will be late next, what came in."""

    as_of_us: int
    counts: QueueCounts
    hours: Sequence[DeskHours]
    soon: Sequence[QueueRow]
    arrivals: Arrivals

    def turns_us(self) -> int | None:
        """The first instant from which time alone has made something of it different."""
        turns = [self.counts.turns_us, *(each.changes_us for each in self.hours)]
        return min((at for at in turns if at is not None), default=None)


@dataclass
class NewsRead(Message):
    """The desk has said what is new, or why it cannot."""

    answer: News | DeskError


def read_news(desk: DeskDoor, after: int | None) -> News:
    """Blocking. `after` is the last event whose arrivals are known; None: there is no news yet."""
    now_us = desk.now_us()
    # Before the counts: what comes in between is in them and heard of the next time.
    arrivals = desk.changes.arrivals(after)
    return News(now_us, desk.queue.counts(), desk.hours(), desk.queue.soon(), arrivals)


class Lookout:
    """Keeps the newest news; `post` is the app's, for a thread that reads.

    One reading runs at a time; questions that come meanwhile are answered by one more.
    """

    def __init__(self, post: Callable[[Message], object]) -> None:
        self.news: News | None = None
        self._post = post
        self._late = LateWatch()
        self._reading = self._again = False
        self._overtaken = False
        self._up_to: int | None = None
        self._lately: tuple[Promise, ...] = ()
        self._late_said: tuple[Notice, ...] = ()
        self._came = 0
        self._arrived: Notice | None = None

    # Reading ----------------------------------------------------------------------------------

    def begin(self) -> bool:
        """Whether a reading is to be started now, by running `work` in a thread."""
        if self._reading:
            self._again = True
            return False
        self._reading = True
        return True

    def work(self, desk: DeskDoor) -> None:
        """Read; for a thread."""
        try:
            answer: News | DeskError = read_news(desk, self._up_to)
        except DeskError as error:
            answer = error
        self._post(NewsRead(answer))

    def take_in(self, answer: News | DeskError) -> bool:
        """The answer is here; whether more was asked meanwhile."""
        self._reading = False
        again, self._again = self._again, False
        if isinstance(answer, News):
            self.news, self._up_to = answer, answer.arrivals.up_to
            self._overtaken = False
        return again

    def overtaken(self, second: int) -> bool:
        """Whether time has made the news old; said once, until there are others.

        A clock that was set back makes them old as well.
        """
        news = self.news
        if news is None or self._overtaken or self._reading:
            return False
        turns = news.turns_us()
        early = second < whole_second(news.as_of_us)
        self._overtaken = early or (turns is not None and turns <= second)
        return self._overtaken

    def turns_us(self) -> int | None:
        """When there is next something to be said or read."""
        late, turns = self._late.next_us(), self.news.turns_us() if self.news is not None else None
        instants = [None if late is None else late + SECOND, None if self._overtaken else turns]
        return min((at for at in instants if at is not None), default=None)

    # Saying -----------------------------------------------------------------------------------

    def look(self, shown: Iterable[QueueRow], now_us: int) -> None:
        """Watch the promises of what is `shown` and of what will be late next."""
        soon = () if self.news is None else self.news.soon
        self._late.look((*soon, *shown), now_us)

    def late(self, now_us: int, unsay: Callable[[Notice], bool]) -> tuple[Notice, ...]:
        """What to say of the promises broken since the last time, with those still being said."""
        broken = self._late.broken(now_us)
        if not broken:
            return ()
        still = [unsay(each) for each in self._late_said]
        if any(still):
            broken = (*self._lately, *broken)
        self._lately = broken
        self._late_said = tuple(Notice(each, "warning") for each in late_words(broken))
        return self._late_said

    def arrived(self, unsay: Callable[[Notice], bool]) -> Notice | None:
        """What to say of what came in; it takes the place of what is still being said of it."""
        arrivals = None if self.news is None else self.news.arrivals
        if arrivals is None or arrivals.newest is None:
            return None
        if self._arrived is None or not unsay(self._arrived):
            self._came = 0
        self._came += arrivals.count
        number, subject, customer = arrivals.newest
        last = f"{number} {subject}, {customer}"
        said = f"New: {last}." if self._came == 1 else f"{self._came} new tickets, the last {last}."
        self._arrived = Notice(said, "information", beside=True)
        return self._arrived
