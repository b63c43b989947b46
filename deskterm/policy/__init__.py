"""Support agreements as data: the document, its reader and its holidays.

`read_policy` turns the text of a policy file into a `Policy` or raises `PolicyError` with every
finding. Nothing here opens a file, asks the time or imports the holidays package before it is
needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_FOUND_IN = {
    "Finding": "findings",
    "PolicyError": "findings",
    "check_policy": "reader",
    "read_policy": "reader",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for: words of the vocabulary are needed where no policy is read."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_FOUND_IN.get(name, 'document')}"), name)
