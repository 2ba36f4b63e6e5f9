"""The calendar: what was run and how the evening felt, one row a week."""

from __future__ import annotations

import datetime as dt
from math import sqrt
from typing import TYPE_CHECKING, Any

from runmood.summary.parts import Calendar, Cell, Grid, Sign
from runmood.summary.words.phrases import (
    DASH,
    UNIT_SHORT,
    capital,
    counted,
    distance,
    figure,
    in_units,
    listed,
    month_short,
    moods_between,
    weekday,
    weekday_near,
)

if TYPE_CHECKING:
    import polars as pl

    from runmood.summary.parts import Mark
    from runmood.terms.speech import Units

CELL, GAP, ROW, HEADER = 48.0, 4.0, 70.0, 18.0
WEEKDAYS = 7
# Shades of the evening's mood: finer where most evenings lie. Below this mood: that shade, and what stands on it.
SHADES = ((2.5, f"0{DASH}2"), (4.5, f"3{DASH}4"), (5.5, "5"), (6.5, "6"), (7.5, "7"), (11.0, f"8{DASH}10"))
RADIUS_LEAST, RADIUS_MOST = 8.0, 14.0
MARKS: dict[str, Mark] = {
    "planned run": "run", "partly met": "run", "unplanned run": "run", "run on rest": "run on rest",
    "planned rest": "rest", "missed run": "missed", "no run": "none", "unknown": "unknown",
}  # fmt: skip
LEGEND = {
    "run": "a run, in {unit}",
    "run on rest": "a run on a planned rest day",
    "rest": "planned rest",
    "missed": "a planned run that did not happen",
    "none": "no run, nothing planned",
    "unknown": "not known",
}


def calendar(days: pl.DataFrame, units: Units) -> Calendar | None:
    """The days as whole weeks from Monday to Sunday; days outside the period stay empty. Null without days."""
    if days.is_empty():
        return None
    first, last = days["local_date"][0], days["local_date"][-1]
    rows = {row["local_date"]: row for row in days.iter_rows(named=True)}
    monday = first - dt.timedelta(days=first.weekday())
    count = (last - monday).days // WEEKDAYS + 1
    farthest = max((row["distance_m"] or 0.0 for row in rows.values()), default=0.0)
    dates = [monday + dt.timedelta(days=number) for number in range(count * WEEKDAYS)]
    cells = [_cell(number, date, rows.get(date), (units, farthest)) for number, date in enumerate(dates)]
    weeks = tuple(tuple(cells[start : start + WEEKDAYS]) for start in range(0, len(cells), WEEKDAYS))
    told = [cell for cell in cells if cell.mark != "outside"]
    return Calendar(
        title="Day by day",
        sentence=_sentence(told),
        weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        weeks=weeks,
        legend=_legend(told, units),
        mood_legend=mood_legend(days),
        shades=tuple(label for _, label in SHADES),
        grid=_grid(told, days, units),
        width=WEEKDAYS * CELL + (WEEKDAYS - 1) * GAP,
        height=HEADER + count * ROW - GAP,
    )


def _cell(number: int, date: dt.date, row: dict[str, Any] | None, scale: tuple[Units, float]) -> Cell:
    units, farthest = scale
    mark: Mark = MARKS[row["day_kind"]] if row else "outside"
    far = (row["distance_m"] or 0.0) if row else 0.0
    mood = row["mood_evening"] if row else None
    shown = in_units(far, units)
    return Cell(
        date=date,
        x=number % WEEKDAYS * (CELL + GAP),
        y=HEADER + number // WEEKDAYS * ROW,
        label=f"{date.day} {month_short(date)}" if date.day == 1 or number == 0 else f"{date.day}",
        mark=mark,
        radius=_radius(far, farthest),
        distance=figure(shown) if far else "",
        distance_short=(f"{shown:.0f}" if shown >= 0.5 else "<1") if far else "",  # noqa: PLR2004 - rounds to 0
        mood=mood,
        mood_label="" if mood is None else figure(mood),
        depth=None if mood is None else depth_of(mood),
        words=words_of(date, done(mark, far, units), mood) if row else "",
    )


def _radius(far: float, farthest: float) -> float:
    """The area of the mark grows with the distance, from the smallest that still holds a figure."""
    if not farthest:
        return RADIUS_LEAST
    share = far / farthest
    return round(sqrt(RADIUS_LEAST**2 + share * (RADIUS_MOST**2 - RADIUS_LEAST**2)), 1)


def mood_legend(days: pl.DataFrame) -> str:
    """What the shades stand for; nothing where no evening is rated."""
    return "evening mood, 0 very bad to 10 very good" if days["mood_evening"].count() else ""


def depth_of(mood: float) -> int:
    """The shade of a mood, 0 palest to 5."""
    return next(depth for depth, (below, _) in enumerate(SHADES) if mood < below)


def done(mark: Mark, far: float, units: Units) -> str:
    """What happened on a day, in words."""
    run = f"run of {distance(far, units)}" if far else "run without a distance"
    return {
        "run": run,
        "run on rest": f"{run} on a planned rest day",
        "rest": "planned rest",
        "missed": "planned run that did not happen",
        "none": "no run",
        "unknown": "not known",
        "outside": "",
    }[mark]


def words_of(date: dt.date, what: str, mood: float | None) -> str:
    """A day in words, for who points at it."""
    felt = f"evening mood {figure(mood)}" if mood is not None else "evening not rated"
    return f"{weekday(date)} {date.day} {month_short(date)}: {what}; {felt}"


def _sentence(cells: list[Cell]) -> str:
    counts = {mark: sum(cell.mark == mark for cell in cells) for mark in LEGEND}
    ran = counts["run"] + counts["run on rest"]
    parts = [f"{counted(ran, 'day') if ran else 'no days'} with a run"]
    parts += [f"{counts['rest']} of planned rest"] if counts["rest"] else []
    parts += [f"{counts['missed']} with a planned run that did not happen"] if counts["missed"] else []
    parts += [f"{counts['unknown']} not known"] if counts["unknown"] else []
    moods = sorted(cell.mood for cell in cells if cell.mood is not None)
    rows = "each row is a week: " if len(cells) > WEEKDAYS else ""
    return f"{capital(rows + listed(parts))}. {_felt(moods)}"


def _felt(moods: list[float]) -> str:
    if not moods:
        return "No evening is rated."
    return f"{counted(len(moods), 'rated evening')}, {moods_between(moods)}."


def _legend(cells: list[Cell], units: Units) -> tuple[Sign, ...]:
    """Only the marks that occur."""
    marks: tuple[Mark, ...] = ("run", "run on rest", "rest", "missed", "none", "unknown")
    present = {cell.mark for cell in cells}
    return tuple(Sign(mark, LEGEND[mark].format(unit=UNIT_SHORT[units])) for mark in marks if mark in present)


def _grid(cells: list[Cell], days: pl.DataFrame, units: Units) -> Grid:
    far = dict(days.select("local_date", "distance_m").iter_rows())
    rows = tuple(
        (
            weekday_near(cell.date, days["local_date"][-1]),
            done(cell.mark, far[cell.date] or 0.0, units),
            cell.mood_label or DASH,
        )
        for cell in cells
    )
    return Grid("Every day as a table", ("Day", "Running", "Evening mood"), rows)
