"""Counters of few bits, which start again at zero, made to count on.

FIT saves bytes with them: times in 5 bits of seconds, heart beats in 12 bits of 1/1024 s, distance in 12 bits of
1/16 m.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def count_on(low: NDArray[np.int64], bits: int, known: NDArray[np.float64]) -> NDArray[np.float64]:
    """Full values of a counter that is given by its low bits and, in some places, in full.

    `known` is NaN where only the low bits are given, which are taken to have gone round at most once since the
    value before. Values before the first one known count from zero.
    """
    if len(low) == 0:
        return np.empty(0)
    steps = np.diff(low, prepend=low[:1]) & ((1 << bits) - 1)
    counted = np.cumsum(steps).astype(np.float64)
    anchored = ~np.isnan(known)
    last = np.maximum.accumulate(np.where(anchored, np.arange(len(low)), -1))
    shift = np.where(last >= 0, known[last] - counted[last], float(low[0]))
    return counted + shift
