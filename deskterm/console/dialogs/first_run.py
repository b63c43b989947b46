"""The first minute: a demonstration to look around in, or a desk of one's own in four answers.

Somebody the desk does not know although others work here is told what to ask for instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import ComposeResult

from deskterm.console.actions import Action
from deskterm.console.catalog import dialogs as catalog
from deskterm.console.dialogs.base import Dialog, not_read
from deskterm.console.screens.base import draft_key
from deskterm.console.widgets.key_footer import KeyFooter
from deskterm.console.widgets.lines import Choice, ChoiceLines, TextLines
from deskterm.console.widgets.painted import Line, Span
from deskterm.console.wrapping import wrapped
from deskterm.desk.errors import DeskError
from deskterm.desk.model import StepField, StepForm

if TYPE_CHECKING:
    from deskterm.console.door import DeskDoor

_WIDTH: Final = 70
_OWN: Final = "own"
_DEMO: Final = "demo"
_LEAVE: Final = "leave"

ROLES: Final = (
    ("supervisor", "supervisor: everything, with reassigning and agreements"),
    ("technician", "technician: tickets, customers"),
    ("engineer", "engineer: visits, tickets of the sites visited"),
)


class FirstRunDialog(Dialog):
    """Dismissed with True once the desk knows who sits here; None: only looking."""

    ACTIONS: ClassVar[tuple[Action, ...]] = catalog.CHOOSE
    _stranger = False
    """Whether there is nothing to choose: others work here, and this is none of them."""

    def title_text(self) -> str:
        """See `Dialog.title_text`."""
        return "Welcome to deskterm"

    def body(self) -> ComposeResult:
        """See `Dialog.body`."""
        yield TextLines([[Span("Asking the desk who works here …", "quiet")]], id="first-run-words")
        choices: tuple[Choice, ...] = (
            Choice(_OWN, "Begin a desk of my own, empty"),
            Choice(_DEMO, "Look around in a demonstration first; nothing is kept"),
        )
        if self.desk_app.new is not None:
            choices += (Choice(_LEAVE, "Leave: I meant another file"),)
        lines = ChoiceLines(choices, glyphs=self.desk_app.glyphs)
        lines.display = False
        yield lines

    def on_mount(self) -> None:
        """Find out which of the two situations it is."""
        desk = self.desk
        self.ask(lambda: desk.agents.list(), lambda found: self._begin(bool(found)), group="agents",
                 failed=self._not_asked, waits=True)  # fmt: skip

    def _not_asked(self, error: DeskError) -> None:
        self.query_one("#first-run-words", TextLines).set_content(not_read(error))

    @property
    def lines(self) -> ChoiceLines:
        """What can be begun with."""
        return self.query_one(ChoiceLines)

    def _begin(self, others: bool) -> None:
        words = self.query_one("#first-run-words", TextLines)
        if others:
            words.set_content(_unknown(self.desk.login.name))
            self._stranger = True
            self.query_one(KeyFooter).set_actions(self.footer_actions())
            return
        new = self.desk_app.new
        if new is None:
            said = ["This desk is new: nobody works here yet, and no customer is entered."]
        else:
            said = [
                f"There is no desk at {new.place} yet.",
                "Beginning one makes that file; until then nothing is made.",
            ]
        # No wider than the window, whose edges and the screen behind take their part.
        width = min(_WIDTH, self.app.size.width - 10)
        words.set_content(
            [[Span(part, "ink")] for each in said for part in wrapped(each, width)] + [[]]
        )
        self.lines.display = True
        self.lines.focus()

    def do_down(self) -> None:
        """Next line."""
        self.lines.move(1)

    def do_up(self) -> None:
        """Line before."""
        self.lines.move(-1)

    def on_choice_lines_chosen(self, message: ChoiceLines.Chosen) -> None:
        """A click takes a line at once."""
        message.stop()
        self.do_choose()

    def do_choose(self) -> None:
        """Begin with the selected line."""
        if not self.lines.display or self.lines.selected is None:
            self.do_back()
        elif self.lines.selected.value == _DEMO:
            self.desk_app.wants_demo = True
            self.app.exit()
        elif self.lines.selected.value == _LEAVE:
            self.app.exit()
        else:
            self._ask_own()

    def footer_actions(self) -> tuple[Action, ...]:
        """Behind a desk that is not there yet lies only the shell."""
        if self.desk_app.new is None:
            if self._stranger:
                return tuple(each for each in self.actions() if each not in catalog.CHOOSE)
            return self.actions()
        return tuple(
            replace(each, label="leave") if each.id == "app.back" else each
            for each in self.actions()
        )

    def do_back(self) -> None:
        """See `Dialog.do_back`."""
        if self.desk_app.new is None:
            super().do_back()
        else:
            self.app.exit()

    # A desk of one's own ----------------------------------------------------------------------

    def _ask_own(self) -> None:
        policies = self.desk.policies

        def form() -> StepForm:
            found = [policies.library.load(entry.id) for entry in policies.library.entries()]
            return _form([(each.id, each.name) for each in found])

        self.ask(form, self._fill, group="policies")

    def _fill(self, form: StepForm, wrong: str = "") -> None:
        self.open_window(
            "step", form, (), {"name": _full_name()}, "", wrong, "begin",
            then=lambda fields: self._write(form, fields) if fields is not None else None,
        )  # fmt: skip

    def _write(self, form: StepForm, fields: Mapping[str, Any]) -> None:
        new = self.desk_app.new

        def begin() -> str:
            if new is None:
                return _begin(self.desk, fields)
            with new.make() as made:
                return _begin(made, fields)

        def begun(name: str) -> None:
            # The console is left at once: no thread would come to it.
            self.desk_app.forget_draft(draft_key(form.id, 0))
            key = self.desk_app.key_of("ticket.new")
            first = f"{key} opens the first ticket."
            if not fields.get("customer"):
                first = f"{self.desk_app.key_of('go.customers')} adds customers."
            said = f"The desk is yours, {name}. {first}"
            if new is None:
                self.desk_app.say(said)
                self.dismiss(True)
            else:
                self.desk_app.begun = said
                self.app.exit()

        def failed(error: DeskError) -> None:
            self._fill(form, error.sentence)

        self.write(begin, begun, group="begin", failed=failed, says="beginning the desk …")


def _begin(desk: DeskDoor, fields: Mapping[str, Any]) -> str:
    """Write the answers; what was written before a mistake in them is not written twice."""
    me = desk.me or desk.init(str(fields["name"]), str(fields["role"]))
    policy, customer = fields.get("policy"), fields.get("customer")
    if policy and customer:
        desk.customers.add(str(customer), str(policy))
    elif policy:
        desk.policies.take_in(str(policy))
    return me.name


def _form(policies: list[tuple[str, str]]) -> StepForm:
    return StepForm(
        "first-run", "Begin a desk",
        (
            StepField("name", "Your name", required=True),
            StepField("role", "What you do", "choice", required=True, choices=ROLES,
                      initial="supervisor"),
            StepField("policy", "The agreement you promise by; more can be added", "choice",
                      choices=tuple(policies)),
            StepField("customer", "Your first customer under it",
                      hint="may be left for later"),
        ),
        None,
    )  # fmt: skip


def _unknown(login: str) -> list[Line]:
    said = (
        f"This desk has its people already, and you ({login}) are not among them. Ask a"
        " supervisor to enter you with:"
    )
    lines: list[Line] = [[Span(part, "ink")] for part in wrapped(said, _WIDTH)]
    name = _full_name() or "YOUR NAME"
    command = f'deskterm agent add "{name}" --role technician --login {login}'
    lines += [[], *([Span(part, "accent")] for part in wrapped(command, _WIDTH)), []]
    after = "Until then you can look at everything and change nothing."
    return [*lines, [Span(after, "quiet")]]


def _full_name() -> str:
    """The name the system has for this user; empty where it has none."""
    import os
    import pwd

    try:
        said = pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0].strip()
    except KeyError:
        return ""
    return said if " " in said else ""
