"""How far, how fast, and whether the runner moved."""

from __future__ import annotations

import numpy as np
import polars as pl

from runmood.track.places import POSITION, steps_m

STANDING_M_S = 0.5  # slower than the slowest hill walk; a GPS that stands still drifts at 0.1 to 0.4 m/s
WINDOW_S = 5.0  # either side: evens out samples of one second, keeps a stop at a kerb


def add_movement(samples: pl.DataFrame) -> pl.DataFrame:
    """The samples with elapsed_s, distance_m (never falling), speed_m_s and moving."""
    seconds = samples["sampled_at"].to_physical().to_numpy() / 1e6
    paused = np.diff(_without_gaps(samples["segment"])) != 0
    distance = _distance(samples, paused)
    speed, moving = _speed(seconds, distance, paused)
    return samples.with_columns(
        pl.Series("elapsed_s", seconds - seconds[0]),
        pl.Series("distance_m", distance, nan_to_null=True),
        pl.Series("speed_m_s", speed, nan_to_null=True),
        pl.Series("moving", moving),
    )


def _distance(samples: pl.DataFrame, paused: np.ndarray) -> np.ndarray:
    """The device's count where it has one, else along the positions without what lies across pauses; NaN if neither."""
    device = _without_gaps(samples["distance_m"])
    if np.nanmax(device, initial=0.0) > 0:
        return np.maximum.accumulate(np.nan_to_num(device, nan=0.0).clip(min=0))
    if samples.height - samples["latitude_deg"].null_count() < 2:  # noqa: PLR2004 - one position is no way
        return np.full(samples.height, np.nan)
    steps = np.nan_to_num(steps_m(*(_without_gaps(samples[name]) for name in POSITION)))
    return np.concatenate([[0.0], np.cumsum(np.where(paused, 0.0, steps))])


def _speed(seconds: np.ndarray, distance: np.ndarray, paused: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Speed since the sample before, and whether that was in motion, judged over a few seconds around."""
    number = np.arange(len(seconds))
    first = np.minimum(np.searchsorted(seconds, seconds - WINDOW_S), np.maximum(number - 1, 0))
    last = np.searchsorted(seconds, seconds + WINDOW_S, side="right") - 1
    span = seconds[last] - seconds[first]
    around = np.divide(distance[last] - distance[first], span, out=np.zeros_like(span), where=span > 0)
    moving = ~(around < STANDING_M_S)  # without any distance (NaN) only a pause says that the runner stood
    moving[1:] &= ~paused
    moving[0] = False
    step = np.concatenate([[np.nan], np.diff(distance) / np.diff(seconds)])
    return step, moving


def _without_gaps(values: pl.Series) -> np.ndarray:
    """The values with each gap filled by the last one known; NaN before the first."""
    return (values.fill_null(strategy="forward") if values.null_count() else values).to_numpy()
