"""The filter language: plain words and ``key:value``, the same in the console and outside it.

::

    printer p:high,urgent -customer:oakfield who:me clock:risk opened:7d

A word is looked for in the text of a ticket (as the beginning of a word), ``key:value`` compares a
field, commas mean *or*, a leading ``-`` means *not*, and quotes keep spaces and colons together:
``customer:"St Bede's"``, ``"error 12:30"``. Everything that is named has to hold.

This file reads and describes filters; `deskterm.desk.filter_sql` asks the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from deskterm.desk.filter_dates import EXPECTED as DATES_EXPECTED
from deskterm.desk.filter_dates import OpenedRange, parse_opened
from deskterm.desk.text import clean
from deskterm.policy.vocabulary import CHANNELS, TICKET_TYPES

#: Every key and what it compares, in the order help shows them.
KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "p": "priority, by id or name (p:none: not triaged)",
        "who": "agent: me, none or a name",
        "customer": "part of the customer's name",
        "site": "part of the site's name",
        "type": "incident, service, information or change request",
        "status": "new, open, held, resolved or closed",
        "channel": "phone, email, portal and the other ways in",
        "policy": "the agreement's policy id",
        "clock": "due (by the end of today), risk, overdue or held",
        "opened": "a day, a range of days, today, 7d, 24h",
    }
)

#: Words people try first, and the key that is meant.
_SYNONYMS: Final = {
    "priority": "p", "prio": "p", "agent": "who", "assigned": "who", "assignee": "who",
    "owner": "who", "state": "status", "is": "status", "school": "customer", "cust": "customer",
    "agreement": "policy", "sla": "clock", "due": "clock", "date": "opened", "created": "opened",
    "since": "opened", "kind": "type", "via": "channel", "location": "site",
}  # fmt: skip

STATUSES: Final = ("new", "open", "held", "resolved", "closed")
CLOCK_STATES: Final = ("due", "risk", "overdue", "held")
#: Enough for any question a person types; a pasted page is none.
MAX_PARTS: Final = 40

_CHOICES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "status": STATUSES,
        "clock": CLOCK_STATES,
        "type": TICKET_TYPES,
        "channel": CHANNELS,
    }
)

_PART: Final = re.compile(r'(-?)((?:[^\s"]|"[^"]*(?:"|$))+)')
_KEYED: Final = re.compile(r"([A-Za-z_]+):(?!//)(.*)", re.DOTALL)
_FURTHER_KEY: Final = re.compile(rf"\s-?(?:{'|'.join(KEYS)}):", re.IGNORECASE)
_VALUE: Final = re.compile(r'((?:[^,"]|"[^"]*(?:"|$))*)(?:,|$)')


class FilterError(ValueError):
    """A filter that cannot be read; `sentence` says what to type instead.

    `part` is the piece of text that is wrong and `nearest` the word that was probably meant.
    """

    def __init__(self, sentence: str, *, part: str, nearest: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.part = part
        self.nearest = nearest


@dataclass(frozen=True, slots=True)
class Word:
    """Text to look for; more than one word in `text` is looked for as a phrase."""

    text: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One ``key:value,value``; `values` are lower case and, where the key has choices, one of them.

    `opened` holds the parsed values of the ``opened`` key, in the order of `values`.
    """

    key: str
    values: tuple[str, ...]
    negated: bool = False
    opened: tuple[OpenedRange, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A question to the desk: all `words` and all `terms` have to hold. Empty means everything."""

    words: tuple[Word, ...] = ()
    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.terms)

    def names(self, key: str) -> bool:
        """True where the filter says anything about `key`."""
        return any(term.key == key for term in self.terms)


def parse_filter(text: str) -> Filter:
    """Read what a person typed.

    Raises `FilterError` for an unknown key or value, naming the nearest one. An unclosed quote
    runs to the end, so that a filter is already a filter while it is being typed.
    """
    words: list[Word] = []
    terms: list[Term] = []
    for dash, part in _PART.findall(clean(text)):
        negated = bool(dash)
        keyed = _KEYED.fullmatch(part)
        if keyed is None:
            plain = _unquote(part)
            # A dash or a bracket alone is a word still being typed; it asks for nothing yet.
            if any(char.isalnum() for char in plain):
                words.append(Word(plain, negated))
        else:
            terms.append(_term(keyed[1], keyed[2], part, negated=negated))
        if len(words) + len(terms) > MAX_PARTS:
            raise FilterError(f"A filter has at most {MAX_PARTS} parts; shorten it.", part=part)
    return Filter(tuple(words), tuple(terms))


def filter_text(arguments: Iterable[str]) -> str:
    """One filter from command line arguments, putting back the quotes that the shell took away.

    ``customer:St Bede's`` as one argument is one value; an argument that holds a further
    ``key:`` is a whole filter and stays as it is.
    """
    parts: list[str] = []
    for argument in arguments:
        keyed = _KEYED.fullmatch(argument.removeprefix("-"))
        one_value = keyed is not None and not _FURTHER_KEY.search(keyed[2])
        if keyed is not None and one_value and " " in argument and '"' not in argument:
            dash = "-" if argument.startswith("-") else ""
            values = ",".join(f'"{value}"' for value in keyed[2].split(","))
            parts.append(f"{dash}{keyed[1]}:{values}")
        else:
            parts.append(argument)
    return " ".join(parts)


def _unquote(text: str) -> str:
    return text.replace('"', "").strip()


def _term(key: str, rest: str, part: str, *, negated: bool) -> Term:
    name = key.casefold()
    if name not in KEYS:
        raise _unknown_key(name, part)
    values = tuple(
        dict.fromkeys(value for raw in _VALUE.findall(rest) if (value := _unquote(raw).casefold()))
    )
    if not values:
        raise FilterError(f"{name}: needs a value: {KEYS[name]}.", part=part, nearest=name)
    if name == "opened":
        return Term(name, values, negated, tuple(_opened(value, part) for value in values))
    if name in _CHOICES:
        values = tuple(dict.fromkeys(_choice(name, value, part) for value in values))
    return Term(name, values, negated)


def _unknown_key(name: str, part: str) -> FilterError:
    nearest = _SYNONYMS.get(name)
    if nearest is None:
        close = get_close_matches(name, [*KEYS, *_SYNONYMS], n=1, cutoff=0.5)
        nearest = _SYNONYMS.get(close[0], close[0]) if close else None
    if nearest is not None:
        hint = f"did you mean {nearest}:?"
    else:
        hint = f"keys are {', '.join(KEYS)}."
    return FilterError(
        f'There is no key "{name}:"; {hint} To search for it as text, put it in quotes.',
        part=part,
        nearest=nearest,
    )


def _choice(key: str, value: str, part: str) -> str:
    """The choice that `value` names or is the only one to begin with, else a FilterError."""
    choices = _CHOICES[key]
    plain = value.replace("-", "_").replace(" ", "_")
    if plain in choices:
        return plain
    begun = [choice for choice in choices if choice.startswith(plain)]
    if len(begun) == 1:
        return begun[0]
    close = get_close_matches(plain, choices, n=1, cutoff=0.5)
    nearest = close[0] if close else None
    hint = f"did you mean {nearest}?" if nearest else f"it takes {', '.join(choices)}."
    raise FilterError(f'{key}: does not know "{value}"; {hint}', part=part, nearest=nearest)


def _opened(value: str, part: str) -> OpenedRange:
    parsed = parse_opened(value)
    if parsed is None:
        raise FilterError(f'opened: cannot read "{value}"; it takes {DATES_EXPECTED}.', part=part)
    return parsed


_VERBS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "p": ("priority {}", "priority not {}"),
        "who": ("assigned to {}", "not assigned to {}"),
        "customer": ("customer like {}", "customer not like {}"),
        "site": ("site like {}", "site not like {}"),
        "type": ("{}", "not {}"),
        "status": ("{}", "not {}"),
        "channel": ("by {}", "not by {}"),
        "policy": ("policy {}", "policy not {}"),
        "clock": ("{}", "not {}"),
    }
)

_WORDS: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("who", "me"): "you",
        ("who", "none"): "nobody",
        ("p", "none"): "not set",
        ("clock", "due"): "due today",
        ("clock", "risk"): "at risk",
        ("clock", "held"): "on hold",
        ("status", "held"): "on hold",
    }
)


def describe(wanted: Filter) -> str:
    """`wanted` in words: what a ticket has to be, and how to see all of them again."""
    if not wanted:
        return "all tickets"
    said = [f"{'without' if word.negated else 'with'} “{word.text}”" for word in wanted.words]
    said += [_describe_term(term) for term in wanted.terms]
    return f"tickets {', '.join(said)} (clear the filter to see all)"


def _describe_term(term: Term) -> str:
    if term.key == "opened":
        said = " or ".join(part.words for part in term.opened)
        return f"not {said}" if term.negated else said
    shown = [
        _WORDS.get((term.key, value), value.replace("_", " ") if term.key == "type" else value)
        for value in term.values
    ]
    if term.key in ("customer", "site"):
        shown = [f"“{value}”" for value in shown]
    return _VERBS[term.key][1 if term.negated else 0].format(" or ".join(shown))
