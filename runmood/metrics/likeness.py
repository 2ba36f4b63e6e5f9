"""What the raw samples of an activity say of who made them: speed, steadiness, stops and steps, before any repair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from runmood.core.models import DecodedRun

    Floats = NDArray[np.float64]


M_PER_DEG = 111_200.0
MINUTE_S = 60.0
STANDING_M_S = 0.5
LONGEST_STEP_S = 120.0  # longer is a pause
SAME_SPEED = 0.02
FEWEST_COUNTS = 3


@dataclass(frozen=True, slots=True)
class Likeness:
    """How an activity went, as its samples say without repair; null where they do not say.

    `speed_m_s` is the mean while moving, `fast_minute_m_s` the speed that one minute in ten exceeds, `spread` how much
    minutes differ (standard deviation by mean), `even` the share of steps as fast as the one before, within 2 %.
    """

    speed_m_s: float | None
    fast_minute_m_s: float | None
    spread: float | None
    even: float | None
    cadence_spm: float | None
    has_body: bool
    steps: int


def likeness_of(decoded: DecodedRun) -> Likeness:
    """Return what the raw samples of an activity say.

    Args:
        decoded: The activity, as its file has it: a sample a row with its moment, position in degrees, count in metres.

    Returns:
        The likeness; without speeds where there is neither a count nor a way between positions.
    """
    points = decoded.points.drop_nulls("sampled_at").sort("sampled_at", maintain_order=True)
    seconds = points["sampled_at"].dt.epoch("us").to_numpy() / 1e6
    cadence = points["cadence_spm"].drop_nulls()
    cadence = cadence.filter(cadence > 0)
    steps_spm = float(cadence.median()) if len(cadence) else None  # type: ignore[arg-type]  # a column of numbers
    has_body = len(cadence) > 0 or points["heart_bpm"].drop_nulls().len() > 0
    known = np.isfinite(way := _way_m(points["distance_m"].to_numpy(), *_degrees(points)))
    lasted, gone = np.diff(seconds[known]), np.diff(way[known])
    counted = (lasted > 0) & (lasted <= LONGEST_STEP_S)
    lasted, gone = lasted[counted], gone[counted]
    speeds = gone / lasted
    moving = speeds > STANDING_M_S
    if not moving.any():
        speed = _total_speed(decoded, seconds[known], way[known])
        return Likeness(speed, None, None, None, steps_spm, has_body, 0)
    before, after = speeds[moving][:-1], speeds[moving][1:]
    even = float(np.mean(np.abs(after - before) <= SAME_SPEED * before)) if before.size else None
    minute = _minutes(lasted[moving], gone[moving])
    return Likeness(
        float(gone[moving].sum() / lasted[moving].sum()),
        float(np.quantile(minute, 0.9)),
        float(np.std(minute) / np.mean(minute)),
        even,
        steps_spm,
        has_body,
        int(moving.sum()),
    )


def _degrees(points: pl.DataFrame) -> tuple[Floats, Floats]:
    return points["latitude_deg"].to_numpy(), points["longitude_deg"].to_numpy()


def _way_m(count: Floats, north: Floats, east: Floats) -> Floats:
    """Return how far each sample is from the start: by the device's count, else along the positions."""
    if np.isfinite(count).sum() >= FEWEST_COUNTS:
        return count
    placed = np.flatnonzero(np.isfinite(north) & np.isfinite(east))
    way = np.full(north.size, np.nan)
    if placed.size:
        shrink = np.cos(np.radians(north[placed[0]]))
        steps = M_PER_DEG * np.hypot(np.diff(north[placed]), shrink * np.diff(east[placed]))
        way[placed] = np.concatenate([[0.0], np.cumsum(steps)])
    return way


def _minutes(lasted: Floats, gone: Floats) -> Floats:
    """Return the speed of each minute in motion; of the whole where it is shorter."""
    at, way = np.concatenate([[0.0], np.cumsum(lasted)]), np.concatenate([[0.0], np.cumsum(gone)])
    if at[-1] < 2 * MINUTE_S:
        return np.array([way[-1] / at[-1]])
    marks = np.arange(0.0, at[-1], MINUTE_S)
    speeds: Floats = np.diff(np.interp(marks, at, way)) / MINUTE_S
    return speeds


def _total_speed(decoded: DecodedRun, seconds: Floats, way: Floats) -> float | None:
    """Return the mean speed by the device's totals, else from the first sample to the last; null for neither."""
    totals = decoded.totals
    lasted = totals.timer_s or totals.elapsed_s or (float(np.ptp(seconds)) if seconds.size else 0.0)
    gone = totals.distance_m or (float(np.ptp(way)) if way.size else 0.0)
    return gone / lasted if gone and lasted else None
