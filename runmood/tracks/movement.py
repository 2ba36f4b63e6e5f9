"""Distance, pauses, height and motion of a run, from its samples together.

Distance is the device's own count, else measured along the positions. A runner did not move since the timer was
stopped, since nothing was recorded, or since they stood.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.core.enums import StopReason
from runmood.tracks.counter import DistanceEvidence, repair_counter, weigh_total
from runmood.tracks.elevation import smooth_elevation
from runmood.tracks.geo import NOBODY_RUNS_FASTER_M_S, Coordinates, project_to_plane, remove_gps_outliers, steps_m
from runmood.tracks.world_records import is_possible

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from runmood.core.recordings import Totals
    from runmood.tracks.counter import CountedDistance, WeighedTotal
    from runmood.tracks.elevation import Elevation

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


STANDING_M_S = 0.5  # slower than the slowest hill walk; a GPS that stands still drifts at 0.1 to 0.4 m/s
WINDOW_S = 5.0  # a shorter stop is not seen; a stride or two into and out of one belong to it
CREEPING_M_S = 0.15  # on hands and knees
CLIMBING_M_S = 0.1  # 360 m an hour; with CREEPING_M_S a slope of 67 %
CLIMB_WINDOW_S = 30.0
GAP_S = 30.0  # watches that save power write a sample every 8 to 22 s
GAP_STEPS = 5  # times the usual step, for a device that saves one a minute


@dataclass(frozen=True)
class Pauses:
    """Of each step to a sample from the one before: whether the timer was stopped, whether nothing was recorded."""

    step_s: Floats
    paused: Flags
    gap: Flags

    @cached_property
    def clock_s(self) -> Floats:
        """How much had been recorded by each sample."""
        return np.cumsum(np.where(self.paused | self.gap, 0.0, self.step_s))

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """The first sample of each stretch that was recorded without a break."""
        return np.flatnonzero(np.concatenate([[True], (self.paused | self.gap)[1:]]))


def find_pauses(seconds: Floats, segment: NDArray[np.int64], timer_s: float | None) -> Pauses:
    """Find pauses, where the device gives them, and gaps: over 30 s, and over five usual steps, without a sample.

    Some files do not mark pauses but give the timer's total. From the longest on, gaps were pauses as long as that
    total leaves no room for half of them.

    Returns:
        The pauses and gaps, as flags of one value a step.
    """
    step_s = np.ediff1d(seconds, to_begin=0.0)
    paused = np.ediff1d(segment, to_begin=0) != 0  # no step leads to the first sample
    gap = (step_s > GAP_S) & ~paused
    if gap.any():
        gap &= step_s > GAP_STEPS * np.median(step_s[1:])
    if timer_s and gap.any():
        untimed = seconds[-1] - step_s[paused].sum() - timer_s
        gaps = np.flatnonzero(gap)
        for place in gaps[np.argsort(-step_s[gaps], kind="stable")]:
            if step_s[place] / 2 <= untimed:
                paused[place], gap[place] = True, False
                untimed -= step_s[place]
    return Pauses(step_s, paused, gap)


def standing_intervals(parts: Pauses, way: Way, height_m: Floats) -> Flags:
    """Return which steps, pauses apart, were no motion.

    They are part of 5 s, or of one longer step, in which under 2.5 m were made. Slow is not standing
    on a slope: 0.15 m/s will do where the height changes by 0.1 m/s. A gap is motion if enough distance was made in it.

    Args:
        parts: The pauses and gaps.
        way: The metres from some samples to others, NaN where that is not known, which is taken for motion.
        height_m: Smoothed height at each sample in metres, shape (n,).

    Returns:
        Flags of shape (n,).
    """
    clock = parts.clock_s
    first = np.flatnonzero(clock <= max(clock[-1] - WINDOW_S, 0.0))
    last = np.ceil(np.interp(clock[first] + WINDOW_S, clock, np.arange(len(clock)))).astype(np.int64)
    span = clock[last] - clock[first]
    made = way(first, last)
    slow = made < STANDING_M_S * span
    creeping = np.flatnonzero(slow & (made >= CREEPING_M_S * span))
    middle = (clock[first[creeping]] + clock[last[creeping]]) / 2
    slow[creeping[_climb_m_s(middle, clock, height_m) >= CLIMBING_M_S]] = False
    count = len(clock) + 1
    begun, ended = (np.bincount(each[slow] + 1, minlength=count)[:count] for each in (first, last))
    still = np.cumsum(begun - ended)[:-1] > 0
    gaps = np.flatnonzero(parts.gap)
    still[gaps] = ~(way(gaps - 1, gaps) >= STANDING_M_S * parts.step_s[gaps])
    return still


def _climb_m_s(at: Floats, clock: Floats, height_m: Floats) -> Floats:
    """Return how fast the height changed around some moments, in m/s; NaN where heights are not known."""
    before, after = (np.interp(at + shift, clock, height_m) for shift in (-CLIMB_WINDOW_S / 2, CLIMB_WINDOW_S / 2))
    return np.abs(after - before) / CLIMB_WINDOW_S


WHY = pl.Series("stop", [None, *map(str, StopReason)], pl.String)
PAUSED, GAP, STANDING = range(1, len(WHY))


@dataclass(frozen=True, slots=True)
class Movement:
    """Of each sample: time and distance so far, speed, motion and why not; places, heights, and metres left out.

    `counted` is the device's distance with what was mended in it, null where it is along the positions; `total` the
    distance of the whole run, and who carries it.
    """

    elapsed_s: Floats
    distance_m: Floats
    speed_m_s: Floats
    moving: Flags
    stop: pl.Series
    places: Coordinates
    heights: Elevation
    left_out_m: float
    counted: CountedDistance | None
    total: WeighedTotal


def movement(samples: pl.DataFrame, totals: Totals) -> Movement:
    """Compute distance, speed, motion and heights from samples in order of time.

    `totals` is what the device says of the whole; empty where it cannot be believed.

    Returns:
        Arrays of one value a sample.
    """
    at = samples["sampled_at"].to_numpy().view(np.int64)
    seconds = (at - at[0]) / 1e6
    recorded = Coordinates(samples["latitude_deg"].to_numpy(), samples["longitude_deg"].to_numpy())
    parts = find_pauses(seconds, samples["segment"].to_numpy(), totals.timer_s)
    others = DistanceEvidence(recorded, samples["speed_m_s"].to_numpy(), parts.clock_s, totals.distance_m)
    counted = repair_counter(samples["distance_m"].to_numpy(), seconds, others)
    counted_m = counted.metres if counted else None
    places = remove_gps_outliers(recorded, seconds, counted_m)
    heights = smooth_elevation(samples["altitude_m"].to_numpy(), seconds, parts)
    too_coarse = counted is not None and counted.tick_s > WINDOW_S and places.make_a_way
    way = distance_fn(None if too_coarse else counted_m, places, seconds)
    still = parts.paused | standing_intervals(parts, way, heights.height_m)
    metres = cumulative_distance_m(places, seconds, still) if counted_m is None else counted_m
    if counted is None and places.stay_at_one_place and metres[-1] < STANDING_M_S * parts.clock_s[-1]:
        metres, still = np.full(len(seconds), np.nan), parts.paused.copy()  # indoors: how far is not known
    distance, left_out = drop_jumps(metres, parts.step_s)
    total = weigh_total(distance, left_out, parts, places if counted else None, totals)
    distance = distance * total.scale
    if _rests_too_long(distance[-1], parts, still):
        still = parts.paused.copy()
    speed = np.append(np.nan, np.diff(distance) / parts.step_s[1:])
    stop = _stop(parts, still)
    still[0] = True  # no step leads to the first sample
    return Movement(seconds, distance, speed, ~still, stop, places, heights, left_out, counted, total)


def _rests_too_long(distance_m: float, parts: Pauses, still: Flags) -> bool:
    """Return whether nobody covers the distance in the time in motion, and somebody in the time not paused."""
    moving_s, timed_s = (float(parts.step_s[~flags].sum()) for flags in (still, parts.paused))
    walked = distance_m >= STANDING_M_S * timed_s
    return bool(walked and not is_possible(distance_m, moving_s) and is_possible(distance_m, timed_s))


def _stop(parts: Pauses, still: Flags) -> pl.Series:
    """Return the reason why each step was no motion; null where it was, and for the first sample, which has no step."""
    why = np.zeros(len(still), dtype=np.uint32)  # of which polars makes an index without a copy
    for flags, reason in ((still, STANDING), (still & parts.gap, GAP), (parts.paused, PAUSED)):
        why[flags] = reason
    why[0] = 0
    return WHY[why]
