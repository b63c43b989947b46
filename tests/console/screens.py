"""What tests of screens share: waiting until all is read, and reading what is on the screen."""

from __future__ import annotations

from textual._context import visible_screen_stack
from textual.pilot import Pilot
from textual.strip import Strip

from deskterm.console.screens.queue import QueueScreen
from tests.console.quiet import answered


async def settled(pilot: Pilot[None]) -> QueueScreen:
    """The queue, with everything that was asked of the desk answered and drawn."""
    for _ in range(500):
        screen = pilot.app.screen_stack[0]
        if isinstance(screen, QueueScreen) and screen.is_mounted and screen.table.loaded:
            break
        await pilot.pause(0.01)
    else:
        raise AssertionError("the queue was never read")
    for _ in range(4):
        await answered(pilot.app)
        await pilot.pause()
    return screen


async def until(pilot: Pilot[None], text: str, *, gone: bool = False) -> None:
    """Wait until `text` is on the screen, or `gone` from it."""
    for _ in range(1000):
        if (text in shown(pilot)) != gone:
            return
        await pilot.pause(0.02)
    raise AssertionError(f"{text!r} did not {'go' if gone else 'appear'}:\n{shown(pilot)}")


def strips(pilot: Pilot[None]) -> list[Strip]:
    """The screen's lines with their styles."""
    # As when Textual paints: a window drawn without it has nothing behind it, and remembers that.
    visible_screen_stack.set(pilot.app._background_screens)
    return pilot.app.screen._compositor.render_strips()


def shown(pilot: Pilot[None]) -> str:
    """The screen as text."""
    return "\n".join(strip.text.rstrip() for strip in strips(pilot))


def line_with(pilot: Pilot[None], text: str) -> str:
    """The line of the screen that holds `text`."""
    found = [line for line in shown(pilot).split("\n") if text in line]
    assert found, f"{text!r} is not on the screen:\n{shown(pilot)}"
    return found[0]
