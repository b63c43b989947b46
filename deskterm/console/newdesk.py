"""A desk that is not there yet: where it will be, and how it is made once somebody wants it."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from deskterm.desk.desk import Desk


class NewDesk(NamedTuple):
    """Given to a console that was opened on a file there is not."""

    place: str
    """The file, as it was named."""
    make: Callable[[], Desk]
    """Makes the file and opens it; blocking."""

    @property
    def key(self) -> str:
        """What drafts for it are kept under until it is there: the same at every start."""
        named = str(Path(self.place).resolve())
        return "new-" + sha256(named.encode("utf-8", "surrogateescape")).hexdigest()[:16]
