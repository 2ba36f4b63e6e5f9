"""Tables, columns and their comments in DuckDB, made from `terms.columns`; frames in and out."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from runmood.terms import columns
from runmood.warehouse.matching import COMPARED

if TYPE_CHECKING:
    import duckdb

    from runmood.terms.frames import Column, Table

# Filled from files and from the journal; all other tables are made from these.
KEPT = (columns.SOURCE_FILES, columns.RECORDINGS, columns.LAPS, columns.NOTICES, columns.IMPORTS)
SAID = (columns.CHECK_INS, columns.PLANS, columns.FINDINGS)
JOINED = (columns.RUN_PAIRS, columns.RUN_FILES, columns.RUNS, columns.DAYS, columns.WEEKS)  # each from those before
BY_NAME = {table.name: table for table in (*KEPT, *SAID, *JOINED)}
VIEWS = {"findings_now": "one question with its latest answer", "points": columns.POINTS.row}

_TYPES = {
    pl.String(): "varchar",
    pl.Float64(): "double",
    pl.Int64(): "bigint",
    pl.Boolean(): "boolean",
    pl.Date(): "date",
    pl.Datetime("us", "UTC"): "timestamptz",
    pl.List(pl.String()): "varchar[]",
}


class _ArrowStream:
    """A frame as DuckDB may take it without pyarrow: it sees nothing but the Arrow stream."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.__arrow_c_stream__ = frame.__arrow_c_stream__


def sql(name: str) -> str:
    """The statement in `sql/name.sql`."""
    return files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Every table that is kept, if it is not there yet, with a comment on it and on each column."""
    connection.execute(sql("macros"))
    there = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
    for table in (*KEPT, COMPARED, *SAID):
        if table.name in there:
            continue
        lines = ", ".join(f"{column.name} {_type(column)}" for column in table.columns)
        connection.execute(f"create table {table.name} ({lines}, primary key ({', '.join(table.key)}))")
        comment(connection, table)


def join(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """A joined table, made anew from those before it."""
    names = ", ".join(f"{column.name}::{_type(column)} as {column.name}" for column in table.columns)
    connection.execute(f"create or replace table {table.name} as select {names} from ({sql(table.name)})")  # noqa: S608 - ours
    comment(connection, table)


def lend(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    """A frame as a temporary table, for the statements that follow."""
    connection.register("incoming", _ArrowStream(frame))
    connection.execute(f"create or replace temp table {name} as select * from incoming")  # noqa: S608 - ours
    connection.unregister("incoming")


def comment(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """What a row is and what each column means, where an analyst's tools show it."""
    connection.execute(f"comment on table {table.name} is {_quoted(f'One row is {table.row}.')}")
    for column in table.columns:
        connection.execute(f"comment on column {table.name}.{column.name} is {_quoted(_meaning(column))}")


def create_view(connection: duckdb.DuckDBPyConnection, name: str, points: str) -> None:
    """A view with a comment; `points` is the folder of the Parquet files, and without any the view is empty."""
    statement = sql(name).replace("{points}", points.replace("'", "''"))
    if name == "points" and not any(Path(points).glob("*.parquet")):
        nothing = ", ".join(f"null::{_type(column)} as {column.name}" for column in columns.POINTS.columns)
        statement = f"select null::varchar as run_id, {nothing} where false"
    connection.execute(f"create or replace view {name} as {statement}")
    connection.execute(f"comment on view {name} is {_quoted(f'One row is {VIEWS[name]}.')}")


def insert(connection: duckdb.DuckDBPyConnection, table: Table, frame: pl.DataFrame) -> None:
    """The rows of a frame, checked, into their table; a row with the same key is replaced."""
    if frame.is_empty():
        return
    connection.register("incoming", _ArrowStream(table.check(frame)))
    connection.execute(f"insert or replace into {table.name} by name select * from incoming")  # noqa: S608 - ours
    connection.unregister("incoming")


def select(connection: duckdb.DuckDBPyConnection, table: Table) -> pl.DataFrame:
    """A whole table as a checked frame, in order of its key."""
    query = f"select * from {table.name} order by {', '.join(table.key)}"  # noqa: S608 - ours
    return table.check(frame_of(connection, query).cast(table.schema))


def frame_of(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    """The answer to a query as a frame."""
    return pl.DataFrame(connection.sql(query))


def _type(column: Column) -> str:
    return _TYPES[column.dtype]


def _meaning(column: Column) -> str:
    unit = f" [{column.unit}]" if column.unit else ""
    span = f" ({column.range})" if column.range else ""
    return f"{column.meaning}{unit}{span}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
