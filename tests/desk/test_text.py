"""Text from outside is harmless once it is clean, and cleaning it again changes nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.desk.text import CleanText, clean

#: Everything a terminal might obey, mixed with what people write.
NASTY = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Zl", "Zp", "Zs", "Cs", "Co", "Cn"]),
        st.sampled_from("\x1b\x07\x9b\x85\u2028\u202e\u2066\u200f\u200d\ufeff\U000e0041"),
    )
)

BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


@given(NASTY, st.booleans())
def test_cleaning_twice_changes_nothing(text: str, lines: bool) -> None:
    once = clean(text, lines=lines)
    assert clean(str(once), lines=lines) == once
    assert clean(once, lines=lines) == once


@given(NASTY, st.booleans())
def test_no_control_escape_or_direction_character_survives(text: str, lines: bool) -> None:
    cleaned = clean(text, lines=lines)
    assert isinstance(cleaned, CleanText)
    for char in cleaned:
        if char == "\n" or char == "\t":
            assert lines, "a line has no line breaks in it"
            continue
        assert unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp"), f"U+{ord(char):04X}"
        assert unicodedata.category(char) != "Cf" or char == "\u200d", f"U+{ord(char):04X}"
        assert char not in BIDI


@given(NASTY)
def test_clean_text_can_be_sent_anywhere(text: str) -> None:
    assert clean(text, lines=True).encode("utf-8").decode("utf-8") is not None


@pytest.mark.parametrize(
    ("dirty", "shown"),
    [
        ("\x1b]52;c;ZXZpbA==\x07", "␛]52;c;ZXZpbA==␇"),
        ("\x1b[2Jgone", "␛[2Jgone"),
        ("a\u202egpj.exe", "a〈U+202E〉gpj.exe"),
        ("bell\x07 and\x7f", "bell␇ and␡"),
        ("one\r\ntwo\rthree", "one two three"),
        ("tab\tbed", "tab bed"),
        ("  padded  ", "padded"),
        ("\ud800 lone", "\N{REPLACEMENT CHARACTER} lone"),
        ("\u0065\u0301cole", "\u00e9cole"),
        ("[@click=app.bell]press[/]", "[@click=app.bell]press[/]"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_instead(dirty: str, shown: str) -> None:
    assert clean(dirty).replace("\N{LEFT-POINTING ANGLE BRACKET}", "〈").replace(
        "\N{RIGHT-POINTING ANGLE BRACKET}", "〉"
    ) == shown


def test_bodies_keep_their_lines() -> None:
    assert clean("one\r\ntwo\u2028three\tfour", lines=True) == "one\ntwo\nthree\tfour"


def test_ordinary_writing_in_any_language_stays_as_it_is() -> None:
    sayings = ("Whole site down", "Schüler können nicht drucken", "学校のWi-Fi", "مدرسة", "👩‍🏫 in")
    for text in sayings:
        assert clean(text) == text
