"""Engineers as the planner sees them: working patterns, leave and sickness."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from deskterm.desk import journal
from deskterm.desk.agents import find_agent
from deskterm.desk.errors import NotAllowed, NotFound, Refused
from deskterm.desk.journal import NewEvent
from deskterm.desk.model import Agent
from deskterm.desk.store.base import Tx
from deskterm.desk.text import clean
from deskterm.visits.interval import Interval
from deskterm.visits.roster import Absence, Engineer
from deskterm.visits.wallclock import day_words, instant_us
from deskterm.worktime import WorkingCalendar
from deskterm.worktime.errors import CalendarError

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

ABSENCES: Final = ("leave", "sickness", "training", "other")


def load_engineers(tx: Tx) -> tuple[Engineer, ...]:
    """Everybody who makes visits, by name, with what is entered about their time."""
    people = tx.rows(
        "SELECT g.id, g.name, p.body FROM agent g LEFT JOIN working_pattern p ON p.id ="
        " (SELECT max(id) FROM working_pattern WHERE agent_id = g.id)"
        " WHERE g.role = 'engineer' AND g.active ORDER BY g.name"
    )
    away: dict[int, list[Absence]] = defaultdict(list)
    for row in tx.rows(
        "SELECT agent_id, kind, from_us, to_us FROM absence WHERE withdrawn_us IS NULL ORDER BY id"
    ):
        away[row.agent_id].append(Absence(row.kind, Interval(row.from_us, row.to_us)))
    return tuple(
        Engineer(row.id, clean(row.name), _pattern(row.body or "null"), tuple(away[row.id]))
        for row in people
    )


@lru_cache(maxsize=256)
def _pattern(body: str) -> WorkingCalendar | None:
    document = json.loads(body)
    return None if document is None else WorkingCalendar.from_dict(document)


def set_pattern(
    desk: Desk, engineer: int | str, weekly: Mapping[str, Any] | None, zone: str | None = None
) -> None:
    """The hours an engineer works from now on: weekday to local (from, to) pairs, None: all onsite
    hours. Raises `Refused` naming every mistake in them.
    """
    with desk.store.write() as tx:
        me = desk.require(tx, "supervisor", doing="set working patterns")
        agent = find_agent(tx, engineer)
        document = None if weekly is None else {"tz": zone or desk.zone, "weekly": dict(weekly)}
        if document is not None:
            try:
                document = WorkingCalendar.from_dict(document).to_dict()
            except CalendarError as error:
                raise Refused(f"The pattern cannot be read: {error}.") from error
        now_us = desk.now_us()
        log_agent(tx, desk, me, agent.id, {"field": "working_pattern", "new": document})
        tx.run(
            "INSERT INTO working_pattern (agent_id, body, entered_us) VALUES (:agent, :body, :now)",
            agent=agent.id,
            body=json.dumps(document, sort_keys=True),
            now=now_us,
        )


def add_absence(
    desk: Desk,
    engineer: int | str,
    kind: str,
    first: date,
    last: date,
    *,
    starts: str | None = None,
    ends: str | None = None,
    zone: str | None = None,
) -> int:
    """Enter that an engineer is away, whole local days or from `starts` on the first day to `ends`
    on the last. Engineers enter their own, supervisors anybody's. The absence's id.
    """
    from deskterm.visits.wallclock import minute_of_day

    if kind not in ABSENCES:
        raise Refused(f"“{clean(kind)}” is no reason to be away; it is {', '.join(ABSENCES)}.")
    with desk.store.write() as tx:
        me = desk.require(tx, "engineer", "supervisor", doing="enter absences")
        agent = find_agent(tx, engineer)
        _own_or_supervisor(me, agent)
        where = zone or desk.zone
        from_us = instant_us(first, 0 if starts is None else minute_of_day(starts), where)
        to_us = (
            instant_us(last + timedelta(days=1), 0, where)
            if ends is None
            else instant_us(last, minute_of_day(ends), where)
        )
        if to_us <= from_us:
            raise Refused("An absence ends after it begins.")
        now_us = desk.now_us()
        absence_id = tx.value(
            "INSERT INTO absence (agent_id, kind, from_us, to_us, entered_us)"
            " VALUES (:agent, :kind, :from_us, :to_us, :now) RETURNING id",
            agent=agent.id,
            kind=kind,
            from_us=from_us,
            to_us=to_us,
            now=now_us,
        )
        entered = {"id": absence_id, "kind": kind, "from_us": from_us, "to_us": to_us}
        log_agent(tx, desk, me, agent.id, {"field": "absence", "new": entered})
        return int(absence_id)


def withdraw_absence(desk: Desk, absence_id: int) -> None:
    """Take an absence back. Raises `NotFound`."""
    with desk.store.write() as tx:
        me = desk.require(tx, "engineer", "supervisor", doing="take absences back")
        row = tx.one(
            "SELECT agent_id FROM absence WHERE id = :id AND withdrawn_us IS NULL", id=absence_id
        )
        if row is None:
            raise NotFound(f"There is no absence {absence_id}.")
        _own_or_supervisor(me, find_agent(tx, row.agent_id))
        now_us = desk.now_us()
        tx.run("UPDATE absence SET withdrawn_us = :now WHERE id = :id", now=now_us, id=absence_id)
        log_agent(tx, desk, me, row.agent_id, {"field": "absence", "old": {"id": absence_id}})


def log_agent(tx: Tx, desk: Desk, me: Agent, agent_id: int, data: Mapping[str, Any]) -> None:
    """Write down what was entered about an agent."""
    now_us = desk.now_us()
    event = NewEvent("agent", agent_id, now_us, "edited", data, me.id)
    journal.append(tx, [event], recorded_us=now_us)


def _own_or_supervisor(me: Agent, agent: Agent) -> None:
    if me.id != agent.id and me.role != "supervisor":
        raise NotAllowed(f"Only {agent.name} or a supervisor may do that.")


def absence_words(first: date, last: date) -> str:
    """The days of an absence, e.g. ``Mon 23 Nov 2026 to Fri 27 Nov 2026``."""
    return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"
