"""The copy that analysts open: replaced at once, what runmood itself reads from it, and what two of them differ in."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from runmood.core.errors import UserError
from runmood.core.files import make_private, make_way, put_on_disk
from runmood.schema.tables import BEST_EFFORTS, FINDINGS, LAPS, RUN_MOODS, RUNS, SPLITS
from runmood.schema.views import BEST_TIMES
from runmood.warehouse import database, ddl
from runmood.warehouse.database import DATABASE
from runmood.warehouse.ddl import sql_text
from runmood.warehouse.points import points_of
from runmood.warehouse.queries import open_published

COPYING = [
    "set enable_progress_bar = false",
    "set wal_autocheckpoint = '1KB'",  # so that all is written into the file, and not into a log first
    "set disabled_compression_methods = 'fsst'",  # a quarter of what a copy costs, for a tenth of its size
]

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

    from runmood.schema.types import Table


def publish(work: Path, target: Path) -> None:
    """Replace the published copy by the writer's closed database; who has the old one open keeps it.

    The copy is written row by row, so that nothing that was deleted is left in it. It is made aside, read from end to
    end to see that it is whole, put on disk and renamed. A write-ahead log that somebody's tool left beside the
    target would be replayed into the new file by DuckDB 1.5: it is removed first.

    Args:
        work: The folder of the writer's database, which is closed.
        target: The published copy.

    Raises:
        DamagedDatabaseError: The writer's database is damaged; it is kept aside.
        UserError: The copy cannot be written.
    """
    written, fresh = work / DATABASE, work / "publishing.duckdb"
    if target.is_symlink() and not target.exists():
        target.unlink()  # it leads to itself, or nowhere
    if _log_of(written).exists():
        database.connect(written).close()  # which writes the log into the file
    try:
        is_whole, replaces_damaged = _copy_compactly(written, fresh, target)
    except duckdb.Error as fault:
        if database.damage(written):
            raise database.DamagedDatabaseError(written, database.set_aside(written)) from fault
        raise UserError(database.cannot_write(fresh, fault)) from fault
    if not is_whole:
        raise database.DamagedDatabaseError(written, database.set_aside(written))
    put_on_disk(fresh)
    if replaces_damaged:
        database.set_aside(target)
    _log_of(target).unlink(missing_ok=True)
    fresh.replace(target)
    put_on_disk(target.parent)


def _log_of(path: Path) -> Path:
    """Return the write-ahead log of a database."""
    return path.with_name(f"{path.name}.wal")


def compact_writer(work: Path, published: Path) -> None:
    """Replace the writer's closed database by what was just published of it, in which nothing deleted is left."""
    fresh = work / "compact.duckdb"
    make_way(fresh)
    shutil.copyfile(published, fresh)
    put_on_disk(fresh)
    fresh.replace(work / DATABASE)
    _log_of(work / DATABASE).unlink(missing_ok=True)


def _copy_compactly(source: Path, fresh: Path, target: Path) -> tuple[bool, bool]:
    """Write all that a closed database holds into a new file, and nothing that was deleted from it.

    One DuckDB serves for all of it, since each that starts takes 15 ms.

    Args:
        source: The closed database.
        fresh: The new file.
        target: The published copy that it is to replace.

    Returns:
        Whether the new file can be read from end to end, and whether the copy that it is to replace cannot be opened.

    Raises:
        duckdb.Error: The source is damaged, or the new file cannot be written.
    """
    for path in (fresh, _log_of(fresh)):
        make_way(path)
        path.unlink(missing_ok=True)
    with duckdb.connect(config={**database.OURS}) as both:
        for setting in COPYING:
            both.execute(setting)
        database.confine(both, (source.parent,), (target, _log_of(target)))
        both.execute(f"attach {ddl.sql_text(str(source))} as source (read_only)")
        both.execute(f"attach {ddl.sql_text(str(fresh))} as target")
        make_private(fresh)
        both.execute("copy from database source to target")
        both.execute("detach target")
        is_whole = database.fault_in(both, fresh, to_the_end=True) is None
        return is_whole, target.exists() and database.fault_in(both, target) is not None


def differences(before: Path, after: Path) -> list[TableDiff]:
    """Count new, gone and changed rows of each table that is not the same in both copies."""
    return compare(before, after, ddl.BY_NAME.values())


def read_tables(target: Path, names: tuple[str, ...]) -> dict[str, pl.DataFrame]:
    """Return tables of the published copy as checked frames, by name."""
    with open_published(target) as connection:
        return {name: ddl.select(connection, ddl.BY_NAME[name]) for name in names}


def findings_to_show(target: Path, since: dt.date, until: dt.date) -> pl.DataFrame:
    """Return each question's latest answer up to a day, and every much longer run since a day."""
    query = ddl.load_sql("findings_to_show").replace("{since}", f"{since}").replace("{until}", f"{until}")
    return rows(target, FINDINGS, query)


def rows(target: Path, table: Table, query: str) -> pl.DataFrame:
    """Return the rows of a table that a query of our own picks, as a checked frame."""
    with open_published(target) as connection:
        return table.of(ddl.frame_of(connection, query))


def list_runs(target: Path) -> pl.DataFrame:
    """Return every run with the names of its files, in order of time."""
    return _listed(target, "views/runs_with_files")


def list_files(target: Path, run: str) -> pl.DataFrame:
    """Return the recordings of a run, the best first; `run` is its name or that of one of its recordings."""
    return _listed(target, "list_files", {"run": run})


def recordings_named(target: Path, run: str) -> pl.DataFrame:
    """Return the recordings that a person means by a run's name, a recording's, a start or a file, counted or not."""
    return _listed(target, "recordings_named", {"run": run})


def unused_files(target: Path, file: str) -> pl.DataFrame:
    """Return the files of that name that gave no recording: one row each, as `recordings_named` has it."""
    return _listed(target, "unused_files", {"file": file})


def clock_shifts(target: Path, recording: str) -> dict[str, float]:
    """Return how many seconds later than that of one recording the clocks of the others of its run are."""
    shifts = _listed(target, "clock_shifts", {"recording": recording})
    return dict(shifts.iter_rows())


def to_decide(target: Path) -> pl.DataFrame:
    """Return the recordings of which only the person can say what they are, when they were or how far."""
    return read_tables(target, ("to_decide",))["to_decide"]


def list_pairs(target: Path) -> pl.DataFrame:
    """Return the close calls: recordings that share some time and are two runs, or one run on a low score."""
    return _listed(target, "list_pairs")


def read_run(target: Path, run: str) -> dict[str, pl.DataFrame]:
    """Read all that is known of a run.

    Args:
        target: The published copy.
        run: The run's name, or that of a recording of it.

    Returns:
        Checked frames by table, without rows where there is no such run. Laps, splits and best efforts are those of
        the recording that gave distance and time; of files that follow each other they are put together.
    """
    with open_published(target) as connection:
        run_id, recording_id = connection.execute(ddl.load_sql("one_run"), [run]).fetchone() or ("", "")
        recordings = _stretches_of(connection, run_id)["recording_id"].to_list() or [recording_id]
        frames = {table.name: _rows_named(connection, table, run_id) for table in (RUNS, RUN_MOODS)}
        for table, joined in _JOINED.items():
            parts = [_rows_named(connection, table, recording) for recording in recordings]
            frames[table.name] = parts[0] if len(parts) == 1 else joined(parts)
        return frames


def _laps_in_a_row(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Return the laps of all stretches, counted through."""
    laps = pl.concat(parts)
    return LAPS.of(laps.with_columns(lap=pl.int_range(1, laps.height + 1, dtype=pl.Int64)))


def _splits_in_a_row(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Return the splits of all stretches, counted through in each unit; the last one of a stretch is shorter."""
    splits = pl.concat(parts)
    counted = splits.with_columns(split=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("unit"))
    return SPLITS.of(counted.sort("unit", "split"))


def _best_of_all(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Return the best effort of all stretches for each distance and time; none goes from one into the next."""
    efforts = pl.concat(parts).sort("pace_s_km", nulls_last=True, maintain_order=True)
    return BEST_EFFORTS.of(efforts.unique("effort", keep="first", maintain_order=True).sort("effort"))


_JOINED = {LAPS: _laps_in_a_row, SPLITS: _splits_in_a_row, BEST_EFFORTS: _best_of_all}


def read_points(target: Path, folder: Path, run_id: str) -> pl.DataFrame:
    """Return the points of a run, in order of time, those of files that follow each other one after the other.

    Args:
        target: The published copy.
        folder: The folder of the points.
        run_id: The run.
    """
    with open_published(target) as connection:
        return points_of(folder, _stretches_of(connection, run_id))


def _stretches_of(connection: duckdb.DuckDBPyConnection, run_id: str) -> pl.DataFrame:
    """Return the stretches of a run, in order: one row each, most runs have one."""
    return pl.DataFrame(connection.sql(ddl.load_sql("run_stretches"), params={"run": run_id}))


def _rows_named(connection: duckdb.DuckDBPyConnection, table: Table, name: str) -> pl.DataFrame:
    """Return the rows whose key begins with a name."""
    query = f"select * from {table.name} where {table.key[0]} = $name order by {', '.join(table.key)}"  # noqa: S608 - ours
    return table.of(pl.DataFrame(connection.sql(query, params={"name": name})))


def read_best_times(target: Path) -> pl.DataFrame:
    """Return the fastest stretch of all runs for each distance and time."""
    with open_published(target) as connection:
        return BEST_TIMES.of(pl.DataFrame(connection.sql("from best_times order by effort")))


def _listed(target: Path, name: str, values: dict[str, str] | None = None) -> pl.DataFrame:
    with open_published(target) as connection:
        return pl.DataFrame(connection.sql(ddl.load_sql(name), params=values))


@dataclass(frozen=True, slots=True)
class TableDiff:
    """How many rows of a table are new, gone, or not as they were."""

    table: str
    added: int
    removed: int
    changed: int


def compare(before: Path, after: Path, tables: Iterable[Table]) -> list[TableDiff]:
    """Return the tables that differ; a row is the same one where its key is, and only columns in both are compared.

    Either may be somebody else's, with views in the place of tables, so nothing but tables in the two files is read.
    """
    with duckdb.connect(config=dict(database.NO_NETWORK)) as both:
        database.confine(both, (), [before, after, *map(_log_of, (before, after))])
        both.execute(f"attach {sql_text(str(before))} as before (read_only)")
        both.execute(f"attach {sql_text(str(after))} as after (read_only)")
        known = _columns(both, "before")
        differences = (_difference(both, table, known.get(table.name, [])) for table in tables)
        return [each for each in differences if each.added or each.removed or each.changed]


def _difference(both: duckdb.DuckDBPyConnection, table: Table, known: list[str]) -> TableDiff:
    if not known:
        row = both.execute(f"select count(*), 0, 0 from after.{table.name}").fetchone()  # noqa: S608 - from the schema
    else:
        shared = [name for name in table.schema.names() if name in known]
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


def _columns(both: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[str]]:
    """Return the columns of each table of a database; a view is none."""
    query = """
        select table_name, list(column_name)
        from duckdb_columns()
        where database_name = $1 and table_oid in (select table_oid from duckdb_tables() where database_name = $1)
        group by all
    """
    return dict(both.execute(query, [database]).fetchall())
