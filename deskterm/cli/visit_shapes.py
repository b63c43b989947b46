"""Visits as commands print them: the JSON shapes are a contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from deskterm.cli.output import say, say_json, say_json_list, say_table
from deskterm.cli.times import iso

if TYPE_CHECKING:
    from deskterm.desk.visits.displaced import InQuestion
    from deskterm.desk.visits.model import CheckLine, OfferView, VisitDone, VisitView

FREE = "free"
BLOCKED = "blocked"


def visit_shape(visit: VisitView) -> dict[str, Any]:
    """One visit."""
    return {
        "id": visit.id,
        "date": visit.day.isoformat(),
        "slot": visit.slot,
        "start": iso(visit.from_us, visit.zone),
        "end": iso(visit.to_us, visit.zone),
        "engineer": visit.engineer,
        "customer": visit.customer,
        "state": visit.stage,
        "why": visit.why or visit.overlap_reason or None,
        "site": visit.site,
        "kind": visit.kind,
        "ticket": visit.ticket,
        "series": visit.series,
        "version": visit.version,
    }


def offer_shape(offer: OfferView, customer: str) -> dict[str, Any]:
    """A time that is free, with whom it is suggested to book, or blocked, with the reason."""
    return {
        "id": None,
        "date": offer.day.isoformat(),
        "slot": offer.slot,
        "start": iso(offer.from_us, offer.zone),
        "end": iso(offer.to_us, offer.zone),
        "engineer": offer.engineers[0].name if offer.engineers else None,
        "customer": customer,
        "state": FREE if offer.bookable else BLOCKED,
        "why": offer.why_not.sentence if offer.why_not is not None else None,
        "engineers": [choice.name for choice in offer.engineers],
        "warning": offer.warning or None,
    }


def check_shape(line: CheckLine) -> dict[str, Any]:
    """How the delivery of one agreement's visits stands."""
    balance = line.balance
    return {
        "customer": line.customer,
        "granted": balance.granted,
        "delivered": balance.delivered,
        "callouts": balance.callouts,
        "in_lieu": balance.in_lieu,
        "forfeited": balance.forfeited,
        "booked": balance.booked,
        "owed": balance.owed,
        "bookable": line.pace.bookable,
        "verdict": line.pace.verdict,
        "by": line.pace.by,
        "shared_with": list(line.shared_with),
        "package": line.package,
        "window": None if line.window is None else [day.isoformat() for day in line.window],
        "fair_use": None if line.fair_use is None else line.fair_use.words,
        "warnings": list(line.warnings),
    }


def say_visits(visits: Sequence[VisitView], as_json: bool) -> None:
    """Print visits in order of time."""
    if as_json:
        say_json_list(map(visit_shape, visits))
        return
    if not visits:
        say("No visits.")
        return
    say_table(
        ("id", "day", "time", "slot", "customer", "site", "engineer", "state"),
        [
            (
                visit.id,
                f"{visit.day:%a %d %b %Y}",
                f"{visit.starts}–{visit.ends}",
                visit.slot,
                visit.customer,
                visit.site,
                visit.engineer,
                visit.stage.replace("_", " "),
            )
            for visit in visits
        ],
    )


def offer_words(offer: OfferView) -> str:
    """``Mon 23 Nov 08:30–11:30 (am) Sam``."""
    who = f" {offer.engineers[0].name}" if offer.engineers else ""
    slot = f" ({offer.slot})" if offer.slot else ""
    return f"{offer.day:%a %d %b} {offer.starts}–{offer.ends}{slot}{who}"


def blocked_lines(offers: Sequence[OfferView]) -> Iterator[str]:
    """Why times cannot be booked: one line for those in a row with the same reason."""
    reasons = groupby(offers, key=lambda offer: offer.why_not and offer.why_not.sentence)
    for sentence, group in reasons:
        alike = list(group)
        if sentence is None:
            continue
        first, last = alike[0], alike[-1]
        if len(alike) == 1:
            when = offer_words(first)
        elif first.day == last.day:
            when = f"{first.day:%a %d %b} {first.starts}–{last.ends}"
        else:
            when = f"{first.day:%a %d %b} to {last.day:%a %d %b}"
        yield f"{when}: {sentence}"


def say_in_question(found: InQuestion) -> None:
    """Say that booked visits cannot be kept and what lists them; nothing where all can."""
    count = len(found.first) + found.more
    if count:
        visits = "1 booked visit" if count == 1 else f"{count} booked visits"
        say(f"{visits} cannot be kept; what could be done with each: deskterm visits displaced")


def say_done(done: VisitDone, as_json: bool) -> None:
    """Print what a step did."""
    if as_json:
        say_json(
            {
                **visit_shape(done.visit),
                "sentence": done.sentence,
                "warnings": list(done.warnings),
                "visits": [visit.id for visit in done.visits],
            }
        )
        return
    say(f"{done.visit.id}: {done.sentence}")
    for warning in done.warnings:
        say(f"note: {warning}")
