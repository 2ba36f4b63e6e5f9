"""Tables, views and their comments in DuckDB, created from `runmood.schema`; frames in and out."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

import polars as pl

from runmood import schema
from runmood.core.versions import VERSION
from runmood.schema.fingerprint import schema_fingerprint
from runmood.schema.tables import (
    BEST_EFFORTS,
    CHECK_IN_HELPED,
    CHECK_INS,
    CUSTOM_ANSWERS,
    DAYS,
    FINDING_FEEDBACK,
    FINDINGS,
    GOALS,
    HEART_RATE_HISTOGRAM,
    IMPORTS,
    LAPS,
    MONTHS,
    NIGHTS,
    NOTICES,
    PLANS,
    RECORDINGS,
    REFLECTIONS,
    ROLLING,
    RUN_FILES,
    RUN_MOODS,
    RUN_PAIRS,
    RUNS,
    SCHEMA_VERSION,
    SENSITIVITY,
    SOURCE_FILES,
    SPLITS,
    TO_DECIDE,
    WEEKS,
    YEARS,
)
from runmood.schema.types import ColumnType, Table
from runmood.schema.views import RUN_POINTS
from runmood.warehouse.checkin_sql import checkin_marks
from runmood.warehouse.matching import COMPARED

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from runmood.schema.types import ColumnSpec


# Filled from files, from the journal, and by the findings; the writer keeps them from one night to the next.
RECORDING_PARTS = (LAPS, SPLITS, BEST_EFFORTS, HEART_RATE_HISTOGRAM)
FILE_TABLES = (SOURCE_FILES, RECORDINGS, *RECORDING_PARTS, NIGHTS, NOTICES, IMPORTS, COMPARED)
JOURNAL_TABLES = (CHECK_INS, CHECK_IN_HELPED, CUSTOM_ANSWERS, GOALS, REFLECTIONS, FINDING_FEEDBACK)
FINDING_TABLES = (FINDINGS, SENSITIVITY)

# Built again each time, each from those before; a mere name is a temporary table that is not published.
UP_TO_DAYS = (
    RUN_FILES, "run_measures", "check_in_runs", "run_efforts", "run_zones", "run_name_tags", "run_tags",
    RUNS, TO_DECIDE, "unread_days", "dates", "device_coverage", "calendar", PLANS, DAYS,
)  # fmt: skip
FROM_DAYS = (RUN_MOODS, WEEKS, MONTHS, YEARS, ROLLING)
_PERIODS = {"weeks": "week", "months": "month", "years": "year"}

_BUILT = [table for table in (RUN_PAIRS, *UP_TO_DAYS, *FROM_DAYS) if isinstance(table, Table)]
BY_NAME = {table.name: table for table in (*FILE_TABLES, *JOURNAL_TABLES, *FINDING_TABLES, *_BUILT, SCHEMA_VERSION)}

_TYPES = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.REAL: "DOUBLE",
    ColumnType.WHOLE: "BIGINT",
    ColumnType.FLAG: "BOOLEAN",
    ColumnType.DAY: "DATE",
    ColumnType.MOMENT: "TIMESTAMP WITH TIME ZONE",
    ColumnType.WORDS: "VARCHAR[]",
}


class _ArrowStream:
    """A frame as DuckDB reads it without pyarrow: nothing but its Arrow stream."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.__arrow_c_stream__ = frame.__arrow_c_stream__


def load_sql(name: str) -> str:
    """Return the statement in `sql/name.sql`, with what follows from the check-in items in place of its marks."""
    statement = files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
    for mark, meant in checkin_marks().items():
        statement = statement.replace(mark, meant)
    return statement


def build(connection: duckdb.DuckDBPyConnection, table: Table | str) -> None:
    """Build a table, or a temporary table of that name, from those before it."""
    if isinstance(table, str):
        connection.execute(f"create or replace temp table {table} as {load_sql(table)}")
        return
    period = _PERIODS.get(table.name)
    statement = load_sql("periods").replace("{period}", period) if period else load_sql(table.name)
    create(connection, table)
    names = ", ".join(table.schema.names())
    order = ", ".join(table.key)
    connection.execute(f"insert into {table.name} by name select {names} from ({statement}) order by {order}")  # noqa: S608 - ours


def register_temp(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    """Make a frame a temporary table, for the statements that follow."""
    connection.register("incoming", _ArrowStream(frame))
    connection.execute(f"create or replace temp table {name} as select * from incoming")  # noqa: S608 - ours
    connection.unregister("incoming")


def replace(connection: duckdb.DuckDBPyConnection, table: Table, frame: pl.DataFrame) -> None:
    """Replace all rows of a table by those of a frame."""
    connection.execute(f"delete from {table.name}")  # noqa: S608 - the name is from the schema
    insert(connection, table, frame)


def insert(connection: duckdb.DuckDBPyConnection, table: Table, frame: pl.DataFrame) -> None:
    """Check the rows of a frame and insert them; a row with the same key is replaced."""
    if frame.is_empty():
        return
    connection.register("incoming", _ArrowStream(table.check(frame)))
    connection.execute(f"insert or replace into {table.name} by name select * from incoming")  # noqa: S608 - ours
    connection.unregister("incoming")


def select(connection: duckdb.DuckDBPyConnection, table: Table) -> pl.DataFrame:
    """Return a whole table as a checked frame, in order of its key."""
    query = f"select * from {table.name} order by {', '.join(table.key)}"  # noqa: S608 - ours
    return table.of(frame_of(connection, query))


def frame_of(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    """Return the answer to a query as a frame."""
    return pl.DataFrame(connection.sql(query))


def create(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Create a table without rows, with its key, constraints and comments; one of that name is dropped."""
    lines = ", ".join(f"{column.name} {sql_type(column)}{_constraints(column)}" for column in table.columns)
    connection.execute(f"create or replace table {table.name} ({lines}, primary key ({', '.join(table.key)}))")
    add_comments(connection, table, "table")


def renew(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Create a table again with the constraints of today and the rows it had; DuckDB raises where one breaks them."""
    connection.execute(f"create or replace temp table kept_rows as from {table.name}")
    create(connection, table)
    connection.execute(f"insert into {table.name} by name from kept_rows")
    connection.execute("drop table kept_rows")


def add_comments(connection: duckdb.DuckDBPyConnection, table: Table, kind: str, of: str = "") -> None:
    """Add what a row is and what each column means, where an analyst's tools show it; `of` names another database."""
    connection.execute(f"comment on {kind} {of}{table.name} is {sql_text(f'One row is {table.row}.')}")
    for column in table.columns:
        connection.execute(f"comment on column {of}{table.name}.{column.name} is {sql_text(_column_comment(column))}")


def _constraints(column: ColumnSpec) -> str:
    """Return what the database itself refuses: null where there is always a value, and what is out of range."""
    least = [] if column.least is None else [f"{column.name} >= {column.least:g}"]
    most = [] if column.most is None else [f"{column.name} <= {column.most:g}"]
    chosen = [f"{column.name} in ({', '.join(map(sql_text, column.choices))})"] if column.choices else []
    rules = [*least, *most, *chosen]
    return (" not null" if column.always else "") + (f" check ({' and '.join(rules)})" if rules else "")


def sql_type(column: ColumnSpec) -> str:
    """Return a column's type, as DuckDB names it."""
    return _TYPES[column.type]


def _column_comment(column: ColumnSpec) -> str:
    unit = f" [{column.unit}]" if column.unit else ""
    span = f" ({column.range})" if column.range else ""
    return f"{column.meaning}{unit}{span}"


def sql_text(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def sql_name(text: str) -> str:
    """Return the name of a column that a person chose, as SQL writes it."""
    return '"' + text.replace('"', '""') + '"'


def make_views(connection: duckdb.DuckDBPyConnection, points: Path) -> None:
    """Create every view over the tables that are there, and the table of the schema's version.

    Args:
        connection: A connection to the writer's database.
        points: The folder of the Parquet files.
    """
    own = connection.execute(load_sql("custom_questions")).fetchall()
    where = {"{points}": str(points).replace("'", "''"), "{answers}": _answers(own)}
    for view in schema.VIEWS:
        statement = load_sql(f"views/{view.name}")
        for mark, meant in where.items():
            statement = statement.replace(mark, meant)
        if view is RUN_POINTS and not any(points.glob("*.parquet")):
            statement = f"select {_nulls()} where false"  # DuckDB reads no folder that holds nothing
        connection.execute(f"create or replace view {view.name} as {statement}")
        add_comments(connection, view, "view")
    for item, _ in own:
        meaning = f"The answer to the own question {item}; yes is 1 and no is 0."
        connection.execute(f"comment on column custom_items.{sql_name(item)} is {sql_text(meaning)}")
    _write_version(connection)


def _answers(own: list[tuple[str, bool]]) -> str:
    """Return a column for each own question, given with whether its answers are words; a number else."""
    return "".join(
        f", max({'words' if in_words else 'value'}) filter (item = {sql_text(item)}) as {sql_name(item)}"
        for item, in_words in own
    )


def _nulls() -> str:
    return ", ".join(f"null::{sql_type(column)} as {column.name}" for column in RUN_POINTS.columns)


def _write_version(connection: duckdb.DuckDBPyConnection) -> None:
    row = {"version": VERSION, "runmood": version("runmood"), "fingerprint": schema_fingerprint()}
    create(connection, SCHEMA_VERSION)
    insert(connection, SCHEMA_VERSION, SCHEMA_VERSION.frame([row]))
