"""The life of one invented ticket: a pure function of chance, its customer and now.

What agents do is made up around what they have promised: most answers come well inside the time
allowed, a few late. A ticket still to be done is begun so far back that its last promise is as far
used up as chance wants it, and told up to now; everything else follows from the clocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Final, Literal, NamedTuple

from deskterm.desk.demo.cast import Setting
from deskterm.desk.demo.chances import channel, level
from deskterm.desk.demo.complaints import Complaint, complaints, filled, particulars
from deskterm.desk.demo.promises import Allowance, Allowances, Promised
from deskterm.sla.promises import Situation

_MINUTE_US: Final = 60_000_000
_HOUR_US: Final = 60 * _MINUTE_US
_DAY_US: Final = 24 * _HOUR_US
#: Ways in that are open when the desk is not.
_AT_ANY_HOUR: Final = frozenset({"email", "portal", "web", "voicemail"})
#: Events that need a person's words, and where these come from.
_SPOKEN: Final = frozenset(
    {"responded", "acknowledged", "updated", "workaround", "action_planned", "escalated"}
)


class Happening(NamedTuple):
    """One entry of a ticket's history; `agent_id` is None for what nobody at the desk did."""

    at_us: int
    kind: str
    data: Mapping[str, Any]
    agent_id: int | None


class Place(NamedTuple):
    """A customer as its tickets need it."""

    opening: Mapping[str, Any]
    """What every ticket of this customer opens with: customer, agreement, policy snapshot."""
    setting: Setting
    contacts: Sequence[tuple[int, str, str | None]]
    """(id, name, tier)"""
    sites: Sequence[int]
    agents: Sequence[int]
    """Who usually looks after this customer."""
    promised: Promised


#: How a ticket that is still to be done is wanted to stand.
Wish = Literal["overdue", "at_risk", "held", "mine", "callout"]


def story(
    rng: Random, place: Place, now_us: int, opened_us: int | None, wish: Wish | None = None
) -> list[Happening]:
    """A ticket's history, the opening first, in order of time and none of it after `now_us`.

    With `opened_us` the ticket came in about then and is done by now; without it is still to be
    done, and stands as `wish` says where chance and what was promised allow it.
    """
    return _Story(rng, place, now_us, wish).tell(opened_us)


class _Story:
    __slots__ = (
        "_agent", "_allowances", "_channel", "_complaint", "_gaps", "_happenings", "_level",
        "_now_us", "_place", "_policy", "_rng", "_said", "_type", "_wish",
    )  # fmt: skip

    def __init__(self, rng: Random, place: Place, now_us: int, wish: Wish | None) -> None:
        self._rng, self._place, self._now_us, self._wish = rng, place, now_us, wish
        self._policy = place.promised.policy
        self._happenings: list[Happening] = []
        self._said = 0
        asked = complaints(place.setting)
        self._complaint: Complaint = asked[int(rng.random() * len(asked))]
        contact = place.contacts[int(rng.random() ** 2 * len(place.contacts))]
        self._gaps = particulars(rng, place.setting, contact[1])
        self._agent = place.agents[int(rng.random() * len(place.agents))]
        self._type = (
            self._complaint.type if self._complaint.type in self._policy.types else "incident"
        )
        self._channel = channel(rng, self._policy, place.opening.get("package"), contact[2])
        self._level = level(rng, place.promised, self._complaint, self._type)
        self._allowances = self._promises(self._level["priority"], contact[2])
        self._happenings.append(Happening(0, "opened", self._opening(contact), None))

    def _promises(self, priority: str | None, tier: str | None) -> Allowances:
        return self._place.promised.in_situation(
            Situation(self._type, priority, self._channel, tier, False)
        )

    def _opening(self, contact: tuple[int, str, str | None]) -> dict[str, Any]:
        opening = {
            **self._place.opening,
            "subject": filled(self._complaint.subject, self._gaps),
            "body": filled(self._complaint.body, self._gaps),
            "type": self._type,
            "contact_id": contact[0],
        }
        if self._channel is not None:
            opening["channel"] = self._channel
        if contact[2] is not None:
            opening["tier"] = contact[2]
        if self._place.sites:
            sites = self._place.sites
            opening["site_id"] = sites[int(self._rng.random() * len(sites))]
        if self._complaint.wide >= 0.3:
            opening["affected"] = int(3 + self._complaint.wide * 60 * self._rng.random())
        return opening

    def tell(self, opened_us: int | None) -> list[Happening]:
        if opened_us is None:
            self._tell_live()
        else:
            self._tell_done(opened_us)
        self._happenings.sort(key=lambda happening: happening.at_us)
        return self._happenings

    # What comes in

    def _open(self, at_us: int, *, untouched: bool) -> None:
        rng = self._rng
        data = dict(self._happenings[0].data)
        by = None if self._channel in _AT_ANY_HOUR else self._agent
        fixed = self._policy.fixed_priority(self._type) is not None
        at_once = by is not None and rng.random() < 0.6 and not self._allowances.stopped_by_triage
        if at_once and not fixed:
            data |= self._level
        self._happenings[0] = Happening(_second(at_us), "opened", data, by)
        if untouched:
            return
        sorted_us = self._later(at_us, (2 + 10 * rng.random()) * _MINUTE_US)
        if not at_once and (self._allowances.stopped_by_triage or not fixed):
            self._do(sorted_us, "triaged", {} if fixed else self._level)
        if rng.random() < 0.9:
            self._do(sorted_us + _MINUTE_US, "assigned", {"agent_id": self._agent})

    def _later(self, at_us: int, worked_us: float) -> int:
        """The instant at which the desk has worked so long since another."""
        desk = self._place.promised.desk
        return desk.earliest(desk.position(at_us) + max(1, int(worked_us)))

    def _between(self, after_us: int, until_us: int, share: float = 1.0) -> int:
        """Some instant between two at which the desk is open."""
        desk = self._place.promised.desk
        first = desk.position(after_us)
        return desk.earliest(
            first + int((desk.position(until_us) - first) * share * self._rng.random())
        )

    def _do(self, at_us: int, kind: str, data: Mapping[str, Any]) -> None:
        if at_us <= self._now_us:
            self._happenings.append(Happening(_second(at_us), kind, data, self._agent))

    def _speak(self, at_us: int, kind: str) -> None:
        notes = self._complaint.notes
        text = notes[min(self._said, len(notes) - 1)]
        self._said += 1
        said = filled(text, self._gaps)
        if kind == "escalated":
            told = self._policy.ladder[1].name if len(self._policy.ladder) > 1 else "Second line"
            self._do(at_us, kind, {"reason": said, "told": told})
        else:
            self._do(at_us, kind, {"text": said})

    # A ticket that is done

    def _tell_done(self, opened_us: int) -> None:
        rng = self._rng
        if self._channel not in _AT_ANY_HOUR:
            opened_us = self._later(opened_us, rng.random() * _HOUR_US)
        opened_us = min(opened_us, self._now_us - 3 * _HOUR_US)
        held_us = self._hold_length() if rng.random() < 0.25 else 0
        worked_us = self._work_length(rng)
        final = self._allowances.final
        axis = final.axis if final is not None else self._place.promised.desk
        for attempt in range(20):
            done_us = axis.earliest(axis.position(opened_us) + worked_us + held_us)
            if done_us < self._now_us:
                break
            # It came in earlier; ever more so, over however long a weekend.
            opened_us -= done_us - self._now_us + int((attempt + rng.random()) * _DAY_US)
        self._open(opened_us, untouched=False)
        last_us = self._early(opened_us, until_us=done_us)
        if held_us:
            self._hold_and_resume(axis.position(last_us), done_us, held_us)
        if rng.random() < 0.5:
            self._note(last_us, done_us)
        if final is not None and final.kept_by not in ("resolved", "closed"):
            self._speak(done_us, final.kept_by)
            done_us = min(self._later(done_us, rng.random() * 6 * _HOUR_US), self._now_us)
        self._do(done_us, "resolved", {"text": filled(self._complaint.fix, self._gaps)})
        if rng.random() < 0.03:
            done_us = self._again(done_us)
        if rng.random() < 0.95:
            closed_us = self._later(done_us, (2 + 22 * rng.random()) * _HOUR_US)
            self._do(closed_us, "closed", {})

    def _work_length(self, rng: Random) -> int:
        final = self._allowances.final
        if final is None:
            return int((0.3 + 12 * rng.random() ** 2) * _HOUR_US)
        late = rng.random() < 0.045
        share = 1.02 + rng.random() if late else 0.03 + 0.9 * rng.random() ** 1.6
        return int(final.allowed_us * share)

    def _hold_length(self) -> int:
        return int((0.5 + 16 * self._rng.random() ** 2) * _HOUR_US)

    def _again(self, done_us: int) -> int:
        """The fault comes back; when it was mended again."""
        back_us = self._later(done_us, (0.5 + 9 * self._rng.random()) * _HOUR_US)
        again_us = self._later(back_us, (0.5 + 3 * self._rng.random()) * _HOUR_US)
        if again_us > self._now_us:
            return done_us
        self._do(back_us, "reopened", {"reason": "It is back."})
        self._do(again_us, "resolved", {"text": filled(self._complaint.fix, self._gaps)})
        return again_us

    # What is promised on the way

    def _early(self, opened_us: int, until_us: int) -> int:
        """Everything promised before the end of the work; the last instant of it."""
        last_us = self._happenings[-1].at_us if len(self._happenings) > 1 else opened_us
        answered_us: int | None = None
        keeping = [
            (self._kept_at(allowance, opened_us), allowance)
            for allowance in self._allowances.early
            if allowance.kept_by != "triaged" and allowance.starts == "opened"
        ]
        keeping.sort(key=lambda keep: keep[0])
        kept: set[str] = set()
        for at_us, allowance in keeping:
            # One answer keeps every promise of an answer.
            if allowance.kept_by in kept:
                continue
            said_us = self._keep(allowance, max(at_us, last_us + _MINUTE_US), until_us)
            if said_us > 0:
                kept.add(allowance.kept_by)
                last_us = said_us
                answered_us = said_us if allowance.kept_by == "responded" else answered_us
        for allowance in self._allowances.early:
            if allowance.starts == "responded" and answered_us is not None:
                at_us = self._kept_at(allowance, answered_us)
                last_us = max(last_us, self._keep(allowance, at_us, until_us))
        if self._rng.random() < 0.04 and last_us < until_us:
            self._raise_or_lower(last_us, until_us)
        return last_us

    def _keep(self, allowance: Allowance, at_us: int, until_us: int) -> int:
        """Keep a promise and give the instant; 0 where that comes too late to be told."""
        if at_us >= until_us:
            return 0
        if allowance.kept_by in _SPOKEN:
            self._speak(at_us, allowance.kept_by)
        else:
            self._do(at_us, allowance.kept_by, {})
        return at_us

    def _kept_at(self, allowance: Allowance, starts_us: int) -> int:
        rng = self._rng
        share = 1.02 + rng.random() if rng.random() < 0.04 else 0.05 + 0.85 * rng.random() ** 1.5
        axis, desk = allowance.axis, self._place.promised.desk
        at_us = axis.earliest(axis.position(starts_us) + max(1, int(allowance.allowed_us * share)))
        # Who has three days, nights included, still answers while the desk is open.
        return max(starts_us, desk.earliest(desk.position(at_us)))

    def _raise_or_lower(self, after_us: int, until_us: int) -> None:
        levels = [one.id for one in self._policy.priorities]
        was = self._level["priority"]
        if self._policy.fixed_priority(self._type) is not None:
            return
        place = levels.index(was)
        # Towards the middle, where a second look usually leads.
        lower = place < len(levels) // 2
        place += 1 if lower else -1
        at_us = self._between(after_us, until_us, 0.3)
        reason = "Fewer people affected than thought." if lower else "More people have it by now."
        data = {"priority": levels[place], "reason": reason}
        self._do(at_us, "reprioritised", data)

    def _note(self, after_us: int, until_us: int) -> None:
        at_us = self._between(after_us, until_us)
        text = filled(self._complaint.notes[-1], self._gaps)
        self._do(at_us, "noted", {"text": text, "internal": self._rng.random() < 0.6})

    def _held(self, at_us: int) -> None:
        known = {reason.id for reason in self._policy.holds}
        reason = self._complaint.reason if self._complaint.reason in known else "other"
        chase_us = self._later(at_us, (8 + 16 * self._rng.random()) * _HOUR_US)
        awaiting = filled(self._complaint.awaiting, self._gaps)
        self._do(
            at_us, "held", {"reason": reason, "awaiting": awaiting, "chase_us": _second(chase_us)}
        )

    def _hold_and_resume(self, from_position: int, until_us: int, held_us: int) -> None:
        final = self._allowances.final
        axis = final.axis if final is not None else self._place.promised.desk
        room = axis.position(until_us) - from_position - held_us
        if room <= 0:
            return
        begins = from_position + 1 + int(room * self._rng.random())
        self._held(axis.earliest(begins))
        self._do(axis.earliest(begins + held_us), "resumed", {})

    # A ticket that is still to be done

    def _tell_live(self) -> None:
        rng = self._rng
        fate = rng.random()
        if self._wish is not None:
            fate = 0.21 if self._wish == "held" else 0.9
        final = self._allowances.final
        # Where no end is promised, only the first answer can be late.
        unanswered = self._wish in ("overdue", "at_risk") and final is None
        if fate < 0.08 or (fate < 0.2 and not self._allowances.early) or unanswered:
            self._just_in()
            return
        held_us = self._hold_length() if fate < 0.32 else 0
        axis = final.axis if final is not None else self._place.promised.desk
        worked_us = self._so_far(final)
        position = axis.position(self._now_us)
        opened_us = axis.earliest(position - worked_us - held_us)
        if self._channel not in _AT_ANY_HOUR:
            opened_us = self._later(opened_us, 1)
        opened_us = min(opened_us, self._now_us - _MINUTE_US)
        self._open(opened_us, untouched=False)
        last_us = self._early(opened_us, until_us=self._now_us)
        if held_us and fate < 0.22:
            begins_us = axis.earliest(position - held_us)
            self._held(max(min(begins_us, self._now_us), last_us + _MINUTE_US))
        elif held_us:
            self._hold_and_resume(axis.position(last_us), self._now_us, held_us)
        if rng.random() < 0.3:
            self._note(last_us, self._now_us)

    def _so_far(self, final: Allowance | None) -> int:
        """How much time a ticket still to be done has used."""
        rng = self._rng
        if final is None:
            return int((0.1 + 30 * rng.random() ** 2) * _HOUR_US)
        fate = {"overdue": 0.0, "at_risk": 0.1}.get(self._wish or "", rng.random())
        if fate < 0.09:
            share = 1.01 + 0.4 * rng.random()
        elif fate < 0.25:
            share = 0.76 + 0.22 * rng.random()
        else:
            share = 0.02 + 0.7 * rng.random()
        return int(final.allowed_us * share)

    def _just_in(self) -> None:
        """Nobody has looked at it yet."""
        rng = self._rng
        tightest = min(self._allowances.early, key=lambda early: early.allowed_us, default=None)
        fate = rng.random()
        share = 1.1 + rng.random() if fate < 0.12 else 0.05 + 0.9 * rng.random()
        if self._wish == "overdue":
            share = 1.1 + rng.random()
        elif self._wish == "at_risk":
            share = 0.8 + 0.15 * rng.random()
        used_us = int(share * (tightest.allowed_us if tightest is not None else 4 * _HOUR_US))
        axis = tightest.axis if tightest is not None else self._place.promised.desk
        opened_us = axis.earliest(axis.position(self._now_us) - used_us)
        if self._channel in _AT_ANY_HOUR and not axis.is_open(self._now_us):
            # It came while the desk was closed and waits for the morning.
            opened_us += int((self._now_us - opened_us) * rng.random())
        self._open(min(opened_us, self._now_us - _MINUTE_US), untouched=True)


def _second(at_us: int) -> int:
    """The whole second: who writes things down does not do so to the microsecond."""
    return at_us - at_us % 1_000_000
