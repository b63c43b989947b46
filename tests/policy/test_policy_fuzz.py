"""Whatever stands in a policy file, reading it ends in a policy or in findings, and soon."""

from __future__ import annotations

import gc
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.policy import Finding, Policy, PolicyError, read_policy
from deskterm.policy.describe import describe
from tests.policy.texts import GOOD, SHIPPED, shipped_text

EXAMPLES = settings(max_examples=150, deadline=None)

# Processor time, not the clock on the wall: a busy machine must not fail it.
SECONDS = 1.0

KEYS = (
    "id", "name", "calendars", "desk", "onsite", "tz", "hours", "holidays", "closed", "mon-fri",
    "priorities", "definition", "triage", "kind", "rows", "impact", "urgency", "grid", "targets",
    "clock", "start", "stop", "calendar", "amount", "when", "package", "channel", "priority",
    "packages", "slots", "cover", "regions", "types", "incident", "tiers", "classes", "parent",
    "holds", "ladder", "roles", "alerts", "share", "step", "kpis", "measure", "clocks", "goal",
    "checks", "checklists", "items", "every", "review", "phases", "boundaries", "who", "debrief",
    "releases", "contact_roles", "close_reasons", "warning_share", "maintenance_notice",
)  # fmt: skip
WORDS = (
    "desk", "Europe/London", "Europe/", "mon-fri", "08:00-16:30", "22:00-06:00", "4 working hours",
    "next business day", "none", "opened", "resolved", "grid", "list", "P1", "high", "visits",
    "elapsed", "GB-ENG", "", "*", "\x00", "\x1b[2J", "\u202e", "\ud800", "x" * 500,
)  # fmt: skip

keys = st.one_of(st.sampled_from(KEYS), st.text(max_size=8))
words = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
numbers = st.one_of(st.integers(-5, 400), st.just(10**30), st.floats(), st.booleans())
values = st.recursive(
    st.one_of(words, numbers),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=5)),
    max_leaves=25,
)


def toml(value: object) -> str:
    """`value` on one line of TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "[" + ", ".join(toml(entry) for entry in value) + "]"
    assert isinstance(value, dict)
    return "{" + ", ".join(f"{quoted(key)} = {toml(entry)}" for key, entry in value.items()) + "}"


def quoted(text: str) -> str:
    out = ""
    for char in text:
        plain = char.isprintable() and char not in '"\\'
        surrogate = 0xD800 <= ord(char) < 0xE000
        out += char if plain or surrogate else f"\\U{ord(char):08x}"
    return f'"{out}"'


def read(text: str) -> Policy | tuple[Finding, ...]:
    """The policy or the findings; fails when it takes longer than a second."""
    begun = time.process_time()
    try:
        result: Policy | tuple[Finding, ...] = read_policy(text, "fuzz.toml")
    except PolicyError as error:
        result = error.findings
        assert result, "an error without a finding tells nobody anything"
        assert all(str(finding).isprintable() for finding in result)
    assert time.process_time() - begun < SECONDS
    if isinstance(result, Policy):
        assert describe(result)
    return result


@EXAMPLES
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    read(text)


@EXAMPLES
@given(st.text(alphabet="[]{}=.\"'#\n\\ a1-:_,", max_size=300))
def test_anything_that_looks_like_toml(text: str) -> None:
    read(text)


@EXAMPLES
@given(st.dictionaries(keys, values, max_size=8))
def test_any_structure(tables: dict[str, object]) -> None:
    read("".join(f"{quoted(key)} = {toml(value)}\n" for key, value in tables.items()))


@EXAMPLES
@given(st.sampled_from(KEYS), values)
def test_a_good_policy_with_a_section_replaced(key: str, value: object) -> None:
    head = f"{key} = {toml(value)}\n"
    lines = [line for line in GOOD.splitlines() if not line.startswith(f"{key} =")]
    read(head + "\n".join(lines))


def sections(text: str) -> list[int]:
    return [number for number, line in enumerate(text.splitlines()) if "=" in line]


@EXAMPLES
@given(st.sampled_from(SHIPPED), st.data())
def test_a_shipped_policy_with_one_value_replaced(name: str, data: st.DataObject) -> None:
    lines = shipped_text(name).splitlines()
    number = data.draw(st.sampled_from(sections(shipped_text(name))))
    key = lines[number].partition("=")[0]
    lines[number] = f"{key}= {toml(data.draw(values))}"
    read("\n".join(lines))


@EXAMPLES
@given(st.sampled_from(SHIPPED), st.data())
def test_a_shipped_policy_damaged_anywhere(name: str, data: st.DataObject) -> None:
    text = shipped_text(name)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 40))
        text = text[:start] + data.draw(words) + text[end:]
    read(text)


@EXAMPLES
@given(st.sampled_from(SHIPPED), st.data())
def test_a_shipped_policy_with_lines_swapped_doubled_or_lost(
    name: str, data: st.DataObject
) -> None:
    lines = shipped_text(name).splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        first, second = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        change = data.draw(st.sampled_from(("swap", "double", "lose")))
        if change == "swap":
            lines[first], lines[second] = lines[second], lines[first]
        elif change == "double":
            lines.insert(second, lines[first])
        else:
            lines.pop(first)
    read("\n".join(lines))


SIZE = 250_000
HEAVY = {
    "keys": "".join(f"key{number} = 1\n" for number in range(SIZE // 12)),
    "near keys": "".join(f"pakages{number} = 1\n" for number in range(SIZE // 16)),
    "headers": "".join(f"[stray{number}]\n" for number in range(SIZE // 13)),
    "deep keys": "".join(f"{'.'.join([f'k{n}'] * 20)} = 1\n" for n in range(SIZE // 120)),
    "targets": "[[targets]]\n" * (SIZE // 13),
    "wrong targets": '[[targets]]\nclock = "x"\nstop = ["y"]\namount = "z"\n' * (SIZE // 50),
    "priorities": "".join(f'[[priorities]]\nid = "p{n}"\n' for n in range(4_000))
    + "[[targets]]\namount = {}\n" * 5_000,
    "zones": "".join(f'[calendars.c{n}]\ntz = "Europe/Londo{n}"\n' for n in range(SIZE // 45)),
    "weekdays": '[calendars.desk]\ntz = "UTC"\nhours = {'
    + ", ".join(f'k{n} = "08:00-09:00"' for n in range(SIZE // 24))
    + "}",
    "numbers": "a = [" + "1," * (SIZE // 2 - 9) + "]",
    "parents": "".join(
        f'[[classes]]\nid = "c{n}"\nparent = "c{n + 1}"\n' for n in range(SIZE // 44)
    ),
    "quotes": '"' * SIZE,
    "backslashes": 'a = "' + "\\" * SIZE,
    "blank lines": "\n" * SIZE,
    "comments": "#\n" * (SIZE // 2),
    "spaces": "a" + " " * SIZE + "= 1",
    "spaced dots": ("a" + " " * 500 + ".") * (SIZE // 502),
}


@pytest.mark.parametrize("kind", HEAVY)
def test_a_heavy_text_is_answered_within_a_second(kind: str) -> None:
    # What other tests left to collect is not the reader's to pay for.
    gc.collect()
    assert isinstance(read(HEAVY[kind]), tuple)
