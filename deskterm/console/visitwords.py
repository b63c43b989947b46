"""Visits in a few words: cells of the planner, days, balances. Pure functions of plain data."""

from __future__ import annotations

from datetime import date
from typing import Final

from deskterm.console.clocktext import MONTHS, WEEKDAYS
from deskterm.console.glyphs import Glyphs
from deskterm.console.widgets.painted import Span, width_of
from deskterm.console.wrapping import wrapped
from deskterm.desk.visits.model import CheckLine, OfferView, VisitView
from deskterm.visits.fairuse import FairUse

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


def first_name(name: str) -> str:
    """What an engineer is called where there is little room."""
    return name.partition(" ")[0]


def for_words(visit: VisitView) -> str:
    """What sets a visit apart: a callout, or the ticket it is for."""
    what = "callout" if visit.kind == "callout" else ""
    ticket = f"for {visit.ticket}" if visit.ticket is not None else ""
    return " ".join(part for part in (what, ticket) if part)


def offer_words(offer: OfferView) -> tuple[str, str]:
    """``2 free`` or the short reason, and the ink it is told in."""
    if offer.why_not is not None:
        return offer.why_not.short, "quiet"
    return f"{len(offer.engineers)} free", "track"


def balance_lines(check: CheckLine, glyphs: Glyphs, width: int) -> list[list[Span]]:
    """How it stands: ``46 bought ████▓░░ 14 done · 3 booked · 28 to book — on pace``.

    The verdict, which matters most, never runs out at the right: it begins a line where it must.
    """
    balance, pace = check.balance, check.pace
    if balance.granted == 0 and pace.verdict == "no_visits":
        said = "no visits booked yet" if check.open_ended else "no visits bought"
        return [[Span(said, "quiet")]]
    used = round(BAR_WIDTH * balance.used / balance.granted) if balance.granted else 0
    booked = round(BAR_WIDTH * balance.booked / balance.granted) if balance.granted else 0
    booked = min(booked, BAR_WIDTH - used)
    loud = {"behind": "risk", "impossible": "late", "on_pace": "met"}.get(pace.verdict, "track")
    head = [
        Span(f"{balance.granted} {'granted' if check.open_ended else 'bought'}  ", "strong"),
        Span(glyphs.bar_full * used, "met"),
        Span(glyphs.bar_half * booked, "track"),
        Span(glyphs.bar_empty * (BAR_WIDTH - used - booked), "quiet"),
    ]
    parts = [
        (balance.delivered, "done"), (balance.callouts, "by callout"), (balance.in_lieu, "remote"),
        (balance.forfeited, "forfeited"), (balance.booked, "booked"), (balance.owed, "to book"),
    ]  # fmt: skip
    said = f" {glyphs.dot} ".join(f"{count} {word}" for count, word in parts if count)
    weeks = f" {glyphs.dot} {pace.weeks} bookable weeks left" if balance.owed else ""
    verdict = f"{glyphs.dash} {check.verdict}"
    pieces = [Span(f"  {said}", "ink"), Span(weeks, "quiet"), Span(f"  {verdict}", loud)]
    lines = [head]
    for piece in pieces:
        if width_of(lines[-1]) + width_of([piece]) > width:
            text = piece.text.lstrip(f" {glyphs.dot}")
            lines += [[Span(part, piece.ink)] for part in wrapped(text, width)]
        else:
            lines[-1].append(piece)
    return lines


def slot_of(offer: OfferView) -> tuple[str, int | None]:
    """How a time is named when it is booked: its slot, or its start and length."""
    from deskterm.visits.slots import FREE

    if offer.slot != FREE:
        return offer.slot, None
    return offer.starts, (offer.to_us - offer.from_us) // 60_000_000


def fair_use_spans(used: FairUse) -> list[Span]:
    """``Fair use, school year 2026/27: 4 of 6 on-demand visits, 3 remote sessions``."""
    said = f"Fair use, {used.words}"
    return [Span(f"{said}: more than agreed" if used.over else said,
                 "risk" if used.over else "quiet")]  # fmt: skip
