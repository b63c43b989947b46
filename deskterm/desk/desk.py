"""The desk: the one door through which every read and write goes."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from deskterm.desk import schema
from deskterm.desk.agents import Agents, Login, allowed, by_login, has_supervisor, write_agent
from deskterm.desk.changes import Changes
from deskterm.desk.errors import NotAllowed
from deskterm.desk.localzone import local_zone
from deskterm.desk.model import Agent, QueueRow
from deskterm.desk.queue import Queue
from deskterm.desk.queue_rows import QueueRows
from deskterm.desk.saved_views import SavedViews
from deskterm.desk.store import open_store
from deskterm.desk.store.base import Store, Tx
from deskterm.desk.tickets import Tickets

if TYPE_CHECKING:
    from deskterm.desk.catchup import CatchUp
    from deskterm.desk.customers import Customers
    from deskterm.desk.hours import DeskHours
    from deskterm.desk.policy_door import Policies
    from deskterm.desk.rewriting import Rewriter
    from deskterm.desk.shelf import Shelf
    from deskterm.desk.visits.door import Visits


def system_clock() -> int:
    """Microseconds since the epoch by the system's clock."""
    return time.time_ns() // 1000


class Desk:
    """A service desk in one database. Every method blocks and may be called from any thread.

    What the first screen does not need (customers, policies, steps) is imported when it is used.
    """

    def __init__(
        self, store: Store, *, clock: Callable[[], int] = system_clock, login: Login | None = None
    ) -> None:
        self.store = store
        self.login = login or Login.current()
        self.zone = local_zone()
        """IANA name of the zone in which "today" is meant."""
        self._clock = clock
        self._shelf: Shelf | None = None
        self._rewriter: Rewriter | None = None
        self._customers: Customers | None = None
        self._policies: Policies | None = None
        self._visits: Visits | None = None
        self.rows = QueueRows()
        self.agents = Agents(self)
        self.changes = Changes(self)
        self.queue = Queue(self)
        self.tickets = Tickets(self)
        self.views = SavedViews(self)

    @classmethod
    def open(
        cls,
        place: str | Path | None = None,
        *,
        clock: Callable[[], int] = system_clock,
        login: Login | None = None,
        read_only: bool = False,
        say: Callable[[str], None] | None = None,
    ) -> Self:
        """The desk in the file or at the URL `place` (the user's own by default), or a new one.

        A desk of an older form is brought up to date, after a backup; `say` is told so. Raises
        `StoreLost`, `StoreBusy` or `StoreUnfit`.
        """
        if place is None:
            from deskterm.paths import user_paths

            place = user_paths().database
        store = open_store(place, read_only=read_only)
        try:
            schema.ensure(store, now_us=clock(), say=say)
        except BaseException:
            store.close()
            raise
        return cls(store, clock=clock, login=login)

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def key(self) -> str:
        """A short name for where this desk lies, the same whenever it is opened there."""
        import hashlib

        return hashlib.sha256(self.store.place.encode()).hexdigest()[:12]

    def now_us(self) -> int:
        """The time the desk goes by, in microseconds since the epoch UTC."""
        return self._clock()

    def hours(self) -> tuple[DeskHours, ...]:
        """Which desks are open now, and when that changes."""
        from deskterm.desk.hours import desk_hours

        return desk_hours(self)

    def catching_up(self) -> CatchUp:
        """For a program that stays open: what finishes clocks that another one left."""
        from deskterm.desk.catchup import CatchUp

        return CatchUp(self)

    def search(
        self, text: str, limit: int = 50, *, closed: bool = False, before: int | None = None
    ) -> tuple[QueueRow, ...]:
        """Tickets with every word of `text`, newest first; see `deskterm.desk.search`."""
        from deskterm.desk.search import search

        return search(self, text, limit, closed=closed, before=before)

    @property
    def me(self) -> Agent | None:
        """Who sits here, by the operating system's user; None: the desk does not know them."""
        with self.store.read() as tx:
            return self.who(tx)

    def who(self, tx: Tx) -> Agent | None:
        """The same inside a transaction."""
        if "me" not in tx.scratch:
            tx.scratch["me"] = by_login(tx, self.login)
        found: Agent | None = tx.scratch["me"]
        return found

    def known(self, tx: Tx) -> Agent:
        """Who sits here. Raises `NotAllowed` for somebody the desk does not know."""
        me = self.who(tx)
        if me is None:
            raise NotAllowed(
                "This desk does not know you; ask a supervisor for `deskterm agent add`."
            )
        return me

    def require(self, tx: Tx, *roles: str, doing: str) -> Agent:
        """Who sits here, where their role may do that. Raises `NotAllowed`.

        What only a supervisor may do, anybody may on a desk that has none yet.
        """
        me = self.who(tx)
        if me is not None and roles == ("supervisor",) and not has_supervisor(tx):
            return me
        return allowed(me, frozenset(roles), doing)

    def init(self, name: str, role: str) -> Agent:
        """First run: whoever sits here becomes the desk's first agent.

        Raises `NotAllowed` where the desk has agents already.
        """
        with self.store.write() as tx:
            if tx.value("SELECT count(*) FROM agent"):
                raise NotAllowed(
                    "This desk has agents already; ask a supervisor for `deskterm agent add`."
                )
            return write_agent(
                tx, name, role, None, self.now_us(), login=self.login.name, uid=self.login.uid
            )

    @property
    def shelf(self) -> Shelf:
        """Policies and terms, read once."""
        if self._shelf is None:
            from deskterm.desk.shelf import Shelf

            self._shelf = Shelf()
        return self._shelf

    @property
    def rewriter(self) -> Rewriter:
        """What brings a ticket's row and clocks up to date."""
        if self._rewriter is None:
            from deskterm.desk.rewriting import Rewriter
            from deskterm.desk.visits.onsite_time import onsite_spans

            self._rewriter = Rewriter(self.shelf, onsite_spans)
        return self._rewriter

    @property
    def customers(self) -> Customers:
        """Customers, contacts, sites, agreements and their variations."""
        if self._customers is None:
            from deskterm.desk.customers import Customers

            self._customers = Customers(self)
        return self._customers

    @property
    def policies(self) -> Policies:
        """The policies that were taken in."""
        if self._policies is None:
            from deskterm.desk.policy_door import Policies

            self._policies = Policies(self)
        return self._policies

    @property
    def visits(self) -> Visits:
        """Onsite visits: the planner, every step on a visit, and what stands behind them."""
        if self._visits is None:
            from deskterm.desk.visits.door import Visits

            self._visits = Visits(self)
        return self._visits
