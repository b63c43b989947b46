"""The small mapping from ServiceNow's words to a policy's."""

from __future__ import annotations

import tomllib

import pytest

from deskterm.desk.intake.servicenow_map import MapError, default_map, read_map, show_map
from deskterm.policy.document import Policy
from tests.desk.intake.samples import grid_policy, list_policy


def test_levels_go_by_what_they_lead_to_and_not_by_their_place_in_the_file() -> None:
    mapping = default_map(grid_policy())
    assert mapping.impact == {
        "1 - High": "business",
        "2 - Medium": "team",
        "3 - Low": "one",
    }
    assert mapping.urgency == {
        "1 - High": "outage",
        "2 - Medium": "fault",
        "3 - Low": "question",
    }
    assert mapping.priority == {}


def test_a_list_is_mapped_from_the_priority_and_has_room_for_the_rest_at_its_end() -> None:
    mapping = default_map(list_policy())
    assert mapping.impact == mapping.urgency == {}
    assert list(mapping.priority.values()) == ["high", "middle", "low", "low", "low"]


def test_only_channels_the_policy_has_are_named() -> None:
    assert set(default_map(grid_policy()).channels.values()) == {"phone", "email"}


@pytest.mark.parametrize("policy", [grid_policy(), list_policy()])
def test_what_is_shown_can_be_read_back(policy: Policy) -> None:
    shown = show_map(default_map(policy))
    assert tomllib.loads(shown)
    assert read_map(shown, policy) == default_map(policy)


def test_a_change_leaves_the_rest_as_it_was() -> None:
    policy = grid_policy()
    mapping = read_map('[impact]\n"2 - Medium" = "building"\n', policy)
    assert mapping.impact["2 - Medium"] == "building"
    assert mapping.impact["1 - High"] == "business"
    assert mapping.urgency == default_map(policy).urgency


def test_every_mistake_is_named_at_once_with_the_nearest_word() -> None:
    with pytest.raises(MapError) as caught:
        read_map(
            'type = "incidnet"\nstate = 1\n[impact]\n"1 - High" = "busines"\n'
            '[holds]\n"On Hold" = 3\n[columns]\nupdatd = "x"\nopened = 1\n[urgency]\n'
            '"1 - High" = "zzz"\n[states]\n',
            grid_policy(),
        )
    assert caught.value.findings == (
        "type: does not know 'incidnet'; did you mean 'incident'?",
        "[state]: does not know 'state'; did you mean 'states'?",
        "[impact] '1 - High': does not know 'busines'; did you mean 'business'?",
        (
            "[holds] 'On Hold': expected one of awaiting_customer, awaiting_third_party, "
            "awaiting_parts, awaiting_visit, other"
        ),
        "[urgency] '1 - High': does not know 'zzz'; expected one of question, fault, outage",
        "[columns]: does not know 'updatd'; did you mean 'updated'?",
        "[columns] opened: expected the name of a column",
    )


def test_what_is_not_toml_is_one_sentence() -> None:
    with pytest.raises(MapError, match="not TOML"):
        read_map("[impact", grid_policy())
