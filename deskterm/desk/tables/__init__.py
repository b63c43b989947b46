"""What the database holds, by subject: `people`, `agreements`, `tickets`, `journal`, `views`,
`visits`.

A module is imported by what needs it, because every table costs time to define and the first
screen waits for none of them. `everything` imports them all, for creating and migrating a desk.
"""

from __future__ import annotations

from sqlalchemy import MetaData


def everything() -> MetaData:
    """The metadata with every table of the desk in it."""
    from deskterm.desk.tables import agreements, journal, people, tickets, views, visits
    from deskterm.desk.tables.base import Table

    del agreements, journal, people, tickets, views, visits
    return Table.metadata
