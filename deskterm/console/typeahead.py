"""Keys typed ahead reach what they were meant for.

A key is handled in the queues of several widgets one after the other, and a window that it opens
may first ask the desk. Keys that arrive in one burst (pasted, or over a slow line) would run past
both and be taken as keys of the screen behind. They wait here instead, until the key before them
has been handled and the window it asked for is there.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING, Final

from textual import events
from textual.app import App

if TYPE_CHECKING:
    from textual.message_pump import MessagePump
    from textual.screen import Screen
    from textual.widget import Widget

#: How often the queues are looked at while keys wait, and how often they have to be found empty.
_LOOK_SECONDS: Final = 0.002
_LOOKS: Final = 3
#: A window that takes longer than this, or never comes, keeps no key any more.
_LONGEST_SECONDS: Final = 2.0
#: A window without anything to type into is there once it has been shown for as long.
_SHOWN_SECONDS: Final = 0.05


class Typeahead(App[None]):
    """An app whose keys wait for their window."""

    def __init__(self, *arguments: object, **options: object) -> None:
        # The arguments are App's own and are only handed on.
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._waiting_keys: deque[events.Key] = deque()
        self._typist: asyncio.Task[None] | None = None
        self._typed_into: Widget | None = None
        self._held_at: float | None = None
        self._held_on: tuple[Screen[object] | None, Widget | None] = (None, None)
        self._shown_at: float | None = None

    def hold_keys(self) -> None:
        """A window is on its way: keys typed from now on are for it."""
        self._held_at, self._shown_at = time.monotonic(), None
        self._held_on = (self.screen, self.focused)

    def window_shown(self) -> None:
        """A window or screen is on top now, perhaps the one that keys wait for."""
        if self._shown_at is None and self.screen is not self._held_on[0]:
            self._shown_at = time.monotonic()

    def release_keys(self) -> None:
        """No window will come; keys are for what is there."""
        self._held_at = None

    def drop_keys(self) -> None:
        """No window will come, and what was typed for it is for nothing else."""
        self._held_at = None
        self._waiting_keys.clear()

    def _holding(self) -> bool:
        if self._held_at is None:
            return False
        now = time.monotonic()
        focused = self._held_on[1]
        there = self.focused is not None and self.focused is not focused
        shown = self._shown_at is not None and now - self._shown_at > _SHOWN_SECONDS
        if there or shown or now - self._held_at > _LONGEST_SECONDS:
            self._held_at = None
        return self._held_at is not None

    def _busy(self) -> bool:
        """Whether a key may still be on its way from the focused widget up to the app."""
        pump: MessagePump | None = self.focused or self.screen
        while pump is not None and pump is not self:
            if pump.message_queue_size:
                return True
            pump = pump._parent
        return self._holding()

    async def on_event(self, event: events.Event) -> None:
        """See `App.on_event`; a key waits while another is before it."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._typist is not None or (not self._is_more_text(event) and self._busy()):
            self._waiting_keys.append(event)
            self._typist = self._typist or asyncio.create_task(self._type_on())
        else:
            await self._hand_on(event)

    def _is_more_text(self, event: events.Key) -> bool:
        """Whether the key before was text for the entry that this one is text for, too.

        Such keys come in order by themselves, and none of them takes the focus away.
        """
        entry = self.focused
        return (
            entry is not None
            and entry is self._typed_into
            and entry.check_consume_key(event.key, event.character)
            and not self._holding()
        )

    def _is_next_text(self) -> bool:
        return bool(self._waiting_keys) and self._is_more_text(self._waiting_keys[0])

    async def _hand_on(self, event: events.Key) -> None:
        entry = self.focused
        is_text = entry is not None and entry.check_consume_key(event.key, event.character)
        self._typed_into = entry if is_text else None
        await super().on_event(event)

    async def _type_on(self) -> None:
        """Hand on what waits, one key after the other."""
        try:
            while self._waiting_keys and self.is_running:
                empty = 0
                while empty < _LOOKS and not self._is_next_text():
                    await asyncio.sleep(_LOOK_SECONDS)
                    empty = 0 if self._busy() or self.message_queue_size else empty + 1
                if self._waiting_keys:
                    await self._hand_on(self._waiting_keys.popleft())
        finally:
            self._typist = None
