"""Dated changes on the command line: they move open clocks and rewrite no verdict (C1, C22, A2)."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Deskterm


@pytest.fixture
def number(deskterm: Deskterm) -> str:
    """A ticket whose fix is due on the Monday after."""
    new = ["ticket", "new", "--customer", "Oakfield", "--subject", "Down", "--priority", "urgent"]
    return deskterm(*new).out.strip()


def due(deskterm: Deskterm, number: str) -> str:
    shown = deskterm("ticket", "show", number, "--json").json
    found: str = shown["clocks"]["resolution"]["due"]
    return found


def test_a_shutdown_entered_for_a_policy_moves_open_clocks(deskterm: Deskterm, number: str) -> None:
    assert due(deskterm, number) == "2026-11-23T08:30:00+00:00"
    said = deskterm(
        "vary", "shutdown", "2026-11-23", "2026-11-24", "--policy", "concero", "--name", "Floods"
    )
    assert "shutdown 2026-11-23 – 2026-11-24 (Floods)" in said.out
    assert due(deskterm, number) == "2026-11-25T08:30:00+00:00"
    assert "Floods" in deskterm("explain", number, "resolution").out


def test_bought_hours_count_for_one_customer(deskterm: Deskterm, number: str) -> None:
    deskterm("vary", "hours", "2026-11-21", "09:00", "13:00", "--customer", "Oakfield")
    assert due(deskterm, number) == "2026-11-21T09:30:00+00:00"
    assert "bought 2026-11-21 09:00 – 13:00" in deskterm("customer", "show", "Oakfield").out


def test_hours_bought_for_every_week(deskterm: Deskterm, number: str) -> None:
    deskterm(
        "vary", "weekly", "sat", "08:00", "12:00", "--first", "2026-11-01", "--policy", "concero"
    )
    assert due(deskterm, number) == "2026-11-21T08:30:00+00:00"


def test_what_is_cut_out_does_not_count(deskterm: Deskterm, number: str) -> None:
    deskterm("vary", "break", "2026-11-20T12:00", "2026-11-20T13:00", "--policy", "concero")
    assert due(deskterm, number) == "2026-11-23T09:30:00+00:00"


def test_changed_targets_apply_to_tickets_opened_from_their_date(
    deskterm: Deskterm, number: str
) -> None:
    deskterm(
        "vary", "target", "resolution", "urgent=2 working hours", "--from", "2026-11-20",
        "--customer", "Oakfield",
    )  # fmt: skip
    assert due(deskterm, number) == "2026-11-20T11:00:00+00:00"


def test_what_was_entered_by_mistake_is_taken_back(deskterm: Deskterm, number: str) -> None:
    closed = deskterm(
        "vary", "shutdown", "2026-11-23", "2026-11-27", "--policy", "concero", "--json"
    )
    deskterm("vary", "withdraw", str(closed.json["id"]), "--reason", "wrong week")
    assert due(deskterm, number) == "2026-11-23T08:30:00+00:00"
    [listed] = deskterm("vary", "list", "--policy", "concero", "--json").json
    assert listed["withdrawn"] is not None


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["vary", "shutdown", "2026-11-23", "2026-11-24"], 2, "either --policy ID or --customer"),
        (["vary", "shutdown", "soon", "later", "--policy", "concero"], 1, "soon"),
        (["vary", "target", "resolution", "high", "--from", "2027-01-01", "--policy", "concero"],
         2, "high='2 working hours'"),
        (["vary", "shutdown", "2026-11-23", "2026-11-24", "--customer", "Nobody"], 1, "Nobody"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_how_to_write_it(
    deskterm: Deskterm, arguments: list[str], status: int, words: str
) -> None:
    wrong = deskterm.try_(*arguments)
    assert wrong.status == status
    assert wrong.err.count("\n") == 1
    assert words in wrong.err


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (
            ("2026-12-24", "2026-12-20"),
            "The last day, 2026-12-20, is before the first, 2026-12-24; swap them or correct one.",
        ),
        (
            ("24.12.2026", "2027-01-03"),
            "“24.12.2026” is no date I can read; write it like 2026-12-24.",
        ),
    ],
)
def test_dates_that_cannot_be_are_refused_in_a_sentence(
    deskterm: Deskterm, dates: tuple[str, str], said: str
) -> None:
    refused = deskterm.try_("vary", "shutdown", *dates, "--policy", "concero")
    assert (refused.status, refused.err) == (1, f"deskterm: {said}\n")
