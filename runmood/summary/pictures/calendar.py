"""The calendar: what was run and how the evening felt, one row a week."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING, Any

from runmood.summary.parts import Calendar, Cell, Grid, Sign
from runmood.summary.words.lately import rated
from runmood.summary.words.phrases import DASH, capital

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from runmood.summary.parts import Mark
    from runmood.terms.speech import Speech

CELL, GAP, ROW, HEADER = 48.0, 4.0, 70.0, 18.0
WEEKDAYS = 7
# Shades of the evening's mood: finer where most evenings lie. Below this mood: that shade, and what stands on it.
SHADES = ((2.5, f"0{DASH}2"), (4.5, f"3{DASH}4"), (5.5, "5"), (6.5, "6"), (7.5, "7"), (11.0, f"8{DASH}10"))
RADIUS_LEAST, RADIUS_MOST = 8.0, 14.0
MARKS: dict[str, Mark] = {
    "planned run": "run", "partly met": "run", "unplanned run": "run", "run on rest": "run on rest",
    "planned rest": "rest", "missed run": "missed", "no run": "none", "unknown": "unknown",
}  # fmt: skip
LEGEND: tuple[Mark, ...] = ("run", "run on rest", "rest", "missed", "none", "unknown")


def calendar(say: Speech, days: pl.DataFrame) -> Calendar | None:
    """The days as whole weeks from Monday to Sunday; days outside the period stay empty. Null without days."""
    if days.is_empty():
        return None
    first, last = days["local_date"][0], days["local_date"][-1]
    rows = {row["local_date"]: row for row in days.iter_rows(named=True)}
    monday = first - dt.timedelta(days=first.weekday())
    count = (last - monday).days // WEEKDAYS + 1
    farthest = max((row["distance_m"] or 0.0 for row in rows.values()), default=0.0)
    dates = [monday + dt.timedelta(days=number) for number in range(count * WEEKDAYS)]
    cells = [_cell(say, number, date, (rows.get(date), farthest)) for number, date in enumerate(dates)]
    weeks = tuple(tuple(cells[start : start + WEEKDAYS]) for start in range(0, len(cells), WEEKDAYS))
    told = [cell for cell in cells if cell.mark != "outside"]
    return Calendar(
        title=say("calendar.title"),
        sentence=_sentence(say, told),
        weekdays=tuple(say(f"weekday_short.{day.isoweekday()}") for day in dates[:WEEKDAYS]),
        mondays=tuple(_day_and_month(say, date, room=2) for date in dates[::WEEKDAYS]),
        weeks=weeks,
        rest=say("mark.rest_alone"),
        legend=legend(say, {cell.mark for cell in told}, "run_in"),
        mood_legend=mood_legend(say, days),
        shades=tuple(label for _, label in SHADES),
        grid=_grid(say, told, days),
        width=WEEKDAYS * CELL + (WEEKDAYS - 1) * GAP,
        height=HEADER + count * ROW - GAP,
    )


def _cell(say: Speech, number: int, date: dt.date, of: tuple[dict[str, Any] | None, float]) -> Cell:
    row, farthest = of
    mark: Mark = MARKS[row["day_kind"]] if row else "outside"
    far = (row["distance_m"] or 0.0) if row else 0.0
    mood = row["mood_evening"] if row else None
    shown = say.in_units(far)
    return Cell(
        date=date,
        x=number % WEEKDAYS * (CELL + GAP),
        y=HEADER + number // WEEKDAYS * ROW,
        label=_day_and_month(say, date) if date.day == 1 or number == 0 else f"{date.day}",
        mark=mark,
        radius=_radius(far, farthest),
        distance=say.figure(shown) if far else "",
        distance_short=(f"{shown:.0f}" if shown >= 0.5 else "<1") if far else "",  # noqa: PLR2004 - rounds to 0
        mood=mood,
        mood_label="" if mood is None else say.figure(mood),
        depth=None if mood is None else depth_of(mood),
        words=words_of(say, date, done(say, mark, far), mood) if row else "",
    )


def _day_and_month(say: Speech, date: dt.date, room: int = 0) -> str:
    return say("day_and_month", day=f"{date.day:>{room}}", month=say.month_short(date))


def _radius(far: float, farthest: float) -> float:
    """The area of the mark grows with the distance, from the smallest that still holds a figure."""
    if not farthest:
        return RADIUS_LEAST
    share = far / farthest
    return round(sqrt(RADIUS_LEAST**2 + share * (RADIUS_MOST**2 - RADIUS_LEAST**2)), 1)


def legend(say: Speech, marks: Iterable[Mark], run: str) -> tuple[Sign, ...]:
    """What the marks mean that occur; `run` is what a run's mark tells."""
    told = {mark: run if mark == "run" else mark.replace(" ", "_") for mark in LEGEND}
    unit = say(f"unit.{say.units}")
    return tuple(Sign(mark, say(f"mark.{name}", unit=unit)) for mark, name in told.items() if mark in set(marks))


def mood_legend(say: Speech, days: pl.DataFrame, of: str = "mood") -> str:
    """What the shades stand for; nothing where no evening is rated."""
    return say(f"mark.{of}") if days["mood_evening"].count() else ""


def depth_of(mood: float) -> int:
    """The shade of a mood, 0 palest to 5."""
    return next(depth for depth, (below, _) in enumerate(SHADES) if mood < below)


def done(say: Speech, mark: Mark, far: float) -> str:
    """What happened on a day, in words."""
    unmeasured = "_without_distance" if mark in ("run", "run on rest") and not far else ""
    return say(f"done.{mark.replace(' ', '_')}{unmeasured}", far=say.distance(far))


def words_of(say: Speech, date: dt.date, what: str, mood: float | None) -> str:
    """A day in words, for who points at it."""
    day = say("weekday_and_date", weekday=say.weekday(date), date=_day_and_month(say, date))
    return say("day.unrated", day=day, what=what) if mood is None else say("day.rated", day=day, what=what, mood=mood)


def _sentence(say: Speech, cells: list[Cell]) -> str:
    counts = Counter(cell.mark for cell in cells)
    ran = counts["run"] + counts["run on rest"]
    parts = [say("calendar.ran", days=ran) if ran else say("calendar.not_ran")]
    parts += [say(f"calendar.{mark}", days=counts[mark]) for mark in ("rest", "missed", "unknown") if counts[mark]]
    moods = sorted(cell.mood for cell in cells if cell.mood is not None)
    told = say("calendar.weeks" if len(cells) > WEEKDAYS else "calendar.week", parts=parts)
    return f"{capital(told)} {rated(say, moods)}"


def _grid(say: Speech, cells: list[Cell], days: pl.DataFrame) -> Grid:
    far = dict(days.select("local_date", "distance_m").iter_rows())
    last = days["local_date"][-1]
    rows = tuple(
        (say.weekday_near(cell.date, last), done(say, cell.mark, far[cell.date] or 0.0), cell.mood_label or DASH)
        for cell in cells
    )
    columns = tuple(say(f"column.{name}") for name in ("day", "running", "mood"))
    return Grid(say("calendar.table"), columns, rows)
