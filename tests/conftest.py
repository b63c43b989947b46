"""What holds for every test: nobody's own desk, settings or log is read or written."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

OURS = ("DESKTERM_DATABASE", "DESKTERM_NOW", "NO_COLOR", "COLORTERM")
PLACES = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


# Every console is a heap of cycles that lives for one test; looking through all of them again and
# again took a fifth of the run.
gc.set_threshold(100_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def _a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home: Path = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in OURS:
            patch.delenv(name, raising=False)
        for name in PLACES:
            patch.setenv(name, str(home / name.lower()))
        patch.setenv("HOME", str(home))
        yield
