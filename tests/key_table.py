"""Writes the README's tables of keys from the console's actions: ``python -m tests.key_table``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from deskterm.console.actions import by_group, keys_shown
from deskterm.console.catalog import everything
from deskterm.console.glyphs import UNICODE

README: Final = Path(__file__).parent.parent / "README.md"
BEGIN: Final = "<!-- keys: written by python -m tests.key_table -->"
END: Final = "<!-- end of keys -->"


def table() -> str:
    """One table a heading, in the order of help."""
    parts = []
    for group, actions in by_group(everything()).items():
        lines = [f"**{group}**", "", "| key | | what it does |", "|---|---|---|"]
        for action in actions:
            keys = keys_shown(action, {}, UNICODE)
            shown = " ".join(f"`{key}`" for key in keys.split(" ")) if keys else "palette only"
            if "Shift " in keys:
                shown = f"`{keys}`"
            lines.append(f"| {shown} | {action.label} | {action.tooltip} |".replace("`|`", "`\\|`"))
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def with_table(readme: str) -> str:
    """`readme` with the tables between the markers as they are now."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
