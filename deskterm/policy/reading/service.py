"""Reads escalation, figures, duties, phases and the other sections about people."""

from __future__ import annotations

from typing import Literal, cast

from deskterm.policy.document import HoldReason, frozen_map
from deskterm.policy.reading.names import Names
from deskterm.policy.reading.table import Table, check_name, ids_of
from deskterm.policy.service import Alert, Boundary, Kpi, LadderStep, Phase, ReviewRule
from deskterm.policy.vocabulary import HOLD_REASONS, MEASURES


def read_holds(root: Table) -> tuple[HoldReason, ...]:
    """Reasons for a hold; the five of every desk where the file lists none."""
    if "holds" not in root:
        root.raw("holds")
        return tuple(
            HoldReason(name, words, name == "other") for name, words in HOLD_REASONS.items()
        )
    tables = root.tables("holds")
    holds: list[HoldReason] = []
    for name, table in zip(ids_of(tables, "hold reason"), tables, strict=True):
        words = table.text("name", HOLD_REASONS.get(name, name))
        holds.append(HoldReason(name, words, table.flag("needs_text")))
        table.done()
    return tuple(holds)


def read_ladder(root: Table) -> tuple[LadderStep, ...]:
    """Steps of escalation, lowest first."""
    tables = root.tables("ladder")
    steps: list[LadderStep] = []
    for name, table in zip(ids_of(tables, "step"), tables, strict=True):
        roles = table.texts("roles")
        if not roles and not root.findings.under(table.at("roles")):
            root.findings.missing(table.at("roles"), "the roles that are told")
        kind = table.choice("kind", ("support", "complaint"), "support")
        split = table.choice("split_by", ("region", "line"), "") if "split_by" in table else ""
        table.raw("split_by")
        steps.append(
            LadderStep(
                id=name,
                name=table.text("name", name),
                roles=roles,
                kind=cast(Literal["support", "complaint"], kind),
                remit=table.text("remit", ""),
                hand_over=table.text("hand_over", ""),
                split_by=cast(Literal["", "region", "line"], split),
                always_on=table.flag("always_on"),
                open_to_customer=table.flag("open_to_customer"),
                clause=table.text("clause", ""),
            )
        )
        table.done()
    return tuple(steps)


def read_alerts(root: Table, names: Names) -> tuple[Alert, ...]:
    """Escalations that happen by themselves, in the file's order."""
    alerts: list[Alert] = []
    for table in root.tables("alerts"):
        for key, what in (("clock", "the clock that is watched"), ("step", "a step of the ladder")):
            if key not in table:
                root.findings.missing(table.at(key), what)
        if "share" not in table:
            root.findings.missing(table.at("share"), "the share of the allowance, such as 0.75")
        alerts.append(
            Alert(
                clock=table.reference("clock", names.clocks, "clock") or "",
                share=table.number("share", 0.01, 10) or 0.0,
                step=table.reference("step", names.ladder, "step of the ladder") or "",
                clause=table.text("clause", ""),
            )
        )
        table.done()
    return tuple(alerts)


def read_kpis(root: Table, names: Names) -> tuple[Kpi, ...]:
    """Key performance indicators in the file's order."""
    tables = root.tables("kpis")
    kpis: list[Kpi] = []
    for name, table in zip(ids_of(tables, "indicator"), tables, strict=True):
        measure = table.choice("measure", tuple(MEASURES))
        clocks = table.names("clocks", names.clocks, "clock")
        if measure == "in_time" and not clocks and not root.findings.under(table.at("clocks")):
            root.findings.missing(table.at("clocks"), "the clocks whose share in time is measured")
        kpis.append(
            Kpi(
                id=name,
                name=table.text("name", name),
                measure=measure,
                clocks=clocks,
                subject=table.text("subject", ""),
                goal=table.number("goal", -100, 100_000),
                note=table.text("note", ""),
                clause=table.text("clause", ""),
            )
        )
        table.done()
    return tuple(kpis)


def read_review(root: Table, names: Names) -> ReviewRule | None:
    """Which tickets and customers are looked at again, if the agreement says."""
    if "review" not in root:
        root.raw("review")
        return None
    table = root.table("review")
    if "clock" not in table:
        root.findings.missing(table.at("clock"), "the clock whose target a long ticket has passed")
    rule = ReviewRule(
        clock=table.reference("clock", names.clocks, "clock") or "",
        priorities=table.names("priorities", names.priorities, "priority"),
        times=table.number("times", 1, 100, 2.0) or 2.0,
        quarters=table.whole("quarters", 1, 40, 4) or 4,
        clause=table.text("clause", ""),
    )
    table.done()
    return rule


def read_boundaries(root: Table) -> tuple[tuple[str, ...], tuple[Boundary, ...]]:
    """Parties and services of the table of who does what."""
    parties = root.texts("boundary_parties")
    tables = root.tables("boundaries")
    boundaries: list[Boundary] = []
    for name, table in zip(ids_of(tables, "service"), tables, strict=True):
        who = table.table("who")
        done = {party: who.text(party) for party in who.data}
        for party in done:
            check_name(party, parties, "party", who.at(party), root.findings)
        text = table.text("name", name)
        boundaries.append(Boundary(name, text, frozen_map(done), table.text("note", "")))
        table.done()
    return parties, tuple(boundaries)


def read_phases(root: Table) -> tuple[Phase, ...]:
    """Phases of an agreement, in the order they are passed."""
    tables = root.tables("phases")
    phases: list[Phase] = []
    for name, table in zip(ids_of(tables, "phase"), tables, strict=True):
        phases.append(
            Phase(
                id=name,
                name=table.text("name", name),
                first_contact=table.text("first_contact", ""),
                note=table.text("note", ""),
                clause=table.text("clause", ""),
            )
        )
        table.done()
    return tuple(phases)


def read_debrief(root: Table, names: Names) -> dict[str, tuple[str, ...]]:
    """Questions answered before a ticket of a priority is closed."""
    table = root.table("debrief")
    debrief: dict[str, tuple[str, ...]] = {}
    for priority in table.data:
        check_name(priority, names.priorities, "priority", table.at(priority), root.findings)
        debrief[priority] = table.texts(priority)
    return debrief


def read_tiers(root: Table, names: Names) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Tier names, and the channels each has bought where the agreement limits them."""
    tiers: dict[str, str] = {}
    channels: dict[str, tuple[str, ...]] = {}
    for name, table in root.named("tiers"):
        tiers[name] = table.text("name", name)
        bought = table.names("channels", names.channels, "channel")
        if bought:
            channels[name] = bought
        table.done()
    return tiers, channels
