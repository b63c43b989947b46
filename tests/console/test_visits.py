"""The planner by keyboard: a term of visits booked, moved, attended and cancelled."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from deskterm.console.dialogs.step import StepDialog
from deskterm.console.screens.visits import VisitsScreen
from deskterm.console.widgets.headed_lines import HeadedLines
from deskterm.console.widgets.lines import ChoiceLines, TextLines
from deskterm.console.widgets.painted import Painted
from deskterm.desk.errors import StoreLost
from tests.console.real_desk import console_of, settled
from tests.desk.office import Office


@pytest.fixture
def office(office: Office) -> Office:
    """A school that buys twenty-three visits, and two engineers; it is Friday morning."""
    office.sue.customers.add("Hill End", "concero", package="scheduled", visits=23)
    office.sue.agents.add("Kim", "engineer")
    return office


async def at_customer(pilot: Pilot[None], name: str = "hill") -> VisitsScreen:
    """The planner on the week of a customer."""
    await settled(pilot)
    await pilot.press("V")
    await settled(pilot)
    await pilot.press("slash")
    await settled(pilot)
    await pilot.press(*name)
    await pilot.pause(0.2)
    await settled(pilot)
    await pilot.press("enter")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, VisitsScreen)
    return screen


def drawn(screen: VisitsScreen, part: str) -> str:
    widget = screen.query_one(f"#{part}", Painted)
    return "\n".join("".join(span.text for span in line) for line in widget.draw(*widget.size))


def booked_days(office: Office) -> list[str]:
    """The days of every fortnight from the 24th on that a visit is booked for."""
    return [
        visit.day.isoformat()
        for week in ("2026-11-24", "2026-12-08", "2026-12-22")
        for visit in office.sam.visits.week(week)
        if visit.holds
    ]


async def test_a_free_slot_is_one_key_and_one_more_takes_it_back(
    office: Office, tmp_path: Path
) -> None:
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        screen = await at_customer(pilot)
        assert "23 bought" in drawn(screen, "visits-balance")
        assert "23 to book" in drawn(screen, "visits-balance")
        await pilot.press("right_square_bracket", "enter")
        await settled(pilot)
        assert "1 booked · 22 to book" in drawn(screen, "visits-balance")
        (visit,) = office.sam.visits.week("2026-11-23")
        assert (visit.customer, visit.slot, visit.stage) == ("Hill End", "pm", "booked")
        await pilot.press("u")
        await settled(pilot)
        assert "23 to book" in drawn(screen, "visits-balance")


async def test_what_cannot_be_booked_says_why(office: Office, tmp_path: Path) -> None:
    office.clock.at("2026-12-21T09:00+00:00")
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        screen = await at_customer(pilot)
        grid = drawn(screen, "planner-grid")
        assert "Christmas Day" in grid
        await pilot.press("right", "right", "right", "right")
        await settled(pilot)
        assert "No visits on public holidays" in drawn(screen, "visits-detail")
        await pilot.press("enter")
        await settled(pilot)
    assert office.sam.visits.week("2026-12-21") == ()


async def test_a_visit_is_picked_up_and_put_down(office: Office, tmp_path: Path) -> None:
    office.sam.visits.book("Hill End", "2026-11-23", "am", engineer="Eli")
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        screen = await at_customer(pilot)
        await pilot.press("right_square_bracket")
        await settled(pilot)
        screen.grid.row = screen.grid.column = 0
        await pilot.press("m", "down", "right")
        await settled(pilot)
        assert "moving Hill End" in drawn(screen, "visits-detail")
        await pilot.press("enter")
        await settled(pilot)
    (visit,) = [v for v in office.sam.visits.week("2026-11-23") if v.holds]
    assert (visit.day.isoformat(), visit.slot) == ("2026-11-24", "pm")


async def test_a_cancelled_visit_stays_owed(office: Office, tmp_path: Path) -> None:
    done = office.sam.visits.book("Hill End", "2026-11-23", "am")
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        screen = await at_customer(pilot)
        await pilot.press("right_square_bracket")
        await settled(pilot)
        screen.grid.row = screen.grid.column = 0
        await pilot.press("c")
        await settled(pilot)
        assert isinstance(pilot.app.screen, StepDialog)
        await pilot.press("1", "enter", *"flooded", "ctrl+s")
        await settled(pilot)
        assert "23 to book" in drawn(screen, "visits-balance")
        monday = [line[14:27] for line in drawn(screen, "planner-grid").splitlines()[1:3]]
        assert "2 free" in monday[0]
        assert "Eli" in monday[1] or "Kim" in monday[1]
    assert office.sam.visits.show(done.visit.id).stage == "cancelled"


async def test_a_form_sent_to_a_lost_desk_comes_back(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = office.sam.visits.book("Hill End", "2026-11-23", "am")

    def lost(*_: object, **__: object) -> None:
        raise StoreLost("The desk cannot be reached.")

    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        screen = await at_customer(pilot)
        await pilot.press("right_square_bracket")
        await settled(pilot)
        screen.grid.row = screen.grid.column = 0
        await pilot.press("c")
        await settled(pilot)
        with monkeypatch.context() as unplugged:
            unplugged.setattr(type(office.sam.visits), "cancel", lost)
            await pilot.press("1", "enter", *"flooded", "ctrl+s")
            await settled(pilot)
        form = pilot.app.screen
        assert isinstance(form, StepDialog)
        assert form._typed()["why"] == "flooded"
        await pilot.press("ctrl+s")
        await settled(pilot)
    assert office.sam.visits.show(done.visit.id).stage == "cancelled"


async def test_a_fortnightly_series_shows_what_it_will_do_and_books_it(
    office: Office, tmp_path: Path
) -> None:
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        screen = await at_customer(pilot)
        await pilot.press("right_square_bracket")
        await settled(pilot)
        screen.grid.column = 1
        await pilot.press("s")
        await settled(pilot)
        dialog = pilot.app.screen
        dialog.query_one("#series-count", Input).value = "4"
        await pilot.pause(0.4)
        await settled(pilot)
        plan = "".join(
            span.text
            for line in dialog.query_one("#series-plan", TextLines).content
            for span in line
        )
        assert "4 will be booked" in plan
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "4 booked" in drawn(screen, "visits-balance")
        days = booked_days(office)
        await pilot.press("u")
        await settled(pilot)
        assert "23 to book" in drawn(screen, "visits-balance")
    assert days[:2] == ["2026-11-24", "2026-12-08"]
    assert booked_days(office) == []


async def test_an_engineer_begins_with_their_own_day(office: Office, tmp_path: Path) -> None:
    office.sam.visits.book("Hill End", "2026-11-20", "pm", engineer="Eli")
    office.new("Projector dark", customer="Hill End", priority="low")
    async with console_of(office.eli, tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("V")
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, VisitsScreen)
        assert screen.mode == "my-day"
        assert "Hill End" in drawn(screen, "visits-list")
        assert "1 open ticket" in drawn(screen, "visits-list")
        await pilot.press("g")
        await settled(pilot)
        assert "there now" in drawn(screen, "visits-list")
        office.clock.at("2026-11-20T15:30+00:00")
        await pilot.press("g")
        await settled(pilot)
    (visit,) = office.sam.visits.week("2026-11-20")
    assert visit.stage == "delivered"


async def test_an_empty_desk_says_how_to_begin(office: Office, tmp_path: Path) -> None:
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("V")
        await settled(pilot)
        await pilot.press("a")
        await settled(pilot)
        assert "Nothing is booked this week" in drawn(pilot.app.screen, "visits-balance")  # type: ignore[arg-type]  # the screen of V


async def test_a_week_begins_on_what_is_still_to_come_and_lists_what_is_booked_later(
    office: Office, tmp_path: Path
) -> None:
    office.clock.at("2026-11-20T12:00+00:00")
    office.sam.visits.book("Hill End", "2026-12-04", "am", engineer="Eli")
    async with console_of(office.sam, tmp_path).run_test(size=(120, 36)) as pilot:
        screen = await at_customer(pilot)
        assert screen.cell() == ("pm", date(2026, 11, 20))
        assert "past" not in drawn(screen, "planner-grid")
        assert "Fri 4 Dec  08:30–11:30  Eli" in drawn(screen, "visits-coming")


async def test_fair_use_stands_above_the_week(office: Office, tmp_path: Path) -> None:
    office.sue.customers.add("Dale View", "concero", package="on-demand", visits=10)
    office.sam.visits.book("Dale View", "2026-11-23", "10:00", minutes=60)
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        screen = await at_customer(pilot, "dale")
        balance = drawn(screen, "visits-balance")
        assert "Fair use, school year 2026/27: 1 on-demand visits" in balance


@pytest.mark.parametrize("size", [(50, 20), (80, 24), (120, 36)])
async def test_the_week_and_its_verdict_are_never_cut_off(
    office: Office, tmp_path: Path, size: tuple[int, int]
) -> None:
    office.clock.at("2027-06-01T09:00+01:00")
    async with console_of(office.sam, tmp_path).run_test(size=size) as pilot:
        screen = await at_customer(pilot)
        lines = drawn(screen, "visits-balance").splitlines()
        assert all(len(line) <= size[0] for line in lines)
        grid = drawn(screen, "planner-grid").splitlines()
        assert all(len(line) <= size[0] for line in grid)
        assert "Fri" in grid[0]
        verdict = office.sam.visits.check("Hill End")[0].pace.words
        assert any(verdict in line for line in lines)


@pytest.mark.parametrize("size", [(50, 20), (80, 24)])
async def test_engineers_that_are_short_are_said_to_be_shared_and_with_whom(
    office: Office, tmp_path: Path, size: tuple[int, int]
) -> None:
    """The week is there at once; that other customers need the same people is said as soon as all
    have been counted together.
    """
    for name in ("Lower Dale", "Upper Dale"):
        office.sue.customers.add(name, "concero", package="scheduled", visits=440)
    verdict = office.sam.visits.check("Upper Dale")[0].verdict
    assert verdict.endswith("too many, the engineers are shared with Hill End and Lower Dale")
    async with console_of(office.sam, tmp_path).run_test(size=size) as pilot:
        screen = await at_customer(pilot, "upper")
        assert verdict in " ".join(drawn(screen, "visits-balance").split())


async def test_a_phone_sized_terminal_shows_when_and_where(office: Office, tmp_path: Path) -> None:
    office.sam.visits.book("Hill End", "2026-11-20", "pm", engineer="Eli")
    number = office.new("Projector dark", customer="Hill End", priority="low")
    async with console_of(office.eli, tmp_path).run_test(size=(50, 20)) as pilot:
        await settled(pilot)
        await pilot.press("V")
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, VisitsScreen)
        assert "12:30 • Hill End" in drawn(screen, "visits-list")
        assert f"{number} low" in drawn(screen, "visits-detail")
        await pilot.press("a")
        await settled(pilot)
        assert "Fri 20 12:30 • Hill End" in drawn(screen, "visits-list")


async def test_a_tick_is_kept_and_a_fault_becomes_a_ticket(office: Office, tmp_path: Path) -> None:
    office.sue.customers.add("Dale View", "concero", package="on-demand", visits=10)
    visit = office.sam.visits.book("Dale View", "2026-11-20", "10:00", minutes=60).visit
    office.sam.visits.add_unit(visit.site_id, "Projector", "Hall")
    async with console_of(office.eli, tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("V")
        await settled(pilot)
        await pilot.press("a")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("space")
        await settled(pilot)
        await pilot.press("f", *"disk full", "ctrl+s")
        await settled(pilot)
        report = office.sam.visits.report(visit.id)
        assert [line.result for line in report[:3]] == ["ok", "fault", None]
        assert report[1].note == "disk full"
        await pilot.press("up", "t")
        await settled(pilot)
    assert report[1].item in office.row(1).subject


async def test_what_leave_made_impossible_is_moved_by_one_key(
    office: Office, tmp_path: Path
) -> None:
    visit = office.sam.visits.book("Hill End", "2026-11-23", "am", engineer="Eli").visit
    office.sue.visits.add_absence("Eli", "leave", date(2026, 11, 23), date(2026, 11, 23))
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await at_customer(pilot)
        await pilot.press("x")
        await settled(pilot)
        listed = pilot.app.screen.query_one(ChoiceLines).selected
        assert listed is not None
        assert listed.text.startswith("Mon 23 Nov 08:30 → Kim goes")
        assert office.sam.visits.show(visit.id).engineer == "Eli", "nothing moves by itself"
        await pilot.press("enter")
        await settled(pilot)
    assert office.sam.visits.show(visit.id).engineer == "Kim"


async def test_the_sheet_of_a_visit_is_shown_and_written_to_a_file(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One key from the planner, and one more writes it; the condition of the AV as well."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    visit = office.sam.visits.book("Hill End", "2026-11-20", "pm", engineer="Eli").visit.id
    async with console_of(office.eli, tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("V")
        await settled(pilot)
        await pilot.press("p")
        await settled(pilot)
        shown = pilot.app.screen.query_one("#sheet", TextLines)
        assert "Hill End" in "".join(span.text for span in shown.draw(80, 1)[0])
        assert list(folder.iterdir()) == []
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("tab")
        await settled(pilot)
        await pilot.press("f")
        await settled(pilot)
        await pilot.press("f")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"condition-{visit}.html", f"visit-{visit}.txt"]
    assert "Hill End" in (folder / f"visit-{visit}.txt").read_text(encoding="utf-8")


async def with_av(office: Office) -> int:
    """A visit today at a school with three projectors."""
    office.sue.customers.add("Dale View", "concero", package="on-demand", visits=10)
    visits = office.sam.visits
    visit = visits.book("Dale View", "2026-11-20", "10:00", minutes=60, engineer="Eli").visit
    for room in ("Hall", "Room 3", "Room 4"):
        visits.add_unit(visit.site_id, "Projector", room)
    return visit.id


async def test_each_checklist_of_a_visit_has_a_heading_and_arrows_go_through_all_of_them(
    office: Office, tmp_path: Path
) -> None:
    visit = await with_av(office)
    async with console_of(office.eli, tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("V")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        listed = pilot.app.screen.query_one(HeadedLines)
        rows = ["".join(span.text for span in line) for line in listed.draw(70, 40)]
        assert "Server maintenance  0 of 6" in rows
        assert "Classroom AV · Projector Room 3  0 of 4" in rows
        body = pilot.app.screen.query_one("#dialog-body")
        for _ in range(len(listed.choices) - 1):
            await pilot.press("down")
        assert listed.index == len(listed.choices) - 1
        # The last line can be seen: it is within what the window shows.
        row = listed.virtual_region.y + len(rows) - 1
        assert body.scroll_offset.y <= row < body.scroll_offset.y + body.size.height
        await pilot.press("enter")
        await settled(pilot)
    assert [line.result for line in office.sam.visits.report(visit)][-1] == "ok"


async def test_a_supervisor_erases_what_was_written_about_a_visit(
    office: Office, tmp_path: Path
) -> None:
    visit = office.sam.visits.book("Hill End", "2026-11-24", "am").visit.id
    office.sam.visits.cancel(visit, "customer", "Jo is ill")
    async with console_of(office.sue, tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("V")
        await settled(pilot)
        await pilot.press("a", "right_square_bracket")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("h")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, StepDialog)
        await pilot.press(*"asked", "ctrl+s")
        await settled(pilot)
    assert [event.data.get("why") for event in office.sam.visits.history(visit)] == [
        None, "(erased)", None,
    ]  # fmt: skip


async def test_arrows_choose_in_a_list_longer_than_the_screen(
    office: Office, tmp_path: Path
) -> None:
    for number in range(30):
        office.sue.customers.add(f"Dale {number}", "concero", package="on-demand", visits=10)
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("V")
        await settled(pilot)
        listed = pilot.app.screen.query_one("#visits-list", ChoiceLines)
        await pilot.press(*["down"] * 25)
        assert listed.index == 25
        around = pilot.app.screen.query_one("#visits-scroll")
        assert around.scroll_offset.y <= 25 < around.scroll_offset.y + around.size.height


async def test_a_year_of_visits_is_a_line_a_month_with_its_entries_a_key_away(
    office: Office, tmp_path: Path
) -> None:
    for week in range(23):
        day = date(2026, 11, 24) + timedelta(weeks=week)
        if week in (5, 6):
            continue
        office.sam.visits.book("Hill End", day, "am")
    office.clock.at("2026-12-02T09:00+00:00")
    office.sam.visits.cancel(5, "customer", "Jo is ill")
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await at_customer(pilot)
        await pilot.press("b")
        await settled(pilot)
        months = pilot.app.screen.query_one(HeadedLines)

        def count() -> int:
            return len(months.choices)

        assert [choice.text for choice in months.choices] == [
            "Nov 2026  +23 granted · +21 booked · +2 owed", "Dec 2026  -1 booked · +1 owed",
        ]  # fmt: skip
        await pilot.press("down", "enter")
        assert count() == 3
        assert months.choices[-1].text.endswith(
            "cancelled visit 5  booked → owed  by the customer: Jo is ill"
        )
        await pilot.press("enter")
        assert count() == 2
        await pilot.press("a")
        assert count() == len(office.sam.visits.ledger("Hill End")[1]) + 2
        await pilot.press("a")
        assert count() == 2


async def test_visits_that_cannot_be_kept_are_said_above_all_customers(
    office: Office, tmp_path: Path
) -> None:
    office.sam.visits.book("Hill End", "2026-11-24", "am", engineer="Eli")
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("V")
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, VisitsScreen)
        assert "cannot be kept" not in drawn(screen, "visits-balance")
        office.sue.visits.add_absence("Eli", "leave", date(2026, 11, 23), date(2026, 11, 27))
        await pilot.press("o")
        await settled(pilot)
        assert "1 booked visit cannot be kept. x lists" in drawn(screen, "visits-balance")
        await pilot.press("x")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "cannot be kept" not in drawn(screen, "visits-balance")
    (visit,) = office.sam.visits.week("2026-11-23")
    assert visit.engineer == "Kim"


async def test_a_supervisor_lets_a_visit_lapse_and_books_over_another(
    office: Office, tmp_path: Path
) -> None:
    office.sue.customers.add("Dale View", "concero", package="scheduled-on-demand", visits=10)
    visits = office.sam.visits
    gone = visits.book("Hill End", "2026-11-23", "am", engineer="Eli").visit.id
    visits.cancel(gone, "customer", "exams")
    visits.book("Dale View", "2026-11-23", "am", engineer="Eli")
    owed = visits.ledger("Hill End")[0].owed
    async with console_of(office.sue, tmp_path).run_test(size=(80, 24)) as pilot:
        screen = await at_customer(pilot)
        await pilot.press("right_square_bracket")
        await settled(pilot)
        while (cell := screen.cell()) != ("am", date(2026, 11, 23)):
            assert cell is not None
            await pilot.press("left" if cell[1] > date(2026, 11, 23) else "up")
        await pilot.press("F")
        await settled(pilot)
        await pilot.press(*"agreed", "ctrl+s")
        await settled(pilot)
        assert visits.ledger("Hill End")[0].owed == owed - 1
        await pilot.press("O")
        await settled(pilot)
        assert isinstance(pilot.app.screen, StepDialog)
        await pilot.press("tab", *"both", "ctrl+s")
        await settled(pilot)
    booked = [visit for visit in visits.week("2026-11-23", customer="Hill End") if visit.holds]
    assert [(visit.overlap_reason, visit.engineer) for visit in booked] == [("both", "Eli")]


async def test_a_new_av_unit_is_on_the_checklist_at_once(office: Office, tmp_path: Path) -> None:
    await with_av(office)
    async with console_of(office.eli, tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("V")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        await pilot.press(*"Panel", "tab", *"R9", "ctrl+s")
        await settled(pilot)
        listed = pilot.app.screen.query_one(HeadedLines)
        rows = ["".join(span.text for span in line) for line in listed.draw(70, 60)]
        assert "Classroom AV · Panel R9  0 of 4" in rows


async def test_booking_a_free_slot_takes_two_keys_from_the_customer(
    office: Office, tmp_path: Path
) -> None:
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("V")
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, VisitsScreen)
        screen.lines.index = next(
            at for at, one in enumerate(screen.lines.choices) if "Hill End" in one.text
        )
        for key in ("enter", "enter"):
            await pilot.press(key)
            await settled(pilot)
    (visit,) = office.sam.visits.week("2026-11-20", customer="Hill End")
    assert visit.stage == "booked"


async def test_two_keys_from_a_customers_card_book_its_first_free_slot(
    office: Office, tmp_path: Path
) -> None:
    async with console_of(office.sam, tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("C")
        await settled(pilot)
        await pilot.press("slash", *"hill", "enter")
        await settled(pilot)
        for key in ("w", "enter"):
            await pilot.press(key)
            await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, VisitsScreen)
        await pilot.press("C", "w")
        await settled(pilot)
        assert pilot.app.screen is screen, "there and back again, to the same planner"
    (visit,) = office.sam.visits.week("2026-11-20", customer="Hill End")
    assert visit.stage == "booked"
