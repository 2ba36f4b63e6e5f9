"""What the writer notes for itself: by which formulas things were made, and for which days findings were answered.

The notes stand in a schema of their own, `made`, which the published copy holds too and nobody needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    import duckdb

# What a night's answers are made of, by day. A night's answer uses nothing later than that night, so it stands until
# a day up to it says something else.
FINGERPRINTS = """
    select local_date, bit_xor(hash(kind, line)) as fingerprint
    from (
        select local_date, 'day' as kind, days::varchar as line from days
        union all select local_date, 'run', runs::varchar from runs
        union all select runs.local_date, 'mood', run_moods::varchar from run_moods join runs using (run_id)
    )
    group by local_date
"""


class Notes:
    """The notes in a database that is open for writing."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        connection.execute("create schema if not exists made")
        connection.execute("create table if not exists made.notes (name varchar primary key, value varchar)")
        connection.execute("create table if not exists made.answered (local_date date, fingerprint ubigint)")

    def get(self, name: str) -> str | None:
        """What was noted under a name."""
        row = self._connection.execute("select value from made.notes where name = ?", [name]).fetchone()
        return str(row[0]) if row else None

    def put(self, name: str, value: str) -> None:
        """Note something, instead of what stood under the name."""
        self._connection.execute("insert or replace into made.notes values (?, ?)", [name, value])

    def changed_since_answered(self) -> dt.date | None:
        """The first day that differs from what the findings were last made of, or has none; null where all stands."""
        row = self._connection.execute(f"""
            select min(local_date)
            from ({FINGERPRINTS}) as now
            full join made.answered as before using (local_date)
            where now.fingerprint is distinct from before.fingerprint
        """).fetchone()  # noqa: S608 - ours
        return row[0] if row else None

    def note_answered(self) -> None:
        """Remember of what the findings of tonight were made."""
        self._connection.execute(f"create or replace table made.answered as {FINGERPRINTS}")

    def forget_all(self) -> None:
        """Nothing was made yet."""
        self._connection.execute("delete from made.notes")
        self.forget_answered()

    def forget_answered(self) -> None:
        """Every night is to be answered again."""
        self._connection.execute("delete from made.answered")
