from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from drawn import number, rows
from runs_made import made
from runs_made import measured as whole

from runmood.core.recordings import DecodedRun, Totals
from runmood.metrics.measure import measure
from runmood.schema.tables import POINTS, RAW_SAMPLES

BEGAN = dt.datetime(2025, 5, 4, 7, tzinfo=dt.UTC)


def points(table: str) -> pl.DataFrame:
    """Drawn points."""
    return POINTS.frame(
        [
            {
                "sampled_at": BEGAN + dt.timedelta(seconds=float(row["s"])),
                "elapsed_s": float(row["s"]),
                "distance_m": number(row.get("m", "")),
                "moving": row.get("moved", "yes") == "yes",
                "heart_bpm": number(row.get("heart", "")),
                "cadence_spm": number(row.get("cadence", "")),
            }
            for row in rows(table)
        ]
    )


def decoded(sport: str | None = "running", recorded_m: float | None = None, **more: object) -> DecodedRun:
    """A decoded run of which only what is named matters."""
    frame = RAW_SAMPLES.frame([{"sampled_at": BEGAN, "distance_m": recorded_m}])
    return DecodedRun(frame, sport=sport, **more)


RUN = """
    | s   | m    | moved | heart | cadence |
    | 0   | 0    | no    | 100   | 0       |
    | 10  | 30   | yes   | 120   | 170     |
    | 20  | 60   | yes   |       | 180     |
    | 80  | 60   | no    | 90    | 0       |
    | 110 | 150  | yes   | 160   | 172     |
    | 410 | 1000 | yes   | 160   | 172     |
"""


def test_times_and_pace() -> None:
    """Elapsed is from first to last, moving without the stop, and pace is moving time for each kilometre."""
    measured = measure(points(RUN), decoded(recorded_m=1000)).row
    assert (measured["elapsed_s"], measured["moving_s"], measured["distance_m"]) == (410, 350, 1000)
    assert measured["pace_s_km"] == pytest.approx(350)


def test_means_are_over_time() -> None:
    """A value counts for the time since the sample before, 30 s at most; a dropout counts for nothing."""
    measured = measure(points(RUN), decoded()).row
    assert measured["heart_bpm"] == pytest.approx((10 * 120 + 30 * 90 + 30 * 160 + 30 * 160) / 100)
    assert measured["heart_coverage"] == pytest.approx(100 / 110)
    assert measured["cadence_spm"] == pytest.approx((10 * 170 + 10 * 180 + 30 * 172 + 30 * 172) / 80)


def test_little_heart_is_none() -> None:
    """With heart rate for under half of the run there is no mean, and the coverage says why."""
    measured = measure(points("| s | heart |\n| 0 | |\n| 10 | 150 |\n| 20 | |\n| 30 | |"), decoded()).row
    assert (measured["heart_bpm"], measured["heart_coverage"]) == (None, pytest.approx(1 / 3))


WHOSE = """
    | device total | partial | recorded | read | distance | from      |
    | 1005         |         | 1000     | 1000 | 1005     | device    |
    | 1005         | yes     | 600      | 600  | 600      | device    |
    |              |         | 1000     | 1000 | 1000     | device    |
    |              |         |          | 990  | 990      | positions |
    | 0            |         |          | 990  | 990      | positions |
    |              |         |          |      |          |           |
"""


@pytest.mark.parametrize("case", rows(WHOSE), ids=str)
def test_whose_distance(case: dict[str, str]) -> None:
    """The device's total, unless the file is damaged; else its count; else along the positions; else null."""
    seconds = np.arange(0.0, 301.0, 10.0)
    recorded, read = number(case["recorded"]), number(case["read"])
    columns = {"distance_m": seconds / 300 * recorded} if recorded else {}
    run = made(seconds, north_m=seconds / 300 * read if read else None, **columns)
    totals = Totals(distance_m=number(case["device total"]))
    measured = whole(replace(run, totals=totals, partial=case["partial"] == "yes")).row
    expected = None if not case["distance"] else pytest.approx(number(case["distance"]), rel=1e-4)
    assert (measured["distance_m"], measured["distance_source"]) == (expected, case["from"] or None)


CLIMBS = """
    | device | partial | heights | ascent | from      |
    | 64     |         | 50      | 64     | device    |
    | 0      |         | 50      | 0      | device    |
    | 64     | yes     | 50      | 50     | barometer |
    |        |         | 50      | 50     | barometer |
    | 64     |         |         | 64     | device    |
    |        |         |         |        |           |
"""


@pytest.mark.parametrize("case", rows(CLIMBS), ids=str)
def test_whose_ascent(case: dict[str, str]) -> None:
    """The device's ascent, unless the file is damaged; else what the heights give; else null, never 0."""
    height = number(case["heights"])
    track = points("| s | m |\n| 0 | 0 |\n| 300 | 1000 |").with_columns(
        height_m=pl.Series([0.0, height] if height else [None, None], dtype=pl.Float64)
    )
    run = decoded(totals=Totals(ascent_m=number(case["device"])), partial=case["partial"] == "yes")
    measured = measure(track, run, heights_from="barometer" if height else None).row
    assert (measured["ascent_m"], measured["ascent_source"]) == (number(case["ascent"]), case["from"] or None)
    assert measured["descent_m"] == (0 if height else None)


def test_power_and_temperature() -> None:
    """Power is a mean over motion, where 0 W is a dropout; temperature one over all the time."""
    table = points(RUN).with_columns(
        power_w=pl.Series([0.0, 200, 0, 90, 240, 240]), temperature_c=pl.Series([20.0, 20, 20, 20, 20, 10])
    )
    measured = measure(table, decoded()).row
    assert measured["power_w"] == pytest.approx((10 * 200 + 60 * 240) / 70)
    assert measured["temperature_c"] == pytest.approx((80 * 20 + 30 * 10) / 110)
