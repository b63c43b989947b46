"""Working time could be its own package: it brings nothing of ours along, and no library."""

import subprocess
import sys

PROGRAM = "import sys, deskterm.worktime; print(*sys.modules)"


def test_nothing_else_comes_along() -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    modules = run.stdout.split()
    ours = {name for name in modules if name.split(".")[0] == "deskterm"}
    assert {name for name in ours if not name.startswith("deskterm.worktime")} == {"deskterm"}
    heavy = {"textual", "sqlmodel", "sqlalchemy", "holidays", "dateutil", "pydantic", "typer"}
    assert heavy.isdisjoint(name.split(".")[0] for name in modules)
