"""What screens and dialogs share: their keys are actions, and they ask the desk in threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from deskterm.console import places
from deskterm.console.actions import Action, Situation, bindings
from deskterm.console.catalog import everywhere
from deskterm.console.compositor import NarrowCompositor
from deskterm.console.garbage import forget_drawn
from deskterm.console.inks import COMPONENTS
from deskterm.console.notices import Notice
from deskterm.desk.errors import DeskError, StoreLost

if TYPE_CHECKING:
    from deskterm.console.app import DeskApp
    from deskterm.console.dialogs.help import Topic
    from deskterm.console.door import DeskDoor

Answer = TypeVar("Answer")

#: What is answered sooner, in seconds, needs no words.
SAID_AFTER: Final = 0.15
READING: Final = "reading …"
#: Keys wait a little longer than this for their window; then something has to be there for them.
_PATIENCE_SECONDS: Final = 1.8


@dataclass
class Answered(Message):
    """The desk has answered what a screen asked; `then` is what the screen does with it."""

    then: Callable[[], None]
    reading: str | None = None
    """The group, where only the newest question is of interest (see `ActionHost.read`)."""
    writing: str | None = None
    """The group, where it is not to be done twice (see `ActionHost.write`)."""
    waiting: Waiting | None = None
    """What is said of it while it takes its time."""


class Waiting:
    """Says above the keys that something is under way, once it takes longer than a moment."""

    def __init__(self, host: ActionHost, says: str) -> None:
        self._app = host.desk_app
        self._notice = Notice(says, "waiting")
        self._says = says
        self._over = False
        self._timer = host.set_timer(SAID_AFTER, self._say)

    def is_said(self, says: str) -> bool:
        """Whether that is being said, or about to be."""
        return not self._over and says == self._says

    def _say(self) -> None:
        self._app.keep_saying(self._notice)

    def end(self) -> None:
        """It is done, or not waited for any more."""
        self._over = True
        self._timer.stop()
        self._app.unsay(self._notice)


class ActionHost(Screen[Any]):
    """A screen or dialog whose keys are `Action` objects."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)
    ACTIONS: ClassVar[tuple[Action, ...]] = ()
    EVERYWHERE: ClassVar[tuple[Action, ...]] = everywhere.ACTIONS

    def __init_subclass__(cls, **options: Any) -> None:
        cls.BINDINGS = [*bindings(cls.actions())]
        super().__init_subclass__(**options)

    def __init__(self) -> None:
        super().__init__()
        self._compositor = NarrowCompositor()
        # By group: what is to be read when the reading under way has ended.
        self._reading: dict[str, Callable[[], None] | None] = {}
        self._writing: set[str] = set()
        self._waits: dict[str, Waiting] = {}
        # By group: what a lost desk has left unanswered.
        self._unanswered: dict[str, Callable[[], None]] = {}

    @classmethod
    def actions(cls) -> tuple[Action, ...]:
        """Everything that can be done here, in the order it is listed."""
        return (*cls.ACTIONS, *cls.EVERYWHERE)

    @property
    def desk_app(self) -> DeskApp:
        """The app, by its own type."""
        from deskterm.console.app import DeskApp

        assert isinstance(self.app, DeskApp)
        return self.app

    @property
    def desk(self) -> DeskDoor:
        """The desk; only to be called inside `ask`, but for `now_us` and `me`."""
        return self.desk_app.desk

    def situation(self) -> Situation:
        """What actions are asked of now."""
        return Situation(read_only=self.desk_app.read_only)

    def action_act(self, action_id: str, digit: int | None = None) -> None:
        """Do what a key, a click or the palette asks for, or say why not."""
        action = next((each for each in self.actions() if each.id == action_id), None)
        if action is None:
            return
        why = action.why_not(self.situation())
        if why is not None:
            self.desk_app.say(why, "warning")
            return
        handler = getattr(self, action.handler, None)
        if handler is None and action.step is not None:
            self.take_step(action.step)
        else:
            given = () if digit is None else (digit,)
            (handler or getattr(self.app, action.handler))(*given)

    def take_step(self, step: str) -> None:
        """Begin a step of the desk; screens that select tickets do."""
        raise NotImplementedError(step)

    def ask(
        self,
        work: Callable[[], Answer],
        then: Callable[[Answer], None],
        *,
        group: str,
        failed: Callable[[DeskError], None] | None = None,
        says: str = READING,
        waits: bool = False,
    ) -> None:
        """Let `work` run in a thread and `then` here with what it returned.

        A newer question of the same `group` takes the place of an older one, whose answer is
        dropped. What the desk refuses goes to `failed`, or is shown; a lost desk is always shown.
        `says` is what stands above the keys where the answer takes its time; empty: nobody waits.
        What only looks at something `waits`: it is asked again when a lost desk is back.
        """
        self._unanswered.pop(group, None)
        waiting = self._wait(group, says)

        def again() -> None:
            self.ask(work, then, group=group, failed=failed, says=says, waits=True)

        def run() -> None:
            worker = get_current_worker()
            reply = self._answer(work, then, failed, (group, again) if waits else None)
            reply.waiting = waiting
            if not worker.is_cancelled:
                self.post_message(reply)

        self.run_worker(run, thread=True, exclusive=True, group=group)

    def write(
        self,
        work: Callable[[], Answer],
        then: Callable[[Answer], None],
        *,
        group: str,
        says: str,
        failed: Callable[[DeskError], None] | None = None,
    ) -> None:
        """As `ask`, for what changes something: asked again before it is answered, it is done once.

        A `group` is one such change; it is never dropped for another.
        """
        if group in self._writing:
            return
        self._writing.add(group)
        waiting = self._wait(group, says)

        def run() -> None:
            reply = self._answer(work, then, failed, None)
            reply.writing, reply.waiting = group, waiting
            self.post_message(reply)

        self.run_worker(run, thread=True, group=group)

    @property
    def is_writing(self) -> bool:
        """Whether something is being written that was begun here."""
        return bool(self._writing)

    def read(
        self,
        work: Callable[[], Answer],
        then: Callable[[Answer], None],
        *,
        group: str,
        says: str = "",
    ) -> None:
        """As `ask`, for what is only looked at: one reading of a `group` runs at a time.

        Whoever types faster than the desk reads is answered once, for what was typed last: of
        the questions that come meanwhile the newest is kept, and the answer under way dropped.
        """
        self._unanswered.pop(group, None)
        waiting = self._waits.get(group)
        if says or group not in self._reading:
            waiting = self._wait(group, says)

        def again() -> None:
            self.read(work, then, group=group, says=says)

        def run() -> None:
            reply = self._answer(work, then, None, (group, again))
            reply.reading, reply.waiting = group, waiting
            self.post_message(reply)

        def start() -> None:
            self.run_worker(run, thread=True, group=group)

        if group in self._reading:
            self._reading[group] = start
        else:
            self._reading[group] = None
            start()

    def _wait(self, group: str, says: str) -> Waiting | None:
        """From now on somebody waits for `group`, and no longer for what it was before."""
        before = self._waits.get(group)
        if before is not None and before.is_said(says):
            return before
        if before is not None:
            before.end()
            del self._waits[group]
        if not says:
            return None
        self._waits[group] = waiting = Waiting(self, says)
        return waiting

    def on_unmount(self) -> None:
        """Nobody waits here any more."""
        forget_drawn()
        for waiting in self._waits.values():
            waiting.end()

    def _answer(
        self,
        work: Callable[[], Answer],
        then: Callable[[Answer], None],
        failed: Callable[[DeskError], None] | None,
        waits: tuple[str, Callable[[], None]] | None,
    ) -> Answered:
        try:
            answer = work()
        except DeskError as error:
            refused = error
            return Answered(lambda: self._refused(refused, failed, waits))
        return Answered(lambda: then(answer))

    def on_answered(self, message: Answered) -> None:
        """Back on the screen's own thread."""
        message.stop()
        if message.writing is not None:
            self._writing.discard(message.writing)
        newer = self._reading.pop(message.reading, None) if message.reading else None
        if message.waiting is not None and newer is None:
            message.waiting.end()
        if newer is not None and message.reading is not None:
            self._reading[message.reading] = None
            newer()
        else:
            message.then()

    def _refused(
        self,
        error: DeskError,
        failed: Callable[[DeskError], None] | None,
        waits: tuple[str, Callable[[], None]] | None,
    ) -> None:
        if failed is None:
            self.desk_app.drop_keys()
        else:
            self.desk_app.release_keys()
        if isinstance(error, StoreLost):
            if waits is not None:
                group, again = waits
                self._unanswered[group] = again
            self.desk_app.lost(error.sentence)
        if failed is not None:
            failed(error)
        elif not isinstance(error, StoreLost):
            self.desk_app.say(error.sentence, "error")

    def desk_changed(self) -> None:
        """Somebody has changed something; for windows, whose screen is read again behind them."""

    def keep_typed(self) -> None:
        """Keep as a draft what is typed here; the program is about to end."""

    def desk_back(self) -> None:
        """The desk answers again: what only waited for that is asked again."""
        waiting, self._unanswered = self._unanswered, {}
        for again in waiting.values():
            again()

    def ask_for_window(
        self,
        title: str,
        work: Callable[[], Answer],
        then: Callable[[Answer], None],
        *,
        group: str,
        draft: str = "",
    ) -> None:
        """As `ask`, where `then` opens a window, which keys typed from now on are meant for.

        A desk that cannot be reached puts a window `title` in its place that waits, and keeps
        what is typed under `draft`.
        """

        def wait(why: str) -> None:
            self.open_window(
                "waiting", title, work, why, draft,
                then=lambda got: None if got is None else then(got),
            )  # fmt: skip

        def slow() -> None:
            self.workers.cancel_group(self, group)
            wait("")

        def answered(answer: Answer) -> None:
            patience.stop()
            then(answer)

        def failed(error: DeskError) -> None:
            patience.stop()
            if isinstance(error, StoreLost):
                wait(error.sentence)
            else:
                self.desk_app.drop_keys()
                self.desk_app.say(error.sentence, "error")

        self.desk_app.hold_keys()
        patience = self.set_timer(_PATIENCE_SECONDS, slow, name="patience")
        self.ask(work, answered, group=group, failed=failed)

    def open_window(
        self, name: str, *arguments: Any, then: Callable[[Any], None] | None = None
    ) -> None:
        """Push the window `name` of `places.WINDOWS`."""
        if name not in places.WINDOWS:
            self.desk_app.say(f"The {name} window is not part of this version.", "warning")
            return
        self.desk_app.hold_keys()
        self.app.push_screen(places.load(places.WINDOWS[name])(*arguments), then)

    def do_help(self) -> None:
        """Every key that works here."""
        own = self.desk_app.settings.keys
        self.open_window("help", self.help_actions(), own, self.help_topics())

    def help_actions(self) -> tuple[Action, ...]:
        """What works where the keys are now, nearest first."""
        return self.actions()

    def help_topics(self) -> Sequence[Topic]:
        """What else there is to know where the keys are now."""
        return ()
