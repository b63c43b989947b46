"""Questions to a desk: why, whether the journal is sound, and what when nobody can tell."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from deskterm.cli.status import UNKNOWN
from tests.cli.conftest import Deskterm


@pytest.fixture
def number(deskterm: Deskterm) -> str:
    """An urgent ticket, opened on a Friday at nine."""
    new = ["ticket", "new", "--customer", "Oakfield", "--subject", "Down", "--priority", "urgent"]
    return deskterm(*new).out.strip()


def test_explaining_adds_up_to_the_promise(deskterm: Deskterm, number: str) -> None:
    [told] = deskterm("explain", number, "resolution", "--json").json
    counted = [line["seconds"] for line in told["lines"] if line["kind"] == "counted"]
    assert sum(counted) == 8 * 3600
    assert told["due"] == "2026-11-23T08:30:00+00:00"
    text = deskterm("explain", number).out
    assert "Mon 23 Nov" in text and "1 working hour" in text


def test_a_clock_that_is_none_names_the_nearest(deskterm: Deskterm, number: str) -> None:
    wrong = deskterm.try_("explain", number, "resolutoin")
    assert wrong.status == 1
    assert "'resolution'" in wrong.err


def test_a_sound_journal_is_status_0(deskterm: Deskterm, number: str) -> None:
    assert deskterm("audit", "verify", "--json").json["sound"] is True


def test_a_changed_journal_is_status_1_and_says_where(deskterm: Deskterm, number: str) -> None:
    with sqlite3.connect(deskterm.database) as tampering:
        guards = tampering.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in guards.fetchall():
            tampering.execute(f'DROP TRIGGER "{name}"')
        tampering.execute("UPDATE event SET at_us = at_us + 1 WHERE id = 2")
    tampering.close()
    broken = deskterm.try_("audit", "verify", "--json")
    assert broken.status == 1
    assert (broken.json["sound"], broken.json["broken_at"]) == (False, 2)


def test_a_journal_that_cannot_be_read_is_status_3(deskterm: Deskterm) -> None:
    deskterm.database.write_bytes(b"not a database at all, whatever its name says" * 100)
    for name in ("desk.db-wal", "desk.db-shm"):
        deskterm.database.with_name(name).unlink(missing_ok=True)
    unknown = deskterm.try_("audit", "verify")
    assert unknown.status == UNKNOWN
    assert unknown.err.count("\n") == 1


@pytest.mark.parametrize(
    "question", [["audit", "verify"], ["ticket", "list"], ["explain", "1"], ["agent", "list"]]
)
def test_asking_a_desk_that_is_not_there_makes_none(bare: Deskterm, question: list[str]) -> None:
    unknown = bare.try_(*question)
    assert unknown.status == UNKNOWN
    assert "deskterm init" in unknown.err
    assert not bare.database.exists()


def test_writing_to_a_desk_that_is_not_there_makes_none(bare: Deskterm) -> None:
    failed = bare.try_("customer", "add", "X", "--policy", "concero")
    assert failed.status == 1
    assert not bare.database.exists()


def test_a_read_only_call_changes_nothing(deskterm: Deskterm, number: str) -> None:
    before = deskterm("audit", "verify", "--json").json["events"]
    refused = deskterm.try_("--read-only", "ticket", "note", number, "--text", "x")
    assert refused.status == 1
    assert deskterm("audit", "verify", "--json").json["events"] == before


def test_paths_name_the_desk_that_is_meant(
    bare: Deskterm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert bare("paths", "--json").json["database"] == str(bare.database)
    assert set(bare("paths", "--json").json) == {"database", "config", "policies", "drafts", "log"}
    shown = bare("--database", "postgresql+psycopg://kim:pw@db/desk", "paths").out
    assert "pw" not in shown and "kim:***@db" in shown


def test_a_list_of_a_desk_that_is_not_there_is_status_3_however_it_is_asked_for(
    bare: Deskterm,
) -> None:
    console, listed = bare.try_(), bare.try_("ticket", "list")
    assert (console.status, listed.status) == (UNKNOWN, UNKNOWN)
    assert console.err == listed.err
