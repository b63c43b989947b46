"""Policy texts for the tests: the shipped ones, and a small good one to break."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from deskterm.policy import Finding, Policy, check_policy, read_policy

POLICIES = Path(__file__).parents[2] / "policies"
SHIPPED = ("azzure", "concero", "impero", "pupil-asset", "schoolstatus")

GOOD = """\
id = "small"
name = "Small"

[calendars.desk]
tz = "Europe/London"
hours = { "mon-fri" = "09:00-17:00" }

[calendars.onsite]
tz = "Europe/London"
hours = { "mon-fri" = "08:00-18:00" }

[[priorities]]
id = "high"

[[priorities]]
id = "low"

[triage]
kind = "grid"
rows = "urgency"

[[triage.impact]]
id = "many"

[[triage.impact]]
id = "one"

[[triage.urgency]]
id = "stopped"

[[triage.urgency]]
id = "hindered"

[triage.grid]
stopped = ["high", "high"]
hindered = ["high", "low"]

[tiers.gold]
name = "Gold"

[regions.north]
calendars = { desk = "desk", onsite = "onsite" }

[packages.basic]
onsite = "slots"
slots = [{ id = "am", hours = "08:30-10:30" }, { id = "pm", hours = "13:00-15:00" }]

[[targets]]
clock = "first_response"
stop = ["responded", "resolved"]
amount = { high = "1 working hour", low = "2 working days" }
when = { package = ["basic"], channel = ["phone"], type = ["incident"], tier = ["gold"] }

[[targets]]
clock = "resolution"
stop = ["resolved"]
amount = "5 working days"
"""


@cache
def shipped_text(policy_id: str) -> str:
    """The text of a shipped policy."""
    return (POLICIES / f"{policy_id}.toml").read_text(encoding="utf-8")


@cache
def shipped(policy_id: str) -> Policy:
    """A shipped policy."""
    return read_policy(shipped_text(policy_id), f"{policy_id}.toml")


def monday_to_friday(opens: str, closes: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Weekly hours that are the same on five days and none on two."""
    return dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ((opens, closes),))


def promises(policy: Policy, clock: str) -> list[dict[str, str]]:
    """The words of each row of a clock, in the order they are tried."""
    return [
        {priority: amount.words for priority, amount in target.amounts.items()}
        for target in policy.targets
        if target.clock == clock
    ]


def broken(old: str, new: str) -> tuple[Finding, ...]:
    """What is found wrong with the small good policy when `old` is replaced by `new`."""
    assert GOOD.count(old) >= 1, f"{old!r} is not in the text"
    return check_policy(GOOD.replace(old, new, 1), "small.toml")


def only(findings: tuple[Finding, ...]) -> Finding:
    """The one finding there is."""
    assert len(findings) == 1, "\n".join(str(finding) for finding in findings)
    return findings[0]
