"""Heart rates that a strap stored itself, at the times of the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.readers.fit.protocol import unwrap_counter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from runmood.readers.fit.messages import MessageColumns, Numbers


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
