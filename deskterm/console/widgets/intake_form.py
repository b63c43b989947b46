"""What is asked of a new ticket: fields that are always there, in an order that stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, TextArea

from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.asked_fields import AskedFields
from deskterm.console.widgets.choice_row import ChoiceRow
from deskterm.console.widgets.finder import Finder
from deskterm.console.widgets.lines import Choice, Prose, TextLines
from deskterm.console.widgets.painted import Span
from deskterm.policy.vocabulary import CHANNELS, TICKET_TYPE_NAMES

#: What there is to choose before it is known what the customer's agreement offers.
_ANY: Final = {
    "channel": tuple(Choice(each, each) for each in CHANNELS),
    "type": tuple(Choice(*each) for each in TICKET_TYPE_NAMES.items()),
}
_ROWS: Final = (("channel", "By"), ("type", "Type"), ("tier", "Tier"))
_HINTS: Final = (
    "new-again", "new-customer-hint", "new-contact-hint", "new-subject-hint", "dialog-error",
)  # fmt: skip


class IntakeForm(VerticalScroll, can_focus=False):
    """Fields with a line below each that can say something about it."""

    def __init__(self, *, glyphs: Glyphs = UNICODE) -> None:
        super().__init__(id="new-form")
        self.glyphs = glyphs

    def compose(self) -> ComposeResult:
        glyphs = self.glyphs
        yield _unsaid("new-again")
        yield _label("Customer", needed=True)
        yield Finder("begin to type its name", glyphs=glyphs, id="new-customer")
        yield _unsaid("new-customer-hint")
        yield _label("Who asks")
        yield Finder("a contact of the customer", glyphs=glyphs, id="new-contact")
        yield _unsaid("new-contact-hint")
        yield _label("Subject", needed=True)
        yield _entry("new-subject", "what is wrong, in a few words")
        yield _unsaid("new-subject-hint")
        with Vertical(id="new-choices"):
            # They are there before the customer is, so that Tab always goes one way.
            for name, label in _ROWS:
                known = _ANY.get(name, ())
                row = ChoiceRow(label, known, "", glyphs=glyphs, id=f"new-{name}")
                row.display = bool(known)
                yield row
        yield _label("Description")
        area = TextArea("", id="new-body", classes="field-entry", tab_behavior="focus")
        area.cursor_blink = False
        yield area
        yield AskedFields(glyphs=glyphs, id="new-required")
        yield _unsaid("dialog-error")

    def say(self, name: str, sentence: str, ink: str = "risk") -> None:
        """Say something at its place, or nothing there any more."""
        words = self.query_one(f"#{name}", Prose)
        words.display = bool(sentence)
        words.set_content([[Span(sentence, ink)]])

    def offer(self, name: str, choices: Sequence[Choice], current: str | None) -> None:
        """What can be chosen in the row `name`; None keeps what is chosen where it can be."""
        row = self.query_one(f"#new-{name}", ChoiceRow)
        row.offer(choices, current or (row.value if row.choices else ""))
        row.display = bool(choices)

    def chosen(self, name: str) -> str | None:
        """What is chosen in the row `name`; None where there is nothing to choose."""
        row = self.query_one(f"#new-{name}", ChoiceRow)
        return row.value if row.choices else None

    @property
    def asked(self) -> AskedFields:
        """What the agreement asks for and has no other place here."""
        return self.query_one(AskedFields)

    def clear(self) -> None:
        """Begin with nothing."""
        for name in _HINTS:
            self.say(name, "")
        for finder in self.query(Finder):
            finder.fill("")
        self.query_one("#new-subject", Input).value = ""
        self.query_one("#new-body", TextArea).text = ""
        for name, _ in _ROWS:
            self.offer(name, _ANY.get(name, ()), None)
        self.asked.show(None, None, {})


def _label(text: str, *, needed: bool = False) -> TextLines:
    return TextLines([[Span(text, "ink"), Span(" (needed)" if needed else "", "quiet")]])


def _unsaid(name: str) -> Prose:
    words = Prose(id=name)
    words.display = False
    return words


def _entry(name: str, placeholder: str) -> Input:
    entry = Input(id=name, classes="field-entry", placeholder=placeholder)
    entry.cursor_blink = False
    return entry
