"""Moving a desk to another database: everything arrives, and the desk goes on there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Deskterm
from tests.desk.visits.servers import new_database, postgres


@pytest.fixture(params=["file", pytest.param("postgresql", marks=pytest.mark.system)])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    if request.param == "file":
        yield str(tmp_path / "new" / "desk.db")
        return
    with postgres() as socket_dir:
        yield new_database(socket_dir, "moved")


def busy(deskterm: Deskterm) -> None:
    """A desk with a little of everything."""
    deskterm("agent", "add", "Kim", "--role", "engineer")
    deskterm("customer", "contact", "Oakfield", "Jo Marsh")
    deskterm("vary", "shutdown", "2026-12-24", "2027-01-03", "--policy", "concero")
    deskterm(
        "customer", "add", "Marlow", "--policy", "concero", "--package", "scheduled",
        "--visits", "23",
    )  # fmt: skip
    deskterm("visits", "book", "--customer", "Marlow", "--date", "2026-11-24", "--slot", "am")
    new = ["ticket", "new", "--customer", "Oakfield", "--subject", "Projector blank"]
    number = deskterm(*new, "--priority", "medium").out.strip()
    deskterm("ticket", "hold", number, "--reason", "awaiting_parts")
    deskterm(*new, "--priority", "high")


def seen(deskterm: Deskterm) -> list[object]:
    """What the desk says of itself."""
    return [
        deskterm(*arguments, "--json").json
        for arguments in (
            ["ticket", "list"],
            ["ticket", "list", "projector"],
            ["ticket", "show", "1"],
            ["customer", "show", "Oakfield"],
            ["agent", "list"],
            ["vary", "list", "--policy", "concero"],
            ["visits", "week", "--date", "2026-11-24"],
            ["visits", "check"],
            ["audit", "verify"],
        )
    ]


def test_everything_arrives_and_the_desk_goes_on(deskterm: Deskterm, elsewhere: str) -> None:
    busy(deskterm)
    before = seen(deskterm)
    said = deskterm("move", "--to", elsewhere).out
    assert "DESKTERM_DATABASE=" in said
    assert seen(deskterm) == before
    there = deskterm.at_database(elsewhere)
    assert seen(there) == before
    # Numbers go on where they were, and everything can still be done.
    new = there("ticket", "new", "--customer", "Oakfield", "--subject", "On the new one")
    assert new.out == "3\n"
    there("agent", "add", "Lee", "--role", "engineer")
    there("ticket", "resume", "1")
    there("visits", "book", "--customer", "Marlow", "--date", "2026-11-25", "--slot", "am")
    assert there("audit", "verify", "--json").json["sound"] is True


def test_nothing_is_moved_onto_a_desk(deskterm: Deskterm, begun: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    deskterm("move", "--to", str(there))
    again = deskterm.try_("move", "--to", str(there))
    assert again.status == 1
    assert "There is a desk already" in again.err
