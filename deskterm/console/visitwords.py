"""Visits in a few words: cells of the planner, days, balances. Pure functions of plain data."""

from __future__ import annotations

from datetime import date
from typing import Final

from deskterm.console.clocktext import MONTHS, WEEKDAYS
from deskterm.console.glyphs import Glyphs
from deskterm.console.widgets.painted import Span
from deskterm.desk.visits.model import CheckLine, OfferView, VisitView

BAR_WIDTH: Final = 22

#: How the stages of a visit are told, by mark and word.
_STAGES: Final = {
    "booked": ("", "ink"), "arrived": ("there now", "risk"), "delivered": ("done", "met"),
    "cancelled": ("cancelled", "exempt"), "missed": ("missed", "missed"),
    "in_lieu": ("remote instead", "exempt"), "forfeited": ("forfeited", "exempt"),
}  # fmt: skip


def day_name(day: date) -> str:
    """``Mon 23``."""
    return f"{WEEKDAYS[day.weekday()]} {day.day}"


def dated(day: date) -> str:
    """``Mon 23 Nov``."""
    return f"{day_name(day)} {MONTHS[day.month - 1]}"


def week_words(monday: date, friday: date) -> str:
    """``23 – 27 Nov 2026``."""
    end = f"{friday.day} {MONTHS[friday.month - 1]} {friday.year}"
    if monday.month == friday.month:
        return f"{monday.day} – {end}"
    return f"{monday.day} {MONTHS[monday.month - 1]} – {end}"


def visit_mark(visit: VisitView, glyphs: Glyphs) -> str:
    """One character for the stage of a visit."""
    return {
        "booked": glyphs.marked, "arrived": glyphs.risk, "delivered": glyphs.met,
        "missed": glyphs.missed,
    }.get(visit.stage, glyphs.exempt)  # fmt: skip


def stage_words(visit: VisitView) -> tuple[str, str]:
    """What became of a visit, and the ink it is told in."""
    return _STAGES.get(visit.stage, (visit.stage.replace("_", " "), "ink"))


def offer_words(offer: OfferView) -> tuple[str, str]:
    """``2 free`` or the short reason, and the ink it is told in."""
    if offer.why_not is not None:
        return offer.why_not.short, "quiet"
    return f"{len(offer.engineers)} free", "track"


def balance_spans(check: CheckLine, glyphs: Glyphs, *, width: int = BAR_WIDTH) -> list[Span]:
    """``46 bought ████▓░░ 14 done · 1 callout · 3 booked · 28 to book — on pace``."""
    balance, pace = check.balance, check.pace
    if balance.granted == 0 and pace.verdict == "no_visits":
        return [Span("no visits bought", "quiet")]
    used = round(width * balance.used / balance.granted) if balance.granted else 0
    booked = round(width * balance.booked / balance.granted) if balance.granted else 0
    booked = min(booked, width - used)
    loud = {"behind": "risk", "impossible": "late"}.get(pace.verdict, "track")
    spans = [
        Span(f"{balance.granted} bought  ", "ink"),
        Span(glyphs.bar_full * used, "met"),
        Span(glyphs.bar_half * booked, "track"),
        Span(glyphs.bar_empty * (width - used - booked), "quiet"),
    ]
    parts = [
        (balance.delivered, "done"), (balance.callouts, "by callout"), (balance.in_lieu, "remote"),
        (balance.forfeited, "forfeited"), (balance.booked, "booked"), (balance.owed, "to book"),
    ]  # fmt: skip
    said = f" {glyphs.dot} ".join(f"{count} {word}" for count, word in parts if count)
    spans.append(Span(f"  {said}", "ink"))
    if balance.owed:
        spans.append(Span(f" {glyphs.dot} {pace.weeks} bookable weeks left", "quiet"))
    spans.append(Span(f"  {glyphs.dash} {pace.words}", loud))
    return spans
