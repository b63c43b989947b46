"""Escalations that come by themselves: when the next one of a clock is due.

A policy names shares of a clock's allowance; each is told once. That it was told stands in the
journal as a `told` event with the ``clock`` and ``share``, and from then on the next one counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from deskterm.policy.document import Policy
from deskterm.sla.clocks import Clock
from deskterm.worktime import NeverReached

Told = frozenset[tuple[str, float]]
"""(clock, share) of the alerts that have been told."""


def alerts_told(told: Iterable[Mapping[str, Any]]) -> Told:
    """Which alerts the data of a ticket's `told` events speak of."""
    return frozenset((data["clock"], float(data["share"])) for data in told if "share" in data)


def next_alert_us(policy: Policy, clock: Clock, at_us: int, told: Told) -> int | None:
    """When the next alert on a running clock is due, perhaps in the past; None where there is none.

    `at_us` is the instant `clock` was read at; the answer does not depend on it.
    """
    shares = [
        alert.share
        for alert in policy.alerts
        if alert.clock == clock.name and (clock.name, alert.share) not in told
    ]
    if not shares or clock.phase != "running" or clock.axis is None:
        return None
    if clock.allowed_us is None or clock.used_us is None:
        return None
    # What is used and where the axis stands go on together for as long as the clock runs.
    left = int(clock.allowed_us * min(shares)) - clock.used_us
    try:
        return clock.axis.earliest(clock.axis.position(at_us) + left)
    except NeverReached:
        return None
