"""The commands of the steps, made from the steps: what they need, and how it is typed."""

from __future__ import annotations

import re
import shlex
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from deskterm.cli.ticket_steps import option_of
from deskterm.desk.steps import STEPS, Step
from tests.cli.conftest import Deskterm


@pytest.fixture(autouse=True)
def wide() -> Iterator[None]:
    """Help in long lines, and the viewer in London."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "300")
        patch.setenv("TZ", "Europe/London")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture
def number(deskterm: Deskterm) -> str:
    return deskterm(
        "ticket", "new", "--customer", "Oakfield", "--subject", "Internet down", "--priority", "low"
    ).out.strip()


def help_of(deskterm: Deskterm, step: Step) -> str:
    """The help of a step, every option on a line of its own."""
    return re.sub(r"\n {10,}", " ", deskterm("ticket", step.id, "--help").out)


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_help_marks_what_a_step_needs(bare: Deskterm, step: Step) -> None:
    lines = help_of(bare, step).splitlines()
    for field in step.fields:
        [line] = [line for line in lines if line.strip().startswith(option_of(field) + " ")
                  or line.strip().startswith(option_of(field) + ",")]  # fmt: skip
        assert ("[needed" in line) == (field.required or bool(field.needed)), line
        assert line.rstrip().endswith("[needed]") == field.required, line


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_an_example_gives_all_that_is_marked_and_is_understood(bare: Deskterm, step: Step) -> None:
    said = bare("ticket", step.id, "--help").out.partition("Example")[2].splitlines()[1:]
    examples = [shlex.split(line) for line in said if line.strip()]
    assert examples
    for example in examples:
        assert example[:3] == ["deskterm", "ticket", step.id]
        needed = {option_of(field) for field in step.fields if field.required}
        assert needed <= set(example)
        # There is no desk: a command that was understood gets as far as saying so.
        assert "there is no desk at" in bare.try_(*example[1:]).err


@pytest.mark.parametrize(
    ("step", "arguments", "lacking"),
    [
        ("hold", ("--reason", "awaiting_customer"), "needs what was asked of whom"),
        ("hold", ("--reason", "other"), "needs a text that says why"),
        ("hold", (), "needs a reason: awaiting_customer"),
        ("triage", ("--impact", "all"), "urgency is missing"),
        ("edit", ("--field", "subject"), "needs a subject"),
        ("resolve", (), "needs a text"),
    ],
)
def test_what_is_marked_is_asked_for(
    deskterm: Deskterm, number: str, step: str, arguments: tuple[str, ...], lacking: str
) -> None:
    refused = deskterm.try_("ticket", step, number, *arguments)
    assert refused.status == 1
    assert lacking in refused.err


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("11:00", "2026-11-20T11:00"),
        ("8:30", "2026-11-21T08:30"),
        ("tomorrow 9:00", "2026-11-21T09:00"),
        ("Mon 09:00", "2026-11-23T09:00"),
        ("24 Nov", "2026-11-24T09:00"),
        ("2026-12-01", "2026-12-01T09:00"),
        ("2026-12-01 11:00", "2026-12-01T11:00"),
        ("3d", "2026-11-23T09:00"),
        ("2026-12-01T11:00", "2026-12-01T11:00"),
        ("2026-12-01T11:00:30+00:00", "2026-12-01T11:00:30"),
        ("2026-07-01T11:00+01:00", None),
    ],
)
def test_a_chase_date_is_typed_as_in_the_console_or_as_a_program_writes_it(
    deskterm: Deskterm, number: str, typed: str, meant: str | None
) -> None:
    ran = deskterm.try_("ticket", "hold", number, "--reason", "awaiting_parts", "--chase", typed)
    if meant is None:
        assert (ran.status, "lies in the past" in ran.err) == (1, True)
        return
    assert ran.status == 0, ran.err
    [held] = deskterm("ticket", "show", number, "--json").json["events"]
    at = datetime.fromisoformat(meant).replace(tzinfo=UTC)
    assert held["chase"] == at.isoformat()
    assert not any(key.endswith("_us") for key in held)


def test_a_chase_date_nobody_can_read_says_how_to_type_one(
    deskterm: Deskterm, number: str
) -> None:
    hold = ("ticket", "hold", number, "--reason", "awaiting_parts")
    ran = deskterm.try_(*hold, "--chase", "soonish")
    assert ran.status == 2
    [line] = ran.err.splitlines()
    assert "--chase is 'soonish'" in line
    assert "Mon 9:00" in line and "2026-11-20T16:00+00:00" in line


def test_a_chase_date_is_corrected_the_same_way(deskterm: Deskterm, number: str) -> None:
    deskterm("ticket", "hold", number, "--reason", "awaiting_parts", "--chase", "11:00")
    deskterm("ticket", "edit", number, "--field", "chase_us", "--new", "Mon 9:00")
    events = deskterm("ticket", "show", number, "--json").json["events"]
    assert events[-1]["field"] == "chase"
    assert events[-1]["old"] == "2026-11-20T11:00:00+00:00"
    assert events[-1]["new"] == "2026-11-23T09:00:00+00:00"


def test_a_ticket_is_given_to_somebody_to_oneself_or_to_nobody(
    deskterm: Deskterm, number: str
) -> None:
    deskterm("agent", "add", "Kim Doyle", "--role", "technician")
    for arguments, who in (
        ((), "Sam"),
        (("--agent", "Kim Doyle"), "Kim Doyle"),
        (("--to", "me"), "Sam"),
        (("--to", "Kim Doyle"), "Kim Doyle"),
        (("--agent", "none"), None),
    ):
        deskterm("ticket", "assign", number, *arguments)
        assert deskterm("ticket", "show", number, "--json").json["agent"] == who
