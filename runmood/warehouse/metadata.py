"""The writer's notes: which formulas tables were built with, and for which days findings were answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.warehouse.ddl import load_sql

if TYPE_CHECKING:
    import datetime as dt

    import duckdb


class BuildMetadata:
    """The notes in a database that is open for writing."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        connection.execute("create schema if not exists made")
        connection.execute("create table if not exists made.notes (name varchar primary key, value varchar)")
        connection.execute("create table if not exists made.answered (local_date date, fingerprint ubigint)")

    def get(self, name: str) -> str | None:
        """Return what was noted under a name."""
        row = self._connection.execute("select value from made.notes where name = ?", [name]).fetchone()
        return str(row[0]) if row else None

    def put(self, name: str, value: str) -> None:
        """Note something, instead of what stood under the name."""
        self._connection.execute("insert or replace into made.notes values (?, ?)", [name, value])

    def changed_since_answered(self) -> dt.date | None:
        """Return the first day that differs from what the findings were last made of; null where none does."""
        row = self._connection.execute(f"""
            select min(local_date)
            from ({load_sql("day_fingerprints")}) as now
            full join made.answered as before using (local_date)
            where now.fingerprint is distinct from before.fingerprint
        """).fetchone()  # noqa: S608 - ours
        return row[0] if row else None

    def note_answered(self) -> None:
        """Remember of what the findings of tonight were made."""
        self._connection.execute(f"create or replace table made.answered as {load_sql('day_fingerprints')}")

    def forget_all(self) -> None:
        """Forget that anything was built."""
        self._connection.execute("delete from made.notes")
        self.forget_answered()

    def forget_answered(self) -> None:
        """Forget what was answered, so that every night is answered again."""
        self._connection.execute("delete from made.answered")
