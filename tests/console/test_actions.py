"""One object per action: what its key says, what it is called, and why it cannot be done."""

from __future__ import annotations

import pytest

from deskterm.console import places
from deskterm.console.actions import Action, Situation, bindings, key_name, keys_shown
from deskterm.console.app import DeskApp
from deskterm.console.catalog import everything, everywhere, tickets
from deskterm.console.glyphs import ASCII, UNICODE
from deskterm.console.screens.queue import QueueScreen
from deskterm.desk.model import StepState
from deskterm.desk.steps import STEPS


def test_every_action_says_what_it_does_in_a_sentence() -> None:
    for action in everything():
        assert action.tooltip.endswith("."), action.id
        assert action.label and len(action.label) <= 16, action.id
        assert action.group, action.id


def test_no_two_actions_of_the_queue_are_on_one_key() -> None:
    taken: dict[str, str] = {}
    for action in QueueScreen.actions():
        keys = [str(n) for n in range(1, 10)] if action.numbered else action.keys({})
        for key in keys:
            assert key not in taken, f"{action.id} and {taken.get(key)} are both on {key}"
            taken[key] = action.id


def test_every_action_of_the_queue_is_done_by_somebody() -> None:
    for action in QueueScreen.actions():
        known = hasattr(QueueScreen, action.handler) or hasattr(DeskApp, action.handler)
        assert known or action.step is not None, action.id


def test_every_step_an_action_takes_is_one_of_the_desks() -> None:
    for action in everything():
        for step in (action.step, action.other_step):
            assert step is None or step in STEPS, f"{action.id}: {step}"
    for step in places.STEP_DIALOGS:
        assert step in STEPS


def test_everything_that_can_be_gone_to_is_in_the_header() -> None:
    listed = {action.id.removeprefix("go.") for action in everywhere.ACTIONS}
    assert set(places.SCREENS) <= listed


def hold() -> Action:
    return next(action for action in tickets.ACTIONS if action.id == "ticket.hold")


def state(step: str, why: str | None) -> StepState:
    return StepState(step, step, why is None, why)


def test_a_step_that_cannot_be_taken_says_the_desks_own_sentence() -> None:
    now = Situation(1, steps={"resolve": state("resolve", "It is resolved already.")})
    resolve = next(action for action in tickets.ACTIONS if action.id == "ticket.resolve")
    assert resolve.why_not(now) == "It is resolved already."


def test_a_step_may_be_tried_while_the_desk_has_not_said_yet() -> None:
    assert hold().why_not(Situation(1)) is None


def test_a_held_ticket_can_go_on_by_the_key_that_held_it() -> None:
    held = {"hold": state("hold", "It is held."), "resume": state("resume", None)}
    assert hold().why_not(Situation(1, steps=held)) is None
    neither = {"hold": state("hold", "It is closed."), "resume": state("resume", "It runs.")}
    assert hold().why_not(Situation(1, steps=neither)) == "It is closed."


def test_for_marked_tickets_the_preview_says_which_of_them() -> None:
    now = Situation(1, marked=3, steps={"hold": state("hold", "It is held.")})
    assert hold().why_not(now) is None


def test_without_a_ticket_and_read_only() -> None:
    assert "no ticket" in (hold().why_not(Situation()) or "")
    assert "reading only" in (hold().why_not(Situation(1, read_only=True)) or "")


def test_bindings_carry_the_id_a_keymap_names() -> None:
    made = bindings([hold(), *(a for a in everything() if a.numbered)])
    assert made[0].id == "ticket.hold"
    assert [binding.key for binding in made[1:]] == [str(n) for n in range(1, 10)]


@pytest.mark.parametrize(
    ("key", "shown", "plain"),
    [("enter", "⏎", "Enter"), ("question_mark", "?", "?"), ("ctrl+p", "^p", "^p"), ("x", "x", "x"),
     ("left_square_bracket", "[", "["), ("up", "↑", "Up"), ("shift+tab", "Shift Tab", "Shift Tab")],
)  # fmt: skip
def test_keys_are_written_as_people_read_them(key: str, shown: str, plain: str) -> None:
    assert key_name(key, UNICODE) == shown
    assert key_name(key, ASCII) == plain
    assert plain.isascii()


def test_the_users_own_key_is_the_one_shown() -> None:
    assert keys_shown(hold(), {"ticket.hold": "H"}) == "H"
    assert keys_shown(hold(), {}) == "h"
