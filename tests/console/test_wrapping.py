"""Lines that are broken keep every word and every ink, and are never wider than there is room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deskterm.console.widgets.painted import Span, width_of
from deskterm.console.wrapping import wrapped_line

SPANS = st.lists(
    st.builds(Span, st.text("ab é世 ", max_size=20), st.sampled_from(["ink", "quiet"])), max_size=5
)


def said(line: list[Span]) -> str:
    return "".join(span.text for span in line)


def test_a_line_that_fits_stays_as_it_is() -> None:
    line = [Span("urgency: ", "strong"), Span("critical", "quiet")]
    assert wrapped_line(line, 17) == [line]
    assert wrapped_line([], 17) == [[]]


def test_what_follows_begins_below_the_first_word_and_keeps_its_ink() -> None:
    line = [Span("  all: ", "strong"), Span("the whole school", "quiet")]
    assert wrapped_line(line, 12) == [
        [Span("  all: ", "strong"), Span("the", "quiet")],
        [Span("  ", "strong"), Span("whole", "quiet")],
        [Span("  ", "strong"), Span("school", "quiet")],
    ]


@given(line=SPANS, width=st.integers(2, 30))
def test_no_word_is_lost_and_nothing_is_too_wide(line: list[Span], width: int) -> None:
    lines = wrapped_line(line, width)
    assert all(width_of(each) <= width for each in lines)
    whole = "".join(said(line).split())
    assert "".join("".join(said(list(each)).split()) for each in lines) == whole
