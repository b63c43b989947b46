"""Without a terminal the queue is plain lines and says which commands there are."""

from __future__ import annotations

import io
from typing import Any, cast

import pytest

from deskterm.console.plain import show
from tests.console.fake_desk import FakeDesk, local


def said(desk: FakeDesk, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    show(cast(Any, desk), stream, local=local)
    stream.flush()
    return raw.getvalue().decode(encoding)


def test_each_ticket_is_a_sentence_a_reader_can_say(desk: FakeDesk) -> None:
    text = said(desk)
    assert text.startswith(
        "deskterm, Fri 20 Nov 14:16: 30 open, 1 overdue, 3 at risk, 1 on hold.\n"
    )
    assert (
        "1042 Urgent: Internet down, whole site; Oakfield; "
        "Answer ◆ +14m (overdue), due today 14:02; nobody" in text
    )
    assert "deskterm ticket list" in text
    assert "\x1b" not in text


def test_what_the_stream_cannot_carry_is_spelled_out(
    desk: FakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "C")
    text = said(desk, "ascii")
    assert "Answer !! +14m (overdue)" in text


def test_an_empty_desk_says_so(desk: FakeDesk) -> None:
    desk.rows.clear()
    assert "No open tickets." in said(desk)
