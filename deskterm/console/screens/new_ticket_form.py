"""A new ticket being written: found while typing, the agreement beside it, and never lost.

Every change is kept as a draft within half a second; Esc, a lost database and a crash leave it to
be offered again. What its keys do is in `screens.new_ticket`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, TextArea

from deskterm.console.catalog import everywhere
from deskterm.console.lull import Lull
from deskterm.console.screens.base import DeskScreen, style_sheets
from deskterm.console.widgets.finder import CANDIDATES, Finder, begins
from deskterm.console.widgets.intake_form import IntakeForm
from deskterm.console.widgets.intake_side import IntakeSide
from deskterm.console.widgets.lines import Choice
from deskterm.desk.cover import CoverView
from deskterm.desk.customer_model import CustomerCard, CustomerView
from deskterm.desk.errors import DeskError
from deskterm.desk.model import ContactView, QueueRow

DRAFT: Final = "new-ticket"
_KEPT_SECONDS: Final = 0.4
_ASKED_SECONDS: Final = 0.15
_WIDE: Final = 100


class NewTicketForm(DeskScreen):
    """What it shows and knows."""

    PLACE = "queue"
    EVERYWHERE = everywhere.FORM
    CSS_PATH: ClassVar[Any] = style_sheets("screens/new_ticket", "dialogs/dialog")

    def __init__(self, customer: str = "") -> None:
        """`customer` is whose ticket it is, where that is known; a draft goes on as it was."""
        super().__init__()
        self._customer = customer
        self._card: CustomerCard | None = None
        self._terms: CoverView | None = None
        self._similar: Sequence[QueueRow] = ()
        self._keeping = Lull(self, _KEPT_SECONDS, self._keep)
        self._asking = Lull(self, _ASKED_SECONDS, self._ask_desk)
        self._opening = False
        self._new_contact = ""
        """Whom opening the ticket would enter as a contact, as it is said."""
        self._lost = False
        """Whether it could not be opened because the desk could not be reached."""

    # What it shows ----------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """See `DeskScreen.body`."""
        glyphs = self.desk_app.glyphs
        with Vertical(id="new-frame") as frame:
            frame.border_title = Content("New ticket")
            with Horizontal(id="new-below"):
                yield IntakeForm(glyphs=glyphs)
                with VerticalScroll(id="new-aside", can_focus=False):
                    side = IntakeSide(glyphs=glyphs, local=self.desk_app.local)
                    look, add = (self.desk_app.key_of(key) for key in ("new.look", "new.add"))
                    side.keys = f"{look} looks, {add} adds this to it"
                    yield side

    def on_mount(self) -> None:
        """Offer the draft of before, if there is one."""
        kept = self.desk_app.drafts.find(DRAFT)
        self._finder("customer").entry.focus()
        if kept:
            self._restore(kept)
        elif self._customer:
            self._finder("customer").fill(self._customer)
            self._choose_customer(self._customer, {})
            self._finder("contact").entry.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Fold to the width there is."""
        self.set_class(event.size.width < _WIDE, "-narrow")

    def _restore(self, kept: Mapping[str, str]) -> None:
        fresh = self.desk_app.key_of("new.fresh")
        self.form.say("new-again", f"Your draft from before is here again; {fresh} starts afresh.",
                  "accent")  # fmt: skip
        self._finder("customer").fill(kept.get("customer", ""))
        self._finder("contact").fill(kept.get("contact", ""))
        self.query_one("#new-subject", Input).value = kept.get("subject", "")
        self.query_one("#new-body", TextArea).text = kept.get("body", "")
        if kept.get("customer"):
            self._choose_customer(kept["customer"], kept)

    @property
    def form(self) -> IntakeForm:
        """What is typed and chosen."""
        return self.query_one(IntakeForm)

    def _finder(self, name: str) -> Finder:
        return self.query_one(f"#new-{name}", Finder)

    # The customer and what is promised to them -----------------------------------------------

    def on_finder_typed(self, message: Finder.Typed) -> None:
        """Find customers by name; contacts among those of the customer."""
        message.stop()
        self._keeping.begin()
        if message.finder.id == "new-customer":
            self._card = self._terms = None
            self._show_side()
            customers, text = self.desk.customers, message.text.strip()

            def offer(found: Sequence[CustomerView]) -> None:
                message.finder.offer([Choice(str(each.id), each.name) for each in found])
                unknown = text and not found
                self.form.say("new-customer-hint", self._unknown(text) if unknown else "")

            self.ask(lambda: customers.find(text, CANDIDATES) if text else (), offer,
                     group="find", says="", waits=True)  # fmt: skip
        elif message.finder.id == "new-contact" and self._card is not None:
            wanted = message.text.strip()
            found = [Choice(str(contact.id), contact.name) for contact in self._card.contacts
                     if wanted.casefold() in contact.name.casefold()]  # fmt: skip
            found.sort(key=lambda each: not begins(each.text, wanted))
            message.finder.offer(found[:CANDIDATES])
            self._say_contact("")

    def _unknown(self, text: str) -> str:
        go, add = self.desk_app.key_of("go.customers"), self.desk_app.key_of("customers.add")
        return (f"No customer is called “{text}”. To add one: Esc keeps this as a draft, {go} goes"
                f" to the customers, {add} adds.")  # fmt: skip

    def on_finder_unchosen(self, message: Finder.Unchosen) -> None:
        """Left with words only: the one they can mean is taken; another contact is a new one."""
        message.stop()
        finder, text, customers = message.finder, message.text, self.desk.customers
        if finder.id == "new-contact":
            self._settle_contact()
        elif self._card is None:

            def take(found: Sequence[CustomerView]) -> None:
                meant = [each for each in found if each.name.casefold() == text.casefold()] or found
                if finder.text.strip() != text or finder.entry.has_focus:
                    return
                if len(meant) == 1:
                    finder.fill(meant[0].name, str(meant[0].id))
                    self._choose_customer(meant[0].name, {})
                elif meant:
                    said = f"Several customers match “{text}”: go back and take one with Enter."
                    self.form.say("new-customer-hint", said)
                else:
                    self.form.say("new-customer-hint", self._unknown(text))

            self.ask(lambda: customers.find(text, CANDIDATES), take, group="find")

    def on_finder_picked(self, message: Finder.Picked) -> None:
        """Taken: read what is promised to the customer, and go on."""
        message.stop()
        if message.finder.id == "new-customer":
            self._choose_customer(message.text, {})
        self.focus_next()

    def on_finder_left(self, message: Finder.Left) -> None:
        """Enter with nothing to take."""
        message.stop()
        self.focus_next()

    def _choose_customer(self, name: str, kept: Mapping[str, str]) -> None:
        desk = self.desk

        def read() -> tuple[CustomerCard, CoverView | None]:
            card = desk.customers.card(name)
            cover = desk.tickets.cover(card.agreements[0].id) if card.agreements else None
            return card, cover

        self.ask(read, lambda got: self._chosen(*got, kept), group="card", failed=_not_found,
                 waits=True)  # fmt: skip

    def _chosen(
        self, card: CustomerCard, cover: CoverView | None, kept: Mapping[str, str]
    ) -> None:
        self._card, self._terms = card, cover
        self.form.say("new-customer-hint", "")
        self.form.asked.show(card, cover, kept)
        if cover is not None:
            channels = [Choice(each, each) for each in cover.channels]
            self.form.offer("channel", channels, kept.get("channel"))
            types = [Choice(key, name) for key, name in cover.types.items()]
            self.form.offer("type", types, kept.get("type"))
            tiers = [Choice(key, name) for key, name in cover.tiers.items()]
            self.form.offer("tier", tiers, kept.get("tier") or card.agreements[0].tier)
        if not self._finder("contact").entry.has_focus:
            self._settle_contact()
        self._asking.begin()
        self._show_side()

    def _fitting(self, name: str) -> list[ContactView]:
        """The contacts that can be meant by `name`."""
        known = () if self._card is None else self._card.contacts
        exact = [each for each in known if each.name.casefold() == name.casefold()]
        return exact or [each for each in known if begins(each.name, name)]

    def _settle_contact(self) -> None:
        """Take the one contact that can be meant; say it where nobody can be."""
        finder = self._finder("contact")
        name = finder.text.strip()
        fits = self._fitting(name) if name else []
        if len(fits) == 1:
            finder.fill(fits[0].name, str(fits[0].id))
        self._say_contact(name if name and self._card is not None and not fits else "")

    def _say_contact(self, new: str) -> None:
        """Say that `new` would be a new contact; empty: nobody would be."""
        self._new_contact = new
        said = f"new contact: “{new}” is new here and is entered with the ticket." if new else ""
        self.form.say("new-contact-hint", said)

    # What may be the same, and what is unusual -----------------------------------------------

    def on_choice_row_changed(self) -> None:
        """Another channel, type or tier."""
        self._keeping.begin()
        self._asking.begin()

    def _ask_desk(self) -> None:
        card, desk = self._card, self.desk
        if card is None or not card.agreements:
            return
        subject = self.query_one("#new-subject", Input).value
        channel, tier = self.form.chosen("channel"), self.form.chosen("tier")
        agreement = card.agreements[0].id

        def look() -> tuple[CoverView, Sequence[QueueRow]]:
            return (
                desk.tickets.cover(agreement, channel, tier),
                desk.tickets.similar(card.customer.id, subject),
            )

        def show(got: tuple[CoverView, Sequence[QueueRow]]) -> None:
            self._terms, self._similar = got
            self._show_side()

        self.ask(look, show, group="look", says="", waits=True)

    def reload(self) -> None:
        """See `DeskScreen.reload`: what stands beside the form."""
        self._ask_desk()

    def tick(self, now_us: int) -> int | None:
        """See `DeskScreen.tick`."""
        self.query_one(IntakeSide).tick(now_us)
        return None

    def holds_until_us(self) -> int | None:
        """See `DeskScreen.holds_until_us`: whether the desk is open."""
        return self._terms.changes_us if self._terms is not None else None

    def _show_side(self) -> None:
        self.query_one(IntakeSide).show(self._card, self._terms, self._similar, self.desk.now_us())

    # The draft --------------------------------------------------------------------------------

    def on_input_changed(self) -> None:
        """Something was typed."""
        self._keeping.begin()
        self._asking.begin()

    def on_text_area_changed(self) -> None:
        """Something was typed."""
        self._keeping.begin()

    def _typed(self) -> dict[str, str]:
        typed = {
            "customer": self._finder("customer").text,
            "contact": self._finder("contact").text,
            "subject": self.query_one("#new-subject", Input).value,
            "body": self.query_one("#new-body", TextArea).text,
        }
        typed |= self.form.asked.typed()
        if any(text.strip() for text in typed.values()):
            typed |= {
                name: value for name in ("channel", "type", "tier")
                if (value := self.form.chosen(name)) is not None
            }  # fmt: skip
        return typed

    def keep_typed(self) -> None:
        """See `ActionHost.keep_typed`."""
        self._keep()

    def _keep(self) -> None:
        if not self._opening:
            self.desk_app.keep_draft(DRAFT, self._typed())

    def _wrong(self, name: str, sentence: str) -> None:
        self.form.say(f"new-{name}-hint", sentence, "late")
        target = self.query_one(f"#new-{name}")
        (target.entry if isinstance(target, Finder) else target).focus()
        words = self.query_one(f"#new-{name}-hint")
        self.call_after_refresh(words.scroll_visible, animate=False)


def _not_found(_error: DeskError) -> None:
    """A draft's customer that is no more: the name stays typed, to be chosen anew."""
