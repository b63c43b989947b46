"""A new ticket: the keys of `screens.new_ticket_form`.

A ticket that may be the same can be looked at, and be given what was typed instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from textual.widgets import Input

from deskterm.console.catalog import new_ticket as catalog
from deskterm.console.deeds import Deed
from deskterm.console.notices import Notice
from deskterm.console.screens.base import draft_key
from deskterm.console.screens.new_ticket_form import DRAFT as DRAFT
from deskterm.console.screens.new_ticket_form import NewTicketForm
from deskterm.console.widgets.asked_fields import NoneOfThem
from deskterm.console.widgets.finder import CANDIDATES
from deskterm.console.widgets.lines import Choice
from deskterm.console.widgets.painted import Painted
from deskterm.desk.errors import DeskError, StoreLost
from deskterm.desk.model import Done, NewTicket, StepForm


class NewTicketScreen(NewTicketForm):
    """Dismissed with the number of the ticket that was opened, or None."""

    ACTIONS = catalog.ACTIONS

    def __init__(self, customer: str = "") -> None:
        super().__init__(customer)
        self._missing: tuple[str, ...] = ()

    def on_mount(self) -> None:
        """What was said of the draft does not hold any more: it goes on."""
        if self.desk_app.draft_notice is not None:
            self.desk_app.unsay(self.desk_app.draft_notice)
            self.desk_app.draft_notice = None

    # Keys -------------------------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on."""
        event.stop()
        self.focus_next()

    def do_field(self) -> None:
        """See `catalog.new_ticket`, as for the ones below."""
        self.focus_next()

    def do_back(self) -> None:
        if self.is_writing:
            return
        self._keeping.end()
        typed = self._typed()
        self.desk_app.keep_draft(DRAFT, typed)
        if any(text.strip() for text in typed.values()):
            key = self.desk_app.key_of("ticket.new")
            said = Notice(f"Kept as a draft; {key} goes on with it.", "information")
            self.desk_app.draft_notice = said
            self.desk_app.notice(said)
        self.dismiss(None)

    def do_fresh(self) -> None:
        self.desk_app.keep_draft(DRAFT, {})
        self._card = self._terms = None
        self._similar = ()
        self.form.clear()
        self._show_side()
        self._finder("customer").entry.focus()

    def do_open(self) -> None:
        typed = self._typed()
        if self._card is None:
            self._wrong("customer", "Whose ticket is it? Type the customer's name and take it.")
            return
        if not typed["subject"].strip():
            self._wrong("subject", "A subject is needed: what is wrong, in a few words.")
            return
        card, desk, asked = self._card, self.desk, self.form.asked
        try:
            contact = self._contact()
            site, request_class = asked.chosen("site"), asked.chosen("class")
        except NoneOfThem as error:
            self._wrong(error.name, error.sentence)
            return
        new_site = asked.new_site()
        fields = {name: text for name, text in asked.fields().items() if text.strip()}
        self._missing = asked.missing(contact=contact is not None)
        self._opening = True

        def open_ticket() -> Done:
            contact_id = contact
            if isinstance(contact, str):
                contact_id = desk.customers.add_contact(card.customer.id, contact).id
            site_id = None if site is None else int(site)
            if new_site:
                site_id = desk.customers.add_site(card.customer.id, new_site).id
            return desk.tickets.new(
                NewTicket(
                    customer=card.customer.id,
                    subject=typed["subject"],
                    body=typed["body"],
                    contact=contact_id,
                    site=site_id,
                    request_class=request_class,
                    type=typed.get("type") or "incident",
                    channel=typed.get("channel"),
                    tier=typed.get("tier"),
                    fields=fields,
                )
            )

        self.write(open_ticket, self._opened, group="open", failed=self._not_opened,
                   says="opening the ticket …")  # fmt: skip

    def _contact(self) -> int | str | None:
        """The id of who asks, the name of somebody new, or None; raises `NoneOfThem`.

        Nobody is entered anew of whom that has not been said before.
        """
        name = self._finder("contact").text.strip()
        if not name:
            return None
        fits = self._fitting(name)
        if len(fits) == 1:
            self._settle_contact()
            return fits[0].id
        if fits:
            some = ", ".join(each.name for each in fits[:CANDIDATES])
            raise NoneOfThem("contact", f"“{name}” may be {some}: take one, or type all of it.")
        if self._new_contact != name:
            self._new_contact = name
            key = self.desk_app.key_of("new.open")
            raise NoneOfThem("contact", f"“{name}” is no contact yet: {key} again enters it.")
        return name

    def _opened(self, done: Done) -> None:
        self._keeping.end()
        self.desk_app.keep_draft(DRAFT, {})
        key = self.desk_app.key_of("ticket.triage")
        said = [done.sentence, f"{key} triages it."]
        if self._new_contact:
            said.append(f"New contact: {self._new_contact}.")
        if self._missing:
            said.append(f"Still to be asked: {', '.join(self._missing)}.")
        self.did(Deed(done.sentence))
        self.desk_app.say(" ".join(said))
        self.dismiss(done.number)

    def _not_opened(self, error: DeskError) -> None:
        self._opening = False
        self._keep()
        self._lost = isinstance(error, StoreLost)
        said = error.sentence
        if self._lost:
            said += f" It stays here; {self.desk_app.key_of('new.open')} tries again."
        self.form.say("dialog-error", said, "late")
        self.call_after_refresh(self.query_one("#dialog-error").scroll_visible, animate=False)

    def desk_back(self) -> None:
        """See `ActionHost.desk_back`; what could not be opened can be now."""
        super().desk_back()
        if self._lost:
            self._lost = False
            said = f"The database is back: {self.desk_app.key_of('new.open')} opens the ticket."
            self.form.say("dialog-error", said, "accent")

    # What may be the same ---------------------------------------------------------------------

    def do_look(self) -> None:
        """Look at a ticket that may be the same; the form stays as it is."""
        self._alike(self._look_at)

    def do_add(self) -> None:
        """Add what was typed to a ticket that may be the same, instead of opening another."""
        self._alike(self._add_to)

    def on_painted_target_clicked(self, message: Painted.TargetClicked) -> None:
        """A click on a ticket that may be the same looks at it."""
        if message.target.startswith("="):
            message.stop()
            self._look_at(int(message.target.removeprefix("=")))
        else:
            super().on_painted_target_clicked(message)

    def _alike(self, then: Callable[[int], None]) -> None:
        """Go on with the one there is, or with one of those there are."""
        if not self._similar:
            self.desk_app.say("No open ticket of this customer looks the same.", "warning")
        elif len(self._similar) == 1:
            then(self._similar[0].number)
        else:
            choices = [Choice(str(row.number), f"{row.number} {row.subject}")
                       for row in self._similar]  # fmt: skip
            self.open_window("choose", "Which of them?", choices,
                             then=lambda at: then(int(at)) if at else None)  # fmt: skip

    def _look_at(self, number: int) -> None:
        self._keep()
        self.open_window("ticket", number, [row.number for row in self._similar])

    def _add_to(self, number: int) -> None:
        self._keep()
        tickets, typed = self.desk.tickets, self._typed()
        text = "\n".join(part for part in (typed["subject"], typed["body"]) if part.strip())
        row = next(row for row in self._similar if row.number == number)

        def ask(form: StepForm) -> None:
            self._ask_note(form, number, str(row.subject), {"text": text})

        self.ask_for_window(f"Note {number}", lambda: tickets.form("note", number), ask,
                            group="form", draft=draft_key("note", number))  # fmt: skip

    def _ask_note(
        self, form: StepForm, number: int, subject: str, initial: Mapping[str, str],
        wrong: str = "",
    ) -> None:  # fmt: skip
        tickets = self.desk.tickets

        def added(done: Done) -> None:
            for draft in (DRAFT, draft_key("note", number)):
                self.desk_app.keep_draft(draft, {})
            self.desk_app.say(f"{number}: {done.sentence} No second ticket was opened.")
            self.dismiss(number)

        def given(fields: Mapping[str, Any] | None) -> None:
            if fields is not None:
                self.write(
                    lambda: tickets.do("note", number, fields), added, group="add",
                    says=f"{number}: note …", failed=lambda error: self._ask_note(
                        form, number, subject, {}, error.sentence
                    ),
                )  # fmt: skip

        self.open_window("step", form, (number,), initial, subject, wrong, "add", then=given)
