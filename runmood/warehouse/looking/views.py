"""The views of the published database, with comments, and the version of the schema."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from runmood.terms import columns
from runmood.terms.schema import FINGERPRINT, VERSION
from runmood.warehouse import tables

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

Questions = list[tuple[str, bool]]  # a person's own, by name, and whether the answer is a word


def make_views(connection: duckdb.DuckDBPyConnection, points: Path) -> None:
    """Every view over the tables that are there; `points` is the folder of the Parquet files."""
    own = connection.execute(tables.sql("own_questions")).fetchall()
    where = {"{points}": str(points).replace("'", "''"), "{answers}": _answers(own)}
    for view in columns.VIEWS:
        statement = tables.sql(f"views/{view.name}")
        for mark, meant in where.items():
            statement = statement.replace(mark, meant)
        if view is columns.RUN_POINTS and not any(points.glob("*.parquet")):
            statement = f"select {_nulls()} where false"  # DuckDB reads no folder that holds nothing
        connection.execute(f"create or replace view {view.name} as {statement}")
        tables.comment(connection, view, "view")
    for item, _ in own:
        meaning = f"The answer to the own question {item}; yes is 1 and no is 0."
        connection.execute(f"comment on column own_items.{tables.name(item)} is {tables.quoted(meaning)}")
    _say_version(connection)


def _answers(own: Questions) -> str:
    """A column for each of the person's own questions: the word of a choice, a number else."""
    return "".join(
        f", max({'words' if in_words else 'value'}) filter (item = {tables.quoted(item)}) as {tables.name(item)}"
        for item, in_words in own
    )


def _nulls() -> str:
    return ", ".join(f"null::{tables.type_of(column)} as {column.name}" for column in columns.RUN_POINTS.columns)


def _say_version(connection: duckdb.DuckDBPyConnection) -> None:
    row = {"version": VERSION, "runmood": version("runmood"), "fingerprint": FINGERPRINT}
    tables.make(connection, columns.SCHEMA_VERSION)
    tables.insert(connection, columns.SCHEMA_VERSION, columns.SCHEMA_VERSION.frame([row]))
