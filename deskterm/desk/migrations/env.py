"""What Alembic runs: always on a connection that the desk has opened, in its transaction."""

from __future__ import annotations

from typing import Any

from alembic import context

from deskterm.desk.migrations.compare import ours
from deskterm.desk.tables import everything


def run() -> None:
    """Run migrations, or compare, on the connection that was handed over."""
    connection = context.config.attributes["connection"]
    options: dict[str, Any] = {
        "connection": connection,
        "target_metadata": everything(),
        "include_object": ours,
        # SQLite changes a table by copying it.
        "render_as_batch": connection.dialect.name == "sqlite",
        "compare_type": True,
        "transactional_ddl": False,
    }
    context.configure(**options)
    context.run_migrations()


run()
