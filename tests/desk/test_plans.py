"""How the database finds what a list shows: by an index, in order, without sorting anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from deskterm.desk.queue import VIEWS
from tests.desk.office import Office


def plans(office: Office, act: Callable[[], object]) -> list[tuple[str, str]]:
    """(statement, plan) of every SELECT on tickets that `act` makes, joined to events or not."""
    said: list[tuple[str, Any]] = []
    engine = office.sam.store.engine

    def listen(conn: object, cursor: object, sql: str, values: Any, *_: object) -> None:
        if re.search(r"\b(FROM|JOIN) ticket\b", sql) and sql.startswith("SELECT"):
            said.append((sql, values))

    event.listen(engine, "before_cursor_execute", listen)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    with office.sam.store.read() as tx:
        return [
            (sql, " / ".join(row.detail for row in
                             tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)))
            for sql, values in said
        ]  # fmt: skip


@pytest.fixture
def grown(office: Office) -> Office:
    """Enough tickets that an index is worth while, most of them done."""
    for number in range(12):
        office.new(f"Ticket {number}")
    for number in range(1, 8):
        office.do("resolve", number, text="Done")
    return office


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_is_read_from_an_index_in_order(grown: Office, view: str) -> None:
    ((_, plan),) = plans(grown, lambda: grown.sam.queue.page(view, limit=5))
    assert "USING INDEX" in plan or "USING COVERING INDEX" in plan, plan
    assert "TEMP B-TREE" not in plan, plan


def test_counts_are_read_from_indexes_alone(grown: Office) -> None:
    for sql, plan in plans(grown, grown.sam.queue.counts):
        assert "USING COVERING INDEX" in plan, (sql, plan)


def test_a_tickets_place_is_counted_in_an_index_alone(grown: Office) -> None:
    *_, (sql, plan) = plans(
        grown, lambda: grown.sam.queue.position("breaking-next", None, None, 9)
    )
    assert "USING COVERING INDEX" in plan, (sql, plan)


def test_what_will_be_late_next_is_read_from_an_index_in_order(grown: Office) -> None:
    (_, plan), *_ = plans(grown, lambda: grown.sam.queue.soon(5))
    assert "USING INDEX ix_ticket_late" in plan, plan
    assert "TEMP B-TREE" not in plan, plan


def test_what_came_in_is_found_from_the_end_of_the_journal(grown: Office) -> None:
    joined = [plan for sql, plan in plans(grown, lambda: grown.sam.changes.arrivals(3))
              if "CROSS JOIN" in sql]  # fmt: skip
    assert joined
    for plan in joined:
        assert plan.startswith("SEARCH event USING INTEGER PRIMARY KEY"), plan
        assert "SCAN" not in plan, plan
