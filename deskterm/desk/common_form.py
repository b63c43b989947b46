"""What a step asks for where it is taken on several tickets, perhaps under several agreements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deskterm.desk.errors import Refused
from deskterm.desk.model import StepField, StepForm
from deskterm.desk.steps import Step


def common_form(step: Step, forms: Sequence[tuple[int, str, StepForm]]) -> StepForm:
    """The fields that every form has, with the choices all of them know.

    `forms` are (number, name of the agreement, form). Raises `Refused` where they have none of the
    choices in common that the step cannot do without.
    """
    first = forms[0][2]
    every = [{field.name: field for field in form.fields} for _, _, form in forms]
    merged = [
        field
        for each in first.fields
        if all(each.name in fields for fields in every)
        and (field := _merged([fields[each.name] for fields in every])) is not None
    ]
    needed = {field.name for field in step.fields if field.required or field.needed}
    asked = {field.name for field in first.fields if field.kind == "choice"} & needed
    if asked and not asked & {field.name for field in merged}:
        label = next(field.label for field in first.fields if field.name in asked).lower()
        raise Refused(f"They have no {label} in common; mark {_grouped(forms)} by themselves.")
    return StepForm(first.id, first.label, tuple(merged), first.asks)


def _merged(fields: Sequence[StepField]) -> StepField | None:
    """None where there is nothing to choose that all of them know."""
    first = fields[0]
    names: list[Mapping[str, str]] = [dict(field.choices) for field in fields]
    choices = tuple(
        (value, " / ".join(dict.fromkeys(each[value] for each in names)))
        for value, _ in first.choices
        if all(value in each for each in names)
    )
    if first.choices and not choices:
        return None
    same = all(field.initial == first.initial for field in fields)
    required = any(field.required for field in fields)
    initial = first.initial if same else None
    return replace(first, choices=choices, initial=initial, required=required)


def _grouped(forms: Sequence[tuple[int, str, StepForm]]) -> str:
    groups: dict[str, list[str]] = {}
    for number, agreement, _ in forms:
        groups.setdefault(agreement, []).append(str(number))
    return " and ".join(f"{', '.join(numbers)} ({name})" for name, numbers in groups.items())
