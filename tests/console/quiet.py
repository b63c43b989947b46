"""Waiting for a console under test by what it has still to do, never by the clock or the CPU."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from textual.app import App
from textual.pilot import Pilot

from deskterm.console.typeahead import Typeahead

_LOOK_SECONDS: Final = 0.002
_LONGEST_SECONDS: Final = 60.0
#: A message that is just being handled is in no queue, but puts the next one into one.
_CALM: Final = 3


def _working(app: App[Any]) -> list[str]:
    """What is asked of the desk and not answered; a question dropped for a newer one is over."""
    return [worker.group for worker in app.workers if not worker.is_finished]


def _typing(app: App[Any]) -> bool:
    """Whether keys still wait for the window they are meant for."""
    return isinstance(app, Typeahead) and app._typist is not None


def _queued(app: App[Any]) -> bool:
    """Whether a message is on its way, such as a key from the focused widget up to the app."""
    return any(pump.message_queue_size for pump in (app, *app.screen.walk_children(with_self=True)))


async def answered(app: App[Any]) -> None:
    """Every question to the desk has been answered, or dropped for a newer one.

    `WorkerManager.wait_for_complete` fails when one is dropped, and waits for the others no more.
    """
    async with asyncio.timeout(_LONGEST_SECONDS):
        while _working(app):
            await asyncio.sleep(_LOOK_SECONDS)


async def quiet(pilot: Pilot[Any]) -> None:
    """Every key has been handled, every question answered and every answer shown."""
    calm = 0
    async with asyncio.timeout(_LONGEST_SECONDS):
        while calm < _CALM:
            # Back once every message that waits for the screen or a widget of it is handled.
            await pilot.pause(0)
            if _typing(pilot.app) or _working(pilot.app) or _queued(pilot.app):
                calm = 0
                await asyncio.sleep(_LOOK_SECONDS)
            else:
                calm += 1
