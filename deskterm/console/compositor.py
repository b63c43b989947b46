"""Writes to the terminal only the cells that were declared dirty.

Textual's own partial update begins each span at the left edge of the widget it lies in and sends
colours anew for every piece of text. A queue whose clocks tick sends a few characters a second per
row, often over SSH, so here a span is exactly what was asked for, and cells of one style share one
colour sequence: a tick costs about a tenth.

This leans on Textual's private compositor, which is why `textual` is pinned to its minor version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

Piece = tuple[int, int, Strip]
"""(line, column, what stands there)."""


Patch = Callable[[int, int, int], Strip | None]
"""``patch(x, y, width)`` of a widget that can draw a part of a line by itself."""


class NarrowUpdate(CompositorUpdate):
    """Pieces of lines, written style by style."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces

    def render_segments(self, console: Console) -> str:
        """The terminal sequences; each style is set once and reset after its last piece."""
        runs: dict[Style | None, list[str]] = {}
        for y, x, strip in self.pieces:
            before: Style | None = None
            fresh = True
            for text, style, control in strip:
                if control or not text:
                    continue
                run = runs.setdefault(style, [])
                if fresh or style != before:
                    run.append(f"\x1b[{y + 1};{x + 1}H")
                run.append(text)
                before, fresh = style, False
                x += _cells(text)
        colours = console._color_system or ColorSystem.TRUECOLOR
        return "".join(_run(style, parts, colours) for style, parts in runs.items())


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _run(style: Style | None, parts: list[str], colours: ColorSystem) -> str:
    text = "".join(parts)
    return text if style is None else Strip.render_style(style, text, colours)


class NarrowCompositor(Compositor):
    """The compositor of all screens here."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """The dirty cells and nothing beside them; None if there are none."""
        dirty, self._dirty_regions = self._dirty_regions, set()
        pieces = self.pieces(dirty)
        # Screens take any CompositorUpdate; the base class merely names the one it makes itself.
        return NarrowUpdate(pieces) if pieces else None  # type: ignore[return-value]

    def pieces(self, dirty: Iterable[Region], only: Widget | None = None) -> list[Piece]:
        """What stands in the dirty cells, or in those of them that belong to one widget."""
        screen = self.size.region
        wanted: dict[Widget, list[tuple[int, int, int]]] = {}
        regions: dict[Widget, Region] = {}
        for y, x1, x2 in self._regions_to_spans(
            cut for region in dirty if (cut := region.intersection(screen))
        ):
            self._cover(y, x1, x2, 0, wanted, regions)
        pieces: list[Piece] = []
        for widget, spans in wanted.items():
            if only is None or widget is only:
                pieces += _pieces(widget, regions[widget], spans)
        return pieces

    def _cover(
        self,
        y: int,
        x1: int,
        x2: int,
        start: int,
        wanted: dict[Widget, list[tuple[int, int, int]]],
        regions: dict[Widget, Region],
    ) -> None:
        """Share the span out among the widgets on line `y`, those in front first."""
        line = self.layers_visible[y]
        for index in range(start, len(line)):
            widget, visible, region = line[index]
            left, right = max(x1, visible.x), min(x2, visible.right)
            if left >= right:
                continue
            wanted.setdefault(widget, []).append((y, left, right))
            regions[widget] = region
            if x1 < left:
                self._cover(y, x1, left, index + 1, wanted, regions)
            if right < x2:
                self._cover(y, right, x2, index + 1, wanted, regions)
            return


def _pieces(widget: Widget, region: Region, spans: list[tuple[int, int, int]]) -> Iterable[Piece]:
    patch: Patch | None = getattr(widget, "patch", None)
    if patch is not None:
        whole: list[tuple[int, int, int]] = []
        for y, left, right in spans:
            strip = patch(left - region.x, y - region.y, right - left)
            if strip is None:
                whole.append((y, left, right))
            else:
                yield y, left, strip
        spans = whole
    if not spans:
        return
    spans = sorted(spans)
    top, bottom = spans[0][0], spans[-1][0]
    strips = widget.render_lines(Region(0, top - region.y, region.width, bottom - top + 1))
    for y, left, right in spans:
        strip = strips[y - top]
        yield y, left, strip.crop(left - region.x, right - region.x)
