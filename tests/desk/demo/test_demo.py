"""The made-up desk: believable, the same for the same seed, and a desk like any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from deskterm.desk import journal
from deskterm.desk.clockcache import CachedClock
from deskterm.desk.demo.build import Order, build
from deskterm.desk.demo.crew import told
from deskterm.desk.demo.scale import Scale, blocks
from deskterm.desk.demo.words import EXAMPLES
from deskterm.desk.desk import Desk
from deskterm.desk.errors import Refused
from deskterm.desk.replay import differences
from tests.desk.demo.desks import NOW_US, SAM, demo_file, opened


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(demo_file(tmp_path_factory.mktemp("demo") / "desk.db")) as made:
        yield made


KINDS = "SELECT kind AS key, count(*) AS n FROM event WHERE subject = 'ticket' GROUP BY kind"


def counted(desk: Desk, sql: str) -> Counter[str]:
    """What `sql` counts: rows of a ``key`` and ``n`` of them."""
    with desk.store.read() as tx:
        return Counter({row.key: row.n for row in tx.rows(sql)})


def test_the_customers_of_the_commands_examples_are_there(desk: Desk) -> None:
    (oakfield, *_) = [desk.customers.card(name) for name in EXAMPLES.values()]
    (agreement, *_) = oakfield.agreements
    policy = desk.policies.library.load(agreement.policy)
    assert agreement.package is not None
    assert policy.packages[agreement.package].slots, "examples book slots by their names"


def test_it_has_all_shipped_policies_forty_customers_and_a_dozen_agents(desk: Desk) -> None:
    shipped = {entry.id for entry in desk.policies.library.entries()}
    assert {snapshot.policy for snapshot in desk.policies.list()} == shipped
    assert len(desk.customers.list()) == 40
    assert len(desk.agents.list()) == 12
    for line in desk.customers.list():
        card = desk.customers.card(line.customer.id)
        assert card.sites
        assert len(card.contacts) >= 3
        assert card.agreements


def test_whoever_built_it_is_known_there_and_has_work_to_do(desk: Desk) -> None:
    assert desk.me is not None
    assert desk.me.role == "supervisor"
    assert desk.queue.counts().views["mine"] > 0


def test_there_are_tickets_in_every_state_and_some_need_attention(desk: Desk) -> None:
    states = counted(desk, "SELECT status AS key, count(*) AS n FROM ticket GROUP BY status")
    assert states.total() == 400
    assert set(states) == {"new", "open", "held", "resolved", "closed"}
    counts = desk.queue.counts()
    assert counts.open == 40
    assert counts.overdue
    assert counts.at_risk
    assert counts.held
    assert counts.views["unassigned"]


@pytest.mark.parametrize("seed", range(1, 13))
def test_no_seed_makes_a_desk_where_nothing_is_to_be_seen(tmp_path: Path, seed: int) -> None:
    """On a Friday afternoon or, every other one, on a Saturday night with all desks closed."""
    at = "2026-11-20T14:16" if seed % 2 else "2026-11-21T23:10"
    now_us = int(datetime.fromisoformat(at + "+00:00").timestamp()) * 1_000_000
    build(tmp_path / "desk.db", Order(now_us, seed=str(seed)), login=SAM)
    with opened(tmp_path / "desk.db", at=lambda: now_us) as made:
        counts = made.queue.counts()
        assert counts.open == 40
        # Some, and on a desk that mostly keeps its word.
        assert 2 <= counts.overdue <= 12
        assert 2 <= counts.at_risk <= 15
        assert 2 <= counts.held <= 15
        assert counts.views["mine"] >= 2
        assert counts.views["unassigned"]
        visits = counted(made, "SELECT kind AS key, count(*) AS n FROM visit GROUP BY kind")
        assert visits["callout"]
        assert {"merged", "linked", "voided"} <= set(counted(made, KINDS))


def test_tickets_have_to_do_with_each_other(desk: Desk) -> None:
    with desk.store.read() as tx:
        merged = tx.rows("SELECT number, merged_into, customer_id, status, closed_us FROM ticket"
                         " WHERE merged_into IS NOT NULL")  # fmt: skip
        links = tx.rows("SELECT number, kind, other FROM link")
    assert len(merged) >= 4
    assert any(desk.tickets.show(row.merged_into).row.status not in ("resolved", "closed")
               for row in merged)  # fmt: skip
    for row in merged:
        into = desk.tickets.show(row.merged_into)
        assert row.status == "closed"
        assert into.row.customer_id == row.customer_id
        assert into.row.opened_us < row.closed_us
        assert f"{row.number} was merged into this." in {
            event.data.get("text") for event in into.events if event.kind == "told"
        }
    assert {"merged", "related", "caused_by"} <= {row.kind for row in links}
    assert all(row.number != row.other for row in links)


def test_what_it_keeps_is_what_the_journal_says(desk: Desk) -> None:
    assert differences(desk) == []


def test_most_promises_are_kept_and_some_are_not(desk: Desk) -> None:
    phases = counted(desk, "SELECT phase AS key, count(*) AS n FROM clock GROUP BY phase")
    kept = phases["met"] / (phases["met"] + phases["missed"])
    assert 0.9 < kept < 0.99
    assert {"pending", "running", "paused", "exempt"} <= set(phases)


def test_every_policy_has_tickets_with_histories(desk: Desk) -> None:
    by_policy = counted(desk, "SELECT policy AS key, count(*) AS n FROM ticket GROUP BY policy")
    assert len(by_policy) == 5
    assert min(by_policy.values()) > 40
    kinds = counted(desk, KINDS)
    assert {
        "opened", "triaged", "assigned", "acknowledged", "responded", "updated", "workaround",
        "action_planned", "escalated", "held", "resumed", "noted", "reprioritised", "resolved",
        "reopened", "closed", "linked", "merged", "voided", "told",
    } <= set(kinds)  # fmt: skip


def test_nothing_lies_in_the_future_and_every_history_is_in_order(desk: Desk) -> None:
    with desk.store.read() as tx:
        histories = journal.histories(tx, "ticket", 1, 400)
    assert len(histories) == 400
    for history in histories.values():
        assert history[0].kind == "opened"
        assert all(one.at_us <= other.at_us for one, other in pairwise(history))
        assert history[-1].at_us <= NOW_US


def test_tickets_are_numbered_as_they_came_in(desk: Desk) -> None:
    with desk.store.read() as tx:
        came = [row.opened_us for row in tx.rows("SELECT opened_us FROM ticket ORDER BY number")]
    assert came == sorted(came)


def test_no_gap_is_left_in_what_people_say(desk: Desk) -> None:
    with desk.store.read() as tx:
        assert tx.value("SELECT count(*) FROM event WHERE payload LIKE '%{room}%'") == 0
        subjects = tx.rows("SELECT subject FROM ticket")
    assert not any("{" in row.subject for row in subjects)
    assert len({row.subject for row in subjects}) > 100


def test_its_journal_is_sound_and_its_cache_is_what_the_journal_says(desk: Desk) -> None:
    assert journal.verify(desk.store).sound
    columns = ", ".join(CachedClock._fields)
    with desk.store.read() as tx:
        for number in range(1, 401):
            ticket = desk.rewriter.load(tx, number)
            kept = tx.rows(f"SELECT {columns} FROM clock WHERE number = {number}")
            assert {CachedClock(**row._mapping) for row in kept} == set(
                desk.rewriter.clocks(tx, ticket, NOW_US)
            )
            version = tx.value(f"SELECT version FROM ticket WHERE number = {number}")
            assert version == ticket.version


def test_the_file_is_whole_and_ready_for_use(desk: Desk, tmp_path: Path) -> None:
    with desk.store.read() as tx:
        assert tx.rows("PRAGMA foreign_key_check") == []
        assert tx.value("PRAGMA integrity_check") == "ok"
        mode = tx.value("PRAGMA journal_mode")
    with Desk.open(tmp_path / "empty.db", login=SAM) as empty, empty.store.read() as tx:
        assert tx.value("PRAGMA journal_mode") == mode


def test_every_ticket_is_found_in_the_index_it_belongs_to(desk: Desk) -> None:
    for closed in (False, True):
        with desk.store.read() as tx:
            rows = tx.rows(
                "SELECT number, words FROM ticket_text WHERE live = :l", l=int(not closed)
            )
        for row in rows[:: max(1, len(rows) // 20)]:
            words = " ".join(row.words.split()[:4])
            assert row.number in {hit.number for hit in desk.search(words, 1000, closed=closed)}
            assert row.number not in {
                hit.number for hit in desk.search(words, 1000, closed=not closed)
            }


def schema_of(desk: Desk) -> set[tuple[str, str, str]]:
    with desk.store.read() as tx:
        rows = tx.rows("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%'")
    return {(row.type, row.name, row.sql) for row in rows}


def test_it_has_every_index_and_trigger_that_an_empty_desk_has(desk: Desk, tmp_path: Path) -> None:
    with Desk.open(tmp_path / "empty.db", login=SAM) as empty:
        assert schema_of(desk) == schema_of(empty)


def test_a_ticket_of_it_can_be_worked_on(tmp_path: Path) -> None:
    with opened(demo_file(tmp_path / "desk.db", 30)) as desk:
        number = desk.queue.page("breaking-next").rows[0].number
        desk.tickets.do("note", number, {"text": "Looked at the xylophone."})
        assert [row.number for row in desk.search("xylo")] == [number]
        assert journal.verify(desk.store).sound


def test_it_is_built_in_any_database_that_is_empty(empty_place: tuple[str, str]) -> None:
    place = empty_place[1]
    build(place, Order(NOW_US, 30), login=SAM)
    with Desk.open(place, clock=lambda: NOW_US, login=SAM) as desk:
        assert desk.queue.counts().open == 3
        assert journal.verify(desk.store).sound
        assert desk.search("the")
        desk.tickets.do("note", 1, {"text": "Looked at it."})
    with pytest.raises(Refused, match=r"already|there"):
        build(place, Order(NOW_US, 30), login=SAM)


def test_its_visits_are_in_every_stage_and_something_is_to_be_done_about_them(desk: Desk) -> None:
    stages = counted(desk, "SELECT stage AS key, count(*) AS n FROM visit GROUP BY stage")
    assert {"booked", "delivered", "cancelled", "missed"} <= set(stages)
    assert stages["delivered"] > 20
    kinds = counted(desk, "SELECT kind AS key, count(*) AS n FROM visit GROUP BY kind")
    assert {"scheduled", "on_demand", "callout"} <= set(kinds)
    verdicts = Counter(check.pace.verdict for check in desk.visits.check())
    assert {"on_pace", "behind"} <= set(verdicts)
    assert desk.visits.displaced(), "leave makes a visit impossible"
    tickets = [visit.ticket for week in ("2026-11-20", "2026-11-27")
               for visit in desk.visits.week(week) if visit.ticket]  # fmt: skip
    assert len(tickets) >= 2
    with desk.store.read() as tx:
        assert tx.value("SELECT count(*) FROM av_unit") > 4
        assert tx.value("SELECT count(*) FROM visit_tick WHERE result = 'fault'")
        assert not tx.value("SELECT count(*) FROM visit WHERE stage = 'booked' AND to_us < :now",
                            now=NOW_US)  # fmt: skip


@pytest.mark.parametrize("at", ["2026-08-16T03:00", "2026-12-25T12:00", "2027-03-28T00:59"])
def test_it_can_be_made_at_any_hour(tmp_path: Path, at: str) -> None:
    """On a Sunday night in the holidays, at Christmas, just before the clocks change."""
    now_us = int(datetime.fromisoformat(at + "+00:00").timestamp()) * 1_000_000
    build(tmp_path / "desk.db", Order(now_us), login=SAM)
    with opened(tmp_path / "desk.db", at=lambda: now_us) as made:
        assert journal.verify(made.store).sound
        assert any(check.balance.delivered for check in made.visits.check())


def everything(path: Path) -> list[tuple[object, ...]]:
    """All but the salts of the journal, which nobody may foresee, and what they go into."""
    tables = ("agent", "customer", "contact", "site", "agreement", "ticket", "clock", "term_date",
              "working_pattern", "absence", "visit", "av_unit", "visit_tick")  # fmt: skip
    journal = "id, subject, subject_id, at_us, recorded_us, agent_id, kind, payload"
    queries = [f"SELECT * FROM {table}" for table in tables] + [f"SELECT {journal} FROM event"]
    with opened(path) as desk, desk.store.read() as tx:
        return [tuple(row) for query in queries for row in tx.rows(query)]


def test_the_same_seed_makes_the_same_desk_and_another_one_another(tmp_path: Path) -> None:
    one = everything(demo_file(tmp_path / "one.db"))
    same = everything(demo_file(tmp_path / "same.db"))
    other = everything(demo_file(tmp_path / "other.db", 60, seed="2"))
    assert one == same
    assert one != other


def test_it_is_the_same_however_many_processes_tell_it(tmp_path: Path) -> None:
    """Blocks come back in their order, whoever was first to finish one."""
    from deskterm.desk import schema
    from deskterm.desk.demo.build import _people
    from deskterm.desk.store import open_store

    store = open_store(tmp_path / "people.db")
    schema.ensure(store, now_us=NOW_US)
    scale = Scale.of(60)
    setup = _people(store, Order(NOW_US, 60), scale, SAM)
    store.close()
    plan = blocks(scale, NOW_US, size=9)
    assert len(plan) > 4
    assert list(told(setup, plan, workers=1)) == list(told(setup, plan, workers=2))


def test_a_large_desk_is_cut_into_blocks_that_miss_nothing() -> None:
    scale = Scale.of(12_345)
    plan = blocks(scale, NOW_US)
    numbers = [
        number
        for block in plan
        for number in range(block.first, block.first + block.done + block.live)
    ]
    assert numbers == list(range(1, 12_346))
    assert sum(block.live for block in plan) == scale.live == 1_235


def test_a_desk_that_is_there_is_never_built_over(tmp_path: Path) -> None:
    path = demo_file(tmp_path / "desk.db", 5)
    before = path.read_bytes()
    with pytest.raises(Refused, match="there already"):
        demo_file(path, 5)
    assert path.read_bytes() == before


def test_what_was_stopped_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    def stop(what: str, done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path / "desk.db", Order(NOW_US, 5), login=SAM, progress=stop)
    assert list(tmp_path.iterdir()) == []
