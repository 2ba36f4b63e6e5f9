"""Recordings whose files are gone: a reading that begins again keeps what the last publication held of them.

So does the day of a file that could not be read: that it is gone shows no more than that nobody can read it now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import polars as pl

from runmood.core.errors import UserError
from runmood.warehouse import database, ddl
from runmood.warehouse.queries import open_to_read

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from runmood.schema.types import Table

HELD = """
    select content_hash, file_name, batch from source_files
    where content_hash is not null
    and (outcome in ('run', 'undecided', 'sleep') or outcome = 'refused' and local_date is not null)
"""


def vanished_files(connection: duckdb.DuckDBPyConnection, published: Path, left_out: Collection[str]) -> pl.DataFrame:
    """Return the files of a publication that hold a recording, nights or a day and that the inbox has no more.

    All of the inbox has to be read.

    Args:
        connection: The writer's database, which has read all that lies in the inbox.
        published: The publication before it; it may be absent, damaged or of another version.
        left_out: Contents that the person took back.

    Returns:
        One row a file: `content_hash`, `file_name`, `batch`. A file under whose name another content lies now was
        replaced, and is not among them.
    """
    none = pl.DataFrame(schema={"content_hash": pl.String(), "file_name": pl.String(), "batch": pl.String()})
    try:
        with open_to_read(published) as before:
            held = pl.DataFrame(before.sql(HELD))
    except (duckdb.Error, UserError):
        return none
    now = ddl.frame_of(connection, "select file_name, content_hash from source_files")
    gone = ~pl.col("content_hash").is_in([*now["content_hash"].drop_nulls(), *left_out])
    return held.filter(gone & ~pl.col("file_name").is_in(now["file_name"].to_list())).unique("content_hash")


def keep_recordings(connection: duckdb.DuckDBPyConnection, published: Path, files: pl.DataFrame) -> int:
    """Take over the recordings of files that are gone, as they were read last.

    Args:
        connection: The writer's database.
        published: The publication that has them.
        files: Of `vanished_files`.

    Returns:
        How many files were kept: none where the tables of that version cannot be taken over.
    """
    if files.is_empty():
        return 0
    try:
        with open_to_read(published) as before:
            kept = _rows_of(before, files["content_hash"].to_list())
        with database.transaction(connection):
            for table, rows in kept.items():
                ddl.insert(connection, table, table.of(_as_now(table, rows)))
            connection.execute(ddl.load_sql("replaced_files"))
    except (duckdb.Error, pl.exceptions.PolarsError, ValueError, UserError):
        return 0
    return files.height


def _rows_of(before: duckdb.DuckDBPyConnection, contents: list[str]) -> dict[Table, pl.DataFrame]:
    """Return the rows of these contents in every table that is filled from files."""
    source, recordings, *parts = (ddl.BY_NAME["source_files"], ddl.BY_NAME["recordings"], *ddl.RECORDING_PARTS)
    nights = ddl.BY_NAME["nights"]
    values = {"contents": contents}
    files = "select * replace (null as reader_version) from source_files where content_hash = any($contents)"
    runs = "from recordings where content_hash = any($contents)"
    asked = "select count(*) from duckdb_tables() where table_name = 'nights'"  # older publications have none
    table = "nights" if before.execute(asked).fetchone() == (1,) else "(select null as content_hash)"
    return {
        source: pl.DataFrame(before.sql(files, params=values)),
        recordings: pl.DataFrame(before.sql(runs, params=values)),
        nights: pl.DataFrame(before.sql(f"from {table} where content_hash = any($contents)", params=values)),
        **{
            part: pl.DataFrame(
                before.sql(
                    f"from {part.name} where recording_id in (select recording_id {runs})",
                    params=values,
                )
            )
            for part in parts
        },
    }


def _as_now(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the columns that a table has now; what they lack is null."""
    names = table.schema.names()
    lacking = [pl.lit(None).alias(name) for name in names if name not in rows.columns]
    return rows.with_columns(lacking).select(names)
