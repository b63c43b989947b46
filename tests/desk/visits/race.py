"""Many programs booking the same slots at once, and what each of them saw."""

from __future__ import annotations

import multiprocessing
import random
import time
from datetime import date, timedelta
from typing import NamedTuple

from deskterm.desk.visits.model import SlotTaken
from tests.desk.visits.school import OAKFIELD, SAM, School

FIRST = date(2026, 11, 23)


class Try(NamedTuple):
    """One attempt: the slot, the visit booked or None, how long it took, and how many others were
    offered where it was taken."""

    slot: tuple[str, str]
    visit: int | None
    seconds: float
    others: int
    sentence: str


def open_slots(school: School, count: int) -> list[tuple[str, str]]:
    """So many slots that can be booked."""
    found: list[tuple[str, str]] = []
    weeks = 0
    while len(found) < count:
        offers = school.desk.visits.free(OAKFIELD, FIRST + timedelta(weeks=weeks), days=7)
        found += [(each.day.isoformat(), each.slot) for each in offers if each.bookable]
        weeks += 1
    return found[:count]


def race(place: str, slots: list[tuple[str, str]], writers: int) -> list[list[Try]]:
    """Every writer, a program of its own, tries every slot in an order of its own."""
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(writers)
    results = context.SimpleQueue()
    programs = [
        context.Process(target=_run, args=(place, slots, seed, gate, results))
        for seed in range(writers)
    ]
    for program in programs:
        program.start()
    tries = [results.get() for _ in programs]
    for program in programs:
        program.join()
    return tries


def _run(
    place: str, slots: list[tuple[str, str]], seed: int, gate: object, results: object
) -> None:
    school = School(place)
    order = random.Random(seed).sample(slots, len(slots))
    gate.wait()  # type: ignore[attr-defined]  # multiprocessing's barrier has no public type
    results.put([_try(school, slot) for slot in order])  # type: ignore[attr-defined]  # its queue neither
    school.close()


def _try(school: School, slot: tuple[str, str]) -> Try:
    begun = time.perf_counter()
    try:
        visit = school.desk.visits.book(OAKFIELD, *slot, engineer=SAM).visit.id
    except SlotTaken as taken:
        spent = time.perf_counter() - begun
        return Try(slot, None, spent, len(taken.others), taken.sentence)
    return Try(slot, visit, time.perf_counter() - begun, 0, "")
