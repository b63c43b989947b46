"""The months of a ledger add up to the balance above them, whatever has happened."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis.stateful import invariant

from deskterm.console.glyphs import UNICODE
from deskterm.console.visitledger import ledger_lines, sums
from deskterm.visits.interval import MINUTE_US
from tests.visits.test_ledger_machine import History


def local(at_us: int) -> datetime:
    """The minutes between the events of a history as weeks, so that it goes over months."""
    return datetime(2026, 9, 1, tzinfo=UTC) + timedelta(weeks=at_us // MINUTE_US)


class Months(History):
    """Any history, of a bought number and of one that is not entered."""

    @invariant()
    def the_months_add_up_to_the_balance(self) -> None:
        added: Counter[str] = Counter()
        for month in ledger_lines(self.ledger.lines, (), local, UNICODE):
            said = month.text.partition("  ")[2]
            for part in said.split(f" {UNICODE.dot} ") if said != "no change" else ():
                count, _, name = part.partition(" ")
                added[name] += int(count)
        assert added == Counter(dict(sums(self.ledger.balance)))


TestMonths = Months.TestCase
TestMonths.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
