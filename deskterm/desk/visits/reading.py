"""Visits as they are shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Row

from deskterm.desk.errors import NotFound
from deskterm.desk.store.base import Tx
from deskterm.desk.text import CleanText, clean
from deskterm.desk.visits.model import Choice, OfferView, VisitView
from deskterm.visits.bookable import Offer
from deskterm.visits.roster import Engineer
from deskterm.visits.wallclock import clock_words

_SELECT: Final = (
    "SELECT v.id, v.version, v.customer_id, c.name AS customer, v.agreement_id, v.site_id,"
    " s.name AS site, s.address, s.access, v.engineer_id, g.name AS engineer, v.kind, v.stage,"
    " v.draws, v.slot, v.day, v.starts, v.ends, v.zone, v.from_us, v.to_us, v.arrived_us,"
    " v.departed_us, v.lieu_minutes, v.ticket, v.series, v.deliberate, v.overlap_reason,"
    " v.sequence, e.payload"
    " FROM visit v JOIN customer c ON c.id = v.customer_id JOIN site s ON s.id = v.site_id"
    " JOIN agent g ON g.id = v.engineer_id JOIN event e ON e.id = v.version"
)


def load_visit(tx: Tx, visit: int) -> VisitView:
    """One visit. Raises `NotFound`."""
    row = tx.one(f"{_SELECT} WHERE v.id = :id", id=visit)
    if row is None:
        raise NotFound(f"There is no visit {visit}.")
    return _view(row)


def load_visits(tx: Tx, visits: Sequence[int]) -> tuple[VisitView, ...]:
    """Visits by number, in that order."""
    return tuple(load_visit(tx, visit) for visit in visits)


def visits_between(
    tx: Tx,
    from_us: int,
    to_us: int,
    *,
    customer: int | None = None,
    engineer: int | None = None,
    holding: bool = False,
    withdrawn: bool = False,
) -> tuple[VisitView, ...]:
    """Visits that begin from one instant until another, in order of time.

    Bookings that were taken back are left out unless `withdrawn`; `holding` leaves out cancelled
    and missed ones too.
    """
    where = " AND v.customer_id = :customer" if customer is not None else ""
    where += " AND v.engineer_id = :engineer" if engineer is not None else ""
    where += " AND v.holds = 1" if holding else ""
    where += "" if withdrawn else " AND v.stage <> 'withdrawn'"
    values = {"customer": customer, "engineer": engineer}
    rows = tx.rows(
        f"{_SELECT} WHERE v.from_us >= :from_us AND v.from_us < :to_us{where}"
        " ORDER BY v.from_us, g.name, v.id",
        from_us=from_us,
        to_us=to_us,
        **{name: value for name, value in values.items() if value is not None},
    )
    return tuple(_view(row) for row in rows)


def _view(row: Row[Any]) -> VisitView:
    return VisitView(
        id=row.id,
        version=row.version,
        customer_id=row.customer_id,
        customer=clean(row.customer),
        agreement_id=row.agreement_id,
        site_id=row.site_id,
        site=clean(row.site),
        address=clean(row.address, lines=True),
        access=clean(row.access, lines=True),
        engineer_id=row.engineer_id,
        engineer=clean(row.engineer),
        kind=row.kind,
        stage=row.stage,
        draws=bool(row.draws),
        slot=row.slot,
        day=date.fromisoformat(row.day),
        starts=row.starts,
        ends=row.ends,
        zone=row.zone,
        from_us=row.from_us,
        to_us=row.to_us,
        arrived_us=row.arrived_us,
        departed_us=row.departed_us,
        lieu_minutes=row.lieu_minutes,
        ticket=row.ticket,
        series=row.series,
        deliberate=bool(row.deliberate),
        overlap_reason=clean(row.overlap_reason),
        sequence=row.sequence,
        why=_why(row.payload),
    )


def _why(payload: str | None) -> CleanText:
    said = {} if payload is None else json.loads(payload)
    return clean(str(said.get("why") or said.get("reason") or ""))


def offer_view(found: Offer, people: Sequence[Engineer], warning: str = "") -> OfferView:
    """An offer with the names of who could come."""
    names = {engineer.id: clean(engineer.name) for engineer in people}
    time = found.time
    return OfferView(
        slot=time.id,
        name=time.name,
        day=time.date,
        starts=clock_words(time.interval.start_us, time.zone),
        ends=clock_words(time.interval.end_us, time.zone),
        zone=time.zone,
        from_us=time.interval.start_us,
        to_us=time.interval.end_us,
        engineers=tuple(Choice(each, names[each]) for each in found.engineers),
        why_not=found.why_not,
        warning=warning,
    )
