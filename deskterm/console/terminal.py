"""Reading the keys of a terminal, with Esc answered as soon as it is known to be Esc.

Keys such as the arrows begin with the byte that Esc is. Textual's own reader looks ten times a
second whether the rest of one has come, which makes every step back a tenth of a second late; this
one looks again as soon as the time allowed for it (``ESCDELAY``) is over.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import Final

from textual import constants
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

_ESC: Final = "\x1b"
#: How long to wait for a key before looking whether the console has been left.
_IDLE_SECONDS: Final = 0.1
_BYTES: Final = 4096


class TerminalDriver(LinuxDriver):
    """Textual's driver for Linux and macOS with a reader of our own."""

    def run_input_thread(self) -> None:
        """Hand on keys until the console is left; see `LinuxDriver.run_input_thread`."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        seconds = _IDLE_SECONDS
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(seconds):
                    data = os.read(self.fileno, _BYTES)
                    if not data:
                        break
                    text = decode(data)
                    for event in parser.feed(text):
                        self.process_message(event)
                    # More of the key is on its way, or it was Esc alone.
                    seconds = _esc_seconds() if text.endswith(_ESC) else _IDLE_SECONDS
                else:
                    seconds = _IDLE_SECONDS
                for event in parser.tick():
                    self.process_message(event)
        with suppress(EOFError, ParseError):
            for _ in parser.feed(""):
                pass


def terminal_driver() -> type[TerminalDriver] | None:
    """The driver for this terminal; None where the environment names another."""
    return TerminalDriver if constants.DRIVER is None else None


def _esc_seconds() -> float:
    # A little more, so that the parser agrees that the time is over.
    return constants.ESCAPE_DELAY + 0.002
