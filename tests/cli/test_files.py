"""Import, export and demo on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Deskterm

REAL = Path(__file__).parents[1] / "data" / "servicenow-incidents.csv"
HEADER = "number,incident_state,reopen_count,opened_at,sys_updated_at,impact,urgency,priority"
SERVICENOW = ("import", "servicenow")
WHOSE = ("--customer", "Real Desk", "--policy", "impero", "--tz", "Europe/London")


@pytest.fixture
def audit(tmp_path: Path) -> Path:
    """An export with a line that cannot be read."""
    path = tmp_path / "audit.csv"
    path.write_text(
        f"{HEADER}\n"
        "INC1,New,0,01-03-2016 09:00,01-03-2016 09:01,2 - Medium,1 - High,2 - High\n"
        "INC1,Aktive,0,01-03-2016 09:00,01-03-2016 09:05,2 - Medium,1 - High,2 - High\n"
        "INC1,Awaiting Vendor,0,01-03-2016 09:00,01-03-2016 09:10,2 - Medium,1 - High,2 - High\n",
        encoding="utf-8",
    )
    return path


def test_an_export_is_taken_in_and_the_mapping_shown(deskterm: Deskterm, audit: Path) -> None:
    ran = deskterm(*SERVICENOW, str(audit), *WHOSE)
    assert ran.out.splitlines() == [
        "Real Desk is a new customer under impero",
        "times without a zone: Europe/London (as said)",
        "impact: 1 - High = high, 2 - Medium = medium, 3 - Low = low",
        "urgency: 1 - High = high, 2 - Medium = medium, 3 - Low = low",
        "(the whole mapping: --show-map; another one: --map FILE)",
        "line 3 has the unknown state 'Aktive'; did the export mean 'Active'?",
        "1 created, 0 unchanged, 1 line refused",
    ]
    shown = deskterm("ticket", "show", "1", "--json").json
    assert (shown["status"], shown["reference"], shown["priority"]) == ("held", "INC1", "P1")
    assert [event["event"] for event in shown["events"]] == ["responded", "held"]


def test_times_are_read_in_the_zone_of_the_policy_s_hours_unless_another_is_named(
    deskterm: Deskterm, audit: Path
) -> None:
    """Agents wrote them down where they sat."""
    whose = ("--customer", "Far Desk", "--policy", "schoolstatus")
    shown = deskterm(*SERVICENOW, str(audit), *whose).out
    assert "times without a zone: America/New_York (that of the desk hours; another one: --tz" in (
        shown
    )
    assert deskterm("ticket", "show", "1", "--json").json["opened"] == "2016-03-01T14:00:00+00:00"


def test_everything_that_is_missing_is_said_in_one_go(deskterm: Deskterm, audit: Path) -> None:
    ran = deskterm.try_(*SERVICENOW)
    assert (ran.status, ran.out) == (2, "")
    assert "it needs FILE, --customer NAME and --policy ID, like: deskterm import" in ran.err
    assert "it needs --customer NAME, like" in deskterm.try_(
        *SERVICENOW, str(audit), "--policy", "impero"
    ).err  # fmt: skip
    ran = deskterm.try_(*SERVICENOW, "--show-map")
    assert (ran.status, "needs --policy ID" in ran.err) == (2, True)


@pytest.mark.parametrize("more", [(), ("--customers",), ("--customer", "Oakfield Primary")])
def test_an_audit_export_taken_for_a_spreadsheet_is_told_the_command_for_it(
    deskterm: Deskterm, more: tuple[str, ...]
) -> None:
    ran = deskterm.try_("import", "csv", str(REAL), *more)
    assert ran.status == 2
    [line] = ran.err.splitlines()
    assert "is a ServiceNow audit export" in line
    assert f"deskterm import servicenow {REAL} --customer NAME --policy ID" in line


def test_a_list_of_incidents_with_a_line_for_each_is_a_spreadsheet(
    deskterm: Deskterm, tmp_path: Path
) -> None:
    sheet = tmp_path / "incidents.csv"
    sheet.write_text(
        "number,short_description,state,opened_at,sys_updated_on\n"
        "INC1,Printer jam,New,2026-11-19 09:00,2026-11-19 09:00\n",
        encoding="utf-8",
    )
    told = deskterm("import", "csv", str(sheet), "--customer", "Oakfield Primary", "--json").json
    assert (told["created"], told["refused"]) == (1, [])


def test_json_has_the_lines_that_were_refused(deskterm: Deskterm, audit: Path) -> None:
    told = deskterm(*SERVICENOW, str(audit), *WHOSE, "--json").json
    assert told["created"] == 1
    assert told["unchanged"] == 0
    assert [one["line"] for one in told["refused"]] == [3]
    assert deskterm(*SERVICENOW, str(audit), *WHOSE, "--json").json["unchanged"] == 1


def test_the_mapping_is_printed_changed_and_used(
    deskterm: Deskterm, audit: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "map.toml"
    text = deskterm(*SERVICENOW, "--policy", "impero", "--show-map").out
    assert text.startswith("# Times that name no zone are those of Europe/London; another one")
    mapping.write_text(
        text.replace('"2 - Medium" = "medium"', '"2 - Medium" = "severe"', 1).replace(
            '"Active" = "open"', '"Active" = "open"\n"Aktive" = "open"'
        ),
        encoding="utf-8",
    )
    ran = deskterm(*SERVICENOW, str(audit), *WHOSE, "--map", str(mapping))
    assert "2 - Medium = severe" in ran.out
    assert ran.out.endswith("0 lines refused\n")
    assert deskterm("ticket", "show", "1", "--json").json["impact"] == "severe"


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("--tz", "Europe/Lundon"), 2, "did you mean Europe/London?"),
        (("--policy", "imperro"), 1, "did you mean impero"),
        (("--customer", "Oakfield Primary"), 1, "under concero, not impero"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_written(
    deskterm: Deskterm, audit: Path, arguments: tuple[str, str], status: int, sentence: str
) -> None:
    ran = deskterm.try_(*SERVICENOW, str(audit), *WHOSE, *arguments)
    assert ran.status == status
    assert sentence in ran.err
    assert len(ran.err.splitlines()) == 1
    assert deskterm("ticket", "list", "--all", "--json").json == []


def test_an_import_that_is_stopped_says_how_to_go_on(
    deskterm: Deskterm, audit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*args: object, **more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("deskterm.desk.intake.taking_in.write_batch", stop)
        ran = deskterm.try_(*SERVICENOW, str(audit), *WHOSE)
    assert ran.status == 130
    assert "the same command goes on" in ran.err
    assert deskterm(*SERVICENOW, str(audit), *WHOSE, "--json").json["created"] == 1


def test_a_file_that_is_no_export_is_said(deskterm: Deskterm, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n", encoding="utf-8")
    ran = deskterm.try_(*SERVICENOW, str(wrong), *WHOSE)
    assert ran.status == 1
    assert "no column number (reference)" in ran.err
    ran = deskterm.try_(*SERVICENOW, str(tmp_path / "none.csv"), *WHOSE)
    assert ran.status == 1
    assert "cannot be read" in ran.err
    ran = deskterm.try_(*SERVICENOW, "--policy", "impero")
    assert ran.status == 2


def test_a_mapping_with_mistakes_names_them_all(
    deskterm: Deskterm, audit: Path, tmp_path: Path
) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text('[impact]\n"1 - High" = "sever"\n[state]\n', encoding="utf-8")
    ran = deskterm.try_(*SERVICENOW, str(audit), *WHOSE, "--map", str(mapping))
    assert ran.status == 1
    assert "did you mean 'severe'?" in ran.err
    assert "did you mean 'states'?" in ran.err


def test_real_incidents_that_leave_the_desk_are_scenarios(
    deskterm: Deskterm, tmp_path: Path
) -> None:
    deskterm(*SERVICENOW, str(REAL), *WHOSE)
    out = tmp_path / "tickets.jsonl"
    assert deskterm("export", "json", "--to", str(out)).out == ""
    lines = out.read_text(encoding="ascii").splitlines()
    assert len(lines) == 445
    simulated = [json.loads(line) for line in deskterm("simulate", str(out)).out.splitlines()]
    for line, again in zip(map(json.loads, lines), simulated, strict=True):
        states = {name: clock["state"] for name, clock in line["clocks"].items()}
        assert {name: clock["state"] for name, clock in again["clocks"].items()} == states
        dues = {name: clock.get("due") for name, clock in line["clocks"].items()}
        assert {name: again["clocks"][name].get("due") for name in dues} == dues


def test_a_line_of_json_is_what_ticket_show_prints(deskterm: Deskterm) -> None:
    deskterm("ticket", "new", "--customer", "Oakfield Primary", "--subject", "Café [/] down")
    deskterm("ticket", "new", "--customer", "Oakfield Primary", "--subject", "Printer jam")
    ran = deskterm("export", "json", "caf")
    assert ran.out.isascii()
    assert [json.loads(line) for line in ran.out.splitlines()] == [
        deskterm("ticket", "show", "1", "--json").json
    ]


def test_spreadsheets_go_out_and_come_in(deskterm: Deskterm, tmp_path: Path) -> None:
    deskterm("ticket", "new", "--customer", "Oakfield Primary", "--subject", "=1+1")
    sheet = tmp_path / "tickets.csv"
    deskterm("export", "csv", "--to", str(sheet))
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbfnumber,")
    assert b",'=1+1," in sheet.read_bytes()
    told = deskterm("import", "csv", str(sheet), "--json").json
    assert told == {"created": 0, "unchanged": 1, "updated": 0, "refused": []}
    other = ("--database", str(tmp_path / "other.db"))
    deskterm(*other, "init", "--agent", "Kim", "--role", "supervisor")
    deskterm(*other, "customer", "add", "Oakfield Primary", "--policy", "concero")
    told = deskterm(*other, "import", "csv", str(sheet), "--json").json
    assert told == {"created": 1, "unchanged": 0, "updated": 0, "refused": []}
    subjects = [one["subject"] for one in deskterm(*other, "ticket", "list", "--json").json]
    assert subjects == ["=1+1"]


def test_customers_go_out_and_come_in(deskterm: Deskterm, tmp_path: Path) -> None:
    deskterm("customer", "contact", "Oakfield Primary", "Jo Marsh", "--email", "jo@oak.example")
    sheet = tmp_path / "customers.csv"
    deskterm("export", "csv", "--customers", "--to", str(sheet))
    assert "Jo Marsh" in sheet.read_text(encoding="utf-8-sig")
    told = deskterm("import", "csv", str(sheet), "--json").json
    assert told == {"created": 0, "unchanged": 1, "updated": 0, "refused": []}
    lines = deskterm("export", "json", "--customers").out.splitlines()
    assert [json.loads(line)["name"] for line in lines] == ["Oakfield Primary"]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_is_written_can_be_named_in_words(deskterm: Deskterm, form: str) -> None:
    deskterm("ticket", "new", "--customer", "Oakfield Primary", "--subject", "Printer jam")
    every = deskterm("export", form).out
    assert "Printer jam" in every
    assert deskterm("export", form, "tickets").out == every
    assert "Printer jam" not in deskterm("export", form, "tickets", "screen").out
    assert deskterm("export", form, "customers").out == deskterm("export", form, "--customers").out
    both = deskterm.try_("export", form, "tickets", "--customers")
    assert (both.status, both.out) == (2, "")


def test_columns_nobody_knows_are_told(deskterm: Deskterm, tmp_path: Path) -> None:
    sheet = tmp_path / "tickets.csv"
    sheet.write_text("Title,Colour\nPrinter jam,red\n", encoding="utf-8")
    ran = deskterm("import", "csv", str(sheet), "--customer", "Oakfield Primary")
    assert ran.out.splitlines() == [
        "1 created, 0 unchanged, 0 lines refused",
        "columns that were kept with the tickets as they are: Colour",
    ]


def test_a_demo_desk_is_built_and_only_once(bare: Deskterm) -> None:
    ran = bare("demo", "--tickets", "20", "--seed", "x", "--no-open")
    assert ran.out.startswith("20 tickets of 40 customers (2 to be done) are in ")
    assert len(bare("ticket", "list", "--all", "--json").json) == 20
    assert bare("audit", "verify").status == 0
    again = bare.try_("demo", "--tickets", "20", "--no-open")
    assert again.status == 1
    assert "there already" in again.err


def test_a_demo_desk_is_made_for_the_time_that_is_named(bare: Deskterm) -> None:
    bare("demo", "--tickets", "20", "--no-open", "--now", "2024-05-07T10:00+00:00")
    opened = [one["opened"] for one in bare("ticket", "list", "--all", "--json").json]
    assert max(opened) < "2024-05-07T10:00"
    assert min(opened) > "2023-12-01"
