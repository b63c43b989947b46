"""The closed list of what the journal can say."""

from __future__ import annotations

from typing import Final

from deskterm.policy.vocabulary import CLOCK_EVENTS

SUBJECTS: Final = frozenset({"ticket", "customer", "agreement", "agent", "policy", "visit"})

#: Beside the events clocks look at. Everything that has no word of its own is ``edited``.
DESK_KINDS: Final = (
    "assigned",
    "noted",
    "edited",
    "linked",
    "merged",
    "voided",
    "undone",
    "told",
    "redacted",
)

VISIT_KINDS: Final = (
    "visit_granted",
    "visit_adjusted",
    "visit_booked",
    "visit_callout",
    "visit_moved",
    "visit_reassigned",
    "visit_cancelled",
    "visit_departed",
    "visit_missed",
    "visit_in_lieu",
    "visit_forfeited",
)

KINDS: Final = frozenset((*CLOCK_EVENTS, *DESK_KINDS, *VISIT_KINDS))

#: What only an agent does; the first of them ends a ticket's being new.
ACTS: Final = frozenset((*CLOCK_EVENTS, "assigned")) - {"opened"}

#: What is kept of an event whose words are erased: that on which clocks and state depend.
KEPT: Final = frozenset(
    {
        "affected",
        "agent_id",
        "agreement_id",
        "auto",
        "channel",
        "chase_us",
        "class",
        "contact_id",
        "customer_id",
        "emergency_callout",
        "field",
        "impact",
        "internal",
        "into",
        "kind",
        "other",
        "package",
        "policy",
        "priority",
        "region",
        "site_id",
        "snapshot",
        "step",
        "team",
        "tier",
        "type",
        "undoes",
        "urgency",
    }
)
