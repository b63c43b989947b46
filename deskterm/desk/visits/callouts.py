"""Sending an engineer out at once for an urgent ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskterm.desk.errors import Refused
from deskterm.desk.visits.booking import EVERYBODY, allowed_overlap, choose
from deskterm.desk.visits.held import ensure_site, find_held, situation
from deskterm.desk.visits.model import VisitDone
from deskterm.desk.visits.reading import load_visit
from deskterm.desk.visits.recording import Recorder, refusals_of_the_database
from deskterm.desk.visits.tickets import load_ticket, send_callout
from deskterm.visits import events as ev
from deskterm.visits.callout import check_callout
from deskterm.visits.errors import VisitRefused
from deskterm.visits.slots import free_at

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

#: How long an engineer is taken to be needed where nobody says.
USUAL_MINUTES = 120


def call_out(
    desk: Desk,
    ticket: int,
    *,
    engineer: int | str | None = None,
    minutes: int = USUAL_MINUTES,
    start_us: int | None = None,
    overlap_reason: str = "",
) -> VisitDone:
    """Send an engineer out for a ticket, now or at a time to come, in onsite hours.

    The ticket's limits do not apply from then on, and the package says what it uses up. Raises
    `Refused` where the package, the ticket's priority or the hour do not allow it, and `SlotTaken`.
    """
    with refusals_of_the_database(), desk.store.write() as tx:
        me = desk.require(tx, *EVERYBODY, doing="send callouts")
        line = load_ticket(tx, ticket)
        recorder = Recorder(tx, desk, find_held(tx, desk, line.customer_id), me)
        held = recorder.held
        begins_us = max(recorder.now_us, start_us or 0)
        try:
            rule = check_callout(
                held.package, line.priority, begins_us, held.onsite, held.policy.priority_name
            )
        except VisitRefused as refused:
            raise Refused(refused.sentence) from refused
        # A whole minute, so that the visit reads as it is meant.
        begins_us -= begins_us % 60_000_000
        time = free_at(begins_us, minutes, held.zone)
        place = ensure_site(tx, desk, me, held, line.site_id)
        asked = situation(tx, desk, held, place.id, time.date, time.date)
        reason = allowed_overlap(me, overlap_reason)
        chosen = choose(tx, held, asked, time, engineer, reason, at_once=True)
        visit = recorder.new_number()
        event_id = recorder.take(
            lambda event: ev.CalledOut(
                id=event,
                at_us=recorder.now_us,
                visit=visit,
                interval=time.interval,
                site=place.id,
                engineer=chosen,
                priority=str(line.priority),
                ticket=ticket,
                overlap_reason=reason,
            )
        )
        recorder.finish()
        send_callout(tx, desk, me, line, visit)
        view = load_visit(tx, visit)
    return VisitDone(
        (view,),
        event_id,
        f"{view.engineer} is sent to {view.customer} for ticket {ticket}. {rule.sentence}",
    )
