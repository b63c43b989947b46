"""The marks the console draws with, for terminals with UTF-8 and for those without.

No glyph here is one that some terminals draw as a wide emoji: each is exactly one cell wide in
both sets or spelled out in ASCII.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Glyphs(NamedTuple):
    """One set of marks; every screen takes its marks from here and from nowhere else."""

    name: str
    risk: str
    late: str
    held: str
    met: str
    missed: str
    exempt: str
    unknown: str
    none: str
    ellipsis: str
    cursor: str
    marked: str
    bar_full: str
    bar_empty: str
    bar_half: str
    rule: str
    side: str
    tee_left: str
    tee_right: str
    corner_left: str
    corner_right: str
    ascending: str
    descending: str
    left: str
    right: str
    dot: str
    enter: str
    up_down: str
    dash: str


UNICODE = Glyphs(
    name="unicode", risk="▲", late="◆", held="‖", met="✓", missed="✗", exempt="–", unknown="?",
    none="—", ellipsis="…", cursor="▌", marked="•", bar_full="█", bar_empty="░", bar_half="▓",
    rule="─", side="│", tee_left="├", tee_right="┤", corner_left="└", corner_right="┘",
    ascending="↑", descending="↓", left="‹", right="›", dot="·", enter="⏎", up_down="↑↓", dash="–",
)  # fmt: skip

ASCII = Glyphs(
    name="ascii", risk="!", late="!!", held="=", met="ok", missed="x", exempt="-", unknown="?",
    none="-", ellipsis="~", cursor=">", marked="*", bar_full="#", bar_empty=".", bar_half="+",
    rule="-", side="|", tee_left="+", tee_right="+", corner_left="+", corner_right="+",
    ascending="^", descending="v", left="<", right=">", dot="-", enter="Enter",
    up_down="Up/Down", dash="-",
)  # fmt: skip


def glyphs_for(environ: Mapping[str, str], encoding: str | None) -> Glyphs:
    """The set the terminal can show, from the locale and the encoding of its stream.

    Python turns the C locale into UTF-8 for itself and leaves ``LC_CTYPE=C.UTF-8`` behind; that
    says nothing about the terminal, so it counts only where ``LANG`` agrees.
    """
    language = environ.get("LANG", "")
    ctype = environ.get("LC_CTYPE", "")
    if ctype == "C.UTF-8" and language in ("", "C", "POSIX"):
        ctype = ""
    locale = (environ.get("LC_ALL") or ctype or language).lower()
    if not locale.endswith(("utf-8", "utf8")) and "utf-8" not in locale and "utf8" not in locale:
        return ASCII
    if encoding is not None and "utf" not in encoding.lower():
        return ASCII
    return UNICODE
