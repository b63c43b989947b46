"""The terms of one agreement: its policy's rows and its calendars, as they were known at a time.

Desks keep one `Terms` for all tickets of customers with the same policy, package, region and
variations; calendars and answers are kept in it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date
from typing import Any, Final

from deskterm.policy.calendars import ROUND_THE_CLOCK, working_calendar
from deskterm.policy.document import Policy
from deskterm.policy.holidays import ResolvedHolidays
from deskterm.sla.errors import TermsError, nearest
from deskterm.sla.facts import ALWAYS_US, OnsiteSpans, TimeFact, onsite_known_at
from deskterm.sla.promises import Promise, Rows, TargetVariation
from deskterm.worktime import Axis, SpanAxis, WorkingCalendar, from_us, to_us

DESK: Final = "desk"
ONSITE: Final = "onsite"
ELAPSED: Final = "elapsed"
VISITS: Final = "visits"


@dataclass(frozen=True, slots=True, eq=False)
class Yardstick:
    """What a clock is measured with: an axis, and the calendar that knows its days.

    `calendar` is the role or calendar id the time belongs to; `working` tells the local dates and
    zone, and is the onsite calendar for ``visits``.
    """

    calendar: str
    axis: Axis
    working: WorkingCalendar
    booked_us: int | None = None
    """For ``visits``, all the onsite time there is."""

    @property
    def zone(self) -> str:
        """IANA name of the zone that due times are given in."""
        return self.working.tz

    def add_days(self, start_us: int, days: int) -> int:
        """The end of `days` working days from an instant."""
        return to_us(self.working.add_days(from_us(start_us, UTC), days))

    def next_business_day(self, start_us: int) -> int:
        """The close of the first working day after the local date of an instant."""
        return to_us(self.working.next_business_day(from_us(start_us, UTC)))

    def day_bounds(self, first: date, last: date) -> list[tuple[int, int]]:
        """First opening and last closing of each working day between two dates, both included."""
        return [
            (to_us(opens), to_us(closes))
            for _, opens, closes in self.working.working_days(first, last)
        ]


class Terms:
    """What a customer was promised: policy, package, region and dated variations.

    `package` and `region` default to the policy's own. Raises `TermsError` for a package, region or
    clock that the policy does not have, and for promises that cannot be measured.
    """

    def __init__(
        self,
        policy: Policy,
        holidays: ResolvedHolidays | None,
        *,
        package: str | None = None,
        region: str | None = None,
        facts: Sequence[TimeFact] = (),
        target_variations: Sequence[TargetVariation] = (),
    ) -> None:
        self.policy = policy
        self.package = _named(
            "package", package, tuple(policy.packages), policy.default_package, policy
        )
        self.region = _named("region", region, tuple(policy.regions), policy.default_region, policy)
        self.facts = tuple(sorted(facts, key=lambda fact: fact.entered_us))
        self.variations = tuple(target_variations)
        self._holidays = holidays
        self._changes = _instants(self.facts)
        self._yardsticks: dict[tuple[str, int], Yardstick] = {}
        self._calendars: dict[tuple[str, int], WorkingCalendar] = {}
        self._rows: dict[tuple[TargetVariation, ...], Rows] = {(): Rows(policy, self.package)}
        self._plain = self._rows[()]
        self._check()

    def rows(self, opened_us: int, known_at_us: int) -> Rows:
        """The target rows for a ticket opened at an instant, as known at another."""
        if not self.variations:
            return self._plain
        applying = tuple(
            variation
            for variation in self.variations
            if variation.from_us <= opened_us and variation.known_at(known_at_us)
        )
        rows = self._rows.get(applying)
        if rows is None:
            rows = self._rows[applying] = Rows(self.policy, self.package, applying)
        return rows

    def varied_between(self, opened_us: int, after_us: int, until_us: int) -> bool:
        """Whether targets for a ticket were varied, or that taken back, after the one instant and
        until the other."""
        return bool(self.variations) and any(
            after_us < change_us <= until_us
            for change_us in _instants(
                [entry for entry in self.variations if entry.from_us <= opened_us]
            )
        )

    def edition(self, known_at_us: int) -> int:
        """Which edition of the calendars counts at an instant: a number that rises with every fact
        entered or taken back, 0 before the first."""
        return bisect_right(self._changes, known_at_us) if self._changes else 0

    def calendar(self, role: str, known_at_us: int) -> WorkingCalendar:
        """The working calendar standing for a role (``desk``, ``onsite``, a calendar id;
        ``elapsed``: day and night in the desk's zone) with the facts entered by an instant."""
        key = (role, self.edition(known_at_us))
        calendar = self._calendars.get(key)
        if calendar is None:
            facts = [fact for fact in self.facts if fact.known_at(known_at_us)]
            calendar = self._calendars[key] = self._make_calendar(role, facts)
        return calendar

    def yardstick(self, promise: Promise, known_at_us: int, onsite: OnsiteSpans = ()) -> Yardstick:
        """What the time of a promise is measured with, as known at an instant."""
        target, amount = promise.target, promise.amount
        assert target is not None and amount is not None, "only what is promised is measured"
        name = ELAPSED if amount.kind == "elapsed" else target.calendar
        if name == VISITS:
            return self._visits(known_at_us, onsite)
        key = (name, self.edition(known_at_us))
        yard = self._yardsticks.get(key)
        if yard is None:
            calendar = self.calendar(name, known_at_us)
            yard = self._yardsticks[key] = Yardstick(name, calendar.axis, calendar)
        return yard

    def _visits(self, known_at_us: int, onsite: OnsiteSpans) -> Yardstick:
        calendar = self.calendar(ONSITE, known_at_us)
        spans = [
            part
            for begins, ends in onsite_known_at(onsite, known_at_us)
            for part in calendar.axis.open_spans(begins, ends)
        ]
        axis = SpanAxis(spans)
        booked_us = max((axis.position(ends) for _, ends in spans), default=0)
        return Yardstick(VISITS, axis, calendar, booked_us)

    def _make_calendar(self, role: str, facts: Sequence[TimeFact]) -> WorkingCalendar:
        if role == ELAPSED:
            # Day and night means just that: no closure stops it.
            zone = self.calendar(DESK, ALWAYS_US - 1).tz
            return working_calendar(replace(ROUND_THE_CLOCK, tz=zone), None)
        calendar_id = self.policy.calendar_id(role, self.region)
        if calendar_id is None:
            raise TermsError(
                f"The policy {self.policy.id!r} has no calendar {role!r}"
                f"{nearest(role, self.policy.calendars)}"
            )
        rule = self.policy.calendars[calendar_id]
        bought = role == DESK or calendar_id == self.policy.calendar_id(DESK, self.region)
        return working_calendar(rule, self._holidays, **_variation(facts, bought=bought))

    def limited_cover(self, role: str, day: date) -> str | None:
        """The holiday on which a calendar has limited cover that date; its clocks run."""
        calendar_id = self.policy.calendar_id(role, self.region)
        if self._holidays is None or calendar_id is None:
            return None
        return self._holidays.limited_on(calendar_id).get(day.isoformat())

    def _check(self) -> None:
        names = self.policy.clock_names()
        for variation in self.variations:
            if variation.clock not in names:
                raise TermsError(
                    f"A variation changes the targets of {variation.clock!r}, which the policy "
                    f"{self.policy.id!r} does not promise{nearest(variation.clock, names)}"
                )
            levels = ("*", *(level.id for level in self.policy.priorities))
            for priority in variation.amounts:
                if priority not in levels:
                    raise TermsError(
                        f"A variation of {variation.clock!r} names the priority {priority!r}"
                        f"{nearest(priority, levels)}"
                    )
        for target in self.policy.targets:
            for amount in target.amounts.values():
                if target.calendar == VISITS and amount.kind in ("days", "next_day"):
                    raise TermsError(
                        f"The target {target.clock!r} promises {amount.words!r} of engineer time; "
                        "onsite time is promised in working hours or minutes."
                    )


def _named(
    what: str, given: str | None, known: Sequence[str], default: str | None, policy: Policy
) -> str | None:
    if given is not None and given not in known:
        raise TermsError(f"The policy {policy.id!r} has no {what} {given!r}{nearest(given, known)}")
    return given if given is not None else default


def _instants(entries: Iterable[TimeFact | TargetVariation]) -> list[int]:
    """When any of them was entered or taken back, in order."""
    found = {entry.entered_us for entry in entries}
    found |= {entry.withdrawn_us for entry in entries if entry.withdrawn_us is not None}
    return sorted(found)


def _variation(facts: Sequence[TimeFact], *, bought: bool) -> dict[str, Any]:
    """The facts in the form in which a calendar is varied."""
    shutdowns: list[list[str]] = []
    extra: dict[str, list[list[str]]] = {}
    weekly_extra: list[dict[str, str]] = []
    breaks: list[list[str]] = []
    for fact in facts:
        data = fact.data
        if fact.kind == "shutdown":
            named = [data["name"]] if data.get("name") else []
            shutdowns.append([data["first"], data["last"], *named])
        elif fact.kind == "break":
            breaks.append([data["from"], data["to"]])
        elif fact.kind == "extra" and bought:
            extra.setdefault(data["date"], []).append([data["from"], data["to"]])
        elif fact.kind == "weekly_extra" and bought:
            weekly_extra.append({key: value for key, value in data.items() if value is not None})
    return {
        "shutdowns": shutdowns,
        "extra": extra,
        "weekly_extra": weekly_extra,
        "breaks": breaks,
    }
