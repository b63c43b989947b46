"""Time and others' work are heard of on whatever screen one is, and on coming back to one."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from deskterm.console import live
from deskterm.console.clocktext import SECOND
from deskterm.console.lookout import NewsRead
from deskterm.console.screens import ticking
from deskterm.console.screens.customers import CustomersScreen
from deskterm.console.screens.new_ticket import NewTicketScreen
from deskterm.console.screens.queue import QueueScreen
from deskterm.console.screens.ticket import TicketScreen
from deskterm.console.screens.ticking import Ticking
from deskterm.console.screens.visits import VisitsScreen
from deskterm.desk.model import NewTicket, QueueCounts
from tests.console.quiet import quiet
from tests.console.real_desk import console_of
from tests.console.screens import line_with, settled, shown, until
from tests.desk.office import Office

WIDE = (120, 36)


def opened_by_sue(office: Office, subject: str) -> int:
    return office.sue.tickets.new(NewTicket(subject=subject, customer="Dean Hall")).number


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait until what they ask for is shown."""
    for key in keys:
        await pilot.press(key)
        await quiet(pilot)


async def now(pilot: Pilot[None]) -> None:
    """The clock was moved: what the time changes is shown."""
    screen = pilot.app.screen
    assert isinstance(screen, Ticking)
    screen.tick_now()
    await quiet(pilot)


# Coming back ----------------------------------------------------------------------------------


async def test_coming_back_shows_what_others_did_meanwhile(office: Office, tmp_path: Path) -> None:
    office.new("Printer jams")
    mine = office.new("Hall projector")
    app = console_of(office.sam, tmp_path, watch=True)
    async with app.run_test(size=WIDE) as pilot:
        queue = await settled(pilot)
        await press(pilot, "j")
        assert queue.table.number == mine
        await press(pilot, "C")
        assert isinstance(app.screen, CustomersScreen)
        opened_by_sue(office, "Server room is hot")
        await until(pilot, "New: 3 Server room is hot, Dean Hall.")
        await press(pilot, "Q")
        assert "Server room is hot" in shown(pilot)
        assert queue.table.number == mine, "the cursor stays on its ticket"


async def test_coming_back_paints_at_once_and_reads_only_what_has_changed(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.new("Printer jams")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        queue = await settled(pilot)
        await press(pilot, "C")
        read = list[bool]()
        monkeypatch.setattr(queue, "reload", lambda: read.append("Printer jams" in shown(pilot)))
        await press(pilot, "Q")
        assert read == [], "nothing has happened since it was read"
        await press(pilot, "C")
        app._reload()
        await press(pilot, "Q")
        assert read == [True], "once, with the rows of before on the screen"


async def test_coming_back_looks_at_once_whether_anything_has_happened(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.new("Printer jams")
    office.new("Hall projector")
    # Looks so seldom that only coming back can be what finds it.
    monkeypatch.setattr(live, "EVERY_SECONDS", 3600)
    app = console_of(office.sam, tmp_path, watch=True)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        screen = app.screen
        assert isinstance(screen, TicketScreen) and screen.number == number
        office.do("resolve", number, text="Done")
        await press(pilot, "escape")
        await until(pilot, "Printer jams", gone=True)


async def test_what_one_resolves_from_a_customers_card_leaves_the_queue(
    office: Office, tmp_path: Path
) -> None:
    number = office.new("Printer jams")
    office.new("Hall projector")
    app = console_of(office.sam, tmp_path, watch=True)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "C")
        screen = app.screen
        assert isinstance(screen, CustomersScreen)
        screen.open_window("ticket", number, [number])
        await quiet(pilot)
        await press(pilot, "x", *"done", "ctrl+s")
        await until(pilot, "Resolved")
        await press(pilot, "escape", "Q")
        await until(pilot, "Printer jams", gone=True)
        assert "Hall projector" in shown(pilot)


# What the time changes ------------------------------------------------------------------------


async def test_a_ticket_left_open_says_when_its_desk_closes_and_opens(
    office: Office, tmp_path: Path
) -> None:
    office.do("note", office.new("Printer jams"), text="Paper tray")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, TicketScreen)
        assert "\n today\n" not in shown(pilot)
        heads = [line.strip(" │") for line in shown(pilot).split("\n")]
        assert any(head.startswith("today") for head in heads)
        office.clock.at("2026-11-20T16:31+00:00")
        await now(pilot)
        assert "closed, opens Mon 08:00" in shown(pilot)
        office.clock.at("2026-11-23T09:00+00:00")
        await now(pilot)
        assert "open, closes in 7h30" in shown(pilot)
        heads = [line.strip(" │") for line in shown(pilot).split("\n")]
        assert any(head.startswith("20 Nov") for head in heads), "Friday is not today any more"
        assert not any(head.startswith("today") for head in heads)
        office.clock.at("2026-11-20T10:00+00:00")
        await now(pilot)
        assert "open, closes in 6h30" in shown(pilot), "a clock that is set back is believed"


async def test_a_customers_card_left_open_says_when_its_desk_closes_and_opens(
    office: Office, tmp_path: Path
) -> None:
    office.new("Printer jams")
    app = console_of(office.sue, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "C", "slash", *"oak", "enter")
        assert "open, closes in 7h30" in shown(pilot)
        office.clock.at("2026-11-20T20:00+00:00")
        await now(pilot)
        assert "closed, opens Mon 08:00" in shown(pilot)
        office.clock.at("2026-11-23T08:45+00:00")
        await now(pilot)
        assert "open, closes in 7h45" in shown(pilot)


async def test_beside_a_new_ticket_the_desk_closes_and_opens(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "n", *"oak", "enter")
        assert isinstance(app.screen, NewTicketScreen)
        assert "open, closes in 7h30" in shown(pilot)
        office.clock.on(minutes=10)
        await now(pilot)
        assert "open, closes in 7h20" in shown(pilot)
        office.clock.at("2026-11-20T20:00+00:00")
        await now(pilot)
        assert "closed, opens Mon 08:00" in shown(pilot)


async def test_an_engineers_day_is_the_new_one_on_monday(office: Office, tmp_path: Path) -> None:
    office.sue.customers.add("Hill End", "concero", package="scheduled", visits=23)
    for day, half in (("2026-11-20", "pm"), ("2026-11-23", "am")):
        office.sam.visits.book("Hill End", day, half, engineer="Eli")
    app = console_of(office.eli, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "V")
        assert "My day · Fri 20 Nov" in shown(pilot)
        assert "12:30–15:30" in shown(pilot)
        office.clock.at("2026-11-23T07:00+00:00")
        await now(pilot)
        assert "My day · Mon 23 Nov" in shown(pilot)
        assert "08:30–11:30" in shown(pilot)
        assert "12:30–15:30" not in shown(pilot)


async def test_whoever_looks_at_this_week_sees_the_next_when_it_has_come(
    office: Office, tmp_path: Path
) -> None:
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "V")
        screen = app.screen
        assert isinstance(screen, VisitsScreen)
        screen.show_mode("agenda")
        await quiet(pilot)
        assert "16 – 22 Nov" in shown(pilot)
        office.clock.at("2026-11-23T07:00+00:00")
        await now(pilot)
        assert "23 – 29 Nov" in shown(pilot)
        await press(pilot, "]")
        assert "30 Nov – 6 Dec" in shown(pilot)
        office.clock.at("2026-11-30T07:00+00:00")
        await now(pilot)
        assert "30 Nov – 6 Dec" in shown(pilot)
        office.clock.at("2026-12-07T07:00+00:00")
        await now(pilot)
        assert "7 – 13 Dec" in shown(pilot)


@pytest.mark.parametrize("place", ["queue", "ticket", "help"])
async def test_by_its_own_timer_a_screen_follows_the_clock_there_and_back(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """As after a laptop's sleep or a stopped process, and when the machine's clock is set."""
    monkeypatch.setattr(ticking, "_LONGEST", SECOND)
    office.new("Printer jams")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        keys = {"queue": (), "ticket": ("enter",), "help": ("question_mark",)}
        await press(pilot, *keys[place])
        for at, header, clock in (
            ("2026-11-23T07:00", "Mon 23 Nov 07:00", "◆ +6h30"),
            ("2026-11-20T08:30", "Fri 20 Nov 08:30", "1h30"),
            ("2026-11-20T09:50", "Fri 20 Nov 09:50", "▲ 10m00"),
        ):
            office.clock.at(f"{at}+00:00")
            await until(pilot, header)
            if place == "queue":
                await until(pilot, clock)
            elif place == "ticket":
                await until(pilot, clock.lstrip("◆▲ +"))


# What becomes late ----------------------------------------------------------------------------


async def test_counts_and_lateness_are_told_whatever_view_is_shown(
    office: Office, tmp_path: Path
) -> None:
    office.new("Printer jams")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "4")
        assert "On hold: nothing." in shown(pilot)
        said = dict[str, int]()
        for minute in range(1, 62):
            office.clock.on(minutes=1)
            await now(pilot)
            for words in ("1 at risk", "1 overdue", "Printer jams: first response is overdue."):
                if words in shown(pilot):
                    said.setdefault(words, minute)
        assert said == {
            "1 at risk": 45, "1 overdue": 61, "Printer jams: first response is overdue.": 61,
        }  # fmt: skip


@pytest.mark.parametrize("place", ["ticket", "customers", "visits", "new", "help"])
async def test_a_late_ticket_is_told_on_every_screen(
    office: Office, tmp_path: Path, place: str
) -> None:
    office.new("Printer jams")
    office.new("Mouse mat", priority="low")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        queue = await settled(pilot)
        keys = {"ticket": ("j", "enter"), "customers": ("C",), "visits": ("V",), "new": ("n",),
                "help": ("question_mark",)}  # fmt: skip
        await press(pilot, *keys[place])
        assert app.screen is not queue
        office.clock.on(minutes=60)
        await now(pilot)
        assert "is overdue" not in shown(pilot)
        office.clock.on(seconds=1)
        await now(pilot)
        assert "1 Printer jams: first response is overdue." in shown(pilot)


async def test_late_tickets_one_after_the_other_are_gathered_in_one_sentence(
    office: Office, tmp_path: Path
) -> None:
    for subject in ("Printer jams", "Hall projector", "Server room"):
        office.new(subject)
        office.clock.on(seconds=2)
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        office.clock.at("2026-11-20T10:00:03+00:00")
        await now(pilot)
        assert "1 Printer jams: first response is overdue." in shown(pilot)
        assert "2 Hall projector: first response is overdue." in shown(pilot)
        office.clock.on(seconds=2)
        await now(pilot)
        assert "3 promises are overdue now: 1, 2, 3." in shown(pilot)
        assert "first response is overdue." not in shown(pilot)


async def test_what_was_answered_elsewhere_in_time_is_not_called_late(
    office: Office, tmp_path: Path
) -> None:
    number = office.new("Printer jams")
    app = console_of(office.sam, tmp_path, watch=True)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "V")
        office.sue.tickets.do("respond", number, {"text": "On our way"})
        opened_by_sue(office, "Server room is hot")
        await until(pilot, "Server room is hot")
        office.clock.on(minutes=61)
        await now(pilot)
        assert "first response is overdue" not in shown(pilot)


async def test_with_nothing_to_become_late_nothing_is_read(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.new("Printer jams")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        read = list[int]()
        counts = office.sam.queue.counts

        def counted() -> QueueCounts:
            read.append(office.clock.us)
            return counts()

        monkeypatch.setattr(office.sam.queue, "counts", counted)
        for _ in range(100):
            office.clock.on(seconds=20)
            await now(pilot)
        assert read == []


# What comes in --------------------------------------------------------------------------------


async def test_new_tickets_are_told_and_the_cursor_stays(office: Office, tmp_path: Path) -> None:
    for subject in ("Printer jams", "Hall projector"):
        office.new(subject)
    app = console_of(office.sam, tmp_path, watch=True)
    async with app.run_test(size=WIDE) as pilot:
        queue = await settled(pilot)
        await press(pilot, "j")
        opened_by_sue(office, "Server room is hot")
        await until(pilot, "New: 3 Server room is hot, Dean Hall.")
        for n in range(11):
            opened_by_sue(office, f"Room {n} is hot")
        await until(pilot, "12 new tickets, the last 14 Room 10 is hot, Dean Hall.")
        assert queue.table.number == 2
        await press(pilot, "a")
        await until(pilot, "Assigned to Sam.")
        assert "12 new tickets" in shown(pilot), "what others did stands beside what one did"


async def test_what_one_opens_oneself_is_no_news(office: Office, tmp_path: Path) -> None:
    app = console_of(office.sam, tmp_path, watch=True)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "n", *"dean", "enter", "enter", *"Server room", "ctrl+s")
        await until(pilot, "1 opened")
        opened_by_sue(office, "Hall projector")
        await until(pilot, "New: 2 Hall projector, Dean Hall.")
        assert isinstance(app.screen, QueueScreen)
        assert line_with(pilot, "Server room")


async def test_an_answer_that_comes_while_the_console_is_taken_down_ends_nothing(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.new("Printer jams")
    app = console_of(office.sam, tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        news = app.lookout.news
        assert news is not None
        close_all = app._close_all

        async def with_an_answer() -> None:
            await app._prune(app.screen)
            app.on_news_read(NewsRead(news))
            app._reload()
            await close_all()

        monkeypatch.setattr(app, "_close_all", with_an_answer)
