"""Ascent and descent."""

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
