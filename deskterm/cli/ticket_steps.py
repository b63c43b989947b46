"""``deskterm ticket STEP N``: one command for each step of the desk, made from the steps."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from deskterm.cli.now import instant
from deskterm.cli.output import say, say_json
from deskterm.cli.session import working
from deskterm.cli.status import UsageError
from deskterm.cli.words import AsJson, Number, command
from deskterm.desk.model import StepField
from deskterm.desk.steps import STEPS, Step

_PYTHON: Mapping[str, Any] = {"number": int, "ticket": int, "flag": bool}

#: What an example puts where the step asks for a field.
_EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "triage": {"impact": "many", "urgency": "critical"},
    "hold": {"reason": "awaiting_customer", "awaiting": '"photo of the router"'},
    "assign": {"agent": '"Kim Doyle"'},
    "edit": {"field": "subject", "new": '"Internet down in block B"'},
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
    given = dict(_EXAMPLES.get(step.id, {}))
    if not given:
        given = {
            field.name: "1051" if field.kind in ("number", "ticket") else '"…"'
            for field in step.fields
            if field.required
        }
    by_name = {field.name: field for field in step.fields}
    words = "".join(f" {option_of(by_name[name])} {value}" for name, value in given.items())
    return [f"ticket {step.id} 1042{words}"]


def _runner(step: Step) -> Callable[..., None]:
    def run(context: typer.Context, number: int, **values: Any) -> None:
        as_json = values.pop("as_json")
        fields = {**_asked(values.pop("further") or ()), **_given(step, values)}
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
        shown = field.label + (f" ({field.hint})" if field.hint else "")
        if field.choices:
            shown += f": {', '.join(value for value, _ in field.choices)}"
        note = typer.Option(
            option_of(field),
            help=shown + ".",
            metavar="ISO" if field.kind == "instant" else None,
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
    parameters += [
        inspect.Parameter("further", kind, default=None, annotation=Further),
        inspect.Parameter("as_json", kind, default=False, annotation=AsJson),
    ]
    return inspect.Signature(parameters)


def _given(step: Step, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that were named, instants as the desk counts them."""
    fields: dict[str, Any] = {}
    for field in step.fields:
        value = values[field.name]
        if value is None or value is False:
            continue
        fields[field.name] = (
            instant(value, option_of(field)) if field.kind == "instant" else value
        )
    return fields


def _asked(pairs: list[str] | tuple[()]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise UsageError(f"--field takes NAME=VALUE, not {pair!r}")
        fields[name.strip().replace("-", "_")] = value
    return fields
