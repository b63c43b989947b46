"""The front door knows what is meant before anything is imported, and asks no library for it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from deskterm import __version__
from deskterm.cli.database import database_named, without_password
from deskterm.cli.door import enter, read_options
from deskterm.cli.status import UsageError


def modules_after(arguments: list[str]) -> set[str]:
    """What Python has loaded when deskterm has answered `arguments`."""
    program = (
        "import sys\n"
        f"sys.argv = ['deskterm', *{arguments!r}]\n"
        "from deskterm.__main__ import main\n"
        "code = main()\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stderr.splitlines()[-1].split())


def test_the_version_is_told_without_loading_anything() -> None:
    loaded = modules_after(["--version"])
    ours = {name for name in loaded if name.startswith("deskterm")}
    assert ours == {"deskterm", "deskterm.__main__"}
    assert not loaded & {"typer", "textual", "sqlalchemy", "importlib.metadata", "re", "argparse"}


def test_the_version_is_the_package_s() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deskterm", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"deskterm {__version__}\n"


def test_a_command_loads_only_itself() -> None:
    loaded = modules_after(["paths"])
    groups = {name for name in loaded if name.startswith("deskterm.cli.")}
    assert "deskterm.cli.paths" in groups
    assert not groups & {"deskterm.cli.ticket", "deskterm.cli.policy", "deskterm.cli.agent"}
    assert not {name.split(".")[0] for name in loaded} & {"textual", "sqlalchemy", "holidays"}


def test_options_in_front_are_read_in_both_spellings() -> None:
    opening, rest = read_options(["--database", "a.db", "--read-only", "ticket", "--all"])
    assert (opening.database, opening.read_only, rest) == ("a.db", True, ["ticket", "--all"])
    opening, rest = read_options(["--database=b.db", "--no-mouse"])
    assert (opening.database, opening.no_mouse, rest) == ("b.db", True, [])


def test_an_option_without_its_value_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="--database needs a value"):
        read_options(["--database"])


def test_the_option_wins_over_the_variable_and_the_variable_over_the_default() -> None:
    environ = {"DESKTERM_DATABASE": "from-variable.db"}
    assert database_named(environ, "from-option.db") == "from-option.db"
    assert database_named(environ, None) == "from-variable.db"
    assert database_named({}, None).endswith("desk.db")


def test_a_password_is_never_shown() -> None:
    shown = without_password("postgresql+psycopg://sam:secret@db.example:5433/desk")
    assert shown == "postgresql+psycopg://sam:***@db.example:5433/desk"
    assert without_password("/srv/desk.db") == "/srv/desk.db"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["pats"], "Did you mean 'paths'? Try: deskterm --help"),
        (["paths", "--jsn"], "try: deskterm paths --help"),
        (["--databse", "x"], "try: deskterm --help"),
        (["ticket"], "try: deskterm ticket --help"),
        (["ticket", "show"], "try: deskterm ticket show --help"),
        (["ticket", "show", "seven"], "try: deskterm ticket show --help"),
    ],
)
def test_wrong_usage_is_one_line_that_says_where_to_look(
    arguments: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert enter(arguments) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("deskterm: ")
    assert hint in line


def test_a_surprise_is_one_line_and_its_traceback_is_in_the_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import deskterm.cli.app
    from deskterm.paths import user_paths

    def surprise(_arguments: object) -> int:
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr(deskterm.cli.app, "run", surprise)
    assert enter(["paths"]) == 1
    [line] = capsys.readouterr().err.splitlines()
    log = user_paths().log
    assert str(log) in line
    assert "ZeroDivisionError: of all things" in log.read_text(encoding="utf-8")


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "deskterm", "policy", "show", "azzure"],
        stdout=writing, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(writing)
    assert done.stderr == ""
