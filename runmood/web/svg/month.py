"""A month as weeks of seven days, Monday first, each with a mark for running and a shade for mood."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from runmood.core.enums import DayKind

if TYPE_CHECKING:
    import polars as pl


LARGEST_RADIUS, SMALLEST_RADIUS = 13.0, 5.0
LARGEST_AT_M = 20_000.0  # a longer distance has no larger mark
SHADES = 6
MARKS = {
    DayKind.PLANNED_RUN: "run", DayKind.PARTLY_MET: "run", DayKind.UNPLANNED_RUN: "run", DayKind.RUN_ON_REST: "run",
    DayKind.MISSED_RUN: "missed", DayKind.PLANNED_REST: "rest", DayKind.NO_RUN: "none", DayKind.UNKNOWN: "unknown",
    DayKind.ILL_OR_INJURED: "ill_or_injured", DayKind.AWAY: "away",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day: its mark and the mark's radius, the shade of the evening's mood, and its row of DAYS, if there is one.

    `inside` is false for days of other months, which only fill up the weeks.
    """

    date: dt.date
    inside: bool
    mark: str
    radius: float
    shade: int | None
    row: dict[str, Any] | None


def lay_out_month(first: dt.date, days: pl.DataFrame) -> tuple[tuple[DayCell, ...], ...]:
    """Return the weeks of the month that begins on `first`, with its DAYS."""
    rows = {row["local_date"]: row for row in days.iter_rows(named=True)}
    begin = first - dt.timedelta(days=first.isoweekday() - 1)
    weeks = range(-(-(next_month(first) - begin).days // 7))
    return tuple(
        tuple(_cell(begin + dt.timedelta(days=7 * week + day), rows, first.month) for day in range(7)) for week in weeks
    )


def lay_out_week(monday: dt.date, days: pl.DataFrame) -> tuple[DayCell, ...]:
    """Return the seven days from a Monday, with their DAYS."""
    rows = {row["local_date"]: row for row in days.iter_rows(named=True)}
    return tuple(_cell(date, rows) for date in (monday + dt.timedelta(days=number) for number in range(7)))


def next_month(day: dt.date) -> dt.date:
    """Return the first day of the month after."""
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def previous_month(day: dt.date) -> dt.date:
    """Return the first day of the month before."""
    return (day.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def shade_of(mood: float | None) -> int | None:
    """Return the shade of a mood, from 0 to 5; null without one."""
    return None if mood is None else min(int(mood * SHADES / 10), SHADES - 1)


def _cell(date: dt.date, rows: dict[dt.date, dict[str, Any]], month: int = 0) -> DayCell:
    inside = month in (0, date.month)
    row = rows.get(date) if inside else None
    mood = row["mood_evening"] if row else None
    return DayCell(
        date=date,
        inside=inside,
        mark=MARKS.get(row["day_kind"], "nothing") if row else "nothing",
        radius=_radius(row["distance_m"]) if row and row["distance_m"] else SMALLEST_RADIUS,
        shade=shade_of(mood),
        row=row,
    )


def _radius(metres: float) -> float:
    """Return the radius of a mark whose area grows with the distance."""
    share = math.sqrt(min(metres / LARGEST_AT_M, 1.0))
    return round(SMALLEST_RADIUS + share * (LARGEST_RADIUS - SMALLEST_RADIUS), 1)
