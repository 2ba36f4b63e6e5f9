"""The copy that analysts open: complete at every moment, and never in the writer's way."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import polars as pl

from runmood.schema.tables import BEST_EFFORTS, FINDINGS, LAPS, POINTS, RUN_MOODS, RUNS, SPLITS
from runmood.warehouse import database
from runmood.warehouse import ddl as tables
from runmood.warehouse.diff import compare
from runmood.warehouse.queries import open_published
from runmood.warehouse.writer import DATABASE

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    import duckdb

    from runmood.schema.types import Table
    from runmood.warehouse.diff import TableDiff


def publish(work: Path, target: Path) -> None:
    """Replace the published copy by the writer's closed database; who has the old one open keeps it.

    The copy is made aside, read from end to end to see that it is whole, put on disk and renamed. A write-ahead log
    that somebody's tool left beside the target would be replayed into the new file by DuckDB 1.5: it is removed first.
    """
    written, fresh = work / DATABASE, work / "publishing.duckdb"
    if written.with_name(f"{DATABASE}.wal").exists():
        database.connect(written, database.NO_NETWORK).close()  # which takes the log in
    shutil.copyfile(written, fresh)
    if database.damage(fresh):
        raise database.damaged_database_error(written)
    _put_on_disk(fresh)
    if target.exists() and not database.opens(target):
        database.set_aside(target)
    target.with_name(f"{target.name}.wal").unlink(missing_ok=True)
    fresh.replace(target)
    _put_on_disk(target.parent)


def _put_on_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk itself."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def differences(before: Path, after: Path) -> list[TableDiff]:
    """How many rows of each table are new, gone or changed, for the tables that are not the same in both copies."""
    return compare(before, after, tables.BY_NAME.values())


def read_tables(target: Path, names: tuple[str, ...]) -> dict[str, pl.DataFrame]:
    """Tables of the published copy as checked frames, by name."""
    with open_published(target) as connection:
        return {name: tables.select(connection, tables.BY_NAME[name]) for name in names}


def findings_to_show(target: Path, since: dt.date, until: dt.date) -> pl.DataFrame:
    """Each question's latest answer up to a day, and of the much longer runs every one since a day."""
    query = tables.load_sql("findings_to_show").replace("{since}", f"{since}").replace("{until}", f"{until}")
    return rows(target, FINDINGS, query)


def rows(target: Path, table: Table, query: str) -> pl.DataFrame:
    """The rows of a table that a question of our own picks, as a checked frame."""
    with open_published(target) as connection:
        return table.of(tables.frame_of(connection, query))


def list_runs(target: Path) -> pl.DataFrame:
    """Every run with the names of its files, in order of time."""
    return _listed(target, "views/runs_with_files")


def list_files(target: Path, run: str) -> pl.DataFrame:
    """The recordings of a run, the best first; `run` is its name or that of one of its recordings."""
    return _listed(target, "list_files", {"run": run})


def list_pairs(target: Path) -> pl.DataFrame:
    """The close calls: recordings that share some time and are two runs, or are one run on a thin score."""
    return _listed(target, "list_pairs")


def read_run(target: Path, run: str) -> dict[str, pl.DataFrame]:
    """All that is known of a run, as checked frames by table; `run` is its name, that of a recording of it, or last.

    Laps, splits and best efforts are those of the recording that gave distance and time. No rows, no such run.
    """
    with open_published(target) as connection:
        run_id, recording_id = connection.execute(tables.load_sql("one_run"), [run]).fetchone() or ("", "")
        of_the_run = dict.fromkeys((RUNS, RUN_MOODS), run_id)
        of_the_recording = dict.fromkeys((LAPS, SPLITS, BEST_EFFORTS), recording_id)
        told = of_the_run | of_the_recording
        return {table.name: _rows_named(connection, table, name) for table, name in told.items()}


def _rows_named(connection: duckdb.DuckDBPyConnection, table: Table, name: str) -> pl.DataFrame:
    """The rows whose key begins with a name."""
    query = f"select * from {table.name} where {table.key[0]} = $name order by {', '.join(table.key)}"  # noqa: S608 - ours
    return table.of(pl.DataFrame(connection.sql(query, params={"name": name})))


def run_points(target: Path, run_id: str) -> pl.DataFrame:
    """The points of a run, in order of time."""
    return POINTS.of(_listed(target, "run_points", {"run": run_id}))


def _listed(target: Path, name: str, values: dict[str, str] | None = None) -> pl.DataFrame:
    with open_published(target) as connection:
        return pl.DataFrame(connection.sql(tables.load_sql(name), params=values))
