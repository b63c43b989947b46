"""Booking a visit, and sending an engineer out at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from deskterm.desk.agents import find_agent
from deskterm.desk.errors import NotAllowed, Refused
from deskterm.desk.model import Agent
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean
from deskterm.desk.visits.held import Held, ensure_site, find_held, find_site, further, situation
from deskterm.desk.visits.model import NotBookable, OfferView, SlotTaken, VisitDone
from deskterm.desk.visits.reading import load_visit, offer_view
from deskterm.desk.visits.recording import Recorder, refusals_of_the_database
from deskterm.desk.visits.tickets import fix_due_us, load_ticket
from deskterm.desk.visits.times import given_date, named_time
from deskterm.desk.visits.usage import fair_use_of
from deskterm.visits import events as ev
from deskterm.visits.bookable import Offer, Reason, Situation, offer, offer_at_once
from deskterm.visits.roster import Promise
from deskterm.visits.slots import SlotTime
from deskterm.visits.ticketslots import late_warning, next_fitting
from deskterm.visits.wallclock import clock_words
from deskterm.visits.window import Window

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

EVERYBODY = ("technician", "engineer", "supervisor")
_TAKEN = (Reason.SITE_BOOKED, Reason.ENGINEERS_BOOKED)

#: How often a time that is free is tried for while others are first, and then give it up again.
_TURNS = 3
#: Other times are looked for in the next weeks first, then further on.
_LOOK_AHEAD_WEEKS = (2, 52)


def book(
    desk: Desk,
    customer: int | str,
    day: date | str,
    slot: str,
    *,
    engineer: int | str | None = None,
    minutes: int | None = None,
    site: int | str | None = None,
    ticket: int | None = None,
    overlap_reason: str = "",
) -> VisitDone:
    """Book a visit in a slot, or at a free time (``10:00``, ``10:00-12:00``) where the package has
    them. The engineer suggested comes unless one is named.

    Raises `SlotTaken` and `NotBookable` with other times, `Refused` where nothing is owed,
    `NotAllowed` and `NotFound`. `overlap_reason`, a supervisor's, books over other visits.
    """
    when = given_date(day)
    late: NotBookable | None = None
    for _ in range(_TURNS):
        with desk.store.read() as tx:
            # Refused here nobody waits for a turn to write, nor behind the search for other times.
            me = desk.require(tx, *EVERYBODY, doing="book visits")
            reason = allowed_overlap(me, overlap_reason)
            held = find_held(tx, desk, customer)
            time = named_time(held, when, slot, minutes)
            if ticket is not None and site is None:
                site = load_ticket(tx, ticket, held.customer_id).site_id
            known = find_site(tx, held, site)
            asked = situation(tx, desk, held, known.id if known else 0, time.date, time.date)
            choose(tx, held, asked, time, engineer, reason)
        try:
            return _book(desk, me, customer, time, engineer, site, ticket, reason)
        except NotBookable as refused:
            # Somebody was first: who it was, and what is free now, is found out of turn.
            late = refused
    assert late is not None, "it was tried"
    raise late


def _book(
    desk: Desk,
    me: Agent,
    customer: int | str,
    time: SlotTime,
    engineer: int | str | None,
    site: int | str | None,
    ticket: int | None,
    reason: str,
) -> VisitDone:
    """In the turn to write. Raises `NotBookable` without other times."""
    with refusals_of_the_database(), desk.store.write() as tx:
        recorder = Recorder(tx, desk, find_held(tx, desk, customer), me)
        held = recorder.held
        place = ensure_site(tx, desk, me, held, site)
        asked = situation(tx, desk, held, place.id, time.date, time.date)
        chosen = choose(tx, held, asked, time, engineer, reason, others=False)
        warnings = list(asked.warnings())
        if ticket is not None:
            found = load_ticket(tx, ticket, held.customer_id)
            if late := late_warning(time, fix_due_us(tx, desk, found)):
                warnings.append(f"The visit {late}.")
        visit = recorder.new_number()
        event_id = recorder.take(
            lambda event: ev.Booked(
                id=event,
                at_us=recorder.now_us,
                visit=visit,
                visit_kind="on_demand" if time.is_free else "scheduled",
                slot=time.id,
                interval=time.interval,
                site=place.id,
                engineer=chosen,
                ticket=ticket,
                overlap_reason=reason,
            )
        )
        recorder.finish()
        used = fair_use_of(tx, held, recorder.ledger, time.date)
        if used is not None and time.is_free:
            warnings.append(f"Fair use, {used.words}{': more than agreed' if used.over else ''}.")
        view = load_visit(tx, visit)
    sentence = f"Visit {visit} booked: {view.customer}, {time.words()}, {view.engineer}."
    return VisitDone((view,), event_id, sentence, tuple(warnings))


def allowed_overlap(me: Agent, reason: str) -> str:
    """The reason for an overlap, cleaned. Raises `NotAllowed` for anybody but a supervisor."""
    said = str(clean(reason))
    if said and me.role != "supervisor":
        raise NotAllowed("Only a supervisor may book over another visit.")
    return said


def choose(
    tx: Tx,
    held: Held,
    asked: Situation,
    time: SlotTime,
    engineer: int | str | None,
    overlap_reason: str,
    *,
    at_once: bool = False,
    others: bool = True,
) -> int:
    """The engineer who comes. Raises `SlotTaken` and `NotBookable`, with other times if wanted.

    `at_once` is for callouts, which keep to neither slots nor terms.
    """
    wanted = None if engineer is None else find_agent(tx, engineer)
    if wanted is not None and wanted.id not in {each.id for each in asked.roster.engineers}:
        raise Refused(f"{wanted.name} is no engineer who makes visits.")
    found = offer_at_once(asked, time) if at_once else offer(asked, time)
    if overlap_reason:
        return _over_others(asked, time, found, wanted)
    if found.bookable and (wanted is None or wanted.id in found.engineers):
        assert found.suggested is not None, "a time that can be booked has somebody to come"
        return found.suggested if wanted is None else wanted.id
    looks = others and not at_once
    free = other_times(tx, held, asked, time, wanted) if looks else ()
    raise _refusal(tx, held, asked, time, found, wanted, free)


def _over_others(asked: Situation, time: SlotTime, found: Offer, wanted: Agent | None) -> int:
    if found.why_not is not None and found.why_not.reason not in _TAKEN:
        raise NotBookable(found.why_not.sentence)
    if wanted is not None:
        return wanted.id
    if found.suggested is not None:
        return found.suggested
    free = asked.roster.free(time.interval, asked.site)
    if not free:
        raise Refused("Say which engineer is to come: all of them are booked then.")
    return free[0].id


def _refusal(
    tx: Tx,
    held: Held,
    asked: Situation,
    time: SlotTime,
    found: Offer,
    wanted: Agent | None,
    others: tuple[OfferView, ...],
) -> NotBookable:
    if found.why_not is not None and found.why_not.reason not in _TAKEN:
        return NotBookable(found.why_not.sentence, others)
    roster = asked.roster
    site_taken = roster.site_clash(time.interval, asked.site)
    if site_taken is not None:
        return SlotTaken(
            f"{_taken(tx, held, site_taken)}: the site has one visit at a time.", others
        )
    if wanted is None:
        assert found.why_not is not None, "without anybody wanted it is the offer that refuses"
        return SlotTaken(found.why_not.sentence, others)
    clash = roster.clash(wanted.id, time.interval, asked.site)
    person = next(each for each in roster.engineers if each.id == wanted.id)
    why = roster.why_not_free(person, time.interval, asked.site, held.zone)
    if clash is None:
        return NotBookable(f"{why}.", others)
    return SlotTaken(f"{_taken(tx, held, clash)}: {why}.", others)


def _taken(tx: Tx, held: Held, promise: Promise) -> str:
    """By whom and when a time was taken, e.g. ``Taken by Kim at 14:02``."""
    row = tx.one(
        "SELECT g.name, e.recorded_us FROM event e LEFT JOIN agent g ON g.id = e.agent_id"
        " WHERE e.subject = 'visit' AND e.subject_id = :id AND e.kind IN"
        " ('visit_booked', 'visit_moved', 'visit_callout', 'visit_reassigned')"
        " ORDER BY e.id DESC LIMIT 1",
        id=promise.visit,
    )
    if row is None:
        return "Taken"
    who = clean(row.name or "the desk")
    return f"Taken by {who} at {clock_words(row.recorded_us, held.zone)}"


def other_times(
    tx: Tx,
    held: Held,
    asked: Situation,
    time: SlotTime,
    wanted: Agent | None = None,
    count: int = 3,
) -> tuple[OfferView, ...]:
    """Times near one that is taken, from its day on; those with the wanted engineer first."""
    found: list[Offer] = []
    wishes = count if wanted is None else count * 4
    first = time.date
    for weeks in _LOOK_AHEAD_WEEKS:
        last = time.date + timedelta(weeks=weeks)
        wide = further(tx, held, asked, first, last)
        fitting = next_fitting(
            replace(wide, window=_until(held.window, first, last)),
            count=wishes - len(found),
            minutes=time.interval.minutes if time.is_free else None,
            scheduled=not time.is_free,
            after=first,
        )
        found += [each.offer for each in fitting]
        if len(found) >= count:
            break
        first = last + timedelta(days=1)
    if wanted is not None:
        found.sort(key=lambda each: wanted.id not in each.engineers)
    return tuple(offer_view(each, asked.roster.engineers) for each in found[:count])


def _until(window: Window | None, first: date, last: date) -> Window:
    """The window cut off at `last`, beyond which nothing is known of what is booked."""
    if window is None:
        return Window(first, last)
    return Window(window.first, max(window.first, min(window.last, last)))
