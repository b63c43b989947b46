"""Typed text is kept whole, by name, and by nobody else's eyes."""

from __future__ import annotations

import stat
from pathlib import Path

from deskterm.console.drafts import Drafts


def test_what_is_kept_is_found_and_forgotten(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    assert drafts.find("note-1") == {}
    assert not drafts.folder.exists()
    drafts.keep("note-1", {"text": "zwei\nZeilen, über alles", "empty": "  "})
    assert drafts.find("note-1") == {"text": "zwei\nZeilen, über alles"}
    assert drafts.keys() == ("note-1",)
    drafts.drop("note-1")
    assert drafts.keys() == ()


def test_nothing_typed_is_no_draft(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep("note-1", {"text": "something"})
    drafts.keep("note-1", {"text": "   "})
    assert drafts.keys() == ()


def test_only_its_owner_can_read_a_draft(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    drafts.keep("note-1", {"text": "about a person"})
    (file,) = drafts.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(drafts.folder.stat().st_mode) == 0o700


def test_a_name_never_leaves_the_folder(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    drafts.keep("../../etc/passwd", {"text": "x"})
    assert [file.parent for file in tmp_path.rglob("*.json")] == [drafts.folder]


def test_a_broken_file_is_no_draft(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    (tmp_path / "note-1.json").write_text("{half", encoding="utf-8")
    (tmp_path / "note-2.json").write_text("[1]", encoding="utf-8")
    assert drafts.find("note-1") == {}
    assert drafts.find("note-2") == {}
