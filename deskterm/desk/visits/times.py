"""What a user calls a time of a visit, as a time of an agreement."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from deskterm.desk.errors import Refused
from deskterm.desk.text import clean
from deskterm.desk.visits.held import Held
from deskterm.visits.errors import VisitRefused
from deskterm.visits.feasibility import USUAL_FREE_MINUTES
from deskterm.visits.slots import SlotTime, find_slot, free_time
from deskterm.visits.wallclock import minute_of_day

_FREE: Final = re.compile(r"(\d{1,2}:\d\d)(?:\s*[-–]\s*(\d{1,2}:\d\d))?")


def named_time(held: Held, day: date, slot: str, minutes: int | None = None) -> SlotTime:
    """A slot by its id or name, or a free time such as ``10:00`` or ``10:00-12:00``.

    A free time without an end lasts `minutes`, by default the package's shortest visit. Raises
    `Refused` with a sentence.
    """
    found = _FREE.fullmatch(slot.strip())
    try:
        if found is None:
            return find_slot(held.package, str(clean(slot)), day, held.zone)
        starts, ends = found.groups()
        if held.package.onsite not in ("free", "slots+free"):
            return find_slot(held.package, str(clean(slot)), day, held.zone)
        length = minutes or min(held.package.free_minutes, default=USUAL_FREE_MINUTES)
        if ends is not None:
            length = minute_of_day(ends) - minute_of_day(starts)
        return free_time(held.package, day, starts, length, held.zone)
    except VisitRefused as refused:
        raise Refused(refused.sentence) from refused


def given_date(text: str | date) -> date:
    """A local date as given or in ISO form. Raises `Refused` for anything else."""
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"“{clean(text)}” is no date such as 2026-11-23.") from None
