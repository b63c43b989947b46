"""How many of something, in a sentence."""

from __future__ import annotations


def counted(number: int, one: str, several: str | None = None) -> str:
    """``1 agent``, ``12 agents``, ``1,200 tickets``; `several` where an s is not enough."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"
