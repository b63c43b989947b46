"""Rows and clocks are a cache: replaying all of history finds them equal, whatever was done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskterm.desk.errors import NotAllowed, Refused
from deskterm.desk.replay import differences
from deskterm.desk.steps import STEPS
from tests.desk.conftest import copied
from tests.desk.office import Office, enter

#: Words for every field a step may ask for; some of them right, some not.
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "text": st.sampled_from(["", "Done", "Looking at it"]),
    "reason": st.sampled_from(["awaiting_customer", "awaiting_parts", "other", "Because", ""]),
    "awaiting": st.sampled_from(["", "a call from Jo"]),
    "agent": st.sampled_from(["me", "none", "Eli", "Sue"]),
    "priority": st.sampled_from(["urgent", "high", "medium", "low", None]),
    "impact": st.sampled_from(["all", "many", None]),
    "urgency": st.sampled_from(["all", "some", None]),
    "type": st.sampled_from(["incident", "service_request", None]),
    "affected": st.sampled_from([None, 3, 40]),
    "to": st.none(),
    "told": st.sampled_from(["", "the team leader"]),
    "other": st.integers(1, 4),
    "into": st.integers(1, 4),
    "kind": st.sampled_from(["related", "duplicate"]),
    "field": st.sampled_from(["subject", "affected", "reference"]),
    "new": st.sampled_from(["7", "New words"]),
    "event_id": st.one_of(st.none(), st.integers(10, 40)),
    "to_customer": st.booleans(),
    "chase_us": st.none(),
    "score": st.sampled_from([None, 9]),
}

ACTS = st.lists(
    st.tuples(
        st.sampled_from(sorted(STEPS)),
        st.integers(1, 4),
        st.fixed_dictionaries(FIELDS),
        st.sampled_from(["sam", "sue", "eli"]),
        st.integers(0, 6 * 60),
    ),
    min_size=1,
    max_size=25,
)


def take(office: Office, who: str, step: str, number: int, fields: dict[str, Any]) -> bool:
    known = {field.name for field in STEPS[step].fields}
    said = {name: value for name, value in fields.items() if name in known and value is not None}
    try:
        getattr(office, who).tickets.do(step, number, said)
    except (Refused, NotAllowed):
        return False
    return True


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=ACTS)
def test_any_history_is_replayed_to_the_same_rows_and_clocks(
    furnished: dict[str, Path], tmp_path: Path, acts: list[Any]
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
        assert differences(office.sam) == []
    finally:
        office.close()


def test_a_cache_that_is_wrong_is_found(office: Office) -> None:
    number = office.new()
    with office.sam.store.write() as tx:
        tx.run("UPDATE clock SET due_us = due_us + 1 WHERE name = 'resolution'")
        tx.run("UPDATE ticket SET status = 'held'")
    found = differences(office.sam)
    assert {(entry.number, entry.what) for entry in found} == {
        (number, "clock resolution: due_us"),
        (number, "status"),
    }


def test_replaying_looks_at_every_agreement(office: Office) -> None:
    office.new("A", customer="St Bede's", impact="severe", urgency="high")
    office.new("B", customer="Marlow Academy", priority="minor", channel="email")
    office.new("C", customer="Dean Hall", priority="error", tier="publisher")
    office.new("D", customer="Brook Office")
    office.clock.on(days=30)
    assert differences(office.sam) == []
