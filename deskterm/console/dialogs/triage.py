"""Triage: the priority on the agreement's own matrix, with what it would promise beside it.

The due times follow the cursor before anything is saved. A type that fixes the priority shows no
matrix; an agreement with a plain list of levels shows that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.catalog import triage as keys
from deskterm.console.dialogs.base import Dialog, not_read
from deskterm.console.dialogs.promise_lines import next_due_us, promise_lines
from deskterm.console.dialogs.triage_words import said_words
from deskterm.console.dialogs.typed import TypedDialog
from deskterm.console.screens.base import draft_key
from deskterm.console.widgets.choice_row import ChoiceRow
from deskterm.console.widgets.key_footer import KeyFooter
from deskterm.console.widgets.lines import Choice, ChoiceLines, Prose, TextLines
from deskterm.console.widgets.painted import Span
from deskterm.console.widgets.triage_grid import TriageGrid
from deskterm.desk.errors import DeskError, StoreLost

if TYPE_CHECKING:
    from deskterm.desk.triage_sheet import TriageSheet, Worded


#: Cells on the bottom edge that hold where the matrix is from, on the narrowest terminal.
_EDGE: Final = 66


class TriageDialog(TypedDialog):
    """Dismissed with the fields of the triage step, or None."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (*keys.ACTIONS, catalog.TAKE)
    CSS_PATH: ClassVar[Any] = Dialog.CSS_PATH

    def __init__(
        self,
        _desk: Any,
        numbers: Sequence[int],
        sent: Mapping[str, Any] | None = None,
        wrong: str = "",
    ) -> None:
        super().__init__()
        self._sent = dict(sent or {})
        self._wrong_before = wrong
        self._number = numbers[0]
        self._sheet: TriageSheet | None = None
        self._class: str | None = None
        self._due_us: int | None = None
        """When the next of its promises falls due."""

    # What it shows ----------------------------------------------------------------------------

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return f"Triage {self.desk_app.glyphs.dot} {self._number}"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        words = TextLines([[Span("Reading the agreement …", "quiet")]], id="triage-reading")
        yield Vertical(words, id="triage")

    def footer_actions(self) -> tuple[Action, ...]:
        """Enter is key enough to set it; classes only where the agreement knows some."""
        hidden = {catalog.TAKE.id}
        if self._sheet is None or not self._sheet.classes:
            hidden.add("triage.class")
        return tuple(action for action in self.actions() if action.id not in hidden)

    def on_mount(self) -> None:
        """Ask the desk for the matrix and what each choice would promise."""
        self.stay_unseen()
        self._read(self._ready)

    def _read(self, then: Callable[[TriageSheet], None]) -> None:
        tickets, number = self.desk.tickets, self._number
        self.ask(lambda: tickets.triage_sheet(number), then, group="sheet", failed=self._failed,
                 waits=True)  # fmt: skip

    def _failed(self, error: DeskError) -> None:
        if self._sheet is None:
            self.query_one("#triage-reading", TextLines).set_content(not_read(error))
            self.appear()
        elif not isinstance(error, StoreLost):
            self.desk_app.say(error.sentence, "error")

    def desk_back(self) -> None:
        """See `ActionHost.desk_back`; what could not be set can be now."""
        super().desk_back()
        if self._wrong_before and self._sheet is not None:
            self._wrong_before = ""
            key = self.desk_app.key_of("dialog.take")
            self.refuse(f"The database is back: {key} sets it.", "accent")

    def tick(self, now_us: int) -> int | None:
        """What falls due meanwhile is asked for again; see `Ticking.tick`."""
        if self._due_us is not None and now_us >= self._due_us:
            self._due_us = None
            self._read(self._later)
        return self._due_us

    def _later(self, sheet: TriageSheet) -> None:
        """The promises as they are by now; what was chosen stays."""
        self._sheet, self._due_us = sheet, next_due_us(sheet, self.desk.now_us())
        self._show()

    def desk_changed(self) -> None:
        """See `ActionHost.desk_changed`: it may have been triaged by somebody else."""
        if self._sheet is not None:
            self._read(self._changed)

    def _changed(self, sheet: TriageSheet) -> None:
        before = self._sheet
        self._later(sheet)
        if before is not None and before.priority != sheet.priority:
            was, now = before.name_of(before.priority), sheet.name_of(sheet.priority)
            self.refuse(f"Somebody has set it from {was} to {now} meanwhile.", "risk")

    def _ready(self, sheet: TriageSheet) -> None:
        from textual.content import Content

        self._sheet, self._class = sheet, self._sent.get("request_class", sheet.request_class)
        self._due_us = next_due_us(sheet, self.desk.now_us())
        dot = self.desk_app.glyphs.dot
        box = self.query_one("#dialog")
        box.border_title = Content(f"Triage {sheet.number} {dot} {sheet.subject}")
        where = f"{sheet.policy}, {sheet.clause}"
        fits = sheet.clause and len(where) <= _EDGE
        box.border_subtitle = Content(where if fits else sheet.policy)
        self.query_one(KeyFooter).set_actions(self.footer_actions())
        holder = self.query_one("#triage", Vertical)
        holder.remove_children()
        holder.mount_all(self._parts(sheet))
        self.call_after_refresh(self._begin)

    def _parts(self, sheet: TriageSheet) -> list[Widget]:
        glyphs = self.desk_app.glyphs
        types = [Choice(kind.id, kind.name) for kind in sheet.types]
        kind = self._sent.get("type", sheet.type)
        parts: list[Widget] = [
            ChoiceRow("Type", types, kind, glyphs=glyphs, id="triage-type"),
            TextLines(id="triage-gap"),
        ]
        if sheet.grid:
            parts.append(self._grid(sheet))
        else:
            levels = [Choice(level.id, level.name) for level in sheet.priorities]
            level = self._sent.get("priority", sheet.priority) or ""
            parts.append(ChoiceLines(levels, level, glyphs=glyphs, id="triage-list"))
        parts += [Prose(id="triage-words"), Prose(id="triage-promises")]
        kept = self.desk_app.drafts.find(self.draft) | self._sent
        if sheet.counts_affected:
            parts.append(self._entry("affected", "users affected", kept))
        parts.append(self._entry("reason", "reason", kept))
        return parts

    def _grid(self, sheet: TriageSheet) -> TriageGrid:
        axes = {"impact": _named(sheet.impact), "urgency": _named(sheet.urgency)}
        down = sheet.rows
        across = "urgency" if down == "impact" else "impact"
        at = dict(zip(("impact", "urgency"), sheet.at, strict=True)) | self._sent
        cells = {
            ((impact, urgency) if down == "impact" else (urgency, impact)): sheet.name_of(level)
            for (impact, urgency), level in sheet.grid.items()
        }
        return TriageGrid(
            (down, axes[down]), (across, axes[across]), cells, (at[down], at[across]),
            glyphs=self.desk_app.glyphs,
        )  # fmt: skip

    def _entry(self, name: str, label: str, kept: dict[str, str]) -> Input:
        entry = Input(
            kept.get(name, ""), id=f"triage-{name}", classes="field-entry", placeholder=label
        )
        entry.cursor_blink = False
        return entry

    def _begin(self) -> None:
        target = self._matrix
        (target if target.display else self.query_one("#triage-type")).focus()
        if self._wrong_before:
            self.refuse(self._wrong_before)
        self._show()
        self.call_after_refresh(self.appear)

    @property
    def _matrix(self) -> TriageGrid | ChoiceLines:
        found = self.query_one("#triage-grid, #triage-list")
        assert isinstance(found, (TriageGrid, ChoiceLines))
        return found

    @property
    def _type(self) -> ChoiceRow:
        return self.query_one("#triage-type", ChoiceRow)

    @property
    def draft(self) -> str:
        """See `TypedDialog.draft`."""
        return draft_key("triage", self._number)

    # What is chosen ---------------------------------------------------------------------------

    def _axes(self) -> tuple[str, str] | None:
        """Impact and urgency under the cursor, where there is a grid and the type wants it."""
        sheet, matrix = self._sheet, self._matrix
        if sheet is None or not isinstance(matrix, TriageGrid) or self._fixed() is not None:
            return None
        row, column = matrix.cell
        return (row, column) if sheet.rows == "impact" else (column, row)

    def _fixed(self) -> str | None:
        """The priority the type or the class fixes."""
        sheet = self._sheet
        if sheet is None:
            return None
        entry = next((each for each in sheet.classes if each.id == self._class), None)
        return sheet.fixed.get(self._type.value) or (entry.priority if entry else None)

    def _priority(self) -> str | None:
        sheet, matrix, axes = self._sheet, self._matrix, self._axes()
        fixed = self._fixed()
        if fixed is not None:
            return fixed
        if axes is not None and sheet is not None:
            return sheet.grid[axes]
        if isinstance(matrix, ChoiceLines) and matrix.selected is not None:
            return matrix.selected.value
        return None

    def _needs_reason(self) -> bool:
        sheet, priority = self._sheet, self._priority()
        if sheet is None or sheet.priority is None or priority == sheet.priority:
            return False
        return bool({sheet.priority, priority} & sheet.reason_for)

    def _show(self) -> None:
        """Say what is under the cursor, and what it would promise."""
        sheet = self._sheet
        if sheet is None:
            return
        fixed = self._fixed()
        self._matrix.display = fixed is None
        self.query_one("#triage-words", Prose).set_content(
            said_words(sheet, self._type.value, fixed, self._axes(), self._priority(), self._class)
        )
        now, app = self.desk.now_us(), self.desk_app
        self.query_one("#triage-promises", Prose).set_content(
            promise_lines(sheet, self._type.value, self._priority(), now, app.local, app.glyphs)
        )
        entry = self.query_one("#triage-reason", Input)
        entry.display = sheet.priority is not None and self._priority() != sheet.priority
        entry.placeholder = (
            f"reason: {sheet.policy} asks for one here" if self._needs_reason() else "reason"
        )

    def on_triage_grid_cell_moved(self) -> None:
        """Another cell."""
        self._show()

    def on_choice_row_changed(self) -> None:
        """Another type."""
        self._show()

    def on_choice_lines_moved(self) -> None:
        """Another level of a list."""
        self._show()

    # Keys -------------------------------------------------------------------------------------

    def _move(self, down: int, right: int) -> None:
        matrix = self._matrix
        if self.focused is self._type and right:
            self._type.move(right)
        elif isinstance(matrix, TriageGrid):
            matrix.move(down, right)
        elif down:
            matrix.move(down)

    def do_down(self) -> None:
        """See `catalog.triage`, as for the ones below."""
        self._move(1, 0)

    def do_up(self) -> None:
        self._move(-1, 0)

    def do_right(self) -> None:
        self._move(0, 1)

    def do_left(self) -> None:
        self._move(0, -1)

    def do_type(self) -> None:
        if self._sheet is not None:
            self._type.move(1)

    def do_class(self) -> None:
        """Choose among the agreement's classes of requests."""
        sheet = self._sheet
        if sheet is None or not sheet.classes:
            self.desk_app.say("This agreement knows no classes of requests.", "warning")
            return
        parents = {entry.id: entry.parent for entry in sheet.classes}
        choices = [
            Choice(entry.id, "  " * _depth(parents, entry.id) + entry.name)
            for entry in sheet.classes
        ]
        self.open_window("choose", "Class of request", choices, self._class or "",
                         then=self._classed)  # fmt: skip

    def _classed(self, chosen: str | None) -> None:
        if chosen is None or self._sheet is None:
            return
        self._class = chosen
        entry = next(each for each in self._sheet.classes if each.id == chosen)
        if entry.type:
            types = [kind.id for kind in self._sheet.types]
            self._type.choose(types.index(entry.type))
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the reason sets as well."""
        event.stop()
        self.do_take()

    def _typed(self) -> dict[str, str]:
        return {
            entry.id.removeprefix("triage-"): entry.value
            for entry in self.query(Input)
            if entry.id is not None
        }

    def typed_words(self) -> dict[str, str]:
        """See `TypedDialog.typed_words`; until there is anything to type into, what was kept."""
        if self._sheet is None:
            return self.desk_app.drafts.find(self.draft)
        return {name: text for name, text in self._typed().items() if text.strip()}

    def do_set(self) -> None:
        """Enter."""
        self.do_take()

    def do_take(self) -> None:
        """Set what is under the cursor, once nothing is missing."""
        sheet, priority = self._sheet, self._priority()
        if sheet is None or priority is None:
            return
        typed = {name: text.strip() for name, text in self._typed().items()}
        if self._needs_reason() and not typed.get("reason"):
            was, now = sheet.name_of(sheet.priority), sheet.name_of(priority)
            self._wrong("reason", f"{sheet.policy} wants a reason for {was} to {now}.")
            return
        affected = typed.get("affected", "")
        if affected and not affected.isdigit():
            self._wrong("affected", f"“{affected}” is no number of users.")
            return
        axes = self._axes()
        fields = {"type": self._type.value, **{k: v for k, v in typed.items() if v}}
        if axes is not None:
            fields |= {"impact": axes[0], "urgency": axes[1]}
        else:
            fields["priority"] = priority
        if self._class is not None:
            fields["request_class"] = self._class
        self.keep_now()
        self.dismiss(fields)

    def _wrong(self, name: str, sentence: str) -> None:
        self.query_one(f"#triage-{name}").focus()
        self.refuse(sentence)


def _named(values: Sequence[Worded]) -> list[tuple[str, str]]:
    return [(value.id, value.name) for value in values]


def _depth(parents: dict[str, str | None], entry: str) -> int:
    depth, parent = 0, parents.get(entry)
    while parent is not None and depth < 4:
        depth, parent = depth + 1, parents.get(parent)
    return depth
