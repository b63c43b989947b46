"""Telling a block of tickets: stories made up, and worked out by the desk's own functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from deskterm.desk.demo.cast import Setting
from deskterm.desk.demo.promises import Promised
from deskterm.desk.demo.scale import Block
from deskterm.desk.demo.stories import Place, story
from deskterm.desk.intake.composing import Composed, Under, compose
from deskterm.desk.journal import NewEvent
from deskterm.policy.holidays import ResolvedHolidays
from deskterm.policy.reader import read_policy
from deskterm.sla.clocks import Clock
from deskterm.sla.terms import Terms


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
        self._promised: dict[tuple[str, Any, Any], Promised] = {}
        self._places = [self._place(customer) for customer in setup.customers]

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
        now_us = self._setup.now_us
        stories = []
        span = max(1, block.until_us - block.from_us)
        for place in range(block.done + block.live):
            rng = Random(f"{self._setup.seed}:{block.first + place}")
            customer = int(rng.random() * len(self._places))
            opened_us = None
            if place < block.done:
                opened_us = block.from_us + int(span * rng.random())
            told = story(rng, self._places[customer][0], now_us, opened_us)
            stories.append((told[0].at_us, place, customer, told))
        stories.sort(key=lambda one: one[:2])
        return [
            self._composed(block.first + place, customer, told)
            for place, (_, _, customer, told) in enumerate(stories)
        ]

    def _composed(self, number: int, customer: int, told: Sequence[Any]) -> Composed:
        events = [
            NewEvent("ticket", number, one.at_us, one.kind, one.data, one.agent_id) for one in told
        ]
        return compose(number, events, self._places[customer][1], self._setup.now_us)
