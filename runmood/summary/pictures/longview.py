"""The long view: distance, load and evening mood, week by week, or month by month over many years."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.summary.parts import Grid, LongView
from runmood.summary.period import WEEKS_IN_COLUMNS, Period, lately
from runmood.summary.pictures.panels import (
    LEFT,
    MONTHS_HIGH,
    WIDTH,
    Thing,
    labels,
    mood_scale,
    panels,
    step,
    top_of,
)
from runmood.summary.usual import usual_weeks
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
    month,
    spelled,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.summary.diary import Diary
    from runmood.terms.speech import Units

    Row = dict[str, Any]

SHOWN = 52
FEWEST = 8  # weeks; fewer tell nothing that the calendar does not
DISTANCE_HIGH, LOAD_HIGH, MOOD_HIGH = 84.0, 50.0, 66.0
WIDEST, WIDTH_SHARE = 18.0, 0.72  # of a bar
WEEK = dt.timedelta(days=7)
PART_NOTE = {
    "week": "Paler bars are weeks of which only a part is known.",
    "month": "Paler bars are months of which only a part is known.",
}
HATCH_NOTE = {"week": "Hatched weeks are not known.", "month": "Hatched months are not known."}
USUAL_NOTE = "The band is your usual: the middle half of the weeks in the half-year before this time."
LOAD_NOTE = "Load is effort, 0 to 10, times minutes in motion: a line to look at, no verdict."


@dataclass(frozen=True, slots=True)
class Span:
    """The rows of the long view, and whether one is a week or a month."""

    noun: str
    rows: list[Row]

    def values(self, name: str) -> tuple[float | None, ...]:
        """One column; running of which nothing is known is null."""
        return tuple(None if name == "distance_m" and row["runs"] is None else row[name] for row in self.rows)

    def whole(self) -> list[bool]:
        """Of which rows every day is known."""
        return [row["known_days"] == _days_in(row["start"], self.noun) for row in self.rows]


def long_view(diary: Diary, period: Period | None = None) -> LongView | None:
    """The weeks of a year up to the period's end, or all that is told; null when they tell no more than a calendar."""
    period = period or diary.period or lately(diary.as_of)
    span = _span(diary, period)
    if len(span.rows) < FEWEST or not (any(span.values("distance_m")) or any(span.values("mood_evening"))):
        return None
    whole = span.whole()
    things = tuple(_things(span, diary, period))
    drawn = panels(things, [row["start"] for row in span.rows], whole)
    paler = any(far and not full for far, full in zip(span.values("distance_m"), whole, strict=True))
    return LongView(
        title=_title(span, period),
        sentence=_sentence(span, diary.units, whole),
        note=LOAD_NOTE if any(thing.title.startswith("Load") for thing in things) else "",
        drawn_as=tuple(_drawn_as(span, paler=paler, usual=any(thing.usual for thing in things))),
        panels=drawn,
        bar_width=round(min(WIDEST, step(len(span.rows)) * WIDTH_SHARE), 2),
        months=labels(drawn[0].columns, years=span.noun == "month"),
        grid=_grid(span, diary.units),
        left=LEFT,
        width=WIDTH,
        height=drawn[-1].bottom + MONTHS_HIGH,
    )


def _title(span: Span, period: Period) -> str:
    if span.noun == "month" or period.kind == "year":
        return f"{capital(span.noun)} by {span.noun}"
    count = "A year" if len(span.rows) == SHOWN else f"{capital(spelled(len(span.rows)))} weeks"
    return f"{count}, week by week"


def _drawn_as(span: Span, *, paler: bool, usual: bool) -> Iterator[str]:
    """What is to be known of the picture."""
    if paler:
        yield PART_NOTE[span.noun]
    if any(row["runs"] is None for row in span.rows):
        yield HATCH_NOTE[span.noun]
    if usual:
        yield USUAL_NOTE


def _span(diary: Diary, period: Period) -> Span:
    """A year of weeks; of a longer time all weeks or months; without those at the beginning that tell nothing."""
    if diary.weeks.is_empty() or diary.days.is_empty():
        return Span("week", [])
    begun = max(diary.days["local_date"].sort()[0], period.first or dt.date.min)
    by_months = period.kind == "all" and (period.last - begun).days > WEEKS_IN_COLUMNS
    told = (
        _dense(diary.months, "month_start", period.last)
        if by_months
        else _dense(diary.weeks, "week_start", period.last)
    )
    if period.kind == "year":
        told = told.filter(pl.col("start") > begun - WEEK)
    elif period.kind != "all":
        told = told.tail(SHOWN)
    rows = told.to_dicts()
    known = [number for number, row in enumerate(rows) if row["runs"] is not None or row["mood_evening"] is not None]
    return Span("month" if by_months else "week", rows[known[0] :] if known else [])


def _dense(frame: pl.DataFrame, key: str, last: dt.date) -> pl.DataFrame:
    """Every week or month up to a day, none left out."""
    starts = pl.date_range(frame[key].sort()[0], last, interval="1w" if key == "week_start" else "1mo", eager=True)
    return starts.alias(key).to_frame().join(frame, on=key, how="left").sort(key).rename({key: "start"})


def _days_in(start: dt.date, noun: str) -> int:
    after = start + WEEK if noun == "week" else (start + dt.timedelta(days=31)).replace(day=1)
    return (after - start).days


def _things(span: Span, diary: Diary, period: Period) -> Iterator[Thing]:
    """Distance, load and mood, each where it is known."""
    units, rows = diary.units, span.rows
    far = tuple(None if value is None else in_units(value, units) for value in span.values("distance_m"))
    load, mood = span.values("load"), span.values("mood_evening")
    names = [_name(row, span.noun) for row in rows]
    if any(far):
        told = tuple(f"{name}: {_far(row, units)}" for name, row in zip(names, rows, strict=True))
        title, usual = f"Distance a {span.noun}, {UNIT_SHORT[units]}", _usual(diary, period, span)
        yield Thing(title, "bars", far, told, (0.0, top_of(far)), DISTANCE_HIGH, usual)
    if len(rows) - load.count(None) >= FEWEST and any(load):
        told = tuple(f"{name}: {_load(row)}" for name, row in zip(names, rows, strict=True))
        yield Thing(f"Load a {span.noun}, effort minutes", "faint line", load, told, (0.0, top_of(load)), LOAD_HIGH)
    if any(value is not None for value in mood):
        told = tuple(f"{name}: {_felt(row)}" for name, row in zip(names, rows, strict=True))
        title = f"Evening mood, mean of the {span.noun}"
        yield Thing(title, "line", mood, told, mood_scale(mood), MOOD_HIGH)


def _usual(diary: Diary, period: Period, span: Span) -> tuple[float, float] | None:
    """The person's usual weeks; null where months are shown or nothing stands before."""
    usual = usual_weeks(diary, period.first, "distance_m") if period.first and span.noun == "week" else None
    return usual and (in_units(usual[0], diary.units), in_units(usual[1], diary.units))


def _name(row: Row, noun: str) -> str:
    return month(row["start"]) if noun == "month" else f"Week of {date(row['start'])}"


def _far(row: Row, units: Units) -> str:
    if row["runs"] is None or row["distance_m"] is None:
        return "not known"
    return distance(row["distance_m"], units)


def _load(row: Row) -> str:
    return "load not known" if row["load"] is None else f"load {row['load']:,.0f}"


def _felt(row: Row) -> str:
    if row["mood_evening"] is None:
        return "no evening rated"
    return f"evening mood {figure(row['mood_evening'])} ({counted(row['rated_evenings'] or 0, 'evening')})"


def _sentence(span: Span, units: Units, whole: list[bool]) -> str:
    known, felt = span.values("distance_m"), span.values("mood_evening")
    far = [value for value, full in zip(known, whole, strict=True) if value is not None and full]
    moods = [mood for mood in felt if mood is not None]
    parts = [
        f"Full {span.noun}s held {_between(far, units)}, {distance(median(far), units, whole=True)} in the middle."
        if any(far)
        else "",
        f"The mean evening mood of a {span.noun} lay between {figure(min(moods))} and {figure(max(moods))}."
        if moods
        else "",
        _missing(known.count(None), span.noun),
    ]
    return " ".join(filter(None, parts))


def _missing(count: int, noun: str) -> str:
    return f"For {counted(count, noun)} it is not known whether you ran." if count else ""


def _between(far: list[float], units: Units) -> str:
    return f"between {in_units(min(far), units):,.0f} and {distance(max(far), units, whole=True)}"


def _grid(span: Span, units: Units) -> Grid:
    last, noun = span.rows[-1]["start"], span.noun
    told = tuple(
        (
            month(row["start"]) if noun == "month" else date_near(row["start"], last),
            _far(row, units),
            "not known" if row["runs"] is None else str(row["runs"]),
            DASH if row["load"] is None else f"{row['load']:,.0f}",
            DASH if row["mood_evening"] is None else figure(row["mood_evening"]),
        )
        for row in span.rows
    )
    first = "Month" if noun == "month" else "Week from"
    return Grid(f"Every {noun} as a table", (first, "Distance", "Runs", "Load", "Evening mood"), told)
