"""What a run says in numbers; each is null where it cannot be known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from runmood.terms.records import DecodedRun

LONGEST_STEP_S = 30.0  # a mean gives no sample more weight than this, so a gap does not count as its last value
ENOUGH_HEART = 0.5


def measure(points: pl.DataFrame, decoded: DecodedRun) -> dict[str, object]:
    """Distance, times, pace, heart and cadence of one run: the measured columns of RECORDINGS."""
    step = pl.col("elapsed_s").diff().fill_null(0.0)
    points = points.with_columns(step_s=step, weight=step.clip(upper_bound=LONGEST_STEP_S))
    elapsed_s = points["elapsed_s"][-1]
    moving_s = _sum(points.filter("moving")["step_s"])
    distance_m = _distance_m(points, decoded)
    coverage = _covered(points, "heart_bpm")
    start = points.select("latitude_deg", "longitude_deg").drop_nulls().head(1)
    return {
        "distance_m": distance_m,
        "distance_from": _distance_from(decoded, distance_m),
        "elapsed_s": elapsed_s,
        "moving_s": moving_s,
        "pace_s_km": _pace_s_km(moving_s, distance_m),
        "heart_bpm": _mean(points, "heart_bpm") if coverage >= ENOUGH_HEART else None,
        "heart_coverage": coverage,
        "cadence_spm": _mean(points.filter(pl.col("moving") & (pl.col("cadence_spm") > 0)), "cadence_spm"),
        "effort": decoded.effort,
        "samples": points.height,
        "partial": decoded.partial,
        "start_latitude_deg": start["latitude_deg"].first(),
        "start_longitude_deg": start["longitude_deg"].first(),
    }


def _distance_m(points: pl.DataFrame, decoded: DecodedRun) -> float | None:
    """The device's total, which it may have corrected after the run; of a damaged file only what was read."""
    read = points["distance_m"][-1]
    total = decoded.totals.distance_m
    return read if decoded.partial or not total else total


def _distance_from(decoded: DecodedRun, distance_m: float | None) -> str | None:
    if distance_m is None:
        return None
    counted = decoded.points["distance_m"].max() or 0
    has_total = bool(decoded.totals.distance_m) and not decoded.partial
    return "device" if has_total or counted > 0 else "positions"  # type: ignore[operator]  # a float column's maximum


def _pace_s_km(moving_s: float, distance_m: float | None) -> float | None:
    """Moving time for each kilometre; null without a distance or without a move."""
    return moving_s / distance_m * 1000 if distance_m and moving_s else None


def _covered(points: pl.DataFrame, column: str) -> float:
    """The share of the recorded time that has a value."""
    recorded = _sum(points["weight"])
    return min(1.0, _sum(points.drop_nulls(column)["weight"]) / recorded) if recorded else 0.0


def _mean(points: pl.DataFrame, column: str) -> float | None:
    """The mean over time, not over samples: a watch that saves power writes fewer of them on the flat."""
    known = points.drop_nulls(column)
    weight = _sum(known["weight"])
    return _sum(known[column] * known["weight"]) / weight if weight else None


def _sum(values: pl.Series) -> float:
    return float(values.sum())
