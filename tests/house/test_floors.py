"""Six floors: each knows only those below it."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

import pytest

from tests.house.tree import FLOORS, ROOT, Source, folder_of, imports, sources

#: What a floor's modules must never bring along, however indirectly.
DATABASE = {"sqlalchemy", "sqlmodel", "alembic", "sqlite3", "_sqlite3", "pysqlite3", "psycopg"}
SCREEN = {"textual", "rich"}
COMMANDS = {"typer", "click"}
NOT_ALONG = {
    "worktime": DATABASE | SCREEN | COMMANDS | {"pydantic", "holidays", "dateutil"},
    "policy": DATABASE | SCREEN | COMMANDS | {"pydantic", "holidays"},
    "sla": DATABASE | SCREEN | COMMANDS | {"pydantic", "holidays"},
    "visits": DATABASE | SCREEN | COMMANDS | {"pydantic", "holidays"},
    "desk": {"textual"} | COMMANDS,
    "console": COMMANDS | {"alembic", "holidays"},
}
#: What a floor's own source may not name.
NOT_NAMED = {
    "console": DATABASE | COMMANDS | {"holidays"},
    "cli": DATABASE | {"textual"},
    "desk": {"textual"} | COMMANDS,
}
#: Floors 1 to 3 are pure: time and text come in as arguments.
IMPURE_MODULES = {
    "os", "time", "pathlib", "io", "tempfile", "shutil", "subprocess", "socket", "random",
    "getpass", "platform", "logging", "asyncio", "importlib.resources",
}  # fmt: skip
IMPURE_CALLS = {"now", "today", "utcnow", "getenv", "read_text", "write_text"}


def in_folder(folder: str) -> list[Source]:
    return [source for source in sources() if source.folder == folder]


def test_every_folder_has_a_floor() -> None:
    folders = {source.folder for source in sources()}
    assert folders <= set(FLOORS) | {""}


def test_no_import_points_up() -> None:
    up = [
        f"{source.name}:{line} imports {module}"
        for source in sources()
        if source.folder
        for line, module in imports(source)
        if (folder := folder_of(module)) and FLOORS[folder] > FLOORS[source.folder]
    ]
    assert up == []


def test_clocks_and_visits_do_not_know_each_other() -> None:
    across = [
        f"{source.name}:{line} imports {module}"
        for source in sources()
        if source.folder
        for line, module in imports(source)
        if (folder := folder_of(module))
        and folder != source.folder
        and FLOORS[folder] == FLOORS[source.folder]
    ]
    assert across == []


def test_working_time_stands_alone() -> None:
    ours = [
        f"{source.name}:{line} imports {module}"
        for source in in_folder("worktime")
        for line, module in imports(source)
        if module.startswith("deskterm") and not module.startswith("deskterm.worktime")
    ]
    assert ours == []


@pytest.mark.parametrize("folder", NOT_NAMED)
def test_a_floor_does_not_name_what_is_not_its_business(folder: str) -> None:
    named = [
        f"{source.name}:{line} imports {module}"
        for source in in_folder(folder)
        for line, module in imports(source)
        if module.split(".")[0] in NOT_NAMED[folder]
    ]
    assert named == []


@pytest.mark.parametrize("folder", ["worktime", "policy", "sla", "visits"])
def test_the_pure_floors_touch_no_clock_disk_or_environment(folder: str) -> None:
    touched: list[str] = []
    for source in in_folder(folder):
        touched += [
            f"{source.name}:{line} imports {module}"
            for line, module in imports(source)
            if module in IMPURE_MODULES
        ]
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            if isinstance(called, ast.Attribute) and called.attr in IMPURE_CALLS:
                touched.append(f"{source.name}:{node.lineno} calls .{called.attr}()")
            elif isinstance(called, ast.Name) and called.id in {"open", "print", "input"}:
                touched.append(f"{source.name}:{node.lineno} calls {called.id}()")
    assert touched == []


@pytest.mark.parametrize("folder", ["console", "cli"])
def test_the_upper_floors_hold_no_sql(folder: str) -> None:
    words = ("select ", "insert into", "update ", "delete from", "pragma ", "begin immediate")
    found = [
        f"{source.name}:{node.lineno} {node.value[:60]!r}"
        for source in in_folder(folder)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.lower().startswith(words)
        and (" from " in node.value.lower() or " set " in node.value.lower()
             or node.value.lower().startswith(("insert into", "pragma ", "begin immediate")))
    ]  # fmt: skip
    assert found == []


@pytest.mark.parametrize("folder", NOT_ALONG)
def test_what_comes_along_when_a_floor_is_imported(folder: str) -> None:
    modules = [source.module for source in in_folder(folder)]
    if folder == "desk":
        # Schema steps are loaded by the tool that applies them, which the floor itself must not
        # need for anything else.
        modules = [module for module in modules if "migrations" not in module.split(".")]
    program = (
        "import importlib, json, sys\n"
        f"for module in {modules!r}: importlib.import_module(module)\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    along = {name.split(".")[0] for name in json.loads(ran.stdout)}
    assert along & NOT_ALONG[folder] == set()
