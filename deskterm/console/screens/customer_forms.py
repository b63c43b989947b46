"""What is asked when something of a customer is added or changed. Pure: forms in, values out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from deskterm.console.clocktext import Localise
from deskterm.console.variation_words import KINDS, day_words
from deskterm.desk.customer_sheet import CustomerSheet
from deskterm.desk.model import ContactView, SiteView, StepField, StepForm
from deskterm.desk.when import WhenError, read_day

_DAY_HINT: Final = "24 Dec, Mon, tomorrow or 2026-12-24"
_TIME_HINT: Final = "09:00"
_TIME: Final = re.compile(r"(\d{1,2})[:.](\d{2})")
_WEEK: Final = (
    ("mon", "Monday"), ("tue", "Tuesday"), ("wed", "Wednesday"), ("thu", "Thursday"),
    ("fri", "Friday"), ("sat", "Saturday"), ("sun", "Sunday"),
)  # fmt: skip
_DAYS: Final = ("first", "last", "date", "day_from")
_MOMENTS: Final = ("from", "to")


class FormError(ValueError):
    """Something typed that cannot be meant; `sentence` says what can."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def contact_form(sheet: CustomerSheet, contact: ContactView | None) -> StepForm:
    """A person: a new one, or one that is changed."""
    role = StepField("role", "Role", initial=contact.role if contact else None)
    if sheet.roles:
        choices = [*sheet.roles.items()]
        if contact is not None and contact.role and contact.role not in sheet.roles:
            choices.append((contact.role, contact.role.replace("_", " ")))
        role = StepField("role", "Role", "choice", choices=tuple(choices),
                         initial=contact.role if contact else None)  # fmt: skip
    fields = (
        StepField("name", "Name", required=True, initial=contact.name if contact else None),
        StepField("phone", "Phone", initial=(contact.phone if contact else None)),
        StepField("email", "Mail", initial=(contact.email if contact else None)),
        role,
    )
    if contact is None:
        return StepForm(f"contact-of-{sheet.card.customer.id}", "Add a contact", fields, None)
    gone = StepField("gone", "Is no longer there", "flag")
    return StepForm(f"contact-{contact.id}", f"Change {contact.name}", (*fields, gone), None)


def site_form(sheet: CustomerSheet, site: SiteView | None) -> StepForm:
    """A place: a new one, or one that is changed."""
    fields = (
        StepField("name", "Name", required=True, initial=site.name if site else None),
        StepField("address", "Address", "text", initial=site.address if site else None),
        StepField("access", "How to get in", "text", initial=site.access if site else None),
    )
    if site is None:
        return StepForm(f"site-of-{sheet.card.customer.id}", "Add a site", fields, None)
    gone = StepField("gone", "Is no longer visited", "flag")
    return StepForm(f"site-{site.id}", f"Change {site.name}", (*fields, gone), None)


def notes_form(sheet: CustomerSheet) -> StepForm:
    """What everybody should know of a customer."""
    customer = sheet.card.customer
    field = StepField("notes", "What everybody should know", "text", initial=customer.notes)
    return StepForm(f"notes-{customer.id}", f"Notes on {customer.name}", (field,), None)


def customer_form(sheet: CustomerSheet) -> StepForm:
    """Name, phone and mail domain of a customer."""
    customer = sheet.card.customer
    return StepForm(
        f"customer-{customer.id}", f"Change {customer.name}",
        (
            StepField("name", "Name", required=True, initial=customer.name),
            StepField("phone", "Phone", initial=customer.phone),
            StepField("domain", "Domain its mail comes from", initial=customer.domain),
        ),
        None,
    )  # fmt: skip


def changed(form: StepForm, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What is different from what the form began with; emptied fields too."""
    found: dict[str, Any] = {}
    for field in form.fields:
        if field.name == "gone":
            if fields.get("gone"):
                found["active"] = False
            continue
        value = fields.get(field.name, "")
        if value != (field.initial or ""):
            found[field.name] = value
    return found


def agreement_form(sheet: CustomerSheet) -> StepForm:
    """What a customer has bought, from when to when."""
    assert sheet.cover is not None, "the caller has looked"
    agreement = sheet.cover.agreement
    fields = [
        StepField(
            name, label, "choice", required=needed is not None, choices=tuple(choices), initial=now
        )
        for name, label, needed, choices, now in (
            ("package", "What it buys", agreement.package, sheet.packages, agreement.package),
            ("phase", "Phase", None, sheet.phases, agreement.phase),
            ("region", "Region", agreement.region, sheet.regions, agreement.region),
            ("tier", "Usual requester", None, sheet.cover.tiers.items(), agreement.tier),
        )
        if choices
    ]
    fields += [
        StepField("starts", "First day", required=True, initial=_day(agreement.start),
                  hint=_DAY_HINT),
        StepField("ends", "Last day", initial=_day(agreement.end),
                  hint=f"{_DAY_HINT}; empty: it runs on"),
    ]  # fmt: skip
    if sheet.visits_bought:
        fields.append(StepField("visits", "Visits bought", "number",
                                initial=_number(agreement.visits),
                                hint="empty: the usual number, else as booked"))  # fmt: skip
    if sheet.fair_use:
        fields.append(StepField("fair_use", "Fair use in a school year, visits and sessions each",
                                "number", initial=_number(agreement.fair_use),
                                hint="empty: no number was agreed"))  # fmt: skip
    return StepForm(
        f"agreement-{agreement.id}", f"Agreement, {agreement.policy_name}", tuple(fields),
        "It counts for new tickets and for visits; open tickets keep the promises they were"
        " opened with.",
    )  # fmt: skip


def agreement_changes(
    form: StepForm, fields: Mapping[str, Any], now_us: int, local: Localise
) -> dict[str, Any]:
    """What the desk takes for what is different. Raises `FormError`."""
    found: dict[str, Any] = {}
    for field in form.fields:
        value = fields.get(field.name)
        if ("" if value is None else str(value)) == (field.initial or ""):
            continue
        if value is not None and field.name in ("starts", "ends"):
            try:
                value = read_day(str(value), now_us, local)
            except WhenError as error:
                raise FormError(error.sentence) from error
        found[field.name] = value
    return found


def _day(text: str | None) -> str | None:
    """``2026-09-01`` as it can be typed and read: ``1 Sep 2026``."""
    return None if text is None else day_words(text).partition(" ")[2]


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def variation_form(sheet: CustomerSheet, kind: str) -> StepForm:
    """A dated change to the agreement of one customer."""
    count = sheet.card.open_tickets
    tickets = "1 open ticket" if count == 1 else f"{count} open tickets"
    said = f"The clocks of {tickets} move with it; what was met or missed stays so."
    if kind == "target":
        said = "It counts for tickets opened from that day on; those opened before keep theirs."
    why = StepField("reason", "Why, or what it was agreed in", required=True)
    return StepForm(
        f"vary-{kind}-{sheet.card.customer.id}", f"{KINDS[kind][:1].upper()}{KINDS[kind][1:]}",
        (*_fields(sheet, kind), why), said,
    )  # fmt: skip


def _fields(sheet: CustomerSheet, kind: str) -> tuple[StepField, ...]:
    day, time = _DAY_HINT, _TIME_HINT
    if kind == "shutdown":
        return (
            StepField("first", "First day closed", required=True, hint=day),
            StepField("last", "Last day closed", required=True, hint=day),
            StepField("name", "What it is called", initial=sheet.closure),
        )
    if kind == "extra":
        return (
            StepField("date", "Day", required=True, hint=day),
            StepField("from", "Opens", required=True, hint=time),
            StepField("to", "Closes", required=True, hint=time),
        )
    if kind == "weekly_extra":
        return (
            StepField("day", "Every", "choice", required=True, choices=_WEEK, initial="sat"),
            StepField("from", "Opens", required=True, hint=time),
            StepField("to", "Closes", required=True, hint=time),
            StepField("first", "From the day", required=True, hint=day),
            StepField("last", "Until the day", hint=f"{day}; empty: without end"),
        )
    if kind == "break":
        return (
            StepField("date", "Day", required=True, hint=day),
            StepField("from", "Closes", required=True, hint=time),
            StepField("to", "Opens again", required=True, hint=time),
        )
    levels = sheet.cover.priorities if sheet.cover is not None else ()
    return (
        StepField("clock", "Which target", "choice", required=True, choices=sheet.clocks),
        StepField("priority", "For", "choice", required=True,
                  choices=(("*", "every priority"), *levels)),
        StepField("amount", "How long", required=True,
                  hint="4 working hours, 2 working days, 72 hours, none"),
        StepField("day_from", "For tickets opened from", required=True, hint=day),
        StepField("clause", "Where it is agreed"),
    )  # fmt: skip


def closure_form(sheet: CustomerSheet) -> StepForm:
    """The yearly closure of the policy, for everybody under it."""
    assert sheet.cover is not None and sheet.closure is not None, "the caller has looked"
    agreement = sheet.cover.agreement
    year = f" {sheet.closure_missing}" if sheet.closure_missing else ""
    return StepForm(
        f"closure-{agreement.policy}", f"{sheet.closure}{year} of {agreement.policy_name}",
        (
            StepField("first", "First day closed", required=True, hint=_DAY_HINT),
            StepField("last", "Last day closed", required=True, hint=_DAY_HINT),
        ),
        f"It closes the desk for every customer under {agreement.policy_name};"
        " open clocks move with it.",
    )  # fmt: skip


def variation_data(
    kind: str, fields: Mapping[str, Any], now_us: int, local: Localise
) -> dict[str, Any]:
    """What the desk takes for a variation of `kind`. Raises `FormError`."""
    read: dict[str, str] = {}
    for name, value in fields.items():
        if name in _DAYS:
            try:
                read[name] = read_day(str(value), now_us, local)
            except WhenError as error:
                raise FormError(error.sentence) from error
        elif name in _MOMENTS:
            read[name] = _time(str(value))
        elif name != "reason":
            read[name] = str(value)
    if kind == "shutdown" and read["last"] < read["first"]:
        raise FormError("The last day closed lies before the first.")
    if kind == "break":
        date = read.pop("date")
        return {"from": f"{date}T{read['from']}", "to": f"{date}T{read['to']}"}
    if kind == "target":
        data: dict[str, Any] = {
            "clock": read["clock"],
            "from": read["day_from"],
            "amounts": {read["priority"]: read["amount"]},
        }
        if read.get("clause"):
            data["clause"] = read["clause"]
        return data
    return dict(read)


def _time(text: str) -> str:
    found = _TIME.fullmatch(text.strip())
    if found is None or int(found[1]) > 24 or int(found[2]) > 59:
        raise FormError(f"“{text}” is no time of day; write it like 09:00.")
    return f"{int(found[1]):02}:{found[2]}"
