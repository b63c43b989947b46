"""Fair use of an agreement, counted from its visits and the remote sessions of its tickets."""

from __future__ import annotations

from datetime import date, timedelta

from deskterm.desk.store.base import Tx
from deskterm.desk.visits.held import Held
from deskterm.visits.fairuse import FairUse, fair_use, school_year
from deskterm.visits.ledger import Ledger
from deskterm.visits.wallclock import instant_us


def fair_use_of(tx: Tx, held: Held, ledger: Ledger, day: date) -> FairUse | None:
    """Fair use of the school year a date lies in; None where the package has none.

    A ticket the customer opened by any channel but onsite is one remote session, in the year it was
    opened; merged ones count once.
    """
    if not held.package.fair_use:
        return None
    year = school_year(day, held.policy.school_year_starts)
    opened = tx.rows(
        # By its customer's tickets: those of everybody in a year are many more.
        "SELECT opened_us FROM ticket"
        " WHERE customer_id = :customer AND agreement_id = :id AND merged_into IS NULL"
        " AND coalesce(channel, '') <> 'onsite' AND opened_us >= :first AND opened_us < :after",
        customer=held.customer_id,
        id=held.agreement_id,
        first=instant_us(year.first, 0, held.zone),
        after=instant_us(year.last + timedelta(days=1), 0, held.zone),
    )
    return fair_use(
        held.package,
        year,
        ledger.visits.values(),
        (row.opened_us for row in opened),
        held.zone,
        visit_threshold=held.fair_use,
        session_threshold=held.fair_use,
    )
