"""A vendor's summary of a run beside the watch's own file of it."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from pipelines_homes import LAST_DAY, made

from runmood.home.home import open_home
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.queries import run_query

if TYPE_CHECKING:
    from pathlib import Path

HEAD = b"Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Heart Rate (bpm),Notes,GPX File\n"
ENDS = {  # of lines, each with whether it is a run while the files that it names are missing
    b"Running,Lake,5.04,30:00,141,windy,2026-10-05-180000.gpx": True,
    b"Running,,6.10,36:10,,,": True,  # on a treadmill
    b"Cycling,,20.5,1:05:12,,,2026-10-07-180000.gpx": False,
}
FIGURES = """
    select runs.local_clock, runs.distance_m, runs.elapsed_s, runs.heart_bpm, runs.name, format
    from runs
    join recordings using (recording_id)
    order by runs.started_at
"""
OUTING = next(outing for outing in simulate(LAST_DAY, days=30).outings if outing.kind == "easy")


def test_the_watchs_own_file_goes_before_a_summary_of_it(tmp_path: Path) -> None:
    """Garmin's list of activities tells of the same run: distance and points stay the watch's, and it is one run."""
    home = open_home(tmp_path / "home")
    (home.inbox / "watch.fit").write_bytes(recorded_as(OUTING, "fit"))
    elapsed_ms = (OUTING.ended_at - OUTING.started_at) / dt.timedelta(milliseconds=1)
    listed = {
        "activityId": 1,
        "activityType": "running",
        "beginTimestamp": OUTING.started_at.timestamp() * 1000,
        "startTimeGmt": OUTING.started_at.timestamp() * 1000,
        "duration": elapsed_ms,
        "elapsedDuration": elapsed_ms,
        "distance": 102 * OUTING.distance_m,  # centimetres, a fiftieth more than the watch counted
        "avgHr": 150.0,
    }
    summaries = [{"summarizedActivitiesExport": [listed]}]
    (home.inbox / "me_0_summarizedActivities.json").write_text(json.dumps(summaries), encoding="utf-8")
    (run,) = run_query(made(home).published, "from runs").iter_rows(named=True)
    ranking = "select format, rank from run_files join recordings using (recording_id)"
    ranks = dict(run_query(home.published, ranking).iter_rows())
    assert ranks == {"fit": 1, "garmin": 2}
    assert run["distance_m"] == OUTING.samples["distance_m"].max()


def table(began: list[str]) -> bytes:
    """Runkeeper's table with these lines."""
    return HEAD + b"\n".join(f"a,{each},".encode() + line for each, line in zip(began, ENDS, strict=True))


def test_a_line_of_runkeeper_whose_gpx_is_missing_is_a_run_until_the_gpx_comes(tmp_path: Path) -> None:
    """It has the figures of the table, which the GPX replaces wherever it lies, without a second run."""
    home = open_home(tmp_path / "home")
    began = OUTING.started_at.astimezone(home.zone)
    lines = table([f"{began:%Y-%m-%d %H:%M:%S}", "2025-10-06 07:00:00", "2025-10-07 07:00:00"])
    (home.inbox / "cardioActivities.csv").write_bytes(lines)
    before = run_query(made(home).published, FIGURES).rows()
    assert before == [
        ("07:00", 6100.0, 2170.0, None, None, "runkeeper"),
        (f"{began:%H:%M}", 5040.0, 1800.0, 141.0, "Lake", "runkeeper"),
    ]
    (home.inbox / "later").mkdir()
    (home.inbox / "later/2026-10-05-180000.gpx").write_bytes(recorded_as(OUTING, "gpx"))
    after = run_query(made(home).published, FIGURES).rows()
    assert [row[-1] for row in after] == ["runkeeper", "gpx"]
    elapsed_s = (OUTING.ended_at - OUTING.started_at).total_seconds()
    assert [row[1:3] for row in after] == [(6100.0, 2170.0), (5040.0, pytest.approx(elapsed_s, abs=10))]
