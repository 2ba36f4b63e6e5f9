"""Distance, height and motion of a run, from its samples together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.core.enums import StopReason
from runmood.tracks.distance import cumulative_distance_m, device_distance_m, distance_fn, drop_jumps
from runmood.tracks.elevation import smooth_elevation
from runmood.tracks.geo import Coordinates, remove_gps_outliers
from runmood.tracks.pauses import find_pauses, standing_intervals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from runmood.tracks.elevation import Elevation
    from runmood.tracks.pauses import Pauses

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


WHY = pl.Series("stop", [None, *map(str, StopReason)], pl.String)
PAUSED, GAP, STANDING = range(1, len(WHY))


@dataclass(frozen=True, slots=True)
class Movement:
    """Of each sample: time and distance so far, speed, motion and why not; places, heights, and metres left out."""

    elapsed_s: Floats
    distance_m: Floats
    speed_m_s: Floats
    moving: Flags
    stop: pl.Series
    places: Coordinates
    heights: Elevation
    left_out_m: float


def movement(samples: pl.DataFrame, timer_s: float | None) -> Movement:
    """Compute distance, speed, motion and heights from samples in order of time.

    `timer_s` is the device's total time in motion; null where it gives none or cannot be believed.

    Returns:
        Arrays of one value a sample.
    """
    at = samples["sampled_at"].to_numpy().view(np.int64)
    seconds = (at - at[0]) / 1e6
    counted_m = device_distance_m(samples["distance_m"].to_numpy(), seconds)
    recorded = Coordinates(samples["latitude_deg"].to_numpy(), samples["longitude_deg"].to_numpy())
    places = remove_gps_outliers(recorded, seconds, counted_m)
    parts = find_pauses(seconds, samples["segment"].to_numpy(), timer_s)
    heights = smooth_elevation(samples["altitude_m"].to_numpy(), seconds, parts)
    still = parts.paused | standing_intervals(parts, distance_fn(counted_m, places, seconds), heights.height_m)
    metres = cumulative_distance_m(places, seconds, still) if counted_m is None else counted_m
    distance, left_out = drop_jumps(metres, parts.step_s)
    speed = np.append(np.nan, np.diff(distance) / parts.step_s[1:])
    stop = _stop(parts, still)
    still[0] = True  # no step leads to the first sample
    return Movement(seconds, distance, speed, ~still, stop, places, heights, left_out)


def _stop(parts: Pauses, still: Flags) -> pl.Series:
    """Return the reason why each step was no motion; null where it was, and for the first sample, which has no step."""
    why = np.zeros(len(still), dtype=np.uint32)  # of which polars makes an index without a copy
    for flags, reason in ((still, STANDING), (still & parts.gap, GAP), (parts.paused, PAUSED)):
        why[flags] = reason
    why[0] = 0
    return WHY[why]
