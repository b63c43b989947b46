"""Why something about a visit was refused, in a sentence for the person who asked."""

from __future__ import annotations

from typing import Literal

RefusalKind = Literal[
    "unknown_visit",
    "wrong_state",
    "nothing_owed",
    "no_reason",
    "not_offered",
    "wrong_priority",
    "closed",
    "already_undone",
    "depended_on",
    "unreadable",
]


class VisitRefused(Exception):
    """The visit events or terms do not allow it; `sentence` says why and what to do instead."""

    def __init__(self, kind: RefusalKind, sentence: str) -> None:
        super().__init__(sentence)
        self.kind: RefusalKind = kind
        self.sentence = sentence
