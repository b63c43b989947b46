"""How the delivery of all agreements' visits stands, by the engineers they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Final

from deskterm.desk.errors import Refused
from deskterm.desk.opening import find_agreement
from deskterm.desk.store.base import Tx
from deskterm.desk.text import CleanText, clean
from deskterm.desk.visits.held import Held, find_held, find_site, load_held
from deskterm.desk.visits.ledgers import load_ledger
from deskterm.desk.visits.model import CheckLine
from deskterm.desk.visits.people import load_engineers
from deskterm.desk.visits.rosters import load_roster
from deskterm.desk.visits.termdates import load_terms
from deskterm.desk.visits.usage import fair_use_of
from deskterm.visits.bookable import Situation
from deskterm.visits.feasibility import Outlook, outlook
from deskterm.visits.ledger import Ledger
from deskterm.visits.openings import Claim
from deskterm.visits.pace import pace
from deskterm.visits.pool import Shortage, shortages
from deskterm.visits.roster import Roster
from deskterm.visits.wallclock import instant_us, local_date

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

_DAY_US: Final = 24 * 3600 * 1_000_000


@dataclass(frozen=True, slots=True)
class _Account:
    """One agreement with what is booked, bought and still open."""

    held: Held
    situation: Situation
    ledger: Ledger
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class _Found:
    """What is open to whom and who is owed too much, as found at an instant; true until something
    is written down or the next open time begins.
    """

    last_event: int
    from_us: int
    until_us: int
    short: dict[int, Shortage]
    outlooks: dict[int, Outlook]


class LastLook:
    """What was found when all agreements were last counted together by this program."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: _Found | None = None

    def known(self, agreement: int) -> Shortage | None:
        """What was found of an agreement then; it may have changed since."""
        with self._lock:
            return None if self._found is None else self._found.short.get(agreement)

    def still(self, tx: Tx, now_us: int) -> _Found | None:
        """All that was found, where it cannot have changed since; None where it can.

        What happens on tickets is no matter.
        """
        with self._lock:
            found = self._found
        if found is None or not found.from_us <= now_us <= found.until_us:
            return None
        news = tx.value(
            "SELECT count(*) FROM event WHERE id > :last AND subject <> 'ticket'",
            last=found.last_event,
        )
        return None if news else found

    def keep(self, found: _Found) -> None:
        """Remember what was found."""
        with self._lock:
            self._found = found


def check(
    desk: Desk, customer: int | str | None = None, *, usage: bool = True
) -> tuple[CheckLine, ...]:
    """How the delivery of visits stands, of one customer or of all whose agreement has visits.

    Without `usage` fair use is left out: it goes through all the tickets of a school year.
    All agreements are counted together: those whose window ends first get the engineers first.
    """
    with desk.store.read() as tx:
        found = desk.visits.last_look.still(tx, desk.now_us())
        one = None if customer is None else find_held(tx, desk, customer)
        if found is not None and one is not None:
            accounts: Sequence[_Account] = [_account(tx, desk, one, found=found)]
        else:
            accounts = _accounts(tx, desk, found)
        if found is None:
            found = _together(tx, desk, accounts)
        return tuple(
            _line(tx, desk, each, found.short.get(each.held.agreement_id), usage=usage)
            for each in accounts
            if one is None or each.held.agreement_id == one.agreement_id
        )


def check_at_once(tx: Tx, desk: Desk, held: Held) -> CheckLine:
    """How one agreement stands by its own times, and by what was known of the others last."""
    known = desk.visits.last_look.known(held.agreement_id)
    return _line(tx, desk, _account(tx, desk, held), known)


def _accounts(tx: Tx, desk: Desk, found: _Found | None) -> Sequence[_Account]:
    rows = tx.rows(
        "SELECT a.id FROM agreement a JOIN customer c ON c.id = a.customer_id"
        " WHERE c.active AND a.package IS NOT NULL AND a.id = (SELECT max(b.id) FROM agreement b"
        " WHERE b.customer_id = a.customer_id AND b.active) ORDER BY c.name"
    )
    agreements = []
    for row in rows:
        try:
            agreements.append(load_held(tx, desk, row.id))
        except Refused:
            continue  # An agreement without visits has nothing to check.
    if not agreements:
        return ()
    if found is not None:
        return [_account(tx, desk, held, found=found) for held in agreements]
    ends = [held.window.last for held in agreements if held.window is not None]
    roster = _booked_until(tx, desk, agreements[0], max(ends, default=None))
    return [_account(tx, desk, held, roster) for held in agreements]


def _account(
    tx: Tx, desk: Desk, held: Held, roster: Roster | None = None, found: _Found | None = None
) -> _Account:
    place = find_site(tx, held, None)
    window = held.window
    known = None if found is None else found.outlooks.get(held.agreement_id)
    if known is not None:
        roster = Roster(())  # It decides what is open, and that is known.
    elif roster is None:
        roster = _booked_until(tx, desk, held, None if window is None else window.last)
    asked = Situation(
        package=held.package,
        onsite=held.onsite,
        roster=roster.travelling(held.policy.travel_minutes),
        site=place.id if place else 0,
        zone=held.zone,
        now_us=desk.now_us(),
        terms=load_terms(tx, held.customer_id),
        window=window,
    )
    left = outlook(asked) if known is None else known
    return _Account(held, asked, load_ledger(tx, held), left)


def _booked_until(tx: Tx, desk: Desk, held: Held, last: date | None) -> Roster:
    now_us = desk.now_us()
    after = local_date(now_us, held.zone) if last is None else last
    return load_roster(
        tx,
        load_engineers(tx),
        now_us - 2 * _DAY_US,
        instant_us(after + timedelta(days=2), 0, held.zone),
        held.policy.travel_minutes,
    )


def _together(tx: Tx, desk: Desk, accounts: Iterable[_Account]) -> _Found:
    now_us = desk.now_us()
    look = desk.visits.last_look
    last_event = int(tx.value("SELECT last_event FROM journal_head WHERE id = 1"))
    claims = [
        Claim(each.held.agreement_id, each.ledger.balance.owed, each.situation, each.outlook)
        for each in accounts
    ]
    short = shortages(claims)
    begins = [time.interval.start_us for claim in claims for time in claim.outlook.open]
    found = _Found(
        last_event,
        now_us,
        min(begins, default=now_us),
        short,
        {claim.agreement: claim.outlook for claim in claims},
    )
    look.keep(found)
    return found


def _line(
    tx: Tx, desk: Desk, account: _Account, short: Shortage | None, *, usage: bool = True
) -> CheckLine:
    held, asked, balance = account.held, account.situation, account.ledger.balance
    window, now_us = held.window, asked.now_us
    found = pace(asked, balance, account.outlook, short)
    today = local_date(now_us, held.zone)
    return CheckLine(
        customer_id=held.customer_id,
        customer=held.customer,
        agreement_id=held.agreement_id,
        package=held.package.name,
        window=None if window is None else (window.first, window.last),
        balance=balance,
        pace=found,
        fair_use=fair_use_of(tx, held, account.ledger, today) if usage else None,
        warnings=(*asked.warnings(), *_not_entered(held)),
        open_ended=held.open_ended,
        shared_with=_names(tx, found.shared_with),
    )


def _names(tx: Tx, agreements: Sequence[int]) -> tuple[CleanText, ...]:
    return tuple(
        clean(
            tx.value(
                "SELECT c.name FROM customer c JOIN agreement a ON a.customer_id = c.id"
                " WHERE a.id = :id",
                id=agreement,
            )
        )
        for agreement in agreements
    )


#: What happens where the number bought is not entered and the package has none of its own.
NO_USUAL_NUMBER: Final = (
    "This package has no usual number of visits: it grows with what is booked until a number is "
    "entered."
)


def number_note(desk: Desk, customer: int | str) -> str:
    """What happens where a customer's number of visits is neither entered nor usual; else empty.

    Raises `NotFound` for an unknown customer.
    """
    with desk.store.read() as tx:
        held = find_agreement(tx, customer)
        bought = tx.value("SELECT visits FROM agreement WHERE id = :id", id=held.id)
        package = desk.shelf.policy(tx, held.snapshot).packages.get(held.package or "")
    if bought is not None or package is None or not package.slots or package.typical_visits:
        return ""
    return NO_USUAL_NUMBER


def _not_entered(held: Held) -> tuple[str, ...]:
    if held.open_ended and held.package.slots:
        return (NO_USUAL_NUMBER,)
    return ()
