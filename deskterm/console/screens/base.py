"""What every screen of the console is made of: header, body, footer, actions, clock and desk.

A screen subclasses `DeskScreen`, names its `PLACE` and its `ACTIONS`, yields its widgets from
`body`, reads what it shows in `reload` and redraws running clocks in `tick`. It asks the desk only
through `ask`, so that nothing ever blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import ComposeResult

from deskterm.console import places
from deskterm.console.actions import READ_ONLY, Action
from deskterm.console.catalog import everywhere
from deskterm.console.notices import Notice
from deskterm.console.screens.ticking import Ticking
from deskterm.console.widgets.header_line import HeaderLine
from deskterm.console.widgets.key_footer import KeyFooter
from deskterm.console.widgets.notice_line import NoticeLine
from deskterm.console.widgets.painted import Painted
from deskterm.desk.errors import Conflict, DeskError

if TYPE_CHECKING:
    from deskterm.console.lookout import News
    from deskterm.desk.model import Agent, Done, QueueRow, StepForm

Answer = TypeVar("Answer")


class DeskScreen(Ticking):
    """A screen of the header line."""

    PLACE: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self._last_done: Done | None = None
        self._undo_hint: Notice | None = None
        self._form: StepForm | None = None
        """The form of the step that is being taken."""
        self.outdated = False
        """The desk has changed while this was not shown."""
        self._heard: News | None = None
        self._second_us: int | None = None
        self._read_for_us: int | None = None

    def _known(self, me: Agent | None) -> None:
        self.header.agent = me.name if me is not None else ""
        self.header.repaint()
        self.known(me)

    # For subclasses -------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The widgets between header and footer."""
        yield from ()

    def reload(self) -> None:
        """Read again what is shown; the desk has changed or is back."""

    def holds_until_us(self) -> int | None:
        """The first instant from which time alone has made what was read untrue, if known."""
        return None

    def hear(self, news: News) -> None:
        """What is new on the desk, looked for on whatever screen one is."""

    def watched_rows(self) -> Sequence[QueueRow]:
        """Tickets that are shown, whose promises are watched beside those next to be late."""
        return ()

    def known(self, me: Agent | None) -> None:
        """Who sits here; None: the desk does not know them."""
        app = self.desk_app
        if me is None and not app.met_stranger and not app.read_only:
            app.met_stranger = True
            self.open_window("first-run", then=lambda _: self._met())

    def _met(self) -> None:
        desk = self.desk
        self.reload()
        self.ask(lambda: desk.me, self._known, group="me")

    def selected_numbers(self) -> tuple[int, ...]:
        """The tickets a step is for: the marked ones, else the one under the cursor."""
        return ()

    def version_of(self, number: int) -> int | None:
        """The version of a ticket that the user is looking at."""
        return None

    def subject_of(self, number: int) -> str:
        """The subject of a ticket that the user is looking at."""
        return ""

    # The shell ------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        app = self.desk_app
        header = HeaderLine(glyphs=app.glyphs, local=app.local)
        header.place = f"go.{self.PLACE}"
        header.places = [
            (action.id, action.label)
            for action in everywhere.ACTIONS
            if action.id.startswith("go.")
        ]
        header.read_only = app.read_only
        yield header
        yield from self.body()
        yield NoticeLine(glyphs=app.glyphs)
        yield KeyFooter(self.actions(), own=app.settings.keys, glyphs=app.glyphs)

    @property
    def header(self) -> HeaderLine:
        """The top line."""
        return self.query_one(HeaderLine)

    @property
    def footer(self) -> KeyFooter:
        """The bottom line."""
        return self.query_one(KeyFooter)

    def on_mount(self) -> None:
        """Read."""
        desk = self.desk
        self.hear_newest()
        self.reload()
        self.ask(lambda: desk.me, self._known, group="me")

    def on_screen_resume(self) -> None:
        """Shown again after a dialog or another screen."""
        self.desk_app.show_notices()
        self.hear_newest()
        if self.outdated:
            self.outdated = False
            # What is here is painted first.
            self.call_after_refresh(self.reload)

    def hear_newest(self) -> None:
        """Hear what is known by now, unless that was heard before."""
        news = self.desk_app.lookout.news
        if news is not None and news is not self._heard and self.is_mounted:
            self._heard = news
            self.hear(news)

    def tick_all(self, second: int) -> int | None:
        """See `Ticking.tick_all`."""
        self.header.notice = self.desk_app.lost_notice
        self.header.tick(second)
        soonest = self.tick(second)
        self._check_undo()
        if self._rolls_over(second):
            self.reload()
        until = self.holds_until_us()
        if until is None or until <= second:
            return soonest
        return until if soonest is None else min(soonest, until)

    def _rolls_over(self, second: int) -> bool:
        """Whether it is another day, the clock was set back, or what was read has run out."""
        before, self._second_us = self._second_us, second
        until, local = self.holds_until_us(), self.desk_app.local
        ran_out = until is not None and until <= second and until != self._read_for_us
        if ran_out:
            # Asked for once: a desk that cannot be reached is read when it is back.
            self._read_for_us = until
        if before is None:
            return False
        if second < before:
            self._read_for_us = None
        return ran_out or second < before or local(before).date() != local(second).date()

    def on_painted_target_clicked(self, message: Painted.TargetClicked) -> None:
        """What is written with an action behind it does that action."""
        if "." in message.target:
            message.stop()
            self.action_act(message.target)

    def refresh_footer(self) -> None:
        """Show which keys would only say why not."""
        now = self.situation()
        self.footer.set_dimmed(
            frozenset(action.id for action in self.footer.actions if action.why_not(now))
        )

    # Steps ----------------------------------------------------------------------------------

    def take_step(self, step: str, initial: Mapping[str, str] | None = None) -> None:
        """Take `step` on the selected tickets: at once, or after its dialog."""
        numbers = self.selected_numbers()
        if self.desk_app.read_only:
            self.desk_app.say(READ_ONLY, "warning")
            return
        if not numbers:
            return
        self.desk_app.hold_keys()
        if step in places.STEP_DIALOGS and len(numbers) == 1:
            self._open_own(step, numbers)
            return
        label, dot = step.replace("-", " ").capitalize(), self.desk_app.glyphs.dot
        self.ask_for_window(
            f"{label} {dot} {numbers[0]} {self.subject_of(numbers[0])}".rstrip(),
            lambda: self.desk_app.form(step, numbers[0]),
            lambda form: self._asked(form, numbers, initial),
            group="form",
            draft=draft_key(step, numbers[0]),
        )

    def _open_own(
        self, step: str, numbers: Sequence[int], sent: Mapping[str, Any] | None = None,
        wrong: str = "",
    ) -> None:  # fmt: skip
        """Open the window `step` has of its own, again with what was `sent` and is `wrong`."""
        dialog = places.load(places.STEP_DIALOGS[step])(self.desk, numbers, sent, wrong)
        self.app.push_screen(dialog, lambda fields: self._with(step, numbers, fields))

    def _asked(self, form: Any, numbers: Sequence[int], initial: Mapping[str, str] | None) -> None:
        self._form = form if form.fields else None
        if form.fields or form.asks is not None:
            self.open_window(
                "step", form, numbers, initial, self.subject_of(numbers[0]),
                then=lambda got: self._with(form.id, numbers, got),
            )  # fmt: skip
        else:
            self.desk_app.release_keys()
            self._with(form.id, numbers, {})

    def _with(self, step: str, numbers: Sequence[int], fields: Mapping[str, Any] | None) -> None:
        """The dialog is over: None means it was left, its text kept as a draft."""
        if fields is None:
            return
        if len(numbers) > 1:
            self.open_window(
                "bulk", step, numbers, fields,
                then=lambda done: self._bulk_over(draft_key(step, numbers[0]), done),
            )  # fmt: skip
        else:
            if self._form is not None:
                # Until the desk has answered, keys may still be meant for the form.
                self.desk_app.hold_keys()
            self.do_step(step, numbers[0], fields)

    def do_step(
        self, step: str, number: int, fields: Mapping[str, Any], version: int | None = None
    ) -> None:
        """Take `step` now; the sentence it answers with is shown, and how to take it back.

        `version` is what the user has seen; by default what this screen shows.
        """
        seen = self.version_of(number) if version is None else version
        self.ask(
            lambda: self.desk.tickets.do(step, number, fields, seen),
            lambda done: self.step_done(step, done),
            group=f"do-{number}",
            failed=lambda error: self.step_refused(step, number, fields, error),
        )

    def step_done(self, step: str, done: Done) -> None:
        """A step was taken."""
        self.desk_app.release_keys()
        self._form = None
        self._last_done = done if done.undoable else None
        self.desk_app.keep_draft(draft_key(step, done.number), {})
        if done.undoable:
            self.say_undoable(done.sentence)
        else:
            self.desk_app.say(done.sentence)
        self.reload()

    def say_undoable(self, sentence: str, undo: str = "ticket.undo") -> None:
        """Say what was done and which key takes it back, as long as it does."""
        key = self.desk_app.key_of(undo)
        self._undo_hint = Notice(f"{sentence}  ({key} to undo)", "information", self)
        self.desk_app.notice(self._undo_hint)

    def unsay_undoable(self) -> None:
        """That key would take back something else by now, or nothing."""
        if self._undo_hint is not None:
            self.desk_app.unsay(self._undo_hint)
            self._undo_hint = None

    def _check_undo(self) -> None:
        """A ticket that has gone on since takes the hint away."""
        done = self._last_done
        if self._undo_hint is not None and done is not None:
            seen = self.version_of(done.number)
            if seen is not None and seen > done.version:
                self.unsay_undoable()

    def step_refused(
        self, step: str, number: int, fields: Mapping[str, Any], error: DeskError
    ) -> None:
        """A step was refused; what was typed for it stays as a draft."""
        form = self._form if self._form is not None and self._form.id == step else None
        typed = {name: value for name, value in fields.items() if isinstance(value, str)}
        if typed and form is None:
            self.desk_app.keep_draft(draft_key(step, number), typed)
        if isinstance(error, Conflict) and self._own(error):
            # One's own quick keys are nobody to give way to.
            self.do_step(step, number, fields, error.version)
        elif isinstance(error, Conflict):
            theirs = error
            self.open_window(
                "conflict", step.replace("-", " "), number, theirs,
                then=lambda again: self.do_step(step, number, fields, theirs.version)
                if again else self.reload(),
            )  # fmt: skip
        elif form is not None:
            # The form comes back as it was, with what is wrong in it.
            flags = {name: "yes" for name, value in fields.items() if value is True}
            sent = typed | flags
            self.open_window(
                "step", form, (number,), sent, self.subject_of(number), error.sentence,
                then=lambda got: self._with(step, (number,), got),
            )  # fmt: skip
        elif step in places.STEP_DIALOGS:
            self._open_own(step, (number,), fields, error.sentence)
        else:
            self.desk_app.say(error.sentence, "error")

    def _own(self, conflict: Conflict) -> bool:
        """Whether everything since was done by whoever sits here."""
        return all(event.agent == self.header.agent for event in conflict.theirs)

    def _bulk_over(self, draft: str, done: Any) -> None:
        """What was typed for the step is no draft any more once it was taken."""
        if done is not None:
            self.desk_app.keep_draft(draft, {})
        self.bulk_done(done)

    def bulk_done(self, done: Any) -> None:
        """A step was taken on several tickets, or their preview was left (None)."""
        if done is None:
            return
        said = f"{len(done.done)} done"
        if done.refused:
            number, why = done.refused[0]
            said += f", {len(done.refused)} not: {number} {why}"
        self.desk_app.say(
            said + ("" if done.refused else "."), "warning" if done.refused else "information"
        )
        self.reload()

    def do_undo(self) -> None:
        """Take back the last step taken here, or the agent's last one on this ticket."""
        self.unsay_undoable()
        done, self._last_done = self._last_done, None
        numbers = self.selected_numbers()[:1]
        if done is not None:
            self.do_step("undo", done.number, {"event_id": done.event_id})
        elif numbers:
            self.do_step("undo", numbers[0], {})


def draft_key(step: str, number: int) -> str:
    """The name a step's draft is kept under."""
    return f"{step}-{number}"


def style_sheets(*names: str) -> list[str | PurePath]:
    """Style sheets beside the console's screens, widgets and dialogs, by ``folder/name``."""
    here = Path(__file__).parent.parent
    return [here / f"{name}.tcss" for name in names]


def unique(actions: Iterable[Action]) -> tuple[Action, ...]:
    """`actions` without repeats, in order."""
    return tuple({action.id: action for action in actions}.values())
