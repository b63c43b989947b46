"""What a step is: one act of an agent on a ticket, described once for every part of the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Protocol

from deskterm.desk.errors import Refused
from deskterm.desk.journal import JournalEvent
from deskterm.desk.model import Agent, StepField
from deskterm.desk.text import clean
from deskterm.desk.ticket_state import TicketState
from deskterm.policy.document import Policy

#: Everybody who works at the desk. Roles not named by a step may not take it.
EVERYBODY: Final = frozenset({"technician", "engineer", "supervisor"})
DESK: Final = frozenset({"technician", "supervisor"})
SUPERVISOR: Final = frozenset({"supervisor"})


#: What the databases can hold.
_LARGEST: Final = 2**62


class Lookup(Protocol):
    """What a step may ask of the rest of the desk while it is being taken."""

    def agent(self, who: object) -> Agent:
        """The agent with that id or name. Raises `NotFound`."""

    def agents(self) -> Sequence[Agent]:
        """Everybody active."""

    def ticket(self, number: int) -> tuple[TicketState, str]:
        """Another ticket's state, and its customer's name. Raises `NotFound`."""

    def linked(self) -> Sequence[int]:
        """Numbers of the tickets linked with this one."""


class Planned(NamedTuple):
    """An event a step wants written; `number` is another ticket's where it is not this one's."""

    kind: str
    data: Mapping[str, Any]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a step will do. The first event is the one that undoing takes back."""

    events: tuple[Planned, ...]
    sentence: str
    erases: int | None = None
    """An event whose payload is erased."""


@dataclass(frozen=True, slots=True)
class Case:
    """A ticket as a step sees it, and who is taking the step when."""

    number: int
    state: TicketState
    policy: Policy
    history: Sequence[JournalEvent]
    me: Agent
    now_us: int
    desk: Lookup


Fields = Mapping[str, Any]
Guard = Callable[[Case], str | None]
Maker = Callable[[Case, Fields], Plan]
Former = Callable[[Case], tuple[StepField, ...]]
Writes = Callable[[Fields], frozenset[str]]


def writing(*names: str) -> Writes:
    """It sets these attributes of the ticket's state, whatever its fields say."""
    every = frozenset(names)

    def of(fields: Fields) -> frozenset[str]:
        del fields
        return every

    return of


def always(case: Case) -> str | None:
    """No objection."""
    del case
    return None


@dataclass(frozen=True, slots=True)
class Step:
    """One act. `deskterm ticket STEP N`, the console's actions, the roles table and help use it."""

    id: str
    label: str
    event: str
    """The kind of event it writes."""
    make: Maker
    fields: tuple[StepField, ...] = ()
    form: Former | None = None
    """The fields for a particular ticket, where choices depend on its policy."""
    guard: Guard = always
    """Why it cannot be taken on a ticket as it is, as a sentence; None: it can."""
    roles: frozenset[str] = EVERYBODY
    undoable: bool = True
    customer_sees: bool = False
    asks: str | None = None
    """The question before it is taken; None: it acts at once."""
    help: str = ""
    writes: Writes | None = None
    """What of a ticket's state it sets anew, where nothing else matters to it.

    Only when somebody else has changed that, or taken the same step, since the ticket was read is
    it a conflict. None: it is a decision on all that is known, so that whatever somebody else has
    done since has to be looked at first.
    """

    def fields_for(self, case: Case) -> tuple[StepField, ...]:
        """What it asks for on this ticket."""
        return self.form(case) if self.form is not None else self.fields


def needed(fields: Fields, name: str, what: str) -> str:
    """The text of a field that has to be there, cleaned. Raises `Refused`, naming `what`."""
    text = said(fields, name)
    if not text:
        raise Refused(f"It needs {what}.")
    return text


def said(fields: Fields, name: str, *, lines: bool = True) -> str:
    """The text of a field, cleaned; empty where there is none."""
    value = fields.get(name)
    return "" if value is None else clean(str(value), lines=lines).strip()


def one_of(
    fields: Fields, name: str, known: Mapping[str, str], what: str, *, by_name: bool = False
) -> str | None:
    """The value of a field that must be one of the policy's ids; a name is taken for its id.

    Raises `Refused`, which tells what there is by ids as they are typed, or `by_name` where the
    names are what everybody knows.
    """
    value = fields.get(name)
    if value is None or value == "":
        return None
    text = str(value)
    if text in known:
        return text
    for key, label in known.items():
        if text.casefold() in (key.casefold(), label.casefold()):
            return key
    if not known:
        raise Refused(f"The policy knows no {what}; leave it out.")
    from difflib import get_close_matches

    there = {key.casefold(): label if by_name else key for key, label in known.items()}
    if by_name:
        there |= {label.casefold(): label for label in known.values()}
    near = get_close_matches(text.casefold(), there, n=1, cutoff=0.5)
    every = ", ".join(dict.fromkeys(there.values()))
    hint = f"did you mean {there[near[0]]}?" if near else f"it knows {every}."
    raise Refused(f"The policy knows no {what} “{clean(text)}”; {hint}")


def whole(fields: Fields, name: str) -> int | None:
    """A whole number or an instant in microseconds; None where there is none."""
    value = fields.get(name)
    if value is None or value == "":
        return None
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        raise Refused(f"{name} has to be a whole number, not “{clean(str(value))}”.") from None
    if abs(number) > _LARGEST:
        raise Refused(f"{name} is too large a number: {clean(str(value))}.")
    return number


def without_nothing(data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` without what was not said."""
    return {name: value for name, value in data.items() if value not in (None, "")}


def while_live(case: Case) -> str | None:
    """An objection where the ticket is done."""
    if case.state.live:
        return None
    if case.state.merged_into is not None:
        return f"It was merged into {case.state.merged_into}; take the step there."
    return f"It is {case.state.status}; reopen it first."
