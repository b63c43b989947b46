"""Who sits here is what the kernel says; what they may do is what the desk says."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from deskterm.desk.agents import Login
from deskterm.desk.desk import Desk
from deskterm.desk.errors import NotAllowed, NotFound, Refused
from tests.desk.office import STRANGER, TECHNICIAN, Clock, Office


def test_the_environment_cannot_make_somebody_else_of_you(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("USER", "LOGNAME", "USERNAME", "SUDO_USER"):
        monkeypatch.setenv(name, "sue")
    login = Login.current()
    assert login.uid == os.getuid()
    assert login.name == pwd.getpwuid(os.getuid()).pw_name


def test_the_first_run_makes_whoever_sits_there_the_first_agent(
    empty_place: tuple[str, str],
) -> None:
    with Desk.open(empty_place[1], clock=Clock(), login=TECHNICIAN) as desk:
        before = desk.me
        assert before is None
        desk.init("Sam \x1b[2J", "technician")
        me = desk.me
        assert me is not None
        assert (me.name, me.role, me.login) == ("Sam ␛[2J", "technician", "sam")
        with pytest.raises(NotAllowed, match="has agents already"):
            desk.init("Sam", "supervisor")


def test_a_desk_without_a_supervisor_can_still_get_one(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "desk.db", clock=Clock(), login=TECHNICIAN) as desk:
        desk.init("Sam", "technician")
        desk.agents.add("Sue", "supervisor")
        with pytest.raises(NotAllowed, match="Only a supervisor may add agents"):
            desk.agents.add("Eli", "engineer")


def test_the_last_supervisor_stays(office: Office) -> None:
    with pytest.raises(Refused, match="Somebody has to be supervisor"):
        office.sue.agents.edit("Sue", role="technician")
    with pytest.raises(Refused, match="Somebody has to be supervisor"):
        office.sue.agents.edit("Sue", active=False)
    office.sue.agents.edit("Sam", role="supervisor")
    office.sue.agents.edit("Sue", role="technician")
    assert office.sam.me is not None
    assert office.sam.me.role == "supervisor"


def test_somebody_who_left_is_nobody_here(office: Office) -> None:
    number = office.new(agent="Sam")
    office.sue.agents.edit("Sam", active=False)
    assert office.sam.me is None
    with pytest.raises(NotAllowed, match="does not know you"):
        office.sam.tickets.do("respond", number, {})
    assert [agent.name for agent in office.sue.agents.list()] == ["Eli", "Sue"]
    assert len(office.sue.agents.list(everybody=True)) == 3


def test_agents_are_found_by_any_name_they_go_by(office: Office) -> None:
    for name in ("Eli", "eli", "el", 3, "3"):
        assert office.sam.agents.get(name).name == "Eli"
    with pytest.raises(NotFound, match="could be Sam, Sue"):
        office.sam.agents.get("s")
    with pytest.raises(NotFound, match="there is Eli, Sam, Sue"):
        office.sam.agents.get("Zoe")


def test_two_agents_share_neither_name_nor_login(office: Office) -> None:
    with pytest.raises(Refused, match="already called"):
        office.sue.agents.add("Sam", "technician")
    with pytest.raises(Refused, match="no role “boss”"):
        office.sue.agents.add("Zoe", "boss")
    with pytest.raises(Refused, match="needs a name"):
        office.sue.agents.add("  ", "technician")


def test_somebody_known_on_another_host_only_is_known_by_the_name_the_kernel_gives(
    office: Office,
) -> None:
    added = office.sue.agents.add("Zoe", "technician", login="no-such-user-here")
    assert added.uid is None
    zoe = Desk(office.sam.store, clock=office.clock, login=Login(4242, "no-such-user-here"))
    assert zoe.me == added
    # A number that is known counts before any name.
    eli = Desk(office.sam.store, clock=office.clock, login=Login(2003, "no-such-user-here"))
    assert eli.me is not None
    assert eli.me.name == "Eli"


def test_a_changed_name_is_on_open_tickets_and_in_the_journal(office: Office) -> None:
    number = office.new(agent="Sam")
    office.sue.agents.edit("Sam", name="Samuel", team="First line")
    assert office.row(number).agent == "Samuel"
    change = office.sue.changes.since(0)[-1]
    assert (change.subject, change.kind) == ("agent", "edited")


def test_a_stranger_may_look_at_nothing_that_needs_a_name(office: Office) -> None:
    eve = Desk(office.sam.store, clock=office.clock, login=STRANGER)
    assert eve.queue.page("mine").rows == ()
    assert eve.views.list() == ()
