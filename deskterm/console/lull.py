"""Acting once on a burst of keys, as soon as none has followed for a moment."""

from __future__ import annotations

from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer


class Lull:
    """One thing that is done after the last of several changes, not after each."""

    def __init__(self, pump: MessagePump, seconds: float, act: Callable[[], object]) -> None:
        """`act` is called by `pump`, `seconds` after the last `begin`."""
        self._pump = pump
        self._seconds = seconds
        self._act = act
        self._timer: Timer | None = None

    def begin(self) -> None:
        """Something changed: wait for the moment from here on."""
        self.end()
        self._timer = self._pump.set_timer(self._seconds, self._over)

    def end(self) -> bool:
        """Wait no more; whether something was being waited for."""
        waited = self._timer is not None
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        return waited

    def _over(self) -> None:
        self._timer = None
        self._act()
