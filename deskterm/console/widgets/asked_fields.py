"""What an agreement asks for on every ticket and a form has no other place for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from deskterm.console.glyphs import UNICODE, Glyphs
from deskterm.console.widgets.finder import CANDIDATES, Finder, begins
from deskterm.console.widgets.lines import Choice, Prose, TextLines
from deskterm.console.widgets.painted import Span
from deskterm.desk.cover import CoverView
from deskterm.desk.customer_model import CustomerCard
from deskterm.policy.vocabulary import INTAKE_FIELDS

#: Asked for in places of their own.
_ELSEWHERE: Final = ("contact", "type", "subject", "body")
_FOUND: Final = ("site", "class")
_NO_SITE: Final = "no site is known yet; a name here enters the first"


class NoneOfThem(Exception):
    """What is typed is no site or class there is; `name` is the field."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name
        self.sentence = sentence


class AskedFields(Vertical):
    """A line for each; the site is also asked where the customer has several."""

    def __init__(self, *, glyphs: Glyphs = UNICODE, id: str) -> None:  # noqa: A002 -- Textual's own name for it
        super().__init__(id=id)
        self._glyphs = glyphs
        self._card: CustomerCard | None = None
        self._required: tuple[str, ...] = ()
        self._known: dict[str, Sequence[Choice]] = {}

    def show(self, card: CustomerCard | None, cover: CoverView | None,
             kept: Mapping[str, str]) -> None:  # fmt: skip
        """Ask what the agreement asks for; `kept` is what was typed before."""
        self.remove_children()
        self._card = card
        self._required = () if cover is None else cover.required
        self._known = {}
        if card is None or cover is None:
            return
        sites = [Choice(str(site.id), site.name) for site in card.sites]
        if len(sites) > 1 or (not sites and "site" in self._required):
            self._known["site"] = sites
        if "class" in self._required and cover.classes:
            self._known["class"] = [Choice(key, name) for key, name in cover.classes]
        self.mount_all([*self._finders(kept), *self._entries(kept)])

    def _finders(self, kept: Mapping[str, str]) -> list[Widget]:
        parts: list[Widget] = []
        for name, choices in self._known.items():
            label = {"site": "Where", "class": INTAKE_FIELDS["class"]}[name]
            some = ", ".join(each.text for each in choices[:3])
            more = self._glyphs.ellipsis if len(choices) > 3 else ""
            hint = f"begin to type: {some} {more}".rstrip() if choices else _NO_SITE
            parts.append(TextLines([[Span(label, "ink"), *self._asked(name)]]))
            parts.append(Finder(hint, glyphs=self._glyphs, id=f"new-{name}",
                                text=kept.get(name, "")))  # fmt: skip
            wrong = Prose(id=f"new-{name}-hint")
            wrong.display = False
            parts.append(wrong)
        return parts

    def _entries(self, kept: Mapping[str, str]) -> list[Widget]:
        parts: list[Widget] = []
        for name in self._typed_in:
            parts.append(TextLines([[Span(INTAKE_FIELDS.get(name, name), "ink"),
                                     *self._asked(name)]]))  # fmt: skip
            entry = Input(kept.get(f"field-{name}", ""), id=_entry_id(name), classes="field-entry",
                          placeholder=name.replace("_", " "))  # fmt: skip
            entry.cursor_blink = False
            parts.append(entry)
        return parts

    def _asked(self, name: str) -> list[Span]:
        return [Span(" (asked for)", "quiet")] if name in self._required else []

    @property
    def _typed_in(self) -> list[str]:
        return [name for name in self._required if name not in (*_ELSEWHERE, *_FOUND)]

    def on_finder_typed(self, message: Finder.Typed) -> None:
        """Offer what it may be; whoever keeps drafts hears of it as well."""
        name = str(message.finder.id).removeprefix("new-")
        wanted = message.text.strip()
        found = [each for each in self._known.get(name, ())
                 if wanted and wanted.casefold() in each.text.casefold()]  # fmt: skip
        found.sort(key=lambda each: not begins(each.text, wanted))
        message.finder.offer(found[:CANDIDATES])

    def on_finder_unchosen(self, message: Finder.Unchosen) -> None:
        """Left with the beginning of one of them: that one is meant."""
        message.stop()
        choice = self._meant(str(message.finder.id).removeprefix("new-"), message.text)
        if choice is not None:
            message.finder.fill(choice.text, choice.value)

    def _meant(self, name: str, text: str) -> Choice | None:
        choices = self._known.get(name, ())
        fits = [each for each in choices if each.text.casefold() == text.casefold()]
        fits = fits or [each for each in choices if begins(each.text, text)]
        return fits[0] if len(fits) == 1 else None

    # What was said ----------------------------------------------------------------------------

    def typed(self) -> dict[str, str]:
        """What stands in the lines, for the draft."""
        said = {name: self._text(name) for name in self._known}
        return said | {f"field-{name}": text for name, text in self.fields().items()}

    def _text(self, name: str) -> str:
        found = self.query(f"#new-{name}")
        return found.first(Finder).text if found else ""

    def fields(self) -> dict[str, str]:
        """The lines that are only text, by the policy's names for them."""
        said: dict[str, str] = {}
        for name in self._typed_in:
            found = self.query(f"#{_entry_id(name)}")
            if found:
                said[name] = found.first(Input).value
        return said

    def chosen(self, name: str) -> str | None:
        """The site (its id) or class that was taken; None where nothing is typed.

        Raises `NoneOfThem`.
        """
        if name == "site" and name not in self._known:
            sites = () if self._card is None else self._card.sites
            return str(sites[0].id) if len(sites) == 1 else None
        text, choices = self._text(name).strip(), self._known.get(name, ())
        if not text or not choices:
            return None
        meant = self._meant(name, text)
        if meant is None:
            fits = [each for each in choices if begins(each.text, text)]
            some = ", ".join(each.text for each in (fits or choices)[:CANDIDATES])
            raise NoneOfThem(name, f"“{text}” is not one of them: {some}.")
        return meant.value

    def new_site(self) -> str:
        """The name of the customer's first site, where one was typed."""
        return "" if self._known.get("site", True) else self._text("site").strip()

    def missing(self, *, contact: bool) -> tuple[str, ...]:
        """What is asked for and not said yet, in words."""
        said = {"contact": contact, "type": True, "subject": True, "body": True}
        said["site"] = bool(self.chosen("site") or self.new_site())
        said["class"] = bool(self.chosen("class"))
        said |= {name: bool(text.strip()) for name, text in self.fields().items()}
        return tuple(name.replace("_", " ") for name in self._required if not said.get(name))


def _entry_id(name: str) -> str:
    return f"new-field-{name.replace('_', '-')}"
