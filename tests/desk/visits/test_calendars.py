"""Calendars of engineers and customers, read back as another program would."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from deskterm.desk.errors import Refused
from deskterm.desk.visits.files import write_whole
from tests.desk.visits.school import JO, OAKFIELD, SAM, ST_BEDES, School

LONDON = ZoneInfo("Europe/London")
#: The Mondays after and before the clocks change.
SPRING, WINTER = "2027-04-19", "2027-03-22"


def read(text: str) -> tuple[dict[str, Any], Any]:
    calendar: Any = Calendar.from_ical(text)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}, calendar


def test_a_visit_is_an_event_with_its_times_in_its_zone(school: School) -> None:
    visits = school.desk.visits
    visits.book(OAKFIELD, WINTER, "am", engineer=SAM)
    visits.book(OAKFIELD, SPRING, "am", engineer=SAM)
    events, calendar = read(visits.ics(engineer=SAM))
    for uid, day in (("visit-1@deskterm", (2027, 3, 22)), ("visit-2@deskterm", (2027, 4, 19))):
        event = events[uid]
        assert event["DTSTART"].dt == datetime(*day, 8, 30, tzinfo=LONDON)
        assert event["DTEND"].dt == datetime(*day, 11, 30, tzinfo=LONDON)
        assert event["DTSTART"].params["TZID"] == "Europe/London"
        assert str(event["SUMMARY"]) == "Visit: Oakfield Primary"
        assert str(event["STATUS"]) == "CONFIRMED"
        assert str(event["LOCATION"]) == "1 School Lane"
    (zone,) = calendar.walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Europe/London"
    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}
    offsets = {events[uid].decoded("DTSTART").utcoffset() for uid in events}
    assert len(offsets) == 2


def test_the_uid_stays_and_the_sequence_rises(school: School) -> None:
    visits = school.desk.visits
    visits.book(OAKFIELD, SPRING, "am", engineer=SAM)

    def sequence() -> int:
        events, _ = read(visits.ics(customer=OAKFIELD))
        return int(events["visit-1@deskterm"]["SEQUENCE"])

    seen = [sequence()]
    visits.move(1, "2027-04-20", "pm")
    seen.append(sequence())
    visits.cancel(1, "customer", "exam")
    seen.append(sequence())
    visits.undo(1)
    seen.append(sequence())
    assert seen == [0, 1, 2, 3]


@pytest.mark.parametrize("how", ["cancel", "no_show", "undo", "in_lieu"])
def test_what_will_not_happen_stays_as_cancelled(school: School, how: str) -> None:
    visits = school.desk.visits
    visits.book(OAKFIELD, SPRING, "am", engineer=SAM)
    if how == "cancel":
        visits.cancel(1, "customer", "exam")
    elif how == "no_show":
        visits.no_show(1, "customer")
    elif how == "undo":
        visits.undo(1)
    else:
        visits.in_lieu(1, 180)
    events, _ = read(visits.ics(engineer=SAM))
    assert str(events["visit-1@deskterm"]["STATUS"]) == "CANCELLED"


def test_an_engineers_calendar_has_theirs_only_and_a_customers_names_the_engineer(
    school: School,
) -> None:
    visits = school.desk.visits
    visits.book(OAKFIELD, SPRING, "am", engineer=SAM)
    visits.book(ST_BEDES, SPRING, "am", engineer=JO)
    events, _ = read(visits.ics(engineer=JO))
    assert list(events) == ["visit-2@deskterm"]
    assert "Gate B" in str(events["visit-2@deskterm"]["DESCRIPTION"])
    events, _ = read(visits.ics(customer=ST_BEDES))
    assert str(events["visit-2@deskterm"]["SUMMARY"]) == "Visit: Jo"
    assert "Gate B" not in str(events["visit-2@deskterm"]["DESCRIPTION"])


def test_text_cannot_break_out_of_its_line(school: School) -> None:
    name = "Odd; School, with\\everything"
    school.desk.customers.add(name, "concero", package="on-demand", start="2026-09-01")
    school.desk.visits.book(name, SPRING, "10:00", engineer=SAM)
    events, _ = read(school.desk.visits.ics(engineer=SAM))
    assert str(events["visit-1@deskterm"]["SUMMARY"]) == f"Visit: {name}"


def test_whose_calendar_has_to_be_said(school: School) -> None:
    with pytest.raises(Refused, match="Say whose"):
        school.desk.visits.ics()
    assert "VEVENT" not in school.desk.visits.ics(engineer=SAM)


def test_the_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "sam.ics"
    write_whole("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", path)
    assert path.read_bytes() == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    with pytest.raises(Refused, match="cannot be written"):
        write_whole("", tmp_path / "nowhere" / "sam.ics")
    assert [each.name for each in tmp_path.iterdir()] == ["sam.ics"]


@pytest.mark.system
def test_khal_shows_the_local_times_on_both_sides_of_a_clock_change(
    school_file: Path, tmp_path: Path
) -> None:
    if shutil.which("khal") is None:
        pytest.skip("khal is not installed")
    school = School(str(shutil.copyfile(school_file, tmp_path / "desk.sqlite")))
    try:
        for day in (WINTER, SPRING):
            school.desk.visits.book(OAKFIELD, day, "am", engineer=SAM)
        school.desk.visits.book(OAKFIELD, SPRING, "pm", engineer=SAM)
        school.desk.visits.cancel(3, "customer", "exam")
        text = school.desk.visits.ics(engineer=SAM)
    finally:
        school.close()
    write_whole(text, tmp_path / "sam.ics")
    config = tmp_path / "khal.conf"
    config.write_text(
        f"""
[calendars]
[[sam]]
path = {tmp_path / "calendar"}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/London
default_timezone = Europe/London
[sqlite]
path = {tmp_path / "khal.db"}
"""
    )
    (tmp_path / "calendar").mkdir()

    def khal(*command: str) -> str:
        done = subprocess.run(
            ["khal", "-c", str(config), *command],
            env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(tmp_path)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    khal("import", "--batch", "-a", "sam", str(tmp_path / "sam.ics"))
    shown = "{start-date} {start-time}-{end-time} {status}{title}"
    found = khal("list", "-f", shown, "-df", "", str(date(2027, 3, 1)), "90d")
    assert [line for line in found.splitlines() if line.strip()] == [
        "2027-03-22 08:30-11:30 CONFIRMED Visit: Oakfield Primary",
        "2027-04-19 08:30-11:30 CONFIRMED Visit: Oakfield Primary",
        "2027-04-19 12:30-15:30 CANCELLED Visit: Oakfield Primary",
    ]
