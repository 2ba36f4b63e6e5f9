"""Since when evenings have been lower or higher: the one day that parts a series of moods best."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

HALF_YEAR = dt.timedelta(days=182)

FEWEST = 8  # rated evenings on either side
CLEAR = 1.5  # points between the means of both sides
SPREADS = 1.5  # and so many standard deviations within the sides, so that ups and downs are no change


@dataclass(frozen=True, slots=True)
class MoodChange:
    """A change of the evenings' mood: the last rated day before, the first one since, and both means.

    `rated_before` and `rated_since` count the rated evenings behind the means.
    """

    until: dt.date
    since: dt.date
    before: float
    now: float
    rated_before: int
    rated_since: int


def find_mood_change(dates: Sequence[dt.date], moods: Sequence[float]) -> MoodChange | None:
    """Return the clearest change of level in rated evenings, in order of their days; None where there is none.

    The day is the one that leaves the least squared distance from the means of both sides: a change point of one step,
    as in Hinkley 1970, doi:10.1093/biomet/57.1.1. It describes the notes and tests nothing.
    """
    values, count = np.asarray(moods, dtype=float), len(moods)
    if count < 2 * FEWEST:
        return None
    left = np.arange(1, count)
    sums, squares = np.cumsum(values), np.cumsum(values**2)
    right = count - left
    within = (
        squares[-1] - sums[left - 1] ** 2 / left - (sums[-1] - sums[left - 1]) ** 2 / right
    )  # of both sides together
    at = int(left[np.argmin(within)])
    if not FEWEST <= at <= count - FEWEST:  # too near an end to be dated
        return None
    before, now = float(values[:at].mean()), float(values[at:].mean())
    spread = float(np.sqrt(max(within[at - 1], 0) / (count - 2)))
    if abs(now - before) < max(CLEAR, SPREADS * spread):
        return None
    return MoodChange(dates[at - 1], dates[at], before, now, at, count - at)


def find_last_change(days: pl.DataFrame, last: dt.date) -> MoodChange | None:
    """Return the clearest change of the half-year up to a day, so that every page names the same date.

    Args:
        days: Rows of DAYS, of the half-year or more.
        last: The last day.
    """
    lately = pl.col("local_date").is_between(last - HALF_YEAR, last)
    rated = days.filter(lately, pl.col("mood_evening").is_not_null()).sort("local_date")
    return find_mood_change(rated["local_date"].to_list(), rated["mood_evening"].to_list())
