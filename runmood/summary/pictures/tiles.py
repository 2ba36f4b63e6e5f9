"""A long time at a glance: a year as twelve small months, many years as a row of months each."""

from __future__ import annotations

import datetime as dt
from math import sqrt
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.summary.parts import Grid, Sign, Tile, Tiles
from runmood.summary.pictures.calendar import LEGEND, MARKS, SHADES, depth_of, done, mood_legend, words_of
from runmood.summary.words.phrases import DASH, MONTHS, counted, distance, figure, month, month_short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.terms.speech import Units

    Row = dict[str, Any]

SIDE, STEP, MONTH_WIDE, MONTH_HIGH, NAME_HIGH = 14.0, 15.5, 123.0, 116.0, 18.0
ACROSS, WEEK, YEAR = 3, 7, 12
LEAST, MOST = 1.6, 4.6  # radius of a run on a tile
BIG, BIG_STEP, YEAR_LEFT, BIG_MOST = 24.0, 27.0, 36.0, 8.0
ABOUT_A_YEAR = 430  # days


def tiles(days: pl.DataFrame, units: Units) -> Tiles | None:
    """About a year day by day; longer, month by month. Null without days."""
    if days.is_empty():
        return None
    return _months(days, units) if days.height <= ABOUT_A_YEAR else _years(days, units)


def _months(days: pl.DataFrame, units: Units) -> Tiles:
    """Small months, three beside each other, in each a row a week."""
    rows = {row["local_date"]: row for row in days.iter_rows(named=True)}
    farthest = max((row["distance_m"] or 0.0 for row in rows.values()), default=0.0)
    firsts = list(_firsts(days["local_date"][0], days["local_date"][-1]))
    named = []
    for number, first in enumerate(firsts):
        corner = (number % ACROSS * MONTH_WIDE, number // ACROSS * MONTH_HIGH)
        drawn = tuple(_day(date, rows.get(date), corner, (farthest, units)) for date in _dates_of(first))
        named.append((corner, first, drawn))
    return Tiles(
        title="Day by day",
        sentence=_sentence(days),
        rows=tuple((f"{month_short(first)} {first:%y}", drawn) for _, first, drawn in named),
        columns=tuple(str(number) for number in range(1, 32)),
        side=SIDE,
        headings=tuple((x, y + 10, _heading(first, firsts[0])) for (x, y), first, _ in named),
        legend=_legend(days),
        mood_legend=mood_legend(days),
        shades=tuple(label for _, label in SHADES),
        grid=_grid(days, units),
        width=2 * MONTH_WIDE + WEEK * STEP - (STEP - SIDE),
        height=-(-len(firsts) // ACROSS) * MONTH_HIGH - 4,
    )


def _heading(first: dt.date, begun: dt.date) -> str:
    """A month's name, with the year where it changes."""
    return month(first) if first == begun or first.month == 1 else MONTHS[first.month - 1]


def _firsts(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The first day of every month from one day to another."""
    at = first.replace(day=1)
    while at <= last:
        yield at
        at = (at + dt.timedelta(days=31)).replace(day=1)


def _dates_of(first: dt.date) -> Iterator[dt.date]:
    """The days of a month."""
    days = (first + dt.timedelta(days=number) for number in range(31))
    return (date for date in days if date.month == first.month)


def _day(date: dt.date, row: Row | None, corner: tuple[float, float], scale: tuple[float, Units]) -> Tile | None:
    if row is None:
        return None
    farthest, units = scale
    place = date.day - 1 + date.replace(day=1).weekday()
    far, mood, mark = row["distance_m"] or 0.0, row["mood_evening"], MARKS[row["day_kind"]]
    return Tile(
        x=corner[0] + place % WEEK * STEP,
        y=corner[1] + NAME_HIGH + place // WEEK * STEP,
        mark=mark,
        radius=_radius(far / farthest if farthest else 0.0, MOST),
        mood=mood,
        depth=None if mood is None else depth_of(mood),
        words=words_of(date, done(mark, far, units), mood),
    )


def _radius(share: float, most: float) -> float:
    """The area grows with the distance."""
    return round(sqrt(LEAST**2 + share * (most**2 - LEAST**2)), 1)


def _years(days: pl.DataFrame, units: Units) -> Tiles:
    """A row a year, a column a month."""
    months = {row["month"]: row for row in _by_month(days).iter_rows(named=True)}
    scale = (max((row["distance_m"] or 0.0 for row in months.values()), default=0.0), units)
    first, last = days["local_date"][0].year, days["local_date"][-1].year
    rows = tuple(
        (str(year), tuple(_month(dt.date(year, number, 1), year - first, months, scale) for number in range(1, 13)))
        for year in range(first, last + 1)
    )
    names = tuple(name[0] for name in MONTHS)
    over = [(YEAR_LEFT + number * BIG_STEP + BIG / 2 - 3, 10.0, name) for number, name in enumerate(names)]
    beside = [(0.0, NAME_HIGH + number * BIG_STEP + BIG / 2 + 4, name) for number, (name, _) in enumerate(rows)]
    return Tiles(
        title="The years at a glance",
        sentence=_sentence(days),
        rows=rows,
        columns=names,
        side=BIG,
        headings=(*over, *beside),
        legend=(Sign("run", "running, larger the further"), Sign("unknown", LEGEND["unknown"])),
        mood_legend=mood_legend(days).replace("evening mood", "mean evening mood"),
        shades=tuple(label for _, label in SHADES),
        grid=_grid(days, units),
        width=YEAR_LEFT + YEAR * BIG_STEP,
        height=NAME_HIGH + len(rows) * BIG_STEP,
    )


def _month(first: dt.date, number: int, months: dict[dt.date, Row], scale: tuple[float, Units]) -> Tile | None:
    (farthest, units), row = scale, months.get(first)
    if row is None:
        return None
    far, mood, known = row["distance_m"] or 0.0, row["mood_evening"], row["runs"] is not None
    told = f"{counted(row['runs'], 'run')}, {distance(far, units)}" if known else "not known"
    felt = f"mean evening mood {figure(mood)}" if mood is not None else "no evening rated"
    return Tile(
        x=YEAR_LEFT + (first.month - 1) * BIG_STEP,
        y=NAME_HIGH + number * BIG_STEP,
        mark=("run" if row["runs"] else "none") if known else "unknown",
        radius=_radius(far / farthest if farthest else 0.0, BIG_MOST),
        mood=mood,
        depth=None if mood is None else depth_of(mood),
        words=f"{month(first)}: {told}; {felt}",
    )


def _by_month(days: pl.DataFrame) -> pl.DataFrame:
    """One row a month of the days told of; null running where no day is known."""
    known = pl.col("runs").count() > 0
    return days.group_by(month=pl.col("local_date").dt.truncate("1mo"), maintain_order=True).agg(
        runs=pl.when(known).then(pl.col("runs").sum()),
        distance_m=pl.when(known).then(pl.col("distance_m").sum()),
        rested=(pl.col("day_kind") == "planned rest").sum(),
        missed=(pl.col("day_kind") == "missed run").sum(),
        mood_evening=pl.col("mood_evening").mean(),
        rated=pl.col("mood_evening").count(),
    )


def _sentence(days: pl.DataFrame) -> str:
    ran = days.filter(pl.col("runs") > 0).height
    rated = days["mood_evening"].count()
    with_run = f"{counted(ran, 'day')} with a run" if ran else "No day with a run"
    felt = f"{counted(rated, 'rated evening')}" if rated else "no evening rated"
    return f"{with_run}, {felt}, of {counted(days.height, 'day')}."


def _legend(days: pl.DataFrame) -> tuple[Sign, ...]:
    present = {MARKS[kind] for kind in days["day_kind"]}
    words = LEGEND | {"run": "a run, larger the further"}
    return tuple(
        Sign(mark, words[mark]) for mark in ("run", "run on rest", "rest", "missed", "unknown") if mark in present
    )


def _grid(days: pl.DataFrame, units: Units) -> Grid:
    rows = tuple(
        (
            month(row["month"]),
            DASH if row["runs"] is None else str(row["runs"]),
            DASH if row["distance_m"] is None else distance(row["distance_m"], units, whole=True),
            str(row["rested"]),
            str(row["missed"]),
            DASH if row["mood_evening"] is None else f"{figure(row['mood_evening'])} ({row['rated']})",
        )
        for row in _by_month(days).iter_rows(named=True)
    )
    columns = ("Month", "Runs", "Distance", "Rest kept", "Runs missed", "Evening mood (evenings)")
    return Grid("Every month as a table", columns, rows)
