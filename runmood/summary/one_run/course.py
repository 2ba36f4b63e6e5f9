"""The course of a run in small charts: pace, heart rate and height from its start to its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.terms.speech import Speech

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


def strips(say: Speech, points: pl.DataFrame) -> tuple[Strip, ...]:
    """The charts for which the run has values; faster and higher stand above."""
    if points.is_empty():
        return ()
    pieces = _pieces(points)
    slowest = pieces["speed"].drop_nulls().quantile(CALM) or 0.0
    speed = pieces["speed"].clip(lower_bound=slowest)
    told = (
        _strip(say, "pace", speed, lambda value: say.pace(1000 / value) if value else say("run.course.standing")),
        _strip(say, "heart", pieces["heart"], lambda value: say("run.told.heart", rate=round(value))),
        _strip(say, "height", pieces["height"], say.height),
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


def _strip(say: Speech, name: str, values: pl.Series, named: Callable[[float], str]) -> Strip | None:
    """One chart; null where too little is known to draw."""
    known = values.drop_nulls()
    if known.len() < FEWEST_PIECES:
        return None
    low, high = float(known.min()), float(known.max())  # type: ignore[arg-type]  # a float column's ends
    span = high - low or 1.0
    heights = tuple(None if value is None else round((value - low) / span, 3) for value in values)
    ends = {"low": named(low), "high": named(high)}
    return Strip(
        say(f"run.course.{name}"), ends["low"], ends["high"], heights, say(f"run.course.{name}_between", **ends)
    )
