"""A ticket read at one instant: its timeline, the life of each clock and how that is measured.

Shared by what gives the clocks and what explains them, so that both tell the same story.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from deskterm.sla.facts import Event, OnsiteSpans, TicketFacts
from deskterm.sla.life import Life, Pause, live
from deskterm.sla.measure import measure
from deskterm.sla.promises import Promise
from deskterm.sla.terms import VISITS, Terms, Yardstick
from deskterm.sla.timeline import Timeline, build


class Course(NamedTuple):
    """A clock that has started, measured: up to its end, or to now while it runs.

    `start`, `base`, `due` and `until` are positions on the axis: of its start, of the due time had
    there been no pause, of the due time, and of `until_us`.
    """

    promise: Promise
    started_us: int
    until_us: int
    pauses: Sequence[Pause]
    yard: Yardstick
    start: int
    base: int
    due: int
    until: int

    @property
    def late(self) -> bool:
        """Whether time of its own calendar had passed since the due time, at `until_us`."""
        return self.until > self.due

    @property
    def allowed(self) -> int:
        """The amount promised, as time of the axis."""
        return self.base - self.start

    @property
    def held(self) -> int:
        """Time of the axis that did not count."""
        return self.due - self.base


class Reading:
    """One ticket at one instant, before any clock is told."""

    __slots__ = ("_events", "_yards", "now_us", "onsite", "terms", "ticket", "timeline")

    def __init__(
        self,
        terms: Terms,
        ticket: TicketFacts,
        events: Sequence[Event],
        onsite: OnsiteSpans,
        now_us: int,
    ) -> None:
        self.terms = terms
        self.ticket = ticket
        self.onsite = onsite
        self.now_us = now_us
        self._events = events
        self._yards: dict[int, Yardstick] = {}
        self.timeline = self._timeline(now_us)

    def life(self, index: int) -> Life:
        """What the events made of the clock at `index`.

        Targets varied by an entry after the clock had ended do not touch it: it is then told under
        the targets known at its end.
        """
        life = live(self.timeline, index, self._is_late)
        ended_us = life.ended_us
        if ended_us is not None and self.terms.varied_between(
            self.ticket.opened_us, ended_us, self.now_us
        ):
            life = live(self._timeline(ended_us), index, self._is_late)
        return life

    def course(self, life: Life) -> Course:
        """The measure of a clock that has started under a promise."""
        assert life.started_us is not None, "a clock that has not started has no course"
        until_us = self.now_us if life.ended_us is None else life.ended_us
        pauses = life.pauses(self.timeline.holds, until_us)
        return self._course(life.promise, life.started_us, pauses, until_us)

    def _course(
        self, promise: Promise, started_us: int, pauses: Sequence[Pause], until_us: int
    ) -> Course:
        assert promise.amount is not None, "what is not promised has no course"
        yard = self._yard(promise, until_us)
        start, base, due = measure(yard, promise.amount, started_us, pauses)
        until = yard.axis.position(until_us)
        return Course(promise, started_us, until_us, pauses, yard, start, base, due, until)

    def _is_late(
        self, promise: Promise, started_us: int, pauses: Sequence[Pause], at_us: int
    ) -> bool:
        return self._course(promise, started_us, pauses, at_us).late

    def _yard(self, promise: Promise, known_at_us: int) -> Yardstick:
        if promise.target is None or promise.target.calendar != VISITS:
            return self.terms.yardstick(promise, known_at_us)
        yard = self._yards.get(known_at_us)
        if yard is None:
            yard = self.terms.yardstick(promise, known_at_us, self.onsite)
            self._yards[known_at_us] = yard
        return yard

    def _timeline(self, known_at_us: int) -> Timeline:
        rows = self.terms.rows(self.ticket.opened_us, known_at_us)
        return build(self.terms.policy, rows.promises, self.ticket, self._events, self.now_us)
