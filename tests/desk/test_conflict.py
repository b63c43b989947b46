"""What somebody else did meanwhile stops a step that would overwrite it, and no other."""

from __future__ import annotations

from typing import Any

import pytest

from deskterm.desk.errors import Conflict, Stopped, StoreLost
from tests.desk.office import Office

Step = tuple[str, dict[str, Any]]

HOLD: Step = ("hold", {"reason": "awaiting_parts"})
OTHER_HOLD: Step = ("hold", {"reason": "other", "text": "asked them"})
RESUME: Step = ("resume", {})
NOTE: Step = ("note", {"text": "seen it"})
TO_SUE: Step = ("assign", {"agent": "Sue"})
TO_ME: Step = ("assign", {"agent": "me"})
TRIAGE: Step = ("triage", {"priority": "low"})
ANSWER: Step = ("respond", {"text": "on our way"})
RESOLVE: Step = ("resolve", {"text": "restarted"})
ESCALATE: Step = ("escalate", {"reason": "too long", "told": "the owner"})
SUBJECT: Step = ("edit", {"field": "subject", "new": "Wifi down"})
REFERENCE: Step = ("edit", {"field": "reference", "new": "PO 7"})


@pytest.mark.parametrize(
    ("hers", "mine"),
    [
        (OTHER_HOLD, HOLD),
        (TO_SUE, TO_ME),
        (TRIAGE, ("triage", {"priority": "high"})),
        (("edit", {"field": "subject", "new": "No wifi"}), SUBJECT),
        (ESCALATE, ESCALATE),
        (ANSWER, ANSWER),
        (NOTE, RESOLVE),
        (TRIAGE, RESOLVE),
        (OTHER_HOLD, ANSWER),
    ],
)
def test_a_step_is_stopped_by_what_it_would_overwrite_or_has_to_know(
    office: Office, hers: Step, mine: Step
) -> None:
    number = office.new()
    read = office.row(number).version
    office.sue.tickets.do(hers[0], number, hers[1])
    with pytest.raises(Conflict, match="Sue changed") as caught:
        office.sam.tickets.do(mine[0], number, mine[1], read)
    office.sam.tickets.do(mine[0], number, mine[1], caught.value.version)


@pytest.mark.parametrize(
    ("hers", "mine"),
    [
        (NOTE, NOTE),
        (NOTE, HOLD),
        (TRIAGE, NOTE),
        (TO_SUE, HOLD),
        (OTHER_HOLD, TO_ME),
        (ANSWER, TRIAGE),
        (REFERENCE, SUBJECT),
        (TRIAGE, ESCALATE),
    ],
)
def test_a_step_that_overwrites_nothing_is_not_stopped(
    office: Office, hers: Step, mine: Step
) -> None:
    number = office.new()
    read = office.row(number).version
    office.sue.tickets.do(hers[0], number, hers[1])
    office.sam.tickets.do(mine[0], number, mine[1], read)


def test_one_is_not_stopped_by_oneself_nor_by_what_was_taken_back(office: Office) -> None:
    number = office.new()
    read = office.row(number).version
    office.do("assign", number, agent="me")
    office.do("hold", number, reason="awaiting_parts")
    theirs = office.sue.tickets.do("hold", number, {"reason": "other", "text": "why"})
    office.sue.tickets.do("undo", number, {"event_id": theirs.event_id})
    office.sam.tickets.do("resolve", number, {"text": "done"}, read)


def test_what_was_changed_is_told_in_the_agreements_words(office: Office) -> None:
    number = office.new(customer="St Bede's", impact="high", urgency="low")
    read = office.row(number).version
    office.sue.tickets.do("triage", number, {"impact": "low", "urgency": "medium"})
    office.sue.tickets.do("assign", number, {"agent": "Sue"})
    with pytest.raises(Conflict, match="priority is now P4") as caught:
        office.sam.tickets.do("triage", number, {"impact": "high", "urgency": "high"}, read)
    fields = {change.field: change.words for change in caught.value.fields}
    assert fields["priority"] == ("P3", "P4", "P1")
    assert fields["agent"] == ("", "Sue", "")


def test_an_edit_is_compared_with_what_was_typed_for_the_field(office: Office) -> None:
    number = office.new("Internet down")
    read = office.row(number).version
    office.sue.tickets.do("edit", number, {"field": "subject", "new": "No wifi"})
    with pytest.raises(Conflict) as caught:
        office.sam.tickets.do("edit", number, {"field": "subject", "new": "Wifi down"}, read)
    (change,) = caught.value.fields
    assert (change.was, change.theirs, change.yours) == ("Internet down", "No wifi", "Wifi down")


# Several at once


def test_several_leave_alone_what_somebody_changed_since_they_were_looked_at(
    office: Office,
) -> None:
    numbers = [office.new(f"Fault {at}") for at in range(3)]
    looked = office.sam.tickets.preview("assign", numbers, {"agent": "me"})
    versions = {each.number: each.version for each in looked if each.version is not None}
    office.sue.tickets.do("assign", numbers[1], {"agent": "Sue"})
    again = office.sam.tickets.preview("assign", numbers, {"agent": "me"}, versions)
    assert [each.allowed for each in again] == [True, False, True]
    assert "agent is now Sue" in again[1].sentence
    result = office.sam.tickets.bulk("assign", numbers, {"agent": "me"}, versions)
    assert [done.number for done in result.done] == [numbers[0], numbers[2]]
    ((left, why),) = result.refused
    assert left == numbers[1] and "Sue changed" in why
    assert office.row(numbers[1]).agent == "Sue"


def test_several_can_be_stopped_and_what_was_done_taken_back(office: Office) -> None:
    numbers = [office.new(f"Fault {at}") for at in range(4)]
    told: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        told.append((done, of))
        if done == 2:
            raise Stopped

    result = office.sam.tickets.bulk("assign", numbers, {"agent": "me"}, progress=progress)
    assert told == [(0, 4), (1, 4), (2, 4)]
    assert result.left == tuple(numbers[2:])
    assert [office.row(number).agent for number in numbers] == ["Sam", "Sam", None, None]
    back = office.sam.tickets.take_back([(done.number, done.event_id) for done in result.done])
    assert [done.number for done in back.done] == numbers[:2]
    assert [office.row(number).agent for number in numbers] == [None] * 4


def test_a_desk_lost_in_the_middle_still_tells_what_was_done(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [office.new(f"Fault {at}") for at in range(3)]
    tickets, taken = office.sam.tickets, []
    real = tickets.do

    def do(step: str, number: int, *rest: Any) -> Any:
        taken.append(number)
        if len(taken) == 2:
            raise StoreLost("It cannot be reached.")
        return real(step, number, *rest)

    monkeypatch.setattr(tickets, "do", do)
    result = tickets.bulk("assign", numbers, {"agent": "me"})
    assert [done.number for done in result.done] == numbers[:1]
    assert (result.left, result.why_left) == (tuple(numbers[1:]), "It cannot be reached.")
