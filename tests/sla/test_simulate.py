"""``deskterm simulate``: examples in, examples with their clocks out."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer

from deskterm.cli.simulate import simulate
from deskterm.cli.status import UsageError

SCENARIOS = Path(__file__).parents[2] / "policies" / "scenarios.jsonl"


def play(file: Path, *, check: bool = False) -> int:
    try:
        simulate(str(file), check)
    except typer.Exit as left:
        return left.exit_code
    return 0


def write(folder: Path, *lines: str) -> Path:
    file = folder / "examples.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8", errors="surrogateescape")
    return file


@pytest.fixture
def first() -> str:
    return SCENARIOS.read_text(encoding="utf-8").splitlines()[0]


def test_every_shipped_example_is_as_expected(capsys: pytest.CaptureFixture[str]) -> None:
    assert play(SCENARIOS, check=True) == 0
    assert capsys.readouterr().out == "68 scenarios played, all as expected.\n"


def test_the_objects_come_out_in_order_as_ascii_json_lines(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, first: str
) -> None:
    second = {**json.loads(first), "id": "zwölf \u202e"}
    assert play(write(tmp_path, first, "", json.dumps(second, ensure_ascii=False))) == 0
    out = capsys.readouterr().out
    assert out.isascii()
    told = [json.loads(line) for line in out.splitlines()]
    assert [line["id"] for line in told] == [json.loads(first)["id"], "zwölf \u202e"]
    assert told[0]["clocks"]["resolution"]["state"] == "running"


def test_a_line_that_cannot_be_read_is_named_and_the_rest_still_runs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, first: str
) -> None:
    unknown = json.dumps({**json.loads(first), "policy": "concreo"})
    file = write(tmp_path, "{", "[1]", first, unknown, '{"a": ' * 30_000, "\udc80", first)
    assert play(file) == 1
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2
    errors = [line.removeprefix(f"deskterm: {file}, ") for line in said.err.splitlines()]
    assert [error.split(":")[0] for error in errors] == [
        "line 1",
        "line 2",
        "line 4",
        "line 5",
        "line 6",
    ]
    assert "is no JSON" in errors[0]
    assert "is no JSON object" in errors[1]
    assert "did you mean" in errors[2]
    assert "UTF-8" in errors[4]


def test_a_difference_is_named_and_exits_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, first: str
) -> None:
    line = json.loads(first)
    line["expect"]["resolution"] = {"state": "met"}
    assert play(write(tmp_path, first, json.dumps(line), "{"), check=True) == 1
    assert capsys.readouterr().out == (
        f"line 2 ({line['id']}): resolution.state: expected met, got running\n"
        "2 scenarios played, 1 not as expected, 1 not read.\n"
    )


def test_standard_input_is_read_for_a_dash(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(first.encode())))
    assert play(Path("-")) == 0
    assert json.loads(capsys.readouterr().out)["id"] == json.loads(first)["id"]


def test_what_was_told_can_be_told_again(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, first: str
) -> None:
    play(write(tmp_path, first))
    told = capsys.readouterr().out
    play(write(tmp_path, told))
    assert capsys.readouterr().out == told


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.jsonl cannot be read: No such file"):
        simulate(str(tmp_path / "nowhere.jsonl"))
