"""The copy that analysts open: complete at every moment, and never in the writer's way."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from runmood.terms import columns
from runmood.terms.notices import CannotBeDoneError
from runmood.warehouse import tables
from runmood.warehouse.warehouse import DATABASE, NO_NETWORK

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


class NothingPublishedError(CannotBeDoneError):
    """There is no published database yet."""


class BadQuestionError(CannotBeDoneError):
    """A question in SQL that the database cannot answer; the sentence is DuckDB's."""


def publish(work: Path, target: Path) -> None:
    """Replace the published copy by the writer's closed database; who has the old one open keeps it.

    The copy is made aside, opened once to see that it is whole, put on disk and renamed. A write-ahead log left beside
    the target by somebody's tool would be replayed into the new file by DuckDB 1.5, so it is removed before.
    """
    fresh = work / "publishing.duckdb"
    shutil.copyfile(work / DATABASE, fresh)
    with duckdb.connect(fresh, read_only=True, config=dict(NO_NETWORK)) as copy:
        copy.execute("select count(*) from days").fetchone()
    with fresh.open("rb+") as written:
        os.fsync(written.fileno())
    target.with_name(target.name + ".wal").unlink(missing_ok=True)
    fresh.replace(target)


def read_tables(target: Path, names: tuple[str, ...]) -> dict[str, pl.DataFrame]:
    """Tables of the published copy as checked frames, by name."""
    with _open(target) as connection:
        return {name: tables.select(connection, tables.BY_NAME[name]) for name in names}


def findings_to_show(target: Path, since: dt.date, until: dt.date) -> pl.DataFrame:
    """Each question's latest answer up to a day, and of the much longer runs every one since a day."""
    query = tables.sql("findings_to_show").replace("{since}", f"{since}").replace("{until}", f"{until}")
    with _open(target) as connection:
        return columns.FINDINGS.check(tables.frame_of(connection, query).cast(columns.FINDINGS.schema))


def list_runs(target: Path) -> pl.DataFrame:
    """Every run with the names of its files, in order of time."""
    return _listed(target, "list_runs")


def list_files(target: Path, run: str) -> pl.DataFrame:
    """The recordings of a run, the best first; `run` is its name or that of one of its recordings."""
    return _listed(target, "list_files", {"run": run})


def list_pairs(target: Path) -> pl.DataFrame:
    """The close calls: recordings that share some time and are two runs, or are one run on a thin score."""
    return _listed(target, "list_pairs")


def run_points(target: Path, run_id: str) -> pl.DataFrame:
    """The points of a run, in order of time."""
    return columns.POINTS.check(_listed(target, "run_points", {"run": run_id}).cast(columns.POINTS.schema))


def _listed(target: Path, name: str, values: dict[str, str] | None = None) -> pl.DataFrame:
    with _open(target) as connection:
        return pl.DataFrame(connection.sql(tables.sql(name), params=values))


def ask(target: Path, query: str) -> pl.DataFrame:
    """The published copy's answer; BadQuestionError says what is wrong with the question."""
    with _open(target) as connection:
        try:
            return tables.frame_of(connection, query)
        except duckdb.Error as fault:
            raise BadQuestionError(str(fault)) from fault


def _open(target: Path) -> duckdb.DuckDBPyConnection:
    if not target.exists():
        raise NothingPublishedError(f"There is no {target} yet. `runmood nightly` makes it.")
    connection = duckdb.connect(target, read_only=True, config=dict(NO_NETWORK))
    connection.execute("set timezone = 'UTC'")
    return connection
