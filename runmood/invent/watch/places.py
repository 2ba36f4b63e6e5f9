"""Where the runner runs: loops drawn with a pencil in two parks; nobody ever recorded them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Metres = NDArray[np.float64]

METRES_A_DEGREE = 6_371_000 * math.pi / 180
SKETCHED = 720


@dataclass(frozen=True, slots=True)
class Loop:
    """A closed path: an oval with a few bends, and the hill along it."""

    latitude_deg: float
    longitude_deg: float
    bearing_deg: float
    half_length_m: float
    half_width_m: float
    lowest_m: float
    hill_m: float
    bends: int = 3

    def east_north(self, along_m: Metres) -> tuple[Metres, Metres]:
        """Metres east and north of the loop's middle, for metres run along it, round and round."""
        east, north, length = sketch(self)
        even = np.linspace(0, length, SKETCHED + 1)
        return np.interp(along_m % length, even, east), np.interp(along_m % length, even, north)

    def altitude_m(self, along_m: Metres) -> Metres:
        """Height above the sea along the loop: one hill, and two small ones upon it."""
        turn = 2 * math.pi * along_m / sketch(self)[2]
        return self.lowest_m + self.hill_m * (0.5 - 0.4 * np.cos(turn) - 0.1 * np.cos(3 * turn))

    def degrees(self, east_m: Metres, north_m: Metres) -> tuple[Metres, Metres]:
        """Latitude and longitude of metres east and north of the middle."""
        narrowed = METRES_A_DEGREE * math.cos(math.radians(self.latitude_deg))
        return self.latitude_deg + north_m / METRES_A_DEGREE, self.longitude_deg + east_m / narrowed


PLACES = {
    "Europe/Lisbon": (
        Loop(38.7855, -9.0955, 5, 850, 190, 4, 9, bends=3),
        Loop(38.7875, -9.0958, 5, 600, 160, 5, 6, bends=5),
        Loop(38.7825, -9.0965, 8, 1150, 180, 4, 16, bends=4),
    ),
    "America/New_York": (Loop(40.7825, -73.9655, 29, 1500, 300, 22, 14, bends=4),),
}


@lru_cache(maxsize=16)
def sketch(loop: Loop) -> tuple[Metres, Metres, float]:
    """The loop's corners, evenly spaced along it, east and north of the middle; and its length in metres."""
    turn = np.linspace(0, 2 * math.pi, 20 * SKETCHED + 1)
    length = loop.half_length_m * np.cos(turn)
    width = loop.half_width_m * (np.sin(turn) + 0.15 * np.sin(loop.bends * turn))
    bearing = math.radians(loop.bearing_deg)
    east = length * math.sin(bearing) + width * math.cos(bearing)
    north = length * math.cos(bearing) - width * math.sin(bearing)
    along = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(east), np.diff(north)))))
    even = np.linspace(0, along[-1], SKETCHED + 1)
    return np.interp(even, along, east), np.interp(even, along, north), float(along[-1])
