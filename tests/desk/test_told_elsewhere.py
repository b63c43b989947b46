"""A ticket told as a scenario is computed to the same clocks again, and any due time explained."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskterm.desk.desk import Desk
from deskterm.desk.errors import NotFound
from deskterm.desk.instants import from_us, to_us
from deskterm.desk.whatif import Hypothetical
from deskterm.policy.document import Policy
from deskterm.policy.holidays import ResolvedHolidays
from deskterm.sla.errors import UnknownClock
from deskterm.sla.scenario import run
from tests.desk.conftest import copied
from tests.desk.office import Office, enter
from tests.desk.test_replay import ACTS, take


def simulated(desk: Desk, number: int) -> dict[str, Any]:
    """What ``deskterm simulate`` makes of the ticket's line."""

    def load(policy: str) -> tuple[Policy, ResolvedHolidays]:
        kept = desk.policies.get(policy)
        return desk.policies.policy(policy), ResolvedHolidays.from_json(kept.holidays)

    told: dict[str, Any] = run(desk.tickets.scenario(number), load)["clocks"]
    return told


def shown(desk: Desk, number: int) -> dict[str, Any]:
    """The same of what the desk shows."""
    row = desk.tickets.show(number).row
    told = {}
    for cell in row.clocks:
        told[cell.name] = (
            cell.state(desk.now_us()),
            None if cell.due_us is None else cell.due_us,
        )
    return told


def assert_told_the_same(desk: Desk, number: int) -> None:
    told = {
        name: (clock["state"], _us(clock.get("due")))
        for name, clock in simulated(desk, number).items()
    }
    assert told == shown(desk, number)


def _us(text: str | None) -> int | None:
    from datetime import datetime

    return None if text is None else to_us(datetime.fromisoformat(text))


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=ACTS, later=st.integers(0, 3 * 24 * 60))
def test_any_history_told_as_a_scenario_gives_the_same_clocks(
    furnished: dict[str, Path], tmp_path: Path, acts: list[Any], later: int
) -> None:
    place = tmp_path / "desk.db"
    for end in ("", "-wal", "-shm"):
        place.with_name(place.name + end).unlink(missing_ok=True)
    office = enter(copied(furnished["sqlite"], place))
    try:
        for subject in ("One", "Two", "Three", "Four"):
            office.new(subject)
        for step, number, fields, who, minutes in acts:
            office.clock.on(minutes=minutes)
            take(office, who, step, number, fields)
        office.clock.on(minutes=later)
        for number in range(1, 5):
            assert_told_the_same(office.sam, number)
    finally:
        office.close()


def test_variations_are_part_of_the_scenario(office: Office) -> None:
    held = office.sam.customers.card("Oakfield Primary").agreements[0].id
    add = office.sue.customers.add_variation
    add(held, "shutdown", {"first": "2026-11-23", "last": "2026-11-23", "name": "Inset"})
    number = office.new()
    office.clock.on(minutes=5)
    add(held, "extra", {"date": "2026-11-21", "from": "09:00", "to": "12:00"})
    mistake = add(held, "shutdown", {"first": "2026-11-24", "last": "2026-11-27"})
    office.clock.on(minutes=5)
    office.sue.customers.withdraw_variation(mistake.id, "wrong week")
    add(held, "target", {"clock": "resolution", "from": "2026-11-20",
                         "amounts": {"urgent": "10 working hours"}})  # fmt: skip
    line = office.sam.tickets.scenario(number)
    assert line["agreement"]["shutdowns"] == [["2026-11-23", "2026-11-23", "Inset"]]
    assert {entry["kind"] for entry in line["agreement"]["variations"]} == {
        "extra", "shutdown", "target",
    }  # fmt: skip
    assert_told_the_same(office.sam, number)


def test_a_scenario_holds_nothing_but_what_the_ticket_was(office: Office) -> None:
    number = office.new(channel="phone", priority="high")
    office.do("triage", number, priority="low")
    line = office.sam.tickets.scenario(number)
    assert line["policy"] == "concero"
    assert line["agreement"] == {"package": "full-managed"}
    assert line["ticket"] == {
        "opened": "2026-11-20T09:00:00+00:00", "type": "incident", "priority": "high",
        "channel": "phone",
    }  # fmt: skip
    assert [event["event"] for event in line["events"]] == ["triaged"]
    assert line["now"] == "2026-11-20T09:00:00+00:00"


# What if


def test_what_would_be_is_shown_and_nothing_is_kept(office: Office) -> None:
    number = office.new(priority="urgent")
    last = office.sam.changes.last_event()
    before = {clock.name: clock for clock in office.sam.tickets.clocks(number)}
    low = office.sam.tickets.clocks(number, [Hypothetical("reprioritised", {"priority": "low"})])
    held = office.sam.tickets.clocks(number, [Hypothetical("held", {"reason": "other"})])
    assert {clock.state for clock in held} == {"paused"}
    for clock in low:
        due, was = clock.due_us, before[clock.name].due_us
        assert due is not None and was is not None
        assert due > was
    assert office.sam.changes.last_event() == last
    assert office.sam.tickets.clocks(number) == tuple(before.values())


def test_every_due_time_is_explained(office: Office) -> None:
    number = office.new(priority="urgent")
    office.clock.on(minutes=10)
    office.do("hold", number, reason="awaiting_parts")
    office.clock.on(minutes=30)
    office.do("resume", number)
    cell = office.row(number).clock("resolution")
    why = office.sam.tickets.explain(number, "resolution")
    assert cell is not None
    assert why.clock.due_us == cell.due_us
    assert why.total_us() == why.clock.allowed_us
    assert "held" in [line.kind for line in why.lines]
    assert from_us(why.clock.due_us or 0) == from_us(cell.due_us or 0)
    with pytest.raises(UnknownClock):
        office.sam.tickets.explain(number, "resolutoin")
    with pytest.raises(NotFound):
        office.sam.tickets.explain(4711, "resolution")
