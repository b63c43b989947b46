"""What the queue asks of the desk, without a screen."""

from __future__ import annotations

from typing import Any, cast

from deskterm.console.lookout import read_news
from deskterm.console.screens.queue_reading import Asked, read_page, read_selected
from tests.console.fake_desk import KIM, MINUTE, SAM, FakeClock, FakeDesk, fix, ticket


def long_desk() -> FakeDesk:
    now = FakeClock()()
    return FakeDesk([ticket(1000 + n, fix((n + 1) * MINUTE, now)) for n in range(900)])


def asked(number: int | None, *, followed: bool = True) -> Asked:
    return Asked("breaking-next", None, None, 0, 50, number, followed)


def test_rows_around_the_tickets_new_place_are_read_at_once() -> None:
    read = read_page(cast(Any, long_desk()), asked(1700))
    assert read.place == 700
    assert any(row.number == 1700 for row in read.page.rows)


def test_what_was_scrolled_away_from_the_cursor_stays_in_view() -> None:
    read = read_page(cast(Any, long_desk()), asked(1700, followed=False))
    assert read.place == 700
    assert read.page.offset == 0


def test_a_ticket_that_has_left_has_no_place() -> None:
    read = read_page(cast(Any, long_desk()), asked(1))
    assert (read.place, read.page.offset) == (None, 0)


def test_a_ticket_that_is_there_costs_one_question() -> None:
    desk = long_desk()
    read_page(cast(Any, desk), asked(1010))
    assert len(desk.asked.pages) == 1


def test_a_hidden_preview_reads_no_ticket(desk: FakeDesk) -> None:
    hidden = read_selected(cast(Any, desk), 1042, {}, shown=False)
    assert hidden.ticket is None and hidden.steps
    shown = read_selected(cast(Any, desk), 1042, {SAM.id: "sam", KIM.id: "kim"}, shown=True)
    assert shown.ticket is not None


def test_what_will_be_late_next_comes_with_the_counts(desk: FakeDesk) -> None:
    news = read_news(cast(Any, desk), None)
    assert [row.number for row in news.soon][:3] == [1039, 1029, 1001]
    assert news.counts.open == 30
    assert news.arrivals.count == 0
