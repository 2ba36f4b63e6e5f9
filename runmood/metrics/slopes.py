"""Slopes: metres climbed and descended, and the flat distance that would have asked as much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from runmood.metrics.series import Flags, Floats


LEAST_M = 1.5


def elevation_gain_m(height_m: Floats, moving: Flags) -> tuple[Floats, Floats]:
    """Add up metres climbed and metres descended from the start to each sample, on smoothed heights.

    Returns:
        Ascent and descent, each of shape (n,).

    Formula: from each low point to the next high one and back, where the height turns by 1.5 m or more; a smaller
    turn is part of the climb or the descent around it. What is gained without motion (a lift, a pause, the weather at
    a barometer) is left out.

    Source: the usual dead band against noise. 1.5 m, and the 10 s over which heights are smoothed, came closest to
    what devices counted themselves on 28 runs of the corpus, and on 55 rides.

    Limits: NaN without heights. Waves under 1.5 m are no climb. Half of the runs lie within 7 % or 4 m of their watch,
    flat ones farther off in per cent; by satellite alone the error is tens of per cent.
    """
    if np.isnan(height_m[0]):
        unknown = np.full(len(height_m), np.nan)
        return unknown, unknown
    steps = np.ediff1d(height_m, to_begin=0.0) * moving
    heights = np.cumsum(steps)
    turns = _turns(steps)
    ends = turns[_large_turns(heights[turns].tolist())]
    return _gained(steps, heights[ends], ends), _gained(-steps, -heights[ends], ends)


def _turns(steps: Floats) -> NDArray[np.int64]:
    """Return the indices of the samples at which the height turns, and of both ends."""
    sloped = np.flatnonzero(steps)
    rises = steps[sloped] > 0
    turned = sloped[1:][rises[1:] != rises[:-1]] - 1
    return np.concatenate([[0], turned, [len(steps) - 1]])


def _large_turns(heights: list[float]) -> list[int]:
    """Return which of the turning points begin or end a climb or a descent of 1.5 m or more.

    A loop, since each turn depends on the one before; a run of an hour has some hundred.

    Returns:
        Their indices.
    """
    kept: list[int] = []
    low = high = way = 0
    for place, height in enumerate(heights):
        if height > heights[high]:
            high = place
        elif height < heights[low]:
            low = place
        if way != 1 and height - heights[low] >= LEAST_M:
            kept.append(low)
            way, high = 1, place
        elif way != -1 and heights[high] - height >= LEAST_M:
            kept.append(high)
            way, low = -1, place
    return [*kept, high if way == 1 else low] if kept else kept


def _gained(steps: Floats, heights: Floats, ends: NDArray[np.int64]) -> Floats:
    """Return the metres gained so far: of each climb as much as it gains in all, spread over its rising steps."""
    rises = steps.clip(min=0)
    if len(ends):
        gain, risen = np.diff(heights).clip(min=0), np.diff(np.cumsum(rises)[ends])
        share = np.divide(gain, risen, out=np.zeros(len(gain)), where=risen > 0)
        rises[ends[0] + 1 : ends[-1] + 1] *= np.repeat(share, np.diff(ends))
        rises[: ends[0] + 1] = rises[ends[-1] + 1 :] = 0.0
    else:
        rises[:] = 0.0
    return np.cumsum(rises)


STEEPEST = 0.45
FLAT = 3.6
WINDOW_M = 100.0


def running_cost(gradient: Floats) -> Floats:
    """Return the energy in joules that a runner spends per kilogram and metre, by the gradient (rise over run).

    Returns:
        An array of the shape of the gradients.

    Formula: C(i) = 155.4 i⁵ - 30.4 i⁴ - 43.3 i³ + 46.3 i² + 19.5 i + 3.6.

    Source: Minetti, Moia, Roi, Susta & Ferretti 2002, J Appl Physiol 93:1039, doi:10.1152/japplphysiol.01177.2001.

    Limits: ten trained mountain runners on a treadmill at steady speeds, from -45 % to +45 %; steeper slopes count as
    those. Rough ground, wind, altitude and tiring legs are not in it, and steep descents are slower in life than their
    cost says. It is for running: walking uphill costs less.
    """
    i = np.clip(gradient, -STEEPEST, STEEPEST)
    return ((((155.4 * i - 30.4) * i - 43.3) * i + 46.3) * i + 19.5) * i + FLAT


def grade_adjusted_distance(rising_m: Floats, height_m: Floats) -> Floats:
    """Add up the metres on the flat that would have cost as much energy, from the start to each sample.

    Returns:
        An array of shape (n,).

    Formula: sum of C(i) / C(0) · metres. Grade-adjusted pace = pace · metres / flat metres.

    Source: the cost as above; the gradient is the rise over 100 m around each step, 50 m before and after.

    Limits: NaN without heights or distance. A short ramp is smoothed over 100 m. An error of h metres in the height
    moves a gradient by about h %, so of heights by satellite only long slopes can be known; noise alone makes a pace
    look harder by 46.3 / 3.6 times its variance, 0.5 % where gradients tremble by 2 %.
    """
    if np.isnan(rising_m[0]) or np.isnan(height_m[0]):
        return np.full(len(rising_m), np.nan)
    middle = (rising_m[1:] + rising_m[:-1]) / 2
    low, high = np.maximum(middle - WINDOW_M / 2, rising_m[0]), np.minimum(middle + WINDOW_M / 2, rising_m[-1])
    rise = np.interp(high, rising_m, height_m) - np.interp(low, rising_m, height_m)
    ratio = running_cost(rise / np.maximum(high - low, 1.0)) / FLAT
    return np.concatenate([[0.0], np.cumsum(ratio * np.diff(rising_m))])
