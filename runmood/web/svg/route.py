"""The route of a run as lines, north up and without a map, so that no server learns of a place."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from runmood.web.svg.course import Course


SIZE, MARGIN = 320.0, 14.0  # in units of the drawing
POINTS_DRAWN = 500  # more cannot be told apart
METRES_A_DEGREE = 111_195.0  # of latitude, on a sphere of 6371 km
SHORTEST_M = 20.0
BAR_LENGTHS_M = (50, 100, 200, 500, 1000, 2000, 5000, 10_000)
BAR_SHARE = 0.4  # of the drawing's width, at most

Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Route:
    """Lines in units of the drawing, one a stretch without a gap, and a scale bar: `bar_m` metres are `bar` long.

    `ends` is null where start and end are hidden. With a course, a line is a stretch of one level of pace, `levels`
    has that of each, and `places` is where each piece of the course lies, null where that is unknown or hidden.
    """

    lines: tuple[tuple[Position, ...], ...]
    ends: tuple[Position, Position] | None
    bar: float
    bar_m: int
    width: float
    height: float
    levels: tuple[int, ...] = ()
    places: tuple[Position | None, ...] = ()


def draw_route(points: pl.DataFrame, hidden_m: float | None, course: Course | None = None) -> Route | None:
    """Return the route of these POINTS, with `hidden_m` without what lies that near to its start or its end.

    Every passing is hidden, not only the first and the last, or the line would point at the person's home.

    Returns:
        The route; null without positions, or where nothing is left to draw.
    """
    known = points.drop_nulls(["latitude_deg", "longitude_deg"])
    if known.height < 2:  # noqa: PLR2004 - a line has two ends
        return None
    metres, segments = _metres(known), known["segment"].fill_null(0).to_numpy()
    shown = _outside(metres, hidden_m) if hidden_m else np.ones(len(metres), dtype=bool)
    if not shown.any() or np.ptp(metres[shown], axis=0).max() < SHORTEST_M:
        return None
    positions, route = _scaled(metres, shown, ends=not hidden_m)
    if course is None:
        return replace(route, lines=tuple(line for _, line in _lines(positions, segments, shown, np.zeros(len(shown)))))
    along = known["elapsed_s" if course.by_time else "distance_m"].fill_null(strategy="forward").fill_null(0).to_numpy()
    drawn = tuple(_lines(positions, segments, shown, course.levels(along)))
    return replace(
        route, lines=tuple(line for _, line in drawn), levels=tuple(level for level, _ in drawn),
        places=tuple(_places(course, along, positions, shown)),
    )  # fmt: skip


def _metres(points: pl.DataFrame) -> np.ndarray:
    """Return (n, 2) metres east and north of the first position, on a plane: a run spans a few kilometres."""
    latitude, longitude = points["latitude_deg"].to_numpy(), points["longitude_deg"].to_numpy()
    eastwards = (longitude - longitude[0] + 180) % 360 - 180  # a run may cross the date line
    east = eastwards * METRES_A_DEGREE * math.cos(math.radians(float(latitude[0])))
    return np.column_stack((east, (latitude - latitude[0]) * METRES_A_DEGREE))


def _outside(metres: np.ndarray, hidden_m: float) -> np.ndarray:
    """Return which positions are farther than that from both the first and the last."""
    near = np.minimum(*(np.hypot(*(metres - end).T) for end in (metres[0], metres[-1])))
    return np.asarray(near > hidden_m)


def _scaled(metres: np.ndarray, shown: np.ndarray, *, ends: bool) -> tuple[np.ndarray, Route]:
    """Return all positions in units of the drawing, and the drawing without its lines."""
    visible = metres[shown]
    low, span = visible.min(axis=0), np.ptp(visible, axis=0)
    scale = (SIZE - 2 * MARGIN) / max(float(span.max()), SHORTEST_M)
    positions = np.column_stack(((metres[:, 0] - low[0]), (low[1] + span[1] - metres[:, 1]))) * scale + MARGIN
    bar_m = max((length for length in BAR_LENGTHS_M if length * scale < BAR_SHARE * SIZE), default=BAR_LENGTHS_M[0])
    width, height = (round(float(length) * scale + 2 * MARGIN, 1) for length in span)
    return positions, Route(
        lines=(),
        ends=(_rounded(positions[0]), _rounded(positions[-1])) if ends else None,
        bar=round(bar_m * scale, 1),
        bar_m=bar_m,
        width=max(width, SIZE / 2),
        height=max(height, SIZE / 4),
    )


def _lines(
    positions: np.ndarray, segments: np.ndarray, shown: np.ndarray, levels: np.ndarray
) -> Iterator[tuple[int, tuple[Position, ...]]]:
    """Yield the shown stretches without a gap, each with its level, thinned to what can be told apart."""
    every = max(1, len(positions) // POINTS_DRAWN)
    gaps = np.flatnonzero((np.diff(segments) != 0) | (np.diff(shown.astype(int)) != 0)) + 1
    changes = np.setdiff1d(np.flatnonzero(np.diff(levels) != 0) + 1, gaps)  # there the line goes on
    for stretch in np.split(np.arange(len(positions)), np.union1d(gaps, changes)):
        end = stretch[-1] + 1 if np.isin(stretch[-1] + 1, changes) else stretch[-1]
        if end > stretch[0] and shown[stretch[0]]:
            yield (
                int(levels[stretch[0]]),
                tuple(_rounded(positions[at]) for at in [*range(stretch[0], end, every), end]),
            )


def _places(course: Course, along: np.ndarray, positions: np.ndarray, shown: np.ndarray) -> Iterator[Position | None]:
    """Yield where each piece of a course lies in the drawing; null where it is hidden or its position unknown."""
    for first, last in pairwise(course.edges):
        at = min(int(np.searchsorted(along, (first + last) / 2)), len(along) - 1)
        inside = first - (last - first) <= along[at] <= last + (last - first)
        yield _rounded(positions[at]) if shown[at] and inside else None


def _rounded(position: np.ndarray) -> Position:
    return (round(float(position[0]), 1), round(float(position[1]), 1))
