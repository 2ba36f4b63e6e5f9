"""Whether the person is ill or injured now, or coming back, by their own word: plans, goals and questions wait then."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from runmood.core.enums import Care, DayKind

if TYPE_CHECKING:
    from runmood.reports.context import ReportData

QUIET = dt.timedelta(days=10)  # without a word it still counts for so long
WELL_AGAIN = 3  # days with a check-in that no longer says so


def ill_or_injured_since(days: pl.DataFrame, last: dt.date) -> dt.date | None:
    """Return the first day of an illness or injury that still lasts on a day; None where none does.

    It lasts from the day that the person named until they say that they are better. Where they only tagged days, a run
    ends it, three days with a check-in that does not say so, or ten days without a word.

    Args:
        days: rows of DAYS.
        last: the day to look from.
    """
    past = days.filter(pl.col("local_date") <= last).sort("local_date")
    told = _since(past, Care.ILL, Care.INJURED)
    if told is None and _since(past, Care.RETURNING, Care.RECOVERED):
        return None
    tagged = _tagged_since(past, last)
    return min((each for each in (told, tagged) if each), default=None)


def coming_back_since(days: pl.DataFrame, last: dt.date) -> dt.date | None:
    """Return since when the person is coming back from an illness or injury on a day; None where they are not."""
    return _since(days.filter(pl.col("local_date") <= last).sort("local_date"), Care.RETURNING)


def _since(past: pl.DataFrame, *states: Care) -> dt.date | None:
    """Return the first of the days in a row, up to the last one, that stand so."""
    wanted, first = {str(state) for state in states}, None
    for date, care in past.select("local_date", "care").reverse().iter_rows():
        if care not in wanted:
            break
        first = date
    return first


def _tagged_since(past: pl.DataFrame, last: dt.date) -> dt.date | None:
    """Return since when tags and reasons say so."""
    ill: list[dt.date] = past.filter(pl.col("day_kind") == DayKind.ILL_OR_INJURED.value)["local_date"].to_list()
    if not ill or last - ill[-1] > QUIET:
        return None
    since = past.filter(pl.col("local_date") > ill[-1])
    if since.filter(pl.col("runs") > 0).height or since.filter(pl.col("check_ins") > 0).height >= WELL_AGAIN:
        return None
    ran = set(past.filter(pl.col("runs") > 0)["local_date"].to_list())
    first = ill[-1]
    for day in reversed(ill[:-1]):
        if first - day > QUIET or any(day < run < first for run in ran):
            break
        first = day
    return first


def care_of(data: ReportData) -> dt.date | None:
    """Return since when the person of a report is ill or injured on its last day; None where they are not."""
    last = data.period.last if data.period else data.as_of
    return ill_or_injured_since(data.days, last)


def return_of(data: ReportData) -> dt.date | None:
    """Return since when the person of a report is coming back on its last day; None where they are not."""
    last = data.period.last if data.period else data.as_of
    return coming_back_since(data.days, last)
