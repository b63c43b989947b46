"""What the invented customers ask for, read from ``complaints.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

from deskterm.desk.demo import words
from deskterm.desk.demo.cast import Setting


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing to ask for; texts may hold ``{room}``, ``{person}`` and the like."""

    setting: str
    subject: str
    body: str
    type: str
    wide: float
    """How many are affected, 0 (one person) to 1 (everybody)."""
    bad: float
    """How bad it is for them, 0 (a question) to 1 (nothing works)."""
    notes: tuple[str, ...]
    reason: str
    """Why it would be put on hold."""
    awaiting: str
    """What would be awaited of whom."""
    fix: str


@cache
def complaints(setting: Setting) -> tuple[Complaint, ...]:
    """Everything that is asked in such a setting."""
    text = files("deskterm.desk.demo").joinpath("complaints.toml").read_text(encoding="utf-8")
    return tuple(
        Complaint(
            setting=entry["setting"],
            subject=entry["subject"],
            body=entry["body"],
            type=entry.get("type", "incident"),
            wide=entry["wide"],
            bad=entry["bad"],
            notes=tuple(entry["notes"]),
            reason=entry["ask"][0],
            awaiting=entry["ask"][1],
            fix=entry["fix"],
        )
        for entry in tomllib.loads(text)["complaint"]
        if entry["setting"] in (setting, "any")
    )


def particulars(rng: Random, setting: Setting, person: str) -> dict[str, str]:
    """What fills the gaps of one complaint's texts, the same in all of them."""
    rooms = words.FIRM_ROOMS if setting == "office" else words.ROOMS
    pick = int(rng.random() * 1_000_000)
    return {
        "room": rooms[pick % len(rooms)],
        "person": person,
        "device": words.DEVICES[pick // 7 % len(words.DEVICES)],
        "app": words.APPS[pick // 11 % len(words.APPS)],
        "class": words.CLASSES[pick // 13 % len(words.CLASSES)],
        "n": str(pick // 17 % 400 + 20),
        "ref": f"C{pick:06}",
        "time": f"{8 + pick % 8}:{pick // 19 % 60:02}",
    }


def filled(text: str, gaps: dict[str, str]) -> str:
    """`text` with its gaps filled and a capital at its beginning."""
    if "{" in text:
        text = text.format_map(gaps)
    return text[:1].upper() + text[1:]
