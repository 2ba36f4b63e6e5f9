"""How far a person can run in a given time: the world records, with a margin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


# Seconds and metres of men's world records, by World Athletics (https://worldathletics.org/records, best of track and
# road) and, from 50 km on, by the International Association of Ultrarunners (https://iau-ultramarathon.org/records).
# The first is the fastest 10 m within a race, Bolt 2009: Graubner & Nixdorf 2011, New Studies in Athletics 26:19.
RECORDS = (
    (0.81, 10.0),
    (9.58, 100.0),
    (19.19, 200.0),
    (43.03, 400.0),
    (100.91, 800.0),
    (131.96, 1000.0),
    (206.00, 1500.0),
    (223.13, 1609.344),
    (437.55, 3000.0),
    (755.36, 5000.0),
    (1571.00, 10_000.0),
    (3402.0, 21_097.5),
    (7235.0, 42_195.0),
    (9523.0, 50_000.0),
    (21_935.0, 100_000.0),
    (86_400.0, 319_614.0),
    (172_800.0, 473_495.0),
    (518_400.0, 1_036_851.0),
)
LOG_SECONDS, LOG_METRES = np.log(RECORDS).T
MARGIN = 1.05  # the best watches count distances to 1 or 2 %, and short stretches worse


def farthest_possible_m(seconds: Floats | float) -> Floats:
    """Return the metres that nobody has exceeded in a time, with a margin of 5 %.

    Formula: between two records the metres grow as a power of the seconds (straight lines of logarithms); before the
    first and after the last they grow evenly.

    Args:
        seconds: One or more durations, in seconds.

    Returns:
        Metres, of the same shape.
    """
    given = np.maximum(np.asarray(seconds, dtype=np.float64), 1e-9)
    logs = np.log(given)
    within = np.exp(np.interp(logs, LOG_SECONDS, LOG_METRES))
    beyond = np.exp(np.maximum(logs - LOG_SECONDS[-1], 0.0) + np.minimum(logs - LOG_SECONDS[0], 0.0))
    farthest: Floats = MARGIN * within * beyond
    return farthest


def is_possible(distance_m: Floats | float, seconds: Floats | float) -> NDArray[np.bool_]:
    """Return whether a person can have run a distance in a time; a time of zero makes no distance possible."""
    possible: NDArray[np.bool_] = np.asarray(distance_m) <= farthest_possible_m(seconds)
    return possible
