"""Summer time neither gives nor takes working time, wherever it strikes."""

from datetime import date, timedelta

from tests.worktime.kit import ALWAYS, EVERY_DAY, at, calendar, hours, iso, spans

SPRING = ("2026-03-29T00:00+00:00", "2026-03-30T00:00+01:00")  # 01:00 becomes 02:00
AUTUMN = ("2026-10-25T00:00+01:00", "2026-10-26T00:00+00:00")  # 02:00 becomes 01:00


def test_a_change_over_the_weekend_moves_nothing() -> None:
    office = calendar()
    assert iso(office.add(at("2026-03-27T16:00+00:00"), hours(1))) == "2026-03-30T08:30+01:00"
    assert iso(office.add(at("2026-10-23T16:00+01:00"), hours(1))) == "2026-10-26T08:30+00:00"


def test_the_hour_skipped_within_the_hours_is_not_worked() -> None:
    early = calendar([["00:00", "06:00"]], ["sun"])
    assert early.between(at(SPRING[0]), at(SPRING[1])) == hours(5)
    assert iso(early.add(at("2026-03-29T00:30+00:00"), hours(1))) == "2026-03-29T02:30+01:00"


def test_the_hour_that_happens_twice_within_the_hours_is_worked_twice() -> None:
    early = calendar([["00:00", "06:00"]], ["sun"])
    assert early.between(at(AUTUMN[0]), at(AUTUMN[1])) == hours(7)
    first, second = early.add(at(AUTUMN[0]), hours(1.5)), early.add(at(AUTUMN[0]), hours(2.5))
    assert (iso(first), iso(second)) == ("2026-10-25T01:30+01:00", "2026-10-25T01:30+00:00")


def test_an_always_open_desk_works_23_hours_in_spring_and_25_in_autumn() -> None:
    always = calendar(ALWAYS, EVERY_DAY)
    assert always.between(at(SPRING[0]), at(SPRING[1])) == hours(23)
    assert always.between(at(AUTUMN[0]), at(AUTUMN[1])) == hours(25)
    assert spans(always, *SPRING) == [SPRING]
    assert spans(always, *AUTUMN) == [AUTUMN]


def test_an_opening_that_is_skipped_moves_forward_over_the_gap() -> None:
    at_its_start = calendar([["01:00", "05:00"]], ["sun"])
    within_it = calendar([["01:30", "05:00"]], ["sun"])
    assert spans(at_its_start, *SPRING) == [("2026-03-29T02:00+01:00", "2026-03-29T05:00+01:00")]
    assert spans(within_it, *SPRING) == [("2026-03-29T02:30+01:00", "2026-03-29T05:00+01:00")]


def test_a_closing_that_is_skipped_moves_forward_over_the_gap() -> None:
    night = calendar([["22:00", "01:30"]], ["sat"])
    assert spans(night, "2026-03-28T00:00+00:00", SPRING[1]) == [
        ("2026-03-28T22:00+00:00", "2026-03-29T02:30+01:00")
    ]


def test_hours_that_the_gap_turns_around_are_none() -> None:
    assert spans(calendar([["01:30", "02:15"]], ["sun"]), *SPRING) == []


def test_hours_that_are_the_gap_itself_make_no_working_day() -> None:
    gap = calendar([["01:00", "02:00"]], ["sun"])
    assert spans(gap, *SPRING) == []
    assert list(gap.working_days(date(2026, 3, 29), date(2026, 3, 29))) == []
    assert iso(gap.next_change(at(SPRING[0]))) == "2026-04-05T01:00+01:00"


def test_overlapping_hours_are_one_before_the_clocks_change() -> None:
    office = calendar([["00:00", "02:00"], ["01:30", "05:00"]], ["sun"])
    assert office.between(at(SPRING[0]), at(SPRING[1])) == hours(4)


def test_a_time_that_happens_twice_means_the_first() -> None:
    late = calendar([["01:30", "05:00"]], ["sun"])
    early = calendar([["00:00", "01:30"]], ["sun"])
    assert spans(late, *AUTUMN) == [("2026-10-25T01:30+01:00", "2026-10-25T05:00+00:00")]
    assert spans(early, *AUTUMN) == [("2026-10-25T00:00+01:00", "2026-10-25T01:30+01:00")]
    assert early.is_open(at("2026-10-25T01:15+01:00"))
    assert not early.is_open(at("2026-10-25T01:15+00:00"))


def test_a_break_over_the_hour_that_happens_twice_is_as_long_as_it_was() -> None:
    always = calendar(ALWAYS, EVERY_DAY, breaks=[["2026-10-25T00:30", "2026-10-25T02:30"]])
    assert always.between(at(AUTUMN[0]), at(AUTUMN[1])) == hours(22)


def test_lord_howe_changes_by_half_an_hour() -> None:
    early = calendar([["00:00", "06:00"]], ["sun"], tz="Australia/Lord_Howe")
    spring = at("2026-10-04T00:00+10:30"), at("2026-10-05T00:00+11:00")
    autumn = at("2026-04-05T00:00+11:00"), at("2026-04-06T00:00+10:30")
    assert early.between(*spring) == hours(5.5)
    assert early.between(*autumn) == hours(6.5)
    skipped = calendar([["02:15", "06:00"]], ["sun"], tz="Australia/Lord_Howe")
    assert iso(skipped.next_change(spring[0])) == "2026-10-04T02:45+11:00"


def test_apia_never_had_the_30th_of_december_2011() -> None:
    days = (date(2011, 12, 28), date(2012, 1, 3))
    office = calendar(tz="Pacific/Apia")
    assert [str(day) for day, _, _ in office.working_days(*days)] == [
        "2011-12-28",
        "2011-12-29",
        "2012-01-02",
        "2012-01-03",
    ]
    thursday = at("2011-12-29T16:00-10:00")
    assert iso(office.add(thursday, hours(1))) == "2012-01-02T08:30+14:00"
    assert iso(office.add_days(thursday, 1)) == "2012-01-02T16:00+14:00"
    assert office.closure(date(2011, 12, 30)) is None

    always = calendar(ALWAYS, EVERY_DAY, tz="Pacific/Apia")
    start, end = "2011-12-29T00:00-10:00", "2012-01-01T00:00+14:00"
    assert always.between(at(start), at(end)) == timedelta(days=2)
    assert spans(always, start, end) == [(start, end)]

    night = calendar([["22:00", "06:00"]], ["thu"], tz="Pacific/Apia")
    assert night.between(at(start), at(end)) == hours(8)


def test_midnights_that_are_skipped() -> None:
    for zone, day, begins, ends in [
        ("America/Sao_Paulo", "2017-10-15", "2017-10-15T01:00-02:00", "2017-10-16T00:00-02:00"),
        ("Africa/Cairo", "2024-04-26", "2024-04-26T01:00+03:00", "2024-04-27T00:00+03:00"),
        ("Asia/Beirut", "2024-03-31", "2024-03-31T01:00+03:00", "2024-04-01T00:00+03:00"),
    ]:
        local = date.fromisoformat(day)
        always = calendar(ALWAYS, EVERY_DAY, tz=zone)
        [(_, opens, closes)] = always.working_days(local, local)
        assert (iso(opens), iso(closes)) == (begins, ends)
        assert always.between(at(begins) - hours(24), at(ends)) == hours(24 + 23)
        assert always.next_change(at(begins)) is None
        holiday = calendar(ALWAYS, EVERY_DAY, tz=zone, holidays=[day])
        assert iso(holiday.next_change(at(begins) - hours(1))) == begins
        assert iso(holiday.next_change(at(begins))) == ends


def test_clocks_that_go_back_over_midnight() -> None:
    # 00:01 on the 29th became 23:01 on the 28th, within hours that had begun on the 29th.
    early = calendar([["00:00", "00:15"]], ["sun"], tz="America/St_Johns")
    assert spans(early, "2006-10-28T12:00-02:30", "2006-10-29T12:00-03:30") == [
        ("2006-10-29T00:00-02:30", "2006-10-29T00:15-03:30")
    ]
    assert early.working_day_of(at("2006-10-28T23:30-03:30")) == date(2006, 10, 29)


def test_working_days_are_counted_by_the_clock_on_the_wall() -> None:
    always = calendar(ALWAYS, EVERY_DAY)
    assert iso(always.add_days(at("2026-03-28T13:00+00:00"), 1)) == "2026-03-29T13:00+01:00"
    assert iso(always.add_days(at("2026-03-28T01:30+00:00"), 1)) == "2026-03-29T02:30+01:00"
    assert iso(always.add_days(at("2026-10-24T01:30+01:00"), 1)) == "2026-10-25T01:30+01:00"
    assert iso(always.add_days(at("2026-10-25T01:30+00:00"), 1)) == "2026-10-26T01:30+00:00"
