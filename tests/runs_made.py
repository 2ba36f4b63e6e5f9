"""Runs made of arrays, for tests that need many samples: what a watch would have recorded."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from runmood.core.recordings import DecodedRun
from runmood.metrics.measure import RunMetrics, measure
from runmood.schema.tables import RAW_SAMPLES
from runmood.tracks.clean import clean_track

BEGAN = dt.datetime(2025, 5, 4, 6, tzinfo=dt.UTC)
HOME = ZoneInfo("Europe/Lisbon")
METRE_DEG = 1 / 111_195  # of latitude, on the sphere of the same radius


def made(seconds: np.ndarray, *, north_m: np.ndarray | None = None, **columns: np.ndarray) -> DecodedRun:
    """A run with these samples; `north_m` is metres north of a park in Lisbon. A NaN is a value that is not there."""
    at = pl.Series("sampled_at", BEGAN.timestamp() * 1e6 + np.asarray(seconds) * 1e6).round().cast(pl.Int64)
    if north_m is not None:
        columns |= {"latitude_deg": 38.7 + north_m * METRE_DEG, "longitude_deg": np.full(len(at), -9.2)}
    columns.setdefault("segment", np.zeros(len(at), dtype=np.int64))
    series = {name: pl.Series(name, values, nan_to_null=True) for name, values in columns.items()}
    frame = pl.DataFrame({"sampled_at": at, **series})
    missing = [
        pl.lit(None, dtype).alias(name) for name, dtype in RAW_SAMPLES.schema.items() if name not in frame.columns
    ]
    return DecodedRun(
        frame.with_columns(missing).select(RAW_SAMPLES.schema.names()).cast(RAW_SAMPLES.schema), sport="running"
    )


def measured(run: DecodedRun) -> RunMetrics:
    """What the run says, cleaned and measured as an import does it."""
    path = clean_track(run, HOME)
    return measure(
        path.points, run, heights_from=path.heights_from, total_m=path.total_m, distance_source=path.distance_source
    )
