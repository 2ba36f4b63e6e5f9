"""Mood before and after runs: a line for all runs that went the same way."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.parts import Bar, Grid, Slope, Slopes, Tick

if TYPE_CHECKING:
    from runmood.summary.diary import Diary
    from runmood.summary.period import Period
    from runmood.terms.speech import Speech

BACK = dt.timedelta(weeks=26)  # a week or a month has few such runs: those of the half-year stand behind them, paler
WIDTH, LEFT, RIGHT, TOP, POINT = 360.0, 78.0, 282.0, 26.0, 20.0
THINNEST, THICKEST = 1.4, 5.0
FEWEST_POINTS = 4

Pair = tuple[float, float]


def slopes(diary: Diary, period: Period) -> Slopes | None:
    """The runs with a mood before and after, of the period and the half-year to its last day; null without any."""
    say = diary.say
    first = min(period.first or dt.date.min, period.last - BACK + dt.timedelta(days=1)) if period.first else None
    rated = _rated(diary.run_moods, first, period.last)
    if rated.is_empty():
        return None
    lately = pl.col("local_date") >= (period.first or dt.date.min)
    now, earlier = _pairs(rated.filter(lately)), _pairs(rated.filter(~lately))
    low, high = _ends(now + earlier)
    most = max((*now.values(), *earlier.values()))
    drawn = [*_lines(say, earlier, (high, most), lately=False), *_lines(say, now, (high, most), lately=True)]
    return Slopes(
        title=say("slopes.title"),
        sentence=_sentence(say, rated, period.last),
        lines_note=_note(say, now, earlier),
        before=say("slopes.before"),
        after=say("slopes.after"),
        slopes=tuple(drawn),
        changes=_changes(say, now + earlier),
        left=LEFT,
        right=RIGHT,
        ticks=tuple(Tick(_y(score, high), str(score)) for score in range(low, high + 1)),
        grid=_grid(say, now + earlier),
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


def _lines(say: Speech, pairs: Counter[Pair], scale: tuple[int, int], *, lately: bool) -> list[Slope]:
    """The rare ways first, so that the frequent ones lie above them."""
    high, most = scale
    return [
        Slope(
            before,
            after,
            count,
            lately,
            _y(before, high),
            _y(after, high),
            round(THINNEST + (THICKEST - THINNEST) * sqrt((count - 1) / max(most - 1, 1)), 1),
            say("slopes.line", runs=count, before=before, after=after),
        )
        for (before, after), count in sorted(pairs.items(), key=lambda item: (item[1], item[0]))
    ]


def _changes(say: Speech, pairs: Counter[Pair]) -> tuple[Bar, ...]:
    """How many runs went with how much of a change in mood, the largest rise first."""
    changes: Counter[float] = Counter()
    for (before, after), count in pairs.items():
        changes[after - before] += count
    most = max(changes.values())
    return tuple(Bar(_change(say, by), changes[by], changes[by] / most) for by in sorted(changes, reverse=True))


def _change(say: Speech, by: float) -> str:
    return say("slopes.higher" if by > 0 else "slopes.lower", points=abs(by)) if by else say("slopes.same")


def _sentence(say: Speech, rated: pl.DataFrame, last: dt.date) -> str:
    told = {name: float(rated[f"mood_{name}"].sum()) / rated.height for name in ("before", "after")}
    begun = say.date_near(rated["local_date"].sort()[0], last)
    if rated.height == 1:
        return say("slopes.one", begun=begun, **told)
    higher = rated.filter(pl.col("mood_after") > pl.col("mood_before")).height
    lower = rated.filter(pl.col("mood_after") < pl.col("mood_before")).height
    counts = {"runs": rated.height, "higher": higher, "lower": lower, "same": rated.height - higher - lower}
    return say("slopes.several", begun=begun, **counts, **told)


def _note(say: Speech, now: Counter[Pair], earlier: Counter[Pair]) -> str:
    told = {"thick": len(now + earlier) > 1, "pale": now and earlier}
    return " ".join(say(f"slopes.{name}") for name, is_so in told.items() if is_so)


def _grid(say: Speech, pairs: Counter[Pair]) -> Grid:
    rows = tuple((say.figure(before), say.figure(after), str(pairs[before, after])) for before, after in sorted(pairs))
    return Grid(say("slopes.table"), tuple(say(f"column.{name}") for name in ("before", "after", "runs")), rows)
