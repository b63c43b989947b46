"""A clock in words: what was promised, how it stands, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from deskterm.policy.document import Target, When
from deskterm.sla import wording
from deskterm.sla.clocks import Clock
from deskterm.sla.life import Life
from deskterm.sla.reading import Course, Reading
from deskterm.sla.terms import DESK, ELAPSED, VISITS
from deskterm.sla.timeline import RESOLVED

#: What an event of a ticket is called in a sentence.
EVENTS: Final = {
    "opened": "the opening",
    "triaged": "triage",
    "acknowledged": "an acknowledgement",
    "responded": "a response",
    "updated": "an update",
    "workaround": "a workaround",
    "action_planned": "an action plan",
    "escalated": "an escalation",
    "code_fix": "a code fix",
    "resolved": "a resolution",
    "closed": "closing",
    "arrived": "the engineer's arrival",
    "reprioritised": "a new priority",
    "merged": "merging",
    "voided": "withdrawal as opened by mistake",
}


def event_words(kind: str | None) -> str:
    """An event in a sentence: ``a code fix``."""
    return EVENTS.get(kind or "", (kind or "").replace("_", " "))


@dataclass(frozen=True, slots=True)
class Story:
    """One clock of one ticket, told."""

    reading: Reading
    life: Life
    clock: Clock

    def title(self) -> str:
        """``Fix by Tue 24 Nov 14:32 — 2 working days, P2``."""
        clock, policy = self.clock, self.reading.terms.policy
        target = clock.target
        name = target.name if target is not None else self._name()
        head = name if clock.due_us is None else f"{name} by {self._moment(clock.due_us)}"
        if target is None or clock.amount is None or clock.amount.kind == "none":
            return f"{head} — {clock.state}"
        promise = clock.amount.words
        if "*" not in target.amounts or target.when.priority:
            promise += f", {policy.priority_name(self._priority())}"
        return f"{head} — {promise}"

    def source(self) -> str:
        """The agreement with its version, and the clause: ``agreement 1.1, 5.6``."""
        policy, target = self.reading.terms.policy, self.clock.target
        if target is None:
            return ""
        numbered = any(char.isdigit() for char in policy.version)
        agreement = f"{policy.name} {policy.version}" if numbered else policy.name
        return f"{agreement}, {target.clause}" if target.clause else agreement

    def total(self, course: Course) -> str:
        """The sum of what counted: ``worked 34h00 = 2 days of 17h00``."""
        clock, amount = self.clock, self.clock.amount
        assert amount is not None, "what is measured has an amount"
        verb = {ELAPSED: "elapsed", VISITS: "onsite"}.get(clock.calendar or "", "worked")
        used = course.allowed
        if clock.state == "paused":
            used = clock.used_us or 0
        elif clock.due_us is None:
            used = course.allowed - (clock.missing_us or 0)
        text = f"{verb} {wording.hours(used)}"
        if used != course.allowed:
            return f"{text} of {wording.hours(course.allowed)}"
        if amount.kind == "days":
            return text + self._in_days(course, amount.value)
        if amount.kind == "next_day":
            return f"{text}, to the close of the next business day" + (
                ", held time added" if course.held else ""
            )
        return text

    def sentence(self) -> str:
        """How the clock stands, and why."""
        tell = {
            "pending": self._pending,
            "running": self._running,
            "paused": self._paused,
            "overdue": self._overdue,
            "met": self._met,
            "missed": self._missed,
            "exempt": self._exempt,
            "void": self._void,
        }
        return tell[self.clock.state]()

    def _pending(self) -> str:
        promise = self.life.promise
        if promise.standing == "pending":
            return "Waiting for a priority: what is promised depends on it."
        starts = " or ".join(sorted(event_words(kind) for kind in promise.starts))
        return f"Not started: it begins with {starts}."

    def _running(self) -> str:
        clock = self.clock
        left = wording.duration(clock.remaining_us or 0)
        if clock.missing_us is not None:
            missing = wording.duration(clock.missing_us)
            return f"No due time yet: {missing} of engineer time onsite is still to be booked."
        if clock.due_us is None:
            return f"No due time: the calendar does not open often enough; {left} left."
        text = f"Running, {left} left"
        if clock.at_risk_from_us is not None and clock.at_risk_from_us <= self.reading.now_us:
            text += f", at risk since {self._moment(clock.at_risk_from_us)}"
        return f"{text}{self._closing_note()}."

    def _closing_note(self) -> str:
        clock = self.clock
        if clock.late_from_us is None or clock.late_from_us == clock.due_us:
            return ""
        opening = self._moment(clock.late_from_us)
        return f"; due at closing, so late only from {opening} on"

    def _paused(self) -> str:
        left = wording.duration(self.clock.remaining_us or 0)
        return f"On hold with {left} left; the due time is set when work goes on."

    def _overdue(self) -> str:
        over = wording.duration(-(self.clock.remaining_us or 0))
        text = f"Overdue by {over}"
        if self.reading.timeline.held:
            text += "; a hold that began after it was late does not hide that"
        return f"{text}."

    def _met(self) -> str:
        clock = self.clock
        spare = (clock.allowed_us or 0) - (clock.used_us or 0)
        ended = f"Met: {event_words(self.life.ended_by)} {self._moment(self.life.ended_us or 0)}"
        if spare:
            return f"{ended}, {wording.duration(spare)} before it was due."
        if clock.due_us is not None and (self.life.ended_us or 0) > clock.due_us:
            return f"{ended}, after closing: none of its time had passed since it was due."
        return f"{ended}, at the very instant it was due."

    def _missed(self) -> str:
        over = wording.duration((self.clock.used_us or 0) - (self.clock.allowed_us or 0))
        at = self._moment(self.life.ended_us or 0)
        what = event_words(self.life.ended_by)
        if self.life.ending == "missed":
            return f"Missed: it was {over} late when {what} exempted it {at}, which hides nothing."
        return f"Missed: {what} {at}, {over} late."

    def _exempt(self) -> str:
        life, target = self.life, self.clock.target
        if life.ending == "exempt" and life.ended_by == RESOLVED:
            return f"Exempt: resolved {self._moment(life.ended_us or 0)} before it had begun."
        if life.ending == "exempt":
            what = event_words(life.ended_by)
            return f"Exempt: {what} {self._moment(life.ended_us or 0)} ended what was promised."
        if life.promise.standing == "pending":
            return "Exempt: resolved without a priority, on which the promise depends."
        if target is None:
            return self._not_for_this_ticket()
        if target.when.emergency_callout:
            return f"Exempt: nothing is promised for an emergency callout{_clause(target)}."
        conditions = self._conditions(target.when)
        if conditions:
            return f"Exempt: nothing is promised for tickets {conditions}{_clause(target)}."
        name = self.reading.terms.policy.priority_name(self._priority())
        return f"Exempt: nothing is promised for {name}{_clause(target)}."

    def _not_for_this_ticket(self) -> str:
        rows = [
            target
            for target in self.reading.terms.policy.targets
            if target.clock == self.clock.name
        ]
        conditions = list(dict.fromkeys(self._conditions(row.when) for row in rows))
        return f"Exempt: promised only for tickets {'; or '.join(conditions)}."

    def _conditions(self, when: When) -> str:
        """Which tickets a row is for: ``by email or portal``."""
        policy = self.reading.terms.policy
        packages = [policy.packages[name].name for name in when.package]
        tiers = [policy.tiers.get(name, name) for name in when.tier]
        levels = [policy.priority_name(name) for name in when.priority]
        types = [policy.types[name].name if name in policy.types else name for name in when.type]
        parts = [
            f"{word} {' or '.join(values)}"
            for word, values in (
                ("under", packages),
                ("by", when.channel),
                ("of the type", types),
                ("from", tiers),
                ("of priority", levels),
            )
            if values
        ]
        if when.emergency_callout is not None:
            word = "with" if when.emergency_callout else "without"
            parts.append(f"{word} an emergency callout")
        return " ".join(parts)

    def _void(self) -> str:
        what = event_words(self.life.ended_by)
        return f"Void: {what} {self._moment(self.life.ended_us or 0)} ended the ticket."

    def _in_days(self, course: Course, count: int) -> str:
        """`` = 2 days of 17h00`` where the days are alike, else `` in 2 working days``."""
        yard = course.yard
        first = wording.local(course.started_us, yard.zone).date()
        # A day back: after midnight the hours still belong to the day they began.
        last = wording.local(yard.axis.earliest(course.base), yard.zone).date()
        position = yard.axis.position
        lengths = {
            position(yard_close) - position(yard_open)
            for yard_open, yard_close in yard.day_bounds(first - timedelta(days=1), last)
        }
        plural = "" if count == 1 else "s"
        if len(lengths) == 1 and course.allowed == count * (length := lengths.pop()):
            return f" = {count} day{plural} of {wording.hours(length)}"
        return f" in {count} working day{plural}"

    def _name(self) -> str:
        """What the policy calls the clock where no row of it counts."""
        return next(
            target.name
            for target in self.reading.terms.policy.targets
            if target.clock == self.clock.name
        )

    def _priority(self) -> str | None:
        """The priority that decided: as chosen by the clock's end, else the first chosen later."""
        timeline, ended_us = self.reading.timeline, self.life.ended_us
        decided = timeline.priority
        for moment in timeline.moments:
            if decided is not None and ended_us is not None and moment.at_us > ended_us:
                break
            decided = moment.priority or decided
        return decided

    def _moment(self, us: int) -> str:
        zone = self.clock.zone or self.reading.terms.calendar(DESK, self.reading.now_us).tz
        opened = wording.local(self.reading.ticket.opened_us, zone)
        return wording.moment(us, zone, opened.year)


def _clause(target: Target) -> str:
    return f" ({target.clause})" if target.clause else ""
