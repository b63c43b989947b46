"""Whether the visits still owed to all agreements can be delivered by the engineers there are.

Agreements are asked in order of the last day of their window: whose time runs out first is served
first, and what is too many is too many of a later one. An agreement is said to be owed more than
can be delivered only where that is certain; how that is known is told in `deskterm.visits.worlds`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deskterm.visits.openings import Claim, openings
from deskterm.visits.worlds import World, worlds_of


@dataclass(frozen=True, slots=True)
class Shortage:
    """How many visits of an agreement are too many, at least.

    `shared_with` are the agreements served before it that want the same engineers; none where its
    own times alone are too few.
    """

    too_many: int
    shared_with: tuple[int, ...] = ()


def shortages(claims: Iterable[Claim]) -> dict[int, Shortage]:
    """The agreements that are owed more than can be delivered, by their number.

    The claims are of one pool of engineers, each for a site of its own. Those without a window are
    left out: nothing is ever too late for them.
    """
    asked = sorted(
        (each for each in claims if each.owed and each.situation.window is not None),
        key=lambda each: (each.last, each.agreement),
    )
    worlds = worlds_of(asked, list(openings(asked)))
    found = {}
    for place, claim in enumerate(asked):
        given, rivals = _serve(worlds, place, claim.owed)
        if given == claim.owed:
            continue
        alone = given == min(claim.owed, len(claim.outlook.most))
        found[claim.agreement] = Shortage(
            claim.owed - given,
            () if alone else tuple(asked[each].agreement for each in sorted(rivals)),
        )
    return found


def _serve(worlds: Sequence[World], place: int, owed: int) -> tuple[int, set[int]]:
    """As many visits as fit into every world, and who else is in the tightest of them."""
    given, rivals, taken = owed, set[int](), []
    for world in worlds:
        got = world.give(place, given)
        if got < given:
            rivals = world.rivals(place)
        given = got
        taken.append((world, got))
    for world, got in taken:
        world.take_back(place, got - given)
    return given, rivals
