"""Search as you type: what is found, in which order, and how soon after it was said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from deskterm.desk.desk import Desk
from tests.desk.demo.desks import demo_file, opened
from tests.desk.office import Office


def numbers(office: Office, text: str, *, closed: bool = False) -> list[int]:
    return [row.number for row in office.sam.search(text, closed=closed)]


def test_subject_body_notes_reference_and_customer_are_searched(any_office: Office) -> None:
    office = any_office
    number = office.new("Projector blank", body="The lamp is orange.", reference="REF-77")
    office.do("note", number, text="Talked through a reset.")
    for text in ("projector", "orange", "reset", "ref 77", "oakfield"):
        assert numbers(office, text) == [number], text
    assert numbers(office, "purple") == []


def test_words_are_found_by_their_beginning_and_all_have_to_be_there(any_office: Office) -> None:
    office = any_office
    one, other = office.new("Printer jam"), office.new("Printing quota")
    assert numbers(office, "print") == [other, one]
    assert numbers(office, "prin qu") == [other]
    assert numbers(office, "rinter") == []


def test_accents_case_and_punctuation_do_not_matter(any_office: Office) -> None:
    office = any_office
    number = office.new("École: Wi-Fi «coupé»")
    for text in ("ecole", "ÉCOLE", "wi-fi", "wi fi", "coupe", "«coupé»"):
        assert numbers(office, text) == [number], text


def test_what_was_just_said_is_found_and_what_was_rolled_back_is_not(any_office: Office) -> None:
    office = any_office
    number = office.new("Printer jam")
    office.do("note", number, text="It was the fuser.")
    assert numbers(office, "fuser") == [number]
    with pytest.raises(RuntimeError), office.sam.store.write() as tx:
        tx.run("UPDATE ticket_text SET words = 'xylophone'")
        raise RuntimeError
    assert numbers(office, "xylophone") == []
    assert numbers(office, "fuser") == [number]


def test_a_ticket_is_in_one_index_at_a_time(any_office: Office) -> None:
    office = any_office
    number = office.new("Printer jam")
    assert (numbers(office, "jam"), numbers(office, "jam", closed=True)) == ([number], [])
    office.do("resolve", number, text="Unjammed.")
    assert (numbers(office, "jam"), numbers(office, "jam", closed=True)) == ([], [number])
    assert numbers(office, "unjammed", closed=True) == [number]
    office.do("reopen", number, reason="Again.")
    assert (numbers(office, "jam"), numbers(office, "jam", closed=True)) == ([number], [])


def test_nothing_is_found_by_nothing(any_office: Office) -> None:
    any_office.new("Printer jam")
    for text in ("", "   ", "-", '"', "«»"):
        assert numbers(any_office, text) == []


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(demo_file(tmp_path_factory.mktemp("search") / "desk.db", 300)) as made:
        yield made


def test_closed_tickets_come_newest_first_in_pages_that_miss_none(desk: Desk) -> None:
    whole = [row.number for row in desk.search("the", 1000, closed=True)]
    assert len(whole) > 50
    assert whole == sorted(whole, reverse=True)
    paged: list[int] = []
    for _ in range(0, len(whole), 20):
        before = paged[-1] if paged else None
        paged += [row.number for row in desk.search("the", 20, closed=True, before=before)]
    assert paged == whole


def test_no_more_than_asked_for_are_read(desk: Desk) -> None:
    assert len(desk.search("the", 7)) == 7
    assert {row.status for row in desk.search("the", 100)} <= {"new", "open", "held"}


def test_a_word_is_looked_up_and_no_text_is_read_through(desk: Desk) -> None:
    """A scan of all texts takes a second on a large desk, a lookup takes none."""
    for closed in (False, True):
        with desk.store.read() as tx:
            select, values = tx.store.numbers(["internet"], live=not closed, name="words")
            plan = tx.rows(
                f"EXPLAIN QUERY PLAN SELECT number FROM ({select}) AS found WHERE number < 250"
                " ORDER BY number DESC LIMIT 10",
                **values,
            )
        steps = [str(step.detail) for step in plan]
        assert len(steps) == 1
        assert "VIRTUAL TABLE" in steps[0]
        assert not any("B-TREE" in step for step in steps)
