"""Heights, evened out as much as their source needs, and what that source is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from runmood.core.enums import AscentSource

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from runmood.tracks.movement import Pauses

    Floats = NDArray[np.float64]

ENOUGH = 0.8  # of the samples must have a height
STEEPEST_M_S = 3.0  # the fall of a fast run down a slope of 60 %
SLACK_M, NOISE = 10.0, 5  # a leap is this much more, and five times the usual step
FROM_A_MAP_M, FROM_POSITIONS_M = 0.07, 0.5  # how much a height trembles, see `source_of`
MOST_TREMBLE_M = 3.0
STEADY_WINDOW_S, ROUGH_WINDOW_S = 10.0, 20.0


@dataclass(frozen=True, slots=True)
class Elevation:
    """Height at each sample, smoothed, NaN throughout where it is not known; its source, null then."""

    height_m: Floats
    source: AscentSource | None


def smooth_elevation(altitude_m: Floats, seconds: Floats, parts: Pauses) -> Elevation:
    """Smooth heights by a mean over 10 s of recorded time, 20 s for rough ones, never across a pause.

    Nothing is known where under four fifths of the samples have a height, or where it never changes: a device writes
    0 throughout for none. A leap that no runner makes is a device finding its height; what came before is moved to
    fit. The windows are those with which ascent came closest to what watches counted themselves
    (`benchmarks/measuring.py`).

    Args:
        altitude_m: Height at each sample in metres, shape (n,); NaN where it is absent.
        seconds: Time since the first sample, shape (n,).
        parts: Where the recording paused.

    Returns:
        The smoothed heights and their source.
    """
    known = np.flatnonzero(np.isfinite(altitude_m))
    heights = altitude_m[known]
    if len(known) < max(2, ENOUGH * len(altitude_m)) or (heights == heights[0]).all():
        return Elevation(np.full(len(altitude_m), np.nan), None)
    steady = _without_leaps(heights, seconds[known])
    source, window_s = source_of(steady)
    everywhere = steady if len(known) == len(altitude_m) else np.interp(seconds, seconds[known], steady)
    return Elevation(_mean_around(everywhere, parts, window_s), source)


def source_of(heights: Floats) -> tuple[AscentSource, float]:
    """Return the source of the heights, a barometer or the positions, and the window in seconds that they need.

    No file says it, so it follows from how much they tremble: the mean second difference, each at most 3 m. In the
    corpus it is 0.08 to 0.40 m for watches with a barometer, 0.5 m and more for heights by satellite, under 0.07 m for
    those that a map gave for the positions afterwards. A device without a barometer that smooths what it writes can
    pass for one with it, and needs no other treatment.

    Returns:
        The source and the window.
    """
    if len(heights) <= 2:  # noqa: PLR2004 - two heights have no second difference
        return AscentSource.POSITIONS, ROUGH_WINDOW_S
    tremble = np.minimum(np.abs(np.diff(heights, 2)), MOST_TREMBLE_M).mean()
    source = AscentSource.BAROMETER if FROM_A_MAP_M <= tremble < FROM_POSITIONS_M else AscentSource.POSITIONS
    return source, STEADY_WINDOW_S if tremble < FROM_POSITIONS_M else ROUGH_WINDOW_S


def _without_leaps(heights: Floats, seconds: Floats) -> Floats:
    """Close each leap of the heights; the last height stays where it is."""
    steps = np.diff(heights)
    sizes = np.abs(steps)
    leaps = sizes > STEEPEST_M_S * np.diff(seconds) + max(SLACK_M, NOISE * sizes.mean())
    if not leaps.any():
        return heights
    closed = np.where(leaps, steps, 0.0)
    moved: Floats = heights + np.append(np.cumsum(closed[::-1])[::-1], 0.0)
    return moved


def _mean_around(heights: Floats, parts: Pauses, window_s: float) -> Floats:
    """Return the mean over as much time before as after each sample, shorter near the ends of a stretch."""
    clock, starts = parts.clock_s, parts.starts
    area = np.append(0.0, np.cumsum((heights[1:] + heights[:-1]) / 2 * np.diff(clock)))
    ends = np.append(starts[1:], len(clock))
    begun, ended = (np.repeat(clock[edge], ends - starts) for edge in (starts, ends - 1))
    half = np.minimum(np.minimum(clock - begun, ended - clock), window_s / 2)
    around = np.interp(clock + half, clock, area) - np.interp(clock - half, clock, area)
    mean: Floats = np.divide(around, 2 * half, out=heights.copy(), where=half > 0)
    return mean
