"""Every kind of mistake in a policy file is found, placed and explained."""

from __future__ import annotations

import pytest

from deskterm.policy import PolicyError, check_policy, read_policy
from tests.policy.texts import GOOD, broken, only


def test_the_small_policy_has_no_mistake() -> None:
    policy = read_policy(GOOD, "small.toml")
    assert policy.id == "small"
    assert policy.triage.grid["one", "hindered"] == "low"
    assert policy.default_package == "basic"
    assert policy.default_region == "north"


@pytest.mark.parametrize(
    ("old", "new", "path", "found", "nearest"),
    [
        # Zones
        ('tz = "Europe/London"', 'tz = "Europe/Lodnon"', "calendars.desk.tz",
         '"Europe/Lodnon"', "Europe/London"),
        ('tz = "Europe/London"', 'tz = "London"', "calendars.desk.tz", '"London"', "Europe/London"),
        ('tz = "Europe/London"', 'tz = "Europe"', "calendars.desk.tz", '"Europe"', None),
        ('tz = "Europe/London"', 'tz = "../../etc/passwd"', "calendars.desk.tz",
         '"../../etc/passwd"', None),
        ('tz = "Europe/London"', 'tz = "localtime"', "calendars.desk.tz", '"localtime"', None),
        # Weekdays and hours
        ('"mon-fri" = "09', '"mon-fry" = "09', "calendars.desk.hours.mon-fry",
         '"mon-fry"', "mon-fri"),
        ('"09:00-17:00"', '"9 to 5"', "calendars.desk.hours.mon-fri", '"9 to 5"', None),
        ('"09:00-17:00"', '"09:00-25:00"', "calendars.desk.hours.mon-fri", '"09:00-25:00"', None),
        ('"09:00-17:00"', '"09:00-09:00"', "calendars.desk.hours.mon-fri", '"09:00-09:00"', None),
        ('"09:00-17:00"', '["09:00-12:00", "11:00-17:00"]', "calendars.desk.hours.mon-fri[1]",
         "overlap", None),
        ('{ "mon-fri" = "09:00-17:00" }', "{}", "calendars.desk.hours", "never opens", None),
        ('{ "mon-fri" = "09:00-17:00" }', "{ mon = [] }", "calendars.desk.hours",
         "never opens", None),
        # Durations
        ("1 working hour", "1 wroking hour", "targets[0].amount.high",
         '"1 wroking hour"', "1 working hour"),
        ("1 working hour", "0 working hours", "targets[0].amount.high", '"0 working hours"', None),
        ("2 working days", "2 days", "targets[0].amount.low", '"2 days"', "2 working days"),
        ("5 working days", "soon", "targets[1].amount", '"soon"', None),
        # The grid
        ('hindered = ["high", "low"]', 'hindered = ["high", "lwo"]', "triage.grid.hindered[1]",
         '"lwo"', "low"),
        ('hindered = ["high", "low"]', 'hindered = ["high"]', "triage.grid.hindered",
         "a row of 1", None),
        ('hindered = ["high", "low"]', 'hindered = "high low low"', "triage.grid.hindered",
         "a row of 3", None),
        # Events, clocks, names in a row's `when`
        ('["responded", "resolved"]', '["responed", "resolved"]', "targets[0].stop[0]",
         '"responed"', "responded"),
        ('stop = ["responded", "resolved"]', "stop = []", "targets[0].stop", "empty list", None),
        ('stop = ["resolved"]', 'stop = ["resolved"]\nexempt_on = ["code-fix"]',
         "targets[1].exempt_on[0]", '"code-fix"', "code_fix"),
        ('stop = ["resolved"]', 'stop = ["resolved"]\nstart = "open"', "targets[1].start",
         '"open"', "opened"),
        ('stop = ["resolved"]', 'stop = ["resolved"]\ncalendar = "dsk"', "targets[1].calendar",
         '"dsk"', "desk"),
        ('package = ["basic"]', 'package = ["bsic"]', "targets[0].when.package[0]",
         '"bsic"', "basic"),
        ('channel = ["phone"]', 'channel = ["fone"]', "targets[0].when.channel[0]",
         '"fone"', "phone"),
        ('type = ["incident"]', 'type = ["incidents"]', "targets[0].when.type[0]",
         '"incidents"', "incident"),
        ('tier = ["gold"]', 'tier = ["golden"]', "targets[0].when.tier[0]", '"golden"', "gold"),
        ('tier = ["gold"]', 'tier = ["gold"], priority = ["hihg"]',
         "targets[0].when.priority[0]", '"hihg"', "high"),
        ('tier = ["gold"]', 'tier = ["gold"], emergency_callout = "yes"',
         "targets[0].when.emergency_callout", '"yes"', None),
        ('name = "Small"', 'name = "Small"\ndefault_region = "nroth"', "default_region",
         '"nroth"', "north"),
        ('name = "Small"', 'name = "Small"\ndefault_package = "basics"', "default_package",
         '"basics"', "basic"),
        # Regions and packages
        ('desk = "desk", onsite', 'desk = "dsk", onsite', "regions.north.calendars.desk",
         '"dsk"', "desk"),
        ('onsite = "slots"', 'onsite = "slot"', "packages.basic.onsite", '"slot"', "slots"),
        ('"13:00-15:00"', '"10:00-15:00"', "packages.basic.slots[1].hours", "overlaps am", None),
        ('"13:00-15:00"', '"15:00-13:00"', "packages.basic.slots[1].hours",
         '"15:00-13:00"', None),
        # Ids
        ('id = "pm"', 'id = "am"', "packages.basic.slots[1].id", '"am"', None),
        ('id = "low"', 'id = "low!"', "priorities[1].id", '"low!"', None),
        # Types and keys
        ('name = "Small"', "name = 7", "name", "7", None),
        ('name = "Small"', 'name = ""', "name", '""', None),
        ('name = "Small"', 'name = "Small\\u001b[2J"', "name", '"Small\\x1b[2J"', None),
        ('name = "Small"', f'name = "Small"\ntravel_minutes = 0x{"f" * 9_000}', "travel_minutes",
         "a gigantic number", None),
        ('name = "Small"', 'name = "Small"\nwarning_share = 75', "warning_share", "75", None),
        ('name = "Small"', 'name = "Small"\nqueue_order = ["priorty"]', "queue_order[0]",
         '"priorty"', "priority"),
        ('name = "Small"', 'name = "Small"\nsumary = "x"', "sumary", '"sumary"', "summary"),
        ('name = "Small"', 'name = "Small"\nrequired = ["sight"]', "required[0]",
         '"sight"', "site"),
        ('name = "Small"', 'name = "Small"\nmaintenance_notice = "1 day"', "maintenance_notice",
         '"1 day"', "1 working day"),
        ('tz = "Europe/London"', 'tz = "Europe/London"\nholidays = { closed = ["England"] }',
         "calendars.desk.holidays.closed[0]", '"England"', None),
    ],
)  # fmt: skip
def test_one_mistake_is_one_finding(
    old: str, new: str, path: str, found: str, nearest: str | None
) -> None:
    findings = [finding for finding in broken(old, new) if finding.path == path]
    assert findings, [str(finding) for finding in broken(old, new)]
    finding = findings[0]
    assert found in finding.found
    assert finding.nearest == nearest
    assert finding.expected
    assert finding.file == "small.toml"
    assert finding.line is not None


@pytest.mark.parametrize(
    ("old", "path"),
    [
        ('id = "small"\n', "id"),
        ('name = "Small"\n', "name"),
        ('tz = "Europe/London"\n', "calendars.desk.tz"),
        ('hours = { "mon-fri" = "09:00-17:00" }\n', "calendars.desk.hours"),
        ('stopped = ["high", "high"]\n', "triage.grid.stopped"),
        ('clock = "first_response"\n', "targets[0].clock"),
        ('stop = ["responded", "resolved"]\n', "targets[0].stop"),
        ('amount = "5 working days"\n', "targets[1].amount"),
        ('slots = [{ id = "am", hours = "08:30-10:30" }, { id = "pm", hours = "13:00-15:00" }]\n',
         "packages.basic.slots"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(old: str, path: str) -> None:
    finding = only(broken(old, ""))
    assert (finding.path, finding.found) == (path, "nothing")
    assert finding.expected


def test_a_table_of_amounts_has_one_for_each_priority() -> None:
    finding = only(broken(', low = "2 working days"', ""))
    assert finding.path == "targets[0].amount"
    assert finding.found == "no amount for low"


def test_a_row_for_some_priorities_needs_amounts_for_those_only() -> None:
    text = GOOD.replace(', low = "2 working days"', "").replace(
        'tier = ["gold"]', 'tier = ["gold"], priority = ["high"]'
    )
    assert check_policy(text, "small.toml") == ()


def test_a_policy_that_lists_types_lists_one() -> None:
    assert only(broken('name = "Small"', 'name = "Small"\ntypes = {}')).path == "types"


def test_a_doubled_priority_is_found() -> None:
    finding = only(broken("[triage]\nkind", '[[priorities]]\nid = "high"\n\n[triage]\nkind'))
    assert finding.path == "priorities[2].id"
    assert "twice" in finding.expected


def test_a_policy_without_regions_has_a_calendar_called_desk() -> None:
    text = GOOD.replace("[calendars.desk]", "[calendars.office]").replace(
        '[regions.north]\ncalendars = { desk = "desk", onsite = "onsite" }\n', ""
    )
    assert {finding.path for finding in check_policy(text, "x")} == {
        "calendars.desk",
        "targets[0].calendar",
        "targets[1].calendar",
    }


def test_hours_may_not_run_into_those_of_the_next_morning() -> None:
    nightly = '{ sun = "22:00-06:00", mon = "05:00-12:00" }'
    findings = broken('{ "mon-fri" = "09:00-17:00" }', nightly)
    assert "overlap" in only(findings).found


def test_engineer_time_is_promised_in_hours_and_needs_onsite_hours() -> None:
    text = GOOD.replace(
        'amount = "5 working days"', 'amount = "5 working days"\ncalendar = "visits"'
    )
    assert only(check_policy(text, "x")).path == "targets[1].amount"
    elapsed = text.replace('"visits"', '"elapsed"')
    assert only(check_policy(elapsed, "x")).path == "targets[1].amount"


def test_a_class_is_not_its_own_ancestor() -> None:
    text = GOOD + '[[classes]]\nid = "a"\nparent = "b"\n[[classes]]\nid = "b"\nparent = "a"\n'
    assert [finding.path for finding in check_policy(text, "x")] == [
        "classes[0].parent",
        "classes[1].parent",
    ]


def test_alerts_and_figures_name_clocks_and_steps_there_are() -> None:
    text = GOOD + (
        '[[alerts]]\nclock = "resolutoin"\nshare = 0.5\nstep = "boss"\n'
        '[[kpis]]\nid = "k"\nmeasure = "in_tyme"\nclocks = ["resolution"]\n'
    )
    found = {finding.path: finding.nearest for finding in check_policy(text, "x")}
    assert found == {
        "alerts[0].clock": "resolution",
        "alerts[0].step": None,
        "kpis[0].measure": "in_time",
    }


def test_all_mistakes_come_out_at_once_and_nothing_is_half_loaded() -> None:
    text = (
        GOOD.replace("Europe/London", "Europe/Lodnon")
        .replace("1 working hour", "an hour")
        .replace('"high", "low"]', '"high"]')
        .replace('"resolved"]\namount', '"fixed"]\namount')
        + "\n[colours]\n"
    )
    with pytest.raises(PolicyError) as caught:
        read_policy(text, "small.toml")
    assert [finding.path for finding in caught.value.findings] == [
        "calendars.desk.tz",
        "calendars.onsite.tz",
        "triage.grid.hindered",
        "targets[0].stop[1]",
        "targets[0].amount.high",
        "targets[1].stop[0]",
        "colours",
    ]


def test_a_finding_is_one_readable_line() -> None:
    finding = only(broken("1 working hour", "1 wroking hour"))
    line = str(finding)
    assert line.startswith(
        'small.toml:51: targets[0].amount.high: found "1 wroking hour", expected'
    )
    assert line.endswith("(did you mean 1 working hour?)")
    assert "\n" not in line


@pytest.mark.parametrize("text", ["", "\n \t\n", "\ufeff", "\ufeff\r\n"])
def test_an_empty_file_says_so(text: str) -> None:
    assert "empty" in only(check_policy(text, "x.toml")).found


def test_a_byte_order_mark_does_no_harm() -> None:
    assert check_policy("\ufeff" + GOOD.replace("\n", "\r\n"), "x.toml") == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("id = ", 1),
        ("a = 1\nb = [1, 2\nc = 3\n", 3),
        ("a = 1\n\na = 2\n", 3),
        ('x = "not closed\n', 1),
        ("a = 1\n= 2", 2),
    ],
)
def test_broken_toml_is_a_finding_with_its_line(text: str, line: int) -> None:
    finding = only(check_policy(text, "x.toml"))
    assert finding.line == line
    assert "TOML" in finding.expected


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "{b = " * 50_000,
        "a." * 100_000 + "b = 1",
        '"\\"".' * 50_000 + "b = 1",
        "'x' . " * 40_000 + "b = 1",
        "[" + "a." * 100_000 + "b]",
        "a = " + "9" * 5_000,
        "a = 0x" + "f" * 100_000,
        "x" * 300_000,
    ],
    ids=["lists", "tables", "bare", "quoted", "spaced", "header", "digits", "hex", "long"],
)
def test_gigantic_texts_are_refused_with_a_finding(text: str) -> None:
    findings = check_policy(text, "x.toml")
    assert findings
    assert all(len(str(finding)) < 1_000 for finding in findings)


def test_a_thousand_mistakes_are_enough() -> None:
    text = GOOD + "".join(f"[stray{number}]\n" for number in range(5_000))
    findings = check_policy(text, "x.toml")
    assert len(findings) == 1_001
    assert findings[-1].found == "4000 more mistakes"


def test_findings_never_carry_commands_to_the_terminal() -> None:
    text = GOOD + '"\\u001b]52;c;AAAA\\u0007" = 1\n'
    text = text.replace('id = "many"', 'id = "\\u0007"').replace('"high", "low"]', '"high"]')
    findings = check_policy(text, "\x1b[31mevil.toml")
    assert len(findings) == 3
    assert all(str(finding).isprintable() for finding in findings)
