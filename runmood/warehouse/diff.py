"""What differs between two databases, table by table: after a rebuild by another version, or for a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from runmood.warehouse.ddl import sql_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from runmood.schema.types import Table


@dataclass(frozen=True, slots=True)
class TableDiff:
    """How many rows of a table are new, gone, or not as they were."""

    table: str
    added: int
    removed: int
    changed: int


def compare(before: Path, after: Path, tables: Iterable[Table]) -> list[TableDiff]:
    """Return the tables that differ; a row is the same one where its key is, and only columns in both are compared."""
    with duckdb.connect() as both:
        both.execute(f"attach {sql_text(str(before))} as before (read_only)")
        both.execute(f"attach {sql_text(str(after))} as after (read_only)")
        differences = (_difference(both, table) for table in tables)
        return [each for each in differences if each.added or each.removed or each.changed]


def _difference(both: duckdb.DuckDBPyConnection, table: Table) -> TableDiff:
    if not _columns(both, "before", table):
        row = both.execute(f"select count(*), 0, 0 from after.{table.name}").fetchone()  # noqa: S608 - from the schema
    else:
        shared = [name for name in table.schema.names() if name in _columns(both, "before", table)]
        query = f"""
            select
                count(*) filter (before.here is null),
                count(*) filter (after.here is null),
                count(*) filter (before.line <> after.line)
            from (select {_line(shared)}, {", ".join(table.key)} from before.{table.name}) as before
            full join (select {_line(shared)}, {", ".join(table.key)} from after.{table.name}) as after
            using ({", ".join(table.key)})
        """  # noqa: S608 - the names are from the schema
        row = both.execute(query).fetchone()
    return TableDiff(table.name, *(row or (0, 0, 0)))


def _line(names: list[str]) -> str:
    return f"true as here, row({', '.join(names)})::varchar as line"


def _columns(both: duckdb.DuckDBPyConnection, database: str, table: Table) -> set[str]:
    query = "select column_name from duckdb_columns() where database_name = ? and table_name = ?"
    return {name for (name,) in both.execute(query, [database, table.name]).fetchall()}
