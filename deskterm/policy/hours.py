"""Opening hours as a person writes them: ``{ "mon-fri" = "08:00-16:30" }``."""

from __future__ import annotations

import re

from deskterm.policy.findings import Findings, Path
from deskterm.policy.vocabulary import WEEKDAYS

DAY_WORDS = 'a weekday or a range of them, such as "mon-fri" or "sat"'
SPAN_WORDS = (
    'hours such as "08:00-16:30", or a list of them; an end before the start is on the next day, '
    '"00:00-24:00" is the whole day'
)

_DAY_KEYS = (*WEEKDAYS, "mon-fri", "mon-sun", "sat-sun")
_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2}) ?[-–] ?([0-9]{1,2}):([0-9]{2})")
_DAY_MINUTES = 24 * 60
_WEEK_MINUTES = 7 * _DAY_MINUTES
_MOST_SPANS = 48

Weekly = dict[str, tuple[tuple[str, str], ...]]


def read_hours(value: object, path: Path, findings: Findings) -> Weekly:
    """Weekday to (from, to) pairs of local times, Monday first, closed days left out.

    Notes unknown weekdays, unreadable or overlapping hours and a week that never opens.
    """
    if not isinstance(value, dict):
        if value is None:
            findings.missing(path, 'opening hours such as { "mon-fri" = "08:00-16:30" }')
        else:
            findings.add(path, value, 'a table of hours such as { "mon-fri" = "08:00-16:30" }')
        return {}
    opened: list[tuple[int, int, Path]] = []
    weekly: dict[str, list[tuple[str, str]]] = {}
    for key, entry in value.items():
        days = _days(key)
        if not days:
            findings.add((*path, key), key, DAY_WORDS, known=_DAY_KEYS)
        for place, span in _spans(entry, (*path, key), findings):
            for day in days:
                weekly.setdefault(day, []).append((_clock(span[0]), _clock(span[1])))
                start = WEEKDAYS.index(day) * _DAY_MINUTES + span[0]
                length = (span[1] - span[0]) % _DAY_MINUTES or _DAY_MINUTES
                opened.append((start, start + length, place))
    if not opened and not findings.under(path):
        findings.says(path, "a calendar that never opens", "at least one day with hours")
    _note_overlaps(opened, findings)
    return {day: tuple(sorted(weekly[day])) for day in WEEKDAYS if day in weekly}


def read_span(text: str) -> tuple[str, str] | None:
    """One stretch inside a day, such as a visit's slot, as (from, to); None if unreadable."""
    span = _span(text)
    if span is None or span[1] <= span[0]:
        return None
    return _clock(span[0]), _clock(span[1])


def _days(key: str) -> list[str]:
    first, dash, last = key.strip().lower().replace("–", "-").partition("-")
    first, last = first.strip(), last.strip() if dash else first.strip()
    if first not in WEEKDAYS or last not in WEEKDAYS:
        return []
    start = WEEKDAYS.index(first)
    count = (WEEKDAYS.index(last) - start) % 7 + 1
    return [WEEKDAYS[(start + offset) % 7] for offset in range(count)]


def _spans(entry: object, path: Path, findings: Findings) -> list[tuple[Path, tuple[int, int]]]:
    listed = entry if isinstance(entry, list) else [entry]
    if len(listed) > _MOST_SPANS:
        findings.says(path, f"{len(listed)} stretches of hours", f"no more than {_MOST_SPANS}")
        return []
    read: list[tuple[Path, tuple[int, int]]] = []
    for position, value in enumerate(listed):
        place = (*path, position) if isinstance(entry, list) else path
        span = _span(value) if isinstance(value, str) else None
        if span is None:
            findings.add(place, value, SPAN_WORDS)
        elif span[0] == span[1]:
            findings.add(place, value, 'an end after the start ("00:00-24:00" is the whole day)')
        else:
            read.append((place, span))
    return read


def _span(text: str) -> tuple[int, int] | None:
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, end_hour, end_minute = (int(part) for part in match.groups())
    start, end = hour * 60 + minute, end_hour * 60 + end_minute
    if minute > 59 or end_minute > 59 or start >= _DAY_MINUTES or end > _DAY_MINUTES:
        return None
    return start, end


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _note_overlaps(opened: list[tuple[int, int, Path]], findings: Findings) -> None:
    ordered = sorted(opened, key=lambda span: span[:2])
    if not ordered:
        return
    # Sunday night may run into Monday morning: the first opening is looked at again a week on.
    first = ordered[0]
    ordered.append((first[0] + _WEEK_MINUTES, first[1] + _WEEK_MINUTES, first[2]))
    noted: set[Path] = set()
    latest = ordered[0]
    for span in ordered[1:]:
        if span[0] < latest[1] and span[2] not in noted:
            noted.add(span[2])
            day = WEEKDAYS[span[0] // _DAY_MINUTES % 7]
            findings.says(
                span[2],
                f"hours on {day} that overlap others of the same calendar",
                "hours that do not overlap: open from one to the other in one stretch",
            )
        if span[1] > latest[1]:
            latest = span
