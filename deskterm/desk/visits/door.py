"""The visits of the desk, as upper floors call them.

Every name here is a function of this folder with the desk filled in: what it takes, does and raises
stands there.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec, TypeVar

from deskterm.desk.visits import (
    attending,
    booking,
    calendarfile,
    callouts,
    changing,
    checking,
    checklists,
    displaced,
    erasing,
    for_a_ticket,
    people,
    planning,
    serieses,
    sheets,
    termdates,
    zonedata,
)

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk

P = ParamSpec("P")
R = TypeVar("R")


class Use(Generic[P, R]):
    """A use case whose first argument is the desk, called without it on `Visits`."""

    def __init__(self, act: Callable[Concatenate[Desk, P], R]) -> None:
        self._act = act
        self.__doc__ = act.__doc__

    def __get__(self, visits: Visits, owner: type[Visits]) -> Callable[P, R]:
        act = self._act

        def use(*args: P.args, **kwargs: P.kwargs) -> R:
            visits.prepare()
            return act(visits.desk, *args, **kwargs)

        return use


class Visits:
    """Onsite visits: reads for the planner, and every step on a visit."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.last_look = checking.LastLook()
        self._lock = Lock()
        self._prepared = desk.store.read_only

    def prepare(self) -> None:
        """Before the first use: visits that newer zone data displaced are put right."""
        with self._lock:
            if not self._prepared:
                zonedata.keep_promises(self.desk)
                self._prepared = True

    # What the planner reads.
    show = Use(planning.show)
    week = Use(planning.week)
    planner = Use(planning.planner)
    free = Use(planning.free)
    for_ticket = Use(planning.for_ticket)
    ticket_visits = Use(for_a_ticket.ticket_visits)
    check = Use(checking.check)
    my_day = Use(planning.my_day)
    ledger = Use(planning.ledger)
    in_question = Use(displaced.in_question)
    displaced = Use(displaced.displaced)
    report = Use(checklists.visit_report)
    number_note = Use(checking.number_note)
    printed = Use(sheets.printed)
    history = Use(erasing.history)
    ics = Use(calendarfile.calendar_text)

    # Steps on visits.
    book = Use(booking.book)
    preview_series = Use(serieses.preview_series)
    book_series = Use(serieses.book_series)
    callout = Use(callouts.call_out)
    move = Use(changing.move)
    reassign = Use(changing.reassign)
    cancel = Use(changing.cancel)
    undo = Use(changing.undo)
    arrive = Use(attending.arrive)
    depart = Use(attending.depart)
    no_show = Use(attending.no_show)
    in_lieu = Use(attending.in_lieu)
    in_lieu_of_unbooked = Use(attending.in_lieu_of_unbooked)
    forfeit = Use(attending.forfeit)
    adjust = Use(attending.adjust)
    redact = Use(erasing.redact)

    # Checklists and AV units.
    add_unit = Use(checklists.add_unit)
    units = Use(checklists.units)
    tick = Use(checklists.tick)
    ticket_for = Use(checklists.ticket_for)

    # When engineers work and schools are open.
    set_pattern = Use(people.set_pattern)
    add_absence = Use(people.add_absence)
    withdraw_absence = Use(people.withdraw_absence)
    add_terms = Use(termdates.add_terms)
    terms = Use(termdates.entered_terms)
    withdraw_term = Use(termdates.withdraw_term)
    set_area = Use(termdates.set_area)
