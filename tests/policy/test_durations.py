"""Durations in words."""

from __future__ import annotations

import pytest

from deskterm.policy.durations import UnreadableDuration, likely_durations, read_duration

HOUR_US = 3_600_000_000


@pytest.mark.parametrize(
    ("words", "kind", "value"),
    [
        ("4 working hours", "worked", 4 * HOUR_US),
        ("1 working hour", "worked", HOUR_US),
        ("30 working minutes", "worked", HOUR_US // 2),
        ("15 working minutes", "worked", HOUR_US // 4),
        ("2 working days", "days", 2),
        ("1 working day", "days", 1),
        ("2 working weeks", "days", 10),
        ("72 hours", "elapsed", 72 * HOUR_US),
        ("45 minutes", "elapsed", 45 * HOUR_US // 60),
        ("next business day", "next_day", 0),
        ("none", "none", 0),
        ("  Next  Business day ", "next_day", 0),
        ("80 Working Hours", "worked", 80 * HOUR_US),
    ],
)
def test_words_and_what_they_allow(words: str, kind: str, value: int) -> None:
    amount = read_duration(words)
    assert (amount.kind, amount.value) == (kind, value)
    assert amount.words == " ".join(words.lower().split())


@pytest.mark.parametrize(
    "words",
    [
        "", "4", "hours", "4 hrs", "four working hours", "-1 working hours", "1.5 working hours",
        "4 working hours and a bit", "0 working days", "2 days", "1 week", "next day",
        "٤ working hours", "9999999 working hours", "20000 working hours", "nothing",
    ],
)  # fmt: skip
def test_what_can_be_misunderstood_is_refused(words: str) -> None:
    with pytest.raises(UnreadableDuration):
        read_duration(words)


def test_bare_days_are_asked_back_with_the_likely_meaning() -> None:
    with pytest.raises(UnreadableDuration) as caught:
        read_duration("3 days")
    assert caught.value.nearest == "3 working days"
    assert '"48 hours"' in caught.value.expected


@pytest.mark.parametrize("words", ["7 wrking hours", "1 moon", "x", "99999999999999999999 days"])
def test_every_suggestion_can_be_read(words: str) -> None:
    for likely in likely_durations(words):
        if not likely.startswith("999999"):
            read_duration(likely)
