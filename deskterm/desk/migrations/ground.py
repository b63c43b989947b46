"""What SQLModel cannot say about the first schema: full text, tables only added to, first rows.

Run by the first migration and when a new desk is made; never changed, only followed by others.
"""

from __future__ import annotations

from typing import Final

_FTS: Final = (
    "USING fts5(words, content='ticket_text', content_rowid='number', "
    "tokenize='unicode61 remove_diacritics 0', prefix='2 3')"
)

SQLITE: Final = (
    "INSERT INTO journal_head (id, last_event, chain) VALUES (1, 0, zeroblob(32))",
    f"CREATE VIRTUAL TABLE ticket_live_fts {_FTS}",
    f"CREATE VIRTUAL TABLE ticket_done_fts {_FTS}",
    """
    CREATE TRIGGER ticket_text_added AFTER INSERT ON ticket_text BEGIN
        INSERT INTO ticket_live_fts(rowid, words) SELECT new.number, new.words WHERE new.live = 1;
        INSERT INTO ticket_done_fts(rowid, words) SELECT new.number, new.words WHERE new.live = 0;
    END
    """,
    """
    CREATE TRIGGER ticket_text_removed AFTER DELETE ON ticket_text BEGIN
        INSERT INTO ticket_live_fts(ticket_live_fts, rowid, words)
            SELECT 'delete', old.number, old.words WHERE old.live = 1;
        INSERT INTO ticket_done_fts(ticket_done_fts, rowid, words)
            SELECT 'delete', old.number, old.words WHERE old.live = 0;
    END
    """,
    """
    CREATE TRIGGER ticket_text_changed AFTER UPDATE ON ticket_text BEGIN
        INSERT INTO ticket_live_fts(ticket_live_fts, rowid, words)
            SELECT 'delete', old.number, old.words WHERE old.live = 1;
        INSERT INTO ticket_done_fts(ticket_done_fts, rowid, words)
            SELECT 'delete', old.number, old.words WHERE old.live = 0;
        INSERT INTO ticket_live_fts(rowid, words) SELECT new.number, new.words WHERE new.live = 1;
        INSERT INTO ticket_done_fts(rowid, words) SELECT new.number, new.words WHERE new.live = 0;
    END
    """,
    """
    CREATE TRIGGER event_only_redacted BEFORE UPDATE ON event
    WHEN new.payload IS NOT NULL OR new.salt IS NOT NULL
        OR new.id <> old.id OR new.subject <> old.subject OR new.subject_id <> old.subject_id
        OR new.at_us <> old.at_us OR new.recorded_us <> old.recorded_us
        OR new.agent_id IS NOT old.agent_id OR new.kind <> old.kind
        OR new.payload_hash <> old.payload_hash OR new.chain <> old.chain
    BEGIN
        SELECT RAISE(ABORT, 'the journal is only ever added to');
    END
    """,
    """
    CREATE TRIGGER event_never_deleted BEFORE DELETE ON event BEGIN
        SELECT RAISE(ABORT, 'the journal is only ever added to');
    END
    """,
    """
    CREATE TRIGGER time_fact_never_changed BEFORE UPDATE ON time_fact BEGIN
        SELECT RAISE(ABORT, 'facts about time are only ever added to');
    END
    """,
    """
    CREATE TRIGGER time_fact_never_deleted BEFORE DELETE ON time_fact BEGIN
        SELECT RAISE(ABORT, 'facts about time are only ever added to');
    END
    """,
)

POSTGRESQL: Final = (
    """
    INSERT INTO journal_head (id, last_event, chain)
        VALUES (1, 0, decode(repeat('00', 32), 'hex'))
    """,
    """
    ALTER TABLE ticket_text ADD COLUMN found tsvector
        GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED
    """,
    "CREATE INDEX ix_ticket_text_live ON ticket_text USING gin (found) WHERE live = 1",
    "CREATE INDEX ix_ticket_text_done ON ticket_text USING gin (found) WHERE live = 0",
    """
    CREATE FUNCTION only_added() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '%% is only ever added to', TG_TABLE_NAME;
    END $$
    """,
    """
    CREATE TRIGGER event_only_redacted BEFORE UPDATE ON event FOR EACH ROW
    WHEN (new.payload IS NOT NULL OR new.salt IS NOT NULL
        OR (new.id, new.subject, new.subject_id, new.at_us, new.recorded_us, new.agent_id,
            new.kind, new.payload_hash, new.chain)
        IS DISTINCT FROM
           (old.id, old.subject, old.subject_id, old.at_us, old.recorded_us, old.agent_id,
            old.kind, old.payload_hash, old.chain))
    EXECUTE FUNCTION only_added()
    """,
    """
    CREATE TRIGGER event_never_deleted BEFORE DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION only_added()
    """,
    """
    CREATE TRIGGER time_fact_only_added BEFORE UPDATE OR DELETE ON time_fact
    FOR EACH ROW EXECUTE FUNCTION only_added()
    """,
)


def statements(dialect: str) -> tuple[str, ...]:
    """The statements for ``sqlite`` or ``postgresql``, in order."""
    return SQLITE if dialect == "sqlite" else POSTGRESQL
