"""Wrong calls of every command: one line that says what to do, and nothing is lost by them."""

from __future__ import annotations

import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from deskterm.cli.status import report
from deskterm.desk.desk import Desk
from tests.cli.conftest import Deskterm

#: What is called, its exit status, and what the line says.
CALLS = [
    ("--nope", 2, "No such option"),
    ("frobnicate", 2, "try: deskterm --help"),
    ("init", 2, "--agent"),
    ("init --agent Kim --role boss", 2, "'supervisor'"),
    ("init --agent Kim --role technician", 1, "deskterm agent add"),
    ("agent add Kim --role nurse", 2, "'engineer'"),
    ("agent add Sam --role technician", 1, "already"),
    ('agent add "" --role technician', 1, "needs a name"),
    ("demo --tickets 0 --no-open", 2, "greater than or equal to 1"),
    ("demo --tickets many --no-open", 2, "valid integer"),
    ("demo --now yesterday --no-open --database y.db", 2, "write it like 2026-11-20T16:00"),
    ("demo --now 9999-01-01 --no-open --database y.db", 2, "from 1971 to 2199"),
    ("demo --no-open", 1, "there already; name another file"),
    ("demo --no-open --database folder", 1, "there already"),
    ("demo --no-open --database mysql://x", 1, "postgresql+psycopg://"),
    ("policy show conserro", 1, "did you mean concero?"),
    ("policy check none.toml", 2, "cannot be read"),
    ("policy check folder", 2, "Is a directory"),
    ('policy new "Bad Id!"', 2, "cannot be an id"),
    ("simulate none.jsonl", 2, "cannot be read"),
    ("simulate line.jsonl", 1, "line 1: is no JSON"),
    ("customer add X", 2, "--policy"),
    ("customer add X --policy conserro", 1, "did you mean concero?"),
    ("customer add X --policy concero --package clowd", 1, "did you mean cloud?"),
    ("customer add X --policy impero --region mars", 1, "it knows uk"),
    ("customer add X --policy concero --start 2026-02-30", 1, "is no date such as"),
    ("customer add X --policy concero --visits -3", 2, "greater than or equal to 0"),
    ('customer add "Oakfield Primary" --policy concero', 1, "already"),
    ("customer show Nobody", 1, "deskterm customer add"),
    ("ticket new --customer Nobody --subject x", 1, "There is no customer “Nobody”"),
    ("ticket new --customer Oakfield", 2, "--subject"),
    ('ticket new --customer Oakfield --subject ""', 1, "needs a subject"),
    ("ticket new --customer Oakfield --subject x --priority P9", 1, "it knows Urgent, High"),
    ("ticket new --customer Oakfield --subject x --impact all", 1, "urgency is missing"),
    ("ticket new --customer Oakfield --subject x --opened never", 2, "is not a time"),
    ("ticket new --customer Oakfield --subject x --opened 2030-01-01", 1, "future"),
    ("ticket new --customer Oakfield --subject x --opened 0001-01-01", 2, "from 1971"),
    ("ticket new --customer Oakfield --subject x --tier king", 1, "no tier; leave it out"),
    ("ticket list nope:1", 2, "did you mean"),
    ("ticket list --view nope", 1, "there is breaking-next"),
    ("ticket list opened:never", 2, "it takes today"),
    ("ticket show 0", 2, "greater than or equal to 1"),
    ("ticket show 99", 1, "There is no ticket 99."),
    ("ticket show 99999999999999999999", 2, "too large"),
    ("ticket link 1 --other 99999999999999999999", 1, "too large"),
    ("ticket assign 1 --agent Ghost", 1, "Ghost"),
    ("ticket triage 1 --affected many --priority high", 2, "valid integer"),
    ("ticket hold 1 --reason nope", 1, "it knows awaiting_customer"),
    ("ticket hold 1 --reason other --text x --chase 2020-01-01", 1, "lies in the past"),
    ("ticket resume 1", 1, "It is not on hold."),
    ("ticket close 1 --field oops", 2, "--field takes NAME=VALUE"),
    ("ticket undo 1 --event-id 4242", 1, "There is no event 4242"),
    ("ticket merge 1 --into 1", 1, "into itself"),
    ("ticket edit 1 --field nope --new x", 1, "only subject, body"),
    ("explain 99", 1, "There is no ticket 99."),
    ("explain 1 reslution", 1, "did you mean 'resolution'"),
    ("import servicenow none.csv --customer X --policy impero", 1, "cannot be read"),
    ("import servicenow folder --customer X --policy impero", 1, "Is a directory"),
    ("import servicenow text.txt --customer X --policy impero --tz Mars", 2, "no time zone Mars"),
    ("import csv none.csv", 1, "cannot be read"),
    ("import csv empty.csv", 1, "export it again with its header"),
    ("import csv binary.csv", 1, "has no column for the name"),
    ("import xml text.txt", 2, "try: deskterm import --help"),
    ("export csv nope:1", 2, "did you mean"),
    ("export csv --to none/x.csv", 1, "make it first"),
    ("export json --to folder", 1, "is a folder; name a file in it"),
    ("export json --customers printer", 2, "leave it or --customers out"),
    ("vary shutdown 2026-12-24 2027-01-03", 2, "--policy ID or --customer NAME"),
    ("vary shutdown 2027-01-03 2026-12-24 --policy concero", 1, "is before the first, 2027-01-03"),
    ("vary withdraw 99 --reason x", 1, "There is no variation 99."),
    ("visits free --customer Nobody", 1, "There is no customer “Nobody”"),
    ("visits book --customer Oakfield --date never --slot am", 1, "is no date such as"),
    ("visits cancel 99999999999999999999 --reason x", 2, "too large"),
    ("watch --frob", 2, "try: deskterm watch --help"),
    ("paths extra", 2, "try: deskterm paths --help"),
    ("backup none/x.db", 1, "make it first"),
    ("restore none.db", 1, "There is no file none.db; name a copy"),
    ("restore text.txt", 1, "damaged or no desk"),
    ("restore other.db", 1, "is no desk"),
    ("restore newer.db", 1, "newer deskterm"),
    ("audit", 2, "try: deskterm audit --help"),
    ("doctor extra", 2, "try: deskterm doctor --help"),
    ("move --to mysql://x", 1, "postgresql+psycopg://"),
    ("move --to newer.db", 1, "newer deskterm"),
    ("move --to postgresql+psycopg://localhost:1/x", 1, "see that its server runs"),
]  # fmt: skip

#: Desks that are none, what is done with them, the exit status, and what the line says.
DESKS = [
    ("none.db", "ticket list", 3, "begin one with: deskterm init"),
    ("none.db", "ticket new --customer X --subject x", 1, "begin one with: deskterm init"),
    ("none.db", "audit verify", 3, "begin one with: deskterm init"),
    ("none.db", "doctor", 3, "begin one with: deskterm init"),
    ("empty.csv", "ticket list", 3, "there is no desk at"),
    ("text.txt", "ticket list", 3, "damaged or no desk"),
    ("text.txt", "ticket new --customer X --subject x", 1, "damaged or no desk"),
    ("text.txt", "init --agent Kim --role technician", 1, "damaged or no desk"),
    ("text.txt", "backup copy.db", 1, "damaged or no desk"),
    ("folder", "ticket list", 3, "is a folder; name the file of a desk"),
    ("folder", "init --agent Kim --role technician", 1, "is a folder"),
    ("other.db", "ticket list", 3, "something that is no desk"),
    ("other.db", "init --agent Kim --role technician", 1, "something that is no desk"),
    ("newer.db", "ticket list", 3, "newer deskterm; install that one"),
    ("newer.db", "ticket new --customer X --subject x", 1, "newer deskterm; install that one"),
    ("mysql://x/y", "ticket list", 3, "mysql:// is no database deskterm can use"),
    ("postgresql+psycopg://localhost:1/x", "ticket list", 3, "see that its server runs"),
]


@pytest.fixture
def shelf(deskterm: Deskterm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with all kinds of things in it that are no desk, beside one with a ticket."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.txt").write_text("no database\n" * 500, encoding="utf-8")
    (tmp_path / "line.jsonl").write_text("{bad\n", encoding="utf-8")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    (tmp_path / "binary.csv").write_bytes(b"\x00\xff" * 300)
    deskterm("ticket", "new", "--customer", "Oakfield", "--subject", "x", "--priority", "low")
    deskterm("backup", "newer.db")
    for file, statement in (
        ("newer.db", "UPDATE alembic_version SET version_num = '9001'"),
        ("other.db", "CREATE TABLE theirs (id INTEGER)"),
    ):
        connection = sqlite3.connect(file)
        connection.execute(statement)
        connection.commit()
        connection.close()
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, but for what SQLite keeps beside an open file."""
    return {
        str(path): path.read_bytes() if path.name != "desk.db" else b""
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-queue", "-wal", "-shm"))
    }


def last_event(deskterm: Deskterm) -> int:
    with Desk.open(deskterm.database) as desk:
        return desk.changes.last_event()


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(("call", "status", "says"), CALLS, ids=[call for call, _, _ in CALLS])
def test_a_wrong_call_is_one_line_and_changes_nothing(
    deskterm: Deskterm, shelf: Path, call: str, status: int, says: str
) -> None:
    before = last_event(deskterm), content(shelf)
    ran = deskterm.try_(*shlex.split(call))
    assert (ran.status, ran.out) == (status, "")
    [line] = ran.err.splitlines()
    assert line.startswith("deskterm: ")
    assert "something went wrong" not in line
    assert says in line
    assert (last_event(deskterm), content(shelf)) == before


@pytest.mark.parametrize(("desk", "call", "status", "says"), DESKS)
def test_what_is_no_desk_is_said_and_left_as_it_is(
    deskterm: Deskterm, shelf: Path, desk: str, call: str, status: int, says: str
) -> None:
    before = content(shelf)
    ran = deskterm.at_database(desk).try_(*shlex.split(call))
    assert (ran.status, ran.out) == (status, "")
    [line] = ran.err.splitlines()
    assert says in line
    assert content(shelf) == before


def test_what_the_system_refuses_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(PermissionError(13, "Permission denied", "/srv/desk.db")) == 1
    assert report(OSError(28, "No space left on device")) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first == (
        "deskterm: /srv/desk.db: Permission denied; ask whoever it belongs to, or name another "
        "place"
    )
    assert second == "deskterm: No space left on device; make room there and try again"


@pytest.mark.system
def test_a_full_disk_is_said_in_one_line(deskterm: Deskterm) -> None:
    """On the device of Linux that is always full; a disk that is cannot be had in a test."""
    command = [sys.executable, "-m", "deskterm", "--database", str(deskterm.database)]
    for more in (["customer", "list"], ["export", "json", "--customers"]):
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            done = subprocess.run(
                [*command, *more], stdout=full, stderr=subprocess.PIPE, text=True, check=False
            )
        assert done.returncode == 1
        assert done.stderr == "deskterm: No space left on device; make room there and try again\n"
    device = ["export", "csv", "--customers", "--to", "/dev/full"]
    done = subprocess.run([*command, *device], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert Path("/dev/full").is_char_device(), "a device is never replaced"


def test_a_closed_stream_is_no_error(deskterm: Deskterm) -> None:
    command = [sys.executable, "-m", "deskterm", "--database", str(deskterm.database)]
    shell = shlex.join([*command, "customer", "list"])
    for closed in (">&-", "<&-", "2>&-"):
        done = subprocess.run(
            ["sh", "-c", f"{shell} {closed}"], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
