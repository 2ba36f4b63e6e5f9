"""Runs of the invented runner whose counter moves once in several seconds."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from runs_made import measured

from runmood.core.errors import UnreadableFileError
from runmood.readers import decode
from runmood.simulate import simulate

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedRun

LAST_DAY = dt.date(2026, 3, 31)
LONG_STEP_S = 5.0


@pytest.fixture(scope="module")
def counted_runs() -> list[DecodedRun]:
    """Those runs of three months whose watch counts the distance about once a second."""
    activities = []
    for file in simulate(LAST_DAY, days=90).files:
        with suppress(UnreadableFileError):  # the runner's folder holds web pages and gzip files too
            activities += decode(file.content).activities
    dense = [run for run in activities if float(np.median(seconds_of(run)[1:] - seconds_of(run)[:-1])) < LONG_STEP_S]
    return [run for run in dense if (run.points["distance_m"].fill_null(0) > 0).any()]


def seconds_of(run: DecodedRun) -> np.ndarray:
    """The seconds of each sample since the first."""
    at = run.points["sampled_at"].to_numpy().astype("datetime64[us]").view(np.int64) / 1e6
    return at - at[0]


def ticking(run: DecodedRun, tick_s: int, *, places: bool) -> DecodedRun:
    """The same run by a counter that moves once in `tick_s` seconds, with or without positions."""
    seconds = seconds_of(run)
    counted = np.interp(seconds - seconds % tick_s, seconds, run.points["distance_m"].fill_null(strategy="forward"))
    points = run.points.with_columns(distance_m=pl.Series(counted))
    if not places:
        points = points.with_columns(latitude_deg=None, longitude_deg=None).cast(run.points.schema)
    return replace(run, points=points)


def test_there_are_runs_to_tick(counted_runs: list[DecodedRun]) -> None:
    """The invented runner has watches that count each second or so."""
    assert len(counted_runs) > 5


@pytest.mark.parametrize("places", [True, False])
@pytest.mark.parametrize("tick_s", range(1, 10))
def test_a_tick_changes_neither_distance_nor_time_in_motion(
    counted_runs: list[DecodedRun], tick_s: int, places: bool
) -> None:
    """At any tick up to nine seconds, distance, moving time and the fastest kilometre stay what they were."""
    for run in counted_runs:
        before, after = measured(run), measured(ticking(run, tick_s, places=places))
        for name in ("distance_m", "moving_s", "pace_s_km"):
            assert after.row[name] == pytest.approx(before.row[name], rel=0.02), name
        fastest = [
            next(each["elapsed_s"] for each in found.best_efforts if each["effort"] == "1 km")
            for found in (before, after)
        ]
        assert fastest[1] == pytest.approx(fastest[0], rel=0.03)
