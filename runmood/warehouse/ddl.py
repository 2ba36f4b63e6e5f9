"""Tables, views and their comments in DuckDB, created from `runmood.schema`; frames in and out.

What follows in statements from the check-in items is made here, so that no statement names one item after the other.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

import polars as pl

from runmood import schema
from runmood.core.checkin_items import DAILY, LEAST, MOST
from runmood.core.versions import VERSION
from runmood.schema import schema_fingerprint
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
from runmood.schema.types import ColumnType, Table, real, text
from runmood.schema.views import RUN_POINTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import duckdb

    from runmood.core.checkin_items import CheckInItem, DailyColumn
    from runmood.schema.types import ColumnSpec


# Filled by `warehouse.matching` and kept by the writer, so that a night compares new pairs only.
COMPARED = Table("compared", "two recordings whose positions were compared", ("one", "other"), (
    text("one", "A recording.", always=True),
    text("other", "Another recording, later by name.", always=True),
    real("shift_s", "How much later the other's clock is, where they agree best."),
    real("apart_m", "Nine in ten of the positions lie at most so far apart; null when they could not be compared.", 0),
))  # fmt: skip

# Filled from files, from the journal, and by the findings; the writer keeps them from one night to the next.
RECORDING_PARTS = (LAPS, SPLITS, BEST_EFFORTS, HEART_RATE_HISTOGRAM)
FILE_TABLES = (SOURCE_FILES, RECORDINGS, *RECORDING_PARTS, NIGHTS, NOTICES, IMPORTS, COMPARED)
JOURNAL_TABLES = (CHECK_INS, CHECK_IN_HELPED, CUSTOM_ANSWERS, GOALS, REFLECTIONS, FINDING_FEEDBACK)
FINDING_TABLES = (FINDINGS, SENSITIVITY)

# Built again each time, each from those before; a mere name is a temporary table that is not published.
RUN_TABLES = (
    RUN_FILES, "run_measures", "check_in_runs", "run_efforts", "run_zones", "run_name_tags", "run_tags",
    RUNS, TO_DECIDE, RUN_MOODS,
)  # fmt: skip
UP_TO_DAYS = ("unread_days", "dates", "device_coverage", "calendar", PLANS, DAYS)
FROM_DAYS = (WEEKS, MONTHS, YEARS, ROLLING)
_PERIODS = {"weeks": "week", "months": "month", "years": "year"}

FEW_ROWS = 2048  # which DuckDB keeps together: fewer, deleted, take no room that is worth a table's making
_FRESH = "fresh_rows"  # a temporary table: what a table is to hold
_BUILT = [table for table in (RUN_PAIRS, *RUN_TABLES, *UP_TO_DAYS, *FROM_DAYS) if isinstance(table, Table)]
REPLACED = (*JOURNAL_TABLES, *_BUILT)  # whose rows are made anew each time
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


@cache
def load_sql(name: str) -> str:
    """Return the statement in `sql/name.sql`, with what follows from the check-in items in place of its marks."""
    return _marked(files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8"), checkin_marks())


def build(connection: duckdb.DuckDBPyConnection, table: Table | str) -> None:
    """Build a table, or a temporary table of that name, from those before it."""
    if isinstance(table, str):
        connection.execute(f"create or replace temp table {table} as {load_sql(table)}")
        return
    period = _PERIODS.get(table.name)
    statement = load_sql("periods").replace("{period}", period) if period else load_sql(table.name)
    columns = ", ".join(f"{column.name}::{sql_type(column)} as {column.name}" for column in table.columns)
    connection.execute(f"create or replace temp table {_FRESH} as select {columns} from ({statement})")  # noqa: S608 - ours
    _update(connection, table)


def register_temp(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    """Make a frame a temporary table, for the statements that follow."""
    connection.register("incoming", _ArrowStream(frame))
    connection.execute(f"create or replace temp table {name} as select * from incoming")  # noqa: S608 - ours
    connection.unregister("incoming")


def replace(connection: duckdb.DuckDBPyConnection, table: Table, frame: pl.DataFrame) -> None:
    """Check the rows of a frame and make them the rows of a table; of those with one key the last."""
    register_temp(connection, _FRESH, table.check(frame).unique(table.key, keep="last"))
    _update(connection, table)


def _update(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make the fresh rows those of a table, in order of its key; what stands before the first difference stays.

    Where a table has a key, DuckDB keeps the places of deleted rows for ever. So it is made again where it would take
    more than twice the places that it has rows, and a database does not grow with the nights.
    """
    keys = ", ".join(table.key)
    marks = {"{table}": table.name, "{fresh}": _FRESH, "{key}": f"row({keys})"}
    found = connection.execute(_marked(load_sql("first_difference"), marks)).fetchone()
    first, kept, places = found or (None, 0, 0)
    if first is not None:
        later = f"row({keys}) >= row({', '.join('?' for _ in table.key)})"
        if places > 2 * kept:
            create(connection, table)
            later, first = "true", ()
        else:
            connection.execute(f"delete from {table.name} where {later}", first)  # noqa: S608 - ours
        fresh = f"select * from {_FRESH} where {later} order by {keys}"  # noqa: S608 - ours
        connection.execute(f"insert into {table.name} by name {fresh}", first)
    connection.execute(f"drop table {_FRESH}")


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


def as_list(values: Iterable[str | int]) -> str:
    """Return texts or whole numbers as one value, which a statement reads by `::json::varchar[]` or `::json::int[]`.

    Of a list DuckDB asks each value whether it is one of pandas, which Python then tries to import: 100,000 texts take
    460 ms, and as one value 54.
    """
    return json.dumps([*values])


def frame_of(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    """Return the answer to a query as a frame."""
    return pl.DataFrame(connection.sql(query))


def create(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Create a table without rows, with its key, constraints and comments; one of that name is dropped."""
    for statement in table_statements(table):
        connection.execute(statement)


def table_statements(table: Table) -> tuple[str, ...]:
    """Return the statements that create a table without rows, with its key, constraints and comments."""
    lines = ", ".join(f"{column.name} {sql_type(column)}{_constraints(column)}" for column in table.columns)
    created = f"create or replace table {table.name} ({lines}, primary key ({', '.join(table.key)}))"
    return created, *_comments(table, "table")


def renew(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Create a table again with the constraints of today and the rows it had; DuckDB raises where one breaks them."""
    connection.execute(f"create or replace temp table kept_rows as from {table.name}")
    create(connection, table)
    connection.execute(f"insert into {table.name} by name from kept_rows")
    connection.execute("drop table kept_rows")


def drop_deleted(connection: duckdb.DuckDBPyConnection, tables: Iterable[Table]) -> None:
    """Create those tables again of which deleted rows take more places than rows that are there: see `_update`."""
    taken = dict(connection.execute("select table_name, estimated_size from duckdb_tables()").fetchall())
    for table in tables:
        if (places := taken.get(table.name, 0)) > FEW_ROWS:
            (count,) = connection.execute(f"select count(*) from {table.name}").fetchone() or (0,)  # noqa: S608 - ours
            if places > 2 * count:
                renew(connection, table)


def add_comments(connection: duckdb.DuckDBPyConnection, table: Table, kind: str, of: str = "") -> None:
    """Say what a row is and what each column means, where an analyst's tools show it; `of` names another database."""
    for statement in _comments(table, kind, of):
        connection.execute(statement)


def _comments(table: Table, kind: str, of: str = "") -> list[str]:
    """Return the statements that do so."""
    return [
        f"comment on {kind} {of}{table.name} is {sql_text(f'One row is {table.row}.')}",
        *(
            f"comment on column {of}{table.name}.{column.name} is {sql_text(_column_comment(column))}"
            for column in table.columns
        ),
    ]


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


def view_statements(connection: duckdb.DuckDBPyConnection, points: Path) -> list[str]:
    """Return the statements that create every view over the tables that are there, with their comments.

    Args:
        connection: A connection to the writer's database.
        points: The folder of the Parquet files.
    """
    own = connection.execute(load_sql("custom_questions")).fetchall()
    where = {
        "{folder}": load_sql("points_folder"),
        "{points}": str(points).replace("'", "''"),
        "{answers}": _answers(own),
    }
    statements = []
    for view in schema.VIEWS:
        statement = _marked(load_sql(f"views/{view.name}"), where)
        if view is RUN_POINTS and not any(points.glob("*.parquet")):
            statement = f"select {_nulls()} where false"  # DuckDB reads no folder that holds nothing
        statements += [f"create or replace view {view.name} as {statement}", *_comments(view, "view")]
    for item, _ in own:
        meaning = f"The answer to the own question {item}; yes is 1 and no is 0."
        statements.append(f"comment on column custom_items.{sql_name(item)} is {sql_text(meaning)}")
    return statements


def _marked(statement: str, meant: Mapping[str, str]) -> str:
    """Return a statement with what is meant in place of its marks."""
    for mark, words in meant.items():
        statement = statement.replace(mark, words)
    return statement


def _answers(own: list[tuple[str, bool]]) -> str:
    """Return a column for each own question, given with whether its answers are words; a number else."""
    return "".join(
        f", max({'words' if in_words else 'value'}) filter (item = {sql_text(item)}) as {sql_name(item)}"
        for item, in_words in own
    )


def _nulls() -> str:
    return ", ".join(f"null::{sql_type(column)} as {column.name}" for column in RUN_POINTS.columns)


def version_statements() -> list[str]:
    """Return the statements that make the table of the schema's version."""
    runmood, fingerprint = sql_text(version("runmood")), sql_text(schema_fingerprint())
    row = f"{VERSION} as version, {runmood} as runmood, {fingerprint} as fingerprint"
    return [*table_statements(SCHEMA_VERSION), f"insert into {SCHEMA_VERSION.name} by name select {row}"]


PICKS = {"first": "arg_min({item}, turn)", "last": "arg_max({item}, turn)", "highest": "max({item})"}


@cache
def checkin_marks() -> Mapping[str, str]:
    """Compose the SQL that follows from the check-in items.

    `{daily_scores}` is an aggregate for each daily column over check-ins numbered by `turn`; `{score_columns}` are the
    names of those columns; `{score_signals}` is a row of signal, unit and source for each.

    Returns:
        The marks that stand in statements, each with the SQL that takes its place, a comma before it.
    """
    columns = [column.name for _, column in DAILY]
    return {
        "{daily_scores}": "".join(f", {_aggregate(item, column)}" for item, column in DAILY),
        "{score_columns}": "".join(f", {name}" for name in columns),
        "{score_signals}": "".join(f", ('{name}', '{LEAST} to {MOST}', 'check-ins')" for name in columns),
    }


def _aggregate(item: CheckInItem, column: DailyColumn) -> str:
    picked = PICKS[column.pick].format(item=item.name)
    asked_at = f" filter (where kind = '{column.kind}')" if column.kind else ""
    return f"{picked}{asked_at} as {column.name}"
