"""When samples were taken: dates for clocks that were never set, and order after damage."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

from runmood.readers.fit.profile import (
    ACTIVITY,
    FILE_ID,
    LEAST_DATE,
    RECORD,
    SECONDS_TO_1990,
    SESSION,
)

if TYPE_CHECKING:
    from runmood.readers.fit.messages import Numbers
    from runmood.readers.fit.parts import FitFile


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
        usual_s = float(np.median(np.diff(times[set_at]))) if len(set_at) > 1 else 1.0
        return float(times[set_at[0]] - usual_s - times[set_at[0] - 1])
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
