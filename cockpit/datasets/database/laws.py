"""Append-only tables: the triggers by which the database itself refuses a change.

An owner of the database can of course drop them; a program cannot by mistake.
"""

from __future__ import annotations


def append_only(table: str, words: str, *, is_sqlite: bool, replaces: str = "number = NEW.number") -> tuple[str, ...]:
    """Statements that make a table append-only.

    Args:
        words: what the database says when it refuses.
        replaces: which rows an INSERT OR REPLACE would delete, as SQL on the table and NEW; SQLite asks no DELETE
            trigger for those.
    """
    if is_sqlite:
        return (
            *(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
                for verb in ("UPDATE", "DELETE")
            ),
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS "
            f"(SELECT 1 FROM {table} WHERE {replaces}) BEGIN SELECT RAISE(ABORT, '{words}'); END",
        )
    return (
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{words}'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    )


def lifted(table: str, *, is_sqlite: bool) -> tuple[str, ...]:
    """Statements that allow deletions again, for a purge in one transaction that ends with `append_only`."""
    if is_sqlite:
        return tuple(f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete", "replace"))
    return tuple(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}" for name in ("no_change", "no_truncate"))
