"""What the console asks of the desk, as types: the part of floor 4 that screens may call.

Every method blocks and may be called from any thread; screens call them from thread workers
(`DeskScreen.ask`). What comes back is plain data from `deskterm.desk.model`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from deskterm.desk.customer_model import (
    CustomerCard,
    CustomerLine,
    CustomerView,
    VariationView,
)
from deskterm.desk.filters import Filter
from deskterm.desk.hours import DeskHours
from deskterm.desk.model import (
    Agent,
    AgreementView,
    Arrivals,
    BulkDone,
    ContactView,
    Done,
    NewTicket,
    Preview,
    QueueCounts,
    QueuePage,
    QueueRow,
    SiteView,
    StepForm,
    StepState,
    TicketView,
)

if TYPE_CHECKING:
    from deskterm.desk.agents import Login
    from deskterm.desk.catchup import CatchUp
    from deskterm.desk.clock_story import ClockTurn
    from deskterm.desk.cover import CoverView
    from deskterm.desk.customer_sheet import CustomerSheet
    from deskterm.desk.policies import PolicyLibrary
    from deskterm.desk.saved_views import SavedView
    from deskterm.desk.triage_sheet import TriageSheet


class QueueDoor(Protocol):
    """Lists of tickets."""

    def page(
        self,
        view: str,
        filter: Filter | None = None,  # noqa: A002 -- the desk's own word for it
        order: str | None = None,
        offset: int = 0,
        limit: int = 200,
        *,
        counted: bool = False,
    ) -> QueuePage: ...

    def counts(self) -> QueueCounts: ...

    def soon(self, limit: int = 50) -> Sequence[QueueRow]: ...

    def position(
        self,
        view: str,
        filter: Filter | None,  # noqa: A002 -- the desk's own word for it
        order: str | None,
        number: int,
    ) -> int | None: ...


class TicketDoor(Protocol):
    """One ticket, and the steps on it."""

    def show(self, number: int) -> TicketView: ...

    def steps(self, number: int) -> tuple[StepState, ...]: ...

    def form(self, step_id: str, number: int) -> StepForm: ...

    def do(
        self, step_id: str, number: int, fields: Mapping[str, Any], version: int | None = None
    ) -> Done: ...

    def common_form(self, step_id: str, numbers: Sequence[int]) -> StepForm: ...

    def preview(
        self,
        step_id: str,
        numbers: Sequence[int],
        fields: Mapping[str, Any],
        versions: Mapping[int, int] | None = None,
    ) -> Sequence[Preview]: ...

    def bulk(
        self,
        step_id: str,
        numbers: Sequence[int],
        fields: Mapping[str, Any],
        versions: Mapping[int, int] | None = None,
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> BulkDone: ...

    def take_back(
        self,
        acts: Sequence[tuple[int, int]],
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> BulkDone: ...

    def explain(self, number: int, clock: str) -> Any: ...

    def triage_sheet(self, number: int) -> TriageSheet: ...

    def clock_story(self, number: int) -> Mapping[int, tuple[ClockTurn, ...]]: ...

    def cover(
        self, agreement_id: int, channel: str | None = None, tier: str | None = None
    ) -> CoverView: ...

    def similar(self, customer_id: int, subject: str, limit: int = 3) -> Sequence[QueueRow]: ...

    def new(self, ticket: NewTicket) -> Done: ...

    def enter(self, number: int) -> None: ...

    def leave(self, number: int) -> None: ...


class ChangesDoor(Protocol):
    """Whether anybody has changed anything."""

    def counter(self) -> int: ...

    def arrivals(self, after: int | None = None) -> Arrivals: ...


class ViewsDoor(Protocol):
    """Filters with a name, each agent's own."""

    def list(self) -> Sequence[SavedView]: ...

    def save(self, name: str, filter_text: str) -> SavedView: ...

    def delete(self, name: str) -> None: ...


class AgentsDoor(Protocol):
    """Who works here."""

    def list(self) -> Sequence[Agent]: ...


class CustomersDoor(Protocol):
    """Who the desk works for."""

    def find(self, text: str, limit: int = 20) -> Sequence[CustomerView]: ...

    def card(self, customer: int | str) -> CustomerCard: ...

    def list(self) -> Sequence[CustomerLine]: ...

    def sheet(self, customer: int | str) -> CustomerSheet: ...

    def add(self, name: str, policy: str, *, package: str | None = None) -> CustomerView: ...

    def edit(
        self, customer: int | str, *, version: int | None = None, **changes: Any
    ) -> CustomerView: ...

    def edit_agreement(
        self, agreement_id: int, *, version: int | None = None, **changes: Any
    ) -> AgreementView: ...

    def add_contact(
        self,
        customer: int | str,
        name: str,
        *,
        role: str = "",
        email: str | None = None,
        phone: str | None = None,
    ) -> ContactView: ...

    def edit_contact(
        self, contact_id: int, *, version: int | None = None, **changes: Any
    ) -> None: ...

    def add_site(
        self, customer: int | str, name: str, *, address: str = "", access: str = ""
    ) -> SiteView: ...

    def edit_site(self, site_id: int, *, version: int | None = None, **changes: Any) -> None: ...

    def add_variation(
        self,
        agreement_id: int,
        kind: str,
        data: Mapping[str, Any],
        *,
        reason: str = "",
        progress: Callable[[int, int], None] | None = None,
    ) -> VariationView: ...

    def add_policy_variation(
        self,
        policy: str,
        kind: str,
        data: Mapping[str, Any],
        *,
        reason: str = "",
        progress: Callable[[int, int], None] | None = None,
    ) -> VariationView: ...

    def withdraw_variation(
        self,
        variation_id: int,
        reason: str,
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> None: ...


class PoliciesDoor(Protocol):
    """The agreements the desk can promise by."""

    @property
    def library(self) -> PolicyLibrary: ...

    def take_in(self, policy_id: str) -> Any: ...


class DeskDoor(Protocol):
    """The desk."""

    @property
    def views(self) -> ViewsDoor: ...

    @property
    def key(self) -> str: ...

    @property
    def agents(self) -> AgentsDoor: ...

    @property
    def login(self) -> Login: ...

    @property
    def me(self) -> Agent | None: ...

    @property
    def queue(self) -> QueueDoor: ...

    @property
    def tickets(self) -> TicketDoor: ...

    @property
    def customers(self) -> CustomersDoor: ...

    @property
    def policies(self) -> PoliciesDoor: ...

    @property
    def visits(self) -> Any:
        """`deskterm.desk.visits.door.Visits`, whose methods are made from functions."""

    @property
    def changes(self) -> ChangesDoor: ...

    def init(self, name: str, role: str) -> Agent: ...

    def now_us(self) -> int: ...

    def catching_up(self) -> CatchUp: ...

    def hours(self) -> Sequence[DeskHours]: ...

    def close(self) -> None: ...
