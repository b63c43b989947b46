"""The queue: which tickets a view holds, in which order, and how many."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from deskterm.desk.clock_orders import ANSWER, FIX, order_sql
from deskterm.desk.errors import NotFound, Refused
from deskterm.desk.instants import from_us, to_us
from deskterm.desk.model import QueueCounts, QueuePage, QueueRow
from deskterm.desk.queue_rows import COLUMNS
from deskterm.desk.store.base import Tx

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk
    from deskterm.desk.filters import Filter


class View(NamedTuple):
    """A view of the desk's own: its name, which tickets, and in which order."""

    label: str
    where: str
    order: str


BREAKING_NEXT: Final = "breaking-next"

VIEWS: Final[Mapping[str, View]] = {
    BREAKING_NEXT: View("Breaking next", "ticket.live = 1", "due"),
    "mine": View("Mine", "ticket.live = 1 AND ticket.agent_id = :me", "due"),
    "unassigned": View("Unassigned", "ticket.live = 1 AND ticket.agent_id IS NULL", "due"),
    "on-hold": View("On hold", "ticket.live = 1 AND ticket.status = 'held'", "due"),
    "due-today": View("Due today", "ticket.live = 1 AND ticket.breaks_us < :day_ends", "due"),
    "policy-order": View("Policy order", "ticket.live = 1", "policy"),
}

#: Every ticket there ever was; named by no tab, for lists and exports.
ALL: Final = View("All", "1 = 1", "-number")

#: What a list can be sorted by; those of a clock are put together by `order_sql`. None of these is
#: ever NULL, so that a place can be counted.
ORDERS: Final[Mapping[str, str]] = {
    "due": "ticket.breaks_us",
    "answer": ANSWER,
    "fix": FIX,
    "policy": "ticket.policy_order",
    "number": "ticket.number",
    "priority": "ticket.priority_rank",
    "opened": "ticket.opened_us",
    "updated": "ticket.updated_us",
    "subject": "lower(ticket.subject)",
    "customer": "lower(ticket.customer_name)",
    "who": "lower(coalesce(ticket.agent_name, ''))",
    "status": "ticket.status",
}
#: Those for which open tickets have an index.
_INDEXED: Final = frozenset({ORDERS["due"], ORDERS["policy"]})


class _Question(NamedTuple):
    where: str
    values: dict[str, Any]
    order: str
    descending: bool

    @property
    def order_by(self) -> str:
        direction = " DESC" if self.descending else ""
        if self.order == ORDERS["number"]:
            return f"{self.order}{direction}"
        return f"{self.order}{direction}, ticket.number{direction}"


class Queue:
    """Lists of tickets; every page is one indexed read."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def page(
        self,
        view: str,
        filter: Filter | None = None,  # noqa: A002 -- the desk's own word for it
        order: str | None = None,
        offset: int = 0,
        limit: int = 200,
        *,
        counted: bool = False,
    ) -> QueuePage:
        """A stretch of a view. `order` is one of `ORDERS`, with ``-`` the other way round.

        `counted` asks for the total too. Raises `NotFound` for a view there is not and `Refused`
        for an order there is not.
        """
        as_of = self._desk.changes.counter()
        with self._desk.store.read() as tx:
            question = self._question(tx, view, filter, order, page=True)
            found = tx.rows(
                f"SELECT {COLUMNS} FROM ticket WHERE {question.where}"
                f" ORDER BY {question.order_by} LIMIT :limit OFFSET :offset",
                limit=limit,
                offset=offset,
                **question.values,
            )
            total = None
            if counted:
                total = _count(tx, self._question(tx, view, filter, order))
            elif len(found) < limit and (found or offset == 0):
                total = offset + len(found)
            return QueuePage(view, self._desk.rows.rows(tx, found), offset, total, as_of)

    def position(
        self,
        view: str,
        filter: Filter | None,  # noqa: A002 -- the desk's own word for it
        order: str | None,
        number: int,
    ) -> int | None:
        """How many tickets of the view come before this one; None where it is not in it."""
        with self._desk.store.read() as tx:
            question = self._question(tx, view, filter, order)
            key = tx.one(
                f"SELECT {question.order} AS key FROM ticket"
                f" WHERE ticket.number = :number AND ({question.where})",
                number=number,
                **question.values,
            )
            if key is None:
                return None
            before = ">" if question.descending else "<"
            return int(
                tx.value(
                    f"SELECT count(*) FROM ticket WHERE {question.where}"
                    f" AND ({question.order}, ticket.number) {before} (:key, :number)",
                    key=key.key,
                    number=number,
                    **question.values,
                )
            )

    def counts(self) -> QueueCounts:
        """How many tickets each view holds, saved ones included."""
        now_us = self._desk.now_us()
        with self._desk.store.read() as tx:
            counted = {
                name: _count(tx, self._question(tx, name, None, None))
                for name, view in VIEWS.items()
                if view.where != VIEWS[BREAKING_NEXT].where
            }
            live = int(tx.value("SELECT count(*) FROM ticket WHERE live = 1"))
            overdue, begun = (
                int(tx.value(f"SELECT count(*) FROM ticket WHERE live = 1 AND {what}", now=now_us))
                for what in ("late_from_us < :now", "at_risk_us <= :now")
            )
            views = {name: counted.get(name, live) for name in VIEWS}
            me = self._desk.who(tx)
            if me is not None:
                for saved in self._desk.views.of(tx, me.id):
                    views[saved.name] = _count(tx, self._question(tx, saved.name, None, None))
            # A late clock has been at risk before, so those late are among those at risk.
            return QueueCounts(
                views, live, overdue, begun - overdue, counted["on-hold"],
                self._turns_us(tx, now_us),
            )  # fmt: skip

    def _turns_us(self, tx: Tx, now_us: int) -> int:
        """When a ticket next becomes late or at risk, or today ends."""
        late, risk = (
            tx.value(f"SELECT min({what}) FROM ticket WHERE live = 1 AND {what} >= :from",
                     **{"from": now_us + later})
            for what, later in (("late_from_us", 0), ("at_risk_us", 1))
        )  # fmt: skip
        turns = [day_ends_us(now_us, self._desk.zone)]
        # Late is what is past its instant, at risk what has reached it.
        turns += [] if late is None else [int(late) + 1]
        turns += [] if risk is None else [int(risk)]
        return min(turns)

    def soon(self, limit: int = 50) -> tuple[QueueRow, ...]:
        """The tickets that will be late next, the first of them first."""
        now_us = self._desk.now_us()
        with self._desk.store.read() as tx:
            found = tx.rows(
                f"SELECT {COLUMNS} FROM ticket WHERE ticket.live = 1"
                " AND ticket.late_from_us >= :now ORDER BY ticket.late_from_us LIMIT :limit",
                now=now_us,
                limit=limit,
            )
            return self._desk.rows.rows(tx, found)

    def _question(
        self,
        tx: Tx,
        view: str,
        wanted: Filter | None,
        order: str | None,
        *,
        page: bool = False,
    ) -> _Question:
        """`page` where a stretch of the list is wanted and not all of it."""
        now_us = self._desk.now_us()
        me = self._desk.who(tx)
        own = ALL if view == "all" else VIEWS.get(view)
        parts: list[Filter] = [] if wanted is None else [wanted]
        if own is None:
            saved = self._desk.views.find(tx, view, None if me is None else me.id)
            if saved is None:
                raise NotFound(f"There is no view “{view}”; there is {', '.join(VIEWS)}.")
            from deskterm.desk.filters import parse_filter

            parsed = parse_filter(saved.filter)
            parts.append(parsed)
            own = ALL if parsed.names("status") else VIEWS[BREAKING_NEXT]
        elif wanted is not None and wanted.names("status") and view == BREAKING_NEXT:
            # Asking for resolved tickets by name means them, not those of them still open.
            own = own._replace(where=ALL.where)
        values: dict[str, Any] = {}
        if ":me" in own.where:
            values["me"] = -1 if me is None else me.id
        if ":day_ends" in own.where:
            values["day_ends"] = day_ends_us(now_us, self._desk.zone)
        wanted_order = order or own.order
        name = wanted_order.removeprefix("-")
        if name not in ORDERS:
            raise Refused(f"A list cannot be sorted by “{name}”; only by {', '.join(ORDERS)}.")
        live = "live = 1" in own.where
        wheres = [own.where]
        for place, part in enumerate(parts):
            if part:
                from deskterm.desk.filter_sql import condition

                asked, more = condition(
                    tx,
                    part,
                    me=me,
                    now_us=now_us,
                    day_ends_us=day_ends_us(now_us, self._desk.zone),
                    zone=self._desk.zone,
                    prefix=f"f{place}_",
                    live=live,
                    ordered=page and live and ORDERS[name] in _INDEXED,
                )
                wheres.append(f"({asked})")
                values |= more
        sorted_by = ORDERS[name]
        if sorted_by in (ANSWER, FIX):
            sorted_by = order_sql(tx, self._desk.rows, sorted_by)
        return _Question(" AND ".join(wheres), values, sorted_by, wanted_order.startswith("-"))


def _count(tx: Tx, question: _Question) -> int:
    return int(
        tx.value(f"SELECT count(*) FROM ticket WHERE {question.where}", **question.values)
    )


def day_ends_us(now_us: int, zone: str) -> int:
    """The end of today in `zone`, in microseconds since the epoch UTC."""
    today = from_us(now_us).astimezone(ZoneInfo(zone)).date()
    # The wall clock's next midnight; where that is skipped, the first instant after it.
    return to_us(datetime.combine(today + timedelta(days=1), time(), ZoneInfo(zone)))
