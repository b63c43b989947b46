"""Moving, reassigning and cancelling visits: one, it and later ones of its series, or all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from deskterm.desk.agents import find_agent
from deskterm.desk.errors import Refused
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean
from deskterm.desk.visits.booking import (
    EVERYBODY,
    allowed_overlap,
    choose,
    other_times,
)
from deskterm.desk.visits.held import load_held, situation
from deskterm.desk.visits.model import NotBookable, VisitDone, VisitView
from deskterm.desk.visits.reading import load_visit, load_visits
from deskterm.desk.visits.recording import Recorder, check_version, refusals_of_the_database
from deskterm.desk.visits.tickets import recall
from deskterm.desk.visits.times import given_date, named_time
from deskterm.visits import events as ev
from deskterm.visits.bookable import Situation
from deskterm.visits.interval import Interval
from deskterm.visits.seriesscope import Proposal, Scope, in_scope, propose_engineer, propose_moves
from deskterm.visits.state import VisitState

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

SCOPES: tuple[Scope, ...] = ("this", "later", "all")
CAUSES: tuple[ev.Cause, ...] = ("customer", "provider", "outside")


def begin(tx: Tx, desk: Desk, visit: int, version: int | None, doing: str) -> Recorder:
    """A change to a visit, by somebody who may. Raises `NotFound`, `NotAllowed`, `Conflict`."""
    me = desk.require(tx, *EVERYBODY, doing=doing)
    found = load_visit(tx, visit)
    recorder = Recorder(tx, desk, load_held(tx, desk, found.agreement_id), me)
    check_version(tx, visit, load_visit(tx, visit).version, version, {})
    if visit not in recorder.ledger.visits:
        raise Refused(f"The booking of visit {visit} was taken back.")
    return recorder


def chosen_scope(scope: str) -> Scope:
    """Which visits of a series are meant. Raises `Refused` for anything unknown."""
    for known in SCOPES:
        if scope == known:
            return known
    raise Refused(f"“{clean(scope)}” is none of {', '.join(SCOPES)}.")


def move(
    desk: Desk,
    visit: int,
    day: date | str,
    slot: str | None = None,
    *,
    engineer: int | str | None = None,
    scope: str = "this",
    minutes: int | None = None,
    why: str = "",
    overlap_reason: str = "",
    version: int | None = None,
) -> VisitDone:
    """Move a visit to another day, or another slot or time; of a series by `scope`.

    The engineer stays where free, unless one is named. All move or none. Raises `SlotTaken` and
    `NotBookable` with other times, `Conflict`, `Refused` for a visit that is no longer booked.
    """
    which = chosen_scope(scope)
    with refusals_of_the_database(), desk.store.write() as tx:
        recorder = begin(tx, desk, visit, version, "move visits")
        chosen = recorder.ledger.visits[visit]
        meant = in_scope(recorder.ledger.visits.values(), chosen, which)
        if which == "this" or len(meant) <= 1:
            moved = [_move_one(tx, desk, recorder, chosen, given_date(day), slot, engineer, minutes,
                               why, overlap_reason)]  # fmt: skip
        else:
            moved = _move_series(
                tx, desk, recorder, chosen, meant, given_date(day), slot or chosen.slot, why
            )
        recorder.finish()
        views = load_visits(tx, [each.visit for each in meant] if len(moved) > 1 else [visit])
    words = _times(views)
    return VisitDone(views, moved[0], f"{_counted(views)} moved: {words}.")


def _move_one(
    tx: Tx,
    desk: Desk,
    recorder: Recorder,
    chosen: VisitState,
    day: date,
    slot: str | None,
    engineer: int | str | None,
    minutes: int | None,
    why: str,
    overlap_reason: str,
) -> int:
    held = recorder.held
    length = minutes or chosen.interval.minutes
    old = load_visit(tx, chosen.visit)
    named = slot or (chosen.slot if chosen.slot != "free" else old.starts)
    time = named_time(held, day, named, length if chosen.slot == "free" else minutes)
    asked = situation(tx, desk, held, chosen.site, time.date, time.date).moving(chosen.visit)
    reason = allowed_overlap(recorder.me, overlap_reason)
    wanted = engineer
    if wanted is None and _is_free(asked, chosen, time.interval):
        wanted = chosen.engineer
    comes = choose(tx, held, asked, time, wanted, reason)
    return recorder.take(
        lambda event: ev.Moved(
            id=event,
            at_us=recorder.now_us,
            visit=chosen.visit,
            slot=time.id,
            interval=time.interval,
            engineer=comes,
            why=str(clean(why)),
            overlap_reason=reason,
        )
    )


def _is_free(asked: Situation, visit: VisitState, interval: Interval) -> bool:
    return any(
        each.id == visit.engineer and asked.roster.is_free(each, interval, asked.site)
        for each in asked.roster.engineers
    )


def _move_series(
    tx: Tx,
    desk: Desk,
    recorder: Recorder,
    chosen: VisitState,
    meant: Sequence[VisitState],
    day: date,
    slot: str,
    why: str,
) -> list[int]:
    held = recorder.held
    asked = _around(tx, desk, recorder, meant, day)
    proposals = propose_moves(asked, meant, chosen, day, named_time(held, day, slot).id)
    stuck = [each for each in proposals if each.engineer is None]
    if stuck:
        raise _cannot(tx, recorder, asked, stuck)
    return [_take_move(recorder, each, why) for each in _in_safe_order(proposals)]


def _in_safe_order(proposals: Sequence[Proposal]) -> Sequence[Proposal]:
    # The rows are written one after the other: later visits make room first when all move on.
    forward = proposals[0].offer.time.interval > proposals[0].visit.interval
    return tuple(reversed(proposals)) if forward else proposals


def _take_move(recorder: Recorder, proposal: Proposal, why: str) -> int:
    engineer = proposal.engineer
    assert engineer is not None, "visits that cannot move have been refused"
    return recorder.take(
        lambda event: ev.Moved(
            id=event,
            at_us=recorder.now_us,
            visit=proposal.visit.visit,
            slot=proposal.offer.time.id,
            interval=proposal.offer.time.interval,
            engineer=engineer,
            why=str(clean(why)),
        )
    )


def _around(
    tx: Tx, desk: Desk, recorder: Recorder, meant: Sequence[VisitState], day: date
) -> Situation:
    held = recorder.held
    ends = [load_visit(tx, each.visit).day for each in (meant[0], meant[-1])]
    shift = abs(day - ends[0])
    return situation(
        tx, desk, held, meant[0].site, min(*ends, day) - shift, max(*ends, day) + shift
    )


def _cannot(tx: Tx, recorder: Recorder, asked: Situation, stuck: Sequence[Proposal]) -> NotBookable:
    first = stuck[0]
    why = first.offer.why_not.sentence if first.offer.why_not is not None else ""
    others = other_times(tx, recorder.held, asked, first.offer.time)
    return NotBookable(
        f"{len(stuck)} of the series cannot go there, the first on "
        f"{first.offer.time.words()}: {why} Move that one by itself first.",
        others,
    )


def reassign(
    desk: Desk,
    visit: int,
    engineer: int | str,
    *,
    scope: str = "this",
    why: str = "",
    overlap_reason: str = "",
    version: int | None = None,
) -> VisitDone:
    """Give a visit, or those of its series by `scope`, to another engineer. All or none."""
    which = chosen_scope(scope)
    with refusals_of_the_database(), desk.store.write() as tx:
        recorder = begin(tx, desk, visit, version, "reassign visits")
        agent = find_agent(tx, engineer)
        chosen = recorder.ledger.visits[visit]
        meant = in_scope(recorder.ledger.visits.values(), chosen, which)
        reason = allowed_overlap(recorder.me, overlap_reason)
        asked = _around(tx, desk, recorder, meant, load_visit(tx, visit).day)
        if agent.id not in {each.id for each in asked.roster.engineers}:
            raise Refused(f"{agent.name} is no engineer who makes visits.")
        if not reason:
            for proposal in propose_engineer(asked, meant, agent.id):
                if proposal.engineer is None:
                    raise _not_free(asked, proposal, agent.id)
        ids = [_give(recorder, each, agent.id, why, reason) for each in meant]
        recorder.finish()
        views = load_visits(tx, [each.visit for each in meant])
    return VisitDone(views, ids[0], f"{_counted(views)} given to {agent.name}.")


def _not_free(asked: Situation, proposal: Proposal, engineer: int) -> NotBookable:
    roster = asked.roster.without(proposal.visit.visit)
    person = next(each for each in roster.engineers if each.id == engineer)
    time = proposal.offer.time
    why = roster.why_not_free(person, time.interval, asked.site, asked.zone)
    refusal = proposal.offer.why_not
    return NotBookable(
        f"{why or (refusal.sentence if refusal else '')} ({time.words()}).".replace("..", ".")
    )


def _give(recorder: Recorder, visit: VisitState, engineer: int, why: str, reason: str) -> int:
    return recorder.take(
        lambda event: ev.Reassigned(
            id=event,
            at_us=recorder.now_us,
            visit=visit.visit,
            engineer=engineer,
            why=str(clean(why)),
            overlap_reason=reason,
        )
    )


def cancel(
    desk: Desk,
    visit: int,
    by: str,
    why: str,
    *,
    scope: str = "this",
    version: int | None = None,
) -> VisitDone:
    """Cancel a visit, or those of its series by `scope`; they stay owed whoever cancelled.

    `by` is ``customer``, ``provider`` or ``outside``.
    """
    which = chosen_scope(scope)
    cause = chosen_cause(by)
    with desk.store.write() as tx:
        recorder = begin(tx, desk, visit, version, "cancel visits")
        chosen = recorder.ledger.visits[visit]
        meant = in_scope(recorder.ledger.visits.values(), chosen, which)
        ids = [_cancel_one(recorder, each, cause, str(clean(why))) for each in meant]
        recorder.finish()
        for each in meant:
            if each.visit_kind == "callout" and each.ticket is not None:
                recall(tx, desk, recorder.me, each.ticket, each.visit, "edited")
        views = load_visits(tx, [each.visit for each in meant])
    owed = recorder.ledger.balance.owed
    return VisitDone(
        views, ids[0], f"{_counted(views)} cancelled {ev.CAUSE_WORDS[cause]}; {owed} owed now."
    )


def _cancel_one(recorder: Recorder, visit: VisitState, by: ev.Cause, why: str) -> int:
    return recorder.take(
        lambda event: ev.Cancelled(
            id=event, at_us=recorder.now_us, visit=visit.visit, by=by, why=why
        )
    )


def chosen_cause(by: str) -> ev.Cause:
    """Whose doing it was. Raises `Refused` for anything unknown."""
    for known in CAUSES:
        if by == known:
            return known
    raise Refused(f"Say by whom: {', '.join(CAUSES)}, not “{clean(by)}”.")


def undo(desk: Desk, visit: int, *, version: int | None = None) -> VisitDone:
    """Take back the last step on a visit that stands: one's own, or as supervisor anybody's."""
    with refusals_of_the_database(), desk.store.write() as tx:
        recorder = begin(tx, desk, visit, version, "take steps back")
        ledger = recorder.ledger
        last = next(
            event
            for event in reversed(ledger.events)
            if getattr(event, "visit", None) == visit and not ledger.is_undone(event.id)
        )
        if last.agent != str(recorder.me.id) and recorder.me.role != "supervisor":
            raise Refused("Somebody else did that; only they or a supervisor can take it back.")
        event_id = recorder.take(
            lambda event: ev.Undone(id=event, at_us=recorder.now_us, undoes=last.id),
            subject=("visit", visit),
        )
        recorder.finish()
        view = load_visit(tx, visit)
        if view.ticket is not None and isinstance(last, ev.CalledOut | ev.Arrived):
            kind = "edited" if isinstance(last, ev.CalledOut) else "arrived"
            recall(tx, desk, recorder.me, view.ticket, visit, kind)
    return VisitDone((view,), event_id, f"Taken back: {last.label}.")


def _counted(views: Sequence[VisitView]) -> str:
    return f"Visit {views[0].id}" if len(views) == 1 else f"{len(views)} visits"


def _times(views: Sequence[VisitView]) -> str:
    first = views[0]
    one = f"{first.day.isoformat()} {first.starts}–{first.ends}, {first.engineer}"
    return one if len(views) == 1 else f"the first to {one}"
