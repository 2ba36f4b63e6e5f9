"""One measure along a time or a distance: lines, dots and bars over columns that each have a sentence.

Places along the chart are in percent of its width, heights in pixels from above, so that a chart is as wide as there
is room for and its words keep their size.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from runmood.reports.models import Grid


WIDTH = 1000.0  # of the box that lines are drawn in, which is stretched
MARGIN = 6.0  # above and below the drawn values


@dataclass(frozen=True, slots=True)
class Column:
    """One value: its place, the sentence that is shown where it is pointed at, the page behind it, and on the route."""

    x: float
    words: str
    address: str = ""
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its left end and width in percent, its top and height in pixels; `part`: not all of it is known."""

    x: float
    width: float
    y: float
    height: float
    part: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of one measure.

    Attributes:
        title: what is measured.
        sentence: what the chart shows, for those who do not see it.
        height: of the drawing, in pixels.
        scale: the labels of the scale, from above; evenly spread.
        labels: places along the chart with a word below.
        columns: the values with their sentences, from left to right.
        lines: stretches without a gap, as the points of SVG polylines in a box of `WIDTH` by `height`.
        dots: single values.
        bars: values from the ground.
        grid: the values as a table; null where another table on the page has them.
    """

    title: str
    sentence: str
    height: float
    scale: tuple[str, ...]
    labels: tuple[tuple[float, str], ...]
    columns: tuple[Column, ...]
    lines: tuple[str, ...] = ()
    dots: tuple[tuple[float, float], ...] = ()
    bars: tuple[Bar, ...] = ()
    grid: Grid | None = None

    @property
    def pointed(self) -> str:
        """Return the columns as JSON, for the script that shows what is pointed at."""
        rows = [[each.x, each.words, each.address, *(each.place or ())] for each in self.columns]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def share_along(number: int, count: int) -> float:
    """Return the middle of a column of so many, in percent of the width."""
    return round(100 * (number + 0.5) / count, 2)


def height_of(value: float, scale: tuple[float, float], height: float) -> float:
    """Return how far below the top a value stands on a scale from its lowest to its highest, in pixels."""
    low, high = scale
    return round(height - MARGIN - (value - low) / ((high - low) or 1.0) * (height - 2 * MARGIN), 1)


def lines_through(values: Sequence[float | None], places: Sequence[float]) -> tuple[str, ...]:
    """Return the stretches of known values as the points of SVG polylines.

    Args:
        values: their heights in pixels from above; null where nothing is known.
        places: where each stands, in percent of the width.
    """
    return tuple(_stretches(values, places))


def _stretches(values: Iterable[float | None], places: Iterable[float]) -> Iterator[str]:
    stretch: list[str] = []
    for value, place in (*zip(values, places, strict=True), (None, 0.0)):
        if value is not None:
            stretch.append(f"{place * WIDTH / 100:.1f},{value:.1f}")
        elif stretch:
            yield " ".join(stretch if len(stretch) > 1 else stretch * 2)
            stretch = []


def spread_labels(labels: Iterable[tuple[float, str]], apart: float) -> tuple[tuple[float, str], ...]:
    """Return the labels for which there is room, at least so many percent of the width apart."""
    kept: list[tuple[float, str]] = []
    for place, words in labels:
        if not kept or place - kept[-1][0] >= apart:
            kept.append((place, words))
    return tuple(kept)
