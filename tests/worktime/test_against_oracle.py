"""Random calendars and questions: the answers are those of the slow, obvious program."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskterm.worktime import CalendarError, WorkingCalendar
from tests.worktime.calendars import calendars
from tests.worktime.oracle import Beyond, Oracle

CALENDARS = 400
ROUNDS = 8  # of eight questions each
LEAST_COMPARED = 20_000

WINDOW = timedelta(days=60)
VARIABLE = ("shutdowns", "extra", "weekly_extra", "breaks")


class Asker:
    """Thinks of instants worth asking about: near openings, closings and clock changes."""

    def __init__(self, oracle: Oracle, odd: date, seed: int) -> None:
        self.random = Random(seed)
        self.middle = datetime(odd.year, odd.month, odd.day, tzinfo=UTC)
        reach = timedelta(days=25)
        self.edges = [
            edge for span in oracle.open for edge in span if abs(edge - self.middle) < reach
        ]

    def instant(self) -> datetime:
        random = self.random
        near = random.choice([*self.edges, self.middle])
        match random.randrange(5):
            case 0:
                return near
            case 1:
                return near + timedelta(microseconds=random.choice([-1, 1]))
            case 2:
                return near + timedelta(minutes=15 * random.randint(-8, 8))
            case 3:
                return self.middle + timedelta(seconds=random.randint(-200_000, 200_000))
            case _:
                return self.middle + timedelta(microseconds=random.randint(-(10**12), 10**12))

    def amount(self) -> timedelta:
        unit = self.random.choice(
            [timedelta(microseconds=1), timedelta(minutes=15), timedelta(hours=1)]
        )
        return unit * self.random.choice(
            [self.random.randint(-120, 120), self.random.randint(-4, 4)]
        )


def test_every_answer_is_the_slow_programs() -> None:
    compared = 0

    @given(calendars(), st.booleans(), st.integers(0, 2**32))
    @settings(
        max_examples=CALENDARS,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    def ask(made: tuple[dict[str, Any], date], vary: bool, seed: int) -> None:
        nonlocal compared
        document, odd = made
        oracle = Oracle(document, odd - WINDOW, odd + WINDOW)
        try:
            cal = varied(document, odd) if vary else WorkingCalendar.from_dict(document)
        except CalendarError:
            assert not oracle.open
            return
        asker = Asker(oracle, odd, seed)
        for _ in range(ROUNDS):
            at, other, amount = asker.instant(), asker.instant(), asker.amount()
            compared += sum(
                same(question, oracle, cal, oracle.zone)
                for question in questions(at, other, amount, asker.random.randint(0, 7))
            )
        first, last = odd - timedelta(days=30), odd + timedelta(days=30)
        assert in_utc(list(cal.working_days(first, last))) == in_utc(
            oracle.working_days(first, last)
        )

    ask()
    assert compared >= LEAST_COMPARED


Question = tuple[str, Callable[[Any, Callable[[datetime], datetime]], object]]


def questions(at: datetime, other: datetime, amount: timedelta, n: int) -> list[Question]:
    """The same questions for either program, which take instants as they like them."""
    return [
        (f"add({at}, {amount})", lambda who, to: who.add(to(at), amount)),
        (f"between({at}, {other})", lambda who, to: who.between(to(at), to(other))),
        (f"add_days({at}, {n})", lambda who, to: who.add_days(to(at), n)),
        (f"next_business_day({at})", lambda who, to: who.next_business_day(to(at))),
        (f"spans({at}, {other})", lambda who, to: who.spans(to(at), to(other))),
        (f"is_open({at})", lambda who, to: who.is_open(to(at))),
        (f"next_change({at})", lambda who, to: who.next_change(to(at))),
        (f"working_day_of({at})", lambda who, to: who.working_day_of(to(at))),
    ]


def same(question: Question, oracle: Oracle, cal: WorkingCalendar, zone: Any) -> bool:
    """Compares two answers; False where the oracle's window is too narrow for one."""
    text, ask = question
    try:
        right = ask(oracle, lambda at: at)
    except Beyond:
        return False
    assert in_utc(ask(cal, lambda at: at.astimezone(zone))) == in_utc(right), text
    return True


def in_utc(answer: object) -> object:
    """The answer with its instants in UTC.

    Python holds a time of the hour that happens twice unequal to the same instant in another zone.
    """
    match answer:
        case datetime():
            return answer.astimezone(UTC)
        case list() | tuple():
            return [in_utc(part) for part in answer]
        case _:
            return answer


def varied(document: dict[str, Any], odd: date) -> WorkingCalendar:
    """The same calendar, made as a variation of one that has been in use."""
    plain = {key: value for key, value in document.items() if key not in VARIABLE}
    base = WorkingCalendar.from_dict(plain)
    base.is_open(datetime(odd.year, odd.month, odd.day, tzinfo=UTC))
    first = base.varied(shutdowns=document["shutdowns"], breaks=document["breaks"])
    return first.varied(extra=document["extra"], weekly_extra=document["weekly_extra"])
