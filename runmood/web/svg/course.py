"""A run drawn: its route without a map, so that no server learns of a place; its pace, heart rate and height."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from runmood.core.i18n import METRES
from runmood.reports.run import FEWEST_PIECES, SLOW_END, scale_ends
from runmood.tracks.geo import M_PER_DEG
from runmood.web.svg.chart import Chart, Column, height_of, lines_through, share_along

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import polars as pl

    from runmood.core.i18n import Translator

    Values = np.ndarray


PIECES = 150  # as many as can be told apart
HEIGHT = 96.0
LEVELS = 5  # of pace, on the route
STEPS = (0.25, 0.5, 1, 2, 5, 10, 20, 50, 100)
MOST_LABELS = 8
MINUTES = (5, 10, 15, 30, 60, 120)
SIZE, MARGIN = 320.0, 14.0  # in units of the drawing
POINTS_DRAWN = 500  # more cannot be told apart
SHORTEST_M = 20.0
BAR_LENGTHS_M = (50, 100, 200, 500, 1000, 2000, 5000, 10_000)
BAR_SHARE = 0.4  # of the drawing's width, at most
Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Course:
    """A run cut into pieces of equal distance, or of equal time; what is unknown of a piece is NaN.

    `edges` are the ends of the pieces in metres, or in seconds where `by_time`; `clock` is the elapsed time at the
    middle of each.
    """

    by_time: bool
    edges: Values
    clock: Values
    pace: Values
    heart: Values
    height: Values

    def levels(self, along: Values) -> Values:
        """Return how fast the piece is that holds each of these places, from 0 (slow) to 4; -1 where unknown."""
        known = self.pace[np.isfinite(self.pace)]
        if not len(known):
            return np.full(len(along), -1)
        limits = np.quantile(known, np.linspace(0, 1, LEVELS + 1)[1:-1])
        piece = np.clip(np.searchsorted(self.edges, along, side="right") - 1, 0, len(self.pace) - 1)
        slowness = np.searchsorted(limits, self.pace)
        return np.asarray(np.where(np.isfinite(self.pace), LEVELS - 1 - slowness, -1)[piece])


def cut_course(points: pl.DataFrame) -> Course | None:
    """Cut a run's POINTS into pieces; null where too few of them are known."""
    timed = points.drop_nulls(["elapsed_s"])
    far = timed.drop_nulls(["distance_m"])
    by_time = far.height < FEWEST_PIECES or not far["distance_m"][-1]
    known = timed if by_time else far
    along = known["elapsed_s" if by_time else "distance_m"].to_numpy()
    if len(along) < FEWEST_PIECES or not along[-1] > along[0]:
        return None
    edges = np.linspace(along[0], along[-1], PIECES + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    elapsed = known["elapsed_s"].to_numpy()
    return Course(
        by_time=by_time,
        edges=edges,
        clock=np.interp(middles, along, elapsed),
        pace=np.full(PIECES, np.nan) if by_time else _pace(known, along, edges),
        heart=_means(known["heart_bpm"], along, edges),
        height=_between(known["height_m"], along, middles),
    )


def draw_course(say: Translator, course: Course, places: Sequence[Position | None]) -> tuple[Chart, ...]:
    """Return the charts for which the run has values, over the same columns; faster and higher stand above.

    Args:
        say: the translator of the person's language and units.
        course: the run in pieces.
        places: where each piece lies in the drawing of the route; null where that is unknown or hidden.
    """
    labels, columns = _labels(say, course), tuple(_columns(say, course, places))
    slowest = float(np.nanquantile(course.pace, SLOW_END)) if np.isfinite(course.pace).any() else 0.0
    drawn = {
        "pace": (-np.minimum(course.pace, slowest), lambda value: say.pace(-value)),
        "heart": (course.heart, lambda value: say("run.told.heart", rate=round(value))),
        "height": (course.height, say.height),
    }
    charts = (_chart(say, name, *of) for name, of in drawn.items())
    shares = [share_along(number, PIECES) for number in range(PIECES)]
    return tuple(
        Chart(title, sentence, HEIGHT, scale, labels, columns, lines_through(heights, shares))
        for title, sentence, scale, heights in filter(None, charts)
    )


def pace_range(say: Translator, course: Course) -> tuple[str, str] | None:
    """Return the paces at the slow end and at the fast end of the route's colours; null without pace."""
    known = course.pace[np.isfinite(course.pace)]
    return (say.pace(float(np.quantile(known, SLOW_END))), say.pace(float(known.min()))) if len(known) else None


def _chart(
    say: Translator, name: str, values: Values, named: Callable[[float], str]
) -> tuple[str, str, tuple[str, ...], list[float | None]] | None:
    """Return title, sentence, scale and heights of one chart; null where too little is known to draw."""
    known = values[np.isfinite(values)]
    if len(known) < FEWEST_PIECES:
        return None
    low, high = float(known.min()), float(known.max())
    ends = scale_ends(name, low, high)
    heights = [height_of(float(value), ends, HEIGHT) if np.isfinite(value) else None for value in values]
    sentence = say(f"run.course.{name}_between", low=named(low), high=named(high))
    scale = tuple(named(end) for end in (ends[1], sum(ends) / 2, ends[0]))
    title = say(f"run.course.{name}")
    return title[:1].upper() + title[1:], sentence[:1].upper() + sentence[1:], scale, heights


def _columns(say: Translator, course: Course, places: Sequence[Position | None]) -> list[Column]:
    middles = (course.edges[1:] + course.edges[:-1]) / 2
    return [
        Column(
            share_along(number, PIECES),
            " · ".join(filter(None, _values(say, course, number, float(middles[number])))),
            place=places[number],
        )
        for number in range(PIECES)
    ]


def _values(say: Translator, course: Course, number: int, along: float) -> list[str]:
    """Return where a piece lies and what is known of it."""
    pace, heart, height = (float(each[number]) for each in (course.pace, course.heart, course.height))
    return [
        "" if course.by_time else say.short_distance(along),
        say.clock(float(course.clock[number])),
        say.pace(pace) if np.isfinite(pace) else "",
        say("run.told.heart", rate=round(heart)) if np.isfinite(heart) else "",
        say.height(height) if np.isfinite(height) else "",
    ]


def _pace(known: pl.DataFrame, along: Values, edges: Values) -> Values:
    """Return the moving time for each kilometre of each piece; unknown where nobody moved."""
    took = np.diff(known["elapsed_s"].to_numpy(), prepend=known["elapsed_s"][0])
    moving = known["moving"].fill_null(value=True).to_numpy()
    gone = np.interp(edges, along, np.cumsum(np.where(moving, took, 0.0)))
    pace = np.diff(gone) / np.maximum(np.diff(edges), 1e-9) * METRES["metric"]
    return np.asarray(np.where(pace > 0, pace, np.nan))


def _means(values: pl.Series, along: Values, edges: Values) -> Values:
    """Return the mean of what was recorded within each piece; unknown where nothing was."""
    known = values.is_not_null().to_numpy()
    piece = np.clip(np.searchsorted(edges, along[known], side="right") - 1, 0, PIECES - 1)
    sums = np.bincount(piece, values.drop_nulls().to_numpy(), PIECES)
    counts = np.bincount(piece, minlength=PIECES)
    return np.asarray(np.where(counts > 0, sums / np.maximum(counts, 1), np.nan))


def _between(values: pl.Series, along: Values, middles: Values) -> Values:
    """Return the values at the middles of the pieces, between what was recorded; unknown without any."""
    known = values.is_not_null().to_numpy()
    if not known.any():
        return np.full(len(middles), np.nan)
    return np.asarray(np.interp(middles, along[known], values.drop_nulls().to_numpy(), left=np.nan, right=np.nan))


def _labels(say: Translator, course: Course) -> tuple[tuple[float, str], ...]:
    """Return whole kilometres, miles or minutes along the course."""
    first, last = float(course.edges[0]), float(course.edges[-1])
    unit = 60.0 if course.by_time else METRES[say.units]
    steps = MINUTES if course.by_time else STEPS
    whole = (last - first) / unit
    step = next((each for each in steps if whole / each <= MOST_LABELS), steps[-1])
    marks = [(number * step, 100 * number * step / whole) for number in range(int(whole / step) + 1)]
    name = say("run.course.minutes") if course.by_time else say(f"unit.{say.units}")
    return tuple(
        (round(place, 2), f"{say.figure(float(amount))}{f' {name}' if not amount else ''}") for amount, place in marks
    )


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
    east = eastwards * M_PER_DEG * math.cos(math.radians(float(latitude[0])))
    return np.column_stack((east, (latitude - latitude[0]) * M_PER_DEG))


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
