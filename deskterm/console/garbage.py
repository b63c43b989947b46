"""Keeping the pauses of the garbage collector too short to be felt between a key and its answer."""

from __future__ import annotations

import gc
from typing import Final

from textual._styles_cache import StylesCache

#: Objects made before the collector looks at the young ones, and how many such looks before it
#: goes through older ones: drawing a screen makes tens of thousands that are gone a moment later.
_THRESHOLDS: Final = (20_000, 20, 50)


def spare_the_old() -> None:
    """Never again go through what has been loaded by now; it stays as long as the console does."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


def forget_drawn() -> None:
    """Let go of the lines drawn by windows that were closed.

    Textual remembers two colours for each widget ever drawn, by the widget's drawn lines: a
    thousand closed windows with all they showed, which the collector goes through each time.
    """
    StylesCache.get_inner_outer.cache_clear()
