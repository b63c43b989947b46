"""Visits on the command line: booked once, moved, attended, counted; and the promised shapes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Deskterm

SHAPE = {"id", "date", "slot", "start", "end", "engineer", "customer", "state", "why"}
CHECK = {
    "customer", "granted", "delivered", "callouts", "in_lieu", "forfeited", "booked", "owed",
    "bookable", "verdict",
}  # fmt: skip


@pytest.fixture
def planner(deskterm: Deskterm) -> Deskterm:
    """A customer with 23 visits of three hours, and two engineers."""
    deskterm("agent", "add", "Kim", "--role", "engineer")
    deskterm("agent", "add", "Lee", "--role", "engineer")
    for name in ("Marlow Academy", "Stour College"):
        deskterm(
            "customer", "add", name, "--policy", "concero", "--package", "scheduled",
            "--start", "2026-09-01", "--visits", "23",
        )  # fmt: skip
    return deskterm


def book(planner: Deskterm, *more: str) -> int:
    booked = planner("visits", "book", "--customer", "Marlow", *more, "--json").json
    assert set(booked) >= SHAPE
    number: int = booked["id"]
    return number


def test_a_visit_is_booked_with_whoever_is_free(planner: Deskterm) -> None:
    number = book(planner, "--date", "2026-11-24", "--slot", "am")
    [visit] = planner("visits", "week", "--date", "2026-11-26", "--json").json
    assert visit["id"] == number
    assert (visit["date"], visit["slot"], visit["state"]) == ("2026-11-24", "am", "booked")
    assert (visit["start"], visit["end"]) == (
        "2026-11-24T08:30:00+00:00", "2026-11-24T11:30:00+00:00",
    )  # fmt: skip
    assert "Marlow Academy" in planner("visits", "week", "--date", "2026-11-24").out


def test_what_is_free_comes_first_and_what_is_not_says_why(planner: Deskterm) -> None:
    tuesday = ["visits", "free", "--customer", "Marlow", "--date", "2026-11-24"]
    offers = planner(*tuesday, "--json").json
    assert [(o["slot"], o["state"], o["why"]) for o in offers] == [
        ("am", "free", None), ("pm", "free", None),
    ]  # fmt: skip
    assert set(offers[0]) >= SHAPE
    christmas = ["visits", "free", "--customer", "Marlow", "--date", "2026-12-25"]
    closed = planner(*christmas, "--json").json
    assert {o["state"] for o in closed} == {"blocked"}
    assert all("Christmas Day" in o["why"] for o in closed)
    assert "Christmas Day" in planner(*christmas).out


def test_nobody_is_in_two_places_and_other_times_are_offered(planner: Deskterm) -> None:
    book(planner, "--date", "2026-11-24", "--slot", "am", "--engineer", "Kim")
    taken = planner.try_(
        "visits", "book", "--customer", "Stour", "--date", "2026-11-24", "--slot", "am",
        "--engineer", "Kim",
    )  # fmt: skip
    assert taken.status == 1
    assert taken.err.count("\n") == 1
    assert "Free: " in taken.err


def test_a_visit_moves_is_attended_and_counted(planner: Deskterm) -> None:
    number = str(book(planner, "--date", "2026-11-24", "--slot", "am"))
    moved = planner("visits", "move", number, "--date", "2026-11-25", "--slot", "pm", "--json").json
    assert (moved["date"], moved["slot"]) == ("2026-11-25", "pm")
    planner.at("2026-11-25T12:30+00:00")
    assert planner("visits", "arrive", number, "--json").json["state"] == "arrived"
    planner.at("2026-11-25T15:20+00:00")
    assert planner("visits", "depart", number, "--json").json["state"] == "delivered"
    [line] = planner("visits", "check", "--customer", "Marlow", "--json").json
    assert set(line) >= CHECK
    assert (line["granted"], line["delivered"], line["booked"], line["owed"]) == (23, 1, 0, 22)
    said = planner("visits", "ledger", "Marlow").out
    assert "23 granted = 1 delivered" in said


def test_a_cancelled_visit_stays_owed_until_a_supervisor_forfeits_it(planner: Deskterm) -> None:
    number = str(book(planner, "--date", "2026-11-24", "--slot", "am"))
    cancelled = planner("visits", "cancel", number, "--by", "customer", "--why", "INSET", "--json")
    assert cancelled.json["state"] == "cancelled"
    [line] = planner("visits", "check", "--customer", "Marlow", "--json").json
    assert (line["owed"], line["forfeited"]) == (23, 0)
    planner("visits", "forfeit", number, "--why", "agreed with the head")
    [line] = planner("visits", "check", "--customer", "Marlow", "--json").json
    assert (line["owed"], line["forfeited"]) == (22, 1)


def test_where_nobody_could_come_one_line_says_what_to_do(deskterm: Deskterm) -> None:
    deskterm("customer", "add", "Marlow", "--policy", "concero", "--package", "scheduled")
    for command in (["free", "--customer", "Marlow"], ["free", "--customer", "Marlow", "--all"]):
        said = deskterm("visits", *command).out.splitlines()
        assert len(said) == 1
        assert "deskterm agent add NAME --role engineer" in said[0]
    assert "deskterm agent add" in deskterm("visits", "check").out


def test_reasons_that_are_the_same_are_said_once(planner: Deskterm) -> None:
    """A fortnight of holiday is no thirty lines: the same reason in a row is one."""
    said = planner("visits", "free", "--customer", "Marlow", "--date", "2026-12-25", "--days", "3",
                   "--all").out.splitlines()  # fmt: skip
    assert [line.partition(":")[0] for line in said[1:]] == [
        "Fri 25 Dec 08", "Sat 26 Dec 08", "Sun 27 Dec 08",
    ]  # fmt: skip
    away = planner("visits", "away", "Kim", "2026-11-23", "2026-11-27")
    assert away.status == 0
    planner("visits", "away", "Lee", "2026-11-23", "2026-11-27")
    week = planner("visits", "free", "--customer", "Marlow", "--date", "2026-11-23", "--days", "5")
    assert week.out.splitlines() == [
        "Nothing is free then.",
        "Mon 23 Nov to Fri 27 Nov: No engineer is at work: Kim is on leave; Lee is on leave.",
    ]


def test_all_agreements_with_visits_are_checked(planner: Deskterm) -> None:
    names = {line["customer"] for line in planner("visits", "check", "--json").json}
    assert {"Marlow Academy", "Stour College"} <= names


def test_a_series_is_seen_before_it_is_booked(planner: Deskterm) -> None:
    series = [
        "visits", "series", "--customer", "Marlow", "--slot", "pm", "--first", "2026-11-24",
        "--every", "fortnightly", "--count", "3",
    ]  # fmt: skip
    assert "3 would be booked" in planner(*series, "--preview").out
    assert planner("visits", "week", "--date", "2026-11-24", "--json").json == []
    assert len(planner(*series, "--json").json["visits"]) == 3


def test_a_calendar_is_written_for_other_programs(planner: Deskterm) -> None:
    book(planner, "--date", "2026-11-24", "--slot", "am", "--engineer", "Kim")
    text = planner("visits", "ics", "--engineer", "Kim").out
    assert text.startswith("BEGIN:VCALENDAR")
    assert "BEGIN:VTIMEZONE" in text and "Marlow Academy" in text.replace("\r\n ", "")
    assert planner.try_("visits", "ics").status == 2


def test_an_engineer_sees_the_day(planner: Deskterm) -> None:
    planner("customer", "site", "Marlow", "Main", "--access", "ring twice")
    book(planner, "--date", "2026-11-24", "--slot", "am", "--engineer", "Kim", "--site", "Main")
    said = planner("visits", "day", "--engineer", "Kim", "--date", "2026-11-24").out
    assert "08:30–11:30  Marlow Academy, Main" in said
    assert "ring twice" in said


def test_a_callout_takes_the_limits_off_a_ticket(planner: Deskterm) -> None:
    new = ["ticket", "new", "--customer", "Marlow", "--subject", "All down", "--priority", "urgent"]
    number = planner(*new).out.strip()
    planner("visits", "callout", number, "--engineer", "Kim")
    clocks = planner("ticket", "show", number, "--json").json["clocks"]
    assert {clock["state"] for clock in clocks.values()} == {"exempt"}


def test_leave_blocks_and_names_the_visits_it_displaces(planner: Deskterm) -> None:
    number = book(planner, "--date", "2026-11-24", "--slot", "am", "--engineer", "Kim")
    away = planner("visits", "away", "Kim", "2026-11-23", "2026-11-27", "--json").json
    assert away["displaced"] == [number]
    [found] = planner("visits", "displaced", "--json").json
    assert found["id"] == number and found["proposal"] is not None
    planner("visits", "back", str(away["id"]))
    assert planner("visits", "displaced", "--json").json == []


def test_engineers_have_hours_of_their_own(planner: Deskterm) -> None:
    planner("visits", "hours", "Kim", "mon=08:00-18:00")
    planner("visits", "hours", "Lee", "mon=08:00-18:00")
    [*offers] = planner(
        "visits", "free", "--customer", "Marlow", "--date", "2026-11-24", "--json"
    ).json
    assert {offer["state"] for offer in offers} == {"blocked"}
    assert planner.try_("visits", "hours", "Kim", "monday").status == 2


def test_term_dates_are_taken_in_from_a_file(planner: Deskterm, tmp_path: Path) -> None:
    file = tmp_path / "terms.csv"
    file.write_text(
        "name,first,last\nAutumn,2026-09-03,2026-11-20\nSpring,2027-01-05,2027-03-25\n",
        encoding="utf-8",
    )
    assert planner("visits", "terms", str(file), "--json").json == {"created": 2}
    assert planner("visits", "terms", str(file), "--json").json == {"created": 0}
    names = [entry["name"] for entry in planner("visits", "terms", "--json").json]
    assert names == ["Autumn", "Spring"]
    offers = planner("visits", "free", "--customer", "Marlow", "--date", "2026-11-24", "--json")
    assert {offer["state"] for offer in offers.json} == {"blocked"}


def test_checklists_are_ticked_and_printed(planner: Deskterm, tmp_path: Path) -> None:
    planner("customer", "add", "Av School", "--policy", "concero", "--package",
            "scheduled-on-demand", "--visits", "10")  # fmt: skip
    planner("customer", "site", "Av School", "Main")
    [unit] = planner("visits", "unit", "Av School", "Epson 1", "--room", "4", "--json").json
    booked = planner(
        "visits", "book", "--customer", "Av School", "--date", "2026-11-24", "--slot", "am",
        "--json",
    ).json  # fmt: skip
    [sheet] = planner("visits", "show", str(booked["id"]), "--json").json
    lists = {line["checklist"] for line in sheet["report"]}
    assert lists
    assert "Epson 1" in planner("visits", "show", str(booked["id"])).out
    to = tmp_path / "av.md"
    said = planner("visits", "show", str(booked["id"]), "--condition", "--format", "markdown",
                   "--to", str(to))  # fmt: skip
    assert said.out.strip() == str(to)
    assert to.read_text(encoding="utf-8").startswith("# Condition of classroom AV – Av School")
    assert unit["room"] == "4"


def test_words_in_the_history_of_a_visit_are_erased(planner: Deskterm) -> None:
    booked = planner(
        "visits", "book", "--customer", "Marlow", "--date", "2026-11-24", "--slot", "am", "--json"
    ).json
    planner("visits", "cancel", str(booked["id"]), "--by", "customer", "--why", "Jo is ill")
    *_, entry = planner("visits", "history", str(booked["id"]), "--json").json
    assert (entry["kind"], entry["data"]["why"]) == ("visit_cancelled", "Jo is ill")
    assert "Jo is ill" in planner("visits", "history", str(booked["id"])).out
    planner("visits", "redact", str(entry["id"]), "--why", "asked for")
    said = planner("visits", "history", str(booked["id"])).out
    assert "Jo is ill" not in said
    assert "(erased)" in said
    assert f"erased the words of {entry['id']}" in said
    assert planner("audit", "verify").status == 0


def test_of_many_visits_in_question_the_rest_is_counted(planner: Deskterm) -> None:
    for day in ("2026-11-24", "2026-11-25"):
        book(planner, "--date", day, "--slot", "am", "--engineer", "Kim")
    said = planner("visits", "away", "kim", "2026-11-23", "2026-11-27").out
    assert said.count("is in question") == 2
    lines = planner("visits", "displaced", "--limit", "1").out.splitlines()
    assert lines[1] == "and 1 more after Tue 24 Nov 2026; --limit shows more"
    assert len(planner("visits", "displaced", "--limit", "1", "--json").json) == 2


def test_a_closure_entered_after_booking_says_that_visits_are_in_question(
    planner: Deskterm, tmp_path: Path
) -> None:
    book(planner, "--date", "2026-11-24", "--slot", "am")
    first = planner("vary", "shutdown", "2026-12-24", "2027-01-03", "--policy", "concero").out
    assert "cannot be kept" not in first
    said = planner("vary", "shutdown", "2026-11-23", "2026-11-25", "--policy", "concero").out
    assert "1 booked visit cannot be kept" in said
    assert "deskterm visits displaced" in said
    terms = tmp_path / "terms.csv"
    terms.write_text("name,first,last\nAutumn,2026-09-03,2026-11-20\n", encoding="utf-8")
    assert "1 booked visit cannot be kept" in planner("visits", "terms", str(terms)).out


def test_terms_and_days_off_are_entered_one_by_one(planner: Deskterm) -> None:
    planner("visits", "term", "Autumn 2026", "2026-09-03", "2026-12-18", "--area", "Kent")
    planner("visits", "term", "INSET day", "2026-11-25", "--off", "--area", "Kent")
    planner("visits", "area", "Marlow", "Kent")
    day = ["visits", "free", "--customer", "Marlow", "--date"]
    assert {one["state"] for one in planner(*day, "2026-11-24", "--json").json} == {"free"}
    assert "INSET day" in planner(*day, "2026-11-25").out
    assert "no later term" in planner(*day, "2027-01-12").out
    terms = planner("visits", "terms", "--area", "Kent", "--json").json
    inset = next(term["id"] for term in terms if term["name"] == "INSET day")
    planner("visits", "no-term", str(inset))
    assert {one["state"] for one in planner(*day, "2026-11-25", "--json").json} == {"free"}
    wrong = planner.try_("visits", "term", "Back", "2026-12-18", "2026-09-03")
    assert wrong.status == 2
    assert "ends before it begins" in wrong.err


def test_what_becomes_of_a_number_nobody_entered_is_said_at_once(deskterm: Deskterm) -> None:
    add = ("customer", "add", "--policy", "concero", "--package")
    note = "it grows with what is booked until a number is entered."
    assert note in deskterm(*add, "scheduled-on-demand", "Ash Hill").out
    assert note not in deskterm(*add, "scheduled-on-demand", "Elm Hill", "--visits", "20").out
    assert note not in deskterm(*add, "scheduled", "Fir Hill").out
    assert note not in deskterm("customer", "add", "Yew Hill", "--policy", "azzure").out


@pytest.mark.parametrize("day", ["2026-11-24", "Tue", "24 Nov", "4d"])
def test_days_are_named_as_people_name_them(planner: Deskterm, day: str) -> None:
    free = planner("visits", "free", "--customer", "Marlow", "--date", day, "--json").json
    assert {offer["date"] for offer in free} == {"2026-11-24"}
    number = str(book(planner, "--date", day, "--slot", "am"))
    planner("visits", "move", number, "--date", "25 Nov", "--slot", "pm")
    moved = planner("visits", "move", number, "--date", day, "--slot", "am", "--json").json
    assert moved["date"] == "2026-11-24"


def test_at_a_weekend_the_week_is_the_next_one_unless_a_day_is_named(planner: Deskterm) -> None:
    book(planner, "--date", "2026-11-24", "--slot", "am")
    assert planner("visits", "week", "--json").json == []
    planner.at("2026-11-22T10:00+00:00")
    assert len(planner("visits", "week", "--json").json) == 1
    assert planner("visits", "week", "--date", "today", "--json").json == []


def test_a_site_called_like_its_customer_is_named_once(planner: Deskterm) -> None:
    book(planner, "--date", "2026-11-24", "--slot", "am", "--engineer", "Kim")
    said = planner("visits", "day", "--date", "2026-11-24", "--engineer", "Kim").out
    assert said.count("Marlow Academy") == 1
