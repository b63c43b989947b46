"""The zone of whoever sits here, by its IANA name: what "today" means on this screen."""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LINK = Path("/etc/localtime")
_NAME = Path("/etc/timezone")


def local_zone() -> str:
    """The zone ``TZ`` names, else the system's; UTC where nobody says."""
    for found in (_from_environment, _from_link, _from_file):
        name = found()
        if name and _known(name):
            return name
    return "UTC"


def _from_environment() -> str | None:
    return os.environ.get("TZ", "").lstrip(":") or None


def _from_link() -> str | None:
    try:
        target = str(_LINK.resolve(strict=True))
    except OSError:
        return None
    _, found, name = target.partition("/zoneinfo/")
    return name if found else None


def _from_file() -> str | None:
    try:
        return _NAME.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _known(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
