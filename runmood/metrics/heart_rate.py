"""What the heart did: how high it went, how long at which rate, and whether it drifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.metrics.series import DIGITS, Mean

if TYPE_CHECKING:
    from runmood.metrics.series import Floats


HALF_MINUTE_S = 30.0
ENOUGH_OF_IT_S = 25.0
LEAST_MOVING_S = 40 * 60.0
WARMING_UP_S = 10 * 60.0
BLOCK_S = 60.0
STEADY = 0.15
MOST = 2 / 3


def max_mean_hr_30s(heart: Mean, elapsed_s: Floats) -> float | None:
    """Return the highest mean heart rate, in beats a minute, of any 30 s; null without one that is nearly all known.

    Returns:
        Beats a minute, or null.

    Formula: the greatest mean over [t - 30 s, t] for t at each sample, with a rate known for 25 s of it or more.

    Source: a mean against single false readings, as of a wrist sensor that counts steps; the length is ours.

    Limits: no maximum of the person, only of this run. Half a minute at the steps' own rate is believed.
    """
    since = elapsed_s - HALF_MINUTE_S
    known = heart.known_s - np.interp(since, elapsed_s, heart.known_s)
    enough = known >= ENOUGH_OF_IT_S
    if not enough.any():
        return None
    summed = heart.value_s - np.interp(since, elapsed_s, heart.value_s)
    return round(float((summed[enough] / known[enough]).max()), DIGITS)


def heart_rate_histogram(heart_bpm: Floats, weight_s: Floats) -> dict[int, float]:
    """Add up the seconds at each whole heart rate, from which the time in any zones follows later.

    Returns:
        Seconds by beats a minute.

    Formula: each sample's step, 30 s at most and pauses left out, at its rate rounded to a whole beat.

    Source: plain counting.

    Limits: what is not known is nowhere; the sum is the time with heart rate, not that of the run.
    """
    known = np.isfinite(heart_bpm)
    lasted = np.bincount(np.rint(heart_bpm[known]).astype(np.int64), weight_s[known])
    return {int(bpm): float(lasted[bpm]) for bpm in np.flatnonzero(lasted)}


def decoupling_percent(way_m: Floats, heart_bpm: Floats, moving_s: Floats) -> float | None:
    """Return by how much less distance a heartbeat gave in the second half than in the first, in per cent.

    Returns:
        Per cent; null but for long, steady runs.

    Formula: 100 (E₁ - E₂) / E₁, E = speed / heart rate, of the two halves of the time in motion after the first 10
    minutes; speed by flat metres (see above) where heights are known.

    Source: Friel's aerobic decoupling, a coach's measure. How heart rate drifts from pace in long runs is discussed as
    durability by Maunder, Seiler, Mildenhall, Kilding & Plews 2021, Sports Med 51:1619, doi:10.1007/s40279-021-01459-0.

    Limits: null under 40 minutes in motion, where heart rate is known for under two thirds of either half, and where
    the run was not steady: the speeds of single minutes spread by more than 15 % (standard deviation over mean), as
    runs of the corpus with intervals or walks do. Heat, thirst and coffee move it as well as fitness; the known line
    at 5 % is a habit of coaches, no finding.
    """
    total = float(moving_s[-1])
    if total < LEAST_MOVING_S or np.isnan(way_m[0]):
        return None
    minutes = np.diff(np.interp(np.arange(WARMING_UP_S, total, BLOCK_S), moving_s, way_m))
    if minutes.std() >= STEADY * minutes.mean():
        return None
    halves = np.linspace(WARMING_UP_S, total, 3)
    heart = Mean.of(heart_bpm, np.ediff1d(moving_s, to_begin=0.0))
    way = np.diff(np.interp(halves, moving_s, way_m))
    beats, known = (np.diff(np.interp(halves, moving_s, sums)) for sums in (heart.value_s, heart.known_s))
    if (known < MOST * np.diff(halves)).any():
        return None
    first, second = way / (beats / known)
    return float(100 * (first - second) / first)
