"""The tables of a run: splits, laps, fastest stretches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.summary.parts import Grid
from runmood.terms.speech import METRES

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.terms.speech import Speech

    Cells = Callable[[dict[str, Any]], str]

SPLIT_UNIT = {"metric": "km", "imperial": "mile"}
WHOLE = 0.995  # of a kilometre or mile; the last split is shorter, and says so


def splits(say: Speech, frame: pl.DataFrame) -> Grid | None:
    """Every kilometre or mile; null without a distance."""
    of_unit = frame.filter(pl.col("unit") == SPLIT_UNIT[say.units]).sort("split")
    cells: dict[str, Cells] = {
        say.units: lambda row: f"{row['split']}",
        "pace": lambda row: say.pace(row["pace_s_km"]),
        "on_the_flat": lambda row: say.pace(row["graded_pace_s_km"]),
        "up": lambda row: say.height(row["ascent_m"]),
        "down": lambda row: say.height(row["descent_m"]),
        "heart": lambda row: _whole(row["heart_bpm"]),
        "cadence": lambda row: _whole(row["cadence_spm"]),
        "length": lambda row: _short(say, row["distance_m"]),
    }
    return _grid(say, f"run.splits.{say.units}", of_unit, cells)


def laps(say: Speech, frame: pl.DataFrame) -> Grid | None:
    """The laps of the watch; null where it marked none, or one that is the whole run."""
    cells: dict[str, Cells] = {
        "lap": lambda row: f"{row['lap']}",
        "distance": lambda row: say.distance(row["distance_m"]) if row["distance_m"] else "",
        "time": lambda row: say.clock(_lap_time(row)),
        "pace": lambda row: _lap_pace(say, row),
        "heart": lambda row: _whole(row["heart_bpm"]),
    }
    return _grid(say, "run.table.laps", frame.sort("lap"), cells) if frame.height > 1 else None


def fastest(say: Speech, frame: pl.DataFrame) -> Grid | None:
    """The fastest stretch for each distance and time."""
    cells: dict[str, Cells] = {
        "fastest": lambda row: say.choice("run.stretch", row["effort"]),
        "time": lambda row: say.clock(row["elapsed_s"]),
        "distance": lambda row: say.distance(row["distance_m"]),
        "pace": lambda row: say.pace(row["pace_s_km"]),
        "from": lambda row: say.clock(row["began_s"]),
    }
    return _grid(say, "run.table.fastest", frame.sort("given", "elapsed_s"), cells)


def _grid(say: Speech, caption: str, frame: pl.DataFrame, cells: dict[str, Cells]) -> Grid | None:
    """A table without the columns that say nothing; null without rows."""
    rows = list(frame.iter_rows(named=True))
    told = {name: [cell(row) for row in rows] for name, cell in cells.items()}
    kept = {say(f"run.column.{name}"): column for name, column in told.items() if any(column)}
    return Grid(say(caption), tuple(kept), tuple(zip(*kept.values(), strict=True))) if rows else None


def _short(say: Speech, metres: float | None) -> str:
    """The length of a split that is not a whole one."""
    return "" if metres is None or metres >= WHOLE * METRES[say.units] else say.distance(metres)


def _lap_time(row: dict[str, Any]) -> float | None:
    seconds: float | None = row["moving_s"] if row["moving_s"] is not None else row["elapsed_s"]
    return seconds


def _lap_pace(say: Speech, row: dict[str, Any]) -> str:
    seconds = _lap_time(row)
    return say.pace(seconds / row["distance_m"] * 1000) if seconds and row["distance_m"] else ""


def _whole(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"
