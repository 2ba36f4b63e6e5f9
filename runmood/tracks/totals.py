"""Weigh the device's own total of the distance against its samples."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np

from runmood.tracks.geo import steps_m
from runmood.tracks.world_records import is_possible

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from runmood.core.recordings import Totals
    from runmood.tracks.geo import Coordinates
    from runmood.tracks.movement import Pauses

    Floats = NDArray[np.float64]


SAME = 0.01  # apart by less, total and samples are one: a total is written a moment after the last sample
AGREE = 0.05  # how far apart two sources may lie that bear each other out
APART = 0.1  # farther, one of two is wrong
MOST_CALIBRATION = 2.0  # a treadmill's own count is no farther than this from the watch's
COVERED = 0.9  # of the timer's time: with less, samples are missing rather than counted wrongly


class TotalVerdict(Enum):
    """What became of a total and samples that lie apart: samples scaled to it, total outvoted, or neither believed."""

    SCALED = auto()
    OUTVOTED = auto()
    UNSURE = auto()


@dataclass(frozen=True, slots=True)
class WeighedTotal:
    """The distance of the whole run in metres, by what the samples' distance is to be multiplied, and the verdict.

    Null metres where neither samples nor total say anything; NaN as the scale where they cannot both be true and
    nothing decides between them.
    """

    metres: float | None
    scale: float = 1.0
    verdict: TotalVerdict | None = None


def weigh_total(
    distance_m: Floats, left_out_m: float, parts: Pauses, places: Coordinates | None, totals: Totals
) -> WeighedTotal:
    """Return the distance of the whole run, as the device's total and its samples bear each other out.

    The total counts, since devices correct it after a run, and the samples are scaled to it where they cover the run.
    It is outvoted where the samples' distance and the positions agree and it lies apart from both, and where nobody
    could have run it. Where one is more than twice the other and both are possible, the distance is unknown.

    Args:
        distance_m: Cumulative distance of the samples, shape (n,), NaN where not known.
        left_out_m: Metres of leaps that it leaves out.
        parts: The pauses and gaps.
        places: The positions, where the samples' distance is not along them already; else null.
        totals: What the device says of the whole.

    Returns:
        The total and how the samples' distance is to be scaled.
    """
    counted = float(distance_m[-1]) if np.isfinite(distance_m[-1]) else 0.0
    told = totals.distance_m or 0.0
    if not counted:
        return WeighedTotal(told or None)
    if left_out_m and told > 0:  # the total may hold the leap, or not
        without = max(told - left_out_m, 0.0) or counted
        told = min((told, without), key=lambda each: abs(each - counted))
    if not told:
        return WeighedTotal(counted)
    ratio = told / counted
    if abs(ratio - 1) <= SAME or not _covered(parts, totals):
        return WeighedTotal(told)
    timed_s = float(parts.step_s[~parts.paused].sum())
    could = [bool(is_possible(each, max(timed_s, totals.timer_s or 0.0))) for each in (told, counted)]
    if could == [False, True] or (abs(ratio - 1) > APART and _borne_out(counted, places)):
        return WeighedTotal(counted, 1.0, TotalVerdict.OUTVOTED)
    if 1 / MOST_CALIBRATION <= ratio <= MOST_CALIBRATION or could == [True, False]:
        return WeighedTotal(told, ratio, TotalVerdict.SCALED if abs(ratio - 1) > AGREE else None)
    return WeighedTotal(None, float("nan"), TotalVerdict.UNSURE)


def _covered(parts: Pauses, totals: Totals) -> bool:
    """Return whether the samples cover the time that the device timed."""
    return not totals.timer_s or float(parts.clock_s[-1]) >= COVERED * totals.timer_s


def _borne_out(counted_m: float, places: Coordinates | None) -> bool:
    """Return whether the positions give the same distance."""
    if places is None or not places.make_a_way:
        return False
    way = float(steps_m(places.latitude_deg[places.known], places.longitude_deg[places.known]).sum())
    return abs(way / counted_m - 1) <= AGREE
