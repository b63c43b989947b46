"""A visit's sheet, or the condition of its AV: shown as printed, and written to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.catalog import sheet as keys
from deskterm.console.dialogs.reading import ReadingDialog
from deskterm.console.widgets.lines import TextLines
from deskterm.console.widgets.painted import Line, Span

if TYPE_CHECKING:
    from deskterm.desk.errors import DeskError

_FORMS: Final = ("text", "markdown", "html")
_NAMES: Final = {"visit": "Sheet", "condition": "AV condition"}


class VisitSheetDialog(ReadingDialog):
    """Dismissed with None; a file is written only when asked for."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (*keys.ACTIONS, catalog.COPY, *catalog.SCROLL)

    def __init__(self, visit: int) -> None:
        super().__init__()
        self._number = visit
        self._what = "visit"
        self._form = _FORMS[0]
        self._text = ""

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return f"{_NAMES[self._what]} {self.desk_app.glyphs.dot} visit {self._number}"

    def subtitle_text(self) -> str:
        """The name of the file."""
        from deskterm.desk.visits.printed import FORMS

        return f"{self._what}-{self._number}.{FORMS[self._form][0]}"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        yield TextLines([[Span("Reading the visit …", "quiet")]], id="sheet")

    def on_mount(self) -> None:
        """Ask the desk."""
        self._read()

    def _read(self) -> None:
        visits, number, what, form = self.desk.visits, self._number, self._what, self._form
        self.ask(lambda: visits.printed(number, what, form), self._show, group="sheet",
                 failed=self._unreadable, waits=True)  # fmt: skip

    def _show(self, text: str) -> None:
        from textual.content import Content

        self._text = text
        box = self.query_one("#dialog")
        box.border_title = Content(self.title_text())
        box.border_subtitle = Content(self.subtitle_text())
        wide = max(20, self.query_one("#dialog-body").size.width)
        lines: list[Line] = [
            [Span(part, "strong" if not at else "ink")]
            for at, line in enumerate(text.rstrip("\n").split("\n"))
            for part in ([line] if len(line) <= wide else _cut(line, wide))
        ]
        self.query_one("#sheet", TextLines).set_content(lines)

    def _unreadable(self, error: DeskError) -> None:
        self.query_one("#sheet", TextLines).set_content([[Span(error.sentence, "late")]])

    # Keys -------------------------------------------------------------------------------------

    def do_write(self) -> None:
        """See `catalog.sheet`, as for the ones below."""
        from deskterm.desk.visits.files import write_whole

        text, to = self._text, Path.cwd() / self.subtitle_text()
        if text:
            self.ask(lambda: write_whole(text, to),
                     lambda _: self.desk_app.say(f"Written: {to}"), group="file")  # fmt: skip

    def do_other(self) -> None:
        self._what = "condition" if self._what == "visit" else "visit"
        self._read()

    def do_form(self) -> None:
        self._form = _FORMS[(_FORMS.index(self._form) + 1) % len(_FORMS)]
        self._read()

    def do_copy(self) -> None:
        self.app.copy_to_clipboard(self._text)
        self.desk_app.say("Copied.")


def _cut(line: str, width: int) -> list[str]:
    """A line too long for the window; the file keeps it whole."""
    from deskterm.console.wrapping import wrapped

    lead = line[: len(line) - len(line.lstrip())]
    return [lead + part for part in wrapped(line.lstrip(), width - len(lead))]
