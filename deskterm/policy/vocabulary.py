"""The words every policy shares: ticket types, channels, events, fields and measures.

A policy file may only use these, so that a misspelt one is found when the file is read and not
when a ticket fails to stop a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: Ticket types every desk knows; a policy may say what each fixes.
TICKET_TYPES = ("incident", "service_request", "information_request", "change_request")

#: What a ticket type is called where the policy gives it no name of its own.
TICKET_TYPE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "incident": "Incident",
        "service_request": "Service request",
        "information_request": "Information request",
        "change_request": "Change request",
    }
)

CHANNELS = ("phone", "email", "portal", "chat", "voicemail", "onsite", "web")

#: Events that may start or stop a promise; a target naming another one is refused.
CLOCK_EVENTS = (
    "opened",
    "triaged",
    "acknowledged",
    "responded",
    "updated",
    "workaround",
    "action_planned",
    "held",
    "resumed",
    "reprioritised",
    "escalated",
    "code_fix",
    "resolved",
    "reopened",
    "closed",
    "arrived",
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

#: Reasons for a hold and the words shown for them; every desk offers all five unless its policy
#: lists its own.
HOLD_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "awaiting_customer": "Waiting for the customer",
        "awaiting_third_party": "Waiting for a third party",
        "awaiting_parts": "Waiting for parts",
        "awaiting_visit": "Waiting for a visit",
        "other": "Other",
    }
)

#: What a policy may ask for on a new ticket, with the question an agent is shown.
INTAKE_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "contact": "Named user",
        "site": "Site",
        "component": "Component affected",
        "action_taken": "Action taken so far",
        "error": "Exact error message or description",
        "repeatable": "Can it be repeated?",
        "steps": "Enough to recreate it",
        "type": "Type of request",
        "class": "Class and category",
    }
)

#: What a policy may ask for when a ticket is closed.
CLOSING_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "resolution": "a text saying how it was resolved",
        "mail": "a mail to the contact with the resolution",
        "related": "linked requests are told of the resolution",
        "school_holidays": "closing waits for the end of school holidays",
        "debrief": "a debrief (questions by priority)",
        "survey": "a request for feedback, with the score recorded",
        "nps": "a score from 0 to 10 (net promoter score)",
    }
)

#: How the queue's policy order may rank tickets, most significant first.
QUEUE_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "priority": "by priority, highest first",
        "affected": "by the number of users affected, most first",
        "due": "by what is due next",
        "opened": "first come, first served",
    }
)

#: What a key performance indicator may measure. ``in_time`` needs clocks, the rest do not.
MEASURES: Mapping[str, str] = MappingProxyType(
    {
        "in_time": "share of clocks that were in time",
        "first_contact": "share of tickets solved in the first contact",
        "first_line": "share of tickets solved by the first line",
        "call_answer": "average seconds until a call is answered",
        "uptime": "share of time a product was available",
        "capacity": "share of a service's capacity in use",
        "release": "a release of this kind at least every so often",
        "nps": "net promoter score",
        "survey": "average score of the feedback received",
    }
)

REPORT_PERIODS = ("month", "quarter", "year")
