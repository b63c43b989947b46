"""Booking a series of visits at once: planned first, then all that fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from deskterm.desk.agents import find_agent
from deskterm.desk.errors import Refused
from deskterm.desk.store.base import Tx
from deskterm.desk.text import CleanText, clean
from deskterm.desk.visits.booking import EVERYBODY
from deskterm.desk.visits.held import Held, ensure_site, find_held, find_site, situation
from deskterm.desk.visits.ledgers import load_ledger
from deskterm.desk.visits.model import OfferView, VisitDone
from deskterm.desk.visits.reading import load_visits, offer_view
from deskterm.desk.visits.recording import Recorder, refusals_of_the_database
from deskterm.desk.visits.times import given_date
from deskterm.visits import events as ev
from deskterm.visits.bookable import Situation
from deskterm.visits.errors import VisitRefused
from deskterm.visits.interval import Interval
from deskterm.visits.series import Every, SeriesPlan, SeriesVisit, plan_series
from deskterm.visits.wallclock import clock_words

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

_EVERY: tuple[Every, ...] = ("weekly", "fortnightly")


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """One visit of a planned series: who comes, or why it cannot be booked and what else can."""

    day: date
    starts: str
    ends: str
    engineer: CleanText | None
    stands_in: bool
    why_not: str
    second: tuple[OfferView, ...]


@dataclass(frozen=True, slots=True)
class SeriesPreview:
    """What booking a series would do. `stays_owed` visits need other slots, such as `second`."""

    rule: str
    lines: tuple[SeriesLine, ...]
    books: int
    stays_owed: int
    second: tuple[OfferView, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """The series asked for; `count` or `until` end it before the window does."""

    slot: str
    first: date | str
    every: str = "weekly"
    count: int | None = None
    until: date | str | None = None
    engineer: int | str | None = None


def preview_series(
    desk: Desk, customer: int | str, wish: Wish, *, site: int | str | None = None
) -> SeriesPreview:
    """What a series would book, and what not and why; nothing is kept.

    Raises `Refused` where the package has no such series or slot.
    """
    with desk.store.read() as tx:
        held = find_held(tx, desk, customer)
        place = find_site(tx, held, site)
        owed = load_ledger(tx, held).balance.owed
        asked, plan = _plan(tx, desk, held, place.id if place else 0, wish, owed)
        names = {each.id: clean(each.name) for each in asked.roster.engineers}
        lines = [_line(each, names[each.engineer]) for each in plan.visits] + [
            SeriesLine(
                gap.time.date,
                *_hours(gap.time.interval, held.zone),
                None,
                False,
                gap.why_not.sentence,
                tuple(offer_view(each, asked.roster.engineers) for each in gap.second),
            )
            for gap in plan.gaps
        ]
        return SeriesPreview(
            plan.rule,
            tuple(sorted(lines, key=lambda line: (line.day, line.starts))),
            len(plan.visits),
            plan.stays_owed,
            tuple(offer_view(each, asked.roster.engineers) for each in plan.second),
            plan.warnings,
        )


def book_series(
    desk: Desk, customer: int | str, wish: Wish, *, site: int | str | None = None
) -> VisitDone:
    """Book every visit of a series that fits; the others stay owed and are counted in the sentence.

    Raises `Refused` where none fits.
    """
    with refusals_of_the_database(), desk.store.write() as tx:
        me = desk.require(tx, *EVERYBODY, doing="book visits")
        recorder = Recorder(tx, desk, find_held(tx, desk, customer), me)
        place = ensure_site(tx, desk, me, recorder.held, site)
        owed = recorder.ledger.balance.owed
        _, plan = _plan(tx, desk, recorder.held, place.id, wish, owed)
        if not plan.visits:
            why = plan.gaps[0].why_not.sentence if plan.gaps else "no date of it is in term"
            raise Refused(f"None of the series can be booked: {why}")
        numbers: list[int] = []
        ids = [_take(recorder, each, place.id, numbers) for each in plan.visits]
        recorder.finish()
        views = load_visits(tx, numbers)
    left = f"; {len(plan.gaps)} could not be and stay owed" if plan.gaps else ""
    return VisitDone(views, ids[0], f"{len(views)} visits booked{left}.", plan.warnings)


def _take(recorder: Recorder, each: SeriesVisit, site: int, numbers: list[int]) -> int:
    visit = recorder.new_number()
    numbers.append(visit)
    return recorder.take(
        lambda event: ev.Booked(
            id=event,
            at_us=recorder.now_us,
            visit=visit,
            visit_kind="scheduled",
            slot=each.time.id,
            interval=each.time.interval,
            site=site,
            engineer=each.engineer,
            series=numbers[0],
        )
    )


def _plan(
    tx: Tx, desk: Desk, held: Held, site: int, wish: Wish, owed: int
) -> tuple[Situation, SeriesPlan]:
    every = next((known for known in _EVERY if known == wish.every), None)
    if every is None:
        raise Refused(f"A series is {' or '.join(_EVERY)}, not “{clean(wish.every)}”.")
    first = given_date(wish.first)
    until = None if wish.until is None else given_date(wish.until)
    last = held.window.last if held.window is not None else first + timedelta(weeks=104)
    asked = situation(tx, desk, held, site, first, max(first, last))
    engineer = None if wish.engineer is None else find_agent(tx, wish.engineer).id
    try:
        plan = plan_series(
            asked, wish.slot, first, every, owed, count=wish.count, until=until, engineer=engineer
        )
    except VisitRefused as refused:
        raise Refused(refused.sentence) from refused
    return asked, plan


def _line(each: SeriesVisit, engineer: CleanText) -> SeriesLine:
    time = each.time
    return SeriesLine(
        time.date, *_hours(time.interval, time.zone), engineer, each.stands_in, "", ()
    )


def _hours(interval: Interval, zone: str) -> tuple[str, str]:
    return clock_words(interval.start_us, zone), clock_words(interval.end_us, zone)
