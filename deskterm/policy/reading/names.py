"""The names a policy file defines, gathered first so that every section can refer to any other."""

from __future__ import annotations

from dataclasses import dataclass

from deskterm.policy.reading.table import Table


@dataclass(frozen=True, slots=True)
class Names:
    """Ids by kind, in the file's order; unchecked, the section that defines them does that."""

    priorities: tuple[str, ...]
    calendars: tuple[str, ...]
    roles: tuple[str, ...]
    """Calendar roles given by every region."""
    regions: tuple[str, ...]
    types: tuple[str, ...]
    tiers: tuple[str, ...]
    channels: tuple[str, ...]
    packages: tuple[str, ...]
    checklists: tuple[str, ...]
    classes: tuple[str, ...]
    clocks: tuple[str, ...]
    ladder: tuple[str, ...]
    phases: tuple[str, ...]


def gather(root: Table, types: tuple[str, ...], channels: tuple[str, ...]) -> Names:
    """All names of the file that other parts of it may use."""
    return Names(
        priorities=_listed(root, "priorities", "id"),
        calendars=_keyed(root, "calendars"),
        roles=_roles(root),
        regions=_keyed(root, "regions"),
        types=_keyed(root, "types") or types,
        tiers=_keyed(root, "tiers"),
        channels=tuple(name for name in _texts(root.data.get("channels"))) or channels,
        packages=_keyed(root, "packages"),
        checklists=_keyed(root, "checklists"),
        classes=_listed(root, "classes", "id"),
        clocks=_listed(root, "targets", "clock"),
        ladder=_listed(root, "ladder", "id"),
        phases=_listed(root, "phases", "id"),
    )


def _keyed(root: Table, key: str) -> tuple[str, ...]:
    value = root.data.get(key)
    return tuple(value) if isinstance(value, dict) else ()


def _listed(root: Table, key: str, name: str) -> tuple[str, ...]:
    value = root.data.get(key)
    entries = value if isinstance(value, list) else []
    names = (entry.get(name) for entry in entries if isinstance(entry, dict))
    return tuple(dict.fromkeys(entry for entry in names if isinstance(entry, str)))


def _texts(value: object) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [entry for entry in listed if isinstance(entry, str)]


def _roles(root: Table) -> tuple[str, ...]:
    regions = root.data.get("regions")
    if not isinstance(regions, dict):
        return ()
    roles: list[str] | None = None
    for region in regions.values():
        calendars = region.get("calendars") if isinstance(region, dict) else None
        given = list(calendars) if isinstance(calendars, dict) else []
        roles = given if roles is None else [role for role in roles if role in given]
    return tuple(roles or ())
