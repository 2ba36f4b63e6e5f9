"""A run in parts: kilometres and miles, the fastest stretch for a distance or a time, and what nobody can have run."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from runmood.core.notices import BEYOND_RECORDS, STRETCH_BEYOND_RECORDS
from runmood.tracks.world_records import is_possible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from runmood.core.notices import Notice
    from runmood.metrics.series import CumulativeSums, Floats, SampleIntervals


UNITS_M = {"km": 1000.0, "mile": 1609.344}
LEAST_M = 10.0  # what is left over after the last full split, where it is less, belongs to that


def splits(steps: SampleIntervals, sums: CumulativeSums) -> Iterator[dict[str, object]]:
    """Return the rows of SPLITS: each kilometre, each mile, and what was left at the end.

    The moment at which a distance was reached lies between samples; where the runner stood there, it is the first.

    Yields:
        A row without the recording's id.
    """
    total = float(steps.distance_m[-1])
    marks = [np.append(np.arange(0.0, max(total - LEAST_M, one), one), total) for one in UNITS_M.values()]
    counts = [len(each) - 1 for each in marks]
    marks_m = np.concatenate(marks)
    rows = np.delete(np.arange(len(marks_m) - 1), counts[0])  # what lies between the last kilometre and the first mile
    columns = _columns(steps, sums, marks_m)
    values = np.column_stack(list(columns.values()))[rows].astype(object)
    values[values != values] = None  # noqa: PLR0124 - only NaN differs from itself
    units = [(unit, split) for unit, count in zip(UNITS_M, counts, strict=True) for split in range(1, count + 1)]
    for (unit, split), told in zip(units, values.tolist(), strict=True):
        yield {"unit": unit, "split": split, **dict(zip(columns, told, strict=True))}


def _columns(steps: SampleIntervals, sums: CumulativeSums, marks_m: Floats) -> dict[str, Floats]:
    """Return the differences between consecutive marks of everything that adds up; NaN where it is not known."""
    at_s = np.interp(marks_m, steps.rising_m, steps.elapsed_s)
    at_s[marks_m == 0], at_s[marks_m == marks_m[-1]] = 0.0, steps.elapsed_s[-1]

    def between(added_up: Floats) -> Floats:
        return np.diff(np.interp(at_s, steps.elapsed_s, added_up)).clip(min=0)

    def pace_s_km(way_m: Floats) -> Floats:
        pace: Floats = np.full(len(way_m), np.nan)
        return np.divide(1000 * moving_s, way_m, out=pace, where=(way_m > 0) & (moving_s > 0))

    distance_m, moving_s = np.diff(marks_m), between(steps.moving_s)
    return {
        "distance_m": distance_m,
        "elapsed_s": np.diff(at_s),
        "moving_s": moving_s,
        "pace_s_km": pace_s_km(distance_m),
        "grade_adjusted_pace_s_km": pace_s_km(between(sums.flat_m)),
        "ascent_m": between(sums.ascent_m),
        "descent_m": between(sums.descent_m),
        "heart_bpm": sums.heart.between(at_s, steps.elapsed_s),
        "cadence_spm": sums.cadence.between(at_s, steps.elapsed_s),
    }


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
    found = [_least_over(length, along, what) for length in given.tolist()]
    began, grown = np.array(found, np.float64).reshape(-1, 2).T
    return began, grown


def _least_over(length: float, along: Floats, what: Floats) -> tuple[float, float]:
    """Find it over one length, of which there is at least one."""
    begins = np.searchsorted(along, along[-1] - length, side="right")
    ends = np.searchsorted(along, along[0] + length)
    from_samples = np.interp(along[:begins] + length, along, what) - what[:begins]
    to_samples = what[ends:] - np.interp(along[ends:] - length, along, what)
    one, other = int(from_samples.argmin()), int(to_samples.argmin())
    if from_samples[one] <= to_samples[other]:
        return float(along[one]), float(from_samples[one])
    return float(along[ends + other]) - length, float(to_samples[other])


Row = dict[str, object]
PACES = ("pace_s_km", "grade_adjusted_pace_s_km")


def withhold_impossible(row: Row, splits: list[Row], best_efforts: list[Row]) -> Iterator[Notice]:
    """Take out, in place, the paces and best efforts that lie beyond the world records, and say so.

    Of a run that as a whole is beyond them, nothing is shown that a person would compare: its shorter stretches may be
    possible and are no more believable. Distances and times stay, so that what it was can be judged.

    Args:
        row: A row of RECORDINGS.
        splits: Rows of SPLITS.
        best_efforts: Rows of BEST_EFFORTS.

    Yields:
        A notice on what was withheld.
    """
    if not all(_possible([row], "moving_s")):
        row.update(dict.fromkeys(PACES))
        for split in splits:
            split.update(dict.fromkeys(PACES))
        best_efforts.clear()
        yield BEYOND_RECORDS()
        return
    impossible = [split for split, possible in zip(splits, _possible(splits, "moving_s"), strict=True) if not possible]
    for split in impossible:
        split.update(dict.fromkeys(PACES))
    possible = _possible(best_efforts, "elapsed_s")
    if impossible or not all(possible):
        best_efforts[:] = compress(best_efforts, possible)
        yield STRETCH_BEYOND_RECORDS()


def holds_a_ride(splits: list[Row]) -> bool:
    """Return whether a whole kilometre is beyond the world record, of splits whose impossible paces are withheld.

    A shorter one may be a fault of the positions; a kilometre was driven.
    """
    return any(split["pace_s_km"] is None and _metres(split) >= UNITS_M["km"] and split["moving_s"] for split in splits)


def _metres(split: Row) -> float:
    metres = split["distance_m"]
    return metres if isinstance(metres, float) else 0.0


def _possible(rows: list[Row], duration: str) -> list[bool]:
    """Return whether the distance of each row is possible in its duration; true where one of them is not known."""
    metres, seconds = (np.array([row[name] or np.nan for row in rows], np.float64) for name in ("distance_m", duration))
    found: list[bool] = (is_possible(metres, seconds) | np.isnan(metres) | np.isnan(seconds)).tolist()
    return found
