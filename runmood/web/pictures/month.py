"""A month as weeks of seven days, Monday first, each with what is known of it."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

LONGEST_MARK, SMALLEST_MARK = 13.0, 5.0
FAR_M = 20_000.0  # from here on a mark does not grow
SHADES = 6
MARKS = {
    "planned run": "run", "partly met": "run", "unplanned run": "run", "run on rest": "run",
    "missed run": "missed", "planned rest": "rest", "no run": "none", "unknown": "unknown",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Square:
    """One day: the mark for running, its radius, the shade of the evening's mood, and the day's row, if it has one."""

    date: dt.date
    inside: bool
    mark: str
    radius: float
    shade: int | None
    row: dict[str, Any] | None


def month(first: dt.date, days: pl.DataFrame) -> tuple[tuple[Square, ...], ...]:
    """The weeks of the month that begins on `first`; days of other months only fill up the weeks."""
    rows = {row["local_date"]: row for row in days.iter_rows(named=True)}
    following = next_month(first)
    begin = first - dt.timedelta(days=first.isoweekday() - 1)
    weeks = range(-(-(following - begin).days // 7))
    return tuple(
        tuple(_square(begin + dt.timedelta(days=7 * week + day), first.month, rows) for day in range(7))
        for week in weeks
    )


def next_month(day: dt.date) -> dt.date:
    """The first day of the month after."""
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def month_before(day: dt.date) -> dt.date:
    """The first day of the month before."""
    return (day.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def _square(date: dt.date, number: int, rows: dict[dt.date, dict[str, Any]]) -> Square:
    inside = date.month == number
    row = rows.get(date) if inside else None
    mood = row["mood_evening"] if row else None
    return Square(
        date=date,
        inside=inside,
        mark=MARKS.get(row["day_kind"], "nothing") if row else "nothing",
        radius=_radius(row["distance_m"]) if row and row["distance_m"] else SMALLEST_MARK,
        shade=None if mood is None else min(int(mood * SHADES / 10), SHADES - 1),
        row=row,
    )


def _radius(metres: float) -> float:
    """A mark whose area grows with the distance."""
    share = math.sqrt(min(metres / FAR_M, 1.0))
    return round(SMALLEST_MARK + share * (LONGEST_MARK - SMALLEST_MARK), 1)
