"""The clocks of real incidents: 445 histories with holds and reopenings, under each agreement.

The histories are described in `tests/data/README.md`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskterm.cli.simulate import load_policy
from deskterm.desk.intake.csv_reading import Table
from deskterm.desk.intake.servicenow import read_incidents
from deskterm.desk.intake.servicenow_map import default_map
from deskterm.sla.clocks import Clock, evaluate
from deskterm.sla.explain import explain
from deskterm.sla.terms import Terms
from tests.sla.replay import replay

DATA = (Path(__file__).parents[1] / "data" / "servicenow-incidents.csv").read_bytes()
SHIPPED = sorted(path.stem for path in (Path(__file__).parents[2] / "policies").glob("*.toml"))


@pytest.mark.parametrize("policy_id", SHIPPED)
def test_every_explanation_of_a_real_incident_adds_up(policy_id: str) -> None:
    policy, holidays = load_policy(policy_id)
    found = read_incidents(Table(DATA), default_map(policy), policy, ZoneInfo("Europe/London"))
    assert len(found.tickets) == 445
    terms = Terms(policy, holidays)
    states: Counter[str] = Counter()
    for ticket in found.tickets:
        moments = [ticket.facts.opened_us, *(event.at_us for event in ticket.events)]
        # In the middle of its life, while it may be held, and after its end.
        for now_us in (moments[len(moments) // 2], moments[-1] + 3_600_000_000):
            clocks = evaluate(terms, ticket.facts, ticket.events, (), now_us)
            for clock in clocks:
                states[clock.state] += 1
                explanation = explain(terms, ticket.facts, ticket.events, (), now_us, clock.name)
                assert bare(explanation.clock) == bare(clock)
                replay(explanation)
    assert states["met"] + states["missed"] > 445


def bare(clock: Clock) -> Clock:
    """Without the axis of engineer time, which is made anew for every question."""
    return clock._replace(axis=None)
