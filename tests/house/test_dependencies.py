"""What the project needs from others, and how far each may move."""

from __future__ import annotations

import re
import sys
import tomllib
from typing import Any

from tests.house.tree import ROOT, imports, sources

#: Calendars of data, not programs: a newer one is always wanted.
UNBOUNDED = {"tzdata", "types-python-dateutil", "pandas"}


def project() -> dict[str, Any]:
    document = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: dict[str, Any] = document["project"]
    return found


def requirements() -> dict[str, str]:
    """Name → version range, of everything the package and its extras ask for."""
    lines = list(project()["dependencies"])
    for extra in project()["optional-dependencies"].values():
        lines += extra
    out: dict[str, str] = {}
    for line in lines:
        match = re.match(r"([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?\s*([^;]*)", line)
        assert match is not None, line
        out[match[1].lower()] = match[2].strip()
    return out


def test_every_dependency_ends_somewhere() -> None:
    open_ended = {
        name
        for name, versions in requirements().items()
        if "<" not in versions and "==" not in versions
    }
    assert open_ended <= UNBOUNDED


def test_every_resolver_takes_the_same_snapshot_tools() -> None:
    """The baselines' format follows these; a range would let two resolvers disagree."""
    versions = requirements()
    assert versions["pytest-textual-snapshot"].startswith("==")
    assert versions["syrupy"].startswith("==")
    assert re.fullmatch(r">=8\.2(\.\d+)?,<8\.3", versions["textual"])
    assert versions["pytest"].endswith("<9")


def test_every_dependency_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    reasonless = []
    reason = False
    for line in text:
        stripped = line.strip()
        if stripped.startswith("#"):
            reason = True
        elif re.match(r'"[\w.-]+(\[\w+\])?\s*[><=]', stripped):
            if not reason:
                reasonless.append(stripped)
        else:
            reason = False
    assert reasonless == []


def test_what_is_imported_is_asked_for() -> None:
    """Nothing is used that only comes along with somebody else."""
    asked = set(requirements()) | {"deskterm"}
    names = {"dateutil": "python-dateutil", "rich": "textual", "_typeshed": "deskterm"}
    missing = {
        f"{source.name}:{line} {module}"
        for source in sources()
        for line, module in imports(source, at_run_time=True)
        if (top := module.split(".")[0])
        and top not in sys.stdlib_module_names
        and names.get(top, top).replace("_", "-").lower() not in asked
    }
    assert missing == set()
