"""Typed text that is not sent yet, kept on disk so that neither Esc nor a crash loses it.

One small JSON file per draft, written whole and put in place in one move.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

#: What was typed for a form before it was there: it belongs into the first text that it asks for.
AHEAD: Final = "typed-ahead"

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Drafts:
    """The drafts under one folder; the folder is made with the first one."""

    def __init__(self, folder: Path, unreadable: Callable[[OSError], None] | None = None) -> None:
        """`unreadable` is told why what may have been kept cannot be looked at."""
        self.folder = folder
        self._unreadable = unreadable
        self._noted: dict[str, dict[str, str]] = {}

    def note(self, key: str, fields: Mapping[str, str]) -> None:
        """Know `fields` under `key` at once; `keep` puts them on disk, which may take its time."""
        self._noted[key] = {name: text for name, text in fields.items() if text.strip()}

    def _file(self, key: str) -> Path:
        return self.folder / f"{_UNSAFE.sub('-', key)}.json"

    def keep(self, key: str, fields: Mapping[str, str]) -> None:
        """Keep `fields` under `key`; nothing typed at all means there is no draft.

        Raises OSError where the folder cannot be written.
        """
        typed = {name: text for name, text in fields.items() if text.strip()}
        if not typed:
            self.drop(key)
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self._file(key)
        partial = file.with_suffix(f".{os.getpid()}.part")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            json.dump(typed, out)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(file)

    def find(self, key: str) -> dict[str, str]:
        """The draft kept under `key`; empty if there is none or it is no draft of ours."""
        if key in self._noted:
            return dict(self._noted[key])
        try:
            kept = json.loads(self._file(key).read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
            return {}
        except OSError as error:
            if self._unreadable is not None:
                self._unreadable(error)
            return {}
        if not isinstance(kept, dict):
            return {}
        return {str(name): text for name, text in kept.items() if isinstance(text, str)}

    def drop(self, key: str) -> None:
        """Forget the draft under `key`."""
        self._file(key).unlink(missing_ok=True)

    def keys(self) -> tuple[str, ...]:
        """The names of all drafts kept, as they can be offered again."""
        if not self.folder.is_dir():
            return ()
        return tuple(sorted(file.stem for file in self.folder.glob("*.json")))
