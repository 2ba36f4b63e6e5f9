"""Runs, days, weeks and all that follows, built from every recording and the whole journal, and notes on that.

The notes say which formulas tables were built with, and for which days findings were answered.
"""

from __future__ import annotations

import hashlib
from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl

from runmood.core.recordings import Decisions, HeartSettings
from runmood.core.versions import FORMULAS
from runmood.schema.tables import PLANS, RUN_PAIRS
from runmood.warehouse import ddl, matching
from runmood.warehouse.ddl import load_sql
from runmood.warehouse.points import months_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping
    from pathlib import Path

    import duckdb


Rows = list[dict[str, object]]
NOTHING_SAID: Mapping[str, Rows] = MappingProxyType({})
UNDECIDED = Decisions()
UNSET = HeartSettings()

SAME_RUN = pl.Schema({"one": pl.String(), "other": pl.String(), "same_run": pl.Boolean()})
DISTANCES = pl.Schema({"recording_id": pl.String(), "distance_m": pl.Float64()})
RUN_OR_NOT = pl.Schema({"name": pl.String(), "is_run": pl.Boolean()})
FILES = pl.Schema({"recording_id": pl.String(), "said": pl.Int64()})
TAGS = pl.Schema({"recording_id": pl.String(), "tags": pl.List(pl.String())})
REPORTED_RUNS = pl.Schema({
    "report_id": pl.String(), "local_date": pl.Date(), "started_at": pl.Datetime("us", "UTC"),
    "local_clock": pl.String(),
    "clock_known": pl.Boolean(), "time_zone": pl.String(), "distance_m": pl.Float64(), "moving_s": pl.Float64(),
    "effort": pl.Float64(), "note": pl.String(),
})  # fmt: skip
REPORTED_DAYS = pl.Schema({"local_date": pl.Date(), "word": pl.String()})
REPORTED_CARE = pl.Schema({"local_date": pl.Date(), "care": pl.String()})
DAYS = pl.Schema({"local_date": pl.Date()})
TODAY = pl.Schema({"day": pl.Date()})
GROUPED = pl.Schema({"recording_id": pl.String(), "first_id": pl.String(), "clock_s": pl.Float64()})
HEART = pl.Schema({"heart_max_bpm": pl.Float64(), **{f"zone_{zone}_bpm": pl.Float64() for zone in range(1, 5)}})

FITNESS_DAYS, FATIGUE_DAYS = 42, 7


def register_journal(connection: duckdb.DuckDBPyConnection, said: Mapping[str, Rows], decisions: Decisions) -> None:
    """Write what was planned, reported and decided into the tables that the statements read."""
    ddl.register_temp(connection, "planned_days", PLANS.frame(said.get("plans", [])))
    ddl.register_temp(connection, "reported_runs", pl.DataFrame(said.get("reported_runs", []), schema=REPORTED_RUNS))
    ddl.register_temp(connection, "reported_days", pl.DataFrame(said.get("reported_days", []), schema=REPORTED_DAYS))
    ddl.register_temp(connection, "reported_care", pl.DataFrame(said.get("reported_care", []), schema=REPORTED_CARE))
    same_run = [{"one": one, "other": other, "same_run": same} for (one, other), same in decisions.same_run.items()]
    ddl.register_temp(connection, "decided_pairs", pl.DataFrame(same_run, schema=SAME_RUN))
    distances = {"recording_id": list(decisions.distances), "distance_m": list(decisions.distances.values())}
    ddl.register_temp(connection, "decided_distances", pl.DataFrame(distances, schema=DISTANCES))
    is_run = {"name": list(decisions.is_run), "is_run": list(decisions.is_run.values())}
    ddl.register_temp(connection, "decided_names", pl.DataFrame(is_run, schema=RUN_OR_NOT))
    ddl.build(connection, "decided_runs")
    tags = {"recording_id": list(decisions.tags), "tags": [list(tags) for tags in decisions.tags.values()]}
    last = {recording: number for number, recording in enumerate(decisions.files)}
    files = {"recording_id": list(last), "said": list(last.values())}
    ddl.register_temp(connection, "decided_files", pl.DataFrame(files, schema=FILES))
    ddl.register_temp(connection, "decided_tags", pl.DataFrame(tags, schema=TAGS))


def write_journal(connection: duckdb.DuckDBPyConnection, said: Mapping[str, Rows]) -> None:
    """Write the journal's rows into the tables that are published."""
    for table in ddl.JOURNAL_TABLES:
        ddl.replace(connection, table, table.frame(said.get(table.name, [])))


def journal_inputs(said: Mapping[str, Rows]) -> str:
    """Return a hash of the journal's rows that are published."""
    rows = [said.get(table.name, []) for table in ddl.JOURNAL_TABLES]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def register_unread_days(connection: duckdb.DuckDBPyConnection, days: Collection[dt.date]) -> None:
    """Write the days of files that lie outside the inbox and wait for the statements."""
    ddl.register_temp(connection, "awaited_days", pl.DataFrame({"local_date": sorted(days)}, schema=DAYS))


def register_today(connection: duckdb.DuckDBPyConnection, today: dt.date) -> None:
    """Write the day after which nothing counts yet for the statements."""
    ddl.register_temp(connection, "today", pl.DataFrame([(today,)], schema=TODAY, orient="row"))


def register_heart_settings(connection: duckdb.DuckDBPyConnection, heart: HeartSettings) -> None:
    """Write a person's own highest heart rate and zones for the statements; null where they set none."""
    bounds = heart.zone_bounds_bpm or (None,) * 4
    row = (heart.heart_max_bpm, *bounds)
    ddl.register_temp(connection, "heart_settings", pl.DataFrame([row], schema=HEART, orient="row"))


def hash_run_inputs(connection: duckdb.DuckDBPyConnection) -> str:
    """Return a hash of all that runs are made of: what was registered, what files say, and by which formula."""
    row = connection.execute(ddl.load_sql("run_inputs_hash")).fetchone()
    return f"{FORMULAS['joining']} {row and row[0]}"


def build_runs(connection: duckdb.DuckDBPyConnection, points: Path, decisions: Decisions) -> None:
    """Build the runs and what was said around them, from recordings that have been built."""
    match(connection, points, decisions)
    for table in ddl.RUN_TABLES:
        ddl.build(connection, table)


def match(connection: duckdb.DuckDBPyConnection, points: Path, decisions: Decisions) -> None:
    """Score every pair that may be one run, and group recordings into runs, the best pair first."""
    compare(connection, points, "run_recordings", "true")
    ddl.build(connection, RUN_PAIRS)
    alike = "select one, other, clock_shift_s from run_pairs where same_run"
    best_first = f"{alike} order by reason_code = 'said_same' desc, score desc, one, other"
    named = "select recording_id, coalesce(device_serial, device || ' ' || format) from run_recordings"
    devices = dict(connection.execute(named).fetchall())
    apart = [pair for pair, same in decisions.same_run.items() if not same]
    grouped = matching.groups(devices, connection.execute(best_first).fetchall(), apart)
    rows = [(recording, *group) for recording, group in grouped.items()]
    ddl.register_temp(connection, "run_groups", pl.DataFrame(rows, schema=GROUPED, orient="row"))


def compare(connection: duckdb.DuckDBPyConnection, points: Path, recordings: str, wanted: str) -> None:
    """Compare the positions of recordings whose summaries do not settle whether they are one run, each pair once.

    Args:
        connection: The writer's database.
        points: The folder of the Parquet files.
        recordings: The table of the recordings to compare.
        wanted: What is asked of a pair `one` and `other` of them, in SQL.
    """
    asked = ddl.load_sql("unclear_pairs").replace("{recordings}", recordings).replace("{wanted}", wanted)
    months = months_of(connection)
    found = [
        matching.compare(points, months, (one, other), shifts)
        for one, other, shifts in connection.execute(asked).fetchall()
    ]
    ddl.insert(connection, ddl.COMPARED, ddl.COMPARED.frame(found))


def build_days(connection: duckdb.DuckDBPyConnection) -> None:
    """Build every table of days and longer, each from those before it and from the runs."""
    for table in ddl.UP_TO_DAYS:
        ddl.build(connection, table)
    loads = ddl.frame_of(connection, "select local_date, load from days order by local_date")
    ddl.register_temp(connection, "fitness_lines", fitness_and_fatigue(loads))
    for table in ddl.FROM_DAYS:
        ddl.build(connection, table)


def fitness_and_fatigue(loads: pl.DataFrame) -> pl.DataFrame:
    """Return fitness and fatigue on each day: the mean load a day, weighted by 1/42 and by 1/7 a day towards the past.

    Banister 1975 as it is used today, `fitness += (load - fitness) / 42`, with one difference: it does not start from
    nothing but is the weighted mean of the days there are, and is null until there are 42, or 7. On a day without a
    known load it is null and starts again after it: a gap is not rest. It does not say who is fit: the two spans cannot
    be estimated from a person's own notes (Hellard 2006, doi:10.1080/02640410500244697).

    Args:
        loads: One row a calendar day, in order, with `local_date` and `load` (effort times minutes, or null).

    Returns:
        The days with `fitness` and `fatigue`, in the unit of `load`.
    """
    stretch = pl.col("load").is_null().cum_sum()
    faded = {
        name: pl.col("load").ewm_mean(alpha=1 / days, adjust=True, min_samples=days).over(stretch)
        for name, days in (("fitness", FITNESS_DAYS), ("fatigue", FATIGUE_DAYS))
    }
    known = pl.col("load").is_not_null()
    return loads.select("local_date", **{name: pl.when(known).then(line) for name, line in faded.items()})


class BuildMetadata:
    """The notes in a database that is open for writing."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        connection.execute("create schema if not exists made")
        connection.execute("create table if not exists made.notes (name varchar primary key, value varchar)")
        connection.execute("create table if not exists made.answered (local_date date, fingerprint ubigint)")

    def get(self, name: str) -> str | None:
        """Return what was noted under a name."""
        row = self._connection.execute("select value from made.notes where name = ?", [name]).fetchone()
        return str(row[0]) if row else None

    def put(self, name: str, value: str) -> None:
        """Note something, instead of what stood under the name."""
        self._connection.execute("insert or replace into made.notes values (?, ?)", [name, value])

    def remove(self, name: str) -> None:
        """Forget what was noted under a name."""
        self._connection.execute("delete from made.notes where name = ?", [name])

    def changed_since_evaluated(self) -> dt.date | None:
        """Return the first day that differs from what the findings were last made of; null where none does."""
        row = self._connection.execute(f"""
            select min(local_date)
            from ({load_sql("day_fingerprints")}) as now
            full join made.answered as before using (local_date)
            where now.fingerprint is distinct from before.fingerprint
        """).fetchone()  # noqa: S608 - ours
        return row[0] if row else None

    def mark_evaluated(self) -> None:
        """Remember of what the findings of tonight were made."""
        self._connection.execute(f"create or replace table made.answered as {load_sql('day_fingerprints')}")

    def forget_all(self) -> None:
        """Forget that anything was built."""
        self._connection.execute("delete from made.notes")
        self.forget_evaluated()

    def forget_evaluated(self) -> None:
        """Forget what was answered, so that every night is answered again."""
        self._connection.execute("delete from made.answered")
