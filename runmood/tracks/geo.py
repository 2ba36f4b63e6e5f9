"""Positions on the earth: how far apart, and which of them cannot be where the runner was."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG 1980
M_PER_DEG = EARTH_RADIUS_M * math.pi / 180  # of latitude
DEGREE_M = EARTH_RADIUS_M * np.pi / 180  # of latitude
NOBODY_RUNS_FASTER_M_S = 12.5  # the fastest 10 m ever measured in a sprint took 0.81 s
FROZEN_S = 10.0  # watches that save a sample each second repeat a position for a few of them
ONE_PLACE_M = 50.0  # indoors positions wander by so much; a lap of a track is farther across
NEARLY_ALL = 0.95
FROZEN_M = 25.0  # more than the error of a position


@dataclass(frozen=True)
class Coordinates:
    """Positions that can be true, NaN elsewhere, and how many were left out for which reason."""

    latitude_deg: Floats
    longitude_deg: Floats
    jumps: int = 0
    frozen: int = 0

    @cached_property
    def known(self) -> NDArray[np.int64]:
        """The indices of the samples that have a position."""
        return np.flatnonzero(np.isfinite(self.latitude_deg))

    @property
    def first(self) -> tuple[float, float] | None:
        """Latitude and longitude of the first position in degrees; null without one."""
        if not len(self.known):
            return None
        return float(self.latitude_deg[self.known[0]]), float(self.longitude_deg[self.known[0]])

    @property
    def make_a_way(self) -> bool:
        """Whether there are two positions or more."""
        return len(self.known) > 1

    @cached_property
    def stay_at_one_place(self) -> bool:
        """Whether nearly all positions lie within 50 m of their middle, as indoors."""
        if not self.make_a_way:
            return False
        north, east = self.latitude_deg[self.known], self.longitude_deg[self.known]
        middle = float(np.median(north)), float(np.median(east))
        east_m = (east - middle[1]) * np.cos(np.radians(middle[0]))
        apart_m = DEGREE_M * np.hypot(north - middle[0], east_m)
        return float(np.mean(apart_m <= ONE_PLACE_M)) >= NEARLY_ALL

    def without(self, left_out: Flags, *, jumps: int = 0, frozen: int = 0) -> Coordinates:
        """Return the positions without those marked in `left_out`, shape (n,), which count as jumps or as frozen."""
        if not left_out.any():
            return self
        latitude, longitude = (np.where(left_out, np.nan, each) for each in (self.latitude_deg, self.longitude_deg))
        return Coordinates(latitude, longitude, self.jumps + jumps, self.frozen + frozen)


def remove_gps_outliers(recorded: Coordinates, seconds: Floats, counted_m: Floats | None) -> Coordinates:
    """Remove positions that jump away and back, and those that are frozen while the device counted on.

    (0, 0), in the sea off Ghana, is what a device writes for nowhere; half a position is none.

    Args:
        recorded: The positions as recorded.
        seconds: Time since the first sample, shape (n,).
        counted_m: Cumulative distance by the device in metres, shape (n,); null where it does not count.

    Returns:
        The positions that are left.
    """
    latitude, longitude = recorded.latitude_deg, recorded.longitude_deg
    places = recorded.without((latitude == 0) & (longitude == 0) | np.isnan(latitude) ^ np.isnan(longitude))
    jumps = _jumps(places, seconds)
    places = places.without(jumps, jumps=int(jumps.sum()))
    if counted_m is None:
        return places
    frozen = _frozen(places, seconds, counted_m)
    return places.without(frozen, frozen=int(frozen.sum()))


def steps_m(latitude_deg: Floats, longitude_deg: Floats) -> Floats:
    """Return the metres from each position to the next along the great circle; NaN beside a missing position.

    The haversine formula: Sinnott 1984, Sky and Telescope 68:159. Its error against an ellipsoid is under 0.6 %.

    Returns:
        An array of shape (n - 1,).
    """
    phi, lam = np.radians(latitude_deg), np.radians(longitude_deg)
    half = np.sin(np.diff(phi) / 2) ** 2 + np.cos(phi[:-1]) * np.cos(phi[1:]) * np.sin(np.diff(lam) / 2) ** 2
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return metres


def project_to_plane(places: Coordinates, seconds: Floats) -> tuple[Floats, Floats]:
    """Return metres east and north of the first position, interpolated where a sample has none.

    Flat is good enough to tell standing from running: the error is 1 % some 100 km away.

    Returns:
        Two arrays of shape (n,).
    """
    known = places.known
    latitude, longitude = places.latitude_deg[known], places.longitude_deg[known]
    east = (longitude - longitude[0] + 180) % 360 - 180  # across the date line too
    metres = east * DEGREE_M * np.cos(np.radians(latitude[0])), (latitude - latitude[0]) * DEGREE_M
    return np.interp(seconds, seconds[known], metres[0]), np.interp(seconds, seconds[known], metres[1])


def _jumps(places: Coordinates, seconds: Floats) -> Flags:
    """Return which positions cannot be reached from the one before nor left for the one after at any running speed.

    Those two lie within reach of each other: a train taken on the way is no jump.

    Returns:
        Flags of shape (n,).
    """
    known = places.known
    jumps = np.zeros(len(seconds), dtype=bool)
    latitude, longitude, at = places.latitude_deg[known], places.longitude_deg[known], seconds[known]
    reach = NOBODY_RUNS_FASTER_M_S * np.diff(at) + 1
    degrees = np.diff(latitude) ** 2 + np.diff(longitude) ** 2
    too_far = degrees * DEGREE_M**2 > reach**2  # a degree of longitude is never longer, so this is never too few
    if not (too_far[:-1] & too_far[1:]).any():
        return jumps
    too_far = steps_m(latitude, longitude) > reach
    for inner in np.flatnonzero(too_far[:-1] & too_far[1:]):
        ends = [inner, inner + 2]
        past = steps_m(latitude[ends], longitude[ends])[0]
        jumps[known[inner + 1]] = past <= NOBODY_RUNS_FASTER_M_S * (at[inner + 2] - at[inner]) + 1
    return jumps


def _frozen(places: Coordinates, seconds: Floats, counted_m: Floats) -> Flags:
    """Return which positions only repeat the one before, in a stretch over which the device counted on."""
    known = places.known
    latitude, longitude = places.latitude_deg[known], places.longitude_deg[known]
    same = np.concatenate([[False], (latitude[1:] == latitude[:-1]) & (longitude[1:] == longitude[:-1]), [False]])
    edges = np.flatnonzero(same[1:] != same[:-1])
    first, last = known[edges[::2]], known[edges[1::2]]
    long = seconds[last] - seconds[first] >= FROZEN_S
    went_on = long & (counted_m[last] - counted_m[first] > FROZEN_M)
    frozen = np.zeros(len(seconds), dtype=bool)
    for begin, end in zip(first[went_on], last[went_on], strict=True):
        frozen[begin + 1 : end + 1] = np.isfinite(places.latitude_deg[begin + 1 : end + 1])
    return frozen
