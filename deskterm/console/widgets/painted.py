"""Lines of styled spans, of which only what changed is drawn again.

The small widgets of the shell (header, footer, views, preview) are made of it: they say what their
lines are, and this finds the cells that differ from what is on the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget


class Span(NamedTuple):
    """Text in one ink on one paper; `target` is what a click on it means."""

    text: str
    ink: str = "ink"
    paper: str = "plain"
    target: str | None = None

    @property
    def width(self) -> int:
        """Cells it takes."""
        return len(self.text) if self.text.isascii() else cell_len(self.text)


Line = Sequence[Span]


#: Quiet inks cannot be read on the cursor.
_TOO_QUIET = frozenset({"quiet", "exempt", "pending", "none", "head"})


def style_on(widget: Widget, paper: str, ink: str) -> Style:
    """`ink` on `paper`; plain paper is the widget's own background.

    The colours are the screen's (`ActionHost.COMPONENT_CLASSES`): asking Textual to match them
    once and not for every widget halves the time to the first painted queue.
    """
    get = widget.screen.get_component_rich_style
    if paper == "cursor" and ink in _TOO_QUIET:
        ink = "ink"
    ground = widget.rich_style if paper == "plain" else get(f"paper--{paper}")
    style = get(f"ink--{ink}", partial=True)
    if paper == "cursor" and ground.reverse:
        # In reverse video an ink would become a patch of paper.
        style = style.without_color
    return ground + style


def width_of(spans: Iterable[Span]) -> int:
    """Cells that `spans` take together."""
    return sum(span.width for span in spans)


class Painted(Widget):
    """A widget that is nothing but lines of spans; `draw` says which."""

    @dataclass
    class TargetClicked(Message):
        """A span that means something was clicked."""

        sender: Painted
        target: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id)
        self._lines: list[tuple[Span, ...]] = []
        self._styles: dict[tuple[str, str], Style] = {}
        self._ground: Style | None = None

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """The lines for a content area of that size; missing ones stay empty."""
        raise NotImplementedError

    def repaint(self) -> None:
        """Find out what has changed and redraw that."""
        if not self.is_mounted or not self.size:
            return
        before = self._lines
        self._lines = [tuple(line) for line in self.draw(*self.size)]
        for y in range(max(len(before), len(self._lines))):
            old = before[y] if y < len(before) else ()
            new = self._lines[y] if y < len(self._lines) else ()
            if old != new:
                left, right = _difference(old, new, self.size.width)
                self.refresh(Region(left, y, right - left, 1))

    def on_resize(self) -> None:
        """Everything is laid out anew."""
        self._lines = [tuple(line) for line in self.draw(*self.size)]
        self.refresh()

    def notify_style_update(self) -> None:
        """Colours have changed."""
        self._styles.clear()
        self._ground = None
        super().notify_style_update()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Line `y`, padded with the widget's own background."""
        width = self.size.width
        line = self._lines[y] if y < len(self._lines) else ()
        segments = [Segment(span.text, self._style(span)) for span in line if span.text]
        used = width_of(line)
        if used < width:
            if self._ground is None:
                self._ground = self.rich_style
            segments.append(Segment(" " * (width - used), self._ground))
        strip = Strip(segments)
        return strip.crop(0, width) if used > width else strip

    def _style(self, span: Span) -> Style:
        style = self._styles.get((span.paper, span.ink))
        if style is None:
            style = self._styles[span.paper, span.ink] = style_on(self, span.paper, span.ink)
        return style

    def on_click(self, event: events.Click) -> None:
        """Tell whoever listens which span it was."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y >= len(self._lines):
            return
        x = 0
        for span in self._lines[offset.y]:
            if x <= offset.x < x + span.width:
                if span.target is not None:
                    self.post_message(self.TargetClicked(self, span.target))
                return
            x += span.width


def _difference(old: Sequence[Span], new: Sequence[Span], width: int) -> tuple[int, int]:
    """The columns between which two lines differ."""
    left = 0
    for before, after in zip(old, new, strict=False):
        if before != after:
            break
        left += after.width
    if width_of(old) != width_of(new):
        return min(left, width), width
    right = width_of(new)
    for before, after in zip(reversed(old), reversed(new), strict=False):
        if before != after:
            break
        right -= after.width
    return min(left, width), min(right, width)
