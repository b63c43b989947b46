"""``deskterm policy`` as it is called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.policy.texts import GOOD, SHIPPED


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config"


def deskterm(
    config: Path, *words: str, given: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deskterm", "policy", *words],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_CONFIG_HOME": str(config), **environment},
    )


def own(config: Path, name: str, text: str) -> Path:
    path = config / "deskterm" / "policies" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_list_shows_whose_each_policy_is(config: Path) -> None:
    own(config, "impero", GOOD.replace('"small"', '"impero"'))
    own(config, "concero", "nonsense")
    listed = deskterm(config, "list", "--json")
    rows = {row["id"]: row for row in json.loads(listed.stdout)}
    assert set(rows) == set(SHIPPED)
    assert rows["azzure"]["origin"] == "shipped"
    assert rows["impero"]["overrides_shipped"]
    assert rows["impero"]["name"] == "Small"
    assert rows["concero"]["state"] == "1 mistake"
    plain = deskterm(config, "list")
    assert plain.returncode == 0
    assert "own, wins over the shipped one" in plain.stdout


@pytest.mark.parametrize("name", SHIPPED)
def test_show_prints_hours_grid_promises(config: Path, name: str) -> None:
    shown = deskterm(config, "show", name)
    assert shown.returncode == 0, shown.stderr
    for title in ("Hours", "Priorities", "Triage", "Promises", "Holding and closing"):
        assert f"\n{title}\n---" in shown.stdout
    assert "Europe/London" in shown.stdout or "New_York" in shown.stdout


def test_show_lists_holidays_of_this_and_next_year(config: Path) -> None:
    now = "2026-11-20T12:00:00+00:00"
    shown = deskterm(config, "show", "concero", "--holidays", DESKTERM_NOW=now)
    assert "Public holidays 2026-2027" in shown.stdout
    assert "2026-08-31" in shown.stdout


def test_show_gives_the_file_itself_and_json(config: Path) -> None:
    assert deskterm(config, "show", "concero", "--source").stdout.startswith("# Concero")
    sections = json.loads(deskterm(config, "show", "concero", "--json").stdout)
    assert sections[0]["title"] == "Concero [concero]"


def test_show_in_a_terminal_that_knows_only_ascii(config: Path) -> None:
    shown = deskterm(config, "show", "concero", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert shown.returncode == 0
    assert shown.stdout.isascii()
    assert "?" not in shown.stdout.partition("Triage")[2].partition("Promises")[0]


def test_show_of_an_unknown_policy_says_which_there_are(config: Path) -> None:
    shown = deskterm(config, "show", "inpero")
    assert (shown.returncode, shown.stdout) == (1, "")
    assert shown.stderr.count("\n") == 1
    assert "impero" in shown.stderr


def test_a_broken_own_policy_is_not_replaced_by_the_shipped_one(config: Path) -> None:
    path = own(config, "impero", 'id = "impero"\n')
    shown = deskterm(config, "show", "impero")
    assert (shown.returncode, shown.stdout) == (1, "")
    assert "not used instead" in shown.stderr
    assert f"policy check {path}" in shown.stderr


def test_check_prints_every_finding_on_a_line(config: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        GOOD.replace("Europe/London", "Europe/Lodnon").replace("1 working", "one working")
    )
    checked = deskterm(config, "check", str(file))
    assert (checked.returncode, checked.stdout) == (1, "")
    lines = checked.stderr.splitlines()
    assert len(lines) == 3
    assert all(line.startswith(f"{file}:") for line in lines)
    assert "did you mean Europe/London?" in lines[0]


def test_check_of_a_good_file(config: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD)
    checked = deskterm(config, "check", str(file))
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "no mistakes" in checked.stdout
    assert deskterm(config, "check", "-", given=GOOD).returncode == 0


def test_check_finds_countries_without_holidays(config: Path) -> None:
    text = GOOD.replace("hours = ", 'holidays = { closed = ["QQ"] }\nhours = ', 1)
    checked = deskterm(config, "check", "-", given=text)
    assert checked.returncode == 1
    assert "calendars.desk.holidays.closed[0]" in checked.stderr


def test_check_of_a_file_that_cannot_be_read_is_wrong_usage(config: Path, tmp_path: Path) -> None:
    for file in (tmp_path / "missing.toml", tmp_path):
        checked = deskterm(config, "check", str(file))
        assert (checked.returncode, checked.stdout) == (2, "")
        assert "cannot be read" in checked.stderr


def test_new_writes_a_policy_that_is_right_and_never_overwrites(config: Path) -> None:
    made = deskterm(config, "new", "our-school")
    path = Path(made.stdout.strip())
    assert made.returncode == 0
    assert path == config / "deskterm" / "policies" / "our-school.toml"
    assert deskterm(config, "check", str(path)).returncode == 0
    assert deskterm(config, "show", "our-school").returncode == 0

    path.write_text("mine")
    again = deskterm(config, "new", "our-school")
    assert again.returncode == 1
    assert "--force" in again.stderr
    assert path.read_text() == "mine"
    assert deskterm(config, "new", "our-school", "--force").returncode == 0
    assert "mine" not in path.read_text()


def test_new_can_begin_with_a_copy(config: Path) -> None:
    made = deskterm(config, "new", "our-impero", "--like", "impero")
    text = Path(made.stdout.strip()).read_text()
    assert 'id      = "our-impero"' in text
    assert "Emergency release" in text
    assert deskterm(config, "show", "our-impero").returncode == 0


def test_new_says_when_it_takes_the_place_of_a_shipped_policy(config: Path) -> None:
    assert "wins over the shipped policy" in deskterm(config, "new", "azzure").stdout


@pytest.mark.parametrize("name", ["../x", "a b", "1"])
def test_new_refuses_an_id_that_is_no_file_name(config: Path, name: str) -> None:
    made = deskterm(config, "new", name)
    assert made.returncode == 2
    assert "cannot be an id" in made.stderr
    assert not config.exists()
