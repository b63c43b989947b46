"""The console's own themes, and the arithmetic that shows their text can be read.

Style sheets use the tokens below and nothing else: `ink` is text, `paper` is what it stands on,
`rule` draws lines. Red, amber and green exist only as clock colours (magenta-red, amber and
blue-green, which colour-blind people tell apart), each always beside a mark of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from textual.theme import Theme

DARK: Final = "deskterm-dark"
LIGHT: Final = "deskterm-light"
DARK_256: Final = "deskterm-dark-256"
LIGHT_256: Final = "deskterm-light-256"
SIXTEEN: Final = "deskterm-16"
MONO: Final = "deskterm-mono"

#: The themes a user chooses between, as full and as 256 colours show them; the other two follow
#: from the terminal.
CHOICES: Final = ("dark", "light")
_PAIRS: Final[tuple[Mapping[str, str], ...]] = (
    {"dark": DARK, "light": LIGHT},
    {"dark": DARK_256, "light": LIGHT_256},
)


class Palette(NamedTuple):
    """Every colour of a theme, by what it is for."""

    ink: str
    ink_quiet: str
    ink_hint: str
    ink_accent: str
    ink_cursor: str
    clock_track: str
    clock_risk: str
    clock_late: str
    clock_held: str
    paper: str
    paper_raised: str
    paper_cursor: str
    paper_resting: str
    paper_marked: str
    rule: str
    rule_focus: str

    def tokens(self) -> dict[str, str]:
        """Token name, as style sheets write it, to colour."""
        return {name.replace("_", "-"): getattr(self, name) for name in self._fields}


DARK_PALETTE: Final = Palette(
    ink="#d9e0ea",
    ink_quiet="#98a4b5",
    ink_hint="#b4c0d0",
    ink_accent="#8ab8ff",
    ink_cursor="#ffffff",
    clock_track="#84c9bc",
    clock_risk="#f5bd4f",
    clock_late="#ff86ae",
    clock_held="#a9b4c4",
    paper="#10151c",
    paper_raised="#19202b",
    paper_cursor="#27405f",
    paper_resting="#222b38",
    paper_marked="#2b2a45",
    rule="#3a4658",
    rule_focus="#6f9fe6",
)

LIGHT_PALETTE: Final = Palette(
    ink="#1c232e",
    ink_quiet="#4f5a69",
    ink_hint="#4f5a69",
    ink_accent="#1a4f9c",
    ink_cursor="#000000",
    clock_track="#005e55",
    clock_risk="#7a4600",
    clock_late="#9c0c48",
    clock_held="#4a5563",
    paper="#fbfaf7",
    paper_raised="#f0eee8",
    paper_cursor="#cfe0f7",
    paper_resting="#e6e5e0",
    paper_marked="#e4ddf5",
    rule="#b9b5aa",
    rule_focus="#1a4f9c",
)

#: The same where a terminal has 256 colours: dark tints would be rounded to loud primaries, so
#: each of these is nearly one that such terminals have.
DARK_256_PALETTE: Final = Palette(
    ink="#d7d7d7",
    ink_quiet="#a8a8a8",
    ink_hint="#d0d0d0",
    ink_accent="#87afff",
    ink_cursor="#ffffff",
    clock_track="#87d7af",
    clock_risk="#ffaf5f",
    clock_late="#ff87af",
    clock_held="#afafd7",
    paper="#121212",
    paper_raised="#1c1c1c",
    paper_cursor="#3a3a3a",
    paper_resting="#262626",
    paper_marked="#303030",
    rule="#4e4e4e",
    rule_focus="#5fafd7",
)
LIGHT_256_PALETTE: Final = Palette(
    ink="#1c1c1c",
    ink_quiet="#4e4e4e",
    ink_hint="#4e4e4e",
    ink_accent="#005f87",
    ink_cursor="#000000",
    clock_track="#005f5f",
    clock_risk="#5f0000",
    clock_late="#87005f",
    clock_held="#4e4e4e",
    paper="#ffffff",
    paper_raised="#eeeeee",
    paper_cursor="#d7d7ff",
    paper_resting="#e4e4e4",
    paper_marked="#ffffd7",
    rule="#b2b2b2",
    rule_focus="#005faf",
)

_SIXTEEN_PALETTE: Final = Palette(
    ink="ansi_default",
    ink_quiet="ansi_default",
    ink_hint="ansi_default",
    ink_accent="ansi_bright_blue",
    ink_cursor="ansi_default",
    clock_track="ansi_cyan",
    clock_risk="ansi_yellow",
    clock_late="ansi_bright_magenta",
    clock_held="ansi_default",
    paper="ansi_default",
    paper_raised="ansi_default",
    paper_cursor="ansi_default",
    paper_resting="ansi_default",
    paper_marked="ansi_default",
    rule="ansi_default",
    rule_focus="ansi_bright_blue",
)

_MONO_PALETTE: Final = Palette(**dict.fromkeys(Palette._fields, "ansi_default"))

#: Text tokens and the papers each of them is written on somewhere.
TEXT_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "ink": ("paper", "paper_raised", "paper_resting", "paper_marked", "paper_cursor"),
    "ink_quiet": ("paper", "paper_raised", "paper_resting", "paper_marked"),
    "ink_hint": ("paper", "paper_raised", "paper_cursor"),
    "ink_accent": ("paper", "paper_raised", "paper_resting", "paper_marked", "paper_cursor"),
    "ink_cursor": ("paper_cursor",),
    "clock_track": ("paper", "paper_raised", "paper_resting", "paper_marked", "paper_cursor"),
    "clock_risk": ("paper", "paper_raised", "paper_resting", "paper_marked", "paper_cursor"),
    "clock_late": ("paper", "paper_raised", "paper_resting", "paper_marked", "paper_cursor"),
    "clock_held": ("paper", "paper_raised", "paper_resting", "paper_marked", "paper_cursor"),
}


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, 1 to 21 (WCAG 2.1, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _theme(name: str, palette: Palette, *, dark: bool, ansi: bool = False) -> Theme:
    from textual.theme import Theme

    tokens = palette.tokens()
    return Theme(
        name=name,
        primary=palette.ink_accent,
        secondary=palette.ink_accent,
        accent=palette.ink_accent,
        warning=palette.clock_risk,
        error=palette.clock_late,
        success=palette.clock_track,
        foreground=palette.ink,
        background=palette.paper,
        surface=palette.paper_raised,
        panel=palette.paper_raised,
        boost=palette.paper_raised,
        dark=dark,
        ansi=ansi,
        variables={
            **tokens,
            "ansi-background": palette.paper,
            "ansi-foreground": palette.ink,
            "block-cursor-background": palette.paper_cursor,
            "block-cursor-foreground": palette.ink_cursor,
            "block-cursor-blurred-background": palette.paper_resting,
            "block-cursor-blurred-foreground": palette.ink,
            "block-hover-background": palette.paper_resting,
            "border": palette.rule_focus,
            "border-blurred": palette.rule,
            "scrollbar": palette.rule,
            "scrollbar-hover": palette.rule_focus,
            "scrollbar-active": palette.rule_focus,
            "scrollbar-background": palette.paper,
            "scrollbar-background-hover": palette.paper,
            "scrollbar-background-active": palette.paper,
            "scrollbar-corner-color": palette.paper,
            "input-cursor-background": palette.ink,
            "input-cursor-foreground": palette.paper,
            "input-selection-background": palette.paper_cursor,
            "text-muted": palette.ink_quiet,
            "text-error": palette.clock_late,
            "text-warning": palette.clock_risk,
            "text-success": palette.clock_track,
        },
    )


def themes() -> tuple[Theme, ...]:
    """All of them, ready to be registered with the app."""
    return (
        _theme(DARK, DARK_PALETTE, dark=True),
        _theme(LIGHT, LIGHT_PALETTE, dark=False),
        _theme(DARK_256, DARK_256_PALETTE, dark=True),
        _theme(LIGHT_256, LIGHT_256_PALETTE, dark=False),
        _theme(SIXTEEN, _SIXTEEN_PALETTE, dark=True, ansi=True),
        _theme(MONO, _MONO_PALETTE, dark=True, ansi=True),
    )


def theme_for(choice: str, *, no_color: bool, colours: str | None) -> str:
    """The theme to use: `choice`, unless the terminal shows sixteen colours or none.

    `colours` is rich's name for what the terminal can do (``standard`` is sixteen, ``256`` what
    it says).
    """
    if no_color:
        return MONO
    if colours == "standard":
        return SIXTEEN
    return _PAIRS[colours == "256"][choice]


def of_choice(current: str, choice: str | None = None) -> str | None:
    """The theme for `choice` (default: the other one) on a terminal that shows `current`.

    None where the terminal leaves no choice.
    """
    for pair in _PAIRS:
        if current in pair.values():
            other = "light" if current == pair["dark"] else "dark"
            return pair[choice or other]
    return None


def terminal_colours(environ: Mapping[str, str]) -> str | None:
    """Rich's name for the colours a terminal with this environment shows."""
    from rich.console import Console
    from textual.constants import COLOR_SYSTEM

    without = {name: value for name, value in environ.items() if name != "NO_COLOR"}
    named = None if COLOR_SYSTEM in (None, "auto") else COLOR_SYSTEM
    if named is not None:
        return named
    return Console(force_terminal=True, legacy_windows=False, _environ=without).color_system
