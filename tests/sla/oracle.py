"""The slow, obvious program that the clocks are compared with.

Written from the rules and not from the code. It knows no axis and no positions: it looks at every
quarter of an hour, one after the other, asks whether the desk is open then and whether the clock
stands still, and counts. All its times lie on quarters of an hour; a slot is the number of such
quarters since the first midnight of its window.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from deskterm.policy.document import Amount, Policy, Target
from deskterm.sla.facts import Event, TicketFacts

QUARTER_US = 15 * 60 * 1_000_000
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Hours:
    """Opening hours: weekday to (from, to) in whole quarters since midnight, `to` past 96 for the
    next day; dates that are closed; dates with more hours."""

    zone: str
    weekly: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
    shut: frozenset[date] = frozenset()
    extra: tuple[tuple[date, int, int], ...] = ()

    def on(self, day: date) -> list[tuple[int, int]]:
        usual = [] if day in self.shut else list(dict(self.weekly).get(WEEKDAYS[day.weekday()], ()))
        return usual + [(begin, end) for bought, begin, end in self.extra if bought == day]


class Window:
    """A stretch of dates, slot by slot."""

    def __init__(self, first: date, days: int) -> None:
        self.start = datetime(first.year, first.month, first.day, tzinfo=UTC)
        self.slots = days * 96
        self._known: dict[Hours, list[date | None]] = {}

    def at(self, slot: int) -> datetime:
        return self.start + timedelta(minutes=15 * slot)

    def us(self, slot: int) -> int:
        return int(self.at(slot).timestamp()) * 1_000_000

    def slot(self, us: int) -> int:
        since, rest = divmod(us - self.us(0), QUARTER_US)
        assert rest == 0, "the oracle only knows quarters of an hour"
        return since

    def open(self, hours: Hours) -> list[date | None]:
        """For each slot the date on which the hours it lies in began; None where closed."""
        if hours in self._known:
            return self._known[hours]
        zone = ZoneInfo(hours.zone)
        begun = {day: hours.on(day) for day in self._dates()}
        found: list[date | None] = []
        for slot in range(self.slots):
            wall = self.at(slot).astimezone(zone)
            quarter = wall.hour * 4 + wall.minute // 15
            today, yesterday = wall.date(), wall.date() - timedelta(days=1)
            if any(begin <= quarter < end for begin, end in begun[today]):
                found.append(today)
            elif any(begin <= quarter + 96 < end for begin, end in begun[yesterday]):
                found.append(yesterday)
            else:
                found.append(None)
        self._known[hours] = found
        return found

    def _dates(self) -> list[date]:
        first = self.start.date() - timedelta(days=2)
        return [first + timedelta(days=day) for day in range(self.slots // 96 + 4)]


def end_of_days(window: Window, zone: str, days: list[date | None], start: int, count: int) -> int:
    """The slot at which `count` working days have passed, by the rule of working days."""
    while days[start] is None:
        start += 1
    first = days[start]
    assert first is not None
    working = sorted({day for day in days if day is not None and day > first})
    goal = working[count - 1]
    local = window.at(start).astimezone(ZoneInfo(zone))
    wanted = local.replace(tzinfo=None) + (goal - first)
    inside = [slot for slot, day in enumerate(days) if day == goal]
    for slot in inside:
        shown = window.at(slot).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        if shown >= wanted:
            return _earliest_equal(days, slot)
    return _earliest_equal(days, inside[-1] + 1)


def end_of_next_day(window: Window, zone: str, days: list[date | None], start: int) -> int:
    """The close of the first working day after the local date of a slot."""
    today = window.at(start).astimezone(ZoneInfo(zone)).date()
    goal = min(day for day in days if day is not None and day > today)
    return max(slot for slot, day in enumerate(days) if day == goal) + 1


def _earliest_equal(days: list[date | None], slot: int) -> int:
    while slot > 0 and days[slot - 1] is None:
        slot -= 1
    return slot


@dataclass
class Count:
    """What counting from a start to an end found."""

    allowed: int
    used: int
    late: bool
    due: int | None
    """Slot; None where the window has not that much time."""
    held_not_late: bool
    """A pause is going on at the end that began before it was late."""


def count(
    ticking: Sequence[bool], start: int, allowed: int, pauses: Sequence[tuple[int, int]], end: int
) -> Count:
    """Count the slots that tick from `start` to `end`, and on without pauses to the due slot."""
    used, due, held_not_late = 0, None, False
    for slot in range(start, end):
        began = [pause for pause in pauses if pause[0] <= slot < pause[1]]
        if began and began[0][0] == slot:
            held_not_late = used <= allowed
        stands = bool(began) and held_not_late
        if not ticking[slot]:
            continue
        if not stands:
            used += 1
        if used == allowed and (due is None or stands):
            due = slot + 1
    held_not_late = held_not_late and any(pause[0] < end <= pause[1] for pause in pauses)
    late = used > allowed
    ahead, slot = used, end
    while due is None and slot < len(ticking):
        ahead += ticking[slot]
        slot += 1
        if ahead == allowed:
            due = slot
    return Count(allowed, used, late, due, held_not_late)


@dataclass
class Told:
    """A clock as the oracle sees it; slots, and quarters of an hour."""

    state: str
    due: int | None = None
    remaining: int | None = None


@dataclass
class Setting:
    """Everything the oracle is asked about."""

    window: Window
    policy: Policy
    hours: Mapping[str, Sequence[tuple[int, Hours]]]
    """Role to (slot from which they are known, hours), latest last."""
    onsite: Sequence[tuple[int, int]]
    ticket: TicketFacts
    events: Sequence[Event]
    now: int

    def __post_init__(self) -> None:
        self._days: dict[tuple[str, int], list[date | None]] = {}

    def days(self, role: str, known_at: int) -> tuple[Hours, list[date | None]]:
        editions = [entry for entry in self.hours[role] if entry[0] <= known_at]
        key = (role, len(editions))
        if key not in self._days:
            self._days[key] = self.window.open(editions[-1][1])
        return editions[-1][1], self._days[key]

    def ticking(self, target: Target, amount: Amount, known_at: int) -> list[bool]:
        if amount.kind == "elapsed" or target.calendar == "elapsed":
            return [True] * self.window.slots
        if target.calendar == "visits":
            _, days = self.days("onsite", known_at)
            return [
                day is not None and any(begin <= slot < end for begin, end in self.onsite)
                for slot, day in enumerate(days)
            ]
        return [day is not None for day in self.days(target.calendar, known_at)[1]]

    def count(self, row: Row, start: int, pauses: Sequence[tuple[int, int]], end: int) -> Count:
        target, amount = row.promised
        ticking = self.ticking(target, amount, end)
        if amount.kind in ("worked", "elapsed"):
            allowed = amount.value // QUARTER_US
        else:
            hours, days = self.days(target.calendar, end)
            if amount.kind == "days":
                goal = end_of_days(self.window, hours.zone, days, start, amount.value)
            else:
                goal = end_of_next_day(self.window, hours.zone, days, start)
            allowed = sum(ticking[start:goal])
        return count(ticking, start, allowed, pauses, end)


@dataclass
class Row:
    """The row that counts for a clock: ``yes``, ``no`` (nothing is promised) or ``unknown``."""

    answer: str
    target: Target | None
    amount: Amount | None
    may: list[Target]

    @property
    def promised(self) -> tuple[Target, Amount]:
        assert self.target is not None and self.amount is not None
        return self.target, self.amount

    def lists(self, what: str, kind: str) -> bool:
        rows = [self.target] if self.target is not None else self.may
        if what == "start":
            return any(row.start == kind for row in rows)
        return any(kind in getattr(row, what) for row in rows)


def row_of(policy: Policy, clock: str, ticket: TicketFacts, kind: str, priority: str | None) -> Row:
    rows = [target for target in policy.targets if target.clock == clock]
    fitting = []
    for row in rows:
        when = row.when
        if when.channel and ticket.channel not in when.channel:
            continue
        if when.type and kind not in when.type:
            continue
        if when.tier and ticket.tier not in when.tier:
            continue
        if when.emergency_callout not in (None, ticket.emergency_callout):
            continue
        fitting.append(row)
    for row in fitting:
        if row.when.priority and priority is None:
            return Row("unknown", None, None, fitting)
        if row.when.priority and priority not in row.when.priority:
            continue
        if "*" in row.amounts:
            amount = row.amounts["*"]
        elif priority is None:
            return Row("unknown", None, None, fitting)
        else:
            amount = row.amounts[priority]
        return Row("no" if amount.kind == "none" else "yes", row, amount, fitting)
    return Row("no", None, None, fitting or rows)


def standing(events: Sequence[Event], now_us: int) -> list[Event]:
    """Events that have happened and were not taken back."""
    places = sorted(range(len(events)), key=lambda place: (events[place].at_us, place))
    places = [place for place in places if events[place].at_us <= now_us]

    def stands(index: int) -> bool:
        return not any(
            events[places[later]].kind == "undone"
            and events[places[later]].data["undoes"] == places[index] + 1
            and stands(later)
            for later in range(index + 1, len(places))
        )

    return [
        events[place]
        for index, place in enumerate(places)
        if events[place].kind != "undone" and stands(index)
    ]


def chosen(setting: Setting, events: Sequence[Event]) -> list[tuple[str, str | None]]:
    """(type, priority) at the opening and after each event, a first priority known from the start
    and a gap filled by the next."""
    kind, named = setting.ticket.type, setting.ticket.priority
    seen: list[tuple[str, str | None]] = []
    for event in [None, *events]:
        if event is not None and event.kind in ("triaged", "reprioritised"):
            kind = event.data.get("type") or kind
            named = event.data.get("priority") or named
        seen.append((kind, setting.policy.fixed_priority(kind) or named))
    for place in range(len(seen)):
        later = [priority for _, priority in seen[place:] if priority is not None]
        seen[place] = (seen[place][0], later[0] if later else None)
    return seen


def tell(setting: Setting, clock: str) -> Told:
    """The clock at the setting's now."""
    now_us = setting.window.us(setting.now)
    events = standing(setting.events, now_us)
    choices = chosen(setting, events)
    rows = [
        row_of(setting.policy, clock, setting.ticket, kind, priority) for kind, priority in choices
    ]
    slots = [setting.window.slot(event.at_us) for event in events]
    opened = setting.window.slot(setting.ticket.opened_us)

    row = rows[0]
    start = opened if row.lists("start", "opened") and opened <= setting.now else None
    holds: list[list[int]] = []
    gaps: list[tuple[int, int]] = []
    held = resolved = False
    end: int | None = None
    by = ""
    for place, event in enumerate(events):
        at, kind = slots[place], event.kind
        if kind == "held" and not held and not resolved:
            held = True
            holds.append([at, setting.window.slots])
        elif kind in ("resumed", "resolved") and held:
            held = False
            holds[-1][1] = at
        resolved = (resolved or kind == "resolved") and kind != "reopened"

        if end is not None:
            if kind in ("merged", "voided"):
                if row.answer == "unknown" and by != "resolved":
                    return Told("void")
                break
            if not (kind == "reopened" and by == "resolved" and reopening(row)):
                continue
            gaps.append((end, at))
            end, by = None, ""

        after = rows[place + 1]
        if after.answer == "no" and start is not None and row.answer == "yes":
            found = setting.count(row, start, pauses(holds, gaps, start, at), at)
            if found.late:
                return Told("missed", found.due)
        row = after
        if start is None and row.lists("start", "opened") and opened <= at:
            start = opened
        if start is None:
            before = [s for s, e in zip(slots[:place], events[:place], strict=True)
                      if row.lists("start", e.kind)]  # fmt: skip
            start = before[0] if before else None
        if start is None and row.lists("start", kind):
            start = at
        elif kind in ("merged", "voided"):
            return Told("exempt" if row.answer == "no" else "void")
        elif kind == "resolved":
            if start is None:
                return Told("exempt")
            end, by = at, kind
        elif start is not None and row.lists("stop", kind):
            end, by = at, kind
        elif row.lists("exempt_on", kind) and row.answer != "unknown":
            if start is not None and row.answer == "yes":
                found = setting.count(row, start, pauses(holds, gaps, start, at), at)
                if found.late:
                    return Told("missed", found.due)
            return Told("exempt")

    if row.answer == "no":
        return Told("exempt")
    if row.answer == "unknown":
        return Told("exempt" if by == "resolved" or resolved else "pending")
    if start is None:
        return Told("pending")
    until = setting.now if end is None else end
    found = setting.count(row, start, pauses(holds, gaps, start, until), until)
    if end is not None:
        return Told("missed" if found.late else "met", found.due)
    if found.late:
        return Told("overdue", found.due)
    left = found.allowed - found.used
    if held:
        return Told("paused", None, left)
    return Told("running", found.due, left)


def reopening(row: Row) -> bool:
    rows = [row.target] if row.target is not None else row.may
    return any(entry.reopens for entry in rows)


def pauses(
    holds: Sequence[Sequence[int]], gaps: Sequence[tuple[int, int]], start: int, until: int
) -> list[tuple[int, int]]:
    clipped = [(max(begin, start), min(end, until)) for begin, end in [*holds, *gaps]]
    return sorted((begin, end) for begin, end in clipped if begin < end)
