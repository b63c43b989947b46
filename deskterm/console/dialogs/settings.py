"""Theme, marks and the rest, seen at once on everything; saved to ``config.toml``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Vertical

from deskterm.console import config, themes
from deskterm.console.actions import Action
from deskterm.console.catalog import settings as catalog
from deskterm.console.config import Settings
from deskterm.console.config_text import CannotChange
from deskterm.console.dialogs.base import Dialog
from deskterm.console.themes import of_choice
from deskterm.console.widgets.choice_row import ChoiceRow
from deskterm.console.widgets.lines import Choice, TextLines
from deskterm.console.widgets.painted import Line, Span
from deskterm.desk.errors import DeskError

#: Setting to its label and what can be chosen; values as the file has them.
_ROWS: Final[tuple[tuple[str, str, tuple[Any, ...]], ...]] = (
    ("theme", "Theme", themes.CHOICES),
    ("start", "Begin with", config.SCREENS),
    ("marks", "Marks", config.MARKS),
    ("mouse", "Mouse", (True, False)),
    ("tick", "Clocks redrawn every … seconds", (1, 2, 5, 10, 30)),
)
_LATER: Final = ("start", "marks", "mouse")


class SettingsDialog(Dialog):
    """Dismissed with True once saved; None: everything as it was."""

    ACTIONS: ClassVar[tuple[Action, ...]] = catalog.SETTINGS

    def __init__(self) -> None:
        super().__init__()
        self._theme_before = ""

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return "Settings"

    def subtitle_text(self) -> str:
        """See `Dialog.subtitle_text`."""
        return self.desk_app.paths.config.name

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        app = self.desk_app
        with Vertical(id="settings-rows"):
            for name, label, values in _ROWS:
                current = getattr(app.settings, name)
                known = values if current in values else (*values, current)
                yield ChoiceRow(
                    label, [Choice(str(value), _said(value)) for value in known], str(current),
                    glyphs=app.glyphs, id=f"settings-{name}",
                )  # fmt: skip
        yield TextLines([[]])
        yield TextLines(self._preview(), id="settings-preview")

    def on_mount(self) -> None:
        """Keys go to the first row; the preview follows."""
        self._theme_before = self.app.theme
        self._rows[0].focus()

    @property
    def _rows(self) -> list[ChoiceRow]:
        return [self.query_one(f"#settings-{name}", ChoiceRow) for name, _, _ in _ROWS]

    def _preview(self) -> list[Line]:
        marks = self.desk_app.glyphs
        later = "Where to begin, marks and mouse count from the next start."
        return [
            [Span("So it looks   ", "head"),
             Span("Internet down, whole site ", "strong"), Span("Oakfield  ", "quiet"),
             Span("key ", "key"), Span("what it does", "ink")],
            [Span("              "),
             Span("3h42  ", "track"), Span(f"{marks.risk} 25m04  ", "risk"),
             Span(f"{marks.late} +14m  ", "late"), Span(f"{marks.held} 2h10  ", "held"),
             Span(f"{marks.met}  ", "met"), Span(f"{marks.missed} +40m", "missed")],
            [Span("              "),
             Span(f"{marks.cursor} the cursor, where keys go ", "ink", "cursor"),
             Span(" "), Span(f" {marks.marked} marked ", "ink", "marked")],
            [],
            [Span(later, "quiet")],
        ]  # fmt: skip

    def on_choice_row_changed(self, message: ChoiceRow.Changed) -> None:
        """Another theme is shown at once; Esc goes back to the one before."""
        if message.sender.id == "settings-theme":
            self._show_theme(message.value)

    def _show_theme(self, choice: str) -> None:
        if (theme := of_choice(self.app.theme, choice)) is not None:
            self.app.theme = theme
        else:
            self.refuse("This terminal shows too few colours for another theme; it is kept for"
                        " others.")  # fmt: skip

    def do_reset(self) -> None:
        """Show the defaults."""
        first = Settings()
        for (name, _, _), row in zip(_ROWS, self._rows, strict=True):
            wanted = str(getattr(first, name))
            row.choose(next(i for i, each in enumerate(row.choices) if each.value == wanted))

    def do_down(self) -> None:
        """Next row."""
        self.focus_next(ChoiceRow)

    def do_up(self) -> None:
        """Row before."""
        self.focus_previous(ChoiceRow)

    def do_keys(self) -> None:
        """Other keys."""
        self.open_window("keys")

    def before_leaving(self) -> None:
        """The theme is as it was before."""
        self.app.theme = self._theme_before

    def do_save(self) -> None:
        """Write what differs from before; what is the default again is taken out of the file."""
        app, first = self.desk_app, Settings()
        chosen: dict[str, Any] = {}
        for (name, _, values), row in zip(_ROWS, self._rows, strict=True):
            known = (*values, getattr(app.settings, name))
            value = next(each for each in known if str(each) == row.value)
            if value != getattr(app.settings, name):
                chosen[name] = value
        path = app.paths.config

        def write() -> None:
            try:
                for name, value in chosen.items():
                    kept = None if value == getattr(first, name) else value
                    config.write_setting(path, name, kept)
            except CannotChange as error:
                raise DeskError(error.sentence) from error
            except OSError as error:
                raise DeskError(f"{path} cannot be written: {error.strerror}.") from error

        def written(_: None) -> None:
            app.settings = replace(app.settings, **chosen)
            later = " It counts from the next start." if set(chosen) & set(_LATER) else ""
            app.say(f"Saved.{later}")
            self.dismiss(True)

        self.write(write, written, group="settings", says="saving …",
                   failed=lambda error: self.refuse(error.sentence))  # fmt: skip


def _said(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
