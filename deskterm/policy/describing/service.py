"""Holds, escalation, figures and duties of a policy, in words."""

from __future__ import annotations

from deskterm.policy.describing.sections import Section, listed, sentence, table
from deskterm.policy.document import Kpi, LadderStep, Policy
from deskterm.policy.vocabulary import CLOSING_STEPS, MEASURES

_SHARES = ("in_time", "first_contact", "first_line", "uptime", "capacity")


def describe_holds(policy: Policy) -> Section:
    """Why clocks may stand still and what closing asks for."""
    holds = table(
        ("Reason", "Id", "Needs"),
        ((hold.name, hold.id, "a text" if hold.needs_text else "") for hold in policy.holds),
        "The clocks may be held while",
        keep=2,
    )
    debrief = table(
        ("Priority", "Question"),
        (
            (policy.priority_name(level), question)
            for level, questions in policy.debrief.items()
            for question in questions
        ),
        "Debrief",
    )
    lines = (
        *sentence("Closing asks for", listed(CLOSING_STEPS[step] for step in policy.closing)),
        *sentence("May be closed as", listed(policy.close_reasons.values())),
        *(
            ("A customer whose target is in danger is told why and what is being done.",)
            if policy.at_risk_notice
            else ()
        ),
    )
    return Section("Holding and closing", lines, tuple(t for t in (holds, debrief) if t.rows))


def describe_escalation(policy: Policy) -> Section:
    """Who is next, and when without anyone asking."""
    ladders = tuple(
        table(
            ("Step", "Roles", "What they do", "Comes here", "Clause"),
            (
                (rung.name, listed(rung.roles), _remit(rung), rung.hand_over, rung.clause)
                for rung in policy.ladder
                if rung.kind == kind
            ),
            title,
        )
        for kind, title in (("support", "Support"), ("complaint", "Complaints"))
    )
    alerts = table(
        ("At", "Of", "Told", "Clause"),
        (
            (f"{alert.share:.0%}", alert.clock, _step_name(policy, alert.step), alert.clause)
            for alert in policy.alerts
        ),
        "By themselves, once each",
    )
    lines = _review_lines(policy)
    return Section("Escalation", lines, tuple(t for t in (*ladders, alerts) if t.rows))


def describe_figures(policy: Policy) -> Section:
    """What is measured and how it is reported."""
    kpis = table(
        ("Figure", "Measures", "Goal", "Note", "Clause"),
        ((kpi.name, _measure(kpi), _goal(kpi), kpi.note, kpi.clause) for kpi in policy.kpis),
    )
    lines = sentence("Reported every", policy.report_every or "")
    return Section("Figures", lines, (kpis,) if kpis.rows else ())


def describe_duties(policy: Policy) -> Section:
    """Phases, people and who does what."""
    phases = table(
        ("Phase", "First contact", "Note"),
        ((phase.name, phase.first_contact, phase.note) for phase in policy.phases),
        "Phases",
    )
    boundaries = table(
        ("Service", *policy.boundary_parties, "Note"),
        (
            (
                entry.name,
                *(entry.who.get(party, "?") for party in policy.boundary_parties),
                entry.note,
            )
            for entry in policy.boundaries
        ),
        "Who does what",
    )
    notice = policy.maintenance_notice
    lines = (
        *sentence("Support starts", policy.support_starts),
        *sentence("Contacts", listed(policy.contact_roles.values())),
        *sentence("Quotes come from", policy.quote_role or ""),
        *sentence("Notice of planned maintenance", notice.words if notice is not None else ""),
    )
    return Section("People and duties", lines, tuple(t for t in (phases, boundaries) if t.rows))


def _review_lines(policy: Policy) -> tuple[str, ...]:
    review = policy.review
    if review is None:
        return ()
    levels = listed(policy.priority_name(level) for level in review.priorities)
    usual = f"{review.times:g} times their usual {levels} (mean of {review.quarters} quarters)"
    return (
        f"Reviewed: tickets open past their {review.clock} target",
        f"Reviewed: customers with more than {usual}",
    )


def _remit(rung: LadderStep) -> str:
    parts = [rung.remit] if rung.remit else []
    if rung.split_by:
        parts.append(f"one for each {rung.split_by}")
    if rung.always_on:
        parts.append("on duty day and night")
    if rung.open_to_customer:
        parts.append("open to the customer directly")
    return "; ".join(parts)


def _step_name(policy: Policy, step: str) -> str:
    rung = policy.ladder_step(step)
    return rung.name if rung is not None else step


def _measure(kpi: Kpi) -> str:
    about = listed(kpi.clocks) or kpi.subject
    return MEASURES[kpi.measure] + (f" ({about})" if about else "")


def _goal(kpi: Kpi) -> str:
    if kpi.goal is None:
        return ""
    if kpi.measure in _SHARES:
        return f"{kpi.goal * 100:g} %"
    units = {"call_answer": " seconds at most", "release": " days at most"}
    return f"{kpi.goal:g}{units.get(kpi.measure, '')}"
