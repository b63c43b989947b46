"""Telling a block of tickets: stories made up, and worked out by the desk's own functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from deskterm.desk.demo.cast import Setting
from deskterm.desk.demo.crossings import Twin, links, mistaken, told_by_mistake, told_twice, twins
from deskterm.desk.demo.promises import Promised
from deskterm.desk.demo.scale import Block
from deskterm.desk.demo.stories import Happening, Place, Wish, story
from deskterm.desk.intake.composing import Composed, Under, compose
from deskterm.desk.journal import NewEvent
from deskterm.policy.holidays import ResolvedHolidays
from deskterm.policy.reader import read_policy
from deskterm.sla.clocks import Clock
from deskterm.sla.terms import ONSITE, Terms

#: How the first of a block's tickets still to be done stand, so that no desk is without them.
_WISHES: Final[tuple[Wish, ...]] = ("overdue", "at_risk", "held", "mine", "callout")
_MOST_WISHES: Final = 15
#: What a policy does not promise cannot be late: another story, often another customer's.
_TRIES: Final = 100


#: How long after the last word about a ticket somebody may be sent out for it.
_SENT_AFTER_US: Final = 5 * 60_000_000


def _calls_out(terms: Terms) -> bool:
    """Whether engineers are sent out at once under these terms."""
    package = terms.policy.packages.get(terms.package or "")
    return package is not None and package.callout != "not_offered"


@dataclass(frozen=True, slots=True)
class PlacedCustomer:
    """A customer as it was written down, in a form that can be sent to another process."""

    name: str
    opening: Mapping[str, Any]
    setting: Setting
    contacts: tuple[tuple[int, str, str | None], ...]
    sites: tuple[int, ...]
    agents: tuple[int, ...]
    calendars: Mapping[str, str]
    """Which calendar the database keeps a clock's calendar under, by the clock's name for it."""


@dataclass(frozen=True, slots=True)
class Setup:
    """All that a teller needs to know. `policies` are (id, text, holidays) by snapshot."""

    seed: str
    now_us: int
    policies: Mapping[str, tuple[str, str, str]]
    agent_names: Mapping[int, str]
    customers: tuple[PlacedCustomer, ...]


class Teller:
    """Tells blocks of tickets; the same ones for the same setup, whoever tells them."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        # Whoever builds the desk is its first agent, and a supervisor.
        self._me = min(setup.agent_names)
        self._promised: dict[tuple[str, Any, Any], Promised] = {}
        self._places = [self._place(customer) for customer in setup.customers]
        self._sent_out_to = [
            number
            for number, (place, _) in enumerate(self._places)
            if _calls_out(place.promised.terms)
        ] or range(len(self._places))

    def _place(self, customer: PlacedCustomer) -> tuple[Place, Under]:
        opening = customer.opening
        key = (opening["snapshot"], opening.get("package"), opening.get("region"))
        promised = self._promised.get(key)
        if promised is None:
            policy_id, text, holidays = self._setup.policies[key[0]]
            terms = Terms(
                read_policy(text, policy_id),
                ResolvedHolidays.from_json(holidays),
                package=key[1],
                region=key[2],
            )
            promised = self._promised[key] = Promised(terms, self._setup.now_us)

        def calendar_key(clock: Clock, known_at_us: int) -> str | None:
            del known_at_us  # nothing has ever been varied here
            return None if clock.calendar is None else customer.calendars[clock.calendar]

        place = Place(
            opening=opening,
            setting=customer.setting,
            contacts=customer.contacts,
            sites=customer.sites,
            agents=customer.agents,
            promised=promised,
        )
        under = Under(
            policy=promised.policy,
            terms=promised.terms,
            customer_name=customer.name,
            agent_names=self._setup.agent_names,
            calendar_key=calendar_key,
        )
        return place, under

    def tell(self, block: Block) -> list[Composed]:
        """The tickets of a block, numbered in the order they came in."""
        stories = [self._told(block, place) for place in range(block.done + block.live)]
        merged = list(self._cross(block, stories))
        order = sorted(range(len(stories)), key=lambda place: (stories[place][1][0].at_us, place))
        numbers = {place: block.first + after for after, place in enumerate(order)}
        in_order = [stories[place] for place in order]
        for which, before, note in links(in_order):
            data = {**note.data, "other": block.first + before}
            in_order[which][1].append(note._replace(data=data))
        for twin in merged:
            who = self._by(stories[twin.of][1])
            one, other = numbers[twin.place], numbers[twin.of]
            stories[twin.place][1].append(
                Happening(twin.at_us, "merged", {"into": other}, who)
            )
            news = {"text": f"{one} was merged into this.", "auto": True}
            stories[twin.of][1].append(Happening(twin.at_us, "told", news, who))
        for _, told in in_order:
            told.sort(key=lambda happening: happening.at_us)
        return [
            self._composed(block.first + after, customer, told)
            for after, (customer, told) in enumerate(in_order)
        ]

    def _told(self, block: Block, place: int) -> tuple[int, list[Happening]]:
        """The customer and story at a place of a block, told again until a wish is granted."""
        wish = None
        if place >= block.done and place - block.done < min(_MOST_WISHES, block.live):
            wish = _WISHES[(place - block.done) % len(_WISHES)]
        for attempt in range(1 if wish is None else _TRIES):
            again = f":{attempt}" if attempt else ""
            rng = Random(f"{self._setup.seed}:{block.first + place}{again}")
            open_to = self._sent_out_to if wish == "callout" else range(len(self._places))
            customer = open_to[int(rng.random() * len(open_to))]
            opened_us = None
            if place < block.done:
                span = max(1, block.until_us - block.from_us)
                opened_us = block.from_us + int(span * rng.random())
            where = self._places[customer][0]
            if wish == "mine":
                where = where._replace(agents=(self._me,))
            told = story(rng, where, self._setup.now_us, opened_us, wish)
            if wish is None or self._granted(wish, customer, told):
                break
        return customer, told

    def _granted(self, wish: Wish, customer: int, told: Sequence[Happening]) -> bool:
        values, now_us = self._composed(1, customer, told).values, self._setup.now_us
        late = values["late_from_us"] is not None and values["late_from_us"] < now_us
        if wish == "overdue":
            return late
        if wish == "at_risk":
            begun_us = values["at_risk_us"]
            return not late and begun_us is not None and begun_us <= now_us
        if wish == "held":
            return bool(values["status"] == "held")
        if wish == "mine":
            return bool(values["live"] and values["agent_id"] == self._me)
        terms = self._places[customer][0].promised.terms
        if not _calls_out(terms):
            return False
        package = terms.policy.packages[terms.package or ""]
        sent_us = told[-1].at_us + _SENT_AFTER_US
        return bool(
            values["status"] == "open"
            and values["priority"] in package.callout_priorities
            and sent_us < now_us
            and terms.calendar(ONSITE, now_us).axis.is_open(sent_us)
        )

    def _cross(
        self, block: Block, stories: list[tuple[int, list[Happening]]]
    ) -> Iterator[Twin]:
        """Put second reports and mistakes in the place of stories; gives what is to be merged."""
        for place in mistaken(block.done):
            customer, told = stories[place]
            rng = Random(f"{self._setup.seed}:{block.first + place}:mistaken")
            desk = self._places[customer][0].promised.desk
            stories[place] = customer, told_by_mistake(rng, told, desk, self._me)
        for place, of in twins(block.done, block.live):
            customer, told = stories[of]
            rng = Random(f"{self._setup.seed}:{block.first + place}:twice")
            desk = self._places[customer][0].promised.desk
            found = told_twice(rng, told, desk, self._setup.now_us)
            if found is not None:
                stories[place] = customer, found[0]
                yield Twin(place, of, found[1])

    def _by(self, told: Sequence[Happening]) -> int:
        """Somebody who works on a ticket."""
        return next((one.agent_id for one in told if one.agent_id is not None), self._me)

    def _composed(self, number: int, customer: int, told: Sequence[Happening]) -> Composed:
        events = [
            NewEvent("ticket", number, one.at_us, one.kind, one.data, one.agent_id) for one in told
        ]
        return compose(number, events, self._places[customer][1], self._setup.now_us)
