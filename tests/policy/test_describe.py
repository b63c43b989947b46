"""A policy printed as a person would read the agreement."""

from __future__ import annotations

import pytest

from deskterm.policy.describe import Section, TextTable, describe
from deskterm.policy.describing.hours import hours_text
from deskterm.policy.holidays import resolve_holidays
from tests.policy.texts import SHIPPED, shipped


def section(name: str, title: str) -> Section:
    return next(part for part in describe(shipped(name)) if part.title.startswith(title))


def column(table: TextTable, heading: str) -> list[str]:
    position = table.headings.index(heading)
    return [row[position] for row in table.rows]


def test_hours_are_said_as_people_say_them() -> None:
    assert hours_text({"mon": (("08:00", "16:30"),)}) == "Mon 08:00-16:30"
    assert (
        hours_text(
            {
                "mon": (("08:00", "12:00"), ("13:00", "17:00")),
                "tue": (("08:00", "12:00"), ("13:00", "17:00")),
                "fri": (("08:00", "01:00"),),
                "sat": (("09:00", "12:00"),),
            }
        )
        == "Mon-Tue 08:00-12:00, 13:00-17:00; Fri 08:00-01:00 (next day); Sat 09:00-12:00"
    )


def test_hours_of_desk_and_onsite_with_their_holidays() -> None:
    hours = section("concero", "Hours")
    assert column(hours.tables[0], "Hours") == ["Mon-Fri 08:00-16:30", "Mon-Fri 08:00-18:00"]
    assert column(hours.tables[0], "Public holidays") == ["closed: GB-ENG"] * 2
    assert "Christmas shutdown" in hours.lines[0]


def test_regions_say_which_is_the_default() -> None:
    regions = section("impero", "Hours").tables[1]
    assert column(regions, "Id")[:2] == ["uk (default)", "gulf"]


def test_the_grid_is_printed_as_the_agreement_prints_it() -> None:
    impero = section("impero", "Triage").tables[0]
    assert impero.headings == ("urgency / impact", "Severe", "High", "Medium", "Low")
    assert impero.rows == (
        ("High", "P1", "P1", "P1", "P1"),
        ("Medium", "P2", "P2", "P3", "P4"),
        ("Low", "P3", "P3", "P4", "P4"),
    )
    concero = section("concero", "Triage").tables[0]
    assert concero.headings[0] == "impact / urgency"
    assert concero.rows[2] == ("A limited number", "High", "High", "Medium", "Low")


def test_a_list_says_that_there_is_no_grid() -> None:
    assert section("pupil-asset", "Triage").tables == ()


def test_promises_are_a_table_of_priority_and_clock() -> None:
    table = section("impero", "Promises").tables[0]
    assert column(table, "Priority") == ["P1", "P2", "P3", "P4", "P5"]
    assert column(table, "Resolution") == ["1 day", "2 days", "3 days", "5 days", "none"]
    assert column(table, "Meaningful response") == [
        "1 hour", "2 hours", "4 hours", "8 hours", "8 hours",
    ]  # fmt: skip


def test_promises_that_depend_on_more_than_priority_have_columns_of_their_own() -> None:
    table = section("concero", "Promises").tables[0]
    assert column(table, "First response (emergency callout)") == ["none"] * 4
    assert column(table, "First response (Scheduled Support)")[0] == "1 hour"
    assert column(table, "Time to fix") == ["8 hours", "16 hours", "40 hours", "80 hours"]


def test_rows_for_some_priorities_are_put_together_in_one_column() -> None:
    table = section("azzure", "Promises").tables[0]
    assert column(table, "Resolution") == ["4 hours", "8 hours", "1 day", "10 days"]
    tiers = section("schoolstatus", "Promises").tables[0]
    assert column(tiers, "Confirmation (Administrator (Premium))") == ["none"] + ["2 hours"] * 3
    assert column(tiers, "Confirmation") == ["none"] + ["4 hours"] * 3


def test_elapsed_time_is_told_from_working_time() -> None:
    table = section("pupil-asset", "Promises").tables[0]
    assert column(table, "Response (email, portal)") == ["72 hours elapsed"] * 4


def test_each_row_says_what_it_is_counted_in_and_its_clause() -> None:
    measures = section("concero", "Promises").tables[1]
    assert column(measures, "Counted in")[1] == "engineer time on site"
    assert all(column(measures, "Clause"))


def test_slots_and_cover_of_a_package() -> None:
    package = section("concero", "Package: Scheduled + On-Demand")
    slots, cover = package.tables
    assert slots.rows == (
        ("AM", "08:30", "10:30"),
        ("Lunch", "11:00", "13:00"),
        ("PM", "14:30", "16:00"),
    )
    assert ("Projects", "on quote") in {row[:2] for row in cover.rows}
    assert any("uses up one scheduled visit" in line for line in package.lines)
    assert "(default)" in package.title


def test_hold_reasons_and_ladders_are_there() -> None:
    holds = section("concero", "Holding").tables[0]
    assert column(holds, "Id")[0] == "awaiting_customer"
    ladder = section("impero", "Escalation")
    assert [table.title for table in ladder.tables] == ["Support", "Complaints"]
    alerts = section("azzure", "Escalation").tables[-1]
    assert column(alerts, "At") == ["75%", "100%", "150%"]


def test_holidays_are_listed_by_date_when_they_are_known() -> None:
    policy = shipped("concero")
    plain = describe(policy)
    dated = describe(policy, resolve_holidays(policy, 2026, 2026))
    holidays = dated[1].tables[-1]
    assert ("2026-12-28", "Boxing Day (observed)", "closed", "all") in holidays.rows
    assert len(plain[1].tables) == len(dated[1].tables) - 1


@pytest.mark.parametrize("name", SHIPPED)
def test_every_table_is_straight_and_nothing_is_empty(name: str) -> None:
    for part in describe(shipped(name)):
        assert part.lines or part.tables
        for table in part.tables:
            assert table.rows
            assert {len(row) for row in table.rows} == {len(table.headings)}
