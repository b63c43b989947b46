"""What is longer than its place: it scrolls to what is chosen in it, and by whole pages."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll


class Scrolled(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Textual's own would take the arrow keys away from the list inside as soon as it is longer
    than the place: the list would scroll and nothing else be chosen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]
