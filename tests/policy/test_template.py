"""The start of a policy of one's own."""

from __future__ import annotations

import pytest

from deskterm.policy import check_policy, read_policy
from deskterm.policy.holidays import unknown_holidays
from deskterm.policy.template import template


@pytest.mark.parametrize("policy_id", ["our-school", "a", "Trust_2"])
def test_it_is_right_as_it_stands(policy_id: str) -> None:
    assert check_policy(template(policy_id), "x.toml") == ()
    policy = read_policy(template(policy_id), "x.toml")
    assert policy.id == policy_id
    assert policy.name[0].isupper()
    assert unknown_holidays(policy, "x.toml") == ()


def test_it_explains_every_part_it_has() -> None:
    text = template("our-school")
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert len(comments) >= 30
    for word in ("policy check", "next business day", "72 hours", "reopens"):
        assert word in text


@pytest.mark.parametrize("policy_id", ["", "-x", "1st", "a b", "../x", "x" * 41, "é", 'x"'])
def test_an_id_that_cannot_be_typed_is_refused(policy_id: str) -> None:
    with pytest.raises(ValueError, match="letters, digits"):
        template(policy_id)
