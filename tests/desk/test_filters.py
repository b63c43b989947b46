"""The filter language: what people type, and what they are told when it cannot be read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.desk.filter_dates import parse_opened
from deskterm.desk.filters import (
    KEYS,
    MAX_PARTS,
    FilterError,
    Term,
    Word,
    describe,
    filter_text,
    parse_filter,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def us(text: str) -> int:
    return (datetime.fromisoformat(text) - EPOCH) // timedelta(microseconds=1)


def test_words_and_fields_are_told_apart() -> None:
    wanted = parse_filter("printer p:high who:me customer:oak")
    assert wanted.words == (Word("printer"),)
    assert wanted.terms == (Term("p", ("high",)), Term("who", ("me",)), Term("customer", ("oak",)))


def test_commas_mean_or_and_a_dash_means_not() -> None:
    wanted = parse_filter("-toner -p:low,medium")
    assert wanted.words == (Word("toner", negated=True),)
    assert wanted.terms == (Term("p", ("low", "medium"), negated=True),)


def test_quotes_keep_spaces_commas_and_colons_together() -> None:
    wanted = parse_filter('customer:"St Bede\'s, North",oak "error 12:30" -"no sound"')
    assert wanted.terms == (Term("customer", ("st bede's, north", "oak")),)
    assert wanted.words == (Word("error 12:30"), Word("no sound", negated=True))


def test_a_filter_is_a_filter_while_it_is_being_typed() -> None:
    assert parse_filter('customer:"St Be').terms == (Term("customer", ("st be",)),)
    assert not parse_filter("-")
    assert not parse_filter('  "')
    assert parse_filter("p:high,").terms == (Term("p", ("high",)),)


def test_times_and_addresses_are_words_and_no_keys() -> None:
    assert parse_filter("12:30 http://mail.example/x").words == (
        Word("12:30"),
        Word("http://mail.example/x"),
    )


def test_choices_may_be_shortened_while_they_stay_clear() -> None:
    assert parse_filter("type:service status:RES clock:over").terms == (
        Term("type", ("service_request",)),
        Term("status", ("resolved",)),
        Term("clock", ("overdue",)),
    )


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("prio:high", "p"),
        ("custmer:oak", "customer"),
        ("agent:kim", "who"),
        ("-stauts:open", "status"),
        ("status:closd", "closed"),
        ("clock:late-ish", None),
        ("clock:overdeu", "overdue"),
        ("channel:fone", "phone"),
        ("customer:", "customer"),
        ("zzzz:1", None),
        ("opened:2026-02-30", None),
        ("opened:2026-11-20..2026-11-01", None),
        ("opened:0d", None),
        ("opened:..", None),
    ],
)
def test_what_cannot_be_read_is_named_with_the_nearest_word(text: str, nearest: str | None) -> None:
    with pytest.raises(FilterError) as caught:
        parse_filter(f"cable {text}")
    assert caught.value.part == text.removeprefix("-")
    assert caught.value.nearest == nearest
    assert nearest is None or nearest in caught.value.sentence


def test_an_unknown_key_says_how_to_search_for_it_as_text() -> None:
    with pytest.raises(FilterError, match="put it in quotes"):
        parse_filter("drive:full")
    assert parse_filter('"drive:full"').words == (Word("drive:full"),)


def test_a_pasted_page_is_refused_and_not_asked_of_the_database() -> None:
    with pytest.raises(FilterError, match=f"at most {MAX_PARTS}"):
        parse_filter("word " * (MAX_PARTS + 1))


def test_days_are_the_viewers_days_and_half_open() -> None:
    now = us("2026-11-20T14:16+00:00")
    opened = parse_opened("2026-11-01..2026-11-20")
    assert opened is not None
    assert opened.bounds(now, "America/New_York") == (
        us("2026-11-01T00:00-04:00"),  # the clocks go back during that day
        us("2026-11-21T00:00-05:00"),
    )
    today = parse_opened("today")
    assert today is not None
    assert today.bounds(us("2026-11-20T03:00+00:00"), "America/New_York") == (
        us("2026-11-19T00:00-05:00"),
        us("2026-11-20T00:00-05:00"),
    )


def test_relative_and_open_ended_stretches() -> None:
    now = us("2026-11-20T14:16+00:00")  # a Friday
    expected = {
        "7d": (us("2026-11-13T14:16+00:00"), None),
        "24h": (us("2026-11-19T14:16+00:00"), None),
        "2w": (us("2026-11-06T14:16+00:00"), None),
        "yesterday": (us("2026-11-19T00:00+00:00"), us("2026-11-20T00:00+00:00")),
        "week": (us("2026-11-16T00:00+00:00"), us("2026-11-21T00:00+00:00")),
        "month": (us("2026-11-01T00:00+00:00"), us("2026-11-21T00:00+00:00")),
        "2026-11": (us("2026-11-01T00:00+00:00"), us("2026-12-01T00:00+00:00")),
        "2026": (us("2026-01-01T00:00+00:00"), us("2027-01-01T00:00+00:00")),
        "2026-11-20..": (us("2026-11-20T00:00+00:00"), None),
        "..2026-11-20": (None, us("2026-11-21T00:00+00:00")),
    }
    for text, bounds in expected.items():
        opened = parse_opened(text)
        assert opened is not None, text
        assert opened.bounds(now, "Europe/London") == bounds, text


def test_the_last_day_of_the_calendar_is_still_a_day() -> None:
    opened = parse_opened("9999")
    assert opened is not None
    assert opened.last == date.max
    assert opened.bounds(0, "Europe/London")[1] is None


def test_a_filter_reads_back_in_words() -> None:
    wanted = parse_filter("printer p:high,urgent -who:me clock:risk opened:7d -customer:oak")
    assert describe(wanted) == (
        "tickets with “printer”, priority high or urgent, not assigned to you, at risk, "
        "opened in the last 7 days, customer not like “oak” (clear the filter to see all)"
    )
    assert describe(parse_filter("")) == "all tickets"


def test_quotes_the_shell_took_away_are_put_back() -> None:
    assert filter_text(["customer:St Bede's", "p:high"]) == 'customer:"St Bede\'s" p:high'
    assert filter_text(["-site:main hall,gym"]) == '-site:"main hall","gym"'
    assert filter_text(["customer:oak p:high"]) == "customer:oak p:high"
    assert filter_text(["printer jam", "who:me"]) == "printer jam who:me"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*'ab:,"- \t\x00\u202e/', *KEYS, "7d", "none"])).map("".join))
def test_anything_typed_is_either_a_filter_or_an_error_with_a_sentence(text: str) -> None:
    try:
        wanted = parse_filter(text)
    except FilterError as error:
        assert error.sentence[-1] in ".?"
    else:
        assert describe(wanted)
