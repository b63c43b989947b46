"""A desk in memory with a clock that only tests move; it keeps the door's promises and no more."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from deskterm.desk.agents import Login
from deskterm.desk.bulk import one_by_one
from deskterm.desk.catchup import CatchUp
from deskterm.desk.customer_model import CustomerLine, CustomerView
from deskterm.desk.errors import NotFound, Refused, StoreLost
from deskterm.desk.filters import Filter, Term, parse_filter
from deskterm.desk.hours import DeskHours
from deskterm.desk.model import (
    Agent,
    AgreementView,
    Arrivals,
    BulkDone,
    ClockCell,
    ContactView,
    Done,
    EventView,
    NewTicket,
    Preview,
    QueueCounts,
    QueuePage,
    QueueRow,
    StepField,
    StepForm,
    StepState,
    TicketView,
)
from deskterm.desk.saved_views import SavedView
from deskterm.desk.text import CleanText, clean
from deskterm.worktime import WorkingCalendar, from_us, to_us

LONDON = ZoneInfo("Europe/London")
#: Friday afternoon, the desk open for another two hours and a quarter.
NOW = datetime(2026, 11, 20, 14, 16, 0, tzinfo=LONDON)
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE

CALENDAR = WorkingCalendar.from_dict(
    {
        "tz": "Europe/London",
        "weekly": {day: [["08:00", "16:30"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    }
)
AXIS = CALENDAR.axis

SAM = Agent(1, clean("sam"), "technician")
KIM = Agent(2, clean("kim"), "technician")
PRIORITIES = (("urgent", "Urgent"), ("high", "High"), ("medium", "Medium"), ("low", "Low"))

SUBJECTS = (
    "Internet down, whole site", "SIMS will not start", "Hall projector blank",
    "New starter account", "Printer jams in the office", "Wi-Fi drops in block C",
    "Cannot open shared calendar", "Tablet trolley does not charge", "Phone in reception dead",
    "Password expired, cannot log in", "Smartboard pen out of line", "Backup reported a failure",
)  # fmt: skip
CUSTOMERS = ("Oakfield", "St Bede's", "Marlow Academy", "Hillcrest Infants", "Northgate")


def local(us: int) -> datetime:
    """London, whatever machine the tests run on."""
    return from_us(us, LONDON)


@dataclass
class FakeClock:
    """Stands still unless told to move."""

    us: int = to_us(NOW)

    def __call__(self) -> int:
        return self.us

    def move(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0) -> None:
        """Let time pass."""
        self.us += round((seconds + 60 * minutes + 3600 * hours) * SECOND)

    def set(self, at: datetime) -> None:
        """It is `at`."""
        self.us = to_us(at)


def running(
    name: str, title: str, due_in: int, *, now: int, risk_in: int | None = None
) -> ClockCell:
    """A clock with `due_in` microseconds of working time left at `now`; negative: late."""
    due = AXIS.earliest(AXIS.position(now) + due_in)
    risk = due - HOUR if risk_in is None else AXIS.earliest(AXIS.position(now) + risk_in)
    return ClockCell(name, title, "running", due, due, None, risk, None, "Europe/London", AXIS)


def paused(name: str, title: str, left: int) -> ClockCell:
    """A held clock."""
    return ClockCell(name, title, "paused", None, None, left, None, None, "Europe/London", AXIS)


def stopped(name: str, title: str, due: int, ended: int) -> ClockCell:
    """A clock that is met or missed."""
    phase = "met" if ended <= due else "missed"
    return ClockCell(name, title, phase, due, due, None, None, ended, "Europe/London", AXIS)


def exempt(name: str, title: str) -> ClockCell:
    """A clock that promises nothing."""
    return ClockCell(name, title, "exempt", None, None, None, None, None, "Europe/London", None)


def ticket(
    number: int,
    *clocks: ClockCell,
    subject: str = "Something is broken",
    customer: str = "Oakfield",
    priority: int | None = 2,
    agent: Agent | None = None,
    status: str = "open",
    opened: int | None = None,
    hold_reason: str | None = None,
) -> QueueRow:
    """A row."""
    live = [c for c in clocks if c.phase == "running" and c.due_us is not None]
    following = min(live, key=lambda c: c.due_us or 0, default=None)
    at = to_us(NOW) - 74 * MINUTE if opened is None else opened
    return QueueRow(
        number=number,
        reference=None,
        version=1,
        subject=clean(subject),
        status=status,  # type: ignore[arg-type]
        type="incident",
        priority=None if priority is None else PRIORITIES[priority][0],
        priority_name="not triaged" if priority is None else PRIORITIES[priority][1],
        priority_rank=-1 if priority is None else priority,
        customer=clean(customer),
        customer_id=CUSTOMERS.index(customer) if customer in CUSTOMERS else 99,
        agent=None if agent is None else agent.name,
        agent_id=None if agent is None else agent.id,
        policy="example",
        opened_us=at,
        updated_us=at,
        hold_reason=hold_reason,
        chase_us=None,
        next_clock=None if following is None else following.name,
        next_due_us=None if following is None else following.due_us,
        clocks=clocks,
    )


def answer(due_in: int, now: int) -> ClockCell:
    """A first response that is still owed."""
    return running("first_response", "Answer", due_in, now=now)


def fix(due_in: int, now: int) -> ClockCell:
    """A fix that is still owed."""
    return running("resolution", "Fix", due_in, now=now)


def some_tickets(now: int) -> list[QueueRow]:
    """A desk one can recognise: a bit of everything, in every state."""
    answered = stopped("first_response", "Answer", now, now - HOUR)
    rows = [
        ticket(1042, answer(-14 * MINUTE, now), fix(6 * HOUR + 46 * MINUTE, now),
               subject=SUBJECTS[0], customer="Oakfield", priority=0),
        ticket(1039, answer(25 * MINUTE + 4 * SECOND, now), fix(14 * HOUR + 25 * MINUTE, now),
               subject=SUBJECTS[1], customer="St Bede's", priority=1, agent=KIM),
        ticket(1035, answered, fix(3 * HOUR + 44 * MINUTE, now),
               subject=SUBJECTS[2], customer="Marlow Academy", priority=1, agent=SAM),
        ticket(1031, answered, paused("resolution", "Fix", 2 * HOUR + 10 * MINUTE),
               subject=SUBJECTS[3], customer="Oakfield", priority=2, agent=SAM, status="held",
               hold_reason="awaiting_customer"),
        ticket(1029, stopped("first_response", "Answer", now - 2 * HOUR, now - 80 * MINUTE),
               fix(55 * MINUTE, now), subject=SUBJECTS[4], customer="Northgate", priority=2,
               agent=KIM),
        ticket(1044, dataclasses.replace(answer(HOUR, now), phase="pending", due_us=None,
                                         late_from_us=None),
               dataclasses.replace(fix(HOUR, now), phase="pending", due_us=None,
                                   late_from_us=None),
               subject=SUBJECTS[5], customer="Hillcrest Infants", priority=None, status="new"),
        ticket(1040, dataclasses.replace(answer(HOUR, now), due_us=None, late_from_us=None,
                                         at_risk_us=None),
               fix(80 * HOUR, now), subject=SUBJECTS[6], customer="St Bede's", priority=3),
        ticket(1038, exempt("first_response", "Answer"), exempt("resolution", "Fix"),
               subject=SUBJECTS[7], customer="Northgate", priority=0, agent=KIM),
    ]  # fmt: skip
    for at in range(22):
        due = (4 + at * 3) * HOUR + at * 7 * MINUTE
        rows.append(
            ticket(
                1001 + at,
                answered if at % 3 else answer(due // 4, now),
                fix(due, now),
                subject=SUBJECTS[(at * 5) % len(SUBJECTS)],
                customer=CUSTOMERS[at % len(CUSTOMERS)],
                priority=1 + at % 3,
                agent=(SAM, KIM, None)[at % 3],
                opened=now - (at + 2) * HOUR,
            )
        )
    return rows


def _order(row: QueueRow) -> tuple[int, int]:
    return (row.next_due_us if row.next_due_us is not None else 2**62, row.number)


@dataclass
class Asked:
    """What a test may want to know of the questions the desk was asked."""

    pages: list[tuple[str, int, int]] = field(default_factory=list)
    steps: list[tuple[str, int, Mapping[str, Any]]] = field(default_factory=list)


@dataclass(frozen=True)
class FakeExplanation:
    """A due time as a sum."""

    title: str

    def text(self, here: Callable[[int], datetime] | None = None) -> str:
        return (
            f"{self.title} by Mon 23 Nov 12:32 — 8 working hours, Urgent (Example 3.2)\n"
            "  Fri 20 Nov  13:02 – 16:30     3h28\n"
            "  Sat 21 – Sun 22 Nov  weekend\n"
            "  Mon 23 Nov  08:00 – 12:32     4h32\n"
            "  worked 8h00\n"
        )


class NothingLeft(CatchUp):
    """Clocks are never left to be computed here."""

    def look(self, progress: Any = None) -> int:
        return 0


class FakeAgents:
    """Who works at the desk in memory."""

    def list(self) -> tuple[Agent, ...]:
        return (KIM, SAM)


class FakeViews:
    """Saved views."""

    def __init__(self) -> None:
        self.filters = {"AV jobs": "projector"}

    def list(self) -> tuple[SavedView, ...]:
        return tuple(SavedView(clean(name), clean(text)) for name, text in self.filters.items())

    def save(self, name: str, filter_text: str) -> SavedView:
        self.filters[name] = filter_text
        return SavedView(clean(name), clean(filter_text))

    def delete(self, name: str) -> None:
        del self.filters[name]


class FakeCustomers:
    """Names of customers and no more."""

    def __init__(self, desk: FakeDesk) -> None:
        self._desk = desk

    def find(self, text: str, limit: int = 20) -> tuple[CustomerView, ...]:
        self._desk._reach()
        # One stays a customer without any tickets.
        names = {row.customer_id: row.customer for row in self._desk.rows.values()}
        names = names or {1: clean(CUSTOMERS[0])}
        wanted = text.casefold()
        return tuple(
            CustomerView(number, 1, name, None, None, clean(""))
            for number, name in sorted(names.items())
            if wanted in name.casefold()
        )[:limit]

    def list(self) -> tuple[CustomerLine, ...]:
        return tuple(CustomerLine(each, None, 0) for each in self.find(""))

    def card(self, customer: int | str) -> Any:
        raise NotFound(f"There is no customer {customer}.")

    sheet = card


class FakeDesk:
    """In memory; `queue`, `tickets` and `changes` are the desk itself."""

    def __init__(
        self, rows: Sequence[QueueRow] | None = None, clock: FakeClock | None = None
    ) -> None:
        self.clock = clock or FakeClock()
        listed = some_tickets(self.clock()) if rows is None else rows
        self.rows = {row.number: row for row in listed}
        self.me: Agent | None = SAM
        self.login = Login(2001, "sam")
        self.key = "here"
        self.asked = Asked()
        self.lost: str | None = None
        self.saved = FakeViews()
        self.events: dict[int, list[EventView]] = {}
        self._lock = threading.Lock()
        self._counter = 1
        self._event = 100

    @property
    def queue(self) -> FakeDesk:
        return self

    @property
    def tickets(self) -> FakeDesk:
        return self

    @property
    def views(self) -> FakeViews:
        return self.saved

    @property
    def agents(self) -> FakeAgents:
        return FakeAgents()

    @property
    def customers(self) -> Any:
        """Customers are tested on a real desk; this one only names those of its tickets."""
        return FakeCustomers(self)

    @property
    def policies(self) -> Any:
        """This desk promises nothing by a file."""
        raise NotFound("There are no policies here.")

    def init(self, name: str, role: str) -> Agent:
        raise NotFound("This desk knows everybody already.")

    @property
    def changes(self) -> FakeDesk:
        return self

    def close(self) -> None:
        """Nothing to close."""

    def now_us(self) -> int:
        return self.clock()

    def _reach(self) -> None:
        if self.lost is not None:
            raise StoreLost(self.lost)

    # Changes --------------------------------------------------------------------------------

    def counter(self) -> int:
        self._reach()
        return self._counter

    def put(self, row: QueueRow) -> None:
        """Somebody else has opened or changed a ticket."""
        with self._lock:
            self.rows[row.number] = row
            self._counter += 1

    def take_away(self, number: int) -> None:
        """Somebody else has closed a ticket."""
        with self._lock:
            del self.rows[number]
            self._counter += 1

    def catching_up(self) -> CatchUp:
        return NothingLeft(cast(Any, self))

    def hours(self) -> tuple[DeskHours, ...]:
        self._reach()
        now = self.now_us()
        change = AXIS.next_change(now)
        later = None if change is None else change + 2 * HOUR
        return (
            DeskHours(clean("Example desk"), AXIS.is_open(now), change),
            DeskHours(clean("Late desk"), AXIS.is_open(now), later),
            DeskHours(clean("Overseas desk"), False, later),
        )

    # Lists ----------------------------------------------------------------------------------

    def _list(self, view: str, wanted: Filter | None, order: str | None) -> list[QueueRow]:
        self._reach()
        now = self.now_us()
        with self._lock:
            rows = list(self.rows.values())
        me = self.me
        tests: dict[str, Callable[[QueueRow], bool]] = {
            "mine": lambda r: me is not None and r.agent_id == me.id,
            "unassigned": lambda r: r.agent_id is None,
            "on-hold": lambda r: r.status == "held",
            "due-today": lambda r: (
                r.next_due_us is not None and local(r.next_due_us).date() == local(now).date()
            ),
        }
        test = tests.get(view)
        if view in self.saved.filters:
            saved = parse_filter(self.saved.filters[view])
            rows = [r for r in rows if self._fits(r, saved, now)]
        rows = [
            r
            for r in rows
            if (test is None or test(r)) and (wanted is None or self._fits(r, wanted, now))
        ]
        rows.sort(key=_order)
        if view == "policy-order":
            rows.sort(key=lambda r: (r.priority_rank, r.opened_us))
        if order:
            name = order.removeprefix("-")
            keys: dict[str, Callable[[QueueRow], Any]] = {
                "number": lambda r: r.number,
                "priority": lambda r: r.priority_rank,
                "subject": lambda r: r.subject.casefold(),
                "customer": lambda r: r.customer.casefold(),
                "agent": lambda r: r.agent or "~",
            }
            rows.sort(key=keys.get(name, _order), reverse=order.startswith("-"))
        return rows

    def _fits(self, row: QueueRow, wanted: Filter, now: int) -> bool:
        text = f"{row.number} {row.subject} {row.customer}".casefold().split()
        for word in wanted.words:
            found = any(each.startswith(word.text.casefold()) for each in text)
            if found == word.negated:
                return False
        return all(self._term(row, term, now) != term.negated for term in wanted.terms)

    def _term(self, row: QueueRow, term: Term, now: int) -> bool:
        for value in term.values:
            if term.key == "p" and value == (row.priority or "none"):
                return True
            if term.key == "customer" and value in row.customer.casefold():
                return True
            if term.key == "status" and value == row.status:
                return True
            if term.key == "who" and (
                (value == "me" and self.me is not None and row.agent_id == self.me.id)
                or (value == "none" and row.agent is None)
                or value == row.agent
            ):
                return True
            if term.key == "clock" and any(
                (value == "risk" and c.at_risk(now) and c.state(now) == "running")
                or value == c.state(now)
                for c in row.clocks
            ):
                return True
        return False

    def page(
        self,
        view: str,
        filter: Filter | None = None,  # noqa: A002 -- the desk's own word for it
        order: str | None = None,
        offset: int = 0,
        limit: int = 200,
        *,
        counted: bool = False,
    ) -> QueuePage:
        rows = self._list(view, filter, order)
        self.asked.pages.append((view, offset, limit))
        return QueuePage(
            view, tuple(rows[offset : offset + limit]), offset, len(rows), self._counter
        )

    def counts(self) -> QueueCounts:
        views = ("breaking-next", "mine", "unassigned", "on-hold", "due-today", "policy-order")
        now = self.now_us()
        rows = self._list("breaking-next", None, None)
        late = [r for r in rows if any(c.state(now) == "overdue" for c in r.clocks)]
        risk = [r for r in rows if r not in late and any(c.at_risk(now) for c in r.clocks)]
        return QueueCounts(
            views={
                view: len(self._list(view, None, None)) for view in (*views, *self.saved.filters)
            },
            open=len(rows),
            overdue=len(late),
            at_risk=len(risk),
            held=len([r for r in rows if r.status == "held"]),
            turns_us=min(
                (
                    at
                    for r in rows
                    for c in r.clocks
                    if c.phase == "running" and c.late_from_us is not None
                    for at in (c.late_from_us + 1, c.at_risk_us)
                    if at is not None and at > now
                ),
                default=None,
            ),
        )

    def soon(self, limit: int = 50) -> tuple[QueueRow, ...]:
        now = self.now_us()
        rows = self._list("breaking-next", None, None)
        # Like the desk: by the first of a ticket's clocks, late or not.
        late = {
            r.number: min(
                c.late_from_us
                for c in r.clocks
                if c.phase == "running" and c.late_from_us is not None
            )
            for r in rows
            if any(c.phase == "running" and c.late_from_us is not None for c in r.clocks)
        }
        rows = [r for r in rows if late.get(r.number, 0) >= now]
        return tuple(sorted(rows, key=lambda r: late[r.number])[:limit])

    def arrivals(self, after: int | None = None) -> Arrivals:
        """What comes in is tested on a real desk."""
        self._reach()
        return Arrivals(self._event)

    def position(
        self,
        view: str,
        filter: Filter | None,  # noqa: A002 -- the desk's own word for it
        order: str | None,
        number: int,
    ) -> int | None:
        rows = self._list(view, filter, order)
        return next((at for at, row in enumerate(rows) if row.number == number), None)

    # One ticket -----------------------------------------------------------------------------

    def _row(self, number: int) -> QueueRow:
        self._reach()
        row = self.rows.get(number)
        if row is None:
            raise NotFound(f"There is no ticket {number}.")
        return row

    def show(self, number: int) -> TicketView:
        row = self._row(number)
        at = row.opened_us
        history = [
            EventView(1, at, at, KIM.name, "opened", {}),
            EventView(2, at + 3 * MINUTE, at + 3 * MINUTE, KIM.name, "triaged",
                      {"priority": row.priority, "priority_name": row.priority_name}),
            EventView(3, at + 38 * MINUTE, at + 38 * MINUTE, SAM.name, "noted",
                      {"text": clean("router lights off, provider has been called")}),
            *self.events.get(number, ()),
        ]  # fmt: skip
        return TicketView(
            row=row,
            body=clean("Nothing works since this morning."),
            channel="phone",
            tier=None,
            impact="all",
            urgency="all",
            emergency_callout=False,
            contact=ContactView(1, clean("Jo Marsh"), "business_manager", None, None, None),
            site=None,
            agreement=AgreementView(
                1, "example", "Example agreement", "both", "Scheduled + On-Demand", None, None,
                "live", "2026-09-01", None, 46, "Europe/London",
            ),
            events=tuple(history),
        )  # fmt: skip

    def steps(self, number: int) -> tuple[StepState, ...]:
        row = self._row(number)
        held = row.status == "held"
        why = {
            "resume": None if held else "It is not on hold.",
            "hold": "It is on hold already." if held else None,
            "reopen": "It is not resolved.",
        }
        labels = {
            "triage": "Triage", "assign": "Assign", "acknowledge": "Acknowledge",
            "respond": "Respond", "update": "Tell progress", "workaround": "Way round",
            "note": "Note", "hold": "Hold", "resume": "Resume", "escalate": "Escalate",
            "resolve": "Resolve", "reopen": "Reopen",
        }  # fmt: skip
        return tuple(
            StepState(step, label, why.get(step) is None, why.get(step))
            for step, label in labels.items()
        )

    def form(self, step_id: str, number: int) -> StepForm:
        self._row(number)
        reasons = (
            ("awaiting_customer", "awaiting customer"),
            ("awaiting_third_party", "awaiting third party"),
            ("awaiting_parts", "awaiting parts"),
            ("other", "other"),
        )
        fields: dict[str, tuple[StepField, ...]] = {
            "hold": (
                StepField("reason", "Reason", "choice", True, reasons),
                StepField("awaiting", "What is awaited, of whom", "line"),
                StepField("chase_us", "Chase on", "instant", hint="Mon 09:00, 24 Nov, 3d"),
            ),
            "resolve": (StepField("text", "How was it solved?", "text", True),),
            "note": (
                StepField("text", "Note", "text", True),
                StepField("public", "The customer sees it", "flag"),
            ),
            "escalate": (
                StepField("reason", "Reason", "line", True),
                StepField("told", "Who was told", "line"),
            ),
        }
        asks = {"resolve": "The customer is told that it is resolved."}
        return StepForm(step_id, step_id.capitalize(), fields.get(step_id, ()), asks.get(step_id))

    def do(
        self, step_id: str, number: int, fields: Mapping[str, Any], version: int | None = None
    ) -> Done:
        row = self._row(number)
        state = next((each for each in self.steps(number) if each.id == step_id), None)
        if state is not None and not state.allowed:
            raise Refused(state.why_not or "")
        self.asked.steps.append((step_id, number, dict(fields)))
        now = self.now_us()
        changes: dict[str, Any] = {"version": row.version + 1}
        sentence = f"{number}: {step_id}."
        if step_id == "assign":
            changes |= {"agent": SAM.name, "agent_id": SAM.id}
            sentence = f"{number} is yours."
        elif step_id == "hold":
            changes |= {"status": "held", "hold_reason": str(fields.get("reason", "other"))}
            changes["clocks"] = tuple(
                paused(c.name, c.title, c.remaining_us(now) or 0) if c.phase == "running" else c
                for c in row.clocks
            )
            sentence = f"{number} is on hold."
        elif step_id == "resume":
            changes |= {"status": "open", "hold_reason": None}
            changes["clocks"] = tuple(
                running(c.name, c.title, c.left_us or 0, now=now) if c.phase == "paused" else c
                for c in row.clocks
            )
            sentence = f"{number} goes on."
        elif step_id == "respond":
            changes["clocks"] = (
                stopped("first_response", "Answer", row.clocks[0].due_us or now, now),
                *row.clocks[1:],
            )
            sentence = f"{number} is answered."
        elif step_id == "undo":
            sentence = f"{number}: taken back."
        self._event += 1
        event = EventView(
            self._event, now, now, SAM.name, step_id, {k: clean(str(v)) for k, v in fields.items()}
        )
        self.events.setdefault(number, []).append(event)
        if step_id == "resolve":
            with self._lock:
                del self.rows[number]
                self._counter += 1
            sentence = f"{number} is resolved."
        else:
            self.put(dataclasses.replace(row, **changes))
        return Done(number, self._event, row.version + 1, sentence, step_id != "undo")

    def common_form(self, step_id: str, numbers: Sequence[int]) -> StepForm:
        return self.form(step_id, numbers[0])

    def preview(
        self,
        step_id: str,
        numbers: Sequence[int],
        fields: Mapping[str, Any],
        versions: Mapping[int, int] | None = None,
    ) -> tuple[Preview, ...]:
        found = []
        for number in numbers:
            state = next((each for each in self.steps(number) if each.id == step_id), None)
            refused = state is not None and not state.allowed
            sentence = (state.why_not or "") if refused and state else f"will {step_id}"
            row = self._row(number)
            found.append(Preview(number, not refused, sentence, row.version, row.subject))
        return tuple(found)

    def bulk(
        self,
        step_id: str,
        numbers: Sequence[int],
        fields: Mapping[str, Any],
        versions: Mapping[int, int] | None = None,
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> BulkDone:
        return one_by_one(numbers, lambda number: self.do(step_id, number, fields), progress)

    def take_back(
        self,
        acts: Sequence[tuple[int, int]],
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> BulkDone:
        events = dict(acts)
        return one_by_one(
            tuple(events), lambda n: self.do("undo", n, {"event_id": events[n]}), progress
        )

    def similar(self, customer_id: int, subject: str, limit: int = 3) -> Sequence[QueueRow]:
        """Nothing is like anything else here."""
        return ()

    def new(self, ticket: NewTicket) -> Done:
        """Opening tickets is tested on a real desk."""
        raise NotFound(f"There is no customer {ticket.customer}.")

    def triage_sheet(self, number: int) -> Any:
        """Triage is tested on a real desk; this one has no agreement to read."""
        raise NotFound(f"Ticket {number} has no agreement.")

    def cover(self, agreement_id: int, channel: str | None = None, tier: str | None = None) -> Any:
        """The same for what an agreement covers."""
        raise NotFound(f"There is no agreement {agreement_id}.")

    def clock_story(self, number: int) -> Mapping[int, Any]:
        """Nothing is replayed here."""
        return {}

    def enter(self, number: int) -> None:
        """Nobody else is here to see it."""

    def leave(self, number: int) -> None:
        """The same."""

    def explain(self, number: int, clock: str) -> Any:
        row = self._row(number)
        cell = row.clock(clock)
        assert cell is not None
        return FakeExplanation(cell.title)


def text(value: str) -> CleanText:
    """Clean text."""
    return clean(value)
