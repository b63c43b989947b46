"""Why a clock is due when it is: the way from its start to its due time, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from deskterm.policy.vocabulary import HOLD_REASONS
from deskterm.sla import wording
from deskterm.sla.clocks import clock_of
from deskterm.sla.errors import UnknownClock, nearest
from deskterm.sla.explanation import Explanation, Line, LineKind
from deskterm.sla.facts import ALWAYS_US, Event, OnsiteSpans, TicketFacts
from deskterm.sla.life import Life
from deskterm.sla.reading import Course, Reading
from deskterm.sla.story import Story
from deskterm.sla.terms import DESK, ELAPSED, VISITS, Terms
from deskterm.worktime import to_us


def explain(
    terms: Terms,
    ticket: TicketFacts,
    events: Sequence[Event],
    onsite_spans: OnsiteSpans,
    now_us: int,
    clock_name: str,
) -> Explanation:
    """The clock of that name as `clocks.evaluate` gives it, with the sum of its due time.

    Raises `UnknownClock`.
    """
    names = terms.policy.clock_names()
    if clock_name not in names:
        raise UnknownClock(
            f"The policy {terms.policy.id!r} has no clock {clock_name!r}"
            f"{nearest(clock_name, names)}"
        )
    reading = Reading(terms, ticket, events, onsite_spans, now_us)
    index = names.index(clock_name)
    clock = clock_of(reading, index)
    life = reading.life(index)
    story = Story(reading, life, clock)
    if clock.axis is None:
        zone = terms.calendar(DESK, now_us).tz
        return Explanation(clock, story.title(), story.source(), (), "", story.sentence(), zone)
    course = reading.course(life)
    lines = tuple(sorted(_Way(reading, life, course, clock.due_us).lines(), key=_place))
    return Explanation(
        clock,
        story.title(),
        story.source(),
        lines,
        story.total(course),
        story.sentence(),
        course.yard.zone,
    )


def _place(line: Line) -> int:
    return line.from_us


@dataclass(frozen=True, slots=True)
class _Way:
    """The way of one clock from its start to its due time, or as far as it is known."""

    reading: Reading
    life: Life
    course: Course
    due_us: int | None

    def lines(self) -> Iterator[Line]:
        """All steps, in no particular order."""
        course = self.course
        position = course.yard.axis.position
        cursor_us, due = course.started_us, course.base
        for begins_us, ends_us in course.pauses:
            at = position(begins_us)
            kind = "resolved" if (begins_us, ends_us) in self.life.resolved else "held"
            if at > due:
                yield self._pause(kind, begins_us, ends_us, 0)
                continue
            moved = position(ends_us) - at
            due += moved
            yield from self._counted(cursor_us, begins_us)
            yield self._pause(kind, begins_us, ends_us, moved)
            cursor_us = ends_us
        end_us = self._end()
        yield from self._counted(cursor_us, end_us)
        last_us = max(end_us, cursor_us if self.due_us is not None else end_us)
        yield from self._skipped(course.started_us, last_us)
        yield from self._priorities()

    def _end(self) -> int:
        """How far the lines go: to the due time, else as far as the clock can be followed."""
        course, yard = self.course, self.course.yard
        if self.due_us is not None:
            return self.due_us
        if self.reading.timeline.held and self.life.ended_us is None and not course.late:
            return max(self.reading.timeline.holds[-1].from_us, course.started_us)
        if yard.booked_us is not None and yard.booked_us > course.start:
            return yard.axis.earliest(yard.booked_us)
        return course.started_us

    def _counted(self, from_us: int, to_us: int) -> Iterator[Line]:
        for begins, ends in self.course.yard.axis.open_spans(from_us, to_us):
            yield Line("counted", begins, ends, ends - begins, self._remark(begins, ends))

    def _remark(self, begins_us: int, ends_us: int) -> str:
        yard, terms = self.course.yard, self.reading.terms
        if yard.calendar in (ELAPSED, VISITS):
            return ""
        usual = terms.calendar(yard.calendar, ALWAYS_US - 1).axis
        if usual.position(ends_us) - usual.position(begins_us) < ends_us - begins_us:
            return "bought hours"
        day = wording.local(begins_us, yard.zone).date()
        limited = terms.limited_cover(yard.calendar, day)
        return f"limited cover, {limited}" if limited else ""

    def _pause(self, kind: str, begins_us: int, ends_us: int, moved: int) -> Line:
        if kind == "resolved":
            return Line("resolved", begins_us, ends_us, moved)
        hold = next(
            hold
            for hold in self.reading.timeline.holds
            if hold.from_us <= begins_us and (hold.to_us is None or begins_us < hold.to_us)
        )
        holds = self.reading.terms.policy.holds
        names = {**HOLD_REASONS, **{one.id: one.name for one in holds}}
        reasons = dict.fromkeys(
            names.get(reason, reason.replace("_", " "))
            for at_us, reason in hold.reasons
            if at_us < ends_us
        )
        text = ", then ".join(reasons)
        going_on = hold.to_us is None and self.life.ended_us is None
        return Line("held", begins_us, None if going_on else ends_us, moved, text)

    def _skipped(self, from_us: int, to_us: int) -> Iterator[Line]:
        yard = self.course.yard
        if yard.calendar in (ELAPSED, VISITS):
            return
        yield from self._breaks(from_us, to_us)
        first = wording.local(from_us, yard.zone).date()
        last = wording.local(to_us, yard.zone).date()
        open_days = {day for day, _, _ in yard.working.working_days(first, last)}
        run: list[tuple[date, LineKind, str]] = []
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            if day in open_days or self._midnight(day + timedelta(days=1)) > to_us:
                continue
            kind, name = self._closure(day)
            follows = run and run[-1] == (day - timedelta(days=1), kind, name)
            if run and not follows:
                yield from self._closed(run, from_us)
                run = []
            run.append((day, kind, name))
        if run:
            yield from self._closed(run, from_us)

    def _closed(self, run: Sequence[tuple[date, LineKind, str]], from_us: int) -> Iterator[Line]:
        begins_us = max(self._midnight(run[0][0]), from_us)
        ends_us = self._midnight(run[-1][0] + timedelta(days=1))
        _, kind, name = run[0]
        if kind == "holiday":
            name = f"holiday: {name}" if name else "holiday"
        elif kind == "shutdown":
            name = name or "shutdown"
        # The hours of the evening before may run past midnight.
        evening = self.course.yard.axis.open_spans(begins_us, ends_us)
        for part in self._running(begins_us, ends_us, evening):
            yield Line(kind, *part, text=name)

    def _running(
        self, from_us: int, until_us: int, also: Sequence[tuple[int, int]] = ()
    ) -> Iterator[tuple[int, int]]:
        """What is left of a stretch outside the pauses, in which the clock stood still anyway."""
        for begins_us, ends_us in sorted((*self.course.pauses, *also)):
            if ends_us <= from_us or begins_us >= until_us:
                continue
            if from_us < begins_us:
                yield from_us, begins_us
            from_us = ends_us
        if from_us < until_us:
            yield from_us, until_us

    def _closure(self, day: date) -> tuple[LineKind, str]:
        closure = self.course.yard.working.closure(day)
        if closure is None:
            return "closed", "weekend" if day.weekday() >= 5 else "closed"
        return closure.kind, closure.name

    def _breaks(self, from_us: int, until_us: int) -> Iterator[Line]:
        zone = ZoneInfo(self.course.yard.zone)
        for fact in self.reading.terms.facts:
            if fact.kind != "break" or not fact.known_at(self.course.until_us):
                continue
            begins_us, ends_us = (
                to_us(datetime.fromisoformat(str(fact.data[end])).replace(tzinfo=zone))
                for end in ("from", "to")
            )
            if begins_us < until_us and ends_us > from_us:
                stretch = max(begins_us, from_us), min(ends_us, until_us)
                for part in self._running(*stretch):
                    yield Line("break", *part)

    def _priorities(self) -> Iterator[Line]:
        policy = self.reading.terms.policy
        before = self.reading.timeline.priority
        for moment in self.reading.timeline.moments:
            if moment.priority != before and moment.at_us <= self.course.until_us:
                old, new = policy.priority_name(before), policy.priority_name(moment.priority)
                said = f"priority {new}" if before is None else f"priority {old} → {new}"
                yield Line("priority", moment.at_us, None, 0, said)
            before = moment.priority

    def _midnight(self, day: date) -> int:
        zone = ZoneInfo(self.course.yard.zone)
        return to_us(datetime(day.year, day.month, day.day, tzinfo=zone))
