"""The database of a cohort: what is read from one home, and the catalogue over what all of them give."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import duckdb

from runmood.core.errors import UserError
from runmood.core.files import make_private
from runmood.schema.cohort import COHORT_TABLES, COHORT_VIEWS
from runmood.warehouse import database, ddl
from runmood.warehouse.queries import open_published

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

GIVEN = ("person", "days", "findings")


def read_given(published: Path) -> dict[str, pl.DataFrame]:
    """Return what a home's published copy has to give: the person's row, the days, the latest answers.

    Raises:
        UserError: there is no published copy, or another version of runmood made it.
    """
    with open_published(published) as connection:
        return {name: ddl.frame_of(connection, ddl.load_sql(f"cohort/{name}")) for name in GIVEN}


def build_catalogue(pooled: Path, target: Path, draft: Path) -> dict[str, int]:
    """Make the cohort's database anew: views over the Parquet files, with the meaning of each column, and no row.

    It is made aside and renamed, so who has the old one open keeps it. Since it holds no row, nothing that was
    withdrawn can stay in it, and what is rewritten in the files shows at once.

    Args:
        pooled: the folder of the Parquet files.
        target: the database.
        draft: where it is written first.

    Returns:
        How many rows each table has.

    Raises:
        UserError: it cannot be written; the old one stays.
    """
    try:
        counts = _write_catalogue(pooled, draft)
    except duckdb.Error as fault:
        raise UserError(database.cannot_write(draft, fault)) from fault
    draft.replace(target)
    return counts


def _write_catalogue(pooled: Path, draft: Path) -> dict[str, int]:
    """Write the database beside its place; return how many rows each table has."""
    draft.unlink(missing_ok=True)
    with duckdb.connect(draft, config=dict(database.OURS)) as connection:
        make_private(draft)
        connection.execute("set enable_progress_bar = false")
        database.confine(connection, (pooled,))
        for table in COHORT_TABLES:
            files = pooled.resolve() / table.name / "*" / "*.parquet"
            names = ", ".join(column.name for column in table.columns)
            nulls = ", ".join(f"null::{ddl.sql_type(column)} as {column.name}" for column in table.columns)
            some = f"select {names}, bucket from read_parquet({ddl.sql_text(str(files))}, hive_partitioning = true)"  # noqa: S608 - ours
            none = f"select {nulls}, null::varchar as bucket where false"  # DuckDB reads no folder that holds nothing
            found = any((pooled / table.name).glob("*/*.parquet"))
            connection.execute(f"create view {table.name} as {some if found else none}")
            ddl.add_comments(connection, table, "view")
            connection.execute(f"comment on column {table.name}.bucket is 'The part of the files it stands in.'")
        for view in COHORT_VIEWS:
            connection.execute(f"create view {view.name} as {ddl.load_sql(f'cohort/{view.name}')}")
            ddl.add_comments(connection, view, "view")
        connection.execute(f"create table made_by as select {ddl.sql_text(version('runmood'))} as runmood")
        return {table.name: _count(connection, table.name) for table in COHORT_TABLES}


def read_cohort(target: Path, query: str) -> pl.DataFrame:
    """Return the answer to a query of our own over the cohort's database."""
    with duckdb.connect(target, read_only=True, config=dict(database.NO_NETWORK)) as connection:
        database.confine(connection, (target.parent / "pooled",))
        return ddl.frame_of(connection, query)


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608 - ours
    return int(row[0]) if row else 0
