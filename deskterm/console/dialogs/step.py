"""What a step asks for, as a form made from the step's own fields.

Every change of the text is kept as a draft; Esc leaves it for the next time, taking the step
forgets it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.dialogs.typed import TypedDialog
from deskterm.console.drafts import AHEAD
from deskterm.console.screens.taking import draft_of
from deskterm.console.widgets.lines import Choice, ChoiceLines, Prose, TextLines
from deskterm.console.widgets.painted import Line, Span
from deskterm.desk.model import StepField, StepForm
from deskterm.desk.when import EXPECTED, WhenError, read_when

_FLAG = (Choice("", "no"), Choice("yes", "yes"))


class StepDialog(TypedDialog):
    """Dismissed with the fields of the step, or None."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (catalog.TAKE,)

    def __init__(
        self,
        form: StepForm,
        numbers: Sequence[int],
        initial: Mapping[str, str] | None = None,
        subject: str = "",
        wrong: str = "",
        take: str = "",
    ) -> None:
        """`wrong` is what the desk said to what was typed before, `take` the key's label."""
        super().__init__()
        self._wrong_before = wrong
        self._take_label = take
        self.form = form
        self.numbers = tuple(numbers)
        self._subject = subject
        self._initial = dict(initial or {})
        self._lost = False
        """Whether it came back because the desk could not be reached."""

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        dot = self.desk_app.glyphs.dot
        if not self.numbers:
            return self.form.label
        if len(self.numbers) > 1:
            return f"{self.form.label} {dot} {len(self.numbers)} tickets"
        subject = f" {self._subject}" if self._subject else ""
        return f"{self.form.label} {dot} {self.numbers[0]}{subject}"

    def footer_actions(self) -> tuple[Action, ...]:
        """The key that does it says what it does."""
        take = replace(catalog.TAKE, label=self._take_label or self.form.label.lower())
        field = (catalog.FIELD,) if len(self.form.fields) > 1 else ()
        return (take, *field, *self.EVERYWHERE)

    @property
    def draft(self) -> str:
        """The name the typed text is kept under."""
        return draft_of(self.form.id, self.numbers)

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        kept = self.desk_app.drafts.find(self.draft)
        ahead = kept.pop(AHEAD, "")
        if kept and not self._wrong_before:
            yield TextLines([[Span("Your draft from before is here again.", "accent")], []])
        if self.form.asks:
            yield Prose([[Span(self.form.asks, "strong")], []])
        for field in self.form.fields:
            value = kept.get(field.name) or self._initial.get(field.name) or field.initial or ""
            if ahead and field.kind in ("text", "line"):
                between = "\n" if field.kind == "text" else " "
                value, ahead = f"{value}{between}{ahead}" if value else ahead, ""
            yield from self._field(field, value)
        if self._wrong_before and self.desk_app.lost_notice is not None:
            self._lost = True
            key = self.desk_app.key_of(catalog.TAKE.id)
            self._wrong_before += f" Nothing was written; it stays here, {key} tries again."

    def refused_before(self) -> str:
        """See `Dialog.refused_before`."""
        return self._wrong_before

    def _field(self, field: StepField, value: str) -> Iterator[Widget]:
        hint = field.hint or (EXPECTED if field.kind == "instant" else "")
        yield TextLines([self._heading(field, needed=field.required)], id=f"label-{_id(field)}")
        name = _id(field)
        glyphs = self.desk_app.glyphs
        if field.kind == "choice":
            choices = [Choice(key, text) for key, text in field.choices]
            if not field.required:
                choices.insert(0, Choice("", glyphs.none))
            yield ChoiceLines(choices, value, glyphs=glyphs, id=name)
        elif field.kind == "flag":
            yield ChoiceLines(_FLAG, "yes" if value else "", glyphs=glyphs, id=name)
        elif field.kind == "text":
            from textual.widgets import TextArea

            area = TextArea(value, id=name, classes="field-entry", tab_behavior="focus")
            area.cursor_blink = False
            yield area
        else:
            entry = Input(value, id=name, classes="field-entry", placeholder=hint)
            entry.cursor_blink = False
            yield entry
        if field.kind in ("choice", "flag"):
            yield TextLines()

    def _heading(self, field: StepField, *, needed: bool) -> Line:
        return [Span(field.label, "ink"), *([Span(" (needed)", "quiet")] if needed else [])]

    def _needed_for(self, field: StepField) -> str | None:
        """The choice that makes `field` needed now, by its name; None where none does."""
        if field.needed_if is None:
            return None
        name, values = field.needed_if
        fields = {each.name: each for each in self.form.fields}
        value = self._text(fields[name])
        if value not in values or (field.instead and self._text(fields[field.instead]).strip()):
            return None
        return dict(fields[name].choices).get(value, value)

    def _show_needs(self) -> None:
        """What is needed is another with another choice, or with what was typed elsewhere."""
        for field in self.form.fields:
            if field.needed_if is not None:
                label = self.query_one(f"#label-{_id(field)}", TextLines)
                label.set_content(
                    [self._heading(field, needed=self._needed_for(field) is not None)]
                )

    def on_choice_lines_moved(self) -> None:
        """Another choice."""
        self._show_needs()

    def on_mount(self) -> None:
        """Keys go to the first field."""
        self._show_needs()
        refused = self._quoted()
        if refused is not None:
            self._widget(refused).focus()
        elif self.form.fields:
            # What stands above it is to be read first.
            self._widget(self.form.fields[0]).focus(scroll_visible=False)
            self.call_after_refresh(self._begin_at_the_top)

    def _quoted(self) -> StepField | None:
        """The field with what the desk refused, where its sentence quotes it."""
        for field in self.form.fields:
            text = self._text(field).strip()
            if text and field.kind not in ("choice", "flag") and f"“{text}”" in self._wrong_before:
                return field
        return None

    def _begin_at_the_top(self) -> None:
        self.query_one("#dialog-body").scroll_home(animate=False)
        first = self._widget(self.form.fields[0])
        if isinstance(first, ChoiceLines):
            first.scroll_to_region_of_line()

    def _widget(self, field: StepField) -> Widget:
        return self.query_one(f"#{_id(field)}")

    def _text(self, field: StepField) -> str:
        widget = self._widget(field)
        if isinstance(widget, ChoiceLines):
            return widget.selected.value if widget.selected is not None else ""
        return str(getattr(widget, "value" if isinstance(widget, Input) else "text"))

    def _typed(self) -> dict[str, str]:
        return {
            field.name: self._text(field)
            for field in self.form.fields
            if field.kind not in ("choice", "flag") or self._text(field) != (field.initial or "")
        }

    def _words(self) -> dict[str, str]:
        """What counts as typed: choices alone are no draft."""
        typed = self._typed()
        written = any(
            typed.get(f.name, "").strip()
            for f in self.form.fields
            if f.kind not in ("choice", "flag") and typed.get(f.name) != (f.initial or "")
        )
        return typed if written else {}

    # Drafts ---------------------------------------------------------------------------------

    def on_input_changed(self) -> None:
        """Something was typed."""
        self._show_needs()

    def on_text_area_changed(self) -> None:
        """Something was typed."""
        self._show_needs()

    def typed_words(self) -> dict[str, str]:
        """See `TypedDialog.typed_words`."""
        # What has once been sent is worth keeping even where it is choices alone.
        return self._typed() if self._wrong_before else self._words()

    # Taking the step --------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Arrows move in a list of choices, Enter goes on to the next field or takes the step."""
        focused = self.focused
        if event.key == "enter" and isinstance(focused, ChoiceLines):
            event.stop()
            self._go_on()
        elif isinstance(focused, ChoiceLines) and event.key in ("down", "j", "up", "k"):
            event.stop()
            focused.move(1 if event.key in ("down", "j") else -1)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a line."""
        event.stop()
        self._go_on()

    def _go_on(self) -> None:
        widgets = [self._widget(field) for field in self.form.fields]
        at = widgets.index(self.focused) if self.focused in widgets else len(widgets) - 1
        if at + 1 < len(widgets):
            widgets[at + 1].focus()
        else:
            self.do_take()

    def do_take(self) -> None:
        """Take the step, or say what is missing, and where."""
        fields: dict[str, Any] = {}
        for field in self.form.fields:
            text = self._text(field).strip()
            if not text:
                choice = self._needed_for(field)
                if field.required or choice is not None:
                    why = "this is needed" if choice is None else f"needed for “{choice}”"
                    self._wrong(field, f"{field.label}: {why}.")
                    return
                continue
            try:
                fields[field.name] = self._value(field, text)
            except WhenError as error:
                self._wrong(field, error.sentence)
                return
            except ValueError:
                self._wrong(field, f"{field.label}: “{text}” is no whole number.")
                return
        self.keep_now()
        self.dismiss(fields)

    def _value(self, field: StepField, text: str) -> Any:
        if field.kind == "instant":
            return read_when(text, self.desk.now_us(), self.desk_app.local)
        if field.kind in ("number", "ticket"):
            return int(text.removeprefix("#"))
        return True if field.kind == "flag" else text

    def desk_back(self) -> None:
        """See `ActionHost.desk_back`; what could not be written can be now."""
        super().desk_back()
        if self._lost:
            self._lost = False
            key = self.desk_app.key_of(catalog.TAKE.id)
            said = f"The database is back: {key} {self._take_label or self.form.label.lower()}."
            self.refuse(said, "accent")

    def _wrong(self, field: StepField, sentence: str) -> None:
        self._widget(field).focus()
        self.refuse(sentence)


def _id(field: StepField) -> str:
    return f"field-{field.name.replace('_', '-')}"
