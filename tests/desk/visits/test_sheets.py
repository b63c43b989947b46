"""What is printed of a visit: everything the engineer needs there, and what was found."""

from __future__ import annotations

import html.parser
from pathlib import Path

import pytest

from deskterm.desk.errors import NotFound, Refused
from deskterm.desk.visits.files import write_whole
from deskterm.desk.visits.printed import WIDTH, Item, Part, Sheet, as_html, as_markdown, as_text
from tests.desk.visits.school import ALEX, ST_BEDES, School

FORMS = ["text", "markdown", "html"]


def visited(school: School) -> int:
    """A visit at a school with two projectors: one has a fault, the other nobody looked at."""
    visits = school.desk.visits
    school.ticket(ST_BEDES)
    visit = visits.book(ST_BEDES, "2026-11-23", "am", engineer=ALEX).visit
    epson = visits.add_unit(visit.site_id, "Epson 1", "Room 4")
    visits.add_unit(visit.site_id, "Epson 2", "Room 5")
    visits.tick(visit.id, "server", 0)
    visits.tick(visit.id, "classroom-av", 0, "fault", unit=epson, note="The lamp is dim")
    return visit.id


@pytest.mark.parametrize("form", FORMS)
def test_the_sheet_has_where_when_how_to_get_in_and_what_to_do(school: School, form: str) -> None:
    number = visited(school)
    text = school.desk.visits.printed(number, form=form)
    for part in (
        f"Visit {number} – St Bede", "Main site", "Mon 23 Nov 2026, 08:30–10:30", "Europe/London",
        "Alex", "1 School Lane", "Gate B", "The hall is dark", "Server maintenance",
        "Epson 2, Room 5", "The lamp is dim",
    ):  # fmt: skip
        assert part in text


def test_boxes_say_what_was_found_and_what_nobody_looked_at(school: School) -> None:
    number = visited(school)
    lines = school.desk.visits.printed(number).splitlines()
    assert sum(line.startswith("  [x]") for line in lines) == 1
    fault = next(at for at, line in enumerate(lines) if line.startswith("  [!]"))
    assert lines[fault + 1].strip() == "– The lamp is dim"
    assert sum(line.startswith("  [ ]") for line in lines) > 5


def test_the_condition_report_is_about_each_unit_and_nothing_else(school: School) -> None:
    number = visited(school)
    text = school.desk.visits.printed(number, "condition")
    assert "Units      2: 1 faulty, 1 not looked at yet" in text
    assert "Epson 1, Room 4: faulty" in text
    assert "Epson 2, Room 5: not looked at yet" in text
    assert "Server maintenance" not in text


def test_a_site_without_av_says_so(school: School) -> None:
    visit = school.desk.visits.book(ST_BEDES, "2026-11-23", "am").visit.id
    assert "none is listed" in school.desk.visits.printed(visit, "condition")


def test_what_cannot_be_printed_is_refused(school: School) -> None:
    visit = visited(school)
    with pytest.raises(Refused, match="text, markdown, html"):
        school.desk.visits.printed(visit, form="pdf")
    with pytest.raises(Refused, match="visit, condition"):
        school.desk.visits.printed(visit, "invoice")
    with pytest.raises(NotFound):
        school.desk.visits.printed(999)


NASTY = Sheet(
    "<b>& `Title`",
    (("Access", "*key* [x](http://evil)\n<script>alert(1)</script>"),),
    (Part("P", ("a | b",), (Item("word " * 40, "fault", "_note_ " * 30),)),),
)


def test_text_keeps_to_the_width_of_the_page() -> None:
    assert max(map(len, as_text(NASTY).splitlines())) <= WIDTH


def test_what_people_typed_is_never_markup() -> None:
    class Tags(html.parser.HTMLParser):
        found: list[str]

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.found.append(tag)

    parser = Tags()
    parser.found = []
    parser.feed(as_html(NASTY))
    assert not {"b", "script", "a"} & set(parser.found)
    markdown = as_markdown(NASTY)
    assert "\\<script\\>" in markdown
    assert "\\[x\\](http" in markdown
    assert "\\*key\\*" in markdown


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    to = tmp_path / "visit-1.txt"
    write_whole("as it was", to)
    write_whole("as it is", to)
    assert to.read_text(encoding="utf-8") == "as it is"
    with pytest.raises(Refused, match="cannot be written"):
        write_whole("lost", tmp_path / "nowhere" / "visit.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["visit-1.txt"]
