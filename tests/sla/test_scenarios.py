"""The worked examples: every clock is as expected, and every explanation adds up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from deskterm.cli.simulate import load_policy
from deskterm.sla.explain import explain
from deskterm.sla.scenario import compare, run, terms_of
from deskterm.sla.scenario_reader import read_scenario
from tests.sla.replay import replay

POLICIES = Path(__file__).parents[2] / "policies"
LINES: list[dict[str, Any]] = [
    json.loads(line)
    for file in ("scenarios.jsonl", "scenarios-more.jsonl")
    for line in (POLICIES / file).read_text(encoding="utf-8").splitlines()
]
EXAMPLES = [pytest.param(line, id=line["id"]) for line in LINES]


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_clock_is_as_expected(line: dict[str, Any]) -> None:
    told = run(line, load_policy)
    assert compare(line["expect"], told["clocks"]) == []


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_explanation_adds_up_to_the_due_time(line: dict[str, Any]) -> None:
    scenario = read_scenario(line, lambda policy_id: load_policy(policy_id)[0])
    terms = terms_of(scenario, load_policy)
    for name in terms.policy.clock_names():
        explanation = explain(
            terms, scenario.ticket, scenario.events, scenario.onsite, scenario.now_us, name
        )
        replay(explanation)
        assert max(map(len, explanation.text().splitlines())) <= 120


def test_examples_have_names_of_their_own() -> None:
    names = [line["id"] for line in LINES]
    assert len(names) == len(set(names))
