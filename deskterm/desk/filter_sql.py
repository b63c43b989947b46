"""A typed filter as a condition on the ticket table, the same for both databases.

What a filter names by word (a priority's name, part of a customer's name) is looked up first, so
that the condition itself compares ids and can use the indexes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from deskterm.desk.filters import Filter, Term, Word
from deskterm.desk.model import Agent
from deskterm.desk.store.base import Tx
from deskterm.desk.store.words import searchable

NOTHING: Final = "0 = 1"
#: States of tickets that are still to be done.
LIVE_STATUSES: Final = frozenset({"new", "open", "held"})


def condition(
    tx: Tx,
    wanted: Filter,
    *,
    me: Agent | None,
    now_us: int,
    day_ends_us: int,
    zone: str,
    prefix: str = "f",
    live: bool = False,
    ordered: bool = False,
) -> tuple[str, dict[str, Any]]:
    """`wanted` as SQL for a WHERE on ``ticket``, and the values of its parameters.

    `me` and `day_ends_us` are what ``me`` and ``due`` mean, and days are those of `zone` (an IANA
    name). Parameter names begin with `prefix`.
    With `live` only tickets still to be done are searched for words; the condition leaves it to
    the caller to say so. `ordered` where only the first few in the order of an index are wanted.
    Nothing a person types can be an error here: what names nothing finds
    nothing.
    """
    translation = _Translation(
        tx, me, now_us, day_ends_us, zone, prefix, live=live, ordered=ordered
    )
    return translation.translate(wanted)


class _Translation:
    def __init__(
        self,
        tx: Tx,
        me: Agent | None,
        now_us: int,
        day_ends_us: int,
        zone: str,
        prefix: str,
        *,
        live: bool,
        ordered: bool,
    ) -> None:
        self._tx = tx
        self._me = me
        self._now_us = now_us
        self._day_ends_us = day_ends_us
        self._zone = zone
        self._prefix = prefix
        self._live = live
        self._ordered = ordered
        self._values: dict[str, Any] = {}
        self._named_so_far = 0

    def translate(self, wanted: Filter) -> tuple[str, dict[str, Any]]:
        parts = self._words(wanted.words)
        for term in wanted.terms:
            asked = _TERMS[term.key](self, term)
            parts.append(_negated(asked) if term.negated else asked)
        return " AND ".join(parts) or "1 = 1", self._values

    def name(self) -> str:
        self._named_so_far += 1
        return f"{self._prefix}{self._named_so_far}"

    def bind(self, value: object) -> str:
        name = self.name()
        self._values[name] = value
        return f":{name}"

    def one_of(self, column: str, values: Iterable[str]) -> str:
        bound = ", ".join(self.bind(value) for value in values)
        return f"ticket.{column} IN ({bound})" if bound else NOTHING

    def ids(self, column: str, ids: Iterable[int]) -> str:
        # Numbers of our own, not text of somebody's: they may stand in the statement.
        listed = ", ".join(str(one) for one in ids)
        return f"ticket.{column} IN ({listed})" if listed else NOTHING

    # Words

    def _words(self, words: Sequence[Word]) -> list[str]:
        found = [word.text for word in words if not word.negated]
        parts = [self._text(found)] if found else []
        parts += [_negated(self._text([word.text])) for word in words if word.negated]
        return parts

    def _text(self, words: list[str]) -> str:
        parts = []
        for live in (True,) if self._live else (True, False):
            sql, values = self._tx.store.match(
                words, live=live, name=self.name(), ordered=self._ordered
            )
            self._values.update(values)
            parts.append(sql)
        return f"({' OR '.join(parts)})"

    # Keys

    def priority(self, term: Term) -> str:
        known: dict[str, set[str]] = {}
        for row in self._tx.rows("SELECT labels FROM policy_snapshot"):
            for level, name in json.loads(row.labels)["priorities"]:
                known.setdefault(level, set()).update((level.casefold(), name.casefold()))
        levels: list[str] = []
        for value in term.values:
            exact = [level for level, names in known.items() if value in names]
            begun = [
                level
                for level, names in known.items()
                if any(name.startswith(value) for name in names)
            ]
            levels += exact or begun
        asked = [self.one_of("priority", dict.fromkeys(levels))] if levels else []
        if "none" in term.values:
            asked.append("ticket.priority IS NULL")
        return _any(asked)

    def who(self, term: Term) -> str:
        asked = []
        names = [value for value in term.values if value not in ("me", "none")]
        ids = self._named("SELECT id, name FROM agent", names)
        if "me" in term.values and self._me is not None:
            ids.append(self._me.id)
        if ids:
            asked.append(self.ids("agent_id", ids))
        if "none" in term.values:
            asked.append("ticket.agent_id IS NULL")
        return _any(asked)

    def customer(self, term: Term) -> str:
        return self.ids("customer_id", self._named("SELECT id, name FROM customer", term.values))

    def site(self, term: Term) -> str:
        return self.ids("site_id", self._named("SELECT id, name FROM site", term.values))

    def _named(self, sql: str, values: Sequence[str]) -> list[int]:
        """Ids of those whose name has one of `values` in it, whatever the accents and case."""
        looked_for = [plain for value in values if (plain := searchable(value))]
        if not looked_for:
            return []
        return [
            row.id
            for row in self._tx.rows(sql)
            if any(plain in searchable(row.name) for plain in looked_for)
        ]

    def policy(self, term: Term) -> str:
        rows = self._tx.rows("SELECT DISTINCT policy, labels FROM policy_snapshot")
        found = {
            row.policy
            for row in rows
            for value in term.values
            if row.policy.casefold().startswith(value)
            or json.loads(row.labels)["name"].casefold().startswith(value)
        }
        return self.one_of("policy", sorted(found))

    def plain(self, term: Term) -> str:
        return self.one_of(term.key, term.values)

    def status(self, term: Term) -> str:
        asked = self.plain(term)
        if set(term.values) <= LIVE_STATUSES:
            # Says what follows anyway, so that the indexes over what is to be done can be used.
            return f"(ticket.live = 1 AND {asked})"
        return asked

    def clock(self, term: Term) -> str:
        now = self.bind(self._now_us)
        asked = []
        for value in term.values:
            if value == "held":
                asked.append("ticket.status = 'held'")
            elif value == "overdue":
                asked.append(f"ticket.late_from_us < {now}")
            elif value == "risk":
                # Loud once: what is late already is no longer at risk.
                asked.append(
                    f"(ticket.at_risk_us <= {now}"
                    f" AND (ticket.late_from_us IS NULL OR ticket.late_from_us >= {now}))"
                )
            else:
                day_ends = self.bind(self._day_ends_us)
                asked.append(
                    f"(ticket.breaks_us < {day_ends} AND ticket.next_due_us IS NOT NULL)"
                )
        return f"(ticket.live = 1 AND {_any(asked)})"

    def opened(self, term: Term) -> str:
        asked = []
        for wanted in term.opened:
            first, until = wanted.bounds(self._now_us, self._zone)
            bounds = []
            if first is not None:
                bounds.append(f"ticket.opened_us >= {self.bind(first)}")
            if until is not None:
                bounds.append(f"ticket.opened_us < {self.bind(until)}")
            asked.append(" AND ".join(bounds))
        return _any(asked)


_TERMS: Final[Mapping[str, Callable[[_Translation, Term], str]]] = MappingProxyType(
    {
        "p": _Translation.priority,
        "who": _Translation.who,
        "customer": _Translation.customer,
        "site": _Translation.site,
        "type": _Translation.plain,
        "status": _Translation.status,
        "channel": _Translation.plain,
        "policy": _Translation.policy,
        "clock": _Translation.clock,
        "opened": _Translation.opened,
    }
)


def _any(asked: Sequence[str]) -> str:
    if not asked:
        return NOTHING
    return asked[0] if len(asked) == 1 else f"({' OR '.join(f'({part})' for part in asked)})"


def _negated(asked: str) -> str:
    # A ticket without a priority is not a high one: what cannot be said counts as no.
    return f"({asked}) IS NOT TRUE"
