"""Many programs booking the same slots at once, and what each of them saw."""

from __future__ import annotations

import gc
import multiprocessing
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, NamedTuple

from deskterm.desk.visits.model import SlotTaken
from tests.desk.visits.school import OAKFIELD, SAM, School

FIRST = date(2026, 11, 23)


class Try(NamedTuple):
    """One attempt: the slot, the visit booked or None, how long it took in all and inside the turn
    to write, and how many others were offered where it was taken."""

    slot: tuple[str, str]
    visit: int | None
    seconds: float
    turn_seconds: float
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
    # A program of its own would not go through all that whoever started the race has loaded.
    gc.freeze()
    school = School(place)
    turns = _timed(school)
    order = random.Random(seed).sample(slots, len(slots))
    gate.wait()  # type: ignore[attr-defined]  # multiprocessing's barrier has no public type
    results.put([_try(school, slot, turns) for slot in order])  # type: ignore[attr-defined]  # its queue neither
    school.close()


def _timed(school: School) -> list[float]:
    """How long each turn to write takes from now on, from when it is granted to what is kept."""
    write, turns = school.desk.store.write, list[float]()

    @contextmanager
    def timed() -> Iterator[Any]:
        begun = time.perf_counter()
        try:
            with write() as tx:
                begun = time.perf_counter()
                yield tx
        finally:
            turns.append(time.perf_counter() - begun)

    school.desk.store.write = timed  # type: ignore[method-assign]  # measured, not changed
    return turns


def _try(school: School, slot: tuple[str, str], turns: list[float]) -> Try:
    turns.clear()
    begun = time.perf_counter()
    visit, others, sentence = None, 0, ""
    try:
        visit = school.desk.visits.book(OAKFIELD, *slot, engineer=SAM).visit.id
    except SlotTaken as taken:
        others, sentence = len(taken.others), taken.sentence
    return Try(slot, visit, time.perf_counter() - begun, sum(turns), others, sentence)
