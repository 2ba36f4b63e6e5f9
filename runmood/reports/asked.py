"""Which planned run is asked for before it counts as skipped: missed, not imported yet, or run without a watch."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from runmood.core.enums import DayKind, KnownFrom

if TYPE_CHECKING:
    from collections.abc import Callable

ASKED_FOR = dt.timedelta(days=14)


def day_to_ask(
    days: pl.DataFrame, today: dt.date, is_told: Callable[[dt.date], object] = lambda _: False
) -> dt.date | None:
    """Return the latest planned run of the two weeks before today that no file holds and nobody told of; or null.

    Args:
        days: rows of DAYS.
        today: the day on which it is asked; it is not asked for itself.
        is_told: whether something was told of a day since `days` were made.
    """
    lately = pl.col("local_date").is_between(today - ASKED_FOR, today, closed="left")
    missed = days.filter(lately, day_kind=DayKind.MISSED_RUN, known_from=KnownFrom.DEVICE)["local_date"]
    return max((day for day in missed if not is_told(day)), default=None)
