"""Lines to choose from in groups, each under a heading that is never chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.geometry import Region

from deskterm.console.widgets.lines import Choice, ChoiceLines
from deskterm.console.widgets.painted import Line


class HeadedLines(ChoiceLines):
    """`headings` are by the place of the line they stand above."""

    headings: Mapping[int, Line] = {}

    def show(self, choices: Sequence[Choice], headings: Mapping[int, Line]) -> None:
        """Show other lines under other headings; the selected place stays."""
        self.choices, self.headings = tuple(choices), headings
        self.index = max(0, min(self.index, len(choices) - 1))
        self.display = bool(choices)
        self.styles.height = max(1, self._row(len(choices)))
        self.repaint()

    def _row(self, index: int) -> int:
        """In which row a line is: a heading takes one, and one more to stand apart."""
        above = [at for at in self.headings if at <= index and at < len(self.choices)]
        return index + sum(1 + (at > 0) for at in above)

    def draw(self, width: int, height: int) -> Sequence[Line]:
        """See `Painted.draw`."""
        rows: list[Line] = []
        for at, line in enumerate(super().draw(width, height)):
            if at in self.headings:
                rows += [[], self.headings[at]] if at else [self.headings[at]]
            rows.append(line)
        return rows

    def scroll_to_region_of_line(self) -> None:
        """Keep the selected line in view, with its heading where it is the first under it."""
        parent = self.parent
        if parent is None or not hasattr(parent, "scroll_to_region"):
            return
        headed = self.index in self.headings
        top = self.virtual_region.y + self._row(self.index) - headed
        # The first line brings what stands above the list into view again.
        region = Region(0, 0, 1, top + 2) if self.index == 0 else Region(0, top, 1, 1 + headed)
        parent.scroll_to_region(region, animate=False)
