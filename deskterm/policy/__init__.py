"""Support agreements as data: the document, its reader and its holidays.

`read_policy` turns the text of a policy file into a `Policy` or raises `PolicyError` with every
finding. Nothing here opens a file, asks the time or imports the holidays package before it is
needed.
"""

from __future__ import annotations

from deskterm.policy.document import (
    Amount,
    AxisValue,
    CalendarRule,
    Cover,
    HoldReason,
    HolidayRule,
    Package,
    Policy,
    Priority,
    Region,
    RequestClass,
    Slot,
    Target,
    TicketType,
    Triage,
    When,
)
from deskterm.policy.findings import Finding, PolicyError
from deskterm.policy.reader import check_policy, read_policy

__all__ = [
    "Amount",
    "AxisValue",
    "CalendarRule",
    "Cover",
    "Finding",
    "HoldReason",
    "HolidayRule",
    "Package",
    "Policy",
    "PolicyError",
    "Priority",
    "Region",
    "RequestClass",
    "Slot",
    "Target",
    "TicketType",
    "Triage",
    "When",
    "check_policy",
    "read_policy",
]
