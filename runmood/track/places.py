"""Positions on the earth: how far apart, and which of them no runner could have reached."""

from __future__ import annotations

import numpy as np
import polars as pl

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG 1980
POSITION = ("latitude_deg", "longitude_deg")
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
    while those two lie within reach of each other. (0, 0), in the sea off Ghana, is what a device writes for nowhere;
    half a position is none.
    """
    latitude, longitude = (samples[name].to_numpy() for name in POSITION)
    unknown = np.isnan(latitude) | np.isnan(longitude)
    nowhere = (latitude == 0) & (longitude == 0) | unknown & ~(np.isnan(latitude) & np.isnan(longitude))
    placed = np.flatnonzero(~unknown & ~nowhere)
    seconds = samples["sampled_at"].to_physical().to_numpy()[placed] / 1e6
    jumps = placed[1:-1][_jumps(latitude[placed], longitude[placed], seconds)]
    nowhere[jumps] = True
    if not nowhere.any():
        return samples, 0
    known = pl.Series(~nowhere)
    return samples.with_columns(pl.when(known).then(name).alias(name) for name in POSITION), len(jumps)


def _jumps(latitude: np.ndarray, longitude: np.ndarray, seconds: np.ndarray) -> np.ndarray:
    """Which of the inner positions jump."""
    too_far = steps_m(latitude, longitude) > NOBODY_RUNS_FASTER_M_S * np.diff(seconds) + 1
    jumps = too_far[:-1] & too_far[1:]
    for inner in np.flatnonzero(jumps):
        ends = [inner, inner + 2]
        past = steps_m(latitude[ends], longitude[ends])[0]
        jumps[inner] = past <= NOBODY_RUNS_FASTER_M_S * (seconds[inner + 2] - seconds[inner]) + 1
    return jumps
