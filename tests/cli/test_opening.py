"""Who sits at a desk, and what happens where there is no screen or the console breaks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deskterm.cli.door import Opening
from deskterm.cli.login import login_for
from deskterm.cli.opening import open_console
from deskterm.cli.status import UsageError
from tests.cli.conftest import Deskterm


def test_without_a_screen_the_queue_is_a_plain_list(
    deskterm: Deskterm, monkeypatch: pytest.MonkeyPatch
) -> None:
    deskterm("ticket", "new", "--customer", "Oakfield", "--subject", "Down", "--priority", "urgent")
    monkeypatch.setenv("TERM", "dumb")
    said = deskterm().out
    assert "Down" in said and "deskterm ticket" in said
    assert "\x1b" not in said


def test_without_a_screen_no_desk_is_made(bare: Deskterm) -> None:
    none = bare.try_()
    assert none.status == 3
    assert "deskterm init" in none.err
    assert not bare.database.exists()


def test_a_mistyped_file_is_not_made_until_somebody_begins_a_desk_in_it(tmp_path: Path) -> None:
    import pexpect

    place = tmp_path / "typo.db"
    environment = {**os.environ, "TERM": "xterm-256color", "XDG_STATE_HOME": str(tmp_path / "x"),
                   "XDG_CONFIG_HOME": str(tmp_path / "x")}  # fmt: skip
    environment.pop("DESKTERM_DATABASE", None)

    def console() -> pexpect.spawn[bytes]:
        return pexpect.spawn(
            sys.executable, ["-m", "deskterm", "--database", str(place)], dimensions=(24, 120),
            timeout=60, env=environment,
        )  # fmt: skip

    left = console()
    left.expect("There is no desk at")
    left.expect("until then nothing is made")
    left.send("\x1b")
    left.expect(pexpect.EOF)
    left.close()
    assert left.exitstatus == 0 and not place.exists()

    begun = console()
    begun.expect("until then nothing is made")
    begun.send("\r")
    begun.expect("Your name")
    begun.send("Sam\x13")
    begun.expect("The desk is yours, .*Sam")
    assert place.exists()
    begun.send("\x11")
    begun.expect(pexpect.EOF)
    begun.close()
    assert begun.exitstatus == 0


def test_a_console_that_breaks_leaves_one_line_and_no_picture_of_what_customers_wrote(
    deskterm: Deskterm, tmp_path: Path
) -> None:
    deskterm("ticket", "new", "--customer", "Oakfield", "--subject", "Secret", "--priority", "low")
    program = (
        "import os, sys\n"
        "from deskterm.console.screens.queue import QueueScreen\n"
        "def broken(self):\n"
        "    said = 'Secret'\n"
        "    raise RuntimeError('of all things')\n"
        "QueueScreen.reload = broken\n"
        "from deskterm.cli.door import Opening\n"
        "from deskterm.cli.opening import open_console\n"
        "from deskterm.cli.status import report\n"
        "try:\n"
        f"    open_console(Opening(database={str(deskterm.database)!r}), terminal=True)\n"
        "except Exception as error:\n"
        "    sys.exit(report(error))\n"
    )
    import pexpect

    child = pexpect.spawn(
        sys.executable, ["-c", program], dimensions=(24, 80), timeout=60,
        env={**os.environ, "TERM": "xterm-256color", "XDG_STATE_HOME": str(tmp_path)},
    )  # fmt: skip
    child.expect(pexpect.EOF)
    child.close()
    said = child.before.decode(errors="replace")
    assert child.exitstatus == 1
    assert "deskterm: something went wrong (RuntimeError: of all things)" in said
    assert "Secret" not in said.split("\x1b[?1049l")[-1]
    [log] = tmp_path.rglob("deskterm.log")
    assert "RuntimeError: of all things" in log.read_text(encoding="utf-8")


@pytest.fixture
def private(tmp_path: Path) -> Path:
    """A desk's file that only this account can open."""
    file = tmp_path / "desk.db"
    file.touch(0o600)
    return file


def test_a_service_account_s_caller_is_the_agent(private: Path) -> None:
    login = login_for(str(private), {"SUDO_UID": "0"})
    assert login is not None
    assert (login.uid, login.name) == (0, "root")


def test_where_others_can_open_the_file_nobody_is_believed(private: Path) -> None:
    private.chmod(0o660)
    assert login_for(str(private), {"SUDO_UID": "0"}) is None


@pytest.mark.parametrize("claim", ["", "sam", "-1"])
def test_a_claim_that_is_no_uid_counts_for_nothing(private: Path, claim: str) -> None:
    assert login_for(str(private), {"SUDO_UID": claim}) is None


def test_the_database_server_has_its_own_way_to_know_people() -> None:
    assert login_for("postgresql+psycopg://db/desk", {"SUDO_UID": "0"}) is None


def test_the_environment_names_nobody(deskterm: Deskterm) -> None:
    """$USER, $LOGNAME and the like are what the user says, not what the system knows."""
    command = [sys.executable, "-m", "deskterm", "--database", str(deskterm.database)]
    deskterm("agent", "add", "Eve", "--role", "technician", "--login", "nobody")
    deskterm("ticket", "new", "--customer", "Oakfield", "--subject", "x", "--priority", "low")
    env = {**os.environ, "USER": "nobody", "LOGNAME": "nobody", "SUDO_USER": "nobody"}
    subprocess.run([*command, "ticket", "assign", "1"], check=True, env=env, capture_output=True)
    assert deskterm("ticket", "show", "1", "--json").json["agent"] == "Sam"


def test_a_screen_that_is_not_there_is_named_with_those_that_are(deskterm: Deskterm) -> None:
    with pytest.raises(UsageError, match=r"no screen 'bored'.* queue"):
        open_console(Opening(str(deskterm.database), start="bored"), terminal=True)
