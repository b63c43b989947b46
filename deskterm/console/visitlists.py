"""Visits as lines to choose from: all customers, a month, an agenda, an engineer's day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from deskterm.console.glyphs import Glyphs
from deskterm.console.visitwords import dated, stage_words, visit_mark, week_words
from deskterm.console.widgets.lines import Choice
from deskterm.console.widgets.ticket_columns import fit
from deskterm.desk.visits.model import CheckLine, Planner, Stop, VisitView

#: What needs somebody's attention stands first.
_URGENT: Final = ("impossible", "behind", "on_pace", "complete", "no_visits")


def by_urgency(checks: Sequence[CheckLine]) -> list[CheckLine]:
    """What cannot be delivered first, then what is behind."""
    return sorted(checks, key=lambda check: (_URGENT.index(check.pace.verdict), check.customer))


def all_lines(checks: Sequence[CheckLine], glyphs: Glyphs) -> list[Choice]:
    """How the visits of every customer stand."""
    lines = []
    for check in checks:
        balance = check.balance
        mark = {"impossible": glyphs.late, "behind": glyphs.risk}.get(check.pace.verdict, " ")
        counts = (
            f"{balance.granted:>3} bought  {balance.used:>3} used  {balance.booked:>3} booked"
            f"  {balance.owed:>3} to book"
        )
        name = fit(check.customer, 26, glyphs.ellipsis).ljust(26)
        lines.append(
            Choice(str(check.customer_id), f"{mark:<2} {name} {counts}  {check.pace.words}")
        )
    return lines


def agenda_lines(visits: Sequence[VisitView], glyphs: Glyphs) -> list[Choice]:
    """A week's visits in order of time."""
    return [
        Choice(
            str(visit.id),
            f"{dated(visit.day):<10} {visit.starts}–{visit.ends} {visit_mark(visit, glyphs)} "
            f"{visit.customer}, {visit.site} {glyphs.dot} {visit.engineer} {stage_words(visit)[0]}",
        )
        for visit in visits
    ]


def day_lines(stops: Sequence[Stop], glyphs: Glyphs) -> list[Choice]:
    """An engineer's day: when, where, and how much is open there."""
    lines = []
    for stop in stops:
        visit, count = stop.visit, len(stop.tickets)
        tickets = f"{count} open ticket{'s' if count != 1 else ''}"
        lines.append(
            Choice(
                str(visit.id),
                f"{visit.starts}–{visit.ends} {visit_mark(visit, glyphs)} {visit.customer},"
                f" {visit.site} {glyphs.dot} {tickets} {stage_words(visit)[0]}",
            )
        )
    return lines


def month_lines(weeks: Sequence[Planner], glyphs: Glyphs) -> list[Choice]:
    """Weeks at a glance: per day how many visits are booked and how many slots are free."""
    lines = []
    for week in weeks:
        cells = []
        for day in week.days:
            booked = sum(visit.holds for visit in week.visits if visit.day == day)
            free = sum(
                offer.bookable for (_, on), offer in week.offers.items() if on == day
            )
            said = glyphs.marked * booked + (f" {free} free" if free else "")
            cells.append((said.strip() or glyphs.missed).ljust(9))
        name = week_words(week.days[0], week.days[-1])
        lines.append(Choice(str(week.monday), f"{name:<22} {' '.join(cells)}"))
    return lines
