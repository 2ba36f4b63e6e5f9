"""Positions on the earth: how far apart, and which of them no runner could have reached."""

from __future__ import annotations

import numpy as np
import polars as pl

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG 1980
NOBODY_RUNS_FASTER_M_S = 12.5  # the fastest 10 m ever measured in a sprint took 0.81 s


def steps_m(latitude_deg: np.ndarray, longitude_deg: np.ndarray) -> np.ndarray:
    """Metres from each position to the next along the great circle; NaN beside a missing position.

    The haversine formula: Sinnott 1984, Sky and Telescope 68:159. Its error against an ellipsoid is under 0.6 %.
    """
    phi, lam = np.radians(latitude_deg), np.radians(longitude_deg)
    half = np.sin(np.diff(phi) / 2) ** 2 + np.cos(phi[:-1]) * np.cos(phi[1:]) * np.sin(np.diff(lam) / 2) ** 2
    metres: np.ndarray = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return metres


def drop_jumps(samples: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """The samples without positions that jump away and back, and how many those were.

    A jump is a position that cannot be reached from the one before nor left for the one after at any running speed,
    while those two lie within reach of each other. (0, 0), in the sea off Ghana, is what a device writes for nowhere.
    """
    lost = (pl.col("latitude_deg") == 0) & (pl.col("longitude_deg") == 0)
    half = pl.col("latitude_deg").is_null() | pl.col("longitude_deg").is_null()
    samples = _without_position(samples, samples.select(nowhere=lost | half)["nowhere"])
    placed = samples.with_row_index("row").drop_nulls(["latitude_deg", "longitude_deg"])
    rows = placed["row"].to_numpy()[1:-1][_jumps(placed)]
    jump = pl.Series(np.isin(np.arange(samples.height), rows))
    return _without_position(samples, jump), len(rows)


def _jumps(placed: pl.DataFrame) -> np.ndarray:
    """Which of the inner positions jump."""
    latitude, longitude = placed["latitude_deg"].to_numpy(), placed["longitude_deg"].to_numpy()
    seconds = placed["sampled_at"].dt.epoch("us").to_numpy() / 1e6
    too_far = steps_m(latitude, longitude) > NOBODY_RUNS_FASTER_M_S * np.diff(seconds) + 1
    two_on = np.column_stack([latitude[:-2], latitude[2:], longitude[:-2], longitude[2:]])
    past = np.array([steps_m(row[:2], row[2:])[0] for row in two_on[too_far[:-1] & too_far[1:]]])
    jumps = too_far[:-1] & too_far[1:]
    jumps[jumps] = past <= NOBODY_RUNS_FASTER_M_S * (seconds[2:] - seconds[:-2])[jumps] + 1
    return jumps


def _without_position(samples: pl.DataFrame, where: pl.Series) -> pl.DataFrame:
    return samples.with_columns(pl.when(~where).then(name).alias(name) for name in ("latitude_deg", "longitude_deg"))
