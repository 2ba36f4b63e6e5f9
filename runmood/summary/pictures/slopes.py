"""Mood before and after runs: a line for all runs that went the same way."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.parts import Grid, Slope, Slopes, Tick
from runmood.summary.words.phrases import counted, date_near, figure

if TYPE_CHECKING:
    from runmood.summary.diary import Diary
    from runmood.summary.period import Period

BACK = dt.timedelta(weeks=26)  # a week or a month has few such runs: those of the half-year stand behind them, paler
WIDTH, LEFT, RIGHT, TOP, POINT = 360.0, 78.0, 282.0, 26.0, 20.0
THINNEST, THICKEST = 1.4, 5.0
FEWEST_POINTS = 4

Pair = tuple[float, float]


def slopes(diary: Diary, period: Period) -> Slopes | None:
    """The runs with a mood before and after, of the period and the half-year to its last day; null without any."""
    first = min(period.first or dt.date.min, period.last - BACK + dt.timedelta(days=1)) if period.first else None
    rated = _rated(diary.run_moods, first, period.last)
    if rated.is_empty():
        return None
    lately = pl.col("local_date") >= (period.first or dt.date.min)
    now, earlier = _pairs(rated.filter(lately)), _pairs(rated.filter(~lately))
    low, high = _ends(now + earlier)
    most = max((*now.values(), *earlier.values()))
    drawn = [*_lines(earlier, high, most, lately=False), *_lines(now, high, most, lately=True)]
    return Slopes(
        title="Mood before and after runs",
        sentence=_sentence(rated, period.last),
        lines_note=_note(now, earlier),
        before="before",
        after="after",
        slopes=tuple(drawn),
        left=LEFT,
        right=RIGHT,
        ticks=tuple(Tick(_y(score, high), str(score)) for score in range(low, high + 1)),
        grid=_grid(now, earlier),
        width=WIDTH,
        height=_y(low, high) + POINT / 2,
    )


def _rated(moods: pl.DataFrame, first: dt.date | None, last: dt.date) -> pl.DataFrame:
    told = moods.filter(pl.col("local_date") <= last).drop_nulls(["mood_before", "mood_after"])
    return told.filter(pl.col("local_date") >= first) if first else told


def _pairs(rated: pl.DataFrame) -> Counter[Pair]:
    return Counter(rated.select("mood_before", "mood_after").iter_rows())


def _ends(pairs: Counter[Pair]) -> tuple[int, int]:
    scores = [score for pair in pairs for score in pair]
    low, high = int(min(scores)), -int(-max(scores) // 1)
    while high - low < FEWEST_POINTS:
        low, high = max(0, low - 1), min(10, high + 1)
    return low, high


def _y(score: float, high: int) -> float:
    return round(TOP + (high - score) * POINT + POINT / 2, 1)


def _lines(pairs: Counter[Pair], high: int, most: int, *, lately: bool) -> list[Slope]:
    """The rare ways first, so that the frequent ones lie above them."""
    return [
        Slope(
            before,
            after,
            count,
            lately,
            _y(before, high),
            _y(after, high),
            round(THINNEST + (THICKEST - THINNEST) * sqrt((count - 1) / max(most - 1, 1)), 1),
            f"{counted(count, 'run')}: {figure(before)} before, {figure(after)} after",
        )
        for (before, after), count in sorted(pairs.items(), key=lambda item: (item[1], item[0]))
    ]


def _sentence(rated: pl.DataFrame, last: dt.date) -> str:
    before, after = (figure(float(rated[name].sum()) / rated.height) for name in ("mood_before", "mood_after"))
    begun = date_near(rated["local_date"].sort()[0], last)
    if rated.height == 1:
        return f"One run, on {begun}, had a mood before and after: {before} before and {after} after."
    higher = rated.filter(pl.col("mood_after") > pl.col("mood_before")).height
    lower = rated.filter(pl.col("mood_after") < pl.col("mood_before")).height
    same = rated.height - higher - lower
    return (
        f"Since {begun}, {counted(rated.height, 'run')} had a mood before and after. It was higher after {higher}, "
        f"lower after {lower}, the same after {same}: on average {before} before and {after} after."
    )


def _note(now: Counter[Pair], earlier: Counter[Pair]) -> str:
    thick = "A thicker line stands for more runs." if len(now + earlier) > 1 else ""
    return f"{thick} Pale lines are from before this time." if now and earlier else thick


def _grid(now: Counter[Pair], earlier: Counter[Pair]) -> Grid:
    every = now + earlier
    rows = tuple((figure(before), figure(after), str(every[before, after])) for before, after in sorted(every))
    return Grid("The runs as a table", ("Before", "After", "Runs"), rows)
