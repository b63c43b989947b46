"""Counting on with the time: whatever can be seen does, also around a window that is open over it.

A screen or window says in `tick` what the time changes in it and when it next will.
"""

from __future__ import annotations

from typing import Any, Final, cast

from textual._context import visible_screen_stack
from textual.geometry import Region
from textual.renderables.background_screen import BackgroundScreen
from textual.strip import Strip
from textual.timer import Timer

from deskterm.console.clocktext import MINUTE, SECOND, whole_second
from deskterm.console.compositor import NarrowCompositor, NarrowUpdate
from deskterm.console.screens.host import ActionHost

#: A tick lands just behind its second: before it, the second shown would be the one before.
_BEHIND: Final = 0.004
_SHORTEST: Final = 0.02
#: After a suspend, or when the clock is set, the screen is right again within this.
_LONGEST: Final = 10 * SECOND
#: What is read takes its place at once or, after so many seconds, where it will be.
_UNSEEN_SECONDS: Final = 0.15


class Ticking(ActionHost):
    """A screen or window with something in it that counts."""

    def __init__(self) -> None:
        super().__init__()
        self._timer: Timer | None = None
        self.is_unseen = False

    def tick(self, now_us: int) -> int | None:
        """It is `now_us`, a whole second: redraw what differs; when something next will."""
        return None

    @property
    def in_sight(self) -> bool:
        """Whether it is shown, with nothing over it but windows."""
        stack = self.app.screen_stack
        if self not in stack:
            return False
        return all(screen.is_modal for screen in stack[stack.index(self) + 1 :])

    def on_mount(self) -> None:
        """Begin to tick."""
        self.tick_now()

    def on_screen_resume(self) -> None:
        """On top now; what can be seen behind it may have stood still until now."""
        self.desk_app.window_shown()
        for screen in self.app.screen_stack:
            if isinstance(screen, Ticking) and screen.is_mounted:
                screen.tick_now()

    def on_screen_suspend(self) -> None:
        """Nothing ticks behind another screen."""
        if not self.in_sight:
            self._rest()

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def tick_now(self) -> None:
        """Redraw what the time changes, and come back when it next changes something."""
        self._rest()
        if not self.in_sight:
            return
        now = self.desk.now_us()
        second = whole_second(now)
        instants = (self.tick_all(second), self.desk_app.tick_news(second))
        target = min(second - second % MINUTE + MINUTE, second + _LONGEST)
        target = min([target, *(at for at in instants if at is not None)])
        step = self.desk_app.settings.tick * SECOND
        target = max(target, second + step)
        target += -target % SECOND
        delay = max((target - now) / SECOND + _BEHIND, _SHORTEST)
        self._timer = self.set_timer(delay, self.tick_now, name="tick")

    # Being painted once ------------------------------------------------------------------------

    def stay_unseen(self) -> None:
        """Be painted with what is read first: when `appear` says so, or when that takes long."""
        self.is_unseen = True
        self.set_timer(_UNSEEN_SECONDS, self.appear)

    def appear(self) -> None:
        """What it is about has been read."""
        if self.is_unseen:
            self.is_unseen = False
            # Now, not with the next frame: it has been laid out meanwhile.
            self._compositor_refresh()

    # What is seen around a window --------------------------------------------------------------

    @property
    def narrow(self) -> NarrowCompositor:
        """The compositor, by its own type."""
        assert isinstance(self._compositor, NarrowCompositor), "ActionHost has made it"
        return self._compositor

    def _compositor_refresh(self) -> None:
        """Textual would paint everything behind a window anew for one cell of it."""
        top = self.app.screen
        if self is top and self.is_unseen:
            # All that is to be painted stays so until then.
            return
        if self is top or not isinstance(top, Ticking) or not self.in_sight:
            super()._compositor_refresh()
            return
        dirty, self.narrow._dirty_regions = self.narrow._dirty_regions, set()
        self._dirty_widgets.clear()
        if dirty:
            # What it keeps of its ground is no longer right for when it is next painted whole.
            top._dirty_regions.update(dirty)
            top._styles_cache.set_dirty(*dirty)
        if top.is_unseen:
            return
        # What a window is painted over; without it, nothing would be.
        visible_screen_stack.set(self.app._background_screens)
        pieces = top.narrow.pieces(dirty, only=top)
        if pieces:
            self.app._display(top, cast(Any, NarrowUpdate(pieces)))

    def patch(self, x: int, y: int, width: int) -> Strip | None:
        """A part of what is seen around this window, for the compositor; None where nothing is."""
        stack, ground = self.app.screen_stack, self.styles.background
        at = stack.index(self) if self in stack else 0
        behind = stack[at - 1] if at else None
        if not self.is_modal or not isinstance(behind, Ticking) or ground.a == 1:
            return None
        pieces = sorted(
            behind.narrow.pieces([Region(x, y, width, 1)]), key=lambda piece: piece[1]
        )
        segments = [segment for _, _, strip in pieces for segment in strip]
        strip = Strip(BackgroundScreen.process_segments(segments, ground))
        if strip.cell_length != width:
            return None
        for each in self.get_line_filters():
            strip = strip.apply_filter(each, self.background_colors[1])
        return strip

    def tick_all(self, second: int) -> int | None:
        """`tick`, and what stands around it."""
        return self.tick(second)
