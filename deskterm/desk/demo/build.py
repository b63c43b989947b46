"""Building a demo desk of any size: people first, then tickets in blocks.

Blocks are told by as many processes as there are cores and written by this one, in order, so that
the desk is the same however many tell it. A new file is filled beside its place and moved there
when it is whole: what was stopped half way leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from deskterm.desk import schema
from deskterm.desk.agents import Login
from deskterm.desk.demo import cast
from deskterm.desk.demo.bulk_store import BulkStore, DirectTx, UnsyncedStore
from deskterm.desk.demo.crew import told
from deskterm.desk.demo.people import write_agents, write_customers
from deskterm.desk.demo.scale import DEFAULT_TICKETS, Scale, blocks
from deskterm.desk.demo.telling import Setup
from deskterm.desk.demo.visits import tell_visits
from deskterm.desk.desk import Desk
from deskterm.desk.errors import Refused
from deskterm.desk.instants import from_us
from deskterm.desk.intake.writing import write_batch
from deskterm.desk.policies import PolicyLibrary
from deskterm.desk.store import open_store
from deskterm.desk.store.base import Store, Tx
from deskterm.policy.document import Policy

_DAY_US = 86_400_000_000

Progress = Callable[[str, int, int], None]
"""(what is being done, how many are done, of how many)"""


@dataclass(frozen=True, slots=True)
class Order:
    """What kind of desk is wanted. The same order gives the same desk."""

    now_us: int
    tickets: int = DEFAULT_TICKETS
    seed: str = "1"


def build(
    place: str | Path,
    order: Order,
    *,
    login: Login | None = None,
    progress: Progress = lambda what, done, total: None,
) -> Scale:
    """Build a desk in the new file, or the empty database, at `place`.

    `login` is known there as the first agent. Raises `Refused` where there is a desk already.
    """
    scale = Scale.of(order.tickets)
    login = login or Login.current()
    if "://" in str(place):
        store = open_store(place)
        try:
            schema.ensure(store, now_us=order.now_us)
            _fill(store, order, scale, login, progress)
            _visit(store, order, login)
        finally:
            store.close()
        return scale
    with _new_file(Path(place)) as path:
        bulk = BulkStore(path)
        try:
            schema.ensure(bulk, now_us=order.now_us)
            later = bulk.put_off()
            _fill(bulk, order, scale, login, progress)
            bulk.catch_up(later, lambda what: progress(what, scale.tickets, scale.tickets))
            bulk.make_safe()
        finally:
            bulk.close()
        unsynced = UnsyncedStore(path)
        try:
            _visit(unsynced, order, login)
        finally:
            unsynced.close()
    return scale


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its place in the end, or goes."""
    if path.exists() and path.stat().st_size > 0:
        raise Refused(f"{path} is there already; name another file, or remove it first.")
    part = path.with_name(f"{path.name}.building")
    beside = [part.with_name(part.name + end) for end in ("", "-queue", "-wal", "-shm", "-journal")]
    for left in beside:
        left.unlink(missing_ok=True)
    try:
        yield part
        part.replace(path)
    finally:
        for left in beside:
            left.unlink(missing_ok=True)


def _fill(store: Store, order: Order, scale: Scale, login: Login, progress: Progress) -> None:
    setup = _people(store, order, scale, login)
    done = 0
    progress("tickets", done, scale.tickets)
    plan = blocks(scale, order.now_us)
    for batch in told(setup, plan):
        with store.write() as tx:
            direct: Tx = DirectTx(tx.connection, store) if isinstance(store, BulkStore) else tx
            write_batch(direct, batch, None)
        done += len(batch)
        progress("tickets", done, scale.tickets)


def _visit(store: Store, order: Order, login: Login) -> None:
    """Visits are planned where there are few enough tickets to look at them one by one."""
    if order.tickets == DEFAULT_TICKETS:
        tell_visits(store, order.seed, order.now_us, login)


def _people(store: Store, order: Order, scale: Scale, login: Login) -> Setup:
    """Write agents, policies and customers; what their tickets are told from."""
    rng = Random(f"{order.seed}:people")
    before_us = order.now_us - (scale.history_days + 1) * _DAY_US
    desk = Desk(store, clock=lambda: before_us, login=login)
    policies = shipped(desk.policies.library)
    today = from_us(order.now_us).date()
    with store.write() as tx:
        if tx.value("SELECT count(*) FROM agent"):
            raise Refused("There is a desk in this database already; name another.")
        agents = write_agents(tx, cast.agents(rng, scale.agents), login, before_us)
        planned = cast.customers(rng, policies, scale.customers, today, scale.history_days)
        customers = write_customers(tx, desk, planned, agents, rng, order.now_us)
        kept = {policy.id: desk.policies.taken_in(tx, policy.id) for policy in policies}
    return Setup(
        seed=order.seed,
        now_us=order.now_us,
        policies={one.hash: (one.policy, one.text, one.holidays) for one in kept.values()},
        agent_names={agent.id: agent.name for agent in agents},
        customers=customers,
    )


def shipped(library: PolicyLibrary) -> Sequence[Policy]:
    """The policies that come with the program, a user's own in the place of those they replace."""
    return [
        library.load(entry.id)
        for entry in library.entries()
        if entry.origin == "shipped" or entry.overrides_shipped
    ]
