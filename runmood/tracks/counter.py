"""Weigh the distance that a device counted, sample by sample and in all, against clock, positions and speed.

Each source may be wrong in its own way. The fewest samples that make the others agree are left out; what a source
tells coarsely or late is spread over the time that it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

import numpy as np

from runmood.tracks.geo import NOBODY_RUNS_FASTER_M_S, steps_m
from runmood.tracks.world_records import farthest_possible_m, is_possible

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from runmood.core.recordings import Totals
    from runmood.tracks.geo import Coordinates
    from runmood.tracks.movement import Pauses

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Indices = NDArray[np.int64]


LATE_START_M = 100.0  # more before the first sample is the part of a triathlon before
ODD_STEP_M = 50.0  # more than watches correct a count by when they find their satellites again
LONGEST_SPIKE_S = 60.0
LONGEST_SPIKE_SAMPLES = 10
RESTARTED = 0.2  # of the count before: a correction takes back less
COARSE_TICK_S = 1.5  # a count that changes with each sample a second is none that ticks
COARSE_SHARE = 0.1  # of its changes that come after samples without one: more often than a runner stops
STEADY_TICKS = 2.5  # times the usual tick without a change: the runner stood
CATCHING_UP_S = 10.0
LONGEST_LAG_S = 30.0  # watches that save power write a sample every 8 to 22 s
STILL = 0.1  # of the way by speed: positions that cover less stand in a hall
KNOWN_SPEED = 0.8  # of the samples, to be added up to a distance
UNITS_M = {"kilometres": 1000.0, "miles": 1609.344, "centimetres": 0.01}
OTHER_UNIT = 10.0  # no unit is nearer to a metre
SPIKELESS = 0.99  # the quantile of the counts that a few wrong ones do not reach
UNIT_TOLERANCE = 0.15  # how far positions and a device's count may lie apart


@dataclass(frozen=True, slots=True)
class CountedDistance:
    """The device's cumulative distance in metres at each sample, and what was mended in it.

    `tick_s` is the usual time between two changes of the count; `wrong` how many counts were left out, `restarts` how
    often it began anew, `caught_up_m` the metres that came late, `unit` the unit it was written in where not metres.
    `by_speed` says that there was no count, and the device's speed was added up.
    """

    metres: Floats
    tick_s: float = 0.0
    wrong: int = 0
    restarts: int = 0
    caught_up_m: float = 0.0
    unit: str | None = None
    by_speed: bool = False


@dataclass(frozen=True, slots=True)
class DistanceEvidence:
    """What speaks of the distance beside the counter: positions, speed (m/s, shape (n,)) and the total in metres.

    `recorded_s` is how much time had been recorded by each sample, pauses left out, shape (n,).
    """

    places: Coordinates
    speed_m_s: Floats
    recorded_s: Floats
    total_m: float | None


def repair_counter(written_m: Floats, seconds: Floats, others: DistanceEvidence) -> CountedDistance | None:
    """Return the device's distance with its faults mended, never falling; null where nothing of the device counts.

    A sample without a count is interpolated between its neighbours. Without a count, the device's speed is added up
    where positions say nothing.

    Args:
        written_m: The distance counter as written, shape (n,), NaN where a sample has none.
        seconds: Time since the first sample, shape (n,).
        others: What else speaks of the distance.

    Returns:
        The distance, or null.
    """
    known = np.flatnonzero(np.isfinite(written_m))
    if not (written_m[known] > 0).any():
        return _by_speed(others)
    metres, at = written_m[known].clip(min=0), seconds[known]
    lapsed = _lapses(metres)
    if lapsed.any():
        known, metres, at = known[~lapsed], metres[~lapsed], at[~lapsed]
    unit = _unit(metres, others)
    if unit:
        metres = metres * UNITS_M[unit]
    wrong = _wrong_counts(metres, at)
    if wrong.any():
        known, metres, at = known[~wrong], metres[~wrong], at[~wrong]
    metres, restarts = _without_restarts(metres)
    metres = np.maximum.accumulate(metres)
    if metres[0] > LATE_START_M:
        metres = metres - metres[0]
    metres, tick_s, caught_up_m = _spread(metres, at, known, others)
    if len(known) < len(seconds):
        metres = np.maximum.accumulate(np.interp(seconds, at, metres, left=0.0))
    return CountedDistance(metres, tick_s, int(lapsed.sum() + wrong.sum()), restarts, caught_up_m, unit)


def _by_speed(others: DistanceEvidence) -> CountedDistance | None:
    """Add up the device's speed over the recorded time, where neither a count nor positions tell the distance."""
    speed = others.speed_m_s
    known = np.flatnonzero((speed >= 0) & (speed <= NOBODY_RUNS_FASTER_M_S))
    if len(known) < KNOWN_SPEED * len(speed) or not speed[known].any():
        return None
    clock = others.recorded_s
    step_s = np.ediff1d(clock, to_begin=0.0)
    metres = np.cumsum(np.interp(clock, clock[known], speed[known]) * step_s)
    if _along(others.places) > STILL * metres[-1] and not others.places.stay_at_one_place:
        return None
    return CountedDistance(metres, by_speed=True)


def _along(places: Coordinates) -> float:
    """Return the metres along the positions; 0 without a way."""
    known = places.known
    return float(steps_m(places.latitude_deg[known], places.longitude_deg[known]).sum()) if places.make_a_way else 0.0


def _unit(metres: Floats, others: DistanceEvidence) -> str | None:
    """Return the unit of a count that is not in metres, by the total or else the positions; null for metres.

    A total may be in the unit of the count: positions that went ten times as far outvote both.
    """
    counted = float(np.quantile(metres, SPIKELESS) - (metres[0] if metres[0] > LATE_START_M else 0.0))
    total_m, way = others.total_m, _along(others.places)
    if not total_m or way > OTHER_UNIT * max(total_m, counted):
        total_m = way
    if not total_m or counted <= 0 or 1 / OTHER_UNIT < total_m / counted < OTHER_UNIT:
        return None
    for unit, length in UNITS_M.items():
        if abs(total_m / (counted * length) - 1) < UNIT_TOLERANCE:
            return unit
    return None


def _lapses(metres: Floats) -> Flags:
    """Return which counts are 0 after the counter had counted, where it then goes on or says nothing more."""
    lapsed = np.zeros(len(metres), dtype=bool)
    begun = int(np.argmax(metres > 0))
    zeros = np.concatenate([[False], metres[begun:] == 0, [False]])
    edges = np.flatnonzero(zeros[1:] != zeros[:-1]) + begun
    for first, after in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        lapsed[first:after] = after == len(metres) or metres[after] >= metres[first - 1]
    return lapsed


def _wrong_counts(metres: Floats, at: Floats) -> Flags:
    """Return which counts leave the line of those around them and come back to it, over at most ten samples."""
    wrong = np.zeros(len(metres), dtype=bool)
    steps = np.diff(metres)
    odd = (steps < -ODD_STEP_M) | (steps > NOBODY_RUNS_FASTER_M_S * np.diff(at) + ODD_STEP_M)
    for place in (np.flatnonzero(odd) + 1).tolist():
        if wrong[place]:
            continue
        before = place - 1
        last = min(place + LONGEST_SPIKE_SAMPLES, len(metres) - 1)
        for after in range(place + 1, last + 1):
            back = metres[after] - metres[after - 1]
            returns = back < -ODD_STEP_M if steps[before] > 0 else back > ODD_STEP_M
            way, took = metres[after] - metres[before], at[after] - at[before]
            if returns and took <= LONGEST_SPIKE_S and -1 <= way <= NOBODY_RUNS_FASTER_M_S * took + 1:
                wrong[place:after] = True
                break
    if len(metres) > LONGEST_SPIKE_SAMPLES and not wrong[-1] and steps[-1] > ODD_STEP_M:
        rested_s = at[-1] - at[np.searchsorted(metres, metres[-2])] if odd[-1] else np.inf
        wrong[-1] = steps[-1] > NOBODY_RUNS_FASTER_M_S * rested_s + ODD_STEP_M  # nothing after it bears it out
    if len(metres) > LONGEST_SPIKE_SAMPLES and steps[0] < -ODD_STEP_M:
        wrong[0] = True
    return wrong


def _without_restarts(metres: Floats) -> tuple[Floats, int]:
    """Return a count that begins anew with each lap as one that goes on, and how often it did."""
    steps = np.diff(metres)
    again = np.flatnonzero((steps < -ODD_STEP_M) & (metres[1:] < RESTARTED * metres[:-1])) + 1
    if not len(again):
        return metres, 0
    offsets = np.zeros(len(metres))
    offsets[again] = metres[again - 1]
    return metres + np.cumsum(offsets), len(again)


def _spread(metres: Floats, at: Floats, known: Indices, others: DistanceEvidence) -> tuple[Floats, float, float]:
    """Spread what the counter adds at once over the time in which it was covered.

    A counter that changes every few seconds ticks; between two of its ticks the speed is taken as even. After a
    longer rest it had stood until one tick before it changed, unless it then adds more than anybody runs in a tick and
    no position says that the runner stood: then it catches up on the whole rest. What follows the last tick goes on
    as before, no farther than the total.

    Returns:
        The count, its usual tick in seconds, and the metres that it caught up on.
    """
    changes = np.flatnonzero(np.diff(metres) > 0) + 1
    if len(changes) < 2:  # noqa: PLR2004 - a tick lies between two changes
        return metres, 0.0, 0.0
    before = np.concatenate([[0], changes[:-1]])
    rest_s = at[changes] - at[before]
    tick_s = float(np.median(rest_s))
    added = metres[changes] - metres[changes - 1]
    late = _catches_up(added, rest_s, at[changes] - at[changes - 1]) & (rest_s > STEADY_TICKS * tick_s)
    for number in np.flatnonzero(late):
        late[number] = not _stood(others.places, known[before[number]], known[changes[number]], added[number])
    coarse = tick_s >= COARSE_TICK_S and float((before < changes - 1).mean()) > COARSE_SHARE
    lags = _lags(added, rest_s, at[changes] - at[changes - 1])
    if not coarse and not (late.any() or lags.any()):
        return metres, tick_s, 0.0
    stands = (rest_s > STEADY_TICKS * tick_s) & ~late
    begun = np.where(stands, at[changes] - tick_s, at[before])
    if not coarse:
        begun = np.where(late | lags, at[before], at[changes - 1])
    knots_s, knots_m = np.append(begun, at[changes]), np.append(metres[changes - 1], metres[changes])
    tail_s = float(at[-1] - at[changes[-1]])
    if coarse and 0 < tail_s <= tick_s:
        end_m = metres[-1] + float(np.median(added)) * tail_s / tick_s
        knots_s = np.append(knots_s, at[-1])
        knots_m = np.append(knots_m, max(metres[-1], min(end_m, others.total_m or end_m)))
    order = np.lexsort((knots_m, knots_s))
    spread = np.interp(at, knots_s[order], knots_m[order], left=float(metres[0]))
    return np.maximum.accumulate(spread), tick_s, float(added[late].sum())


def _catches_up(added: Floats, rest_s: Floats, step_s: Floats) -> Flags:
    """Return which changes add more than anybody runs in a step, but not in the rest; arguments as of `_lags`."""
    catches: Flags = (added > NOBODY_RUNS_FASTER_M_S * step_s) & (rest_s > CATCHING_UP_S)
    catches[catches] = added[catches] <= farthest_possible_m(rest_s[catches])
    return catches


def _lags(added: Floats, rest_s: Floats, step_s: Floats) -> Flags:
    """Return where a count that rested for a few samples was late, rather than the runner standing.

    What it adds then, over the whole rest, comes nearer to the usual speed than it does over the last step alone.

    Args:
        added: Metres that each change of the count adds, shape (k,).
        rest_s: Seconds since the change before.
        step_s: Seconds since the sample before.

    Returns:
        Flags of shape (k,).
    """
    rested = (rest_s > step_s) & (rest_s <= LONGEST_LAG_S)
    if not rested.any():
        return rested
    added = np.maximum(added, np.finfo(np.float64).tiny * LONGEST_LAG_S)  # whose speed still has a logarithm
    through, at_last = np.log(added / rest_s), np.log(added / step_s)
    usual = np.median(through)
    lags: Flags = rested & (np.abs(through - usual) < np.abs(at_last - usual))
    return lags


def _stood(places: Coordinates, first: int, last: int, added_m: float) -> bool:
    """Return whether positions say that the runner stayed where the counter stood."""
    inside = places.known[(places.known >= first) & (places.known < last)]
    if len(inside) < (last - first) / 2:
        return False
    way = steps_m(places.latitude_deg[inside[[0, -1]]], places.longitude_deg[inside[[0, -1]]])
    return bool(way[0] < added_m / 4)


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
    total_m = totals.distance_m or 0.0
    if not counted:
        return WeighedTotal(total_m or None)
    if left_out_m and total_m > 0:  # the total may hold the leap, or not
        without = max(total_m - left_out_m, 0.0) or counted
        total_m = min((total_m, without), key=lambda each: abs(each - counted))
    if not total_m:
        return WeighedTotal(counted)
    ratio = total_m / counted
    if abs(ratio - 1) <= SAME or not _covered(parts, totals):
        return WeighedTotal(total_m)
    timed_s = float(parts.step_s[~parts.paused].sum())
    could = [bool(is_possible(each, max(timed_s, totals.timer_s or 0.0))) for each in (total_m, counted)]
    if could == [False, True] or (abs(ratio - 1) > APART and _borne_out(counted, places)):
        return WeighedTotal(counted, 1.0, TotalVerdict.OUTVOTED)
    if 1 / MOST_CALIBRATION <= ratio <= MOST_CALIBRATION or could == [True, False]:
        return WeighedTotal(total_m, ratio, TotalVerdict.SCALED if abs(ratio - 1) > AGREE else None)
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
