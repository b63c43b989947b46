"""What keeps an engineer from being in two places and a site from being booked twice.

Run by the migration that brings visits and when a new desk is made; never changed, only followed
by others. Both databases keep the same rule:

- Two visits that hold their time must not share any of it where engineer or site are the same; at
  different sites the engineer also has the travel time (`gap_us`) of the earlier visit in between.
- A visit put over another on purpose (`deliberate`) is let in, and from then on it is in the way of
  later ones like any other. What lies over each other stays as it is until its time, engineer or
  site change.

SQLite keeps it by triggers, PostgreSQL by exclusion constraints, with a trigger only for what an
exclusion constraint cannot say: visits beside those put over others on purpose.
"""

from __future__ import annotations

from typing import Final

#: What the databases say when they refuse; the desk reads these and nothing else of the message.
ENGINEER_TAKEN: Final = "ex_visit_engineer"
TRAVEL_TAKEN: Final = "ex_visit_travel"
SITE_TAKEN: Final = "ex_visit_site"
REFUSALS: Final = (ENGINEER_TAKEN, TRAVEL_TAKEN, SITE_TAKEN)

_PLACED_ANEW: Final = """
    new.from_us <> old.from_us OR new.to_us <> old.to_us OR new.engineer_id <> old.engineer_id
    OR new.site_id <> old.site_id OR new.gap_us <> old.gap_us OR new.holds > old.holds
    OR new.deliberate < old.deliberate
"""

_ENGINEER: Final = """
    SELECT 1 FROM visit v WHERE v.engineer_id = new.engineer_id AND v.holds = 1 AND v.id <> new.id
    AND v.from_us < new.to_us AND new.from_us < v.to_us
"""
_TRAVEL: Final = """
    SELECT 1 FROM visit v WHERE v.engineer_id = new.engineer_id AND v.holds = 1 AND v.id <> new.id
    AND v.site_id <> new.site_id
    AND v.from_us < new.to_us + new.gap_us AND new.from_us < v.to_us + v.gap_us
"""
_SITE: Final = """
    SELECT 1 FROM visit v WHERE v.site_id = new.site_id AND v.holds = 1 AND v.id <> new.id
    AND v.from_us < new.to_us AND new.from_us < v.to_us
"""
#: No visit lasts longer, so that a look at the neighbours is a short stretch of an index.
_LONGEST_US: Final = 48 * 3600 * 1_000_000
_NEAR: Final = f" AND v.from_us > new.from_us - {_LONGEST_US}"


def _sqlite(name: str, event: str, when: str) -> str:
    return f"""
    CREATE TRIGGER {name} BEFORE {event} ON visit WHEN new.holds = 1 AND new.deliberate = 0{when}
    BEGIN
        SELECT RAISE(ABORT, '{ENGINEER_TAKEN}') WHERE EXISTS ({_ENGINEER}{_NEAR});
        SELECT RAISE(ABORT, '{TRAVEL_TAKEN}') WHERE EXISTS ({_TRAVEL}{_NEAR});
        SELECT RAISE(ABORT, '{SITE_TAKEN}') WHERE EXISTS ({_SITE}{_NEAR});
    END
    """


SQLITE: Final = (
    _sqlite("visit_added", "INSERT", ""),
    _sqlite("visit_changed", "UPDATE", f" AND ({_PLACED_ANEW})"),
)


def _excluded(name: str, parts: str) -> str:
    return f"""
    ALTER TABLE visit ADD CONSTRAINT {name} EXCLUDE USING gist ({parts})
    WHERE (holds = 1 AND deliberate = 0)
    """


def _raise(name: str, found: str) -> str:
    return f"""
        IF EXISTS ({found} AND v.deliberate = 1{_NEAR}) THEN
            RAISE EXCEPTION '{name}' USING ERRCODE = 'exclusion_violation', CONSTRAINT = '{name}';
        END IF;
    """


POSTGRESQL: Final = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    _excluded(ENGINEER_TAKEN, "engineer_id WITH =, int8range(from_us, to_us) WITH &&"),
    _excluded(
        TRAVEL_TAKEN,
        "engineer_id WITH =, site_id WITH <>, int8range(from_us, to_us + gap_us) WITH &&",
    ),
    _excluded(SITE_TAKEN, "site_id WITH =, int8range(from_us, to_us) WITH &&"),
    f"""
    CREATE FUNCTION visit_beside_overlaps() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        {_raise(ENGINEER_TAKEN, _ENGINEER)}
        {_raise(TRAVEL_TAKEN, _TRAVEL)}
        {_raise(SITE_TAKEN, _SITE)}
        RETURN new;
    END $$
    """,
    """
    CREATE TRIGGER visit_added BEFORE INSERT ON visit FOR EACH ROW
    WHEN (new.holds = 1 AND new.deliberate = 0) EXECUTE FUNCTION visit_beside_overlaps()
    """,
    f"""
    CREATE TRIGGER visit_changed BEFORE UPDATE ON visit FOR EACH ROW
    WHEN (new.holds = 1 AND new.deliberate = 0 AND ({_PLACED_ANEW}))
    EXECUTE FUNCTION visit_beside_overlaps()
    """,
)


def statements(dialect: str) -> tuple[str, ...]:
    """The statements for ``sqlite`` or ``postgresql``, in order."""
    return SQLITE if dialect == "sqlite" else POSTGRESQL
