"""The journal tells everything, and nobody can change it without its showing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.exc import DBAPIError

from deskterm.desk import journal
from deskterm.desk.journal import NewEvent, Verdict
from deskterm.desk.store.base import Store, Tx
from tests.desk.office import Office

TRIGGERS = (
    "event_only_redacted",
    "event_never_deleted",
)


def tamper(store: Store, act: Callable[[Tx], object]) -> Verdict:
    """Do what only somebody with the file in their hands can do, and verify."""
    with store.write() as tx:
        if store.dialect == "sqlite":
            for trigger in TRIGGERS:
                tx.run(f"DROP TRIGGER {trigger}")
        else:
            tx.run("ALTER TABLE event DISABLE TRIGGER ALL")
        act(tx)
    return journal.verify(store)


@pytest.fixture
def busy(any_office: Office) -> Office:
    """An office where something has happened."""
    number = any_office.new()
    any_office.do("respond", number, text="On my way")
    any_office.do("note", number, text="Jo's private number is 07700 900123")
    any_office.do("resolve", number, text="Router replaced")
    return any_office


def test_a_journal_that_nobody_touched_is_sound(busy: Office) -> None:
    verdict = journal.verify(busy.sam.store)
    assert verdict.sound, verdict.sentence
    with busy.sam.store.read() as tx:
        assert verdict.events == tx.value("SELECT count(*) FROM event")


def test_events_are_numbered_without_gaps_in_the_order_they_were_written(busy: Office) -> None:
    with busy.sam.store.read() as tx:
        numbers = [row.id for row in tx.rows("SELECT id FROM event ORDER BY id")]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("what", "sql"),
    [
        ("words", "UPDATE event SET payload = '{\"text\":\"Never happened\"}' WHERE id = :id"),
        ("time", "UPDATE event SET at_us = at_us - 3600000000 WHERE id = :id"),
        ("recording time", "UPDATE event SET recorded_us = recorded_us - 1 WHERE id = :id"),
        ("agent", "UPDATE event SET agent_id = 3 WHERE id = :id"),
        ("kind", "UPDATE event SET kind = 'noted' WHERE id = :id"),
        ("subject", "UPDATE event SET subject_id = 77 WHERE id = :id"),
        ("a whole event", "DELETE FROM event WHERE id = :id"),
        ("words without a word", "UPDATE event SET payload = NULL, salt = NULL WHERE id = :id"),
    ],
)
def test_changing_anything_shows(busy: Office, what: str, sql: str) -> None:
    with busy.sam.store.read() as tx:
        target = tx.value("SELECT id FROM event WHERE kind = 'responded'")
    verdict = tamper(busy.sam.store, lambda tx: tx.run(sql, id=target))
    assert not verdict.sound, what
    assert verdict.broken_at is not None
    assert abs(verdict.broken_at - target) <= 1
    if what == "a whole event":
        assert verdict.sentence == f"Event {target} is missing."


def test_cutting_off_the_end_shows(busy: Office) -> None:
    verdict = tamper(
        busy.sam.store,
        lambda tx: tx.run("DELETE FROM event WHERE id = (SELECT max(id) FROM event)"),
    )
    assert not verdict.sound
    assert "head says" in verdict.sentence


def test_an_event_put_in_between_shows(busy: Office) -> None:
    def forge(tx: Tx) -> None:
        last = tx.value("SELECT max(id) FROM event")
        tx.run(
            "INSERT INTO event SELECT :new, subject, subject_id, at_us, recorded_us, agent_id,"
            " kind, payload, salt, payload_hash, chain FROM event WHERE id = :last",
            new=last + 1,
            last=last,
        )
        tx.run("UPDATE journal_head SET last_event = last_event + 1")

    assert not tamper(busy.sam.store, forge).sound


def test_the_database_itself_refuses_to_change_or_delete_an_event(busy: Office) -> None:
    for sql in (
        "UPDATE event SET kind = 'noted' WHERE id = 1",
        "UPDATE event SET payload = '{}' WHERE id = 1",
        "UPDATE event SET payload = NULL, salt = NULL, kind = 'noted' WHERE id = 1",
        "UPDATE event SET payload = NULL, salt = NULL, agent_id = NULL WHERE id = 1",
        "DELETE FROM event WHERE id = 1",
    ):
        with pytest.raises(DBAPIError, match="only ever added"), busy.sam.store.write() as tx:
            tx.run(sql)


def test_erased_words_are_gone_and_the_journal_is_still_sound(busy: Office) -> None:
    with busy.sam.store.read() as tx:
        note = tx.value("SELECT id FROM event WHERE kind = 'noted'")
    busy.sue.tickets.do("redact", 1, {"event_id": note, "reason": "asked for by Jo"})
    with busy.sam.store.read() as tx:
        row = tx.one("SELECT payload, salt FROM event WHERE id = :id", id=note)
        assert row is not None
        assert (row.payload, row.salt) == (None, None)
        everything = " ".join(str(value) for row in tx.rows("SELECT payload FROM event")
                              for value in row)  # fmt: skip
        assert "07700" not in everything
        assert "07700" not in tx.value("SELECT words FROM ticket_text WHERE number = 1")
    verdict = journal.verify(busy.sam.store)
    assert verdict.sound, verdict.sentence


def test_erased_words_are_gone_from_the_file_too(office: Office) -> None:
    number = office.new("Jo Marsh cannot print")
    office.do("note", number, text="Jo's private number is 07700900123")
    office.do("resolve", number, text="Done")
    note = office.sam.tickets.show(number).events[1].id
    office.sue.tickets.do("redact", number, {"event_id": note, "reason": "asked for by Jo"})
    office.close()
    path = office.sam.store.path  # type: ignore[attr-defined]  # it is a file here
    kept = b"".join(found.read_bytes() for found in path.parent.glob("desk.db*"))
    assert b"Jo Marsh cannot print" in kept
    assert b"07700900123" not in kept


def test_erasing_the_opening_keeps_the_clocks(busy: Office) -> None:
    number = busy.new("Jo Marsh cannot print", body="Her login is jmarsh", priority="high")
    before = busy.row(number).clocks
    opened = busy.sam.tickets.show(number).events[0]
    busy.sue.tickets.do("redact", number, {"event_id": opened.id, "reason": "on request"})
    view = busy.sam.tickets.show(number)
    assert view.row.subject == "(erased)"
    assert view.body == ""
    assert view.row.priority == "high"
    assert [(c.name, c.phase, c.due_us) for c in view.row.clocks] == [
        (c.name, c.phase, c.due_us) for c in before
    ]


def test_what_kind_of_event_there_may_be_is_a_closed_list(office: Office) -> None:
    for event in (
        NewEvent("ticket", 1, 0, "exploded", {}, None),
        NewEvent("spaceship", 1, 0, "opened", {}, None),
    ):
        with pytest.raises(ValueError, match="no kind of event"), office.sam.store.write() as tx:
            journal.append(tx, [event], recorded_us=0)


def test_two_hashes_of_the_same_words_differ(busy: Office) -> None:
    """Or erased words could be found again by trying likely ones."""
    busy.do("note", busy.new("One"), text="the same")
    busy.do("note", busy.new("Two"), text="the same")
    with busy.sam.store.read() as tx:
        hashes = [
            bytes(row.payload_hash)
            for row in tx.rows(
                "SELECT payload_hash FROM event WHERE kind = 'noted' ORDER BY id DESC LIMIT 2"
            )
        ]
    assert len(set(hashes)) == 2


def test_progress_is_told_while_verifying(busy: Office) -> None:
    with busy.sam.store.write() as tx:
        events = [NewEvent("ticket", 1, 0, "told", {"n": n}, None) for n in range(4_500)]
        journal.append(tx, events, recorded_us=0)
    seen: list[tuple[int, int]] = []
    assert journal.verify(busy.sam.store, lambda done, total: seen.append((done, total))).sound
    assert [done for done, _ in seen] == [2_000, 4_000]
    assert len({total for _, total in seen}) == 1
