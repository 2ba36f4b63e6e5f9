"""A month as weeks of seven days, Monday first, each with what is known of it."""

from __future__ import annotations

import datetime as dt
import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import segno

from runmood.core.enums import DayKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl


LONGEST_MARK, SMALLEST_MARK = 13.0, 5.0
FAR_M = 20_000.0  # from here on a mark does not grow
SHADES = 6
MARKS = {
    DayKind.PLANNED_RUN: "run", DayKind.PARTLY_MET: "run", DayKind.UNPLANNED_RUN: "run", DayKind.RUN_ON_REST: "run",
    DayKind.MISSED_RUN: "missed", DayKind.PLANNED_REST: "rest", DayKind.NO_RUN: "none", "unknown": "unknown",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Square:
    """One day: the mark for running, its radius, the shade of the evening's mood, and the day's row, if it has one."""

    date: dt.date
    inside: bool
    mark: str
    radius: float
    shade: int | None
    row: dict[str, Any] | None


def month(first: dt.date, days: pl.DataFrame) -> tuple[tuple[Square, ...], ...]:
    """The weeks of the month that begins on `first`; days of other months only fill up the weeks."""
    rows = {row["local_date"]: row for row in days.iter_rows(named=True)}
    following = next_month(first)
    begin = first - dt.timedelta(days=first.isoweekday() - 1)
    weeks = range(-(-(following - begin).days // 7))
    return tuple(
        tuple(_square(begin + dt.timedelta(days=7 * week + day), first.month, rows) for day in range(7))
        for week in weeks
    )


def next_month(day: dt.date) -> dt.date:
    """The first day of the month after."""
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def month_before(day: dt.date) -> dt.date:
    """The first day of the month before."""
    return (day.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def _square(date: dt.date, number: int, rows: dict[dt.date, dict[str, Any]]) -> Square:
    inside = date.month == number
    row = rows.get(date) if inside else None
    mood = row["mood_evening"] if row else None
    return Square(
        date=date,
        inside=inside,
        mark=MARKS.get(row["day_kind"], "nothing") if row else "nothing",
        radius=_radius(row["distance_m"]) if row and row["distance_m"] else SMALLEST_MARK,
        shade=None if mood is None else min(int(mood * SHADES / 10), SHADES - 1),
        row=row,
    )


def _radius(metres: float) -> float:
    """A mark whose area grows with the distance."""
    share = math.sqrt(min(metres / FAR_M, 1.0))
    return round(SMALLEST_MARK + share * (LONGEST_MARK - SMALLEST_MARK), 1)


# --- An address as a square that a phone's camera reads.

SCALE = 6


def as_svg(address: str) -> str:
    """The square as SVG, dark on light whatever the page's colours: a camera wants it so."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=False, scale=SCALE, dark="#000000", light="#ffffff", svgclass="qr",
        lineclass=None, title="QR",
    )  # fmt: skip
    return drawn.getvalue().decode()


def as_text(address: str) -> str:
    """The square in characters for a terminal."""
    drawn = io.StringIO()
    segno.make(address, error="m").terminal(drawn, compact=True)
    return drawn.getvalue()


# --- The way of a run as lines, without a map: nothing is asked of anybody, and north is up.

SIZE, MARGIN = 320.0, 14.0  # of the picture, in its own units
PIECES = 500  # points drawn; more cannot be seen
METRES_A_DEGREE = 111_195.0  # of latitude, on a sphere of 6371 km
SHORTEST_M = 20.0
ROUND_LENGTHS = (50, 100, 200, 500, 1000, 2000, 5000, 10_000)
BAR_SHARE = 0.4

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Route:
    """Lines, one a stretch without a gap; `bar_m` metres are `bar` long. `ends` is null where they are left out."""

    lines: tuple[tuple[Place, ...], ...]
    ends: tuple[Place, Place] | None
    bar: float
    bar_m: int
    width: float
    height: float


def route(points: pl.DataFrame, hidden_m: float | None) -> Route | None:
    """The way of these POINTS; with `hidden_m` without what lies that near to its start or its end.

    Every passing is left out, not only the first and the last, or the line would point at the door. Null without
    positions, or where nothing is left to draw.
    """
    known = points.drop_nulls(["latitude_deg", "longitude_deg"])
    if known.height < 2:  # noqa: PLR2004 - a line has two ends
        return None
    metres, segments = _metres(known), known["segment"].fill_null(0).to_numpy()
    shown = _outside(metres, hidden_m) if hidden_m else np.ones(len(metres), dtype=bool)
    if not shown.any() or np.ptp(metres[shown], axis=0).max() < SHORTEST_M:
        return None
    return _drawn(metres, segments, shown, ends=not hidden_m)


def _metres(points: pl.DataFrame) -> np.ndarray:
    """Metres east and north of the first position; over a run's few kilometres the earth is flat."""
    latitude, longitude = points["latitude_deg"].to_numpy(), points["longitude_deg"].to_numpy()
    eastwards = (longitude - longitude[0] + 180) % 360 - 180  # a run may cross the date line
    east = eastwards * METRES_A_DEGREE * math.cos(math.radians(float(latitude[0])))
    return np.column_stack((east, (latitude - latitude[0]) * METRES_A_DEGREE))


def _outside(metres: np.ndarray, hidden_m: float) -> np.ndarray:
    """Which positions are farther than that from both the first and the last."""
    near = np.minimum(*(np.hypot(*(metres - end).T) for end in (metres[0], metres[-1])))
    return np.asarray(near > hidden_m)


def _drawn(metres: np.ndarray, segments: np.ndarray, shown: np.ndarray, *, ends: bool) -> Route:
    seen = metres[shown]
    low, span = seen.min(axis=0), np.ptp(seen, axis=0)
    scale = (SIZE - 2 * MARGIN) / max(float(span.max()), SHORTEST_M)
    places = np.column_stack(((metres[:, 0] - low[0]), (low[1] + span[1] - metres[:, 1]))) * scale + MARGIN
    bar_m = max((length for length in ROUND_LENGTHS if length * scale < BAR_SHARE * SIZE), default=ROUND_LENGTHS[0])
    width, height = (round(float(length) * scale + 2 * MARGIN, 1) for length in span)
    return Route(
        lines=tuple(_lines(places, segments, shown)),
        ends=(_place(places[0]), _place(places[-1])) if ends else None,
        bar=round(bar_m * scale, 1),
        bar_m=bar_m,
        width=max(width, SIZE / 2),
        height=max(height, SIZE / 4),
    )


def _lines(places: np.ndarray, segments: np.ndarray, shown: np.ndarray) -> Iterator[tuple[Place, ...]]:
    """The stretches that are shown and have no gap in them, thinned to what can be seen."""
    every = max(1, len(places) // PIECES)
    breaks = np.flatnonzero((np.diff(segments) != 0) | (np.diff(shown.astype(int)) != 0)) + 1
    for stretch in np.split(np.arange(len(places)), breaks):
        if len(stretch) > 1 and shown[stretch[0]]:
            yield tuple(_place(places[each]) for each in [*stretch[:-1:every], stretch[-1]])


def _place(place: np.ndarray) -> Place:
    return (round(float(place[0]), 1), round(float(place[1]), 1))


# --- The course of one thing through a run as a line in a small box; a gap in what is known is a gap in the line.

WIDTH, HEIGHT, AIR = 600.0, 90.0, 6.0


def lines(heights: Sequence[float | None]) -> tuple[str, ...]:
    """Stretches of known values, each as the points of an SVG polyline; values run from 0, lowest, to 1."""
    return tuple(_stretches(heights))


def _stretches(heights: Sequence[float | None]) -> Iterator[str]:
    step = WIDTH / max(len(heights) - 1, 1)
    stretch: list[str] = []
    for number, height in enumerate([*heights, None]):
        if height is not None:
            stretch.append(f"{number * step:.1f},{HEIGHT - AIR - height * (HEIGHT - 2 * AIR):.1f}")
        elif stretch:
            yield " ".join(stretch if len(stretch) > 1 else stretch * 2)
            stretch = []
