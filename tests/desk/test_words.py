"""Every database finds the same tickets for the same words, whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.desk.store.words import searchable, tokens
from tests.desk.office import Office


@given(st.text())
def test_searchable_text_is_plain_words_and_stays_so(text: str) -> None:
    plain = searchable(text)
    assert searchable(plain) == plain
    assert plain == " ".join(plain.split())
    assert all(word.replace("_", "").isalnum() for word in tokens(text))


SUBJECTS = {
    "accents": "École: imprimante cassée",
    "hyphen": "Wi-Fi down in room B-12",
    "mail": "Mail from jo.marsh@oakfield.sch.uk bounces",
    "phrase": "Hall projector blank",
    "order": "Projector in the hall flickers",
    "german": "Straße gesperrt, Drucker fährt nicht",
    "number": "Error 0x80070005 on printer_3",
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (["ecole"], {"accents"}),
        (["CASSÉE"], {"accents"}),
        (["impr"], {"accents"}),
        (["wi-fi"], {"hyphen"}),
        (["wifi"], set()),
        (["b-12"], {"hyphen"}),
        (["oakfield.sch"], {"mail"}),
        (["marsh", "bounces"], {"mail"}),
        (["projector"], {"phrase", "order"}),
        (["hall projector"], {"phrase"}),
        (["hall proj"], {"phrase"}),
        (["projector hall"], set()),
        (["strasse"], {"german"}),
        (["0x8007"], {"number"}),
        (["printer 3"], {"number"}),
        (["nothing such"], set()),
        (["'; DROP TABLE ticket; --"], set()),
        (['"'], set()),
        (["* OR NEAR("], set()),
        (["hall & !projector | :*"], {"phrase"}),
        ([""], set()),
    ],
)
def test_words_find_the_same_everywhere(
    any_office: Office, typed: list[str], found: set[str]
) -> None:
    numbers = {
        any_office.new(subject, priority="low"): name for name, subject in SUBJECTS.items()
    }
    any_office.do("resolve", 1, text="Done")
    store = any_office.sam.store
    names = set()
    for live in (True, False):
        asked, values = store.match(typed, live=live, name="w")
        with store.read() as tx:
            rows = tx.rows(f"SELECT number FROM ticket WHERE {asked}", **values)
        for row in rows:
            assert (row.number != 1) is live, "each index holds its own"
            names.add(numbers[row.number])
    assert names == found


def test_what_is_said_later_is_found_too_and_what_is_corrected_no_more(any_office: Office) -> None:
    number = any_office.new("Intrenet down", priority="low")
    any_office.do("note", number, text="Router lights are off")
    any_office.do("edit", number, field="subject", new="Internet down")
    store = any_office.sam.store
    for word, there in (("router", True), ("internet", True), ("intrenet", False),
                        ("oakfield", True)):  # fmt: skip
        asked, values = store.match([word], live=True, name="w")
        with store.read() as tx:
            assert bool(tx.rows(f"SELECT number FROM ticket WHERE {asked}", **values)) is there
