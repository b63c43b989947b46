"""The source tree as the house tests look at it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "deskterm"

#: Floor of each folder; a module may import from its own folder and from floors below.
FLOORS = {"worktime": 1, "policy": 2, "sla": 3, "visits": 3, "desk": 4, "console": 5, "cli": 6}


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file of the package."""

    path: Path
    module: str
    folder: str
    """``worktime`` … ``cli``; empty for the files that lie beside the folders."""
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))


@cache
def sources() -> tuple[Source, ...]:
    """All Python files under ``deskterm/``."""
    return tuple(_read(path) for path in sorted(PACKAGE.rglob("*.py")))


def _read(path: Path) -> Source:
    parts = path.relative_to(ROOT).with_suffix("").parts
    module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    folder = parts[1] if len(parts) > 2 else ""
    text = path.read_text(encoding="utf-8")
    return Source(path, module, folder, text, ast.parse(text, str(path)))


def imports(source: Source, *, at_run_time: bool = False) -> Iterator[tuple[int, str]]:
    """(line, module) of everything `source` imports, inside functions too.

    `at_run_time` leaves out what stands under ``if TYPE_CHECKING``.
    """
    skipped = _typing_only(source.tree) if at_run_time else set()
    for node in ast.walk(source.tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = source.module.split(".")
                is_package = source.path.name == "__init__.py"
                keep = len(package) - node.level + (1 if is_package else 0)
                base = ".".join([*package[:keep], *([base] if base else [])])
            yield node.lineno, base
            if base.startswith("deskterm"):
                for name in node.names:
                    yield node.lineno, f"{base}.{name.name}"


def _typing_only(tree: ast.Module) -> set[int]:
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            for statement in node.body:
                inside.update(id(child) for child in ast.walk(statement))
    return inside


def folder_of(module: str) -> str | None:
    """The folder a module of ours lies in; None for other people's."""
    parts = module.split(".")
    if parts[0] != "deskterm":
        return None
    return parts[1] if len(parts) > 1 and parts[1] in FLOORS else ""
