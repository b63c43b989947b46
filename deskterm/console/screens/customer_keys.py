"""What is done to a customer by key: every form, what the desk answers, and who was quicker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from textual.content import Content

from deskterm.console.actions import READ_ONLY
from deskterm.console.screens.base import DeskScreen, draft_key
from deskterm.console.screens.clock_moving import ClocksMoving, Moving
from deskterm.console.screens.customer_forms import (
    FormError,
    agreement_changes,
    agreement_form,
    changed,
    closure_form,
    contact_form,
    customer_form,
    notes_form,
    site_form,
    variation_data,
    variation_form,
)
from deskterm.console.variation_words import KINDS, variation_words
from deskterm.console.widgets.lines import Choice
from deskterm.desk.customer_sheet import CustomerSheet
from deskterm.desk.errors import Conflict, DeskError
from deskterm.desk.model import StepField, StepForm

Write = Callable[[Mapping[str, Any], int | None], str]
"""Writes what was typed, based on a version; blocks, and answers with a sentence."""


class CustomerKeys(DeskScreen):
    """A screen with one customer in hand, `sheet`."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet: CustomerSheet | None = None
        self._moving: Moving | None = None
        self.clocks_move = False
        """Open clocks are being moved, which can be let go of."""

    # Asking and writing -----------------------------------------------------------------------

    def _fill(self, form: StepForm, write: Write, wrong: str = "") -> None:
        """Ask for `form` and write it; what the desk refuses is said in the form, kept as typed."""
        assert self.sheet is not None, "only asked with a customer in hand"
        version = self.sheet.card.customer.version

        def filled(fields: dict[str, Any] | None) -> None:
            if fields is not None:
                self._write(form, fields, write, version)

        self.open_window("step", form, (), None, "", wrong, "save", then=filled)

    def _write(
        self, form: StepForm, fields: Mapping[str, Any], write: Write, version: int | None
    ) -> None:
        def work() -> str:
            try:
                return write(fields, version)
            except FormError as error:
                raise DeskError(error.sentence) from error

        def failed(error: DeskError) -> None:
            self._clocks_at_rest()
            if isinstance(error, Conflict):
                theirs = error
                self.open_window(
                    "conflict", form.label, self._called(), theirs,
                    then=lambda again: self._write(form, fields, write, theirs.version)
                    if again else self.reload(),
                )  # fmt: skip
            else:
                self._fill(form, write, error.sentence)

        def done(sentence: str) -> None:
            self._clocks_at_rest()
            self.desk_app.keep_draft(draft_key(form.id, 0), {})
            self.desk_app.say(sentence)
            self.header.notice = None
            self.reload()

        self.write(work, done, group=f"write-{form.id}-{fields}", failed=failed, says="saving …")

    def _called(self) -> str:
        return self.sheet.card.customer.name if self.sheet is not None else ""

    def _begin_moving(self) -> Moving:
        """For a change that moves open clocks; called in the thread that writes it."""
        self._moving = Moving(self.post_message)
        return self._moving

    def on_clocks_moving(self, message: ClocksMoving) -> None:
        """Say how far it is, and how to let go of it."""
        message.stop()
        if message.done >= message.of:
            self._clocks_at_rest()
            return
        dot, key = self.desk_app.glyphs.dot, self.desk_app.key_of("app.back")
        self.query_one("#customers-frame").border_subtitle = Content(
            f"moving the clocks of open tickets: {message.done} of {message.of} {dot} {key} stops"
        )
        if not self.clocks_move:
            self.clocks_move = True
            self.show_keys()

    def _clocks_at_rest(self) -> None:
        if self.clocks_move:
            self.clocks_move = False
            self.query_one("#customers-frame").border_subtitle = ""
            self.show_keys()

    def let_go(self) -> bool:
        """Stop the moving of clocks, if some are moved: the rest follow by themselves."""
        if self.clocks_move and self._moving is not None:
            self._moving.stop()
            return True
        return False

    def show_keys(self) -> None:
        """Show in the footer what works just now."""
        raise NotImplementedError

    # Things on the card -----------------------------------------------------------------------

    def open_thing(self, target: str) -> None:
        """Open a ticket, or change a person, a place or a variation."""
        sheet = self.sheet
        kind, _, text = target.partition(":")
        if sheet is None:
            return
        number = int(text)
        if kind == "ticket":
            shown = [row.number for row in (*sheet.open, *sheet.recent)]
            self.open_window("ticket", number, shown)
        elif self.desk_app.read_only:
            self.desk_app.say(READ_ONLY, "warning")
        elif kind == "contact":
            self._change_contact(sheet, number)
        elif kind == "site":
            self._change_site(sheet, number)
        elif kind == "variation":
            self._withdraw(sheet, number)

    def _change_contact(self, sheet: CustomerSheet, number: int) -> None:
        contact = next(each for each in sheet.card.contacts if each.id == number)
        form, customers = contact_form(sheet, contact), self.desk.customers

        def write(fields: Mapping[str, Any], version: int | None) -> str:
            customers.edit_contact(number, version=version, **changed(form, fields))
            return f"{contact.name} is changed."

        self._fill(form, write)

    def _change_site(self, sheet: CustomerSheet, number: int) -> None:
        site = next(each for each in sheet.card.sites if each.id == number)
        form, customers = site_form(sheet, site), self.desk.customers

        def write(fields: Mapping[str, Any], version: int | None) -> str:
            customers.edit_site(number, version=version, **changed(form, fields))
            return f"{site.name} is changed."

        self._fill(form, write)

    def do_contact(self) -> None:
        """See `catalog.customers`, as for the ones below."""
        sheet, customers = self.sheet, self.desk.customers
        if sheet is None:
            return
        owner = sheet.card.customer

        def write(fields: Mapping[str, Any], _version: int | None) -> str:
            customers.add_contact(owner.id, **{"role": "", **fields})
            return f"{fields['name']} is a contact of {owner.name}."

        self._fill(contact_form(sheet, None), write)

    def do_site(self) -> None:
        sheet, customers = self.sheet, self.desk.customers
        if sheet is None:
            return
        owner = sheet.card.customer

        def write(fields: Mapping[str, Any], _version: int | None) -> str:
            customers.add_site(owner.id, **fields)
            return f"{fields['name']} is a site of {owner.name}."

        self._fill(site_form(sheet, None), write)

    def _edit(self, form: StepForm) -> None:
        assert self.sheet is not None
        owner, customers = self.sheet.card.customer, self.desk.customers

        def write(fields: Mapping[str, Any], version: int | None) -> str:
            customers.edit(owner.id, version=version, **changed(form, fields))
            return f"{fields.get('name', owner.name)} is changed."

        self._fill(form, write)

    def do_notes(self) -> None:
        if self.sheet is not None:
            self._edit(notes_form(self.sheet))

    def do_edit(self) -> None:
        if self.sheet is not None:
            self._edit(customer_form(self.sheet))

    def do_agreement(self) -> None:
        sheet, customers = self.sheet, self.desk.customers
        if sheet is None:
            return
        if sheet.cover is None:
            self.desk_app.say("There is no agreement to change.", "warning")
            return
        agreement, form = sheet.cover.agreement, agreement_form(sheet)
        now_us, local = self.desk.now_us(), self.desk_app.local

        def write(fields: Mapping[str, Any], version: int | None) -> str:
            changes = agreement_changes(form, fields, now_us, local)
            customers.edit_agreement(agreement.id, version=version, **changes)
            return f"The agreement with {self._called()} is changed."

        self._fill(form, write)

    def do_new(self) -> None:
        """A ticket of this customer; a draft begun before goes on as it was."""
        self.open_window("new", self._called(), then=self._opened)

    def _opened(self, number: int | None) -> None:
        if number is not None:
            self.open_window("ticket", number)
            self.reload()

    # Variations -------------------------------------------------------------------------------

    def _may_vary(self) -> CustomerSheet | None:
        sheet = self.sheet
        if sheet is None:
            return None
        if sheet.may_vary is not None:
            self.desk_app.say(sheet.may_vary, "warning")
            return None
        if sheet.cover is None:
            self.desk_app.say("Without an agreement there is nothing to vary.", "warning")
            return None
        return sheet

    def do_vary(self) -> None:
        sheet = self._may_vary()
        if sheet is None:
            return
        choices = [Choice(kind, f"{words[:1].upper()}{words[1:]}") for kind, words in KINDS.items()]

        def chosen(kind: str | None) -> None:
            if kind is not None:
                self._vary(sheet, kind)

        self.open_window("choose", f"What was agreed with {self._called()}?", choices, then=chosen)

    def _vary(self, sheet: CustomerSheet, kind: str) -> None:
        assert sheet.cover is not None
        agreement, customers = sheet.cover.agreement.id, self.desk.customers
        now_us, local = self.desk.now_us(), self.desk_app.local

        def write(fields: Mapping[str, Any], _version: int | None) -> str:
            data, moving = variation_data(kind, fields, now_us, local), self._begin_moving()
            view = customers.add_variation(
                agreement, kind, data, reason=str(fields.get("reason", "")), progress=moving
            )
            return f"Entered: {variation_words(view)}. {moving.sentence()}"

        self._fill(variation_form(sheet, kind), write)

    def do_closure(self) -> None:
        sheet = self._may_vary()
        if sheet is None:
            return
        if sheet.closure is None:
            self.desk_app.say("This agreement speaks of no yearly closure; a shutdown of one"
                              " customer is a variation.", "warning")  # fmt: skip
            return
        assert sheet.cover is not None
        policy, customers, name = sheet.cover.agreement.policy, self.desk.customers, sheet.closure
        now_us, local = self.desk.now_us(), self.desk_app.local

        def write(fields: Mapping[str, Any], _version: int | None) -> str:
            data = variation_data("shutdown", {**fields, "name": name}, now_us, local)
            moving = self._begin_moving()
            view = customers.add_policy_variation(policy, "shutdown", data, progress=moving)
            return f"Entered: {variation_words(view)}. {moving.sentence()}"

        self._fill(closure_form(sheet), write)

    def do_withdraw(self) -> None:
        selected = getattr(self.query_one("#customer-card"), "selected", None) or ""
        sheet = self.sheet
        if sheet is None or not selected.startswith("variation:"):
            self.desk_app.say("Go to a variation on the card first; this takes it back.", "warning")
            return
        self._withdraw(sheet, int(selected.partition(":")[2]))

    def _withdraw(self, sheet: CustomerSheet, number: int) -> None:
        if self._may_vary() is None:
            return
        variation = next(each for each in sheet.card.variations if each.id == number)
        words = variation_words(variation)
        customers = self.desk.customers
        whose = (
            f" It was entered for everybody under {sheet.cover.agreement.policy_name}."
            if variation.policy is not None and sheet.cover is not None else ""
        )  # fmt: skip
        form = StepForm(
            f"withdraw-{number}", "Take back",
            (StepField("reason", "Why", required=True),),
            f"{words[:1].upper()}{words[1:]}.{whose} Open clocks move back; verdicts given stay.",
        )  # fmt: skip

        def write(fields: Mapping[str, Any], _version: int | None) -> str:
            moving = self._begin_moving()
            customers.withdraw_variation(number, str(fields["reason"]), progress=moving)
            return f"Taken back: {words}. {moving.sentence()}"

        self._fill(form, write)

    # A new customer ---------------------------------------------------------------------------

    def do_add(self) -> None:
        library = self.desk.policies

        def offered() -> list[Choice]:
            found = [library.library.load(entry.id) for entry in library.library.entries()]
            return [Choice(each.id, each.name) for each in found]

        def choose(choices: list[Choice]) -> None:
            self.open_window(
                "choose", "Under which agreement?", choices,
                then=lambda policy: self._ask_customer(policy) if policy else None,
            )  # fmt: skip

        self.ask(offered, choose, group="policies")

    def _ask_customer(self, policy_id: str) -> None:
        library, customers = self.desk.policies, self.desk.customers

        def form() -> StepForm:
            policy = library.library.load(policy_id)
            fields = [StepField("name", "Name", required=True)]
            for name, label, options, first in (
                ("package", "What it buys",
                 {key: each.name for key, each in policy.packages.items()}, policy.default_package),
                ("region", "Region",
                 {key: each.name for key, each in policy.regions.items()}, policy.default_region),
                ("tier", "Usual requester", dict(policy.tiers), None),
            ):
                if options:
                    fields.append(
                        StepField(name, label, "choice", choices=tuple(options.items()),
                                  initial=first)
                    )  # fmt: skip
            fields.append(StepField("domain", "Domain its mail comes from"))
            fields.append(StepField("phone", "Phone"))
            return StepForm(f"customer-under-{policy_id}", f"New customer, {policy.name}",
                            tuple(fields), None)  # fmt: skip

        def fill(asked: StepForm, wrong: str = "") -> None:
            def filled(fields: dict[str, Any] | None) -> None:
                if fields is None:
                    return
                name = str(fields.pop("name"))
                self.write(
                    lambda: customers.add(name, policy_id, **fields), added, group=f"add-{name}",
                    says=f"adding {name} …",
                    failed=lambda error: fill(asked, error.sentence),
                )  # fmt: skip

            def added(customer: Any) -> None:
                self.desk_app.keep_draft(draft_key(asked.id, 0), {})
                self.desk_app.say(f"{customer.name} is a customer.")
                self.show_customer(customer.id)

            self.open_window("step", asked, (), None, "", wrong, "add", then=filled)

        self.ask(form, fill, group="policies")

    def show_customer(self, number: int) -> None:
        """Go to the card of the customer with this id."""
        raise NotImplementedError
