"""What we measure of real runs against what their devices said; `benchmarks/measuring.py` prints it all."""

from __future__ import annotations

import statistics
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl
import pytest
from runs_made import measured

from runmood.core.enums import RecordingStatus
from runmood.core.errors import UnreadableFileError
from runmood.core.recordings import DecodedRun, Totals
from runmood.metrics.classify import classify_recording
from runmood.readers import decode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Row = dict[str, object]


@pytest.fixture(scope="module")
def runs(corpus_dir: Path) -> list[tuple[DecodedRun, Row]]:
    """Every run of the corpus, and its measured row."""
    found = []
    for path in sorted((corpus_dir / "corpus").glob("*/*/*")):
        try:
            activities = decode(path.read_bytes()).activities
        except UnreadableFileError:
            continue
        for activity in activities:
            try:
                row = measured(activity).row
            except UnreadableFileError:
                continue
            if classify_recording(activity, row, activity.sport).status is RecordingStatus.RUN:
                found.append((activity, row))
    return found


def test_the_corpus_holds_runs(runs: list[tuple[DecodedRun, Row]]) -> None:
    """There is something to compare with."""
    assert len(runs) > 100


def test_the_times_of_every_run_add_up(runs: list[tuple[DecodedRun, Row]]) -> None:
    """Motion, pauses, gaps and standing are the whole of every real run too."""
    for _, row in runs:
        parts = sum(row[f"{why}_s"] for why in ("moving", "paused", "gap", "standing"))
        assert parts == pytest.approx(row["elapsed_s"])


def shares(runs: list[tuple[DecodedRun, Row]], device: str, ours: Callable[[DecodedRun, Row], object]) -> list[float]:
    """Our number over the device's, less one, of each run where both say something."""
    pairs = [(getattr(run.totals, device), ours(run, row)) for run, row in runs]
    return [value / total - 1 for total, value in pairs if total and isinstance(value, float)]


def without_its_word(run: DecodedRun) -> DecodedRun:
    """The run without what its device says of the whole."""
    return replace(run, totals=Totals(timer_s=run.totals.timer_s))


def by_positions(run: DecodedRun, _: Row) -> object:
    """The distance along the positions alone."""
    points = run.points.with_columns(distance_m=pl.lit(None, pl.Float64))
    return measured(replace(without_its_word(run), points=points)).row["distance_m"]


BARS = [
    pytest.param("timer_s", lambda _, row: row["elapsed_s"] - row["paused_s"], 0.001, 0.005, id="time not paused"),
    pytest.param("timer_s", lambda _, row: row["moving_s"], 0.01, 0.02, id="time in motion"),
    pytest.param("distance_m", by_positions, 0.005, 0.02, id="distance by positions"),
    pytest.param("heart_bpm", lambda _, row: row["heart_bpm"], 0.003, 0.005, id="heart rate"),
    pytest.param("ascent_m", lambda run, _: measured(without_its_word(run)).row["ascent_m"], 0.06, 0.2, id="ascent"),
]


@pytest.mark.parametrize(("device", "ours", "middle", "quarters"), BARS)
def test_close_to_the_device(
    runs: list[tuple[DecodedRun, Row]],
    device: str,
    ours: Callable[[DecodedRun, Row], object],
    middle: float,
    quarters: float,
) -> None:
    """The median and both quartiles of the differences lie within the bars."""
    low, median, high = statistics.quantiles(shares(runs, device, ours), n=4)
    assert abs(median) <= middle
    assert max(abs(low), abs(high)) <= quarters
