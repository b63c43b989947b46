"""Public holidays become dates once, and stay."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from deskterm.policy import PolicyError, read_policy
from deskterm.policy.holidays import (
    ResolvedHolidays,
    extend_holidays,
    resolve_holidays,
    unknown_holidays,
)
from tests.policy.texts import GOOD, only, shipped


def test_english_holidays_with_those_observed_on_another_day() -> None:
    closed = resolve_holidays(shipped("concero"), 2026, 2027).closed_on("desk")
    in_2026 = [day for day in closed if day.startswith("2026")]
    assert in_2026 == [
        "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25",
        "2026-08-31", "2026-12-25", "2026-12-26", "2026-12-28",
    ]  # fmt: skip
    assert "Boxing Day" in closed["2026-12-28"]
    assert "New Year" in closed["2027-01-01"]
    assert "2026-08-03" not in closed, "Scotland's summer holiday is not England's"


def test_both_calendars_of_a_policy_are_resolved() -> None:
    resolved = resolve_holidays(shipped("concero"), 2026, 2026)
    assert resolved.closed_on("desk") == resolved.closed_on("onsite") != {}
    assert resolved.limited_on("desk") == {}


def test_limited_holidays_close_nothing_and_name_both_countries() -> None:
    resolved = resolve_holidays(shipped("impero"), 2026, 2026)
    for calendar in shipped("impero").calendars:
        assert resolved.closed_on(calendar) == {}
        limited = resolved.limited_on(calendar)
        assert "Thanksgiving" in limited["2026-11-26"]
        assert "Boxing Day" in limited["2026-12-28"]
        assert limited["2026-12-25"] == "Christmas Day", "both have it; it is named once"


def test_a_holiday_of_january_observed_in_december_is_not_lost() -> None:
    limited = resolve_holidays(shipped("impero"), 2027, 2027).limited_on("us-eastern")
    assert "2027-12-31" in limited
    assert min(limited) >= "2027-01-01"


def test_no_holidays_stated_means_none() -> None:
    resolved = resolve_holidays(shipped("schoolstatus"), 2026, 2027)
    assert resolved.closed_on("desk") == resolved.limited_on("desk") == {}


def test_the_json_form_is_the_same_every_time_and_comes_back() -> None:
    resolved = resolve_holidays(shipped("impero"), 2026, 2027)
    again = ResolvedHolidays.from_json(resolved.to_json())
    assert again == resolved
    assert hash(again) == hash(resolved)
    assert again.content_hash == resolved.content_hash
    assert resolve_holidays(shipped("impero"), 2026, 2027).content_hash == resolved.content_hash
    assert resolve_holidays(shipped("impero"), 2026, 2028).content_hash != resolved.content_hash
    assert resolved.to_json().isascii()


@pytest.mark.parametrize("text", ["{}", "[]", "7", "not json", '{"first_year": 1}'])
def test_anything_else_is_no_resolved_holidays(text: str) -> None:
    with pytest.raises(ValueError, match=r"holidays|Expecting"):
        ResolvedHolidays.from_json(text)


def test_adding_a_year_changes_nothing_that_was_promised_by() -> None:
    kept = json.loads(resolve_holidays(shipped("concero"), 2026, 2026).to_json())
    del kept["closed"]["desk"]["2026-08-31"]
    kept["closed"]["desk"]["2026-06-15"] = "A day the package has forgotten since"
    old = ResolvedHolidays.from_json(json.dumps(kept))

    longer = extend_holidays(old, shipped("concero"), 2026, 2027)

    assert "2026-08-31" not in longer.closed_on("desk")
    assert "2026-06-15" in longer.closed_on("desk")
    assert "2027-08-30" in longer.closed_on("desk")
    assert list(longer.closed_on("desk")) == sorted(longer.closed_on("desk"))
    assert longer.covers(2027)
    assert not old.covers(2027)


def with_holidays(code: str) -> str:
    holidays = f'holidays = {{ limited = ["US"], closed = ["US", "{code}"] }}\n'
    return GOOD.replace("hours = ", f"{holidays}hours = ", 1)


@pytest.mark.parametrize("code", ["XX", "GB-ZZZ", "GB-ENGL"])
def test_holidays_nobody_knows_are_a_finding(code: str) -> None:
    policy = read_policy(with_holidays(code), "small.toml")
    finding = only(unknown_holidays(policy, "small.toml"))
    assert finding.path == "calendars.desk.holidays.closed[1]"
    assert code in finding.found
    with pytest.raises(PolicyError):
        resolve_holidays(policy, 2026, 2026)


def test_a_near_part_of_a_country_is_offered() -> None:
    policy = read_policy(with_holidays("GB-ENGL"), "small.toml")
    assert only(unknown_holidays(policy, "x")).nearest == "GB-ENG"


@pytest.mark.parametrize(("first", "last"), [(1900, 2026), (2027, 2026), (2026, 2200)])
def test_years_without_known_holidays_are_refused(first: int, last: int) -> None:
    with pytest.raises(ValueError, match="1980 to 2100"):
        resolve_holidays(shipped("concero"), first, last)


def test_reading_a_policy_does_not_import_the_holidays_package() -> None:
    program = (
        "import sys, deskterm.policy, deskterm.policy.holidays, deskterm.policy.calendars, "
        "deskterm.policy.describe; sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
