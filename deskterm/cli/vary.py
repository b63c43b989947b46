"""``deskterm vary``: dated changes to what was agreed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deskterm.cli.output import say, say_json, say_json_list, say_table
from deskterm.cli.progress import Progress
from deskterm.cli.session import asking, working
from deskterm.cli.status import CommandError, UsageError
from deskterm.cli.times import iso, short
from deskterm.cli.visit_shapes import say_in_question
from deskterm.cli.words import AsJson, command, group

if TYPE_CHECKING:
    from deskterm.desk.customer_model import VariationView
    from deskterm.desk.desk import Desk

Policy = Annotated[
    str | None, typer.Option(help="For every agreement under this policy.", metavar="ID")
]
Customer = Annotated[
    str | None, typer.Option(help="For this customer's agreement.", metavar="NAME")
]
Reason = Annotated[str, typer.Option(help="Why, or what it was agreed in.", metavar="TEXT")]


_TICKETS = "clocks of open tickets:"


def shutdown(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="FIRST", help="First date it is closed.")],
    last: Annotated[str, typer.Argument(metavar="LAST", help="Last date it is closed.")],
    policy: Policy = None,
    customer: Customer = None,
    name: Annotated[str | None, typer.Option(help="What it is called.")] = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Enter dates on which everything is closed."""
    data = {"first": first, "last": last, **({"name": name} if name else {})}
    _enter(context, policy, customer, "shutdown", data, reason, as_json)


def hours(
    context: typer.Context,
    date: Annotated[str, typer.Argument(metavar="DATE", help="The date.")],
    from_: Annotated[str, typer.Argument(metavar="FROM", help="Opens, as 09:00.")],
    to: Annotated[str, typer.Argument(metavar="TO", help="Closes, as 13:00.")],
    policy: Policy = None,
    customer: Customer = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Enter bought desk hours on one date."""
    data = {"date": date, "from": from_, "to": to}
    _enter(context, policy, customer, "extra", data, reason, as_json)


def weekly(
    context: typer.Context,
    day: Annotated[str, typer.Argument(metavar="DAY", help="mon … sun.")],
    from_: Annotated[str, typer.Argument(metavar="FROM", help="Opens, as 09:00.")],
    to: Annotated[str, typer.Argument(metavar="TO", help="Closes, as 13:00.")],
    first: Annotated[str, typer.Option(help="From this date on.", metavar="DATE")],
    last: Annotated[
        str | None, typer.Option(help="Up to this date (default: without end).", metavar="DATE")
    ] = None,
    policy: Policy = None,
    customer: Customer = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Enter desk hours bought for every week."""
    data = {"day": day, "from": from_, "to": to, "first": first}
    if last is not None:
        data["last"] = last
    _enter(context, policy, customer, "weekly_extra", data, reason, as_json)


def pause(
    context: typer.Context,
    from_: Annotated[str, typer.Argument(metavar="FROM", help="Local time, as 2026-11-20T13:00.")],
    to: Annotated[str, typer.Argument(metavar="TO", help="Local time, as 2026-11-20T14:30.")],
    policy: Policy = None,
    customer: Customer = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Enter a stretch that is cut out of all hours."""
    _enter(context, policy, customer, "break", {"from": from_, "to": to}, reason, as_json)


def target(
    context: typer.Context,
    clock: Annotated[str, typer.Argument(metavar="CLOCK", help="The clock whose target changes.")],
    amounts: Annotated[
        list[str],
        typer.Argument(metavar="PRIORITY=AMOUNT…", help="As high='2 working hours'; * for all."),
    ],
    first: Annotated[
        str,
        typer.Option("--from", help="For tickets opened from this date on.", metavar="DATE"),
    ],
    policy: Policy = None,
    customer: Customer = None,
    clause: Annotated[str | None, typer.Option(help="Where it is agreed.")] = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Enter changed targets for tickets opened from a date on."""
    changed: dict[str, str] = {}
    for pair in amounts:
        priority, equals, amount = pair.partition("=")
        if not equals:
            raise UsageError(f"{pair!r} is no change; write it like high='2 working hours'")
        changed[priority.strip()] = amount.strip()
    data: dict[str, Any] = {"clock": clock, "from": first, "amounts": changed}
    if clause:
        data["clause"] = clause
    _enter(context, policy, customer, "target", data, reason, as_json)


def withdraw(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="As `deskterm vary list` shows it.")],
    reason: Annotated[str, typer.Option(help="Why it is taken back.", metavar="TEXT")],
) -> None:
    """Take back what was entered by mistake; verdicts given under it stay."""
    with working(context) as desk, Progress() as progress:
        desk.customers.withdraw_variation(number, reason, progress=partial(progress, _TICKETS))
    say(f"{number} is taken back")


def list_(
    context: typer.Context,
    policy: Policy = None,
    customer: Customer = None,
    as_json: AsJson = False,
) -> None:
    """List what was entered for a policy or a customer."""
    with asking(context) as desk:
        now_us = desk.now_us()
        if customer is not None:
            found = desk.customers.card(customer).variations
        elif policy is not None:
            found = desk.customers.policy_variations(policy)
        else:
            raise UsageError("name --policy ID or --customer NAME")
    if as_json:
        say_json_list(map(_shape, found))
        return
    say_table(
        ("id", "what", "for", "entered", "by", "why"),
        [
            (
                one.id,
                describe(one),
                one.policy or "this customer",
                short(one.entered_us, now_us) + (" (taken back)" if one.withdrawn_us else ""),
                one.agent or "",
                one.reason,
            )
            for one in found
        ],
    )


def describe(variation: VariationView) -> str:
    """A variation in a few words: ``shutdown 2026-12-24 – 2027-01-03``."""
    data = variation.data
    if variation.kind == "shutdown":
        named = f" ({data['name']})" if data.get("name") else ""
        return f"shutdown {data['first']} – {data['last']}{named}"
    if variation.kind == "extra":
        return f"bought {data['date']} {data['from']} – {data['to']}"
    if variation.kind == "weekly_extra":
        dates = f"from {data['first']}" + (f" to {data['last']}" if data.get("last") else "")
        return f"bought every {data['day']} {data['from']} – {data['to']} {dates}"
    if variation.kind == "break":
        return f"closed {data['from']} – {data['to']}"
    amounts = ", ".join(f"{name} {words}" for name, words in data["amounts"].items())
    return f"{data['clock']} from {data['from']}: {amounts}"


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    varied = group(app, "vary", "Dated changes to hours and targets, by policy or by customer.")
    command(
        varied,
        "shutdown",
        shutdown,
        'vary shutdown 2026-12-24 2027-01-03 --policy our-school --name "Christmas shutdown"',
    )
    command(varied, "hours", hours, "vary hours 2026-11-28 09:00 13:00 --customer Oakfield")
    command(varied, "weekly", weekly, "vary weekly sat 09:00 13:00 --first 2026-11-01 --customer X")
    command(
        varied, "break", pause, "vary break 2026-11-20T13:00 2026-11-20T14:30 --policy our-school"
    )
    command(
        varied,
        "target",
        target,
        "vary target resolution 'high=4 working hours' --from 2027-01-01 --customer Oakfield",
    )
    command(varied, "withdraw", withdraw, 'vary withdraw 7 --reason "wrong year"')
    command(varied, "list", list_, "vary list --policy our-school")


def _enter(
    context: typer.Context,
    policy: str | None,
    customer: str | None,
    kind: str,
    data: dict[str, Any],
    reason: str,
    as_json: bool,
) -> None:
    if (policy is None) == (customer is None):
        raise UsageError("name either --policy ID or --customer NAME")
    with working(context) as desk, Progress() as bar:
        progress = partial(bar, _TICKETS)
        if policy is not None:
            entered = desk.customers.add_policy_variation(
                policy, kind, data, reason=reason, progress=progress
            )
        else:
            entered = desk.customers.add_variation(
                _agreement(desk, str(customer)), kind, data, reason=reason, progress=progress
            )
        found = desk.visits.in_question(1)
    if as_json:
        say_json(_shape(entered))
    else:
        say(f"{entered.id}: {describe(entered)}")
        say_in_question(found)


def _agreement(desk: Desk, customer: str) -> int:
    """The customer's newest agreement."""
    card = desk.customers.card(customer)
    if not card.agreements:
        raise CommandError(f"{card.customer.name} has no agreement to vary")
    return card.agreements[0].id


def _shape(variation: VariationView) -> dict[str, Any]:
    return {
        "id": variation.id,
        "kind": variation.kind,
        "policy": variation.policy,
        "agreement": variation.agreement_id,
        "data": variation.data,
        "reason": variation.reason,
        "agent": variation.agent,
        "entered": iso(variation.entered_us),
        "withdrawn": iso(variation.withdrawn_us),
    }
