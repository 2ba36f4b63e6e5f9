"""What is usual for a person: the middle half of their own weeks in the half-year before."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from runmood.summary.diary import Diary

HALF_YEAR = dt.timedelta(weeks=26)
FEWEST = 8  # whole weeks
WEEK = 7


def usual_weeks(diary: Diary, first: dt.date, of: str) -> tuple[float, float] | None:
    """Between which two figures the middle half of the whole weeks lay in the half-year before a day; null if few."""
    before = pl.col("week_start").is_between(first - HALF_YEAR, first - dt.timedelta(days=WEEK))
    told = diary.weeks.filter(before, pl.col("known_days") == WEEK)[of].drop_nulls()
    if told.len() < FEWEST or not told.max():
        return None
    low, high = (told.quantile(share, "linear") for share in (0.25, 0.75))
    return None if low is None or high is None else (low, high)
