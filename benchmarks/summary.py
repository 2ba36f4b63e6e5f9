"""How much processor time a page of a ten-year home takes, and how large it is.

    python benchmarks/summary.py [--years 10]

The home is made of invented days, runs, moods and findings in a published copy; each page is read, told and written by
the functions that `runmood summary` calls, after their modules are loaded.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import polars as pl

from runmood import findings
from runmood.home.home import Home, open_home
from runmood.reports.context import Period, period_named
from runmood.schema.tables import DAYS, POINTS, RUN_FILES, RUN_MOODS
from runmood.warehouse import ddl
from runmood.warehouse.points import points_as_file
from runmood.warehouse.publish import publish
from runmood.warehouse.writer import Warehouse
from runmood.workflow import summaries

LAST = dt.date(2026, 11, 22)
PAGES = {"six weeks": (None, None), "week": ("week", None), "month": ("month", None), "year": ("year", None),
         "all": ("all", None)}  # fmt: skip
AGAIN = 5


def main() -> None:
    """Print processor time and size of each page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--years", type=int, default=10)
    years = parser.parse_args().years
    with tempfile.TemporaryDirectory() as folder:
        home = make_home(Path(folder) / "home", years)
        print(f"{years} years, {home.published.stat().st_size / 1e6:.0f} MB published; processor time of one page")
        for name, (kind, when) in PAGES.items():
            period = period_named(kind, when, LAST)
            summaries.write_summary(home, LAST, period)  # which loads what the first page needs
            took = min(timed(home, period) for _ in range(AGAIN))
            size = home.page.with_stem(period.name).stat().st_size
            print(f"{name:10} {took * 1000:6.0f} ms  {size / 1000:6.0f} kB")


def timed(home: Home, period: Period) -> float:
    """Seconds of processor time for one page."""
    began = time.process_time()
    summaries.write_summary(home, LAST, period)
    return time.process_time() - began


def make_home(root: Path, years: int) -> Home:
    """A home with a published copy of so many invented years."""
    sys.path[:1] = [str(Path(__file__).parent.parent / "tests")]  # instead of this folder, where this file is `summary`
    from summary.diaries import months_of, runs_of, weeks_of, year_of_days  # noqa: PLC0415 - the tests' invented year

    home = open_home(root)
    dice = random.Random(3)  # noqa: S311 - invented evenings, nothing secret
    rows = [
        row | {"load": None if row["runs"] is None else row["distance_m"] * 0.03, "helped": ["running", "rest"]}
        for row in year_of_days(365 * years, LAST)
    ]
    days = DAYS.frame(rows)
    runs = runs_of(days)
    moods = RUN_MOODS.frame(
        [
            {**run, "mood_before": float(dice.randint(4, 8)), "mood_after": float(dice.randint(5, 9))}
            for run in runs.select("run_id", "local_date", "local_clock").iter_rows(named=True)
        ]
    )
    files = [
        {"run_id": name, "recording_id": recording, "content_hash": recording, "rank": 1, "reason": "alone"}
        for name, recording in runs.select("run_id", "recording_id").iter_rows()
    ]
    runs = runs.with_columns(points_recording_id=pl.col("recording_id"))
    an_hour(runs.row(-1, named=True), home.points)
    answers = findings.evaluate_all(days, runs, moods)
    made = {"days": days, "weeks": weeks_of(days), "months": months_of(days), "runs": runs, "run_moods": moods,
            "run_files": RUN_FILES.frame(files),
            "findings": getattr(answers, "findings", answers)}  # fmt: skip
    with Warehouse(home.work, home.points) as store:
        store.build_tables()
        put(store, made)
    publish(home.work, home.published)
    return home


def an_hour(run: dict[str, Any], folder: Path) -> None:
    """The points of a run, one a second."""
    seconds = range(3600)
    rows = [
        {"sampled_at": run["started_at"] + dt.timedelta(seconds=second), "elapsed_s": float(second),
         "distance_m": second * 2.8, "heart_bpm": 140.0 + second / 100, "height_m": 50.0 + second % 200}
        for second in seconds
    ]  # fmt: skip
    folder.mkdir(exist_ok=True)
    name = run["points_recording_id"]
    (folder / f"{name}.parquet").write_bytes(points_as_file(name, POINTS.frame(rows)))


def put(store: Warehouse, made: dict[str, pl.DataFrame]) -> None:
    """The frames as the tables of their names."""
    for name, frame in made.items():
        ddl.replace(store._connection, ddl.BY_NAME[name], frame)  # noqa: SLF001 - no door fills joined tables


if __name__ == "__main__":
    main()
