"""Heart rate that a strap stored and handed over after the activity, as each beat's own message.

Beats carry their time on the strap's clock, some in full, some in 12 bits; one message with a date ties that clock
to the records. Each record takes the mean of the second before it, a rate holding for five seconds at most.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.readers.fit.messages import Numbers
from runmood.readers.fit.profile import (
    ACTIVITY,
    EVENT,
    FILE_ID,
    LEAST_DATE,
    RECORD,
    SECONDS_TO_1990,
    SESSION,
    TWO_LEGGED,
)
from runmood.readers.fit.protocol import unwrap_counter
from runmood.schema.tables import RAW_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from runmood.readers.fit.messages import FitFile, MessageColumns


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


# --- When the samples were taken: dates for clocks that were never set, and order after damage.

_QUARTER_S = 900
_WIDEST_S = 14 * 3600
_LONGEST_S = 14 * 86_400  # an activity; damaged times are farther off than this
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def moment(seconds: float) -> dt.datetime:
    """Convert a FIT time to a datetime."""
    return _EPOCH + dt.timedelta(seconds=seconds + SECONDS_TO_1990)


def sample_times(part: FitFile) -> Numbers:
    """Return when each record was taken, in FIT seconds; NaN where that cannot be known."""
    times = part.rows(RECORD).number("timestamp")
    return _dated(times, _origin(part, times)) if bool((times < LEAST_DATE).any()) else times


def clock_was_unset(part: FitFile) -> bool:
    """Return whether the records count from when the device was switched on, and nothing says when that was."""
    times = part.rows(RECORD).number("timestamp")
    return bool((times < LEAST_DATE).any() and np.isnan(sample_times(part)).all())


def _origin(part: FitFile, times: Numbers) -> float:
    """Return when the device was switched on, by a date that must be close to the first record; NaN without one."""
    set_at = np.flatnonzero(times >= LEAST_DATE)
    if len(set_at) and set_at[0] > 0:
        return float(times[set_at[0]] - 1 - times[set_at[0] - 1])
    dates = [*part.rows(SESSION).number("start"), *part.rows(FILE_ID).number("created")]
    return next((float(date - np.nanmin(times)) for date in dates if date >= LEAST_DATE), float("nan"))


def _dated(times: Numbers, origin: float) -> Numbers:
    return np.where(times < LEAST_DATE, times + origin, times)


def drop_implausible_times(times: Numbers) -> Numbers:
    """Replace times of a damaged file that cannot be true with NaN; the most are kept that are close and never fall.

    Random bytes can pass for a sample, but seldom with a time that fits between its neighbours.

    Returns:
        The times in FIT seconds, shape (n,).
    """
    usual = np.nanmedian(times) if np.isfinite(times).any() else np.nan
    near = np.flatnonzero(np.abs(times - usual) < _LONGEST_S)
    ends: list[float] = []  # the least last time of a chain of each length
    tails: list[int] = []
    before = np.full(len(near), -1)
    for place, time in enumerate(times[near].tolist()):
        length = bisect_right(ends, time)
        before[place] = tails[length - 1] if length else -1
        ends[length : length + 1] = [time]
        tails[length : length + 1] = [place]
    kept = np.full(len(times), np.nan)
    place = tails[-1] if tails else -1
    while place >= 0:
        kept[near[place]] = times[near[place]]
        place = int(before[place])
    return kept


def utc_offset(part: FitFile) -> int | None:
    """Return the device's clock against UTC, in seconds; null where the file has none or it cannot be an offset."""
    rows = part.rows(ACTIVITY)
    for local, utc in zip(rows.number("local").tolist(), rows.number("timestamp").tolist(), strict=True):
        offset = local - utc
        if abs(offset) <= _WIDEST_S and offset % _QUARTER_S == 0 and utc >= LEAST_DATE:
            return int(offset)
    return None


# --- Records as samples.

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
