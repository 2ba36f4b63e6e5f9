from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from drawn import number, rows
from runs_made import made, measured

from runmood.schema.tables import BEST_EFFORTS, HEART_RATE_HISTOGRAM, RECORDINGS, SPLITS

SECONDS = np.arange(0.0, 1500.0, 10.0)


def splits(unit: str, seconds: np.ndarray, metres: np.ndarray, **columns: np.ndarray) -> list[dict[str, object]]:
    """The splits of one unit of a run."""
    return [row for row in measured(made(seconds, distance_m=metres, **columns)).splits if row["unit"] == unit]


DRAWN = """
    | split | distance_m | elapsed_s | moving_s | pace_s_km | graded | ascent_m | heart_bpm |
    | 1     | 1000       | 250       | 250      | 250       | 250    | 0        | 140       |
    | 2     | 1000       | 320       | 250      | 250       | 188    | 50       | 150       |
    | 3     | 520        | 130       | 130      | 250       | 250    | 0        | 160       |
"""


def test_splits_are_interpolated_between_samples() -> None:
    """At 4 m/s, with 70 s at a gate and then a slope in the second kilometre; samples every 7 s."""
    seconds = np.arange(0.0, 700.1, 7.0)
    metres = np.interp(seconds, [0, 350, 420, 700], [0, 1400, 1400, 2520])
    heights = np.interp(metres, [1450, 1950], [100, 150])
    heart = np.select([metres <= 1000, metres <= 2000], [140.0, 150.0], 160.0)
    for row, want in zip(splits("km", seconds, metres, altitude_m=heights, heart_bpm=heart), rows(DRAWN), strict=True):
        for column in ("split", "distance_m", "elapsed_s", "moving_s", "pace_s_km"):
            assert row[column] == pytest.approx(number(want[column])), column
        assert row["grade_adjusted_pace_s_km"] == pytest.approx(number(want["graded"]), rel=0.02)
        assert row["ascent_m"] == pytest.approx(number(want["ascent_m"]), abs=0.5)
        assert row["heart_bpm"] == pytest.approx(number(want["heart_bpm"]), abs=0.5)


def test_a_few_metres_are_no_split() -> None:
    """A run of 3.005 km has three kilometres, the last of 1005 m; one of 3.02 km has a fourth of 20 m."""
    long = [splits("km", SECONDS, np.linspace(0, metres, len(SECONDS))) for metres in (3005, 3020)]
    assert [[round(row["distance_m"]) for row in each] for each in long] == [[1000, 1000, 1005], [1000, 1000, 1000, 20]]


def test_miles_and_kilometres_end_together() -> None:
    """Both ways of splitting add up to the whole run, in way, time, climb and descent."""
    metres = 3.3 * SECONDS
    run = made(SECONDS, distance_m=metres, altitude_m=100 + 30 * np.sin(metres / 300), heart_bpm=SECONDS / 50 + 120)
    found = measured(run)
    for unit in ("km", "mile"):
        parts = pl.DataFrame([row for row in found.splits if row["unit"] == unit])
        for column in ("elapsed_s", "moving_s", "distance_m", "ascent_m", "descent_m"):
            assert parts[column].sum() == pytest.approx(found.row[column]), column


def test_without_a_way_there_are_no_splits() -> None:
    """Neither a run without distance nor one of which only the two ends are known has splits or best efforts."""
    still = measured(made(SECONDS, heart_bpm=np.full(len(SECONDS), 140.0)))
    ends = measured(made(np.array([0.0, 1800]), distance_m=np.array([0.0, 5000])))
    assert still.splits == still.best_efforts == ends.splits == ends.best_efforts == []
    assert ends.row["moving_s"] == 1800


def test_a_crossing_while_standing_is_the_first_moment() -> None:
    """Who stops for a drink at exactly one kilometre has run it before the drink."""
    metres = np.interp(SECONDS, [0, 300, 400, 1490], [0, 1000, 1000, 4270])
    assert splits("km", SECONDS, metres)[0]["elapsed_s"] == pytest.approx(300)


def test_every_row_keeps_the_promise_of_its_table() -> None:
    """Rows fit their tables once they have the recording's id."""
    metres = 3.3 * SECONDS
    found = measured(made(SECONDS, distance_m=metres, heart_bpm=np.full(len(SECONDS), 250.0)))
    for table, parts in (
        (SPLITS, found.splits),
        (BEST_EFFORTS, found.best_efforts),
        (HEART_RATE_HISTOGRAM, found.heart_rate_histogram),
    ):
        assert parts
        table.frame([part | {"recording_id": "a-1"} for part in parts])
    assert set(found.row) <= set(RECORDINGS.schema.names())
    assert found.row["heart_bpm"] == found.row["heart_max_bpm"] == 250
