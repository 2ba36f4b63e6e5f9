"""Build the calendar of a summary: days as weeks, and longer times as a heatmap of days or months."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from math import sqrt
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.core.enums import DayKind
from runmood.core.i18n import DASH, capital
from runmood.reports.models import Calendar, Cell, Grid, HeatmapChart, LegendItem, Mark, Tile
from runmood.reports.overview import format_rated_evenings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from runmood.core.i18n import Translator

    Row = dict[str, Any]


CELL, GAP, ROW, HEADER = 48.0, 4.0, 70.0, 18.0
WEEKDAYS = 7
# Shades of the evening's mood: finer where most evenings lie. Below this mood: that shade, and what stands on it.
SHADES = ((2.5, f"0{DASH}2"), (4.5, f"3{DASH}4"), (5.5, "5"), (6.5, "6"), (7.5, "7"), (11.0, f"8{DASH}10"))
RADIUS_LEAST, RADIUS_MOST = 8.0, 14.0
MARKS: dict[str, Mark] = {
    DayKind.PLANNED_RUN: Mark.RUN, DayKind.PARTLY_MET: Mark.RUN, DayKind.UNPLANNED_RUN: Mark.RUN,
    DayKind.RUN_ON_REST: Mark.RUN_ON_REST, DayKind.PLANNED_REST: Mark.REST, DayKind.MISSED_RUN: Mark.MISSED,
    DayKind.NO_RUN: Mark.NONE, DayKind.UNKNOWN: Mark.UNKNOWN,
    DayKind.ILL_OR_INJURED: Mark.ILL_OR_INJURED, DayKind.AWAY: Mark.AWAY,
}  # fmt: skip
APART = (Mark.ILL_OR_INJURED, Mark.AWAY)
LEGEND = (Mark.RUN, Mark.RUN_ON_REST, Mark.REST, Mark.MISSED, *APART, Mark.NONE, Mark.UNKNOWN)
DAY_SIDE, DAY_STEP, MONTH_WIDTH, MONTH_HEIGHT, NAMES_HEIGHT = 14.0, 15.5, 123.0, 116.0, 18.0
MONTHS_ACROSS, MONTHS_A_YEAR = 3, 12
RADIUS_SMALLEST, DAY_RADIUS_MOST = 1.6, 4.6  # radius of a run on a tile
MONTH_SIDE, MONTH_STEP, YEARS_WIDTH, MONTH_RADIUS_MOST = 24.0, 27.0, 36.0, 8.0
ABOUT_A_YEAR = 430  # days


def build_calendar(say: Translator, days: pl.DataFrame, *, tell_unknown: bool = True) -> Calendar | None:
    """Return the days as whole weeks from Monday to Sunday, days outside the period empty; None without days.

    Args:
        say: the words.
        days: rows of DAYS, none left out.
        tell_unknown: whether the sentence says of how many days nothing is known.
    """
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
    shown = [cell for cell in cells if cell.mark != Mark.OUTSIDE]
    return Calendar(
        title=say("calendar.title"),
        sentence=_calendar_sentence(say, shown, tell_unknown=tell_unknown),
        weekdays=tuple(say(f"weekday_short.{day.isoweekday()}") for day in dates[:WEEKDAYS]),
        mondays=tuple(_day_and_month(say, date, room=2) for date in dates[::WEEKDAYS]),
        weeks=weeks,
        rest=say("mark.rest_alone"),
        legend=_build_legend(say, {cell.mark for cell in shown}, "run_in"),
        mood_legend=_mood_legend(say, days),
        shades=tuple(label for _, label in SHADES),
        grid=_calendar_grid(say, shown, days),
        width=WEEKDAYS * CELL + (WEEKDAYS - 1) * GAP,
        height=HEADER + count * ROW - GAP,
    )


def _cell(say: Translator, number: int, date: dt.date, of: tuple[dict[str, Any] | None, float]) -> Cell:
    row, farthest = of
    mark: Mark = MARKS[row["day_kind"]] if row else Mark.OUTSIDE
    far = (row["distance_m"] or 0.0) if row else 0.0
    mood = row["mood_evening"] if row else None
    shown = say.in_units(far)
    return Cell(
        date=date,
        x=number % WEEKDAYS * (CELL + GAP),
        y=HEADER + number // WEEKDAYS * ROW,
        label=_day_and_month(say, date) if date.day == 1 or number == 0 else f"{date.day}",
        mark=mark,
        radius=_cell_radius(far, farthest),
        distance=say.figure(shown) if far else "",
        distance_short=(f"{shown:.0f}" if shown >= 0.5 else "<1") if far else "",  # noqa: PLR2004 - rounds to 0
        mood=mood,
        mood_label="" if mood is None else say.figure(mood),
        depth=shade_of(mood),
        words=_describe_day(say, date, _describe_running(say, mark, far), mood) if row else "",
    )


def _day_and_month(say: Translator, date: dt.date, room: int = 0) -> str:
    return say("day_and_month", day=f"{date.day:>{room}}", month=say.month_short(date))


def _cell_radius(far: float, farthest: float) -> float:
    """Return the radius of a mark whose area grows with the distance; the smallest still holds a figure."""
    if not farthest:
        return RADIUS_LEAST
    share = far / farthest
    return round(sqrt(RADIUS_LEAST**2 + share * (RADIUS_MOST**2 - RADIUS_LEAST**2)), 1)


def _build_legend(say: Translator, marks: Iterable[Mark], run: str) -> tuple[LegendItem, ...]:
    """Return what the marks that occur mean; `run` is the catalogue key of a run's mark."""
    keys = {mark: run if mark == Mark.RUN else mark for mark in LEGEND}
    unit = say(f"unit.{say.units}")
    return tuple(LegendItem(mark, say(f"mark.{name}", unit=unit)) for mark, name in keys.items() if mark in set(marks))


def _mood_legend(say: Translator, days: pl.DataFrame, of: str = "mood") -> str:
    """Return what the shades stand for; empty where no evening is rated."""
    return say(f"mark.{of}") if days["mood_evening"].count() else ""


def shade_of(mood: float | None) -> int | None:
    """Return the shade of a mood, from 0 (palest) to 5; null without one."""
    return None if mood is None else next(depth for depth, (below, _) in enumerate(SHADES) if mood < below)


def _describe_running(say: Translator, mark: Mark, far: float) -> str:
    """Describe what was run on a day."""
    unmeasured = "_without_distance" if mark in (Mark.RUN, Mark.RUN_ON_REST) and not far else ""
    return say(f"done.{mark}{unmeasured}", far=say.distance(far))


def _describe_day(say: Translator, date: dt.date, what: str, mood: float | None) -> str:
    """Describe a day in a sentence, shown where it is pointed at."""
    day = say("weekday_and_date", weekday=say.weekday(date), date=_day_and_month(say, date))
    return say("day.unrated", day=day, what=what) if mood is None else say("day.rated", day=day, what=what, mood=mood)


def _calendar_sentence(say: Translator, cells: list[Cell], *, tell_unknown: bool) -> str:
    counts = Counter(cell.mark for cell in cells)
    ran = counts[Mark.RUN] + counts[Mark.RUN_ON_REST]
    parts = [say("calendar.ran", days=ran)] if ran else []
    parts += [
        say(f"calendar.{mark}", days=counts[mark])
        for mark in (Mark.REST, Mark.MISSED, *APART, *([Mark.UNKNOWN] if tell_unknown else []))
        if counts[mark]
    ]
    moods = sorted(cell.mood for cell in cells if cell.mood is not None)
    if not parts and counts[Mark.UNKNOWN] == len(cells):
        return format_rated_evenings(say, moods)
    parts = parts or [say("calendar.not_ran")]
    sentence = say("calendar.weeks" if len(cells) > WEEKDAYS else "calendar.week", parts=parts)
    return f"{capital(sentence)} {format_rated_evenings(say, moods)}"


def _calendar_grid(say: Translator, cells: list[Cell], days: pl.DataFrame) -> Grid:
    far = dict(days.select("local_date", "distance_m").iter_rows())
    last = days["local_date"][-1]
    rows = tuple(
        (
            say.weekday_near(cell.date, last),
            _describe_running(say, cell.mark, far[cell.date] or 0.0),
            cell.mood_label or DASH,
        )
        for cell in cells
    )
    columns = tuple(say(f"column.{name}") for name in ("day", "running", "mood"))
    return Grid(say("calendar.table"), columns, rows)


def build_heatmap(say: Translator, days: pl.DataFrame) -> HeatmapChart | None:
    """Return about a year day by day, a longer time month by month; None without days."""
    if days.is_empty():
        return None
    return _daily_heatmap(say, days) if days.height <= ABOUT_A_YEAR else _monthly_heatmap(say, days)


def _daily_heatmap(say: Translator, days: pl.DataFrame) -> HeatmapChart:
    """Draw small months, three beside each other, with a row a week in each."""
    rows = {row["local_date"]: row for row in days.iter_rows(named=True)}
    farthest = max((row["distance_m"] or 0.0 for row in rows.values()), default=0.0)
    firsts = list(_month_starts(days["local_date"][0], days["local_date"][-1]))
    named = []
    for number, first in enumerate(firsts):
        corner = (number % MONTHS_ACROSS * MONTH_WIDTH, number // MONTHS_ACROSS * MONTH_HEIGHT)
        drawn = tuple(_day_tile(say, date, rows.get(date), (*corner, farthest)) for date in _month_dates(first))
        named.append((corner, first, drawn))
    return HeatmapChart(
        title=say("calendar.title"),
        sentence=_heatmap_sentence(say, days),
        rows=tuple((f"{say.month_short(first)} {first:%y}", drawn) for _, first, drawn in named),
        columns=tuple(str(number) for number in range(1, 32)),
        side=DAY_SIDE,
        headings=tuple((x, y + 10, _month_heading(say, first, firsts[0])) for (x, y), first, _ in named),
        legend=_build_legend(say, {MARKS[kind] for kind in days["day_kind"]} - {Mark.NONE}, "run"),
        mood_legend=_mood_legend(say, days),
        shades=tuple(label for _, label in SHADES),
        grid=_heatmap_grid(say, days),
        width=2 * MONTH_WIDTH + WEEKDAYS * DAY_STEP - (DAY_STEP - DAY_SIDE),
        height=-(-len(firsts) // MONTHS_ACROSS) * MONTH_HEIGHT - 4,
    )


def _month_heading(say: Translator, first: dt.date, begun: dt.date) -> str:
    """Return a month's name, with the year where it changes."""
    return say.month(first) if first == begun or first.month == 1 else say(f"month.{first.month}")


def _month_starts(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Yield the first day of every month from one day to another."""
    at = first.replace(day=1)
    while at <= last:
        yield at
        at = (at + dt.timedelta(days=31)).replace(day=1)


def _month_dates(first: dt.date) -> Iterator[dt.date]:
    """Yield the days of a month."""
    days = (first + dt.timedelta(days=number) for number in range(31))
    return (date for date in days if date.month == first.month)


def _day_tile(say: Translator, date: dt.date, row: Row | None, frame: tuple[float, float, float]) -> Tile | None:
    if row is None:
        return None
    left, top, farthest = frame
    place = date.day - 1 + date.replace(day=1).weekday()
    far, mood, mark = row["distance_m"] or 0.0, row["mood_evening"], MARKS[row["day_kind"]]
    return Tile(
        x=left + place % WEEKDAYS * DAY_STEP,
        y=top + NAMES_HEIGHT + place // WEEKDAYS * DAY_STEP,
        mark=mark,
        radius=_tile_radius(far / farthest if farthest else 0.0, DAY_RADIUS_MOST),
        mood=mood,
        depth=shade_of(mood),
        words=_describe_day(say, date, _describe_running(say, mark, far), mood),
    )


def _tile_radius(share: float, most: float) -> float:
    """Return the radius of a mark whose area grows with the distance."""
    return round(sqrt(RADIUS_SMALLEST**2 + share * (most**2 - RADIUS_SMALLEST**2)), 1)


def _monthly_heatmap(say: Translator, days: pl.DataFrame) -> HeatmapChart:
    """Draw a row a year and a column a month."""
    months = {row["month"]: row for row in _monthly_totals(days).iter_rows(named=True)}
    farthest = max((row["distance_m"] or 0.0 for row in months.values()), default=0.0)
    first, last = days["local_date"][0].year, days["local_date"][-1].year
    rows = tuple(
        (
            str(year),
            tuple(
                _month_tile(say, months.get(dt.date(year, number, 1)), year - first, farthest)
                for number in range(1, 13)
            ),
        )
        for year in range(first, last + 1)
    )
    names = tuple(say(f"month.{number}")[0] for number in range(1, 13))
    over = [(YEARS_WIDTH + number * MONTH_STEP + MONTH_SIDE / 2 - 3, 10.0, name) for number, name in enumerate(names)]
    beside = [
        (0.0, NAMES_HEIGHT + number * MONTH_STEP + MONTH_SIDE / 2 + 4, name) for number, (name, _) in enumerate(rows)
    ]
    return HeatmapChart(
        title=say("tiles.years"),
        sentence=_heatmap_sentence(say, days),
        rows=rows,
        columns=names,
        side=MONTH_SIDE,
        headings=(*over, *beside),
        legend=_build_legend(say, (Mark.RUN, Mark.UNKNOWN), "running"),
        mood_legend=_mood_legend(say, days, "mean_mood"),
        shades=tuple(label for _, label in SHADES),
        grid=_heatmap_grid(say, days),
        width=YEARS_WIDTH + MONTHS_A_YEAR * MONTH_STEP,
        height=NAMES_HEIGHT + len(rows) * MONTH_STEP,
    )


def _month_tile(say: Translator, row: Row | None, number: int, farthest: float) -> Tile | None:
    if row is None:
        return None
    first, far, mood, known = row["month"], row["distance_m"] or 0.0, row["mood_evening"], row["runs"] is not None
    running = say("tiles.runs", runs=row["runs"], far=say.distance(far)) if known else say("mark.unknown")
    felt = {"mood": mood} if mood is not None else {}
    words = say(f"tiles.month_{'rated' if felt else 'unrated'}", month=say.month(first), what=running, **felt)
    return Tile(
        x=YEARS_WIDTH + (first.month - 1) * MONTH_STEP,
        y=NAMES_HEIGHT + number * MONTH_STEP,
        mark=(Mark.RUN if row["runs"] else Mark.NONE) if known else Mark.UNKNOWN,
        radius=_tile_radius(far / farthest if farthest else 0.0, MONTH_RADIUS_MOST),
        mood=mood,
        depth=shade_of(mood),
        words=words,
    )


def _monthly_totals(days: pl.DataFrame) -> pl.DataFrame:
    """Return one row a month of the days; running is null where no day of the month is known."""
    known = pl.col("runs").count() > 0
    return days.group_by(month=pl.col("local_date").dt.truncate("1mo"), maintain_order=True).agg(
        runs=pl.when(known).then(pl.col("runs").sum()),
        distance_m=pl.when(known).then(pl.col("distance_m").sum()),
        rested=(pl.col("day_kind") == DayKind.PLANNED_REST).sum(),
        missed=(pl.col("day_kind") == DayKind.MISSED_RUN).sum(),
        mood_evening=pl.col("mood_evening").mean(),
        rated=pl.col("mood_evening").count(),
    )


def _heatmap_sentence(say: Translator, days: pl.DataFrame) -> str:
    ran, rated = days.filter(pl.col("runs") > 0).height, days["mood_evening"].count()
    return say(
        "tiles.sentence",
        ran=say("tiles.ran", days=ran) if ran else say("tiles.not_ran"),
        rated=say("tiles.rated", evenings=rated) if rated else say("tiles.unrated"),
        days=days.height,
    )


def _heatmap_grid(say: Translator, days: pl.DataFrame) -> Grid:
    rows = tuple(
        (
            say.month(row["month"]),
            DASH if row["runs"] is None else str(row["runs"]),
            DASH if row["distance_m"] is None else say.distance(row["distance_m"], whole=True),
            str(row["rested"]),
            str(row["missed"]),
            DASH if row["mood_evening"] is None else f"{say.figure(row['mood_evening'])} ({row['rated']})",
        )
        for row in _monthly_totals(days).iter_rows(named=True)
    )
    columns = ("month", "runs", "distance", "rest_kept", "runs_missed", "moods")
    return Grid(say("tiles.table"), tuple(say(f"column.{name}") for name in columns), rows)
