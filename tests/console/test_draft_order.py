"""Drafts are written in threads; whatever order those come in, what was typed last stays."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import pytest

from deskterm.console.app import DeskApp
from deskterm.console.drafts import Drafts
from tests.console.quiet import answered


async def test_a_slow_disk_does_not_bring_an_older_text_back(
    app: DeskApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, go_on = threading.Event(), threading.Event()
    written: list[str] = []
    keep = Drafts.keep

    def slow(drafts: Drafts, key: str, fields: Mapping[str, str]) -> None:
        if not written:
            busy.set()
            go_on.wait(10)
        written.append(fields.get("text", ""))
        keep(drafts, key, fields)

    monkeypatch.setattr(Drafts, "keep", slow)
    async with app.run_test() as pilot:
        app.keep_draft("note-1", {"text": "half"})
        while not busy.is_set():
            await pilot.pause(0.01)
        app.keep_draft("note-1", {"text": "half a sentence"})
        app.keep_draft("note-1", {})
        go_on.set()
        await answered(app)
    assert written == ["half", ""], "what lies between need not be written at all"
    assert app.drafts.keys() == ()
