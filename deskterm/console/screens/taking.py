"""Taking steps: at once or after a form, on one ticket or several, never over somebody's work.

What a step is based on is what was on the screen when it was begun, not what the desk has made of
it while a form was being filled in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from deskterm.console import places
from deskterm.console.actions import READ_ONLY
from deskterm.console.deeds import Deed, numbers_words, on_ticket
from deskterm.console.screens.undoing import Undoing
from deskterm.desk.errors import Conflict, DeskError

if TYPE_CHECKING:
    from deskterm.desk.model import BulkDone, Done, StepForm


@dataclass(frozen=True, slots=True)
class Begun:
    """A step that is being taken."""

    step: str
    numbers: tuple[int, ...]
    versions: Mapping[int, int]
    """The versions of the tickets when it was begun."""
    form: StepForm | None = None
    """What was asked for it, by the form made from its fields."""

    @property
    def draft(self) -> str:
        """The name the text typed for it is kept under."""
        return draft_of(self.step, self.numbers)

    @property
    def words(self) -> str:
        """``1042: hold``, for what is under way."""
        return f"{numbers_words(self.numbers)}: {self.step.replace('-', ' ')}"


class Taking(Undoing):
    """A screen with tickets on it."""

    def selected_numbers(self) -> tuple[int, ...]:
        """The tickets a step is for: the marked ones, else the one under the cursor."""
        return ()

    def subject_of(self, number: int) -> str:
        """The subject of a ticket that the user is looking at."""
        return ""

    def begin(self, step: str, numbers: Sequence[int]) -> Begun:
        """A step on `numbers` as they are seen now."""
        seen = {number: self.version_of(number) for number in numbers}
        known = {number: version for number, version in seen.items() if version is not None}
        return Begun(step, tuple(numbers), known)

    def take_step(self, step: str, initial: Mapping[str, str] | None = None) -> None:
        """Take `step` on the selected tickets: at once, or after its dialog."""
        numbers = self.selected_numbers()
        if self.desk_app.read_only:
            self.desk_app.say(READ_ONLY, "warning")
            return
        if not numbers:
            return
        begun = self.begin(step, numbers)
        self.desk_app.hold_keys()
        if step in places.STEP_DIALOGS and len(numbers) == 1:
            self._open_own(begun)
            return
        tickets, dot = self.desk.tickets, self.desk_app.glyphs.dot
        subject = self.subject_of(numbers[0]) if len(numbers) == 1 else ""
        label = step.replace("-", " ").capitalize()
        self.ask_for_window(
            f"{label} {dot} {numbers_words(numbers)} {subject}".rstrip(),
            lambda: tickets.form(step, numbers[0]) if len(numbers) == 1
            else tickets.common_form(step, numbers),
            lambda form: self._asked(begun, form, initial),
            group="form", draft=begun.draft,
        )  # fmt: skip

    def _open_own(
        self, begun: Begun, sent: Mapping[str, Any] | None = None, wrong: str = ""
    ) -> None:
        """Open the window the step has of its own, again with what was `sent` and is `wrong`."""
        dialog = places.load(places.STEP_DIALOGS[begun.step])(
            self.desk, begun.numbers, sent, wrong
        )
        self.app.push_screen(dialog, lambda fields: self.go_on(begun, fields))

    def _asked(self, begun: Begun, form: StepForm, initial: Mapping[str, str] | None) -> None:
        if form.fields or form.asks is not None:
            self._ask_form(replace(begun, form=form if form.fields else None), form, initial)
        else:
            self.desk_app.release_keys()
            self.go_on(begun, {})

    def _ask_form(
        self, begun: Begun, form: StepForm, initial: Mapping[str, str] | None, wrong: str = ""
    ) -> None:
        self.open_window(
            "step", form, begun.numbers, initial, self.subject_of(begun.numbers[0]), wrong,
            then=lambda got: self.go_on(begun, got),
        )  # fmt: skip

    def go_on(self, begun: Begun, fields: Mapping[str, Any] | None) -> None:
        """The dialog is over: None means it was left, its text kept as a draft."""
        if fields is None:
            return
        if len(begun.numbers) > 1:
            self.open_window(
                "bulk", begun.step, begun.numbers, fields, begun.versions,
                then=lambda done: self._bulk_over(begun, done),
            )  # fmt: skip
            return
        if begun.form is not None:
            # Until the desk has answered, keys may still be meant for the form.
            self.desk_app.hold_keys()
        self.take_begun(begun, fields)

    # One ticket -------------------------------------------------------------------------------

    def do_step(self, step: str, number: int, fields: Mapping[str, Any]) -> None:
        """Take `step` now; the sentence it answers with is shown, and how to take it back."""
        self.take_begun(self.begin(step, (number,)), fields)

    def take_begun(self, begun: Begun, fields: Mapping[str, Any]) -> None:
        """Take a step on the ticket as it was seen when the step was begun."""
        tickets, (number,) = self.desk.tickets, begun.numbers
        version = begun.versions.get(number)
        self.write(
            lambda: tickets.do(begun.step, number, fields, version),
            lambda done: self.step_done(begun.step, done),
            # The same once more is a key pressed twice; anything else is meant.
            group=f"do-{begun.step}-{number}-{sorted(fields.items())}",
            failed=lambda error: self._refused_step(begun, fields, error),
            says=f"{begun.words} …",
        )

    def step_done(self, step: str, done: Done) -> None:
        """A step was taken."""
        self.desk_app.release_keys()
        self.desk_app.keep_draft(draft_of(step, (done.number,)), {})
        sentence = on_ticket(done.number, done.sentence)
        if step == "undo":
            self.unsay_undoable()
            self.desk_app.say(sentence)
        elif done.undoable:
            desk, number, event = self.desk, done.number, done.event_id

            def take_back() -> str:
                undone = desk.tickets.do("undo", number, {"event_id": event})
                return on_ticket(number, undone.sentence)

            self.did(Deed(sentence, take_back, {number: done.version}))
        else:
            self.did(Deed(sentence))
        self.reload()

    def _refused_step(self, begun: Begun, fields: Mapping[str, Any], error: DeskError) -> None:
        """A step was refused; what was typed for it stays as a draft."""
        (number,) = begun.numbers
        typed = {name: value for name, value in fields.items() if isinstance(value, str)}
        if isinstance(error, Conflict):
            again = replace(begun, versions={number: error.version})
            self.open_window(
                "conflict", begun.step.replace("-", " "), number, error,
                then=lambda yes: self.take_begun(again, fields) if yes else self.reload(),
            )  # fmt: skip
        elif begun.form is not None:
            # The form comes back as it was, with what is wrong in it.
            flags = {name: "yes" for name, value in fields.items() if value is True}
            self._ask_form(begun, begun.form, typed | flags, error.sentence)
        elif begun.step in places.STEP_DIALOGS:
            self._open_own(begun, fields, error.sentence)
        else:
            self.desk_app.say(on_ticket(number, error.sentence), "error")

    # Several ----------------------------------------------------------------------------------

    def _bulk_over(self, begun: Begun, done: BulkDone | None) -> None:
        """What was typed for the step is no draft any more once it was taken on all."""
        if done is not None and not done.left:
            self.desk_app.keep_draft(begun.draft, {})
        self.bulk_done(begun.step, done)

    def bulk_done(self, step: str, done: BulkDone | None) -> None:
        """A step was taken on several tickets, or their preview was left (None)."""
        if done is None:
            return
        numbers = tuple(each.number for each in done.done)
        said = f"{step.replace('-', ' ').capitalize()}, {len(numbers)} done"
        said += f": {numbers_words(numbers)}" if numbers else ""
        if done.left:
            said += f"; {len(done.left)} left as they were: {numbers_words(done.left)}"
        if done.refused:
            number, why = done.refused[0]
            said += f"; {len(done.refused)} not: {on_ticket(number, why)}"
        said = said.rstrip(".") + "."
        if done.why_left:
            said += f" {done.why_left}"
        tone: Any = "warning" if done.refused or done.left else "information"
        acts = [(each.number, each.event_id) for each in done.done if each.undoable]
        if acts:
            tickets = self.desk.tickets
            versions = {each.number: each.version for each in done.done}
            self.did(Deed(said, lambda: _taken_back(step, tickets.take_back(acts)), versions), tone)
        elif numbers:
            self.did(Deed(said), tone)
        else:
            self.desk_app.say(said, tone)
        self.reload()


def _taken_back(step: str, done: BulkDone) -> str:
    numbers = tuple(each.number for each in done.done)
    said = f"Taken back on {numbers_words(numbers)}: {step.replace('-', ' ')}." if numbers else ""
    if done.refused:
        number, why = done.refused[0]
        said += f" {len(done.refused)} not: {on_ticket(number, why)}"
    if done.left:
        said += f" Still to be taken back: {numbers_words(done.left)}. {done.why_left}"
    return said.strip()


def draft_of(step: str, numbers: Sequence[int]) -> str:
    """The name a step's draft is kept under: one ticket's own, or one for whichever several."""
    if len(numbers) > 1:
        return f"{step}-several"
    return draft_key(step, numbers[0] if numbers else 0)


def draft_key(step: str, number: int) -> str:
    """The name the draft of a step on one ticket is kept under."""
    return f"{step}-{number}"
