"""Small policies and exports that the intake tests share."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from deskterm.desk.intake.csv_reading import Table
from deskterm.desk.intake.servicenow import Incidents, read_incidents
from deskterm.desk.intake.servicenow_map import ServiceNowMap, default_map
from deskterm.policy.document import AxisValue, HoldReason, Policy, Priority, TicketType, Triage
from deskterm.policy.vocabulary import HOLD_REASONS

DATA = Path(__file__).parents[2] / "data"
LONDON = ZoneInfo("Europe/London")

REASONS = tuple(HoldReason(*known) for known in HOLD_REASONS.items())
TYPES = {"incident": TicketType("incident", "Incident")}


def grid_policy() -> Policy:
    """Four by three, the axes not in the order of their severity."""
    impact = ("one", "team", "building", "business")
    urgency = ("question", "fault", "outage")
    levels = ("critical", "serious", "small")
    cells = {
        "outage": ("serious", "critical", "critical", "critical"),
        "question": ("small", "small", "small", "serious"),
        "fault": ("small", "small", "serious", "critical"),
    }
    return Policy(
        id="grid",
        name="Grid",
        version="1",
        source="",
        summary="",
        calendars={},
        priorities=tuple(Priority(level, level.title()) for level in levels),
        triage=Triage(
            "grid",
            tuple(AxisValue(value, value) for value in impact),
            tuple(AxisValue(value, value) for value in urgency),
            grid={
                (left, top): cells[top][place]
                for place, left in enumerate(impact)
                for top in urgency
            },
        ),
        targets=(),
        types=TYPES,
        holds=REASONS,
        channels=("phone", "email"),
    )


def list_policy() -> Policy:
    """Three priorities in a list, no grid."""
    return Policy(
        id="list",
        name="List",
        version="1",
        source="",
        summary="",
        calendars={},
        priorities=tuple(Priority(level, level.title()) for level in ("high", "middle", "low")),
        triage=Triage("list"),
        targets=(),
        types=TYPES,
        holds=REASONS,
    )


HEADER = "number,incident_state,reopen_count,opened_at,sys_updated_at,impact,urgency,priority"


def incidents(
    *rows: str,
    policy: Policy | None = None,
    mapping: ServiceNowMap | None = None,
    header: str = HEADER,
) -> Incidents:
    """What the lines of an export become."""
    policy = policy or grid_policy()
    table = Table("\n".join((header, *rows)).encode())
    return read_incidents(table, mapping or default_map(policy), policy, LONDON)


def row(
    state: str,
    minute: int,
    *,
    number: str = "INC1",
    reopened: int = 0,
    level: str = "2 - Medium,2 - Medium,3 - Moderate",
    opened: str = "01-03-2016 09:00",
) -> str:
    """One change, `minute` minutes after 09:00 on 1 March 2016."""
    updated = f"01-03-2016 {9 + minute // 60:02}:{minute % 60:02}"
    return f"{number},{state},{reopened},{opened},{updated},{level}"
