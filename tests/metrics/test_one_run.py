"""What may change when a run is shifted, cut in two, sampled less often, run backwards, or written otherwise."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs_made import HOME, made, measured

from runmood.readers import decode
from runmood.schema.tables import RAW_SAMPLES
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.tracks.clean import clean_track

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedRun
    from runmood.metrics.measure import RunMetrics
    from runmood.simulate.recording import SimulatedRecording

SECONDS = np.arange(0.0, 3001.0)


def a_run(seed: int, light_s: int) -> DecodedRun:
    """Fifty minutes over hills, with a red light in the 25th, a drifting heart and a barometer that trembles."""
    rng = np.random.default_rng(seed)
    speed = 3 + np.convolve(rng.normal(0, 1, len(SECONDS)), np.full(60, 1 / 60), "same")
    speed[1500 : 1500 + light_s] = 0
    metres = np.cumsum(speed) - speed[0]
    return made(
        SECONDS,
        north_m=metres,
        distance_m=metres,
        altitude_m=np.round(5 * (80 + 12 * np.sin(metres / 400) + rng.normal(0, 0.15, len(SECONDS)))) / 5,
        heart_bpm=np.round(130 + SECONDS / 200 + rng.normal(0, 1, len(SECONDS))),
        cadence_spm=np.full(len(SECONDS), 172.0),
    )


runs = st.builds(a_run, st.integers(0, 50), st.integers(0, 90))


def part(run: DecodedRun, rows: pl.Expr) -> DecodedRun:
    """The run with only some of its samples."""
    return replace(run, points=run.points.filter(rows))


@settings(max_examples=15, deadline=None)
@given(runs, st.integers(-400, 400))
def test_another_day_changes_nothing(run: DecodedRun, days: int) -> None:
    """The same run at another time measures the same, but for when it was."""
    later = replace(run, points=run.points.with_columns(pl.col("sampled_at") + dt.timedelta(days=days)))
    assert measured(later) == measured(run)


@settings(max_examples=15, deadline=None)
@given(runs, st.integers(200, 2800))
def test_two_halves_add_up(run: DecodedRun, cut_s: int) -> None:
    """Cut at a sample, both parts together are as long, as far, and nearly as high as the whole."""
    second = pl.int_range(pl.len())
    whole, first, last = (measured(each).row for each in (run, part(run, second <= cut_s), part(run, second >= cut_s)))
    for column, slack in {"elapsed_s": 0, "distance_m": 1e-6, "moving_s": 8, "ascent_m": 3, "descent_m": 3}.items():
        assert first[column] + last[column] == pytest.approx(whole[column], abs=slack), column
    together = (first["heart_bpm"] * cut_s + last["heart_bpm"] * (3000 - cut_s)) / 3000
    assert together == pytest.approx(whole["heart_bpm"])


SLACK = {
    "elapsed_s": 0, "distance_m": 0.1, "moving_s": 12, "standing_s": 12, "pace_s_km": 2, "grade_adjusted_pace_s_km": 3,
    "ascent_m": 8, "descent_m": 8, "heart_bpm": 0.2, "heart_max_bpm": 3, "cadence_spm": 0, "decoupling_percent": 1,
}  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(runs, st.sampled_from([2, 3, 4, 5, 6]))
def test_fewer_samples_change_little(run: DecodedRun, every_s: int) -> None:
    """A watch that writes a sample every few seconds tells the same run: the same way and time, the rest nearly."""
    all_of_it, fewer = measured(run), measured(part(run, pl.int_range(pl.len()) % every_s == 0))
    for column, slack in SLACK.items():
        assert fewer.row[column] == pytest.approx(all_of_it.row[column], abs=slack), column
    for one, other in zip(all_of_it.best_efforts, fewer.best_efforts, strict=True):
        assert other["elapsed_s"] == pytest.approx(one["elapsed_s"], rel=0.02)
        assert other["distance_m"] == pytest.approx(one["distance_m"], rel=0.02)


@settings(max_examples=15, deadline=None)
@given(runs)
def test_backwards_only_up_and_down_change_places(run: DecodedRun) -> None:
    """The same way run from its end: as far, as long, as high, and what was climbed is descended."""
    points = run.points
    flipped = {name: points[name].reverse() for name in ("altitude_m", "heart_bpm", "latitude_deg")}
    metres = points["distance_m"][-1] - points["distance_m"].reverse()
    back = measured(replace(run, points=points.with_columns(**flipped, distance_m=metres))).row
    there = measured(run).row
    assert back["ascent_m"] == pytest.approx(there["descent_m"], abs=0.5)
    assert back["descent_m"] == pytest.approx(there["ascent_m"], abs=0.5)
    for column, slack in {"elapsed_s": 0, "distance_m": 1e-6, "moving_s": 2, "heart_bpm": 0.1}.items():
        assert back[column] == pytest.approx(there[column], abs=slack), column


def outings() -> list[SimulatedRecording]:
    """A few of the invented runner's runs."""
    return [outing for outing in simulate(dt.date(2025, 6, 30), days=40).outings if outing.sport == "running"][:4]


def as_file(outing: SimulatedRecording, ending: str) -> tuple[DecodedRun, RunMetrics]:
    """The outing written in a format and read again."""
    run = decode(recorded_as(outing, ending)).activities[0]
    return run, measured(run)


def written_again(outing: SimulatedRecording, run: DecodedRun, ending: str) -> tuple[SimulatedRecording, DecodedRun]:
    """What was read from one file, written as another: distance from the clean track, where the format has none."""
    points = clean_track(run, HOME).points.select(RAW_SAMPLES.schema.names())
    again = replace(outing, samples=points.with_columns(pl.col("speed_m_s").fill_null(0)))  # none at the first sample
    return again, decode(recorded_as(again, ending)).activities[0]


CHANGED = {
    "distance_m": 0.01, "elapsed_s": 0.001, "moving_s": 0.01, "pace_s_km": 0.01, "grade_adjusted_pace_s_km": 0.015,
    "heart_bpm": 0.002, "heart_max_bpm": 0.005, "cadence_spm": 0.02,
}  # fmt: skip


@pytest.mark.parametrize("outing", outings(), ids=lambda outing: f"{outing.date} {outing.kind}")
def test_from_fit_to_gpx_to_fit(outing: SimulatedRecording) -> None:
    """One and the same run in three files measures the same within a hundredth; only who says it changes."""
    fit, told = as_file(outing, "fit")
    through, gpx = written_again(outing, fit, "gpx")
    _, back = written_again(through, gpx, "fit")
    by_positions, returned = measured(gpx), measured(back)
    for found in (by_positions, returned):
        for column, share in CHANGED.items():
            if told.row[column] is not None:
                assert found.row[column] == pytest.approx(told.row[column], rel=share), column
    assert by_positions.row["distance_source"] == "positions"
    assert returned.row["distance_source"] == told.row["distance_source"] == "device"


@pytest.mark.parametrize("outing", outings(), ids=lambda outing: f"{outing.date} {outing.kind}")
def test_fit_and_tcx_say_the_same(outing: SimulatedRecording) -> None:
    """A format that keeps the device's count keeps everything."""
    (_, fit), (_, tcx) = as_file(outing, "fit"), as_file(outing, "tcx")
    for column in CHANGED:
        if fit.row[column] is not None:
            assert tcx.row[column] == pytest.approx(fit.row[column], rel=0.005), column
    assert len(fit.splits) == len(tcx.splits)
