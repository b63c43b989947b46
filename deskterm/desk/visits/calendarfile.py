"""Visits as an iCalendar file (RFC 5545) that other calendar programs read.

Every visit keeps its UID for ever; SEQUENCE rises with every change, cancelled ones stay in the
file as cancelled, and the zones used are defined in it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from deskterm.desk.agents import find_agent
from deskterm.desk.customer_rows import find_customer
from deskterm.desk.errors import Refused
from deskterm.desk.instants import from_us
from deskterm.desk.visits.model import VisitView
from deskterm.desk.visits.reading import visits_between

if TYPE_CHECKING:
    from icalendar import Event

    from deskterm.desk.desk import Desk

#: How far back and ahead a file reaches.
_BACK_US: Final = 366 * 24 * 3600 * 1_000_000
_AHEAD_US: Final = 3 * _BACK_US

_GONE: Final = ("cancelled", "missed", "prevented", "in_lieu", "forfeited", "withdrawn")


def calendar_text(
    desk: Desk, *, engineer: int | str | None = None, customer: int | str | None = None
) -> str:
    """The visits of an engineer or a customer, from a year back, as the text of an ``.ics`` file.

    Raises `Refused` where neither is named and `NotFound` where there is none such.
    """
    if (engineer is None) == (customer is None):
        raise Refused("Say whose calendar: an engineer's or a customer's.")
    with desk.store.read() as tx:
        name = ""
        engineer_id = customer_id = None
        if engineer is not None:
            agent = find_agent(tx, engineer)
            engineer_id, name = agent.id, str(agent.name)
        else:
            assert customer is not None, "one of the two is named"
            found = find_customer(tx, customer)
            customer_id, name = found.id, str(found.name)
        now_us = desk.now_us()
        visits = visits_between(
            tx,
            now_us - _BACK_US,
            now_us + _AHEAD_US,
            customer=customer_id,
            engineer=engineer_id,
            withdrawn=True,
        )
        stamps = {
            row.id: row.recorded_us
            for row in tx.rows(
                "SELECT v.id, e.recorded_us FROM visit v JOIN event e ON e.id = v.version"
            )
        }
    return _text(name, visits, stamps, for_customer=customer_id is not None)


def _text(
    name: str, visits: tuple[VisitView, ...], stamps: dict[int, int], *, for_customer: bool
) -> str:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//deskterm//visits//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Visits – {name}")
    for visit in visits:
        calendar.add_component(_event(visit, stamps[visit.id], for_customer=for_customer))
    if visits:
        calendar.add_missing_timezones(
            first_date=min(visit.day for visit in visits) - timedelta(days=366),
            last_date=max(visit.day for visit in visits) + timedelta(days=366),
        )
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _event(visit: VisitView, changed_us: int, *, for_customer: bool) -> Event:
    from icalendar import Event

    event = Event()
    # The UID says nothing about the desk but the visit's number, which never changes.
    event.add("uid", f"visit-{visit.id}@deskterm")
    event.add("sequence", visit.sequence)
    event.add("dtstamp", from_us(changed_us))
    event.add("last-modified", from_us(changed_us))
    event.add("dtstart", from_us(visit.from_us).astimezone(ZoneInfo(visit.zone)))
    event.add("dtend", from_us(visit.to_us).astimezone(ZoneInfo(visit.zone)))
    who = visit.engineer if for_customer else visit.customer
    event.add("summary", f"Visit: {who}")
    event.add("status", "CANCELLED" if visit.stage in _GONE else "CONFIRMED")
    if visit.address:
        event.add("location", " ".join(visit.address.split()))
    lines = [f"{visit.site}, visit {visit.id}"]
    if visit.access and not for_customer:
        lines.append(str(visit.access))
    event.add("description", "\n".join(lines))
    return event
