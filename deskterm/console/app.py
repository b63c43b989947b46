"""The console's app: it mounts, switches and themes; everything else is a screen's own.

How the console is laid out, for whoever adds to it:

* A **screen** is one file in ``screens/`` with its ``.tcss`` beside it. It subclasses
  `screens.base.DeskScreen`, sets ``PLACE`` and ``ACTIONS``, yields its widgets from ``body``, reads
  in ``reload`` (through ``self.ask``: a thread worker whose answer comes back on the screen's own
  thread) and redraws running clocks in ``tick``. One line in `places.SCREENS` puts it into the
  header and makes its ``go.`` action work.
* A **dialog** is one file in ``dialogs/``, subclasses `dialogs.base.Dialog` and returns what was
  decided by ``dismiss``. One line in `places.WINDOWS` (any window) or `places.STEP_DIALOGS` (in
  place of the form made from a step's fields) makes it known. Typed text is kept as a draft.
* An **action** is one object in ``catalog/``; `deskterm.console.actions` says how.
* A **widget** is one file in ``widgets/``. It is given data and posts messages named as facts; it
  never asks the desk. `widgets.painted.Painted` draws lines of spans and redraws what changed.
* **Colours** are tokens of `themes.Palette`, used in ``.tcss`` only; text names its ink and paper
  (`inks`), which ``app.tcss`` gives their colours. **Marks** come from `glyphs`, time from
  `clocktext`; the clock is always ``desk.now_us()``.
* Texts are the field's words, sentences say what to do. Esc goes one step back everywhere.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.reactive import Initialize, Reactive
from textual.screen import Screen

from deskterm.console import places
from deskterm.console.actions import key_name
from deskterm.console.catalog import everything
from deskterm.console.clocktext import Localise, system_local
from deskterm.console.config import Settings
from deskterm.console.deeds import Deeds
from deskterm.console.garbage import spare_the_old
from deskterm.console.glyphs import ASCII, UNICODE, glyphs_for
from deskterm.console.keeping import KeepsDrafts
from deskterm.console.notices import SECONDS, Notice, Notices, Tone
from deskterm.console.themes import (
    DARK_PALETTE,
    of_choice,
    terminal_colours,
    theme_for,
    themes,
)
from deskterm.console.watching import Watching

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.theme import Theme

    from deskterm.console.door import DeskDoor
    from deskterm.console.newdesk import NewDesk
    from deskterm.paths import Paths


#: By then the first screen has been painted and counted.
_SETTLED_SECONDS = 1.0


def _first_theme(app: DeskApp) -> str:
    return app.first_theme


class DeskApp(KeepsDrafts, Watching):
    """The console on one desk."""

    TITLE = "deskterm"
    theme: Reactive[str] = Reactive(Initialize(_first_theme))
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        desk: DeskDoor,
        paths: Paths,
        settings: Settings | None = None,
        findings: tuple[str, ...] = (),
        *,
        read_only: bool = False,
        local: Localise = system_local,
        driver_class: type[Driver] | None = None,
        watch: bool = True,
        new: NewDesk | None = None,
    ) -> None:
        """`findings` are mistakes in the settings, shown once; `watch` looks for changes.

        `new` is the desk to be made where somebody begins it; `desk` only stands in for it.
        """
        chosen = settings or Settings()
        no_color = "NO_COLOR" in os.environ
        self._themes = {theme.name: theme for theme in themes()}
        self.first_theme = theme_for(
            chosen.theme, no_color=no_color, colours=terminal_colours(os.environ)
        )
        self._start = chosen.start if chosen.start in places.SCREENS else "queue"
        super().__init__(
            driver_class=driver_class,
            ansi_color=True if no_color else None,
            drafts=paths.drafts / (desk.key if new is None else new.key),
            css_path=["app.tcss", *places.load(places.SCREENS[self._start]).CSS_PATH],
        )
        self.desk = desk
        self.paths = paths
        self.settings = chosen
        self.findings = findings
        self.read_only = read_only
        self.local = local
        self.glyphs = {"unicode": UNICODE, "ascii": ASCII}.get(self.settings.marks) or glyphs_for(
            os.environ, getattr(sys.__stdout__, "encoding", None)
        )
        self._notices = Notices()
        self.deeds = Deeds()
        self.draft_notice: Notice | None = None
        """The sentence that says which key goes on with the ticket begun last."""
        self.undo_hint: Notice | None = None
        """The sentence that says which key takes back what was done last."""
        self.new = new
        self.begun: str | None = None
        """What is said once a desk has been begun."""
        self.wants_demo = False
        """Left for a demonstration desk, which whoever started the console opens."""
        self.stranger = self.met_stranger = False
        """Somebody the desk does not know has been told what to do about it."""
        if watch:
            self.watch_desk(finish=not read_only)
        if self.glyphs is ASCII:
            self.add_class("-ascii")
        self.set_keymap(dict(self.settings.keys))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line goes through; without UTF-8 the last makes it ASCII."""
        filters = super().get_line_filters()
        if getattr(self, "glyphs", UNICODE) is not ASCII:
            return filters
        from deskterm.console.asciified import TO_ASCII

        return [*filters, TO_ASCII]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our tokens, so that style sheets can be read under any theme."""
        return DARK_PALETTE.tokens()

    @property
    def available_themes(self) -> dict[str, Theme]:
        """With ours from the first moment: to change themes while starting takes a third of it."""
        return {**super().available_themes, **self._themes}

    def get_default_screen(self) -> Screen[None]:
        """The screen to begin with; going to it later goes back to this one."""
        screen: Screen[None] = places.load(places.SCREENS[self._start])()
        return screen

    def on_mount(self) -> None:
        """The other screens are made when they are first gone to."""
        for name, place in places.SCREENS.items():
            if name != self._start:
                self.add_mode(name, _opener(place))
        # Textual goes back to a mode only if it is listed, and lists its own default nowhere.
        self._modes[self.DEFAULT_MODE] = self.get_default_screen
        if self.begun is not None:
            self.say(self.begun)
        for finding in self.findings:
            self.say(finding, "warning")
        if self.settings.keys:
            self.run_worker(self._look_at_keys, thread=True, group="keys")
        if not self.is_headless:
            self.set_timer(_SETTLED_SECONDS, spare_the_old)

    def _look_at_keys(self) -> None:
        """The file may have been written by hand; to know every window's keys takes a while."""
        from deskterm.console.keyclash import findings

        own, name = self.settings.keys, self.paths.config.name
        wrong = findings(own)
        if wrong:
            kept = {action: keys for action, keys in own.items() if action not in wrong}
            self.call_from_thread(self.use_keys, kept)
        for action, why in wrong.items():
            said = f"{name}: keys.{action}: {why} Its first key holds."
            self.call_from_thread(self.say, said, "warning")

    # Where it goes wrong ----------------------------------------------------------------------

    @property
    def crash(self) -> Exception | None:
        """What ended the console without anybody asking for it."""
        return self._exception

    def _fatal_error(self) -> None:
        """Leave without Textual's picture of the traceback: it shows what customers wrote.

        Whoever started the console takes `crash` to the log and says it in a line.
        """
        self.bell()
        self._close_messages_no_wait()

    # Said to the user -----------------------------------------------------------------------

    def say(self, text: str, tone: Tone = "information") -> None:
        """Show a sentence for a few seconds; what was done before it needs no words any more."""
        self.notice(Notice(text, tone))

    def notice(self, notice: Notice) -> None:
        """As `say`, for what may have to be unsaid before its time."""
        self._notices.add(notice)
        self.set_timer(SECONDS[notice.tone], lambda: self.unsay(notice), name="notice")
        self.show_notices()

    def keep_saying(self, notice: Notice) -> None:
        """As `notice`, until it is unsaid."""
        self._notices.add(notice)
        self.show_notices()

    def unsay(self, notice: Notice) -> bool:
        """It does not hold any more; whether it was still being said."""
        there = self._notices.drop(notice)
        if there:
            self.show_notices()
        return there

    def show_notices(self) -> None:
        """Say what there is to be said on the screen that has the keys, and nowhere else."""
        from deskterm.console.widgets.notice_line import NoticeLine

        for screen in self.screen_stack:
            for line in screen.query(NoticeLine):
                line.show(self._notices.on(screen) if screen is self.screen else ())

    def key_of(self, action_id: str) -> str:
        """The key an action is on, as people read it."""
        action = next(each for each in everything() if each.id == action_id)
        keys = action.keys(self.settings.keys)
        return key_name(keys[0], self.glyphs) if keys else ""

    def use_keys(self, own: Mapping[str, str]) -> None:
        """Put actions on the user's `own` keys from now on, and say so in every footer."""
        from deskterm.console.widgets.key_footer import KeyFooter

        self.settings = replace(self.settings, keys=dict(own))
        self.set_keymap(dict(own))
        for stack in self._screen_stacks.values():
            for screen in stack:
                for footer in screen.query(KeyFooter):
                    footer.own = own
                    footer.repaint()

    async def go_to_customer(self, number: int) -> None:
        """Go to the card of the customer with this id."""
        from deskterm.console.screens.customers import CustomersScreen

        await self._arrive("customers")
        if isinstance(self.screen, CustomersScreen):
            self.screen.show_customer(number)

    async def go_to_week(self, number: int) -> None:
        """Go to the week of visits of the customer with this id."""
        from deskterm.console.screens.visits import VisitsScreen

        await self._arrive("visits")
        if isinstance(self.screen, VisitsScreen):
            self.screen.open_customer(number)

    async def _arrive(self, place: str) -> None:
        await self.switch_mode(self.DEFAULT_MODE if self._start == place else place)
        while len(self.screen_stack) > 1 and getattr(self.screen, "PLACE", None) != place:
            await self.pop_screen()

    # The desk -------------------------------------------------------------------------------

    # Actions of every screen ----------------------------------------------------------------

    def go(self, place: str) -> None:
        """Go to a screen of the header line."""
        if place not in places.SCREENS:
            self.say(f"The {place} screen is not part of this version.", "warning")
        else:
            self.switch_mode(self.DEFAULT_MODE if place == self._start else place)

    def do_queue(self) -> None:
        """See `catalog.everywhere`, as for the ones below."""
        self.go("queue")

    def do_visits(self) -> None:
        self.go("visits")

    def do_customers(self) -> None:
        self.go("customers")

    def do_palette(self) -> None:
        from deskterm.console.palette import open_palette

        open_palette(self)

    def do_back(self) -> None:
        """Where a screen has nothing of its own to go back from, it is left."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

    def do_theme(self) -> None:
        if (theme := of_choice(self.theme)) is not None:
            self.theme = theme
        else:
            self.say("This terminal shows too few colours for another theme.", "warning")

    def do_settings(self) -> None:
        from deskterm.console.screens.host import ActionHost

        if isinstance(self.screen, ActionHost):
            self.screen.open_window("settings")

    def do_quit(self) -> None:
        self.exit()


def _opener(place: str) -> type[Screen[None]]:
    """A screen made when it is first gone to."""

    def make() -> Screen[None]:
        screen: Screen[None] = places.load(place)()
        return screen

    # Textual takes any callable that makes a screen; its annotation names only one kind of it.
    return make  # type: ignore[return-value]
