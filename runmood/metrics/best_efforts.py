"""The fastest stretch of a run for a distance or a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from runmood.metrics.series import Floats


DISTANCES_M = {
    "400 m": 400.0,
    "1 km": 1000.0,
    "1 mile": 1609.344,
    "5 km": 5000.0,
    "10 km": 10_000.0,
    "half marathon": 21_097.5,
    "marathon": 42_195.0,
    "50 km": 50_000.0,
    "100 km": 100_000.0,
}
TIMES_S = {f"{minutes} min": minutes * 60.0 for minutes in (1, 5, 10, 12, 20, 30, 60, 120)}


Stretch = tuple[float, float, float]


def fastest(rising_m: Floats, elapsed_s: Floats, distances_m: Iterable[float]) -> list[Stretch]:
    """Find the fastest stretch of each distance: when it began, how far and how long it was, pauses included.

    Returns:
        For each distance in metres: seconds since the start, metres, seconds.

    Formula: the least t(d + D) - t(d), where t is the time at which a distance was reached, straight between samples.
    On straight lines the least lies at an end of one, so each sample is tried as the beginning and as the end of the
    stretch: the answer is exact, in a time that grows as the samples do.

    Source: what runners call a best effort; an exact answer by plain reasoning.

    Limits: by the distance as recorded, with its errors; between two samples the speed is taken as even. Distances
    longer than the run fall out, and stretches more than 5 % beyond the world records are withheld.
    """
    given = _up_to(distances_m, rising_m)
    began_m, took_s = _least(rising_m, elapsed_s, given)
    began_s = np.interp(began_m, rising_m, elapsed_s)
    return list(zip(began_s.tolist(), given.tolist(), took_s.tolist(), strict=True))


def farthest(distance_m: Floats, elapsed_s: Floats, times_s: Iterable[float]) -> list[Stretch]:
    """Find the farthest stretch of each time: when in the run it began, how far and how long it was.

    Returns:
        For each time in seconds: seconds since the start, metres, seconds.

    Formula: the greatest d(t + T) - d(t), found as above.

    Source: as above; 12 minutes are the test of Cooper 1968, JAMA 203:201, doi:10.1001/jama.1968.03140030033008.

    Limits: as above.
    """
    given = _up_to(times_s, elapsed_s)
    began_s, nearer_m = _least(elapsed_s, -distance_m, given)
    return list(zip(began_s.tolist(), (-nearer_m).tolist(), given.tolist(), strict=True))


def _up_to(lengths: Iterable[float], along: Floats) -> Floats:
    return np.array([length for length in lengths if along[0] + length <= along[-1]])


def _least(along: Floats, what: Floats, given: Floats) -> tuple[Floats, Floats]:
    """Find where a quantity grows least over each length of another: where along that it began, and by how much."""
    lengths = given[:, np.newaxis]
    from_samples = np.interp(along + lengths, along, what, right=np.inf) - what
    to_samples = what - np.interp(along - lengths, along, what, left=-np.inf)
    one, other, each = from_samples.argmin(axis=1), to_samples.argmin(axis=1), np.arange(len(given))
    least_from, least_to = from_samples[each, one], to_samples[each, other]
    began = np.where(least_from <= least_to, along[one], along[other] - given)
    return began, np.minimum(least_from, least_to)
