"""The distance of a run: by the device's own count, else along the positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.tracks.geo import NOBODY_RUNS_FASTER_M_S, Coordinates, project_to_plane, steps_m

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

    Numbers = NDArray[np.int64]
    Way = Callable[[Numbers, Numbers], Floats]

CATCHING_UP_M = 100.0  # what a watch may add at once when it finds its satellites again


def distance_fn(counted_m: Floats | None, places: Coordinates, seconds: Floats) -> Way:
    """Return a function (first, last) -> metres of index arrays, by the device's count or else the positions.

    Without a count it measures to the sample itself or to the one halfway, whichever is farther: who turns round does
    not stand. Without positions it gives NaN.

    Returns:
        The function.
    """
    if counted_m is not None:
        return lambda first, last: counted_m[last] - counted_m[first]
    if not places.make_a_way:
        return lambda first, _: np.full(len(first), np.nan)
    east, north = project_to_plane(places, seconds)

    def straight(first: Numbers, last: Numbers) -> Floats:
        ends = last, (first + last) // 2
        there, halfway = (np.hypot(east[end] - east[first], north[end] - north[first]) for end in ends)
        return np.maximum(there, halfway)

    return straight


def cumulative_distance_m(places: Coordinates, seconds: Floats, stood: Flags) -> Floats:
    """Add up metres along the positions, without steps across pauses and while standing; NaN without positions."""
    if not places.make_a_way:
        return np.full(len(seconds), np.nan)
    known = places.known
    metres = np.concatenate([[0.0], np.cumsum(steps_m(places.latitude_deg[known], places.longitude_deg[known]))])
    steps = np.ediff1d(np.interp(seconds, seconds[known], metres), to_begin=0.0).clip(min=0)
    return np.cumsum(np.where(stood, 0.0, steps))


def drop_jumps(metres: Floats, step_s: Floats) -> tuple[Floats, float]:
    """Remove from a cumulative distance the steps that nobody could have run; return it and the metres removed."""
    steps = np.ediff1d(metres, to_begin=0.0)
    leaps = steps > NOBODY_RUNS_FASTER_M_S * step_s + CATCHING_UP_M
    if not leaps.any():
        return metres, 0.0
    return np.cumsum(np.where(leaps, 0.0, steps)) + metres[0], float(steps[leaps].sum())
