"""What a slope does to a pace: the flat distance that would have asked as much."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from runmood.metrics.series import Floats


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
