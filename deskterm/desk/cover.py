"""What an agreement means for a ticket of its customer: hours, cover, limits, and what to mind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from deskterm.desk.agreements import load_agreement
from deskterm.desk.instants import from_us
from deskterm.desk.model import AgreementView
from deskterm.policy.describing.hours import hours_text
from deskterm.policy.document import Cover, Policy
from deskterm.sla.terms import DESK

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk
    from deskterm.desk.store.base import Tx
    from deskterm.sla.terms import Terms


@dataclass(frozen=True, slots=True)
class CoverView:
    """The agreement as somebody working on a ticket needs it."""

    agreement: AgreementView
    hours: str
    """Opening hours in words, with their zone where it is another than the viewer's."""
    open: bool
    changes_us: int | None
    """When the desk next opens or closes, in microseconds since the epoch UTC."""
    cover: tuple[Cover, ...]
    flags: tuple[str, ...]
    """Sentences about what is unusual: not covered, another phase, limited cover today."""
    types: Mapping[str, str]
    tiers: Mapping[str, str]
    channels: tuple[str, ...]
    required: tuple[str, ...]
    priorities: tuple[tuple[str, str], ...]
    """(id, name), highest first."""
    classes: tuple[tuple[str, str], ...] = ()
    """(id, name below those it belongs to) of the classes of requests."""


def cover_view(
    tx: Tx, desk: Desk, agreement_id: int, channel: str | None = None, tier: str | None = None
) -> CoverView:
    """The cover of an agreement for a request by `channel` of a requester of `tier`.

    Raises `NotFound`.
    """
    from deskterm.desk.shelf import TermsOf
    from deskterm.desk.steps.triage import type_names

    agreement = load_agreement(tx, agreement_id)
    snapshot = str(tx.value("SELECT snapshot FROM agreement WHERE id = :id", id=agreement_id))
    of = TermsOf(snapshot, agreement.policy, agreement_id, agreement.package, agreement.region)
    terms = desk.shelf.terms(tx, of)
    policy, now_us = terms.policy, desk.now_us()
    axis = terms.calendar(DESK, now_us).axis
    calendar = policy.calendars[policy.calendar_id(DESK, agreement.region) or DESK]
    zone = "" if calendar.tz == desk.zone else f" {calendar.tz}"
    package = policy.packages.get(agreement.package or "")
    return CoverView(
        agreement=agreement,
        hours=hours_text(calendar.weekly) + zone,
        open=axis.is_open(now_us),
        changes_us=axis.next_change(now_us),
        cover=() if package is None else package.cover,
        flags=_flags(policy, agreement, terms, now_us, channel, tier or agreement.tier),
        types=type_names(policy),
        tiers=policy.tiers,
        channels=policy.channels,
        required=policy.required,
        priorities=tuple((level.id, level.name) for level in policy.priorities),
        classes=tuple((each.id, _class_path(policy, each.id)) for each in policy.classes),
    )


def _class_path(policy: Policy, request_class: str) -> str:
    names: list[str] = []
    at = policy.request_class(request_class)
    while at is not None:
        names.insert(0, at.name)
        at = policy.request_class(at.parent) if at.parent is not None else None
    return ": ".join(names)


def _flags(
    policy: Policy,
    agreement: AgreementView,
    terms: Terms,
    now_us: int,
    channel: str | None,
    tier: str | None,
) -> tuple[str, ...]:
    flags = []
    phase = next((each for each in policy.phases if each.id == agreement.phase), None)
    if phase is not None and phase.first_contact:
        flags.append(f"Phase {phase.name}: the {phase.first_contact} comes first.")
    day = from_us(now_us).astimezone(ZoneInfo(agreement.zone)).date()
    today = day.isoformat()
    if agreement.start > today:
        flags.append(f"The agreement starts on {agreement.start}. {policy.support_starts}".strip())
    if agreement.end is not None and agreement.end < today:
        flags.append(f"The agreement ended on {agreement.end}.")
    package = policy.packages.get(agreement.package or "")
    if package is not None and not package.desk_access:
        flags.append(f"{package.name} gives no direct access to the desk.")
    bought = policy.tier_channels.get(tier or "")
    if channel is not None and bought is not None and channel not in bought:
        ways = ", ".join(bought)
        flags.append(f"{policy.tiers.get(tier or '', tier)}: {channel} is not included ({ways}).")
    elif package is not None and package.channels and channel not in (None, *package.channels):
        flags.append(f"{package.name} does not include support by {channel}.")
    limited = terms.limited_cover(DESK, day)
    if limited is not None:
        flags.append(f"Limited cover today: {limited}.")
    return tuple(flags)
