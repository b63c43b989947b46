"""A sheet of paper as text, Markdown or HTML."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import Final

from deskterm.desk.errors import Refused
from deskterm.desk.text import clean
from deskterm.visits.checklist import Result

#: Columns of the text form: what a printer puts on a page, and a window shows.
WIDTH: Final = 72

_BOXES: Final[Mapping[Result | None, str]] = MappingProxyType(
    {None: "[ ]", "ok": "[x]", "fault": "[!]", "not_applicable": "[-]"}
)
_LEGEND: Final = "[x] in order   [!] fault   [-] none here   [ ] not looked at yet"
_LEGEND_SAID: Final = {"fault": "fault", "not_applicable": "none here"}


@dataclass(frozen=True, slots=True)
class Item:
    """A line to tick, as it was found."""

    text: str
    result: Result | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading: sentences, then lines to tick."""

    title: str
    lines: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: facts by name, its parts, and what is filled in by hand at its foot."""

    title: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    by_hand: tuple[str, ...] = ()


def as_text(sheet: Sheet) -> str:
    """For a terminal or a printer, `WIDTH` columns wide."""
    return "\n".join(_text_lines(sheet)) + "\n"


def _text_lines(sheet: Sheet) -> Iterator[str]:
    title = textwrap.wrap(sheet.title, WIDTH) or [""]
    yield from title
    yield "=" * max(map(len, title))
    width = max((len(name) for name, _ in sheet.facts), default=0)
    for name, text in sheet.facts:
        yield from _hanging(f"{name:<{width}}  ", text)
    for part in sheet.parts:
        yield ""
        yield from textwrap.wrap(part.title, WIDTH)
        for line in part.lines:
            yield from _hanging("  ", line)
        for item in part.items:
            yield from _hanging(f"  {_BOXES[item.result]} ", item.text)
            if item.note:
                yield from _hanging(" " * 6 + "– ", item.note)
    if any(part.items for part in sheet.parts):
        yield ""
        yield _LEGEND
    if sheet.by_hand:
        yield ""
        width = max(map(len, sheet.by_hand))
        for name in sheet.by_hand:
            yield f"{name:<{width}} {'_' * (WIDTH // 2)}"


def _hanging(lead: str, text: str) -> Iterator[str]:
    rest = " " * len(lead)
    for at, paragraph in enumerate(text.split("\n")):
        yield from textwrap.wrap(
            paragraph, WIDTH, initial_indent=rest if at else lead, subsequent_indent=rest
        ) or [lead.rstrip()]


def as_markdown(sheet: Sheet) -> str:
    """For a wiki or a mail; what was typed by people is never read as Markdown."""
    lines = [f"# {_plain(sheet.title)}", ""]
    lines += [f"- **{name}:** {_plain(text)}" for name, text in sheet.facts]
    for part in sheet.parts:
        lines += ["", f"## {_plain(part.title)}", ""]
        lines += [f"- {_plain(line)}" for line in part.lines]
        for item in part.items:
            said = _LEGEND_SAID.get(item.result or "")
            found = "".join((f" – **{said}**" if said else "",
                             f": {_plain(item.note)}" if item.note else ""))  # fmt: skip
            lines.append(f"- [{'x' if item.result else ' '}] {_plain(item.text)}{found}")
    if sheet.by_hand:
        lines += ["", *(f"{name}: ______________________\n" for name in sheet.by_hand)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#|~&])", r"\\\1", " ".join(text.split()))


_STYLE: Final = (
    "body{font:12pt/1.4 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}"
    "th{text-align:left;vertical-align:top;padding-right:1em;font-weight:normal;color:#555}"
    "ul{list-style:none;padding:0}li{break-inside:avoid;margin:.2em 0}"
    "h2{font-size:1.1em;margin:1.2em 0 .3em;break-after:avoid}"
    ".fault{font-weight:bold}.hand{margin-top:1.5em}@media print{body{margin:0}}"
)


def as_html(sheet: Sheet) -> str:
    """A page of its own, to be printed or sent; it loads nothing from elsewhere."""
    return "\n".join(_html_lines(sheet)) + "\n"


def _html_lines(sheet: Sheet) -> Iterator[str]:
    yield "<!doctype html>"
    yield f'<html lang="en"><head><meta charset="utf-8"><title>{escape(sheet.title)}</title>'
    yield f"<style>{_STYLE}</style></head><body>"
    yield f"<h1>{escape(sheet.title)}</h1>"
    yield "<table>"
    for name, text in sheet.facts:
        yield f"<tr><th>{escape(name)}</th><td>{_broken(text)}</td></tr>"
    yield "</table>"
    for part in sheet.parts:
        yield f"<h2>{escape(part.title)}</h2>"
        yield from (f"<p>{escape(line)}</p>" for line in part.lines)
        if part.items:
            yield "<ul>"
            yield from map(_html_item, part.items)
            yield "</ul>"
    yield from (f'<p class="hand">{escape(name)} {"_" * 40}</p>' for name in sheet.by_hand)
    yield "</body></html>"


def _html_item(item: Item) -> str:
    said = _LEGEND_SAID.get(item.result or "")
    kind = ' class="fault"' if item.result == "fault" else ""
    found = "".join((f" – {said}" if said else "", f": {escape(item.note)}" if item.note else ""))
    box = "☑" if item.result else "☐"
    return f"<li{kind}>{box} {escape(item.text)}{found}</li>"


def _broken(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


#: How a sheet can be had: the ending of its file, and what makes its text.
FORMS: Final[Mapping[str, tuple[str, Callable[[Sheet], str]]]] = MappingProxyType(
    {"text": ("txt", as_text), "markdown": ("md", as_markdown), "html": ("html", as_html)}
)


def rendered(sheet: Sheet, form: str) -> str:
    """The sheet in one of `FORMS`. Raises `Refused` for any other."""
    if form not in FORMS:
        raise Refused(f"“{clean(form)}” is no form of a sheet; it is {_listed(FORMS)}.")
    return FORMS[form][1](sheet)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
