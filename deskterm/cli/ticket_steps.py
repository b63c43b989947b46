"""``deskterm ticket STEP N``: one command for each step of the desk, made from the steps."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import typer

from deskterm.cli.now import when
from deskterm.cli.output import say, say_json
from deskterm.cli.session import session, working
from deskterm.cli.status import UsageError
from deskterm.cli.words import AsJson, Number, command
from deskterm.desk.model import StepField
from deskterm.desk.steps import STEPS, Step
from deskterm.desk.when import WAYS

_PYTHON: Mapping[str, Any] = {"number": int, "ticket": int, "flag": bool}

#: What stands for a field's value in help.
_METAVARS: Mapping[str, str] = {
    "line": "TEXT", "text": "TEXT", "choice": "WORD", "number": "N", "ticket": "N",
    "instant": "WHEN",
}  # fmt: skip

#: Other names of an option, as people look for it.
_ALSO: Mapping[tuple[str, str], str] = {("assign", "agent"): "--to"}

#: What an example gives for the fields of a step.
_EXAMPLES: Mapping[str, Sequence[Mapping[str, str]]] = {
    "assign": ({}, {"agent": '"Kim Doyle"'}, {"agent": "none"}),
    "triage": ({"impact": "many", "urgency": "critical"}, {"priority": "high"}),
    "respond": ({"text": '"I am looking into it."'},),
    "hold": (
        {"reason": "awaiting_customer", "awaiting": '"photo of the router"'},
        {"reason": "awaiting_parts", "chase_us": '"Mon 9:00"'},
    ),
    "escalate": ({"reason": '"Nobody here knows this switch."'},),
    "resolve": ({"text": '"A new lamp is in."'},),
    "edit": ({"field": "subject", "new": '"Internet down in block B"'},),
}

Further = Annotated[
    list[str] | None,
    typer.Option(
        "--field", help="Something this ticket's policy asks for beside that.", metavar="NAME=VALUE"
    ),
]


def add_steps(tickets: typer.Typer) -> None:
    """Add a command for every step to the group `tickets`."""
    for step in STEPS.values():
        command(tickets, step.id, _runner(step), *_examples(step))


def option_of(field: StepField) -> str:
    """The option that gives a field."""
    name = field.name.removesuffix("_us") if field.kind == "instant" else field.name
    return "--" + name.replace("_", "-")


def _examples(step: Step) -> list[str]:
    needed = {
        field.name: "1051" if field.kind in ("number", "ticket") else '"…"'
        for field in step.fields
        if field.required
    }
    by_name = {field.name: field for field in step.fields}
    return [
        f"ticket {step.id} 1042"
        + "".join(f" {option_of(by_name[name])} {value}" for name, value in given.items())
        for given in _EXAMPLES.get(step.id, (needed,))
    ]


def _shown(field: StepField) -> str:
    """What help says about a field: what it is, what may be given, and whether it has to be."""
    shown = field.label
    hint = field.hint
    if field.kind == "instant":
        hint = ", ".join(part for part in (hint, WAYS) if part)
    if hint:
        shown += f" ({hint})"
    if field.choices:
        shown += f": {', '.join(value for value, _ in field.choices)}"
    shown += "."
    if field.required:
        return f"{shown} [needed]"
    return f"{shown} [needed {field.needed}]" if field.needed else shown


def _runner(step: Step) -> Callable[..., None]:
    def run(context: typer.Context, number: int, **values: Any) -> None:
        as_json = values.pop("as_json")
        further = _asked(values.pop("further", None) or ())
        fields = {**further, **_given(step, values, session(context).clock())}
        with working(context) as desk:
            done = desk.tickets.do(step.id, number, fields)
        if as_json:
            say_json(
                {
                    "number": done.number,
                    "event": done.event_id,
                    "version": done.version,
                    "sentence": done.sentence,
                    "undoable": done.undoable,
                }
            )
        else:
            say(f"{done.number}: {done.sentence}")

    run.__doc__ = step.help
    run.__signature__ = _signature(step)  # type: ignore[attr-defined]  # what Typer reads options from
    return run


def _signature(step: Step) -> inspect.Signature:
    kind = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter("context", kind, annotation=typer.Context),
        inspect.Parameter("number", kind, annotation=Number),
    ]
    for field in step.fields:
        base = _PYTHON.get(field.kind, str)
        also = _ALSO.get((step.id, field.name))
        note = typer.Option(
            option_of(field),
            *(() if also is None else (also,)),
            help=_shown(field),
            metavar=_METAVARS.get(field.kind),
            show_default=False,
        )
        annotation = bool if base is bool else base | None
        parameters.append(
            inspect.Parameter(
                field.name,
                kind,
                default=False if base is bool else None,
                annotation=Annotated[annotation, note],
            )
        )
    # A policy asks for more where a ticket is closed, never where something is corrected.
    if "--field" not in map(option_of, step.fields):
        parameters.append(inspect.Parameter("further", kind, default=None, annotation=Further))
    parameters.append(inspect.Parameter("as_json", kind, default=False, annotation=AsJson))
    return inspect.Signature(parameters)


def _given(step: Step, values: Mapping[str, Any], now_us: int) -> dict[str, Any]:
    """The fields that were named, instants as the desk counts them."""
    fields: dict[str, Any] = {}
    for field in step.fields:
        value = values[field.name]
        if value is None or value is False:
            continue
        fields[field.name] = (
            when(value, option_of(field), now_us) if field.kind == "instant" else value
        )
    if fields.get("field") == "chase_us" and "new" in fields:
        fields["new"] = when(fields["new"], "--new", now_us)
    return fields


def _asked(pairs: list[str] | tuple[()]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(f"--field takes NAME=VALUE, not {pair!r}")
        fields[name.strip().replace("-", "_")] = value
    return fields
