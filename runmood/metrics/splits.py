"""A run by kilometres and by miles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

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
