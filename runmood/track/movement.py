"""What the samples of a run say together: how far, how high, and whether the runner moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.terms.choices import STOPS
from runmood.track.distance import along, counted, way_by, without_leaps
from runmood.track.heights import evened
from runmood.track.places import Places, true_places
from runmood.track.stops import breaks, stood

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from runmood.track.heights import Heights
    from runmood.track.stops import Breaks

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

WHY = pl.Series("stop", [None, *STOPS])
PAUSED, GAP, STANDING = range(1, len(WHY))


@dataclass(frozen=True, slots=True)
class Movement:
    """Of each sample: time and distance so far, speed, motion and why not; places, heights, and metres left out."""

    elapsed_s: Floats
    distance_m: Floats
    speed_m_s: Floats
    moving: Flags
    stop: pl.Series
    places: Places
    heights: Heights
    left_out_m: float


def movement(samples: pl.DataFrame, timer_s: float | None) -> Movement:
    """What is worked out from samples in order of time; `timer_s` is the device's total where it is to be believed."""
    at = samples["sampled_at"].to_numpy().view(np.int64)
    seconds = (at - at[0]) / 1e6
    counted_m = counted(samples["distance_m"].to_numpy(), seconds)
    recorded = Places(samples["latitude_deg"].to_numpy(), samples["longitude_deg"].to_numpy())
    places = true_places(recorded, seconds, counted_m)
    parts = breaks(seconds, samples["segment"].to_numpy(), timer_s)
    heights = evened(samples["altitude_m"].to_numpy(), seconds, parts)
    still = parts.paused | stood(parts, way_by(counted_m, places, seconds), heights.height_m)
    metres = along(places, seconds, still) if counted_m is None else counted_m
    distance, left_out = without_leaps(metres, parts.step_s)
    speed = np.append(np.nan, np.diff(distance) / parts.step_s[1:])
    stop = _stop(parts, still)
    still[0] = True  # no step leads to the first sample
    return Movement(seconds, distance, speed, ~still, stop, places, heights, left_out)


def _stop(parts: Breaks, still: Flags) -> pl.Series:
    """Why each step was no motion; null where it was, and for the first sample, to which no step leads."""
    why = np.zeros(len(still), dtype=np.uint32)  # of which polars makes an index without a copy
    for flags, reason in ((still, STANDING), (still & parts.gap, GAP), (parts.paused, PAUSED)):
        why[flags] = reason
    why[0] = 0
    return WHY[why]
