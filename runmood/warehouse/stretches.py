"""A run whose files follow each other, put together: points, laps, splits and best efforts, stretch after stretch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from runmood.schema.tables import BEST_EFFORTS, LAPS, POINTS, SPLITS
from runmood.warehouse import ddl

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb


def stretches_of(connection: duckdb.DuckDBPyConnection, run_id: str) -> pl.DataFrame:
    """Return the stretches of a run, in order: one row each, most runs have one."""
    return pl.DataFrame(connection.sql(ddl.load_sql("run_stretches"), params={"run": run_id}))


def points_of(folder: Path, stretches: pl.DataFrame) -> pl.DataFrame:
    """Return the points of a run, in order of time.

    Args:
        folder: The folder of the Parquet files.
        stretches: Of `stretches_of`.

    Returns:
        A frame of POINTS. Time and distance go on from one stretch to the next, which begins a new segment.
    """
    parts: list[pl.DataFrame] = []
    far_m, segment = 0.0, 0
    for stretch in stretches.iter_rows(named=True):
        path = folder / f"{stretch['points_recording_id']}.parquet"
        part = POINTS.check(pl.read_parquet(path)) if path.exists() else POINTS.empty()
        if part.is_empty():
            continue
        if parts:
            since_s = (part["sampled_at"][0] - parts[0]["sampled_at"][0]).total_seconds()
            part = part.with_columns(
                pl.col("elapsed_s") + since_s, pl.col("distance_m") + far_m, pl.col("segment") + segment
            )
        parts.append(part)
        far_m = float(part["distance_m"][-1] or far_m)
        segment = int(part["segment"][-1]) + 1
    return POINTS.check(pl.concat(parts)) if parts else POINTS.empty()


def laps_in_a_row(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Return the laps of all stretches, counted through."""
    laps = pl.concat(parts)
    return LAPS.of(laps.with_columns(lap=pl.int_range(1, laps.height + 1, dtype=pl.Int64)))


def splits_in_a_row(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Return the splits of all stretches, counted through in each unit; the last one of a stretch is shorter."""
    splits = pl.concat(parts)
    counted = splits.with_columns(split=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("unit"))
    return SPLITS.of(counted.sort("unit", "split"))


def best_of_all(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Return the best effort of all stretches for each distance and time; none goes from one into the next."""
    efforts = pl.concat(parts).sort("pace_s_km", nulls_last=True, maintain_order=True)
    return BEST_EFFORTS.of(efforts.unique("effort", keep="first", maintain_order=True).sort("effort"))
