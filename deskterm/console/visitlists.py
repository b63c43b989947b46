"""Visits as lines to choose from: all customers, a month, an agenda, an engineer's day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from deskterm.console.clocktext import MONTHS, WEEKDAYS
from deskterm.console.glyphs import Glyphs
from deskterm.console.visitwords import (
    dated,
    day_name,
    first_name,
    for_words,
    stage_words,
    visit_mark,
    week_words,
)
from deskterm.console.widgets.lines import Choice
from deskterm.console.widgets.painted import Line, Span, width_of
from deskterm.console.widgets.ticket_columns import fit
from deskterm.desk.visits.model import CheckLine, Planner, Stop, VisitView
from deskterm.visits.bookable import Reason

#: Below this many columns only when and where is told in a line.
NARROW: Final = 70
#: Columns that a list puts before each of its lines.
_SELECTED: Final = 3
#: Columns of a customer's name where there are few, and those that what stands beside it needs.
_NAME: Final = 23
_BESIDE_A_NAME: Final = 57
#: What needs somebody's attention stands first.
_URGENT: Final = ("impossible", "behind", "on_pace", "complete", "no_visits")


def by_urgency(checks: Sequence[CheckLine]) -> list[CheckLine]:
    """What cannot be delivered first, then what is behind."""
    return sorted(checks, key=lambda check: (_URGENT.index(check.pace.verdict), check.customer))


def all_lines(checks: Sequence[CheckLine], glyphs: Glyphs, width: int) -> list[Choice]:
    """How the visits of every customer stand, the verdict beside the name."""
    lines = []
    longest = max((width_of([Span(check.customer)]) for check in checks), default=0)
    room = min(max(_NAME, longest), max(_NAME, width - _BESIDE_A_NAME))
    for check in checks:
        balance = check.balance
        mark = {"impossible": glyphs.late, "behind": glyphs.risk}.get(check.pace.verdict, " ")
        name = fit(check.customer, room, glyphs.ellipsis).ljust(room)
        if check.pace.verdict == "no_visits":
            said = f"no visits to book {glyphs.dot} {check.package}"
        else:
            said = (
                f"{check.pace.words:<11} {balance.used:>2}/{balance.granted} used {glyphs.dot}"
                f" {balance.booked} booked {glyphs.dot} {balance.owed} to book"
            )
        lines.append(Choice(str(check.customer_id), f"{mark:<2}{name} {said}"))
    return lines


def agenda_lines(visits: Sequence[VisitView], glyphs: Glyphs, width: int) -> list[Choice]:
    """A week's visits in order of time, each day named once; what is long stands last."""
    lines = []
    before: date | None = None
    for visit in visits:
        day = "" if visit.day == before else day_name(visit.day)
        before = visit.day
        mark, who = visit_mark(visit, glyphs), first_name(visit.engineer)
        if width < NARROW:
            text = f"{day:<6} {visit.starts} {mark} {visit.customer}"
        else:
            said = stage_words(visit)[0]
            text = (
                f"{day:<6} {visit.starts}–{visit.ends} {mark} "
                f"{fit(visit.customer, 27, glyphs.ellipsis):<27} {who:<8} {said:<10}"
                f"{for_words(visit)}"
            )
        lines.append(Choice(str(visit.id), text.rstrip()))
    return lines


def coming_lines(visits: Sequence[VisitView], glyphs: Glyphs) -> list[Line]:
    """What else is booked in the next weeks."""
    lines: list[Line] = [[Span("Booked in the coming weeks", "quiet")]]
    lines += [
        [Span(f"{glyphs.marked} ", "track"),
         Span(f"{dated(visit.day):<10} {visit.starts}–{visit.ends}  {visit.engineer}", "ink"),
         Span(f"  {for_words(visit)}", "quiet")]
        for visit in visits
    ]  # fmt: skip
    return lines


def day_lines(stops: Sequence[Stop], glyphs: Glyphs, width: int) -> list[Choice]:
    """An engineer's day: when, where, and how much is open there."""
    lines = []
    for stop in stops:
        visit, count = stop.visit, len(stop.tickets)
        mark = visit_mark(visit, glyphs)
        if width < NARROW:
            text = f"{visit.starts} {mark} {visit.customer}"
        else:
            tickets = f"{count} open ticket{'s' if count != 1 else ''}"
            said = " ".join(part for part in (stage_words(visit)[0], for_words(visit)) if part)
            text = (
                f"{visit.starts}–{visit.ends} {mark} "
                f"{fit(visit.where, 34, glyphs.ellipsis):<34} {tickets}"
                + (f" {glyphs.dot} {said}" if said else "")
            )
        lines.append(Choice(str(visit.id), text))
    return lines


def stop_lines(stop: Stop, glyphs: Glyphs, width: int, room: int) -> list[Line]:
    """What to do at one stop of a day: its checklists and, as far as there is room, its tickets."""
    lines: list[Line] = []
    for _, name, looked, count in stop.checklists:
        if not count:
            continue  # Kept per unit, and the site has none.
        done = looked == count
        lines.append([Span(f"{glyphs.met if done else glyphs.dot} ", "met" if done else "quiet"),
                      Span(f"{name} {looked} of {count}", "ink")])  # fmt: skip
    for number, priority, subject in stop.tickets:
        text = f"{number} {priority.replace('_', ' ')} {glyphs.dot} {subject}"
        lines.append([Span(fit(text, width, glyphs.ellipsis), "ink")])
    if len(lines) > room:
        lines = [*lines[: room - 1], [Span(f"and {len(lines) - room + 1} more", "quiet")]]
    return lines


def month_head(width: int) -> Line:
    """The days above `month_lines`."""
    days = " ".join(f"{name:<{_cell(width)}}" for name in WEEKDAYS[:5])
    return [Span(" " * (_SELECTED + _week_name(width) + 1) + days, "quiet")]


def _cell(width: int) -> int:
    return 6 if width < NARROW else 9 if width < 110 else 14


def _week_name(width: int) -> int:
    return 7 if width < NARROW else 22


def month_lines(weeks: Sequence[Planner], glyphs: Glyphs, width: int) -> list[Choice]:
    """Weeks at a glance: per day how many visits are booked and how many slots are free."""
    lines = []
    for week in weeks:
        cells = []
        for day in week.days:
            booked = sum(visit.holds for visit in week.visits if visit.day == day)
            here = [offer for (_, on), offer in week.offers.items() if on == day]
            free = sum(offer.bookable for offer in here)
            why = next((offer.why_not for offer in here if offer.why_not is not None), None)
            said = glyphs.marked * booked
            if free:
                said += f" {free} free" if width >= NARROW else f" {free}"
            elif not said and why is not None:
                said = glyphs.dot if why.reason is Reason.PAST else why.short
            cells.append(fit(said.strip(), _cell(width), glyphs.ellipsis).ljust(_cell(width)))
        first, last = week.days[0], week.days[-1]
        short = f"{first.day} {MONTHS[first.month - 1]}"
        name = week_words(first, last) if width >= NARROW else short
        lines.append(Choice(str(week.monday), f"{name:<{_week_name(width)}} {' '.join(cells)}"))
    return lines
