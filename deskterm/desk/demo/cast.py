"""Who the demo desk works for, and who works at it: all invented, the same for the same seed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final, Literal

from deskterm.desk.demo import words
from deskterm.policy.document import Policy

Setting = Literal["site", "software", "office"]

#: Shares of supervisors, engineers and technicians among any dozen agents.
_ROLES: Final = (
    "supervisor", "technician", "technician", "engineer", "technician", "technician", "engineer",
    "technician", "technician", "engineer", "technician", "supervisor",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlannedAgent:
    """Somebody who works at the desk."""

    name: str
    role: str
    team: str


@dataclass(frozen=True, slots=True)
class PlannedContact:
    """Somebody at a customer; `role` is one of the policy's contact roles or empty."""

    name: str
    role: str
    email: str
    phone: str
    tier: str | None


@dataclass(frozen=True, slots=True)
class PlannedSite:
    """A place of a customer."""

    name: str
    address: str
    access: str


@dataclass(frozen=True, slots=True)
class PlannedCustomer:
    """A customer with the one agreement it holds. `start` is a local date."""

    name: str
    setting: Setting
    domain: str
    phone: str
    policy: Policy
    package: str | None
    region: str | None
    tier: str | None
    start: date
    visits: int | None
    zone: str
    contacts: tuple[PlannedContact, ...]
    sites: tuple[PlannedSite, ...]


def setting_of(policy: Policy) -> Setting:
    """What kind of help a policy is about: equipment on site, a product, or a firm's office."""
    if any(package.onsite != "none" for package in policy.packages.values()):
        return "site"
    told = f"{policy.id} {policy.source} {policy.summary}".casefold()
    about_a_product = any(word in told for word in ("school", "pupil", "software"))
    return "software" if about_a_product else "office"


def agents(rng: Random, count: int) -> tuple[PlannedAgent, ...]:
    """`count` agents with different names; the first is a supervisor."""
    made: list[PlannedAgent] = []
    given = rng.sample(words.GIVEN, len(words.GIVEN))
    for place in range(count):
        # A desk is on first-name terms: nobody shares one until there are more people than names.
        name = f"{given[place % len(given)]} {words.FAMILY[rng.randrange(len(words.FAMILY))]}"
        if place >= len(given):
            name = f"{name} {place // len(given) + 1}"
        role = _ROLES[place % len(_ROLES)]
        team = words.TEAMS[2] if role == "engineer" else words.TEAMS[place % 2]
        made.append(PlannedAgent(name, role, team))
    return tuple(made)


def customers(
    rng: Random, policies: Sequence[Policy], count: int, today: date, history_days: int
) -> tuple[PlannedCustomer, ...]:
    """`count` customers with different names, spread over the policies and what they offer.

    Their agreements begin before the history of `history_days` up to `today`.
    """
    taken: set[str] = set()
    return tuple(
        _customer(
            rng,
            policies[place % len(policies)],
            place // len(policies),
            today - timedelta(days=history_days + rng.randrange(10, 180)),
            taken,
        )
        for place in range(count)
    )


def _customer(
    rng: Random, policy: Policy, place: int, start: date, taken: set[str]
) -> PlannedCustomer:
    setting = setting_of(policy)
    region = list(policy.regions)[place % len(policy.regions)] if policy.regions else None
    package = list(policy.packages)[place % len(policy.packages)] if policy.packages else None
    calendar = policy.calendars[policy.calendar_id("desk", region) or next(iter(policy.calendars))]
    name = _organisation(rng, setting, calendar.tz, taken)
    example = words.EXAMPLES[setting]
    # Examples plan visits: that customer's package has slots for them.
    if example not in taken and (setting != "site" or (package and policy.packages[package].slots)):
        taken.add(example)
        name = example
    domain = re.sub(r"[^a-z0-9]+", "-", name.casefold().replace("'", "")).strip("-") + ".example"
    tiers = list(policy.tiers)
    typical = policy.packages[package].typical_visits if package is not None else ()
    return PlannedCustomer(
        name=name,
        setting=setting,
        domain=domain,
        phone=_phone(rng, calendar.tz),
        policy=policy,
        package=package,
        region=region,
        tier=tiers[place % len(tiers)] if tiers else None,
        start=start,
        visits=rng.choice(typical) if typical else _bought(policy, package),
        zone=calendar.tz,
        contacts=_contacts(rng, policy, domain, calendar.tz),
        sites=_sites(rng, setting),
    )


def _bought(policy: Policy, package: str | None) -> int | None:
    """How many visits somebody buys where the package prints no numbers to choose from."""
    if package is None or policy.packages[package].onsite not in ("free", "slots+free"):
        return None
    return 26 if policy.packages[package].slots else 12


def _organisation(rng: Random, setting: Setting, zone: str, taken: set[str]) -> str:
    for attempt in range(10_000):
        name = _organisation_name(rng, setting, zone)
        if attempt > 50:
            # More customers than names: the way real ones are told apart.
            name = f"{name}, {rng.choice(words.PLACES)}"
        if name not in taken:
            taken.add(name)
            return name
    raise AssertionError("there are more customers than names for them")


def _organisation_name(rng: Random, setting: Setting, zone: str) -> str:
    if setting == "office":
        return rng.choice(words.FIRMS) + rng.choice(words.FIRM_ENDS)
    if zone.startswith("America/"):
        return f"{rng.choice(words.AMERICAN_PLACES)} {rng.choice(words.AMERICAN_SCHOOLS)}"
    if zone.startswith("Asia/"):
        return f"{rng.choice(words.GULF_PLACES)} {rng.choice(words.GULF_SCHOOLS)}"
    place = rng.choice(words.SAINTS if rng.random() < 0.2 else words.PLACES)
    return f"{place} {rng.choice(words.SCHOOLS)}"


def _names(rng: Random, count: int) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < count:
        name = f"{rng.choice(words.GIVEN)} {rng.choice(words.FAMILY)}"
        names.setdefault(name if len(names) < 1500 else f"{name} {len(names)}")
    return list(names)


def _phone(rng: Random, zone: str) -> str:
    # Ranges that are set aside for stories and never ring anywhere.
    if zone.startswith("America/"):
        return f"555-01{rng.randrange(100):02}"
    return f"01632 960{rng.randrange(1000):03}"


def _contacts(rng: Random, policy: Policy, domain: str, zone: str) -> tuple[PlannedContact, ...]:
    roles = list(policy.contact_roles)
    tiers = list(policy.tiers)
    contacts: list[PlannedContact] = []
    for place, name in enumerate(_names(rng, max(3, len(roles)))):
        mailbox = name.casefold().replace(" ", ".")
        contacts.append(
            PlannedContact(
                name=name,
                role=roles[place] if place < len(roles) else "",
                email=f"{mailbox}@{domain}",
                phone=_phone(rng, zone),
                tier=tiers[min(place, len(tiers) - 1)] if tiers else None,
            )
        )
    return tuple(contacts)


def _sites(rng: Random, setting: Setting) -> tuple[PlannedSite, ...]:
    names = list(words.FIRM_SITES if setting == "office" else words.SITES)
    count = 1 if setting == "software" else rng.choice((1, 1, 2, 3))
    return tuple(
        PlannedSite(
            name,
            f"{rng.randrange(1, 90)} {rng.choice(words.STREETS)}",
            rng.choice(words.ACCESS),
        )
        for name in names[:count]
    )
