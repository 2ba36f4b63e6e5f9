from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pytest
from drawn import number, rows
from warehouse.store import BATCH, check_in, file_of, open_store

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

TOLD = """
    | file | begins           | minutes | km | effort |
    | a    | 2025-05-01 07:00 | 30      | 5  |        |
    | b    | 2025-05-02 07:00 | 60      | 10 | 3      |
    | c    | 2025-05-03 07:00 | 60      | 10 | 3      |
    | d    | 2025-05-04 07:00 | 60      | 10 |        |
"""
SAID = """
    | felt             | kind      | mood | effort |
    | 2025-05-01 07:40 | after-run | 7    | 4      |
    | 2025-05-01 08:10 | after-run | 7    | 9      |
    | 2025-05-03 08:30 | after-run | 7    | 6      |
    | 2025-05-04 11:30 | after-run | 7    | 6      |
"""
EFFORTS = """
    | file | effort | from   | load |
    | a    | 4      | said   | 120  |
    | b    | 3      | device | 180  |
    | c    | 6      | said   | 360  |
    | d    |        |        |      |
"""


def runs(folder: Path, recordings: list[dict[str, str]], said: str = "") -> pl.DataFrame:
    """The runs made from drawn recordings and check-ins."""
    with open_store(folder) as store:
        store.save(BATCH, [file_of(row) for row in recordings])
        store.build_tables({"check_ins": [check_in(row) for row in rows(said)] if said else []})
        return store.table("runs")


def test_who_says_how_hard_it_was(tmp_path: Path) -> None:
    """The first word within three hours after the run counts, else the device's; load is effort times minutes."""
    told = runs(tmp_path, rows(TOLD), SAID)
    drawn = rows(EFFORTS)
    assert told["effort"].to_list() == [number(row["effort"]) for row in drawn]
    assert told["effort_source"].to_list() == [row["from"] or None for row in drawn]
    assert told["load"].to_list() == [number(row["load"]) for row in drawn]


def outings(count: int, seed: int) -> list[dict[str, str]]:
    """Runs, two in three with heart rate; how hard follows both it and the speed, and is told of half of them."""
    rng = np.random.default_rng(seed)
    drawn = []
    for day in range(count):
        speed, heart = rng.normal(3.0, 0.3), rng.normal(145, 8)
        effort = round(float(np.clip(4.5 + 2 * (speed - 3.0) + 0.1 * (heart - 145) + rng.normal(0, 0.5), 0, 10)), 1)
        drawn.append({
            "file": f"{day:03d}",
            "begins": f"{dt.date(2025, 1, 1) + dt.timedelta(days=day)} 07:00",
            "minutes": "50",
            "km": f"{3 * speed:.6f}",
            "heart": f"{heart:.6f}" if day % 3 else "",
            "effort": str(effort) if rng.random() < 0.5 else "",
        })  # fmt: skip
    return drawn


def predictors(run: dict[str, float]) -> list[float]:
    """Millimetres a second and tenths of heartbeats, whole, as the warehouse takes them."""
    return [round(1e6 / run["pace_s_km"]), round(10 * (run["heart_bpm"] or 0))]


def reckoned(before: list[list[float]], run: list[float]) -> float:
    """Ridge regression on standard scores by linear algebra; the first of each row is the effort."""
    told, now = np.array(before), np.array(run)
    mean, spread = told.mean(axis=0), told.std(axis=0)
    scores = (told - mean) / spread
    alike = scores[:, 1:].T @ scores[:, 1:] / len(told) + np.eye(told.shape[1] - 1) * 4 / len(told)
    slopes = np.linalg.solve(alike, scores[:, 1:].T @ scores[:, 0] / len(told))
    return float(mean[0] + spread[0] * ((now - mean[1:]) / spread[1:]) @ slopes)


@pytest.mark.parametrize("seed", range(3))
def test_effort_is_reckoned_from_earlier_runs(tmp_path: Path, seed: int) -> None:
    """Nobody having said, effort is the ridge regression of the runs before on heart rate and speed, or speed alone.

    It takes eight of them, and is never harder or easier than they were.
    """
    drawn = outings(60, seed)
    told = runs(tmp_path, drawn)
    seen = 0
    for place, run in enumerate(told.iter_rows(named=True)):
        names = ["pace_s_km", "heart_bpm"] if run["heart_bpm"] else ["pace_s_km"]
        earlier = told[:place].drop_nulls(["effort", *names])
        everyone = told[:place]["effort"].drop_nulls()
        speeds = [[row["effort"], *predictors(row)] for row in earlier.iter_rows(named=True)]
        now = predictors(run)[: len(names)]
        if run["effort"] is not None:
            assert (run["effort_estimated"], run["effort_source"]) == (None, "device")
        elif earlier.height >= 8:
            expected = reckoned([row[: 1 + len(names)] for row in speeds], now)
            within = float(np.clip(expected, everyone.min(), everyone.max()))  # type: ignore[arg-type]  # numbers
            assert run["effort_estimated"] == pytest.approx(within)
            assert run["load"] == pytest.approx(within * 50)
            assert run["effort_source"] == "estimated"
            seen += 1
        elif not run["heart_bpm"]:
            assert (run["effort_estimated"], run["effort_source"], run["load"]) == (None, None, None)
    assert seen > 10


def test_a_later_run_changes_no_earlier_one(tmp_path: Path) -> None:
    """What a run of forty said of itself it says still when there are sixty: nights do not depend on later days."""
    told = [
        runs(tmp_path / str(count), outings(60, 1)[:count]) for count in (40, 60) if not (tmp_path / str(count)).mkdir()
    ]
    assert told[0].equals(told[1][:40])


def test_runs_all_alike_teach_the_mean(tmp_path: Path) -> None:
    """Where earlier runs differ in nothing but how hard they were, effort is reckoned as their mean."""
    drawn = [
        {
            "file": f"{day}",
            "begins": f"2025-05-0{day} 07:00",
            "minutes": "30",
            "km": "5",
            "heart": "150",
            "effort": effort,
        }
        for day, effort in enumerate("353535355", start=1)
    ]
    (last,) = runs(tmp_path, [*drawn[:8], drawn[8] | {"effort": ""}])[-1:].iter_rows(named=True)
    assert last["effort_estimated"] == pytest.approx(4)
