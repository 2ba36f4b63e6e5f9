"""The course of a run in small charts: pace, heart rate and height from its start to its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.words.measures import height, pace

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.terms.speech import Units

PIECES = 120  # as many as a phone's width can show
FEWEST_PIECES = 8
CALM = 0.05  # share of the pieces left out at the slow end of pace: standing at a light is not what it is about


@dataclass(frozen=True, slots=True)
class Strip:
    """One chart: for each piece of the run, of equal time, how high it stands, 0 lowest to 1 highest; null unknown."""

    title: str
    low: str
    high: str
    heights: tuple[float | None, ...]
    words: str


def strips(points: pl.DataFrame, units: Units) -> tuple[Strip, ...]:
    """The charts for which the run has values; faster and higher stand above."""
    if points.is_empty():
        return ()
    pieces = _pieces(points)
    slowest = pieces["speed"].drop_nulls().quantile(CALM) or 0.0
    speed = pieces["speed"].clip(lower_bound=slowest)
    told = (
        _strip("pace", speed, lambda value: pace(1000 / value, units) if value else "standing"),
        _strip("heart rate", pieces["heart"], lambda value: f"{value:.0f} bpm"),
        _strip("height", pieces["height"], lambda value: height(value, units)),
    )
    return tuple(strip for strip in told if strip)


def _pieces(points: pl.DataFrame) -> pl.DataFrame:
    """One row a piece of equal time, in order; null where nothing is known of it."""
    length = max(float(points["elapsed_s"][-1]), 1.0) / PIECES
    number = (pl.col("elapsed_s") / length).floor().clip(upper_bound=PIECES - 1).cast(pl.Int64)
    far = pl.col("distance_m").max() - pl.col("distance_m").min()
    told = (
        points.group_by(piece=number)
        .agg(
            speed=far / (pl.col("elapsed_s").max() - pl.col("elapsed_s").min()),
            heart=pl.col("heart_bpm").mean(),
            height=pl.col("height_m").mean(),
        )
        .with_columns(speed=pl.when(pl.col("speed").is_finite()).then("speed"))
    )
    return pl.DataFrame({"piece": range(PIECES)}).join(told, on="piece", how="left").sort("piece")


def _strip(title: str, values: pl.Series, named: Callable[[float], str]) -> Strip | None:
    """One chart; null where too little is known to draw."""
    known = values.drop_nulls()
    if known.len() < FEWEST_PIECES:
        return None
    low, high = float(known.min()), float(known.max())  # type: ignore[arg-type]  # a float column's ends
    span = high - low or 1.0
    heights = tuple(None if value is None else round((value - low) / span, 3) for value in values)
    words = f"{title} between {named(low)} and {named(high)}"
    return Strip(title, named(low), named(high), heights, words)
