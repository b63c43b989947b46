"""Newer zone data move the instants of visits to come, never what was promised on the wall."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from shutil import copyfile

import pytest

from deskterm.desk import journal
from deskterm.desk.desk import Desk
from deskterm.desk.health import examine
from deskterm.desk.visits import zonedata
from deskterm.desk.visits.held import find_held
from deskterm.desk.visits.ledgers import load_ledger
from deskterm.visits import wallclock
from tests.desk.visits.school import ALEX, OAKFIELD, SAM, ST_BEDES, School
from tests.visits.world import us

HOUR_US = 3_600_000_000


def forget() -> None:
    zoneinfo.ZoneInfo.clear_cache()
    wallclock._local.cache_clear()
    wallclock.instant_us.cache_clear()


@pytest.fixture
def changed_rules(tmp_path: Path) -> Iterator[Path]:
    """Zone data, to be put into force by `in_force`, in which London keeps the time of Lisbon until
    2026 and from then on that of Paris: no more than a file of another name.
    """
    paris = next(
        path for folder in zoneinfo.TZPATH if (path := Path(folder) / "Europe/Paris").is_file()
    )
    folder = tmp_path / "zoneinfo"
    (folder / "Europe").mkdir(parents=True)
    copyfile(paris, folder / "Europe" / "London")
    (folder / "tzdata.zi").write_text("# version 2031z\n", encoding="ascii")
    yield folder
    zoneinfo.reset_tzpath()
    forget()


def in_force(folder: Path) -> None:
    zoneinfo.reset_tzpath(to=[str(folder), *zoneinfo.TZPATH])
    forget()


def test_visits_to_come_keep_the_time_on_the_wall(school: School, changed_rules: Path) -> None:
    visits = school.desk.visits
    first = visits.book(OAKFIELD, "2026-11-24", "am", engineer=SAM).visit
    # Right after it, as near as the journey allows: each moves to where the other has been.
    second = visits.book(ST_BEDES, "2026-11-24", "pm", engineer=SAM).visit
    in_force(changed_rules)
    opened = school.as_(ALEX).visits
    after = opened.show(first.id)
    assert (after.day, after.starts, after.ends) == (date(2026, 11, 24), "08:30", "11:30")
    assert after.from_us == first.from_us - HOUR_US
    assert not after.deliberate
    assert opened.show(second.id).from_us == second.from_us - HOUR_US
    *_, moved = opened.history(first.id)
    assert (moved.kind, moved.agent) == ("visit_moved", None)
    assert "zone data 2031z" in moved.data["why"]
    assert after.sequence == first.sequence + 1
    assert journal.verify(school.desk.store).sound


def test_it_is_done_once_and_only_where_something_changed(
    school: School, changed_rules: Path
) -> None:
    school.desk.visits.book(OAKFIELD, "2026-11-24", "am")
    assert zonedata.keep_promises(school.desk) == 0
    in_force(changed_rules)
    assert zonedata.keep_promises(school.desk) == 1
    assert zonedata.keep_promises(school.desk) == 0


def test_what_has_happened_stays_when_it_happened(school: School, changed_rules: Path) -> None:
    visits = school.desk.visits
    done = visits.book(OAKFIELD, "2026-11-24", "am").visit
    gone = visits.book(OAKFIELD, "2026-11-26", "am").visit
    visits.cancel(gone.id, "customer", "exams")
    school.at("2026-11-24 08:31")
    visits.arrive(done.id)
    in_force(changed_rules)
    assert zonedata.keep_promises(school.desk) == 0
    assert visits.show(done.id).from_us == done.from_us
    assert visits.show(gone.id).from_us == gone.from_us


def test_the_ledger_follows_and_its_balance_is_what_it_was(
    school: School, changed_rules: Path
) -> None:
    desk = school.desk
    visit = desk.visits.book(OAKFIELD, "2026-11-24", "am", engineer=SAM).visit
    balance = desk.visits.ledger(OAKFIELD)[0]
    in_force(changed_rules)
    zonedata.keep_promises(desk)
    with desk.store.read() as tx:
        ledger = load_ledger(tx, find_held(tx, desk, OAKFIELD))
    assert ledger.balance == balance
    interval = ledger.visits[visit.id].interval
    row = desk.visits.show(visit.id)
    assert (interval.start_us, interval.end_us) == (row.from_us, row.to_us)
    # The next change starts from there.
    cancelled = desk.visits.cancel(visit.id, "customer", "exams").visit
    assert (cancelled.starts, cancelled.ends) == ("08:30", "11:30")


def test_where_two_lie_over_each_other_then_both_stay_and_it_is_said(
    school: School, changed_rules: Path
) -> None:
    """A school in another zone was right before: its clock was left alone."""
    desk = school.desk
    visits = desk.visits
    visit = visits.book(OAKFIELD, "2026-11-24", "pm", engineer=SAM).visit
    beside = visits.book(ST_BEDES, "2026-11-24", "am", engineer=SAM).visit
    with desk.store.write() as tx:
        # As if it were in Lisbon, where it is as late as in London before the change.
        tx.run("UPDATE agreement SET zone = 'Europe/Lisbon' WHERE id = :id",
               id=beside.agreement_id)  # fmt: skip
        tx.run(
            "UPDATE visit SET zone = 'Europe/Lisbon', from_us = from_us + :by, to_us = to_us + :by,"
            " starts = '10:00', ends = '12:00' WHERE id = :id",
            by=HOUR_US * 3 // 2, id=beside.id,
        )  # fmt: skip
    in_force(changed_rules)
    assert zonedata.keep_promises(desk) == 1
    assert visits.show(visit.id).deliberate
    assert "rules changed" in visits.show(visit.id).overlap_reason


def test_in_an_hour_that_comes_twice_the_second_is_left_alone(school: School) -> None:
    desk = school.desk
    visit = desk.visits.book(OAKFIELD, "2026-11-24", "am").visit
    second_us = us("2027-10-31 02:30") - HOUR_US
    with desk.store.write() as tx:
        tx.run(
            "UPDATE visit SET day = '2027-10-31', starts = '01:30', ends = '01:45',"
            " from_us = :start, to_us = :start + 900000000 WHERE id = :id",
            start=second_us, id=visit.id,
        )  # fmt: skip
    assert desk.visits.show(visit.id).from_us != us("2027-10-31 01:30")
    assert zonedata.keep_promises(desk) == 0


def test_the_edition_in_use_is_the_first_on_the_path(changed_rules: Path) -> None:
    assert zonedata.edition() != "2031z"
    in_force(changed_rules)
    assert zonedata.edition() == "2031z"
    zoneinfo.reset_tzpath(to=[])
    assert zonedata.edition() == import_module("tzdata").IANA_VERSION


def test_the_doctor_names_the_edition_and_what_it_has_done(
    school: School, changed_rules: Path
) -> None:
    school.desk.visits.book(OAKFIELD, "2026-11-24", "am")
    in_force(changed_rules)
    (check,) = [one for one in examine(school.as_(ALEX)) if one.name == "zones"]
    assert check.verdict == "good"
    assert "Zone data 2031z: 1 visit to come keeps its time on the wall" in check.sentence


def test_a_desk_that_may_only_read_says_what_is_to_be_done(
    school: School, changed_rules: Path
) -> None:
    school.desk.visits.book(OAKFIELD, "2026-11-24", "am")
    in_force(changed_rules)
    with Desk.open(school.place, clock=lambda: school.now_us, read_only=True) as desk:
        (check,) = [one for one in examine(desk) if one.name == "zones"]
    assert check.verdict == "bad"
    assert "deskterm visits week" in check.sentence
