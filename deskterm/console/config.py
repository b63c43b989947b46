"""The user's settings: ``config.toml``, read kindly.

::

    theme = "light"            # dark (default) or light
    start = "queue"            # the screen to begin with
    tick  = 1                  # seconds between redraws of running clocks
    mouse = true
    marks = "auto"             # auto, unicode or ascii

    [keys]                     # an action's id to the keys it should be on
    "ticket.hold" = "H"

A mistake never keeps the console from starting: it is reported with file, key and the nearest
name, and the default holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from deskterm.console.themes import CHOICES as THEMES

SCREENS: Final = ("queue", "visits", "customers")
MARKS: Final = ("auto", "unicode", "ascii")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user has chosen; everything has a default."""

    theme: str = "dark"
    start: str = "queue"
    tick: int = 1
    mouse: bool = True
    marks: str = "auto"
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def read_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """The settings in the file at `path` and a sentence for each mistake in it.

    A file that is not there means defaults; one that cannot be read is a mistake like any other.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), (f"{path}: cannot be read ({error}); using the defaults.",)
    return parse_settings(text, str(path))


def parse_settings(text: str, name: str) -> tuple[Settings, tuple[str, ...]]:
    """The settings in `text`; `name` stands before each finding."""
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Settings(), (f"{name}: {error}; using the defaults.",)
    findings: list[str] = []
    chosen: dict[str, Any] = {}
    for key, value in data.items():
        problem: str | None
        if key == "keys":
            chosen["keys"], problems = _keys(value)
            findings += [f"{name}: {problem}" for problem in problems]
            continue
        problem = _problem(key, value)
        if problem is None:
            chosen[key] = value
        else:
            findings.append(f"{name}: {problem}")
    return Settings(**chosen), tuple(findings)


def _problem(key: str, value: object) -> str | None:
    if key in _CHOICES:
        choices = _CHOICES[key]
        if isinstance(value, str) and value in choices:
            return None
        return f"{key}: {value!r} is not one of {', '.join(choices)}{_nearest(value, choices)}"
    if key == "tick":
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 60:
            return None
        return f"tick: {value!r} is not a whole number of seconds from 1 to 60."
    if key == "mouse":
        return None if isinstance(value, bool) else f"mouse: {value!r} is not true or false."
    return f"{key}: no such setting{_nearest(key, (*_CHOICES, 'tick', 'mouse', 'keys'))}"


_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "theme": THEMES,
    "start": SCREENS,
    "marks": MARKS,
}


def _keys(value: object) -> tuple[Mapping[str, str], list[str]]:
    from deskterm.console.catalog import everything

    if not isinstance(value, dict):
        return {}, ["keys: is not a table of action = key."]
    known = {action.id: action for action in everything()}
    own: dict[str, str] = {}
    findings: list[str] = []
    for action, keys in value.items():
        if action not in known:
            findings.append(f"keys.{action}: no such action{_nearest(action, known)}")
        elif not isinstance(keys, str) or not keys.strip():
            findings.append(f"keys.{action}: {keys!r} names no key.")
        else:
            own[action] = keys
    return MappingProxyType(own), findings


def _nearest(value: object, names: Collection[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(str(value), names, n=1, cutoff=0.5)
    return f"; did you mean {close[0]}?" if close else "."


def write_setting(path: Path, name: str, value: object, table: str | None = None) -> Settings:
    """Change one setting in the file at `path`, which is made where there is none.

    None goes back to the default. Everything else in the file stays as it was typed. Raises
    `config_text.CannotChange` and OSError.
    """
    from deskterm.console.config_text import with_setting

    try:
        before = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        before = ""
    after = with_setting(before, name, value, table)
    if after != before:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.part")
        partial.write_text(after, encoding="utf-8")
        partial.replace(path)
    return parse_settings(after, str(path))[0]
