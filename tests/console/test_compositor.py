"""Only the cells that were declared dirty reach the terminal."""

from __future__ import annotations

import io
import re

import pyte
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from deskterm.console.compositor import NarrowCompositor, NarrowUpdate

RED = Style.parse("#ff0000 on #000000")
BLUE = Style.parse("#0000ff on #000000")


def written(pieces: list[tuple[int, int, Strip]]) -> str:
    console = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor")
    return NarrowUpdate(pieces).render_segments(console)


def screen_of(sequences: str, *, before: str = "") -> list[str]:
    screen = pyte.Screen(30, 5)
    stream = pyte.Stream(screen)
    stream.feed(before + sequences)
    return [line.rstrip() for line in screen.display]


def test_pieces_land_where_they_belong() -> None:
    lines = screen_of(
        written(
            [
                (0, 2, Strip([Segment("12", RED), Segment("ab", BLUE)])),
                (3, 5, Strip([Segment("34", RED)])),
                (1, 0, Strip([Segment("é–x", BLUE), Segment("!", BLUE)])),
            ]
        )
    )
    assert lines[0] == "  12ab"
    assert lines[3] == "     34"
    assert lines[1] == "é–x!"


def test_one_colour_is_sent_once_for_all_it_colours() -> None:
    sequences = written([(y, 4, Strip([Segment(str(y), RED)])) for y in range(5)])
    assert len(re.findall(r"\x1b\[[0-9;]*38;2;255;0;0", sequences)) == 1
    assert sequences.count("\x1b[0m") == 1


def test_wide_characters_move_what_follows_by_their_cells() -> None:
    lines = screen_of(written([(0, 0, Strip([Segment("日本", RED), Segment("x", BLUE)]))]))
    assert lines[0].replace(" ", "") == "日本x"
    moved = written([(0, 0, Strip([Segment("日本", RED), Segment("x", BLUE)]))])
    assert "\x1b[1;5Hx" in moved.replace("\x1b[38;2;0;0;255;48;2;0;0;0m", "")


class Letters(Widget):
    """Every cell shows its widget's letter."""

    def __init__(self, letter: str) -> None:
        super().__init__()
        self.letter = letter

    def render_line(self, y: int) -> Strip:
        return Strip([Segment(self.letter * self.size.width)])


class Overlapping(App[None]):
    """A box that lies over a ground."""

    CSS = """
    Screen { layers: below above; }
    Letters { width: 20; height: 5; layer: below; }
    #front { width: 6; height: 2; layer: above; offset: 5 1; }
    """

    def compose(self) -> ComposeResult:
        yield Letters("g")
        front = Letters("f")
        front.id = "front"
        yield front


async def test_what_lies_in_front_is_written_and_what_it_covers_is_not() -> None:
    app = Overlapping()
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        compositor = NarrowCompositor()
        compositor.reflow(app.screen, app.size)
        compositor._dirty_regions = {Region(3, 1, 10, 1), Region(0, 4, 2, 1)}
        update: object = compositor.render_partial_update()
        assert isinstance(update, NarrowUpdate)
        pieces = {(y, x): strip.text for y, x, strip in update.pieces}
        assert pieces == {(1, 3): "gg", (1, 5): "ffffff", (1, 11): "gg", (4, 0): "gg"}
        assert compositor.render_partial_update() is None
