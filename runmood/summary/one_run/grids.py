"""The tables of a run: splits, laps, fastest stretches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.summary.parts import Grid
from runmood.summary.words.measures import clock, height, pace
from runmood.summary.words.phrases import UNIT_SHORT, distance

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.terms.speech import Units

    Cells = Callable[[dict[str, Any]], str]

SPLIT_UNIT = {"metric": "km", "imperial": "mile"}
WHOLE = 0.995  # of a kilometre or mile; the last split is shorter, and says so


def splits(frame: pl.DataFrame, units: Units) -> Grid | None:
    """Every kilometre or mile; null without a distance."""
    of_unit = frame.filter(pl.col("unit") == SPLIT_UNIT[units]).sort("split")
    cells: dict[str, Cells] = {
        UNIT_SHORT[units]: lambda row: f"{row['split']}",
        "pace": lambda row: pace(row["pace_s_km"], units),
        "on the flat": lambda row: pace(row["graded_pace_s_km"], units),
        "up": lambda row: height(row["ascent_m"], units),
        "down": lambda row: height(row["descent_m"], units),
        "heart": lambda row: _whole(row["heart_bpm"]),
        "cadence": lambda row: _whole(row["cadence_spm"]),
        "length": lambda row: _short(row, units),
    }
    return _grid(f"Each {SPLIT_UNIT[units]}", of_unit, cells)


def laps(frame: pl.DataFrame, units: Units) -> Grid | None:
    """The laps of the watch; null where it marked none, or one that is the whole run."""
    cells: dict[str, Cells] = {
        "lap": lambda row: f"{row['lap']}",
        "distance": lambda row: distance(row["distance_m"], units) if row["distance_m"] else "",
        "time": lambda row: clock(row["moving_s"] if row["moving_s"] is not None else row["elapsed_s"]),
        "pace": lambda row: _lap_pace(row, units),
        "heart": lambda row: _whole(row["heart_bpm"]),
    }
    return _grid("Laps of the watch", frame.sort("lap"), cells) if frame.height > 1 else None


def fastest(frame: pl.DataFrame, units: Units) -> Grid | None:
    """The fastest stretch for each distance and time."""
    cells: dict[str, Cells] = {
        "fastest": lambda row: row["effort"],
        "time": lambda row: clock(row["elapsed_s"]),
        "distance": lambda row: distance(row["distance_m"], units),
        "pace": lambda row: pace(row["pace_s_km"], units),
        "from": lambda row: clock(row["began_s"]),
    }
    return _grid("Fastest stretches", frame.sort("given", "elapsed_s"), cells)


def _grid(caption: str, frame: pl.DataFrame, cells: dict[str, Cells]) -> Grid | None:
    """A table without the columns that say nothing; null without rows."""
    rows = list(frame.iter_rows(named=True))
    told = {name: [cell(row) for row in rows] for name, cell in cells.items()}
    kept = {name: column for name, column in told.items() if any(column)}
    return Grid(caption, tuple(kept), tuple(zip(*kept.values(), strict=True))) if rows else None


def _short(row: dict[str, Any], units: Units) -> str:
    """The length of a split that is not a whole one."""
    whole = 1000.0 if units == "metric" else 1609.344
    return "" if row["distance_m"] is None or row["distance_m"] >= WHOLE * whole else distance(row["distance_m"], units)


def _lap_pace(row: dict[str, Any], units: Units) -> str:
    seconds = row["moving_s"] if row["moving_s"] is not None else row["elapsed_s"]
    return pace(seconds / row["distance_m"] * 1000, units) if seconds and row["distance_m"] else ""


def _whole(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"
