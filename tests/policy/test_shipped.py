"""What holds for every policy that is shipped."""

from __future__ import annotations

import pytest

from deskterm.policy import check_policy
from deskterm.policy.holidays import unknown_holidays
from tests.policy.texts import POLICIES, SHIPPED, shipped, shipped_text


def test_five_agreements_are_shipped() -> None:
    assert tuple(sorted(path.stem for path in POLICIES.glob("*.toml"))) == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_it_is_right_as_it_stands(name: str) -> None:
    assert check_policy(shipped_text(name), f"{name}.toml") == ()
    assert unknown_holidays(shipped(name), name) == ()
    assert shipped(name).id == name
    assert shipped(name).text == shipped_text(name)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_promise_names_its_clause(name: str) -> None:
    policy = shipped(name)
    assert [target.clock for target in policy.targets if not target.clause] == []
    assert [alert for alert in policy.alerts if not alert.clause] == []
    assert [rung.id for rung in policy.ladder if not rung.clause] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_comments_name_clauses_and_say_where_the_document_was_read(name: str) -> None:
    comments = [line for line in shipped_text(name).splitlines() if line.startswith("#")]
    assert sum("lause" in line for line in comments) >= 8
    assert sum("Reading:" in line for line in comments) >= 3


@pytest.mark.parametrize("name", SHIPPED)
def test_every_grid_cell_and_amount_can_be_reached(name: str) -> None:
    policy = shipped(name)
    levels = {level.id for level in policy.priorities}
    assert set(policy.triage.grid.values()) <= levels
    fixed = {kind.priority for kind in policy.types.values() if kind.priority}
    if policy.triage.kind == "grid":
        assert set(policy.triage.grid.values()) | fixed == levels


@pytest.mark.parametrize("name", SHIPPED)
def test_clocks_that_promise_the_end_of_the_work_go_on_after_reopening(name: str) -> None:
    for target in shipped(name).targets:
        assert target.reopens == (target.clock in ("resolution", "workaround"))
