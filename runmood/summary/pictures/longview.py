"""The long view: distance and evening mood, week by week, up to a year."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.summary.parts import Bar, Grid, LongView, Tick
from runmood.summary.words.phrases import (
    DASH,
    UNIT_SHORT,
    capital,
    counted,
    date,
    date_near,
    distance,
    figure,
    in_units,
    month_short,
    plural,
    spelled,
)

if TYPE_CHECKING:
    import datetime as dt

    from runmood.summary.diary import Units

SHOWN = 52
FEWEST = 8  # weeks; fewer tell nothing that the calendar does not
LEFT, RIGHT, WIDTH = 26.0, 2.0, 360.0
PANEL_TOP, PANEL_STEP, BARS_HIGH, LINE_HIGH, MONTHS_HIGH = 20.0, 112.0, 80.0, 70.0, 20.0
WIDEST = 18.0  # a bar
MONTH_ROOM = 24.0
WEEK = 7
PART_NOTE = "Paler bars are weeks of which only a part is known."
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200)


def long_view(weeks: pl.DataFrame, as_of: dt.date, units: Units) -> LongView | None:
    """Up to 52 weeks, from the first with anything known; null when they tell no more than the calendar does."""
    rows = _told_weeks(weeks, as_of)
    far = [in_units(row["distance_m"], units) for row in rows if _known(row)]
    moods = [row["mood_evening"] for row in rows if row["mood_evening"] is not None]
    if len(rows) < FEWEST or not (moods or any(far)):
        return None
    step = (WIDTH - LEFT - RIGHT) / len(rows)
    distance_axis = Axis(0.0, _top(far), PANEL_TOP, PANEL_TOP + BARS_HIGH) if any(far) else None
    mood_top = PANEL_TOP + (PANEL_STEP if distance_axis else 0.0)
    mood_axis = Axis(*_mood_range(moods), mood_top, mood_top + LINE_HIGH) if moods else None
    axes = (distance_axis, mood_axis)
    bars = tuple(_bar(LEFT + (number + 0.5) * step, row, units, axes) for number, row in enumerate(rows))
    return LongView(
        title=f"{'A year' if len(rows) == SHOWN else capital(spelled(len(rows))) + ' weeks'}, week by week",
        sentence=_sentence(rows, units),
        distance_title=f"Distance a week, {UNIT_SHORT[units]}",
        mood_title="Evening mood, mean of the week",
        part_note=PART_NOTE if any(bar.height and not bar.whole for bar in bars) else "",
        bars=bars,
        bar_width=round(min(WIDEST, step * 0.72), 2),
        lines=_lines(bars),
        months=_months(bars),
        distance_ticks=distance_axis.ticks(0.0, distance_axis.high / 2, distance_axis.high) if distance_axis else (),
        mood_ticks=mood_axis.ticks(mood_axis.low, mood_axis.high) if mood_axis else (),
        grid=_grid(rows, units),
        width=WIDTH,
        height=max(axis.bottom for axis in axes if axis) + MONTHS_HIGH,
    )


@dataclass(frozen=True, slots=True)
class Axis:
    """The values at the bottom and the top of a panel, and where these stand."""

    low: float
    high: float
    top: float
    bottom: float

    def place(self, value: float) -> float:
        """How far down a value stands."""
        return round(self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top), 1)

    def ticks(self, *values: float) -> tuple[Tick, ...]:
        """The values to label, from the bottom up."""
        return tuple(Tick(self.place(value), figure(value)) for value in values)


def _known(row: dict[str, Any]) -> bool:
    return row["distance_m"] is not None and row["runs"] is not None


def _told_weeks(weeks: pl.DataFrame, as_of: dt.date) -> list[dict[str, Any]]:
    """The last year's weeks, without those at the beginning of which nothing is known."""
    if weeks.is_empty():
        return []
    dates = pl.date_range(weeks["week_start"].sort()[0], as_of, interval="1w", eager=True).alias("week_start")
    rows = dates.to_frame().join(weeks, on="week_start", how="left").sort("week_start").tail(SHOWN).to_dicts()
    told = [number for number, row in enumerate(rows) if _known(row) or row["mood_evening"] is not None]
    return rows[told[0] :] if told else []


def _top(values: list[float]) -> float:
    """The end of the distance axis: a round figure that holds the longest week."""
    most = max(values, default=0.0)
    step = next((step for step in STEPS if 2 * step >= most), STEPS[-1])
    return float(2 * step) if most <= 2 * step else float(most)


def _mood_range(moods: list[float]) -> tuple[float, float]:
    """The whole points around the weeks' mood, at least four apart, so that small changes stay small."""
    if not moods:
        return 0.0, 10.0
    low, high = float(int(min(moods))), float(-int(-max(moods) // 1))
    while high - low < 4:  # noqa: PLR2004 - see above
        low, high = max(0.0, low - 1), min(10.0, high + 1)
    return low, high


def _bar(x: float, row: dict[str, Any], units: Units, axes: tuple[Axis | None, Axis | None]) -> Bar:
    distance_axis, mood_axis = axes
    far = in_units(row["distance_m"], units) if _known(row) else None
    mood = row["mood_evening"]
    return Bar(
        start=row["week_start"],
        x=round(x, 1),
        distance=far,
        height=None if far is None or not distance_axis else round(distance_axis.bottom - distance_axis.place(far), 1),
        whole=row["known_days"] == WEEK,
        mood=mood,
        mood_y=None if mood is None or not mood_axis else mood_axis.place(mood),
        words=f"Week of {date(row['week_start'])}: {_far(row, units)}, {_felt(row)}",
    )


def _far(row: dict[str, Any], units: Units) -> str:
    return distance(row["distance_m"], units) if _known(row) else "not known"


def _felt(row: dict[str, Any]) -> str:
    if row["mood_evening"] is None:
        return "no evening rated"
    return f"evening mood {figure(row['mood_evening'])} ({counted(row['rated_evenings'] or 0, 'evening')})"


def _lines(bars: tuple[Bar, ...]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The weeks with a mood, broken where a week has none."""
    lines: list[list[tuple[float, float]]] = [[]]
    for bar in bars:
        if bar.mood_y is None:
            lines.append([])
        else:
            lines[-1].append((bar.x, bar.mood_y))
    return tuple(tuple(line) for line in lines if line)


def _months(bars: tuple[Bar, ...]) -> tuple[Tick, ...]:
    """The first week of each month, as far as there is room for its name."""
    ticks: list[Tick] = []
    for before, bar in zip((None, *bars), bars, strict=False):
        begins = before is None or bar.start.month != before.start.month
        if begins and bar.x < WIDTH - MONTH_ROOM and (not ticks or bar.x - ticks[-1].at >= MONTH_ROOM):
            ticks.append(Tick(bar.x, month_short(bar.start)))
    return tuple(ticks)


def _sentence(rows: list[dict[str, Any]], units: Units) -> str:
    far = [row["distance_m"] for row in rows if _known(row) and row["known_days"] == WEEK]
    moods = [row["mood_evening"] for row in rows if row["mood_evening"] is not None]
    missing = sum(not _known(row) for row in rows)
    parts = []
    if far:
        parts.append(f"Full weeks held {_between(min(far), max(far), units)}, {_middle(far, units)} in the middle.")
    if moods:
        parts.append(f"The mean evening mood of a week lay between {figure(min(moods))} and {figure(max(moods))}.")
    if missing:
        stands = "a question mark stands for " + plural(missing, "it", "each")
        parts.append(f"For {counted(missing, 'week')} it is not known whether you ran; {stands}.")
    return " ".join(parts)


def _middle(far: list[float], units: Units) -> str:
    return distance(median(far), units, whole=True)


def _between(least: float, most: float, units: Units) -> str:
    return f"between {in_units(least, units):,.0f} and {distance(most, units, whole=True)}"


def _grid(rows: list[dict[str, Any]], units: Units) -> Grid:
    last = rows[-1]["week_start"]
    told = tuple(
        (
            date_near(row["week_start"], last),
            _far(row, units),
            str(row["runs"]) if _known(row) else "not known",
            DASH if row["mood_evening"] is None else figure(row["mood_evening"]),
        )
        for row in rows
    )
    return Grid("Every week as a table", ("Week from", "Distance", "Runs", "Evening mood"), told)
