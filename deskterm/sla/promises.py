"""Which row of a policy counts for a ticket: the promise in force, one for each clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from deskterm.policy.document import Amount, Policy, Target, When, frozen_map
from deskterm.sla.facts import ALWAYS_US

Standing = Literal["promised", "exempt", "pending"]


class Situation(NamedTuple):
    """What decides which row counts."""

    type: str
    priority: str | None
    channel: str | None
    tier: str | None
    emergency_callout: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """What a policy promises on one clock in one situation.

    `standing` is ``promised``; ``exempt`` where no row fits or the row that fits promises nothing;
    or ``pending`` while a priority is needed to say. Without a row that is certain (`target` is
    None) the events are those of all rows that could have been meant.
    """

    clock: str
    standing: Standing
    target: Target | None
    amount: Amount | None
    starts: frozenset[str]
    stops: frozenset[str]
    exempt_on: frozenset[str]
    reopens: bool

    @property
    def promised(self) -> bool:
        """Whether there is an amount of time to measure."""
        return self.standing == "promised"


@dataclass(frozen=True, slots=True)
class TargetVariation:
    """Targets an agreement changed, for tickets opened from a date on.

    `from_us` is the beginning of that date in the desk's zone. `amounts` replaces those of the
    clock's rows by priority, or for all with the key ``*``; rows that promise nothing to anybody
    (an emergency callout's) stay as they are. A clock that had stopped before the variation was
    entered, or taken back, keeps its verdict.
    """

    clock: str
    from_us: int
    amounts: Mapping[str, Amount] = field(hash=False)
    entered_us: int = ALWAYS_US
    clause: str = ""
    withdrawn_us: int | None = None

    def known_at(self, at_us: int) -> bool:
        """Whether it had been entered by an instant, and not been taken back."""
        return self.entered_us <= at_us and (self.withdrawn_us is None or at_us < self.withdrawn_us)


Promises = tuple[Promise, ...]


class Rows:
    """The target rows of a policy as one package buys them, ready to be asked.

    Answers are kept: there are few different situations and many tickets.
    """

    __slots__ = ("_answers", "_by_clock")

    def __init__(
        self,
        policy: Policy,
        package: str | None,
        variations: Sequence[TargetVariation] = (),
    ) -> None:
        targets = policy.targets
        if variations:
            levels = [level.id for level in policy.priorities]
            targets = tuple(_varied(target, variations, levels) for target in targets)
        self._by_clock: list[tuple[str, tuple[Target, ...]]] = [
            (
                name,
                tuple(
                    target
                    for target in targets
                    if target.clock == name and _one_of(package, target.when.package)
                ),
            )
            for name in policy.clock_names()
        ]
        self._answers: dict[Situation, Promises] = {}

    def promises(self, situation: Situation) -> Promises:
        """The promise on every clock of the policy, in the order of its file."""
        answer = self._answers.get(situation)
        if answer is None:
            answer = self._answers[situation] = tuple(
                _select(name, rows, situation) for name, rows in self._by_clock
            )
        return answer


def fits(when: When, situation: Situation) -> bool:
    """Whether a row is for such a ticket, leaving its package and priority aside."""
    return (
        _one_of(situation.channel, when.channel)
        and _one_of(situation.type, when.type)
        and _one_of(situation.tier, when.tier)
        and when.emergency_callout in (None, situation.emergency_callout)
    )


def _select(clock: str, rows: tuple[Target, ...], situation: Situation) -> Promise:
    fitting = [row for row in rows if fits(row.when, situation)]
    for row in fitting:
        if row.when.priority:
            if situation.priority is None:
                return _uncertain(clock, "pending", fitting)
            if situation.priority not in row.when.priority:
                continue
        amount = row.amount(situation.priority)
        if amount is None and situation.priority is None:
            return _uncertain(clock, "pending", fitting)
        promised = amount is not None and amount.kind != "none"
        return _certain(clock, "promised" if promised else "exempt", row, amount)
    # Nothing is promised now; what would start and stop the clock is still noted, so that a
    # promise that comes with another priority finds what had been done by then.
    return _uncertain(clock, "exempt", fitting or rows)


def _certain(clock: str, standing: Standing, row: Target, amount: Amount | None) -> Promise:
    return Promise(
        clock=clock,
        standing=standing,
        target=row,
        amount=amount,
        starts=frozenset((row.start,)),
        stops=frozenset(row.stop),
        exempt_on=frozenset(row.exempt_on),
        reopens=row.reopens,
    )


def _uncertain(clock: str, standing: Standing, rows: Sequence[Target]) -> Promise:
    return Promise(
        clock=clock,
        standing=standing,
        target=None,
        amount=None,
        starts=frozenset(row.start for row in rows),
        stops=_union(row.stop for row in rows),
        exempt_on=_union(row.exempt_on for row in rows),
        reopens=any(row.reopens for row in rows),
    )


def _union(groups: Iterable[Sequence[str]]) -> frozenset[str]:
    return frozenset(item for group in groups for item in group)


def _one_of(value: str | None, allowed: tuple[str, ...]) -> bool:
    return not allowed or value in allowed


def _varied(target: Target, variations: Sequence[TargetVariation], levels: Sequence[str]) -> Target:
    for variation in variations:
        if variation.clock != target.clock:
            continue
        if all(amount.kind == "none" for amount in target.amounts.values()):
            continue
        amounts = dict(target.amounts)
        if "*" in variation.amounts:
            amounts = dict(variation.amounts)
        else:
            if "*" in amounts:
                amounts = dict.fromkeys(levels, amounts["*"])
            amounts |= variation.amounts
        target = replace(
            target, amounts=frozen_map(amounts), clause=variation.clause or target.clause
        )
    return target
