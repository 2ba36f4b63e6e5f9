"""Trends: mood, distance, moving time, pace at like effort, load and sleep, by week, month or year."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.core.i18n import DASH
from runmood.reports.charts.trends import axis_top
from runmood.reports.models import Grid
from runmood.reports.standing import coming_back_since, ill_or_injured_since
from runmood.web.svg.chart import Bar, Chart, Column, height_of, lines_through, share_along, spread_labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from runmood.core.i18n import Translator

    Row = Mapping[str, Any]
    Words = Callable[[float], str]


HEIGHT = 104.0
# A run is of like effort whose mean heart rate is that near to the middle one; without heart rate, whose effort.
LIKE = {"heart_bpm": 5.0, "effort": 1.0}
FEWEST_LIKE = 10  # runs
LEAST_PACE_SPAN_S = 60.0
LABELS_APART = 11.0  # percent of the width
BAR_SHARE = 0.72  # of a column


class Granularity(StrEnum):
    """How long one column is."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


SHOWN = {Granularity.WEEK: 52, Granularity.MONTH: 60, Granularity.YEAR: 60}  # columns
DAYS_OF = {Granularity.WEEK: 7, Granularity.MONTH: 30, Granularity.YEAR: 365}
INTERVAL = {Granularity.WEEK: "1w", Granularity.MONTH: "1mo", Granularity.YEAR: "1y"}


@dataclass(frozen=True, slots=True)
class Trends:
    """The charts over the same columns, the first and the last day of each column, and all values as a table.

    `note` says that the person is ill, injured or coming back, or why nothing is drawn of running.
    """

    charts: tuple[Chart, ...]
    grid: Grid
    spans: tuple[tuple[dt.date, dt.date], ...]
    note: str = ""

    @property
    def has_part(self) -> bool:
        """Whether a bar is drawn of which not every day is known."""
        return any(bar.part for chart in self.charts for bar in chart.bars)

    @property
    def first(self) -> dt.date:
        """The first day that is drawn."""
        return self.spans[0][0]

    @property
    def last(self) -> dt.date:
        """The last day that is drawn."""
        return self.spans[-1][1]

    @property
    def chosen(self) -> str:
        """Return the days of each column as JSON, for the script by which a span of them is chosen."""
        return json.dumps([[f"{first}", f"{last}"] for first, last in self.spans], separators=(",", ":"))


def draw_trends(
    say: Translator, by: Granularity, volumes: pl.DataFrame, days: pl.DataFrame, runs: pl.DataFrame
) -> Trends | None:
    """Draw what changes from one week, month or year to the next.

    Args:
        say: the translator of the person's language and units.
        by: how long one column is.
        volumes: the rows of WEEKS, MONTHS or YEARS that are drawn, with their first day as `start`.
        days: DAYS of the home.
        runs: RUNS of the home; likeness of effort is judged among all of them.

    Returns:
        The charts of all that is known; null where nothing is.
    """
    column, like = runs_of_like_effort(runs)
    rows = _with_means(by, volumes.sort("start"), days, like)
    if rows.is_empty():
        return None
    periods = [_Period(say, by, row) for row in rows.iter_rows(named=True)]
    standing = _standing(say, days, periods[-1].last)
    charts = tuple(_charts(say, by, periods, like_effort_range(say, column, like), compared=not standing))
    if not charts:
        return None
    nothing = rows["runs"].sum() == 0 and rows["runs"].count()
    note = standing or (say("ran.nothing") if nothing else "")
    return Trends(charts, _grid(say, by, periods), tuple((each.start, each.last) for each in periods), note)


def _standing(say: Translator, days: pl.DataFrame, last: dt.date) -> str:
    """Return since when the person has been ill, injured or coming back, in words; empty where they are not."""
    for key, since in (("care.since", ill_or_injured_since), ("care.back", coming_back_since)):
        if day := since(days, last):
            return say(key, day=say.date_near(day, last))
    return ""


def finest_granularity(first: dt.date, last: dt.date) -> Granularity:
    """Return the shortest columns by which a whole span of days can be drawn."""
    long = (last - first).days
    return next((by for by, days in DAYS_OF.items() if long <= SHOWN[by] * days), Granularity.YEAR)


def runs_of_like_effort(runs: pl.DataFrame) -> tuple[str, pl.DataFrame]:
    """Return the runs of like effort, and by what they are alike: heart rate, or rated effort where few have that."""
    paced = runs.filter(pl.col("pace_s_km").is_not_null())
    for column, near in LIKE.items():
        middle = pl.col(column).median()
        like = paced.filter((pl.col(column) - middle).abs() <= near)
        if like.height >= FEWEST_LIKE:
            return column, like
    return "effort", paced.clear()


def like_effort_range(say: Translator, column: str, like: pl.DataFrame) -> str:
    """Return which runs are compared, in words; empty without any."""
    if like.is_empty():
        return ""
    (ends,) = like.select(low=pl.col(column).min().round(), high=pl.col(column).max().round()).cast(pl.Int64).to_dicts()
    if ends["low"] == ends["high"]:
        return say(f"trends.like_one_{column}", value=ends["low"])
    return say(f"trends.like_{column}", **ends)


def _with_means(by: Granularity, volumes: pl.DataFrame, days: pl.DataFrame, like: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the mean of sleep and the middle pace of like runs."""
    start = pl.col("local_date").dt.truncate(INTERVAL[by])
    sleep = days.group_by(start=start).agg(sleep=pl.col("sleep").mean())
    graded = pl.coalesce("grade_adjusted_pace_s_km", "pace_s_km")
    pace = like.group_by(start=start).agg(like_pace=graded.median())
    known = volumes.join(sleep, on="start", how="left").join(pace, on="start", how="left").sort("start")
    return known if known.is_empty() else _without_gaps(by, known)


def _without_gaps(by: Granularity, known: pl.DataFrame) -> pl.DataFrame:
    starts = pl.date_range(known["start"][0], known["start"][-1], INTERVAL[by], eager=True)
    return starts.alias("start").to_frame().join(known, on="start", how="left").sort("start")


class _Period:
    """One week, month or year: its values, and the words for each."""

    def __init__(self, say: Translator, by: Granularity, row: Row) -> None:
        self.start: dt.date = row["start"]
        self.name = _name(say, by, self.start)
        self.last = _next(by, self.start) - dt.timedelta(days=1)
        self.whole = row["known_days"] == (self.last - self.start).days + 1
        self.values: dict[str, float | None] = {
            "mood": row["mood_evening"], "distance": row["distance_m"] and say.in_units(row["distance_m"]),
            "moving": row["moving_s"] and row["moving_s"] / 3600, "pace": row["like_pace"], "load": row["load"],
            "sleep": row["sleep"],
        }  # fmt: skip
        known_runs = row["runs"] is not None
        self.figures = {
            "mood": _if(row["mood_evening"], say.figure), "load": _if(row["load"], say.whole),
            "sleep": _if(row["sleep"], say.figure),
            "moving": _if(row["moving_s"], lambda seconds: say("trends.moving_of", clock=_hours_and_minutes(seconds))),
        }  # fmt: skip
        self.words = {
            "mood": _if(
                row["mood_evening"], lambda mood: say("trends.mood_of", mood=mood, evenings=row["rated_evenings"] or 0)
            ),
            "distance": say.short_distance(row["distance_m"]) if known_runs else "",
            "moving": self.figures["moving"] if known_runs else "",
            "pace": say.pace(row["like_pace"]),
            "load": _if(row["load"], lambda load: say("trends.load_of", load=say.whole(load))),
            "sleep": _if(row["sleep"], lambda sleep: say("trends.sleep_of", sleep=sleep)),
        }

    @property
    def address(self) -> str:
        """Return the page with the days of it."""
        return f"/calendar?month={self.start:%Y-%m}"


def _charts(
    say: Translator, by: Granularity, periods: Sequence[_Period], alike: str, *, compared: bool
) -> Iterator[Chart]:
    """Yield a chart for each measure of which anything is known; without `compared` no range of running is in words."""
    count = len(periods)
    labels = spread_labels(
        (
            (share_along(number, count), _label(say, by, periods, number))
            for number in range(count)
            if _begins(by, periods, number)
        ),
        LABELS_APART,
    )
    columns = tuple(
        Column(
            share_along(number, count),
            " · ".join([each.name, *filter(None, each.words.values())]),
            f"/trends?by=month&to={each.last}" if by == Granularity.YEAR else each.address,
        )
        for number, each in enumerate(periods)
    )
    for name, draw in DRAWN.items():
        values = [each.values[name] for each in periods]
        if any(values):
            known = [number for number, value in enumerate(values) if value is not None]
            title = say(f"trends.{name}", unit=say(f"unit.{say.units}"))
            sentence = alike if name == "pace" else _range(say, by, periods, known, name)
            if draw is _bars and not compared:
                sentence = ""
            scale, shapes = draw(say, periods, values)
            yield Chart(title, sentence, HEIGHT, scale, labels, columns, **shapes)


def _range(say: Translator, by: Granularity, periods: Sequence[_Period], known: Sequence[int], name: str) -> str:
    """Return between which values a measure lies, in words."""
    low, high = (_short(periods, known, name, pick) for pick in (min, max))
    return say(f"trends.{by}.{'between' if low != high else 'all'}", low=low, high=high)


def _short(periods: Sequence[_Period], known: Sequence[int], name: str, pick: Callable[..., int]) -> str:
    """Return the words of the lowest or the highest value."""
    at = pick(known, key=lambda number: periods[number].values[name] or 0.0)
    return periods[at].figures.get(name) or periods[at].words[name] or DASH


def _out_of_ten(_: Translator, __: Sequence[_Period], values: Sequence[float | None]) -> tuple[tuple[str, ...], Any]:
    return ("10", "5", "0"), _line(values, (0.0, 10.0))


def _pace(say: Translator, _: Sequence[_Period], values: Sequence[float | None]) -> tuple[tuple[str, ...], Any]:
    """Return a line on which faster stands above."""
    known = [value for value in values if value is not None]
    room = max(LEAST_PACE_SPAN_S - (max(known) - min(known)), 0.0) / 2
    slow, fast = max(known) + room, min(known) - room
    named = tuple(say.pace(pace) for pace in (fast, (fast + slow) / 2, slow))
    return named, _line([None if value is None else -value for value in values], (-slow, -fast))


def _bars(say: Translator, periods: Sequence[_Period], values: Sequence[float | None]) -> tuple[tuple[str, ...], Any]:
    top = axis_top(values)
    wide = 100 / len(values)
    bars = []
    for number, (value, each) in enumerate(zip(values, periods, strict=True)):
        if value:
            y = height_of(value, (0.0, top), HEIGHT)
            left = number * wide + wide * (1 - BAR_SHARE) / 2
            bars.append(Bar(round(left, 2), round(wide * BAR_SHARE, 2), y, round(HEIGHT - 6 - y, 1), not each.whole))
    return (say.figure(top), say.figure(top / 2), "0"), {"bars": tuple(bars)}


def _line(values: Sequence[float | None], scale: tuple[float, float]) -> dict[str, Any]:
    heights = [None if value is None else height_of(value, scale, HEIGHT) for value in values]
    places = [share_along(number, len(values)) for number in range(len(values))]
    dots = tuple((place, height) for place, height in zip(places, heights, strict=True) if height is not None)
    return {"lines": lines_through(heights, places), "dots": dots}


DRAWN = {
    "mood": _out_of_ten, "distance": _bars, "moving": _bars, "pace": _pace, "load": _bars, "sleep": _out_of_ten,
}  # fmt: skip


def _grid(say: Translator, by: Granularity, periods: Sequence[_Period]) -> Grid:
    shown = [name for name in periods[0].words if any(each.words[name] for each in periods)]
    heads = (say(f"trends.{by}.one"), *(say(f"trends.{name}", unit=say(f"unit.{say.units}")) for name in shown))
    rows = tuple((each.name, *(each.words[name] or DASH for name in shown)) for each in reversed(periods))
    return Grid(say("trends.table"), heads, rows)


def _name(say: Translator, by: Granularity, start: dt.date) -> str:
    if by == Granularity.WEEK:
        return say("trends.week.of", day=say.date(start))
    return say.month(start) if by == Granularity.MONTH else str(start.year)


def _label(say: Translator, by: Granularity, periods: Sequence[_Period], number: int) -> str:
    start = periods[number].start
    return str(start.year) if by != Granularity.WEEK else say.month_short(start)


def _begins(by: Granularity, periods: Sequence[_Period], number: int) -> bool:
    """Return whether a new label begins at a column: a month among weeks, a year among months."""
    if by == Granularity.YEAR or number == 0:
        return True
    before, now = periods[number - 1].start, periods[number].start
    return before.month != now.month if by == Granularity.WEEK else before.year != now.year


def _next(by: Granularity, start: dt.date) -> dt.date:
    if by == Granularity.WEEK:
        return start + dt.timedelta(days=7)
    return (
        (start + dt.timedelta(days=31)).replace(day=1)
        if by == Granularity.MONTH
        else start.replace(year=start.year + 1)
    )


def _hours_and_minutes(seconds: float) -> str:
    """Return "0:48": 48:00 beside 2:24:00 reads as the longer one."""
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours}:{minutes:02}"


def _if(value: float | None, words: Words) -> str:
    return "" if value is None else words(value)
