"""The long view: distance, load and mood, week by week or month by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt

    from runmood.summary.parts.charts import Grid, Tick

Form = Literal["bars", "line", "faint line"]


@dataclass(frozen=True, slots=True)
class Column:
    """One week or month of a panel. `share` is how high it stands, 0 to 1; null where nothing is known of it.

    `whole` is false while days are missing.
    """

    start: dt.date
    x: float
    y: float | None
    share: float | None
    whole: bool
    words: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One thing through the weeks: bars from the ground or a line. `usual` is the band of the person's own usual."""

    title: str
    form: Form
    columns: tuple[Column, ...]
    lines: tuple[tuple[tuple[float, float], ...], ...]
    ticks: tuple[Tick, ...]
    usual: tuple[float, float] | None
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class LongView:
    """Up to three panels above each other, one column a week or month. `drawn_as` explains the picture alone."""

    title: str
    sentence: str
    note: str
    drawn_as: tuple[str, ...]
    panels: tuple[Panel, ...]
    bar_width: float
    months: tuple[Tick, ...]
    grid: Grid
    left: float
    width: float
    height: float
