"""A small window over a screen: a titled box with a body and the keys that work in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.catalog import everywhere
from deskterm.console.screens.base import style_sheets
from deskterm.console.screens.ticking import Ticking
from deskterm.console.widgets.key_footer import KeyFooter
from deskterm.console.widgets.lines import ChoiceLines, Prose
from deskterm.console.widgets.notice_line import NoticeLine
from deskterm.console.widgets.painted import Line, Span
from deskterm.console.widgets.scrolled import Scrolled
from deskterm.console.wrapping import wrapped
from deskterm.desk.errors import DeskError, StoreLost

#: Shown in no footer: a window names the few keys it is about.
_HELP_HERE = tuple(
    replace(action, footer=False)
    for action in everywhere.ACTIONS
    if action.id in ("app.help", "app.palette")
)
_QUIT = next(action for action in everywhere.ACTIONS if action.id == "app.quit")


#: Edges, keys and the blank line above them, and a line of the screen behind on either side.
_AROUND: Final = 6
#: Terminals with fewer lines have none to spare.
_LOW: Final = 30
#: Cells that every window has for a sentence.
_READABLE: Final = 60
#: Cells across of the box and what its edges take, as in the style sheet.
_ACROSS: Final = 84
_EDGES: Final = 4


class Dialog(Ticking, ModalScreen[Any]):
    """Subclasses set `ACTIONS` and `TITLE_TEXT` or `title_text` and yield their `body`.

    Esc dismisses with None: nothing was decided. A subclass with typed text keeps it in
    `before_leaving`.
    """

    CSS_PATH = style_sheets("dialogs/dialog")
    EVERYWHERE: ClassVar[tuple[Action, ...]] = (catalog.BACK, *_HELP_HERE, _QUIT)

    def title_text(self) -> str:
        """What stands on the top edge."""
        return ""

    def subtitle_text(self) -> str:
        """What stands at the right of the bottom edge."""
        return ""

    def body(self) -> ComposeResult:
        """What is inside."""
        yield from ()

    def compose(self) -> ComposeResult:
        app = self.desk_app
        with Vertical(id="dialog") as box:
            box.border_title = _plain(self.title_text())
            box.border_subtitle = _plain(self.subtitle_text())
            with Scrolled(id="dialog-body") as inside:
                yield from self.body()
            # Below what scrolls, so that it is read however long the form is.
            before = self.refused_before()
            error = Prose([[Span(before, "late")]], id="dialog-error")
            error.display = bool(before)
            yield error
            inside.styles.max_height = self._room(error)
            yield KeyFooter(self.footer_actions(), own=app.settings.keys, glyphs=app.glyphs)
        yield NoticeLine(glyphs=app.glyphs)

    def refused_before(self) -> str:
        """What the desk said to what is in it; empty where it is asked for the first time."""
        return ""

    def refuse(self, sentence: str, ink: str = "late") -> None:
        """Say what is wrong, whole and in sight with what has the focus; empty: no longer."""
        error = self.query_one("#dialog-error", Prose)
        error.display = bool(sentence)
        error.set_content([[Span(sentence, ink)]])
        self.query_one("#dialog-body").styles.max_height = self._room(error)
        self.call_after_refresh(self._focus_in_sight)

    def _focus_in_sight(self) -> None:
        if isinstance(self.focused, ChoiceLines):
            self.focused.scroll_to_region_of_line()
        elif self.focused is not None:
            self.focused.scroll_visible(animate=False)

    def _room(self, error: Prose | None = None) -> int:
        """Lines for the body, in cells: Textual leaves shares out of account in such a box."""
        room = self.app.size.height - _AROUND
        if error is not None and error.display:
            across = min(_ACROSS, self.app.size.width * 96 // 100) - _EDGES
            room -= error.get_content_height(Size(), Size(), across)
        return max(3, room)

    def on_resize(self) -> None:
        """What does not fit is scrolled; blank lines go first."""
        self.set_class(self.app.size.height < _LOW, "-low")
        error = self.query_one("#dialog-error", Prose)
        self.query_one("#dialog-body").styles.max_height = self._room(error)
        if error.display:
            self.call_after_refresh(self._focus_in_sight)

    def on_screen_resume(self) -> None:
        """What is said is said where the keys are."""
        self.desk_app.show_notices()

    def footer_actions(self) -> tuple[Action, ...]:
        """What the footer shows, under the names it has in this window."""
        return self.actions()

    def keep_typed(self) -> None:
        """See `ActionHost.keep_typed`."""
        self.before_leaving()

    def before_leaving(self) -> None:
        """Esc was pressed."""

    def do_back(self) -> None:
        """Leave, with nothing decided; what is just being written is waited for."""
        if self.is_writing:
            return
        self.before_leaving()
        self.dismiss(None)


def not_read(error: DeskError) -> list[Line]:
    """In the place of what could not be read: why, and what becomes of it."""
    lines: list[Line] = [[Span(part, "late")] for part in wrapped(error.sentence, _READABLE)]
    if isinstance(error, StoreLost):
        lines.append([Span("It is read as soon as the desk answers; Esc leaves it.", "ink")])
    return lines


def _plain(text: str) -> Any:
    """Text for an edge of a box, never read as markup."""
    from textual.content import Content

    return Content(text)
