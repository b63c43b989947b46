"""Looking after a desk: copies of it, and what the doctor finds."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from deskterm.desk.desk import Desk
from deskterm.desk.store.copies import dump_command
from tests.cli.conftest import Deskterm
from tests.desk.visits.servers import new_database, postgres


def open_ticket(deskterm: Deskterm, subject: str) -> None:
    deskterm("ticket", "new", "--customer", "Oakfield", "--subject", subject, "--priority", "low")


def subjects(deskterm: Deskterm) -> list[str]:
    return sorted(ticket["subject"] for ticket in deskterm("ticket", "list", "--json").json)


def test_a_copy_can_be_put_back_and_what_was_there_is_kept(
    deskterm: Deskterm, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    open_ticket(deskterm, "before")
    deskterm("backup", str(copy))
    open_ticket(deskterm, "after")
    said = deskterm("restore", str(copy)).out
    assert subjects(deskterm) == ["before"]
    [kept] = tmp_path.glob("desk-before-*.db")
    assert str(kept) in said
    deskterm("restore", str(kept))
    assert subjects(deskterm) == ["after", "before"]
    assert deskterm("audit", "verify", "--json").json["sound"] is True


def test_a_copy_never_overwrites_a_file(deskterm: Deskterm, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("mine", encoding="utf-8")
    refused = deskterm.try_("backup", str(there))
    assert refused.status == 1
    assert there.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("content", [None, b"", b"no database" * 1000])
def test_what_is_no_copy_is_not_put_back(
    deskterm: Deskterm, tmp_path: Path, content: bytes | None
) -> None:
    open_ticket(deskterm, "stays")
    file = tmp_path / "odd.db"
    if content is not None:
        file.write_bytes(content)
    refused = deskterm.try_("restore", str(file))
    assert refused.status == 1
    assert refused.err.count("\n") == 1
    assert subjects(deskterm) == ["stays"]


def test_a_damaged_desk_is_replaced_and_what_is_left_of_it_kept(
    deskterm: Deskterm, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    open_ticket(deskterm, "saved")
    deskterm("backup", str(copy))
    deskterm.database.write_bytes(b"overwritten by accident" * 1000)
    deskterm("restore", str(copy))
    assert subjects(deskterm) == ["saved"]
    [kept] = tmp_path.glob("desk-before-*.db")
    assert kept.read_bytes().startswith(b"overwritten")


def test_a_desk_can_be_brought_to_a_machine_that_has_none(
    deskterm: Deskterm, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    open_ticket(deskterm, "moved house")
    deskterm("backup", str(copy))
    there = deskterm.at_database(str(tmp_path / "elsewhere" / "desk.db"))
    there("restore", str(copy))
    assert subjects(there) == ["moved house"]


def there(folder: Path) -> set[str]:
    """What lies in a folder."""
    return {path.name for path in folder.iterdir()}


def test_restoring_leaves_nothing_beside_the_copy(deskterm: Deskterm, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    copy = shelf / "copy.db"
    deskterm("backup", str(copy))
    content = copy.read_bytes()
    assert there(shelf) == {"copy.db"}
    deskterm("restore", str(copy))
    assert there(shelf) == {"copy.db"}
    assert copy.read_bytes() == content
    copy.chmod(0o444)
    deskterm("restore", str(copy))
    assert there(shelf) == {"copy.db"}
    copy.chmod(0o644)
    copy.write_bytes(content[: len(content) // 2])
    assert deskterm.try_("restore", str(copy)).status == 1
    assert there(shelf) == {"copy.db"}


def test_a_desk_in_use_is_restored_from_with_what_is_only_in_its_log(
    deskterm: Deskterm, tmp_path: Path
) -> None:
    """Read by itself, its main file would be a desk of yesterday."""
    other = deskterm.at_database(str(tmp_path / "other.db"))
    other("init", "--agent", "Kim", "--role", "supervisor")
    other("customer", "add", "Oakfield", "--policy", "concero")
    with Desk.open(other.database):
        open_ticket(other, "in the log")
        deskterm("restore", str(other.database))
    assert subjects(deskterm) == ["in the log"]


def test_a_desk_is_not_restored_from_itself(deskterm: Deskterm) -> None:
    refused = deskterm.try_("restore", str(deskterm.database))
    assert refused.status == 1
    assert "is the desk itself; name a copy of it" in refused.err


def test_a_copy_that_a_newer_deskterm_made_is_refused(deskterm: Deskterm, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    deskterm("backup", str(copy))
    with Desk.open(copy) as desk, desk.store.write() as tx:
        tx.run("UPDATE alembic_version SET version_num = '9001'")
    refused = deskterm.try_("restore", str(copy))
    assert refused.status == 1
    assert "written by a newer deskterm (form 9001" in refused.err
    assert deskterm("ticket", "list", "--json").json == []


def test_a_copy_that_cannot_be_made_says_what_to_do(deskterm: Deskterm, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    for to, sentence in (
        (nowhere / "x.db", f"The folder {nowhere} does not exist; make it first or name another."),
        (tmp_path, f"{tmp_path} is a folder; name a file in it."),
        (file / "x.db", f"{file} is a file and no folder; name another place."),
        (file, f"{file} exists already; name a file that does not."),
    ):
        refused = deskterm.try_("backup", str(to))
        assert (refused.status, refused.err) == (1, f"deskterm: {sentence}\n")
    assert not nowhere.exists()


def test_a_copy_that_breaks_off_leaves_nothing(
    deskterm: Deskterm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()

    def full(path: Path, mode: int) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "chmod", full)
    refused = deskterm.try_("backup", str(shelf / "copy.db"))
    assert refused.status == 1
    assert "No space left on device" in refused.err
    assert "room on the disk" in refused.err
    assert there(shelf) == set()


def test_a_desk_in_postgresql_is_copied_and_brought_back_by_commands_that_are_told(
    deskterm: Deskterm,
) -> None:
    url = "postgresql+psycopg://desk:secret@db.example:5433/desk?sslmode=require"
    assert dump_command(url, Path("my desk.dump")) == (
        "pg_dump --format=custom '--file=my desk.dump' "
        "'postgresql://desk@db.example:5433/desk?sslmode=require'"
    )
    refused = deskterm.at_database(url).try_("restore", "desk.dump")
    assert refused.status == 1
    assert refused.err.endswith(
        "pg_restore --clean --if-exists --single-transaction "
        "'--dbname=postgresql://desk@db.example:5433/desk?sslmode=require' desk.dump\n"
    )


@pytest.mark.system
def test_the_command_that_copies_a_desk_in_postgresql_works(
    deskterm: Deskterm, tmp_path: Path
) -> None:
    with postgres() as socket_dir:
        served = deskterm.at_database(new_database(socket_dir, "desk"))
        served("init", "--agent", "Sam", "--role", "supervisor")
        served("customer", "add", "Oakfield", "--policy", "concero")
        open_ticket(served, "copied")
        dump = tmp_path / "desk.dump"
        told = served.try_("backup", str(dump)).err.partition("program: ")[2]
        subprocess.run(shlex.split(told), check=True)
        open_ticket(served, "later")
        told = served.try_("restore", str(dump)).err.partition("wrote: ")[2]
        subprocess.run(shlex.split(told), check=True)
        assert subjects(served) == ["copied"]


def findings(deskterm: Deskterm) -> dict[str, tuple[str, str]]:
    """Name → (verdict, sentence)."""
    checks = deskterm.try_("doctor", "--json").json
    return {check["name"]: (check["verdict"], check["sentence"]) for check in checks}


def test_the_doctor_misses_this_year_s_shutdown_until_it_is_entered(deskterm: Deskterm) -> None:
    found = deskterm.try_("doctor")
    assert found.status == 1
    assert "Christmas shutdown of 2026" in found.out
    assert "deskterm vary shutdown FIRST LAST --policy concero" in found.out
    deskterm("vary", "shutdown", "2026-12-24", "2027-01-03", "--policy", "concero")
    assert "closures" not in findings(deskterm)
    assert deskterm.try_("doctor").status == 0
    deskterm.at("2027-03-01T09:00+00:00")
    assert "Christmas shutdown of 2027" in findings(deskterm)["closures"][1]


def test_the_doctor_knows_the_database(deskterm: Deskterm) -> None:
    found = findings(deskterm)
    assert found["database"][0] == found["integrity"][0] == "good"
    assert "SQLite" in found["sqlite"][1]
    assert found["access"][0] == "good"
    deskterm.database.chmod(0o664)
    assert "chmod o-rwx" in findings(deskterm)["access"][1]


def test_the_doctor_reads_one_s_own_policies(
    deskterm: Deskterm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    own = tmp_path / "deskterm" / "policies" / "concero.toml"
    own.parent.mkdir(parents=True)
    own.write_text("id = 3", encoding="utf-8")
    verdict, sentence = findings(deskterm)["policies"]
    assert verdict == "bad"
    assert f"deskterm policy check {own}" in sentence


def test_the_doctor_reads_the_settings(
    deskterm: Deskterm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert findings(deskterm)["settings"] == ("good", "All settings are the usual ones.")
    config = tmp_path / "deskterm" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('thme = "light"\ntick = "fast"\n', encoding="utf-8")
    ran = deskterm.try_("doctor")
    assert ran.status == 1
    assert f" ACT  settings: {config}: thme: no such setting; did you mean theme?" in ran.out
    assert "tick: 'fast' is not a whole number of seconds from 1 to 60." in ran.out
    config.write_text('theme = "light"\n', encoding="utf-8")
    assert findings(deskterm)["settings"] == ("good", f"{config} is in order.")


def test_the_doctor_finds_what_is_wrong_in_the_folder_of_own_policies(
    deskterm: Deskterm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    own = tmp_path / "deskterm" / "policies"
    own.mkdir(parents=True)
    shipped = deskterm("policy", "show", "azzure", "--source").out
    (own / "ours.toml").write_text(shipped, encoding="utf-8")
    (own / "theirs.toml").write_text("[[targets]\n", encoding="utf-8")
    (own / "misspelt.tml").write_text(shipped, encoding="utf-8")
    (own / ".hidden").write_text("", encoding="utf-8")
    said = [line.strip() for line in deskterm.try_("doctor").out.splitlines()]
    about = [line for line in said if "policies:" in line]
    ours, theirs, odd = (own / name for name in ("ours.toml", "theirs.toml", "misspelt.tml"))
    assert about == [
        "ok  policies: 5 policies can be used.",
        *(f"ACT  policies: the policy file {file} has a mistake; see: deskterm policy check {file}"
          for file in (ours, theirs)),
        f"note  policies: {odd} is no policy file and is not read; a policy is called ID.toml.",
    ]  # fmt: skip


def test_a_policy_with_a_holiday_nobody_knows_is_found(
    deskterm: Deskterm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    own = tmp_path / "deskterm" / "policies" / "azzure.toml"
    own.parent.mkdir(parents=True)
    shipped = deskterm("policy", "show", "azzure", "--source").out
    own.write_text(shipped.replace('"GB-ENG"', '"XX"'), encoding="utf-8")
    assert findings(deskterm)["policies"] == (
        "bad",
        f"the policy file {own} names holidays nobody knows; see: deskterm policy check {own}",
    )


def test_a_folder_of_policies_that_is_none_is_said(
    deskterm: Deskterm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "deskterm").mkdir()
    (tmp_path / "deskterm" / "policies").write_text("", encoding="utf-8")
    for command in (("doctor",), ("policy", "list")):
        ran = deskterm.try_(*command)
        assert ran.status == 1
        assert "it has to be a folder you may read" in ran.err


def test_one_is_never_said_to_be_several(deskterm: Deskterm) -> None:
    assert findings(deskterm)["people"][1] == "1 agent, with a supervisor among them."
    deskterm("agent", "add", "Kim", "--role", "technician")
    assert findings(deskterm)["people"][1] == "2 agents, with a supervisor among them."
