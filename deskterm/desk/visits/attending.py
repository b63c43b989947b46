"""What happens on the day: arriving, departing, a visit missed, and what takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskterm.desk.errors import Refused
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean
from deskterm.desk.visits.changing import begin, chosen_cause
from deskterm.desk.visits.held import find_held
from deskterm.desk.visits.model import VisitDone
from deskterm.desk.visits.reading import load_visit
from deskterm.desk.visits.recording import Recorder
from deskterm.desk.visits.tickets import hold_for_third_party, note_arrival
from deskterm.visits import events as ev
from deskterm.visits.balance import Balance
from deskterm.visits.slots import slots_on
from deskterm.visits.wallclock import clock_words, day_words, local_date

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk


def arrive(
    desk: Desk, visit: int, *, at_us: int | None = None, version: int | None = None
) -> VisitDone:
    """Record that the engineer is there, on the visit's own day. A ticket it is for is told."""
    with desk.store.write() as tx:
        recorder = begin(tx, desk, visit, version, "record arrivals")
        when = _when(recorder, at_us)
        state = recorder.ledger.visits[visit]
        zone = recorder.held.zone
        day = local_date(state.interval.start_us, zone)
        if state.stage == "booked" and local_date(when, zone) != day:
            raise Refused(
                f"Visit {visit} is on {day_words(day)}; move it first, or say when on that day."
            )
        event_id = recorder.take(lambda event: ev.Arrived(id=event, at_us=when, visit=visit))
        recorder.finish()
        if state.ticket is not None and _is_live(tx, state.ticket):
            note_arrival(tx, desk, recorder.me, state.ticket, visit, when)
        view = load_visit(tx, visit)
    return VisitDone((view,), event_id, f"Arrived at {view.customer} at {clock_words(when, zone)}.")


def depart(
    desk: Desk,
    visit: int,
    *,
    at_us: int | None = None,
    third_party: str = "",
    version: int | None = None,
) -> VisitDone:
    """Record that the engineer left: the visit is delivered.

    `third_party` names whose fault a callout turned out to be: its ticket is held for them.
    """
    with desk.store.write() as tx:
        recorder = begin(tx, desk, visit, version, "record departures")
        when = _when(recorder, at_us)
        state = recorder.ledger.visits[visit]
        event_id = recorder.take(lambda event: ev.Departed(id=event, at_us=when, visit=visit))
        recorder.finish()
        if third_party.strip():
            if state.ticket is None:
                raise Refused("The visit is for no ticket that could wait for a third party.")
            hold_for_third_party(tx, desk, recorder.me, state.ticket, third_party)
        view = load_visit(tx, visit)
    return VisitDone(
        (view,),
        event_id,
        f"Left {view.customer} at {clock_words(when, recorder.held.zone)}; the visit is delivered.",
    )


def no_show(
    desk: Desk, visit: int, by: str, why: str = "", *, version: int | None = None
) -> VisitDone:
    """Record that a booked visit did not happen; it stays owed."""
    cause = chosen_cause(by)
    with desk.store.write() as tx:
        recorder = begin(tx, desk, visit, version, "record missed visits")
        event_id = recorder.take(
            lambda event: ev.Missed(
                id=event, at_us=recorder.now_us, visit=visit, by=cause, why=str(clean(why))
            )
        )
        recorder.finish()
        view = load_visit(tx, visit)
    return VisitDone((view,), event_id, f"Visit {visit} missed; it stays owed.")


def in_lieu(
    desk: Desk, visit: int, minutes: int, why: str = "", *, version: int | None = None
) -> VisitDone:
    """Log remote support given in place of a visit; as many minutes as it lasts replace it."""
    with desk.store.write() as tx:
        recorder = begin(tx, desk, visit, version, "log remote support in lieu")
        event_id = recorder.take(
            lambda event: ev.RemoteInLieu(
                id=event, at_us=recorder.now_us, visit=visit, minutes=minutes, why=str(clean(why))
            )
        )
        recorder.finish()
        state = recorder.ledger.visits[visit]
        view = load_visit(tx, visit)
    done = "it is replaced" if state.stage == "in_lieu" else f"{state.lieu_needed} minutes to give"
    return VisitDone(
        (view,), event_id, f"{minutes} minutes logged in place of visit {visit}; {done}."
    )


def in_lieu_of_unbooked(
    desk: Desk, customer: int | str, minutes: int, why: str = ""
) -> tuple[int, Balance]:
    """Log remote support in place of a visit that is owed and was never booked.

    It counts when it is as long as the package's shortest slot. The event's id and the balance.
    """
    with desk.store.write() as tx:
        recorder = _for_customer(tx, desk, customer, "log remote support in lieu")
        held = recorder.held
        today = local_date(recorder.now_us, held.zone)
        slots = slots_on(held.package, today, held.zone)
        needed = min((slot.interval.minutes for slot in slots), default=60)
        event_id = recorder.take(
            lambda event: ev.RemoteInLieu(
                id=event,
                at_us=recorder.now_us,
                minutes=minutes,
                equals_minutes=needed,
                why=str(clean(why)),
            )
        )
        recorder.finish()
        return event_id, recorder.ledger.balance


def forfeit(
    desk: Desk,
    reason: str,
    *,
    visit: int | None = None,
    customer: int | str | None = None,
) -> tuple[int, Balance]:
    """Let a visit that is owed lapse: a cancelled or missed one, or one of a customer's never
    booked. Only a supervisor may, and says why. The event's id and the balance.
    """
    with desk.store.write() as tx:
        me = desk.require(tx, "supervisor", doing="let visits lapse")
        if visit is not None:
            recorder = begin(tx, desk, visit, None, "let visits lapse")
        elif customer is not None:
            recorder = _for_customer(tx, desk, customer, "let visits lapse")
        else:
            raise Refused("Say which visit lapses, or whose.")
        event_id = recorder.take(
            lambda event: ev.Forfeited(
                id=event,
                at_us=recorder.now_us,
                visit=visit,
                supervisor=str(me.name),
                reason=str(clean(reason)),
            )
        )
        recorder.finish()
        return event_id, recorder.ledger.balance


def adjust(desk: Desk, customer: int | str, visits: int, reason: str) -> tuple[int, Balance]:
    """Add to a customer's visits granted, or take away what is owed. Only a supervisor may."""
    with desk.store.write() as tx:
        me = desk.require(tx, "supervisor", doing="change the number of visits granted")
        recorder = _for_customer(tx, desk, customer, "change the number of visits granted")
        event_id = recorder.take(
            lambda event: ev.Adjusted(
                id=event,
                at_us=recorder.now_us,
                visits=visits,
                supervisor=str(me.name),
                reason=str(clean(reason)),
            )
        )
        recorder.finish()
        return event_id, recorder.ledger.balance


def _for_customer(tx: Tx, desk: Desk, customer: int | str, doing: str) -> Recorder:
    me = desk.require(tx, "technician", "engineer", "supervisor", doing=doing)
    return Recorder(tx, desk, find_held(tx, desk, customer), me)


def _when(recorder: Recorder, at_us: int | None) -> int:
    if at_us is None:
        return recorder.now_us
    if at_us > recorder.now_us:
        raise Refused("That lies in the future; give a time that has passed.")
    return at_us


def _is_live(tx: Tx, ticket: int) -> bool:
    return bool(tx.value("SELECT live FROM ticket WHERE number = :number", number=ticket))
