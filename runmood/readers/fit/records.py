"""FIT records as samples, with the heart rates that a strap stored itself at their times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.readers.fit.messages import Numbers
from runmood.readers.fit.profile import EVENT, RECORD, SECONDS_TO_1990, TWO_LEGGED
from runmood.readers.fit.protocol import unwrap_counter
from runmood.readers.fit.times import drop_implausible_times, sample_times
from runmood.schema.tables import RAW_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

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


_STEP_S = 0.25
_MOST_STEPS = 20
_TICKS = 1024
_LOW = 0xFFF
_THREE = 3  # bytes hold two numbers


def heart_at(times: Numbers, hearts: MessageColumns) -> Numbers:
    """Return the heart rate at each record's time; NaN where no beat was stored."""
    beats, bpm = _beats(hearts)
    if len(beats) == 0 or len(times) == 0:
        return np.full(len(times), np.nan)
    beats, bpm = _held(beats, bpm)
    order = np.argsort(beats, kind="stable")
    beats, sums = beats[order], np.concatenate([[0.0], np.cumsum(bpm[order])])
    since = np.concatenate([times[:1] - 1, times[:-1]])
    first = np.searchsorted(beats, np.minimum(since, times - 1), side="right")
    first = np.where(times > since, np.searchsorted(beats, since, side="right"), first)
    last = np.searchsorted(beats, times, side="right")
    count = last - first
    mean = (sums[last] - sums[first]) / np.where(count > 0, count, 1)
    return np.where((count > 0) & np.isfinite(times), np.floor(mean + 0.5), np.nan)


def _beats(hearts: MessageColumns) -> tuple[Numbers, Numbers]:
    """Return each beat's time in FIT seconds, and its rate."""
    bpm = hearts.lists.get("heart_bpm")
    if bpm is None:
        return np.empty(0), np.empty(0)
    ticks = _ticks(hearts, bpm.shape[1])
    starts = hearts.number("timestamp") + np.nan_to_num(hearts.number("fraction_s"))
    tied = np.flatnonzero(np.isfinite(starts) & np.isfinite(ticks[:, 0]))
    if len(tied) == 0:
        return np.empty(0), np.empty(0)
    tie = tied[np.searchsorted(tied, np.arange(len(bpm)), side="right").clip(min=1) - 1]
    seconds = starts[tie][:, None] + (ticks - ticks[tie, 0][:, None]) / _TICKS
    good = np.isfinite(seconds) & np.isfinite(bpm)
    return seconds[good], bpm[good]


def _ticks(hearts: MessageColumns, width: int) -> Numbers:
    """Return the strap's clock at each beat, a row a message, in 1/1024 s."""
    full = _widened(hearts.lists.get("event_s"), len(hearts), width) * _TICKS
    short = _widened(_twelve_bits(hearts.lists.get("event_12")), len(hearts), width)
    low = np.where(np.isfinite(full), np.nan_to_num(full).astype(np.int64) & _LOW, np.nan_to_num(short, nan=-1))
    known = (low >= 0).ravel()
    ticks = np.full(len(known), np.nan)
    ticks[known] = unwrap_counter(low.ravel()[known].astype(np.int64), 12, full.ravel()[known])
    return ticks.reshape(len(hearts), width)


def _twelve_bits(packed: Numbers | None) -> Numbers | None:
    """Return two numbers of 12 bits from every three bytes; all NaN where the message has no such bytes."""
    if packed is None or packed.shape[1] < _THREE:
        return None
    threes = packed[:, : packed.shape[1] // _THREE * _THREE].reshape(len(packed), -1, _THREE)
    empty = np.isnan(packed).all(axis=1)
    first, middle, last = np.moveaxis(np.nan_to_num(threes, nan=255).astype(np.int64), 2, 0)
    pairs = np.stack([first | (middle & 0xF) << 8, middle >> 4 | last << 4], axis=2)
    values = pairs.reshape(len(packed), -1).astype(np.float64)
    values[empty] = np.nan
    return values


def _widened(values: Numbers | None, count: int, width: int) -> Numbers:
    wide = np.full((count, width), np.nan)
    if values is not None:
        columns = min(width, values.shape[1])
        wide[:, :columns] = values[:, :columns]
    return wide


def _held(beats: Numbers, bpm: Numbers) -> tuple[Numbers, Numbers]:
    """Repeat each rate every quarter second until the next beat, for five seconds at most."""
    gaps = np.abs(np.diff(beats, append=beats[-1:]))
    again: NDArray[np.int64] = (np.ceil(gaps / _STEP_S - 1e-9) - 1).clip(0, _MOST_STEPS).astype(np.int64) + 1
    which = np.repeat(np.arange(len(beats)), again)
    step = np.arange(len(which)) - np.repeat(np.cumsum(again) - again, again)
    return beats[which] + step * _STEP_S, bpm[which]
