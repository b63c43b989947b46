"""Run the benchmarks and print what they measured."""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks._result import LARGE_VARIABLE, NotMeasured, Result

HERE = Path(__file__).parent
TICKETS = 1_000_000


def names() -> list[str]:
    """Every benchmark there is, by its file."""
    return sorted(path.stem for path in HERE.glob("[!_]*.py"))


def fill(desk: Path) -> None:
    """Build the large desk."""
    desk.parent.mkdir(parents=True, exist_ok=True)
    command = ["--database", str(desk), "demo", "--tickets", str(TICKETS), "--no-open"]
    subprocess.run([sys.executable, "-m", "deskterm", *command], check=True)


def shown(result: Result) -> tuple[str, str, str, str]:
    """The cells of one line."""
    figure = f"{result.measured:,.2f}" if result.measured < 100 else f"{result.measured:,.0f}"
    limit = f"{'≥' if result.direction == 'at least' else '≤'} {result.limit:g} {result.unit}"
    verdict = "reached" if result.reached else "MISSED"
    return (
        result.what,
        f"{figure} {result.unit}",
        limit,
        verdict + (f"  ({result.detail})" if result.detail else ""),
    )


def main() -> int:
    """Run the named benchmarks, or all; 1 when one of them missed what is to be reached."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names()))
    parser.add_argument("--large", type=Path, metavar="FILE", help="the desk of 1,000,000 tickets")
    options = parser.parse_args()
    unknown = set(options.names) - set(names())
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    if options.large is not None:
        if not options.large.exists():
            fill(options.large)
        os.environ[LARGE_VARIABLE] = str(options.large.resolve())

    missed = False
    lines: list[tuple[str, str, str, str]] = [("what", "measured", "to reach", "verdict")]
    for name in options.names or names():
        print(f"… {name}", file=sys.stderr, flush=True)
        module = importlib.import_module(f"tests.benchmarks.{name}")
        try:
            results: list[Result] = module.run()
        except NotMeasured as why:
            lines.append((name, "–", "–", f"not measured: {why}"))
            continue
        missed = missed or not all(result.reached for result in results)
        lines += [shown(result) for result in results]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
