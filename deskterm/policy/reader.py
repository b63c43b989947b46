"""Reads a policy text: a `Policy` that is right in every part, or all that is wrong with it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace

from deskterm.policy.document import Policy, frozen_map
from deskterm.policy.findings import Finding, Findings, PolicyError
from deskterm.policy.lines import Lines
from deskterm.policy.reading.calendars import read_calendars, read_regions
from deskterm.policy.reading.names import Names, gather
from deskterm.policy.reading.packages import read_checklists, read_checks, read_packages
from deskterm.policy.reading.service import (
    read_alerts,
    read_boundaries,
    read_debrief,
    read_holds,
    read_kpis,
    read_ladder,
    read_phases,
    read_review,
    read_tiers,
)
from deskterm.policy.reading.table import Table, Toml, check_id
from deskterm.policy.reading.targets import read_amount, read_targets
from deskterm.policy.reading.triage import (
    read_classes,
    read_priorities,
    read_triage,
    read_types,
)
from deskterm.policy.vocabulary import (
    CHANNELS,
    CLOSING_STEPS,
    INTAKE_FIELDS,
    QUEUE_KEYS,
    REPORT_PERIODS,
    TICKET_TYPES,
)

#: Characters a policy may have; the longest agreement encoded so far needs a tenth.
LONGEST_POLICY = 256 * 1024

_SYNTAX = re.compile(
    r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of .*)\)"
)
# A dotted key of n parts costs the TOML parser n² steps, so absurd ones are refused unread.
_TOO_DEEP = re.compile(
    r"""(?<![\w"'-])(?:(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){24}"""
)


def read_policy(text: str, source: str) -> Policy:
    """The policy written in `text`; `source` names the file for the findings.

    Raises `PolicyError` with all findings at once; a text with a single mistake gives no policy.
    """
    findings = Findings(source)
    policy = _read(text, findings)
    if policy is None or findings.found:
        raise PolicyError(_with_lines(text, findings))
    return policy


def check_policy(text: str, source: str) -> tuple[Finding, ...]:
    """Everything that is wrong with `text`; empty where it is a policy."""
    try:
        read_policy(text, source)
    except PolicyError as error:
        return error.findings
    return ()


def _read(text: str, findings: Findings) -> Policy | None:
    data = _parse(text, findings)
    if data is None:
        return None
    root = Table(data, (), findings)
    names = gather(root, TICKET_TYPES, CHANNELS)
    policy = _sections(root, names, text)
    root.done()
    return policy


def _parse(text: str, findings: Findings) -> Toml | None:
    if len(text) > LONGEST_POLICY:
        findings.says((), f"{len(text)} characters", f"no more than {LONGEST_POLICY}")
        return None
    if not text.strip("\ufeff \t\r\n"):
        findings.says((), "an empty file", "a policy (`deskterm policy new ID` writes a start)")
        return None
    deep = _TOO_DEEP.search(text)
    if deep is not None:
        line = text.count("\n", 0, deep.start()) + 1
        _syntax_finding("a key of dozens of parts", line, None, findings)
        return None
    try:
        # Some editors put a byte order mark in front.
        return tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        findings.says((), "hundreds of brackets inside each other", "at most a few levels")
    except ValueError as error:
        match = _SYNTAX.fullmatch(str(error))
        if match is None:
            findings.says((), "a value no policy has room for", "TOML with ordinary numbers")
        elif match["line"] is None:
            _syntax_finding(match["what"], text.count("\n") + 1, None, findings)
        else:
            _syntax_finding(match["what"], int(match["line"]), int(match["column"]), findings)
    return None


def _syntax_finding(what: str, line: int, column: int | None, findings: Findings) -> None:
    place = f"{what} at line {line}" + (f", column {column}" if column is not None else "")
    findings.found.append(
        ((), Finding(findings.file, "", place, "TOML: key = value and [headers]", line=line))
    )


def _with_lines(text: str, findings: Findings) -> list[Finding]:
    # A finding that has its line already means that the text is no TOML; then no other has one.
    lines = Lines(text) if all(finding.line is None for _, finding in findings.found) else None
    placed = [
        finding if lines is None else replace(finding, line=lines.of(path))
        for path, finding in findings.found
    ]
    if findings.left_out:
        more = f"{findings.left_out} more mistake{'s' if findings.left_out > 1 else ''}"
        placed.append(Finding(findings.file, "", more, "these to be mended first"))
    return placed


def _sections(root: Table, names: Names, text: str) -> Policy:
    policy_id = root.text("id", expected="the policy's id, such as our-school")
    if policy_id:
        check_id(policy_id, root.at("id"), root.findings)
    tiers, tier_channels = read_tiers(root, names)
    parties, boundaries = read_boundaries(root)
    packages = read_packages(root, names)
    regions = read_regions(root, names)
    order = root.names("queue_order", tuple(QUEUE_KEYS), "way to rank")
    notice = root.raw("maintenance_notice")
    notice_place = root.at("maintenance_notice")
    return Policy(
        id=policy_id,
        name=root.text("name", expected="the name people know the agreement by"),
        version=root.text("version", ""),
        source=root.text("source", ""),
        summary=root.text("summary", ""),
        calendars=frozen_map(read_calendars(root, names)),
        priorities=read_priorities(root),
        triage=read_triage(root, names),
        targets=read_targets(root, names),
        types=frozen_map(read_types(root, names)),
        regions=frozen_map(regions),
        default_region=root.reference("default_region", names.regions, "region")
        or next(iter(regions), None),
        tiers=frozen_map(tiers),
        tier_channels=frozen_map(tier_channels),
        classes=read_classes(root, names),
        holds=read_holds(root),
        packages=frozen_map(packages),
        default_package=root.reference("default_package", names.packages, "package")
        or next(iter(packages), None),
        checklists=frozen_map(read_checklists(root)),
        channels=root.names("channels", CHANNELS, "channel"),
        required=root.names("required", tuple(INTAKE_FIELDS), "field"),
        warning_share=root.number("warning_share", 0.01, 1, 0.75) or 0.75,
        queue_order=order or ("priority", "opened"),
        affected_for=root.names("affected_for", names.priorities, "priority"),
        shutdown=root.optional_text("shutdown"),
        travel_minutes=_travel(root),
        school_year_starts=_school_year(root),
        first_year_phase=root.reference("first_phase", names.phases, "phase"),
        phases=read_phases(root),
        support_starts=root.text("support_starts", ""),
        releases=frozen_map(root.words("releases", names.priorities, "priority")),
        checks=read_checks(root),
        ladder=read_ladder(root),
        alerts=read_alerts(root, names),
        at_risk_notice=root.flag("at_risk_notice"),
        review=read_review(root, names),
        kpis=read_kpis(root, names),
        report_every=root.choice("report_every", REPORT_PERIODS, "") or None,
        boundaries=boundaries,
        boundary_parties=parties,
        contact_roles=frozen_map(root.words("contact_roles", None, "role")),
        quote_role=root.optional_text("quote_role"),
        close_reasons=frozen_map(root.words("close_reasons", None, "reason")),
        closing=root.names("closing", tuple(CLOSING_STEPS), "closing step"),
        debrief=frozen_map(read_debrief(root, names)),
        sender_domain_only=root.flag("sender_domain_only"),
        callback_channels=root.names("callback_channels", names.channels, "channel"),
        maintenance_notice=(
            None if notice is None else read_amount(notice, notice_place, root.findings)
        ),
        text=text,
    )


def _travel(root: Table) -> int:
    minutes = root.whole("travel_minutes", 0, 24 * 60, 30)
    return 30 if minutes is None else minutes


def _school_year(root: Table) -> str:
    start = root.text("school_year_starts", "09-01")
    if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])", start):
        root.findings.add(
            root.at("school_year_starts"), start, 'a month and day up to 28, such as "09-01"'
        )
    return start
