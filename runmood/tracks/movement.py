"""Distance, height and motion of a run, from its samples together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.core.enums import StopReason
from runmood.tracks.distance import cumulative_distance_m, distance_fn, drop_jumps
from runmood.tracks.elevation import smooth_elevation
from runmood.tracks.envelope import is_possible
from runmood.tracks.geo import Coordinates, remove_gps_outliers
from runmood.tracks.pauses import STANDING_M_S, WINDOW_S, find_pauses, standing_intervals
from runmood.tracks.totals import weigh_total
from runmood.tracks.witnesses import Witnesses, weigh_counter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from runmood.core.models import Totals
    from runmood.tracks.elevation import Elevation
    from runmood.tracks.pauses import Pauses
    from runmood.tracks.totals import WeighedTotal
    from runmood.tracks.witnesses import Counted

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


WHY = pl.Series("stop", [None, *map(str, StopReason)], pl.String)
PAUSED, GAP, STANDING = range(1, len(WHY))


@dataclass(frozen=True, slots=True)
class Movement:
    """Of each sample: time and distance so far, speed, motion and why not; places, heights, and metres left out.

    `counted` is the device's distance with what was mended in it, null where it is along the positions; `total` the
    distance of the whole run, and who carries it.
    """

    elapsed_s: Floats
    distance_m: Floats
    speed_m_s: Floats
    moving: Flags
    stop: pl.Series
    places: Coordinates
    heights: Elevation
    left_out_m: float
    counted: Counted | None
    total: WeighedTotal


def movement(samples: pl.DataFrame, totals: Totals) -> Movement:
    """Compute distance, speed, motion and heights from samples in order of time.

    `totals` is what the device says of the whole; empty where it cannot be believed.

    Returns:
        Arrays of one value a sample.
    """
    at = samples["sampled_at"].to_numpy().view(np.int64)
    seconds = (at - at[0]) / 1e6
    recorded = Coordinates(samples["latitude_deg"].to_numpy(), samples["longitude_deg"].to_numpy())
    parts = find_pauses(seconds, samples["segment"].to_numpy(), totals.timer_s)
    others = Witnesses(recorded, samples["speed_m_s"].to_numpy(), parts.clock_s, totals.distance_m)
    counted = weigh_counter(samples["distance_m"].to_numpy(), seconds, others)
    counted_m = counted.metres if counted else None
    places = remove_gps_outliers(recorded, seconds, counted_m)
    heights = smooth_elevation(samples["altitude_m"].to_numpy(), seconds, parts)
    too_coarse = counted is not None and counted.tick_s > WINDOW_S and places.make_a_way
    way = distance_fn(None if too_coarse else counted_m, places, seconds)
    still = parts.paused | standing_intervals(parts, way, heights.height_m)
    metres = cumulative_distance_m(places, seconds, still) if counted_m is None else counted_m
    if counted is None and places.stay_at_one_place and metres[-1] < STANDING_M_S * parts.clock_s[-1]:
        metres, still = np.full(len(seconds), np.nan), parts.paused.copy()  # indoors: how far is not known
    distance, left_out = drop_jumps(metres, parts.step_s)
    total = weigh_total(distance, left_out, parts, places if counted else None, totals)
    distance = distance * total.scale
    if _rests_too_long(distance[-1], parts, still):
        still = parts.paused.copy()
    speed = np.append(np.nan, np.diff(distance) / parts.step_s[1:])
    stop = _stop(parts, still)
    still[0] = True  # no step leads to the first sample
    return Movement(seconds, distance, speed, ~still, stop, places, heights, left_out, counted, total)


def _rests_too_long(distance_m: float, parts: Pauses, still: Flags) -> bool:
    """Return whether nobody covers the distance in the time in motion, and somebody in the time not paused."""
    moving_s, timed_s = (float(parts.step_s[~flags].sum()) for flags in (still, parts.paused))
    walked = distance_m >= STANDING_M_S * timed_s
    return bool(walked and not is_possible(distance_m, moving_s) and is_possible(distance_m, timed_s))


def _stop(parts: Pauses, still: Flags) -> pl.Series:
    """Return the reason why each step was no motion; null where it was, and for the first sample, which has no step."""
    why = np.zeros(len(still), dtype=np.uint32)  # of which polars makes an index without a copy
    for flags, reason in ((still, STANDING), (still & parts.gap, GAP), (parts.paused, PAUSED)):
        why[flags] = reason
    why[0] = 0
    return WHY[why]
