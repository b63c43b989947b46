"""Where drafts cannot be kept, it is said once, and typing goes on as if they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from tests.console.real_desk import console_of, settled
from tests.console.screens import shown
from tests.desk.office import Office


async def test_a_file_where_the_folder_should_be(office: Office, tmp_path: Path) -> None:
    office.new()
    (tmp_path / "drafts").write_text("no folder", encoding="utf-8")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("r")
        await settled(pilot)
        said = " ".join(shown(pilot).split())
        assert f"Drafts cannot be kept in {tmp_path / 'drafts'}" in said
        assert "Not a directory" in said
        assert "Make it a folder you can write to" in said
        await pilot.press(*"hello", "escape")
        await settled(pilot)
        assert shown(pilot).count("Drafts cannot be kept") == 1
        await pilot.press("r")
        await settled(pilot)
        assert app.screen.query_one(TextArea).text == "hello", "kept in memory"
        await pilot.press("escape", "n")
        await settled(pilot)
        await pilot.press("tab", "tab", *"Wi-Fi", "escape", "n")
        await settled(pilot)
        assert app.screen.query_one("#new-subject", Input).value == "Wi-Fi"
        assert shown(pilot).count("Drafts cannot be kept") <= 1
    assert app.crash is None


@pytest.mark.parametrize("refusal", [PermissionError(13, "Permission denied"),
                                     OSError(5, "Input/output error")])  # fmt: skip
async def test_whatever_the_disk_says(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: OSError
) -> None:
    office.new()
    app = console_of(office.sam, tmp_path)
    monkeypatch.setattr(Path, "read_text", lambda *_a, **_k: (_ for _ in ()).throw(refusal))
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        assert refusal.strerror is not None
        assert f"({refusal.strerror})" in " ".join(shown(pilot).split())
        monkeypatch.undo()
    assert app.crash is None
