"""A month as weeks, each day with a mark for running and a shade for mood; and the evenings' mood of the last weeks."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from runmood.core.enums import DayKind
from runmood.reports.charts.calendar import shade_of
from runmood.reports.models import Grid
from runmood.web.svg.chart import Chart, Column, height_of, lines_through, share_along, spread_labels

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from runmood.core.i18n import Translator


LARGEST_RADIUS, SMALLEST_RADIUS = 13.0, 5.0
LARGEST_AT_M = 20_000.0  # a longer distance has no larger mark
MARKS = {
    DayKind.PLANNED_RUN: "run", DayKind.PARTLY_MET: "run", DayKind.UNPLANNED_RUN: "run", DayKind.RUN_ON_REST: "run",
    DayKind.MISSED_RUN: "missed", DayKind.PLANNED_REST: "rest", DayKind.NO_RUN: "none", DayKind.UNKNOWN: "unknown",
    DayKind.ILL_OR_INJURED: "ill_or_injured", DayKind.AWAY: "away",
}  # fmt: skip
DAYS_DRAWN = 56
MEAN_DAYS, FEWEST_RATED = 7, 3  # of seven evenings; the mean of fewer says little
HEIGHT = 104.0
SCALE = (0.0, 10.0)
LABELS_APART = 9.0  # percent of the width


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


def draw_moods(say: Translator, moods: Mapping[dt.date, float], today: dt.date) -> Chart | None:
    """Return the chart of the evenings up to a day; null without a rated one."""
    dates = [today - dt.timedelta(days=ago) for ago in reversed(range(DAYS_DRAWN))]
    known = {date: moods[date] for date in dates if date in moods}
    if not known:
        return None
    places = {date: share_along(number, DAYS_DRAWN) for number, date in enumerate(dates)}
    means = [_mean(moods, date) for date in dates]
    return Chart(
        title=say("today.mood"),
        sentence=say("today.mood_one", mood=next(iter(known.values())))
        if len(known) == 1
        else say("today.mood_sentence", evenings=len(known), low=min(known.values()), high=max(known.values())),
        height=HEIGHT,
        scale=("10", "5", "0"),
        labels=spread_labels(
            ((places[date], f"{date.day} {say.month_short(date)}") for date in dates if date.isoweekday() == 1),
            4 * LABELS_APART / 2,
        ),
        columns=tuple(
            Column(
                places[date],
                say("today.mood_of", day=say.short_date(date), mood=mood),
                f"/day/{date}",
            )
            for date, mood in known.items()
        ),
        lines=lines_through(
            [None if mean is None else height_of(mean, SCALE, HEIGHT) for mean in means], list(places.values())
        ),
        dots=tuple((places[date], height_of(mood, SCALE, HEIGHT)) for date, mood in known.items()),
        grid=Grid(
            say("today.mood_table"),
            (say("column.day"), say("column.mood")),
            tuple((say.short_date(date), say.figure(mood)) for date, mood in reversed(known.items())),
        ),
    )


def _mean(moods: Mapping[dt.date, float], date: dt.date) -> float | None:
    """Return the mean of the seven evenings up to a day; null where too few are rated, or that one is long ago."""
    week = [moods.get(date - dt.timedelta(days=ago)) for ago in range(MEAN_DAYS)]
    rated = [mood for mood in week if mood is not None]
    return sum(rated) / len(rated) if len(rated) >= FEWEST_RATED else None
