"""A vendor's summary of a run beside the watch's own file of it."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from pipelines_homes import LAST_DAY, made

from runmood.home.home import open_home
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.queries import run_query

if TYPE_CHECKING:
    from pathlib import Path

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
