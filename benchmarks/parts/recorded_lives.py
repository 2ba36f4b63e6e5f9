"""Invented lives as a home would hold them: check-ins, plans and runs with their clocks, through the warehouse.

Needs the tests' drawn rows: `PYTHONPATH=tests`.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from parts.lives import Life
from warehouse.store import BATCH, check_in, file_of, open_store, plan

from runmood.schema.tables import RUN_MOODS, RUNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = dict[str, object]

MORNING, BEFORE, BEGUN, EVENING = "07:10", "16:50", "17:00", "21:30"
RESTED_S = 600


def recorded(life: Life) -> Life:
    """Return what the product makes of all that the person of these frames said, planned and ran."""
    said, helped = [], []
    for day in life.days.iter_rows(named=True):
        said += _of_the_day(day)
        helped += [
            {"check_in_id": f"{day['local_date']} {EVENING} evening", "local_date": day["local_date"], "thing": thing}
            for thing in day["helped"] or ()
        ]
    rated = life.run_moods.select("run_id", "mood_before", "mood_after").drop_nulls()
    for run in life.runs.join(rated, on="run_id").iter_rows(named=True):
        said += _around(run)
    plans = [plan({"day": f"{date}", "planned": planned, "km": "", "minutes": ""}) for date, planned in
             life.days.select("local_date", "planned").iter_rows()]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        store.save(BATCH, [_file(run) for run in life.runs.iter_rows(named=True)])
        store.build_tables({"check_ins": said, "check_in_helped": helped, "plans": plans})
        return Life(*(store.table(name) for name in ("days", RUNS.name, RUN_MOODS.name)))


def _of_the_day(day: Row) -> Iterator[Row]:
    """Yield the check-ins of a morning and an evening in which anything was said."""
    date = day["local_date"]
    if day["mood_morning"] is not None or day["sleep"] is not None:
        yield _said(f"{date} {MORNING}", "morning", day["mood_morning"]) | {"sleep": day["sleep"]}
    if day["mood_evening"] is not None or day["helped"]:
        yield _said(f"{date} {EVENING}", "evening", day["mood_evening"]) | {"energy": day["energy_evening"]}


def _around(run: Row) -> Iterator[Row]:
    """Yield the check-ins before and after a run."""
    yield _said(f"{run['local_date']} {BEFORE}", "before-run", run["mood_before"])
    after = dt.datetime.fromisoformat(f"{run['local_date']} {BEGUN}") + dt.timedelta(seconds=run["moving_s"] + RESTED_S)
    yield _said(f"{after:%Y-%m-%d %H:%M}", "after-run", run["mood_after"]) | {"tags": run["tags"] or None}


def _said(felt: str, kind: str, mood: object) -> Row:
    return check_in({"felt": felt, "kind": kind, "mood": ""}) | {"mood": mood}


def _file(run: Row) -> object:
    """Return the file of a run."""
    return file_of({
        "file": run["run_id"], "begins": f"{run['local_date']} {BEGUN}", "minutes": f"{run['moving_s'] / 60}",
        "km": f"{run['distance_m'] / 1000}", "effort": f"{run['effort']}",
    })  # fmt: skip
