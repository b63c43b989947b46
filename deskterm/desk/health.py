"""Is this desk fit for work: what a person should look into, each as a sentence that says how."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from deskterm.desk.counting import counted
from deskterm.desk.errors import DeskError
from deskterm.desk.instants import from_us
from deskterm.desk.text import CleanText, clean

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk
    from deskterm.desk.policies import PolicyEntry
    from deskterm.desk.store.sqlite import SqliteStore
    from deskterm.policy.document import Policy

Verdict = Literal["good", "note", "bad"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. ``note`` is worth knowing, ``bad`` needs somebody to act."""

    name: str
    verdict: Verdict
    sentence: CleanText


def examine(desk: Desk) -> Iterator[Check]:
    """Look at database, people, policies and closures, the quick things first."""
    yield from _database(desk)
    yield from _people(desk)
    yield from _clocks(desk)
    yield from _policies(desk)
    yield from _zones(desk)
    for missing in missing_shutdowns(desk):
        yield _check("closures", "bad", missing.sentence)


@dataclass(frozen=True, slots=True)
class MissingShutdown:
    """A yearly closure that a policy names and nobody has entered dates for."""

    policy: str
    policy_name: CleanText
    name: CleanText
    year: int

    @property
    def sentence(self) -> str:
        """What is missing and how to enter it."""
        return (
            f"{self.policy_name}: no dates are entered for the {self.name} of {self.year}; "
            f"enter them with: deskterm vary shutdown FIRST LAST --policy {self.policy}"
        )


def missing_shutdowns(desk: Desk) -> tuple[MissingShutdown, ...]:
    """Yearly closures of this year that policies in use name but nobody has entered (C1).

    Dates are never guessed, so until they are entered clocks run through the closure.
    """
    found = []
    for snapshot in desk.policies.list():
        policy = desk.policies.policy(snapshot.hash)
        if policy.shutdown is None:
            continue
        zone = next(iter(policy.calendars.values())).tz
        year = from_us(desk.now_us()).astimezone(ZoneInfo(zone)).year
        entered = {
            date.fromisoformat(entry.data["first"]).year
            for entry in desk.customers.policy_variations(policy.id)
            if entry.kind == "shutdown" and entry.withdrawn_us is None
        }
        if year not in entered:
            found.append(
                MissingShutdown(policy.id, clean(policy.name), clean(policy.shutdown), year)
            )
    return tuple(found)


def _check(name: str, verdict: Verdict, sentence: str) -> Check:
    return Check(name, verdict, clean(sentence))


def _database(desk: Desk) -> Iterator[Check]:
    from deskterm.desk import schema

    store = desk.store
    yield _check("database", "good", f"It answers and has form {schema.revision(store)}.")
    if store.dialect == "sqlite":
        from deskterm.desk.store.sqlite import SqliteStore

        assert isinstance(store, SqliteStore), "the only store of this dialect"
        yield from _sqlite(store)
    else:
        with store.read() as tx:
            version = tx.value("SHOW server_version")
        yield _check("postgresql", "good", f"Server {version}.")


def _sqlite(store: SqliteStore) -> Iterator[Check]:
    from deskterm.desk.store.sqlite import driver, wal_can_lose_commits

    module = driver()
    with store.read() as tx:
        mode = tx.value("PRAGMA journal_mode")
        broken = tx.value("PRAGMA quick_check(1)")
    if broken == "ok":
        yield _check("integrity", "good", "Every page of the database is in order.")
    else:
        yield _check(
            "integrity", "bad", f"The database is damaged ({broken}); bring back a copy with: "
            "deskterm restore FILE",
        )  # fmt: skip
    name = f"SQLite {module.sqlite_version} ({module.__name__}), {mode} journal"
    if mode == "wal" and wal_can_lose_commits(module.sqlite_version_info):
        yield _check("sqlite", "bad", f"{name}: this version can lose commits; install pysqlite3.")
    elif mode != "wal":
        yield _check(
            "sqlite", "note", f"{name}: safe, but readers wait for writers; pysqlite3 is quicker."
        )
    else:
        yield _check("sqlite", "good", f"{name}.")
    mode_bits = stat.S_IMODE(store.path.stat().st_mode)
    if mode_bits & stat.S_IRWXO:
        yield _check(
            "access", "bad", f"Everybody on this machine may open {store.path}; "
            f"shut them out with: chmod o-rwx {store.path}",
        )  # fmt: skip
    else:
        yield _check("access", "good", f"{store.path} is open to its owner and group only.")


def _people(desk: Desk) -> Iterator[Check]:
    agents = desk.agents.list()
    if not agents:
        yield _check(
            "people", "bad", "Nobody works here yet; begin with: deskterm init --agent NAME "
            "--role ROLE",
        )  # fmt: skip
    elif not any(agent.role == "supervisor" for agent in agents):
        yield _check(
            "people", "note", "There is no supervisor; until there is one, anybody may do what "
            "only a supervisor may.",
        )  # fmt: skip
    else:
        people = counted(len(agents), "agent")
        yield _check("people", "good", f"{people}, with a supervisor among them.")


def _clocks(desk: Desk) -> Iterator[Check]:
    from deskterm.desk import recompute

    with desk.store.read() as tx:
        left = recompute.pending(tx)
    if left:
        yield _check(
            "clocks", "bad", "Open clocks are still to be computed after a change of hours; it "
            "was stopped half way. Finish it with: deskterm doctor --finish",
        )  # fmt: skip
    else:
        yield _check("clocks", "good", "Open clocks are up to date with the hours entered.")


def _policies(desk: Desk) -> Iterator[Check]:
    from deskterm.policy.holidays import unknown_holidays

    library = desk.policies.library
    taken_in = {snapshot.policy: snapshot for snapshot in desk.policies.list()}
    usable: list[tuple[PolicyEntry, Policy]] = []
    broken: list[str] = []
    for entry in library.entries():
        try:
            policy = library.load(entry.id)
        except DeskError as error:
            broken.append(error.sentence)
            continue
        if unknown_holidays(policy, str(entry.path)):
            broken.append(
                f"the policy file {entry.path} names holidays nobody knows; see: deskterm policy "
                f"check {entry.path}"
            )
        else:
            usable.append((entry, policy))
    if usable:
        count = counted(len(usable), "policy", "policies")
        yield _check("policies", "good", f"{count} can be used.")
    for sentence in broken:
        yield _check("policies", "bad", sentence)
    for path in library.passed_over():
        yield _check(
            "policies", "note", f"{path} is no policy file and is not read; a policy is called "
            "ID.toml.",
        )  # fmt: skip
    for entry, policy in usable:
        kept = taken_in.get(entry.id)
        if kept is not None and kept.text != policy.text:
            yield _check(
                "policies", "note", f"{entry.id} has changed since it was taken in; agreements "
                "made from now on are under its new text, those there are keep theirs.",
            )  # fmt: skip
        elif entry.overrides_shipped:
            yield _check("policies", "note", f"{entry.id} is your own, not the shipped one.")
    for policy_id in sorted(taken_in.keys() - {entry.id for entry in library.entries()}):
        yield _check(
            "policies", "note", f"{policy_id} is in use, but its file is gone; agreements keep "
            "what was taken in.",
        )  # fmt: skip


def _zones(desk: Desk) -> Iterator[Check]:
    from deskterm.desk.visits import zonedata

    desk.visits.prepare()
    with desk.store.read() as tx:
        left = len(zonedata.shifted(tx, desk.now_us()))
        booked = zonedata.to_come(tx, desk.now_us())
    data = f"Zone data {zonedata.edition()}"
    if left:
        yield _check(
            "zones", "bad", f"{data}: {counted(left, 'visit')} to come would be at another time of "
            "day than was promised; put it right with: deskterm visits week",
        )  # fmt: skip
    else:
        keep = "keeps its" if booked == 1 else "keep their"
        yield _check(
            "zones", "good", f"{data}: {counted(booked, 'visit')} to come {keep} time on the wall.",
        )  # fmt: skip
