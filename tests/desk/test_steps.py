"""What each step does to a ticket, and what it may not do."""

from __future__ import annotations

from typing import Any

import pytest

from deskterm.desk.errors import Conflict, NotAllowed, NotFound, Refused
from deskterm.desk.steps import STEPS
from tests.desk.office import STRANGER, Office, enter, told


def refuses(office: Office, sentence: str, step: str, number: int, **fields: Any) -> None:
    """The desk refuses with that sentence, and nothing has changed."""
    before = office.sam.changes.last_event()
    with pytest.raises(Refused, match=sentence):
        office.do(step, number, **fields)
    assert office.sam.changes.last_event() == before


# Answering


def test_a_new_ticket_is_new_until_an_agent_does_something(office: Office) -> None:
    number = office.new()
    assert office.row(number).status == "new"
    office.do("assign", number)
    row = office.row(number)
    assert (row.status, row.agent) == ("open", "Sam")


def test_automatic_mail_is_recorded_and_stops_no_clock(office: Office) -> None:
    """Concero, "Service levels": an automatic reply is no response."""
    number = office.new(channel="email")
    office.sam.tickets.record_mail(number, "We have received your request.")
    assert office.states(number)["first_response"] == "running"
    assert office.row(number).status == "new", "nor is it an agent's act"
    office.do("respond", number, text="Sam here, I am looking at it")
    assert office.states(number)["first_response"] == "met"


def test_a_customers_own_mail_is_no_agents_act_either(office: Office) -> None:
    number = office.new()
    office.sam.tickets.record_mail(number, "It is still down!", automatic=False)
    assert office.row(number).status == "new"


def test_a_note_is_internal_unless_the_customer_is_meant_to_see_it(office: Office) -> None:
    number = office.new()
    office.do("note", number, text="They forgot to pay")
    office.do("note", number, text="We are on it", to_customer=True)
    notes = [event.data["internal"] for event in office.sam.tickets.show(number).events[1:]]
    assert notes == [True, False]
    refuses(office, "needs a text", "note", number, text="  ")


def test_a_request_is_acknowledged_once(office: Office) -> None:
    number = office.new("Cannot log in", customer="Dean Hall", tier="administrator",
                        priority="technical")  # fmt: skip
    office.do("acknowledge", number)
    assert office.states(number)["acknowledgement"] == "met"
    refuses(office, "acknowledged already", "acknowledge", number)


def test_a_plan_of_action_stops_its_clock(office: Office) -> None:
    number = office.new("Cannot log in", customer="Dean Hall", tier="administrator",
                        priority="technical")  # fmt: skip
    office.do("plan", number, text="New password by noon")
    assert set(office.states(number).values()) == {"met"}


def test_waiting_for_a_code_fix_lifts_the_fix_time_and_names_the_release(office: Office) -> None:
    """Impero: resolution times no longer apply while a code fix is waited for."""
    number = office.new("Crash", customer="St Bede's", impact="severe", urgency="high")
    form = office.sam.tickets.form("code-fix", number)
    assert form.fields[0].initial, "the release follows from the priority"
    done = office.do("code-fix", number)
    assert form.fields[0].initial in done.sentence
    assert office.states(number)["resolution"] == "exempt"


def test_code_fixes_mean_nothing_where_the_agreement_does_not_speak_of_them(
    office: Office,
) -> None:
    refuses(office, "promises nothing about code fixes", "code-fix", office.new())


def test_nothing_is_opened_before_its_time(office: Office) -> None:
    with pytest.raises(Refused, match="in the future"):
        office.new(opened_us=office.clock.us + 1)
    with pytest.raises(Refused, match="needs a subject"):
        office.new(" \n ")
    for named, sentence in (("contact", "no contact"), ("site", "no site")):
        with pytest.raises(NotFound, match=sentence):
            office.new(**{named: "Zoe"})


def test_a_contact_and_a_site_are_found_by_name(office: Office) -> None:
    view = office.sam.tickets.show(office.new(contact="Jo Marsh", site="Main building"))
    assert view.contact is not None
    assert view.site is not None
    assert (view.contact.name, view.site.access) == ("Jo Marsh", "Ring at the gate")


def test_what_the_policy_asks_for_and_nobody_said_is_shown(office: Office) -> None:
    """Pupil Asset: a report states site, component, action taken, exact error, repeatable."""
    number = office.new("Slow", customer="Marlow Academy", priority="serious",
                        fields={"component": "Markbook", "error": "Timeout"})  # fmt: skip
    view = office.sam.tickets.show(number)
    assert {"component", "error"}.isdisjoint(view.missing)
    assert {"site", "action_taken", "repeatable"} <= set(view.missing)
    office.do("edit", number, field="fields.repeatable", new="Yes")
    assert "repeatable" not in office.sam.tickets.show(number).missing


# Triage


def test_the_grid_gives_the_priority(office: Office) -> None:
    number = office.new(impact="limited", urgency="some")
    assert office.row(number).priority == "medium"
    office.do("triage", number, impact="all")
    row = office.row(number)
    assert (row.priority, row.impact, row.urgency) == ("high", "all", "some")


def test_half_a_cell_is_no_priority(office: Office) -> None:
    number = office.new(customer="St Bede's")
    refuses(office, "urgency is missing", "triage", number, impact="high")


def test_a_type_that_fixes_the_priority_asks_for_no_grid(office: Office) -> None:
    """Impero: information, service and change requests are P5."""
    number = office.new("How do I print?", customer="St Bede's", type="information_request")
    assert office.row(number).priority == "P5"
    office.do("triage", number, type="incident", impact="severe", urgency="high")
    assert office.row(number).priority == "P1"
    office.do("triage", number, type="service_request", impact="severe", urgency="high")
    assert office.row(number).priority == "P5", "whatever the grid says"


def test_leaving_a_level_that_can_be_resourced_away_needs_a_reason(office: Office) -> None:
    """Pupil Asset: Moderate and Minor may be changed for resourcing."""
    number = office.new("Slow report", customer="Marlow Academy", priority="moderate")
    refuses(office, "needs a reason", "triage", number, priority="minor")
    refuses(office, "needs a reason", "triage", number, priority="serious")
    office.do("triage", number, priority="minor", reason="half the team is ill")
    assert office.row(number).priority == "minor"
    other = office.new("Down", customer="Marlow Academy", priority="critical")
    office.do("triage", other, priority="serious")
    assert office.row(other).priority == "serious"


def test_what_is_not_covered_says_who_quotes(office: Office) -> None:
    """Azzure: amendments go to the Account Manager, training requests get the query level."""
    policy = office.sam.policies.policy("azzure")
    quoted = next(entry for entry in policy.classes if entry.quote)
    number = office.new("Change my contract", customer="Brook Office", priority="standard")
    done = office.do("triage", number, request_class=quoted.id)
    assert f"A quote is needed from the {quoted.quote}" in done.sentence
    levelled = next(entry for entry in policy.classes if entry.priority)
    office.do("triage", number, request_class=levelled.id)
    assert office.row(number).priority == levelled.priority


def test_a_misspelt_priority_is_met_with_the_nearest(office: Office) -> None:
    refuses(office, "did you mean Urgent", "triage", office.new(), priority="urgnt")


def test_what_triage_knows_is_told_by_the_names_of_the_policy(office: Office) -> None:
    ours, theirs = office.new(), office.new(customer="Marlow Academy")
    for number, names in ((ours, "Urgent, High, Medium, Low"), (theirs, "Critical, Serious")):
        refuses(office, f"it knows {names}", "triage", number, priority="xx")


def test_a_priority_may_be_named_as_the_agreement_names_it(office: Office) -> None:
    number = office.new()
    office.do("triage", number, priority="Low")
    assert office.row(number).priority == "low"


def test_triage_says_a_second_time_that_it_is_a_second_time(office: Office) -> None:
    number = office.new()
    office.do("triage", number, priority="high")
    office.do("triage", number, priority="low")
    kinds = [event.kind for event in office.sam.tickets.show(number).events]
    assert kinds == ["opened", "triaged", "reprioritised"]


# Holding


def test_a_hold_stops_the_clocks_and_resuming_lets_them_go_on(office: Office) -> None:
    number = office.new()
    office.clock.on(minutes=10)
    office.do("hold", number, reason="awaiting_customer", awaiting="router lights, from Jo")
    assert set(office.states(number).values()) == {"paused"}
    row = office.row(number)
    assert (row.status, row.hold_reason, row.next_due_us) == ("held", "awaiting_customer", None)
    office.clock.on(minutes=30)
    office.do("resume", number)
    assert office.due(number, "first_response") == "Fri 20 Nov 10:30"
    refuses(office, "not on hold", "resume", number)


def test_a_hold_for_the_customer_says_what_was_asked_of_whom(office: Office) -> None:
    """Impero: asking for more information stops the clock."""
    number = office.new()
    refuses(office, "what was asked of whom", "hold", number, reason="awaiting_customer")
    refuses(office, "needs a text", "hold", number, reason="other")
    refuses(office, "It needs a reason", "hold", number)
    refuses(office, "knows no reason", "hold", number, reason="tea break")
    office.do("hold", number, reason="awaiting_parts")


def test_a_chase_date_lies_ahead(office: Office) -> None:
    number = office.new()
    refuses(office, "in the past", "hold", number, reason="awaiting_parts",
            chase_us=office.clock.us)  # fmt: skip
    office.do("hold", number, reason="awaiting_parts", chase_us=office.clock.us + 1)
    assert office.row(number).chase_us == office.clock.us + 1
    office.do("resume", number)
    assert office.row(number).chase_us is None


# People


def test_a_ticket_is_given_and_taken_and_given_back(office: Office) -> None:
    number = office.new()
    office.do("assign", number, agent="Eli")
    assert office.row(number).agent == "Eli"
    refuses(office, "Eli has it already", "assign", number, agent="eli")
    office.do("assign", number)
    assert office.row(number).agent == "Sam"
    office.do("assign", number, agent="none")
    assert office.row(number).agent is None
    refuses(office, "Nobody has it", "assign", number, agent="none")


def test_only_people_who_work_here_get_tickets(office: Office) -> None:
    office.sue.agents.edit("Eli", active=False)
    refuses(office, "no longer works here", "assign", office.new(), agent="Eli")
    with pytest.raises(NotFound, match="Nobody here is called"):
        office.do("assign", office.new(), agent="Zoe")


def test_escalating_without_a_name_goes_one_step_up_the_ladder(office: Office) -> None:
    number = office.new()
    ladder = office.sam.policies.policy("concero").ladder
    support = [rung for rung in ladder if rung.kind == "support"]
    told = []
    for _ in support:
        office.do("escalate", number, reason="Too hard for us")
        told.append(office.sam.tickets.show(number).events[-1].data["step"])
    # The desk itself is the first step; from the last there is nowhere to go.
    assert told == [rung.id for rung in support[1:]] + [support[-1].id]


def test_escalating_records_the_reason_and_who_was_told(office: Office) -> None:
    number = office.new()
    rung = office.sam.policies.policy("concero").ladder[0]
    refuses(office, "needs a reason", "escalate", number, to=rung.id)
    office.do("escalate", number, to=rung.id, reason="Too hard for us")
    event = office.sam.tickets.show(number).events[-1]
    assert event.kind == "escalated"
    assert event.data["reason"] == "Too hard for us"
    assert event.data["told"] == ", ".join(rung.roles)


# Ends


def test_resolving_needs_a_text_and_stops_every_clock(office: Office) -> None:
    number = office.new()
    refuses(office, "how it was resolved", "resolve", number)
    office.do("resolve", number, text="Router replaced")
    assert set(office.states(number).values()) == {"met"}
    row = office.row(number)
    assert (row.status, row.next_due_us) == ("resolved", None)
    refuses(office, "It is resolved; reopen it first", "respond", number)


def test_linked_requests_hear_of_the_resolution(office: Office) -> None:
    """Pupil Asset: related requests are told."""
    one, other = (
        office.new(f"Slow {n}", customer="Marlow Academy", priority="serious") for n in (1, 2)
    )
    office.do("link", one, other=other)
    office.do("resolve", one, text="More memory")
    told_to = office.sam.tickets.show(other).events[-1]
    assert told_to.kind == "told"
    assert "More memory" in told_to.data["text"]
    assert office.row(other).status == "new", "being told is nobody's act"


def test_reopening_lets_the_clock_of_the_work_go_on(office: Office) -> None:
    number = office.new(priority="urgent")
    office.do("resolve", number, text="Done")
    refuses(office, "not resolved", "reopen", office.new())
    office.clock.on(hours=1)
    office.do("reopen", number, reason="Down again")
    assert office.states(number) == {"first_response": "met", "resolution": "running"}
    assert office.row(number).status == "open"
    with office.sam.store.read() as tx:
        assert tx.value("SELECT resolved_us FROM ticket WHERE number = :n", n=number) is None


def test_closing_comes_after_resolving(office: Office) -> None:
    number = office.new("Slow", customer="Marlow Academy", priority="serious")
    refuses(office, "resolve it first", "close", number)
    office.do("resolve", number, text="Done")
    office.do("close", number)
    assert office.row(number).status == "closed"
    refuses(office, "closed already", "close", number)


def test_some_requests_are_closed_without_being_resolved(office: Office) -> None:
    """Concero, "What are the limits?": earlier guidance was not followed."""
    reasons = office.sam.policies.policy("concero").close_reasons
    number = office.new()
    refuses(office, "give a reason", "close", number)
    office.do("close", number, reason=next(iter(reasons)))
    assert office.row(number).status == "closed"
    assert "running" not in office.states(number).values()
    office.do("undo", number)
    assert office.row(number).status == "new", "both of its events are taken back together"


def test_after_an_outage_questions_are_answered_before_closing(office: Office) -> None:
    """SchoolStatus: afterwards when, how, how to avoid."""
    questions = office.sam.policies.policy("schoolstatus").debrief["outage"]
    number = office.new("Down", customer="Dean Hall", priority="outage")
    office.do("resolve", number, text="Restarted")
    refuses(office, "Before it is closed", "close", number)
    answers = {f"debrief_{n}": "because" for n in range(1, len(questions) + 1)}
    office.do("close", number, **answers)
    debrief = office.sam.tickets.show(number).events[-1].data["debrief"]
    assert debrief == [[question, "because"] for question in questions]


def test_a_merged_tickets_clocks_count_for_nothing(office: Office) -> None:
    one, other = office.new("Down"), office.new("Internet gone")
    office.do("merge", one, into=other)
    assert set(office.states(one).values()) == {"void"}
    assert office.row(one).status == "closed"
    assert office.sam.tickets.show(one).links == (("merged", other, "Internet gone"),)
    assert office.sam.tickets.show(other).links == (("merged of", one, "Down"),)
    refuses(office, f"merged into {other}", "respond", one)
    refuses(office, f"merged into {other}", "reopen", one)


def test_merging_goes_only_where_the_work_goes_on(office: Office) -> None:
    number, other = office.new(), office.new()
    refuses(office, "into itself", "merge", number, into=number)
    strangers = office.new(customer="Dean Hall", priority="error")
    refuses(office, "another customer", "merge", number, into=strangers)
    office.do("resolve", other, text="Done")
    refuses(office, "is resolved", "merge", number, into=other)
    with pytest.raises(NotFound, match="no ticket 4711"):
        office.do("merge", number, into=4711)


def test_a_ticket_opened_by_mistake_is_voided_by_a_supervisor(office: Office) -> None:
    number = office.new()
    with pytest.raises(NotAllowed, match="Only a supervisor"):
        office.do("void", number, reason="Test")
    office.sue.tickets.do("void", number, {"reason": "Test"})
    assert set(office.states(number).values()) == {"void"}


# Taking back


def test_undoing_makes_it_as_if_neither_had_happened(office: Office) -> None:
    number = office.new()
    before = office.row(number)
    office.clock.on(minutes=5)
    done = office.do("resolve", number, text="Done")
    assert done.undoable
    office.do("undo", number, event_id=done.event_id)
    after = office.row(number)
    assert after.clocks == before.clocks
    assert (after.status, after.agent, after.next_due_us) == (
        before.status, before.agent, before.next_due_us,
    )  # fmt: skip


def test_undoing_takes_back_ones_own_last_act(office: Office) -> None:
    number = office.new()
    office.do("assign", number)
    office.do("triage", number, priority="low")
    office.sue.tickets.do("note", number, {"text": "Mine"})
    office.do("undo", number)
    assert office.row(number).priority == "urgent"
    office.do("undo", number)
    assert office.row(number).agent is None
    refuses(office, "nothing on it that could be taken back", "undo", number)


def test_others_acts_are_theirs_but_a_supervisors_word_counts(office: Office) -> None:
    number = office.new()
    done = office.sue.tickets.do("triage", number, {"priority": "low"})
    office.do("note", number, text="Mine")
    refuses(office, "Somebody else did that", "undo", number, event_id=done.event_id)
    mine = office.do("triage", number, priority="medium")
    office.sue.tickets.do("undo", number, {"event_id": mine.event_id})
    assert office.row(number).priority == "low"


def test_what_was_told_or_taken_back_stays_so(office: Office) -> None:
    number = office.new()
    done = office.do("triage", number, priority="low")
    undone = office.do("undo", number)
    office.do("note", number, text="So that there is something")
    refuses(office, "cannot be taken back", "undo", number, event_id=undone.event_id)
    refuses(office, "taken back already", "undo", number, event_id=done.event_id)
    refuses(office, "cannot be taken back", "undo", number,
            event_id=office.sam.tickets.show(number).events[0].id)  # fmt: skip


def test_a_correction_keeps_what_stood_there(office: Office) -> None:
    number = office.new("Intrenet down")
    office.do("edit", number, field="subject", new="Internet down")
    assert office.row(number).subject == "Internet down"
    edited = office.sam.tickets.show(number).events[-1].data
    assert edited == {"field": "subject", "old": "Intrenet down", "new": "Internet down"}
    refuses(office, "cannot be changed", "edit", number, field="opened_us", new="0")
    refuses(office, "says that already", "edit", number, field="subject", new="Internet down")


# Who may, and who was first


def test_somebody_the_desk_does_not_know_may_do_nothing(office: Office) -> None:
    number = office.new()
    store = office.sam.store
    from deskterm.desk.desk import Desk

    eve = Desk(store, clock=office.clock, login=STRANGER)
    assert eve.me is None
    for act in (
        lambda: eve.tickets.do("respond", number, {}),
        lambda: eve.tickets.steps(number),
        lambda: eve.tickets.enter(number),
        lambda: eve.customers.add("Mine", "concero"),
        lambda: eve.agents.add("Eve", "supervisor"),
        lambda: eve.init("Eve", "supervisor"),
        lambda: eve.views.save("Mine", "p:high"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_every_step_says_who_may_take_it() -> None:
    for step in STEPS.values():
        assert step.roles, f"{step.id}: a step nobody allowed is nobody's"
        assert step.roles <= {"technician", "engineer", "supervisor"}
        assert step.help.endswith("."), step.id


def test_roles_are_checked_by_the_desk(office: Office) -> None:
    doors = {"technician": office.sam, "engineer": office.eli, "supervisor": office.sue}
    for step in STEPS.values():
        for role, door in doors.items():
            number = office.new()
            states = {state.id: state for state in door.tickets.steps(number)}
            if role in step.roles:
                continue
            assert not states[step.id].allowed
            with pytest.raises(NotAllowed, match="Only a"):
                door.tickets.do(step.id, number, {})


def test_the_steps_offered_are_the_steps_that_can_be_taken(office: Office) -> None:
    number = office.new()
    offered = {state.id: state.why_not for state in office.sam.tickets.steps(number)}
    assert list(offered) == list(STEPS)
    assert offered["respond"] is None
    assert offered["resume"] == "It is not on hold."
    office.do("resolve", number, text="Done")
    offered = {state.id: state.why_not for state in office.sam.tickets.steps(number)}
    assert offered["respond"] == "It is resolved; reopen it first."
    assert offered["reopen"] is None


def test_a_field_that_a_step_does_not_have_is_refused(office: Office) -> None:
    refuses(office, "takes no “colour”", "respond", office.new(), colour="red")


def test_an_unknown_step_is_met_with_the_nearest(office: Office) -> None:
    with pytest.raises(NotFound, match="did you mean resolve"):
        office.do("resovle", office.new())


def test_the_second_of_two_sees_what_the_first_did_and_keeps_the_text(any_office: Office) -> None:
    office = any_office
    number = office.new()
    read = office.row(number).version
    office.sue.tickets.do("triage", number, {"priority": "low"}, version=read)
    with pytest.raises(Conflict, match="Sue changed") as caught:
        office.sam.tickets.do("triage", number, {"priority": "high", "reason": "typed"}, read)
    conflict = caught.value
    (change,) = [change for change in conflict.fields if change.field == "priority"]
    assert (change.was, change.theirs, change.yours) == ("urgent", "low", "high")
    assert [event.kind for event in conflict.theirs] == ["triaged"]
    assert conflict.yours["reason"] == "typed"
    office.sam.tickets.do("triage", number, {"priority": "high"}, conflict.version)
    assert office.row(number).priority == "high"


def test_what_the_desk_wrote_by_itself_is_no_conflict(office: Office) -> None:
    number = office.new()
    read = office.row(number).version
    office.sam.tickets.record_mail(number, "Received.")
    office.sam.tickets.do("respond", number, {"text": "Hello"}, read)


def test_two_hosts_whose_clocks_differ_still_tell_one_story(office: Office) -> None:
    """What is done now comes after what has been done, whatever this host's clock says."""
    number = office.new()
    office.clock.on(minutes=10)
    office.do("hold", number, reason="awaiting_parts")
    office.clock.on(minutes=-9)
    office.do("note", number, text="Parts are ordered")
    assert set(office.states(number).values()) == {"paused"}
    office.do("resume", number)
    view = office.sam.tickets.show(number)
    assert view.row.status == "open"
    assert view.events[-1].at_us == view.events[-2].at_us
    assert set(office.states(number).values()) == {"running"}


# Several at once


def test_a_step_on_several_tickets_is_shown_before_and_told_after(office: Office) -> None:
    one, other, done = office.new(), office.new(), office.new()
    office.do("resolve", done, text="Done")
    previews = office.sam.tickets.preview("triage", [one, other, done, 99], {"priority": "low"})
    assert [(p.number, p.allowed) for p in previews] == [
        (one, True), (other, True), (done, False), (99, False),
    ]  # fmt: skip
    assert office.row(one).priority == "urgent", "a preview changes nothing"
    result = office.sam.tickets.bulk("triage", [one, other, done], {"priority": "low"})
    assert [d.number for d in result.done] == [one, other]
    assert [number for number, _ in result.refused] == [done]
    assert office.row(other).priority == "low"


def test_who_else_has_it_open_is_shown_until_they_go(office: Office) -> None:
    number = office.new()
    office.sue.tickets.enter(number)
    office.sam.tickets.enter(number)
    assert office.sam.tickets.show(number).viewers == ("Sue",)
    assert office.sue.tickets.opened_by(number) == ("Sam",)
    office.sue.tickets.leave(number)
    assert office.sam.tickets.show(number).viewers == ()
    office.sue.tickets.enter(number)
    office.clock.on(minutes=5)
    assert office.sam.tickets.show(number).viewers == (), "she must have gone without a word"


def test_steps_work_the_same_on_every_database(any_office: Office) -> None:
    office = any_office
    number = office.new()
    office.do("assign", number)
    office.do("hold", number, reason="awaiting_customer", awaiting="a call from Jo")
    office.clock.on(hours=1)
    office.do("resume", number)
    office.do("respond", number, text="Hello")
    other = office.new("Same again")
    office.do("link", number, other=other, kind="duplicate")
    office.do("undo", number)
    office.do("merge", other, into=number)
    office.do("resolve", number, text="Done")
    view = office.sam.tickets.show(number)
    assert view.row.status == "resolved"
    assert view.links == (("merged of", other, "Same again"),)
    assert told(view.row.updated_us) == "Fri 20 Nov 10:00"


def test_a_second_program_sees_it_at_once(office: Office) -> None:
    number = office.new()
    assert office.sue.tickets.show(number).row.subject == "Internet down"
    again = enter(office.sam.store.path)  # type: ignore[attr-defined]  # it is a file here
    assert again.sam.tickets.show(number).row.subject == "Internet down"
    again.close()
