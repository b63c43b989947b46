"""The names text is styled by. Their colours stand in ``app.tcss``, as tokens of the theme."""

from __future__ import annotations

from typing import Final

#: What text is: a component class ``ink--<name>`` each.
INKS: Final = (
    "ink", "quiet", "strong", "number", "top", "me", "accent", "key", "title",
    "track", "risk", "late", "held", "met", "missed", "exempt", "unknown", "pending", "none",
    "rule", "head", "struck",
)  # fmt: skip

#: What it stands on: a component class ``paper--<name>`` each.
PAPERS: Final = ("plain", "raised", "cursor", "resting", "marked")

COMPONENTS: Final = frozenset(
    {*(f"ink--{name}" for name in INKS), *(f"paper--{name}" for name in PAPERS)}
)
