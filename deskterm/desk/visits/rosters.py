"""What engineers and sites are booked for, as the rules of booking read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean
from deskterm.visits.interval import MINUTE_US, Interval
from deskterm.visits.roster import Engineer, Promise, Roster


def load_promises(
    tx: Tx,
    from_us: int | None,
    to_us: int,
    *,
    site: int | None = None,
    limit: int | None = None,
) -> Iterator[Promise]:
    """What holds time and begins from one instant until another, the latest first.

    `site` asks for one site's only, `limit` for so many.
    """
    where = " AND v.site_id = :site" if site is not None else ""
    where += " AND v.from_us >= :from_us" if from_us is not None else ""
    only = f" LIMIT {int(limit)}" if limit is not None else ""
    values = {"site": site, "from_us": from_us}
    rows = tx.rows(
        "SELECT v.id, v.from_us, v.to_us, v.engineer_id, v.site_id, v.gap_us, c.name"
        " FROM visit v JOIN customer c ON c.id = v.customer_id"
        f" WHERE v.holds = 1 AND v.from_us < :to_us{where} ORDER BY v.from_us DESC{only}",
        to_us=to_us,
        **{name: value for name, value in values.items() if value is not None},
    )
    for row in rows:
        yield Promise(
            row.id,
            Interval(row.from_us, row.to_us),
            row.engineer_id,
            row.site_id,
            clean(row.name),
            row.gap_us // MINUTE_US,
        )


def load_roster(
    tx: Tx, engineers: Iterable[Engineer], from_us: int, to_us: int, travel_minutes: int
) -> Roster:
    """Everything booked in a long time, without the names of places: for counting what is left."""
    rows = tx.connection.exec_driver_sql(
        "SELECT id, from_us, to_us, engineer_id, site_id, gap_us FROM visit WHERE holds = 1"
        f" AND from_us >= {int(from_us)} AND from_us < {int(to_us)}"
    )
    return Roster(
        engineers,
        (
            Promise(visit, Interval(begins, ends), engineer, site, "", gap_us // MINUTE_US)
            for visit, begins, ends, engineer, site, gap_us in rows
        ),
        travel_minutes,
    )
