"""The README's key table is what the console's actions say, and its pictures are there."""

from __future__ import annotations

import re

from tests.house.tree import ROOT
from tests.key_table import BEGIN, END, README, with_table
from tests.screenshots import SHOTS


def test_the_key_table_is_made_from_the_actions() -> None:
    text = README.read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    assert with_table(text) == text, "write it anew with: python -m tests.key_table"


def test_every_picture_of_the_readme_is_there_and_made_by_the_command() -> None:
    shown = re.findall(r"\(screenshots/([\w-]+)\.svg\)", README.read_text(encoding="utf-8"))
    assert shown and shown[0] == "queue", "one picture first: the queue"
    made = {shot.name for shot in SHOTS}
    for name in shown:
        assert name in made, name
        assert (ROOT / "screenshots" / f"{name}.svg").is_file(), name
