"""A ticket's life on the command line, and the shapes programs rely on."""

from __future__ import annotations

import json
from pathlib import Path

from deskterm.desk.steps import STEPS
from tests.cli.conftest import Deskterm

SHAPE = {
    "number", "reference", "status", "type", "priority", "impact", "urgency", "customer", "agent",
    "opened", "subject", "clocks",
}  # fmt: skip


def opened(deskterm: Deskterm, subject: str, *more: str) -> str:
    """The number of a new ticket."""
    new = deskterm(
        "ticket", "new", "--customer", "Oakfield Primary", "--subject", subject, *more
    )
    return new.out.strip()


def test_opening_prints_the_number_and_nothing_else(deskterm: Deskterm) -> None:
    number = opened(deskterm, "Internet down", "--priority", "urgent")
    assert number.isdigit()


def test_a_list_for_programs_has_the_promised_shape(deskterm: Deskterm) -> None:
    number = opened(deskterm, "Internet down", "--impact", "many", "--urgency", "critical")
    [ticket] = deskterm("ticket", "list", "--json").json
    assert set(ticket) == SHAPE
    assert ticket["number"] == int(number)
    assert (ticket["status"], ticket["priority"]) == ("new", "high")
    assert (ticket["impact"], ticket["urgency"]) == ("many", "critical")
    assert ticket["opened"] == "2026-11-20T09:00:00+00:00"
    assert ticket["clocks"]["first_response"] == {
        "state": "running",
        "due": "2026-11-20T11:00:00+00:00",
        "remaining_seconds": 7200,
    }


def test_a_day_in_the_life_of_a_ticket(deskterm: Deskterm) -> None:
    number = opened(deskterm, "Projector blank")

    def clocks() -> dict[str, dict[str, object]]:
        found: dict[str, dict[str, object]] = deskterm("ticket", "show", number, "--json").json[
            "clocks"
        ]
        return found

    assert clocks()["first_response"]["state"] == "pending"
    deskterm("ticket", "assign", number)
    deskterm("ticket", "triage", number, "--priority", "medium")
    deskterm.at("2026-11-20T10:00+00:00")
    deskterm("ticket", "respond", number, "--text", "On it.")
    assert clocks()["first_response"]["state"] == "met"
    deskterm("ticket", "hold", number, "--reason", "awaiting_parts")
    deskterm.at("2026-11-23T10:00+00:00")
    assert clocks()["resolution"]["state"] == "paused"
    assert clocks()["resolution"]["remaining_seconds"] == 39 * 3600
    deskterm("ticket", "resume", number)
    deskterm("ticket", "resolve", number, "--text", "New lamp.")
    shown = deskterm("ticket", "show", number, "--json").json
    assert shown["status"] == "resolved"
    assert shown["clocks"]["resolution"]["state"] == "met"
    deskterm("ticket", "undo", number)
    assert deskterm("ticket", "show", number, "--json").json["status"] == "open"
    text = deskterm("ticket", "show", number).out
    assert "Projector blank" in text and "New lamp." in text


def test_showing_a_ticket_gives_a_line_for_simulate(deskterm: Deskterm, tmp_path: Path) -> None:
    number = opened(deskterm, "Slow login", "--priority", "low")
    deskterm.at("2026-11-20T10:30+00:00")
    deskterm("ticket", "respond", number)
    shown = deskterm("ticket", "show", number, "--json")
    assert SHAPE | {"policy", "agreement", "ticket", "events", "now"} <= set(shown.json)
    line = tmp_path / "line.jsonl"
    line.write_text(shown.out, encoding="utf-8")
    simulated = json.loads(deskterm("simulate", str(line)).out)["clocks"]
    for name, clock in shown.json["clocks"].items():
        assert simulated[name]["state"] == clock["state"]
        assert simulated[name].get("due") == clock.get("due")


def test_only_live_tickets_are_listed_unless_all_are_asked_for(deskterm: Deskterm) -> None:
    done = opened(deskterm, "Done soon", "--priority", "low")
    live = opened(deskterm, "Still open", "--priority", "low")
    deskterm("ticket", "resolve", done, "--text", "Done.")
    assert [t["number"] for t in deskterm("ticket", "list", "--json").json] == [int(live)]
    everything = deskterm("ticket", "list", "--all", "--json").json
    assert {t["number"] for t in everything} == {int(done), int(live)}


def test_the_filter_language_is_the_console_s(deskterm: Deskterm) -> None:
    opened(deskterm, "Printer jams", "--priority", "high")
    opened(deskterm, "Printer smells", "--priority", "low")
    found = deskterm("ticket", "list", "printer", "p:high", "--json").json
    assert [ticket["subject"] for ticket in found] == ["Printer jams"]
    wrong = deskterm.try_("ticket", "list", "prioritty:high")
    assert wrong.status == 2
    assert "p:" in wrong.err or "“p”" in wrong.err or " p" in wrong.err


def test_every_step_of_the_desk_is_a_command(deskterm: Deskterm) -> None:
    listed = deskterm("ticket", "--help").out
    assert all(f"\n  {step} " in listed for step in STEPS)


def test_a_refused_step_says_why_in_one_line(deskterm: Deskterm) -> None:
    number = opened(deskterm, "Nothing held", "--priority", "low")
    refused = deskterm.try_("ticket", "resume", number)
    assert refused.status == 1
    assert refused.out == ""
    assert refused.err == "deskterm: It is not on hold.\n"


def test_a_ticket_that_is_not_there_is_no_crash(deskterm: Deskterm) -> None:
    missing = deskterm.try_("ticket", "show", "4711")
    assert missing.status == 1
    assert missing.err.count("\n") == 1
    assert "4711" in missing.err


def test_what_a_customer_wrote_steers_no_terminal(deskterm: Deskterm) -> None:
    number = opened(deskterm, "bell \x07 and \x1b[2J gone", "--body", "first\nsecond \x1b]0;x\x07")
    for arguments in (["ticket", "list"], ["ticket", "show", number]):
        out = deskterm(*arguments).out
        assert not set(out) & {"\x1b", "\x07", "\x9b"}
    assert deskterm("ticket", "list", "--json").out.isascii()


def test_times_can_be_given(deskterm: Deskterm) -> None:
    opened(deskterm, "Came in earlier", "--opened", "2026-11-19T15:00+00:00")
    [ticket] = deskterm("ticket", "list", "--json").json
    assert ticket["opened"] == "2026-11-19T15:00:00+00:00"
    wrong = deskterm.try_(
        "ticket", "new", "--customer", "Oakfield", "--subject", "x", "--opened", "yesterday"
    )
    assert wrong.status == 2
    assert "2026-11-20T16:00" in wrong.err
