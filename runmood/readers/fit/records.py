"""FIT records as samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.readers.fit.heart_beats import heart_at
from runmood.readers.fit.messages import Numbers
from runmood.readers.fit.profile import (
    EVENT,
    RECORD,
    SECONDS_TO_1990,
    TWO_LEGGED,
)
from runmood.readers.fit.protocol import unwrap_counter
from runmood.readers.fit.times import drop_implausible_times, sample_times
from runmood.schema.tables import RAW_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.readers.fit.messages import MessageColumns
    from runmood.readers.fit.parts import FitFile


Samples = dict[str, Numbers]

_COLUMNS = RAW_SAMPLES.schema
_ON_EARTH = {"latitude_deg": 90, "longitude_deg": 180}
_PACKED = 3  # bytes
_FULL_BYTE = 0xFF
_NO_BYTES = np.empty((0, 0))
_TIMER = 0
_START = 0
_STOPS = (1, 4, 8, 9)
_NATIVE = (
    "latitude_deg",
    "longitude_deg",
    "altitude_m",
    "distance_m",
    "speed_m_s",
    "heart_bpm",
    "power_w",
    "temperature_c",
)
_MOST_LEG_RPM = 130  # no foot lands more often for a whole run; above this the device has counted both


def read_samples(part: FitFile, hearts: MessageColumns) -> Samples:
    """Read the records as columns of RAW_SAMPLES, but "sampled_at" in FIT seconds and cadence as written.

    `hearts` are the beats that a strap stored, from every part of the file.

    Returns:
        The columns by name, each of shape (n,).
    """
    records = part.rows(RECORD)
    samples = {name: records.number(name) for name in _NATIVE}
    samples["sampled_at"] = sample_times(part)
    samples["speed_m_s"] = _first_of(records.number("enhanced_speed_m_s"), lambda: samples["speed_m_s"])
    samples["altitude_m"] = _first_of(records.number("enhanced_altitude_m"), lambda: samples["altitude_m"])
    cadence = records.number("cadence") + np.nan_to_num(records.number("cadence_fraction"))
    samples["cadence"] = _first_of(cadence, lambda: records.number("cadence256"))
    if records.lists.get("speed_and_distance", _NO_BYTES).shape[1] == _PACKED:
        speed, distance = _speed_and_distance(records)
        samples["speed_m_s"] = _first_of(samples["speed_m_s"], lambda: speed)
        samples["distance_m"] = _first_of(samples["distance_m"], lambda: distance)
    # A strap that stored its beats was out of the watch's reach: what the watch wrote meanwhile is older or a guess.
    if len(hearts):
        samples["heart_bpm"] = _first_of(heart_at(samples["sampled_at"], hearts), lambda: samples["heart_bpm"])
    _stand_in(samples, part)
    samples["segment"] = _segments(samples["sampled_at"], part.rows(EVENT))
    if part.suspect:
        samples["sampled_at"] = drop_implausible_times(samples["sampled_at"])
    return samples


def points(samples: Samples, sport: str | None) -> pl.DataFrame:
    """Return the samples as a frame of RAW_SAMPLES; a column they lack is null."""
    empty = np.full(len(samples["sampled_at"]), np.nan)
    columns = {name: samples.get(name, empty) for name in _COLUMNS}
    columns["cadence_spm"] = _steps(samples.get("cadence", empty), sport)
    for name, most in _ON_EARTH.items():
        columns[name] = np.where(np.abs(columns[name]) <= most, columns[name], np.nan)
    segment = samples.get("segment", np.zeros(len(empty)))
    columns["segment"] = segment - segment.min(initial=np.inf)
    columns["sampled_at"] = (columns["sampled_at"] + SECONDS_TO_1990) * 1e6
    series = {name: pl.Series(name, values, nan_to_null=True) for name, values in columns.items()}
    series["sampled_at"] = series["sampled_at"].cast(pl.Int64).cast(_COLUMNS["sampled_at"])
    series["segment"] = series["segment"].cast(pl.Int64)
    return RAW_SAMPLES.check(pl.DataFrame(list(series.values())))


def _first_of(preferred: Numbers, other: Callable[[], Numbers]) -> Numbers:
    """Return the preferred values, and where they are absent the others."""
    absent = np.isnan(preferred)
    return np.where(absent, other(), preferred) if absent.any() else preferred


def _speed_and_distance(records: MessageColumns) -> tuple[Numbers, Numbers]:
    """Unpack both from three bytes: speed in 12 bits of 1/100 m/s, distance in 12 bits of 1/16 m that count on."""
    packed = records.lists["speed_and_distance"]
    good = np.isfinite(packed).any(axis=1)
    first, middle, last = np.nan_to_num(packed[good], nan=_FULL_BYTE).astype(np.int64).T
    speed, distance = np.full((2, len(packed)), np.nan)
    speed[good] = (first | (middle & 0xF) << 8) / 100
    low = middle >> 4 | last << 4
    distance[good] = unwrap_counter(low, 12, np.full(len(low), np.nan)) / 16
    return speed, distance


def _stand_in(samples: Samples, part: FitFile) -> None:
    """Replace columns that the device itself left empty with developer fields."""
    records = part.rows(RECORD)
    for field in part.developer:
        if field.column in records.numbers and np.isnan(samples[field.instead_of]).all():
            samples[field.instead_of] = records.number(field.column)


def _segments(times: Numbers, events: MessageColumns) -> Numbers:
    """Return, for each time, how often the timer had been stopped and started again."""
    timer = events.number("event") == _TIMER
    moments, kinds = events.number("timestamp")[timer], events.number("event_type")[timer]
    order = np.argsort(moments, kind="stable")
    kinds, moments = kinds[order], moments[order]
    turns = (kinds == _START) | np.isin(kinds, _STOPS)
    kinds, moments = kinds[turns], moments[turns]
    again = moments[1:][(kinds[1:] == _START) & (kinds[:-1] != _START)]
    return np.searchsorted(again, times, side="right").astype(np.float64)


def _steps(cadence: Numbers, sport: str | None) -> Numbers:
    """Convert cadence to steps of both feet where people go on foot, or where the sport is not known.

    FIT counts one foot; some apps write both nonetheless.

    Returns:
        Steps a minute, shape (n,).
    """
    moving = cadence[cadence > 0]
    if (sport is not None and sport not in TWO_LEGGED) or len(moving) == 0 or np.median(moving) > _MOST_LEG_RPM:
        return cadence
    return cadence * 2
