"""What a run says in numbers; each is null where it cannot be known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from runmood.core.enums import AscentSource
from runmood.metrics.heart_rate import decoupling_percent, heart_rate_histogram, max_mean_hr_30s
from runmood.metrics.series import CumulativeSums, Mean, SampleIntervals, pace_s_km
from runmood.metrics.slopes import elevation_gain_m, grade_adjusted_distance
from runmood.metrics.splits_and_efforts import DISTANCES_M, TIMES_S, farthest, fastest, splits, withhold_impossible

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from runmood.core.notices import Notice
    from runmood.core.recordings import DecodedRun
    from runmood.metrics.series import Floats


Row = dict[str, object]

ENOUGH_HEART = 0.5
SPARSE_S = 60.0  # with more between samples nothing is known of what lay between


@dataclass(frozen=True, slots=True)
class RunMetrics:
    """The measured columns of a row of RECORDINGS, and rows of its parts, all without the recording's id.

    `notices` say what was left out because nobody can have run it.
    """

    row: Row
    splits: list[Row]
    best_efforts: list[Row]
    heart_rate_histogram: list[Row]
    notices: tuple[Notice, ...] = ()


def measure(
    points: pl.DataFrame,
    decoded: DecodedRun,
    *,
    heights_from: str | None = None,
    total_m: float | None = None,
    distance_source: str | None = None,
) -> RunMetrics:
    """Measure one run: its row of RECORDINGS and the rows of its splits, best efforts and heart rates.

    `heights_from` is the source of the heights and `distance_source` that of the distance; `total_m` is the distance
    of the whole, where it is not that of the points.

    Returns:
        The measured columns, without the recording's id.
    """
    steps = SampleIntervals(points)
    sums = _sums(steps)
    distance_m = total_m or _known(steps.distance_m[-1])
    row = {
        **_way(steps, sums, distance_m, distance_source),
        **_times(steps),
        **_climb(sums, decoded, heights_from),
        **_heart(steps, sums),
        **_means(steps, sums),
        **_facts(steps, decoded),
    }
    dense = len(points) > 1 and float(np.median(steps.step_s[1:])) <= SPARSE_S
    along = dense and bool(steps.distance_m[-1] > 0)
    parts = list(splits(steps, sums)) if along else []
    efforts = list(_best_efforts(steps)) if along else []
    notices = tuple(withhold_impossible(row, parts, efforts))
    return RunMetrics(
        row=row,
        splits=parts,
        best_efforts=efforts,
        notices=notices,
        heart_rate_histogram=[
            {"heart_bpm": bpm, "lasted_s": lasted_s}
            for bpm, lasted_s in heart_rate_histogram(steps.of("heart_bpm"), steps.weight_s).items()
        ],
    )


def _sums(steps: SampleIntervals) -> CumulativeSums:
    ascent, descent = elevation_gain_m(steps.height_m, steps.moving)
    cadence = steps.of("cadence_spm")
    return CumulativeSums(
        flat_m=grade_adjusted_distance(steps.rising_m, steps.height_m),
        ascent_m=ascent,
        descent_m=descent,
        heart=Mean.of(steps.of("heart_bpm"), steps.weight_s),
        cadence=Mean.of(np.where(cadence > 0, cadence, np.nan), steps.weight_s * steps.moving),
    )


def _way(steps: SampleIntervals, sums: CumulativeSums, distance_m: float | None, source: str | None) -> Row:
    """Return distance and paces: moving time for each kilometre, and for each one grade-adjusted."""
    moving_s = float(steps.moving_s[-1])
    pace = pace_s_km(moving_s, distance_m)
    flat = _known(sums.flat_m[-1])
    return {
        "distance_m": distance_m,
        "distance_source": source,
        "pace_s_km": pace,
        "grade_adjusted_pace_s_km": pace * float(steps.distance_m[-1]) / flat if pace and flat else None,
    }


def _times(steps: SampleIntervals) -> Row:
    """Return where the time went, in seconds; the four add up to the whole."""
    return {
        "elapsed_s": float(steps.elapsed_s[-1]),
        "moving_s": float(steps.moving_s[-1]),
        **{f"{why}_s": float(steps.step_s[stopped].sum()) for why, stopped in steps.stops.items()},
    }


def _climb(sums: CumulativeSums, decoded: DecodedRun, heights_from: str | None) -> Row:
    """Return ascent by the device where it gives one, else as counted here; descent is counted here."""
    device_m = None if decoded.partial else decoded.totals.ascent_m
    return {
        "ascent_m": _known(sums.ascent_m[-1]) if device_m is None else device_m,
        "descent_m": _known(sums.descent_m[-1]),
        "ascent_source": heights_from if device_m is None else AscentSource.DEVICE,
    }


def _heart(steps: SampleIntervals, sums: CumulativeSums) -> Row:
    recorded = float(steps.weight_s.sum())
    coverage = min(1.0, float(sums.heart.known_s[-1]) / recorded) if recorded else 0.0
    way = steps.distance_m if np.isnan(sums.flat_m[-1]) else sums.flat_m
    return {
        "heart_bpm": sums.heart.whole if coverage >= ENOUGH_HEART else None,
        "heart_coverage": coverage,
        "heart_max_bpm": max_mean_hr_30s(sums.heart, steps.elapsed_s),
        "decoupling_percent": decoupling_percent(way, steps.of("heart_bpm"), steps.moving_s),
    }


def _means(steps: SampleIntervals, sums: CumulativeSums) -> Row:
    """Return means over time: of cadence and power in motion, where 0 is a dropout, and of temperature."""
    power = steps.of("power_w")
    return {
        "cadence_spm": sums.cadence.whole,
        "power_w": Mean.of(np.where(power > 0, power, np.nan), steps.weight_s * steps.moving).whole,
        "temperature_c": Mean.of(steps.of("temperature_c"), steps.weight_s).whole,
    }


def _facts(steps: SampleIntervals, decoded: DecodedRun) -> Row:
    latitude, longitude = steps.of("latitude_deg"), steps.of("longitude_deg")
    placed = np.flatnonzero(np.isfinite(latitude))
    return {
        "effort": decoded.effort,
        "samples": len(latitude),
        "partial": decoded.partial,
        "start_latitude_deg": float(latitude[placed[0]]) if len(placed) else None,
        "start_longitude_deg": float(longitude[placed[0]]) if len(placed) else None,
        "end_latitude_deg": float(latitude[placed[-1]]) if len(placed) else None,
        "end_longitude_deg": float(longitude[placed[-1]]) if len(placed) else None,
    }


def _best_efforts(steps: SampleIntervals) -> Iterator[Row]:
    """Return the fastest stretch of each distance and the farthest of each time, so far as the run is long enough.

    Both lists grow, so what the run is too short for lies at their ends.

    Yields:
        A row of BEST_EFFORTS without the recording's id.
    """
    found = {
        "distance": zip(DISTANCES_M, fastest(steps.rising_m, steps.elapsed_s, DISTANCES_M.values()), strict=False),
        "time": zip(TIMES_S, farthest(steps.distance_m, steps.elapsed_s, TIMES_S.values()), strict=False),
    }
    for given, stretches in found.items():
        for name, (began_s, distance_m, elapsed_s) in stretches:
            yield {
                "effort": name,
                "given": given,
                "distance_m": distance_m,
                "elapsed_s": elapsed_s,
                "pace_s_km": pace_s_km(elapsed_s, distance_m),
                "began_s": began_s,
            }


def _known(value: Floats | float) -> float | None:
    return None if np.isnan(value) else float(value)
