"""Filters against a desk: what is found is what a person reading every ticket would pick."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from deskterm.desk.desk import Desk
from deskterm.desk.filter_sql import condition
from deskterm.desk.filters import parse_filter
from deskterm.desk.model import TicketView
from deskterm.desk.queue import day_ends_us
from deskterm.desk.store.words import tokens
from tests.desk.demo.desks import NOW_US, demo_file, opened
from tests.desk.office import Office

Judge = Callable[[TicketView], bool]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(demo_file(tmp_path_factory.mktemp("filters") / "desk.db", 300)) as made:
        made.zone = "UTC"
        yield made


@pytest.fixture(scope="module")
def every(desk: Desk) -> list[TicketView]:
    rows = desk.queue.page("all", order="number", limit=1000).rows
    return [desk.tickets.show(row.number) for row in rows]


def found(desk: Desk, text: str) -> list[int]:
    page = desk.queue.page("all", parse_filter(text), order="number", limit=1000)
    return [row.number for row in page.rows]


def says(ticket: TicketView, *words: str) -> bool:
    """Each of `words` begins a word of what is said in or about the ticket."""
    said: list[str] = [
        ticket.row.subject,
        ticket.body,
        ticket.row.customer,
        *ticket.fields.values(),
    ]
    said += [str(event.data["text"]) for event in ticket.events if event.data.get("text")]
    there = tokens(" ".join(said))
    return all(any(one.startswith(word) for one in there) for word in words)


def us(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000


def overdue(ticket: TicketView) -> bool:
    return any(cell.state(NOW_US) == "overdue" for cell in ticket.row.clocks)


CASES: dict[str, Judge] = {
    "internet": lambda t: says(t, "internet"),
    "intern DOWN": lambda t: says(t, "intern", "down"),
    "-internet p:urgent": lambda t: not says(t, "internet") and t.row.priority == "urgent",
    '"wi-fi drops"': lambda t: "Wi-Fi drops" in t.row.subject,
    "p:high": lambda t: t.row.priority == "high",
    "p:p1,p2": lambda t: t.row.priority in ("P1", "P2"),
    "p:P": lambda t: str(t.row.priority).startswith("P"),
    "-p:high": lambda t: t.row.priority != "high",
    "p:none": lambda t: t.row.priority is None,
    "-p:none": lambda t: t.row.priority is not None,
    "p:none,urgent": lambda t: t.row.priority in (None, "urgent"),
    "who:none": lambda t: t.row.agent is None,
    "-who:none": lambda t: t.row.agent is not None,
    "type:incident": lambda t: t.row.type == "incident",
    "-type:incident,change": lambda t: t.row.type not in ("incident", "change_request"),
    "status:new,held": lambda t: t.row.status in ("new", "held"),
    "-status:closed": lambda t: t.row.status != "closed",
    "channel:phone": lambda t: t.channel == "phone",
    "-channel:phone": lambda t: t.channel != "phone",
    "policy:impero": lambda t: t.row.policy == "impero",
    "policy:pup": lambda t: t.row.policy == "pupil-asset",
    "customer:high": lambda t: "high" in t.row.customer.casefold(),
    "-customer:high,primary": lambda t: not any(
        part in t.row.customer.casefold() for part in ("high", "primary")
    ),
    "site:hall": lambda t: t.site is not None and "hall" in t.site.name.casefold(),
    "clock:held": lambda t: t.row.status == "held",
    "clock:overdue": overdue,
    "clock:risk": lambda t: (
        not overdue(t) and any(cell.at_risk(NOW_US) for cell in t.row.clocks)
    ),
    "clock:due": lambda t: (
        t.row.next_due_us is not None and t.row.next_due_us < day_ends_us(NOW_US, "UTC")
    ),
    "-clock:overdue clock:risk,due": lambda t: not overdue(t) and (
        any(cell.at_risk(NOW_US) for cell in t.row.clocks)
        or (t.row.next_due_us is not None and t.row.next_due_us < day_ends_us(NOW_US, "UTC"))
    ),
    "opened:7d": lambda t: t.row.opened_us >= NOW_US - 7 * 86_400_000_000,
    "-opened:7d": lambda t: t.row.opened_us < NOW_US - 7 * 86_400_000_000,
    "opened:2026-09": lambda t: us("2026-09-01") <= t.row.opened_us < us("2026-10-01"),
    "opened:2026-09,today": lambda t: (
        us("2026-09-01") <= t.row.opened_us < us("2026-10-01")
        or us("2026-11-20") <= t.row.opened_us
    ),
    "customer:zzz": lambda t: False,
    "p:zzz": lambda t: False,
    "policy:zzz": lambda t: False,
    "-customer:zzz": lambda t: True,
    "who:zzz": lambda t: False,
}  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_a_filter_finds_what_reading_every_ticket_would(
    desk: Desk, every: list[TicketView], text: str
) -> None:
    picked = [ticket.row.number for ticket in every if CASES[text](ticket)]
    assert found(desk, text) == picked


def test_the_cases_tell_something() -> None:
    """A filter that finds everything or nothing would pass whatever it did."""
    assert len(CASES) > 30


def test_most_cases_find_some_and_not_all(desk: Desk, every: list[TicketView]) -> None:
    telling = [text for text in CASES if 0 < len(found(desk, text)) < len(every)]
    assert len(telling) >= len(CASES) - 7


def test_a_name_that_is_whole_is_not_taken_for_a_beginning(office: Office) -> None:
    labels = {"name": "Ten", "priorities": [["t1", "T1"], ["t10", "T10"]], "clocks": []}
    with office.sam.store.write() as tx:
        tx.run(
            "INSERT INTO policy_snapshot (hash, policy, version, text, holidays, calendars, labels,"
            " taken_us) VALUES ('x', 'ten', '1', '', '{}', '{}', :labels, 0)",
            labels=json.dumps(labels),
        )
    asked: dict[str, Any] = {"me": None, "now_us": NOW_US, "day_ends_us": NOW_US, "zone": "UTC"}
    with office.sam.store.read() as tx:
        assert set(condition(tx, parse_filter("p:t1"), **asked)[1].values()) == {"t1"}
        assert set(condition(tx, parse_filter("p:t"), **asked)[1].values()) > {"t1", "t10"}


def test_me_is_whoever_asks(desk: Desk, every: list[TicketView]) -> None:
    me = desk.me
    assert me is not None
    mine = [ticket.row.number for ticket in every if ticket.row.agent_id == me.id]
    assert mine
    assert found(desk, "who:me") == mine
    assert found(desk, f"who:{me.name.split()[0].casefold()}") == mine


def test_open_tickets_are_searched_in_their_own_index(desk: Desk) -> None:
    with desk.store.read() as tx:
        wanted = parse_filter("internet -printer")
        asked: dict[str, Any] = {"me": None, "now_us": NOW_US, "day_ends_us": NOW_US, "zone": "UTC"}
        sql, _ = condition(tx, wanted, **asked, live=True)
        assert "ticket_done_fts" not in sql
        values = condition(tx, wanted, **asked, prefix="x_")[1]
    assert all(name.startswith("x_") for name in values)


@pytest.mark.parametrize(
    "typed",
    ['"', "NEAR(a b)", "a* OR b", "x:y", "'; DROP TABLE ticket; --", "%_", "\\", "(", "AND", "^a",
     "ticket_live_fts", "-", "a" * 5000, "é", "日本", "\x00\x1b[2J", ":f_1"],
)  # fmt: skip
def test_nothing_that_is_typed_is_an_error(desk: Desk, typed: str) -> None:
    from deskterm.desk.filters import FilterError

    for text in (typed, f"customer:{typed}", f"p:{typed}", f'"{typed}"', f"who:{typed}"):
        try:
            wanted = parse_filter(text)
        except FilterError:
            continue
        desk.queue.page("all", wanted, limit=5)
    assert len(desk.search(typed, 5)) <= 5
    assert len(desk.search(typed, 5, closed=True)) <= 5


def test_both_databases_agree(any_office: Office) -> None:
    """The same few tickets, asked the same questions."""
    office = any_office
    office.new("Projector blank in Hall", customer="Oakfield Primary")
    office.new("Écran noir", customer="St Bede's", channel="phone")
    office.new("Printer jam", customer="St Bede's", body="It says PC-LOAD-LETTER")
    office.do("assign", 2, agent="Sam")
    office.do("resolve", 3, text="Tray filled.")
    questions = {
        "proj": [1],
        "ecran": [2],
        "ÉCRAN": [2],
        '"pc load"': [3],
        "tray": [3],
        "-tray": [1, 2],
        "who:me": [2],
        "-who:me": [1, 3],
        "p:urgent": [1],
        "-p:urgent": [2, 3],
        "customer:bede": [2, 3],
        "channel:phone": [2],
        "status:resolved": [3],
        "opened:today": [1, 2, 3],
        "clock:overdue": [],
        "clock:due,held": [1, 2],
        "proj customer:oak": [1],
    }
    for text, numbers in questions.items():
        assert found(office.sam, text) == numbers, text
