"""The wheel is the whole program: installed into an empty environment it works from anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with the wheel in it; what deskterm needs is borrowed from this one."""
    venv = tmp_path_factory.mktemp("venv") / "v"
    run([sys.executable, "-m", "venv", "--without-pip", str(venv)])
    pip = [sys.executable, "-m", "pip", "--python", str(venv / "bin" / "python")]
    run([*pip, "install", "-q", "--no-deps", "--no-index", str(wheel)])
    [packages] = venv.glob("lib/python*/site-packages")
    import textual

    lent = Path(textual.__file__).parents[1]
    (packages / "lent.pth").write_text(f"{lent}\n", encoding="utf-8")
    return venv


def run(
    command: Sequence[str], cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env={**env, **environment}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_the_wheel_carries_everything_that_is_not_python_too(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        str(path.relative_to(ROOT))
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    wanted |= {
        f"deskterm/_policies/{path.name}" for path in (ROOT / "policies").iterdir()
    }
    assert wanted - inside == set()
    assert "deskterm/py.typed" in inside


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    strangers = [
        name
        for name in zipfile.ZipFile(wheel).namelist()
        if not name.startswith("deskterm/") and ".dist-info/" not in name
        and not name.endswith(".data/scripts/deskterm")
    ]
    assert strangers == []


def test_the_command_answers_from_any_folder(installed: Path, tmp_path: Path) -> None:
    done = run([str(installed / "bin" / "deskterm"), "--version"], cwd=tmp_path)
    assert done.stdout.startswith("deskterm ")


def test_it_is_the_installed_copy_that_runs(installed: Path, tmp_path: Path) -> None:
    where = "import deskterm; print(deskterm.__file__)"
    done = run([str(installed / "bin" / "python"), "-c", where], cwd=tmp_path)
    assert str(installed) in done.stdout


def test_the_shipped_policies_are_found_from_any_folder(installed: Path, tmp_path: Path) -> None:
    done = run(
        [str(installed / "bin" / "deskterm"), "policy", "list"], cwd=tmp_path, HOME=str(tmp_path)
    )
    for path in (ROOT / "policies").glob("*.toml"):
        assert path.stem in done.stdout


def test_a_desk_opens_from_any_folder(installed: Path, tmp_path: Path) -> None:
    deskterm = [str(installed / "bin" / "deskterm"), "--database", str(tmp_path / "desk.db")]
    run([*deskterm, "init", "--agent", "Sam", "--role", "supervisor"], cwd=tmp_path)
    done = run([*deskterm, "agent", "list"], cwd=tmp_path)
    assert "Sam" in done.stdout
