from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from drawn import rows
from warehouse.store import BATCH, check_in, file_of, open_store

from runmood.warehouse.ddl import load_sql

if TYPE_CHECKING:
    from pathlib import Path

CASES = {
    "a watch and a phone that started a minute later": """
        | file  | begins           | minutes | km   | by        | run |
        | watch | 2025-05-04 07:00 | 60      | 10   | device    | A   |
        | phone | 2025-05-04 07:01 | 58      | 9.8  | positions | A   |
    """,
    "a warm-up and the race an hour later": """
        | file   | begins           | minutes | km | by     | run |
        | warmup | 2025-05-04 08:00 | 15      | 2  | device | A   |
        | race   | 2025-05-04 09:15 | 45      | 10 | device | B   |
    """,
    "a race begun seconds after the warm-up was saved": """
        | file   | begins           | minutes | km | by     | run |
        | warmup | 2025-05-04 08:00 | 15      | 2  | device | A   |
        | race   | 2025-05-04 08:15 | 45      | 10 | device | B   |
    """,
    "a phone that ran out after half the way": """
        | file  | begins           | minutes | km | by        | run |
        | phone | 2025-05-04 07:00 | 30      | 5  | positions | A   |
        | watch | 2025-05-04 07:00 | 60      | 10 | device    | A   |
    """,
    "a watch stopped and started again, a phone all the way": """
        | file  | begins           | minutes | km  | by        | run |
        | first | 2025-05-04 07:00 | 20      | 4   | device    | A   |
        | again | 2025-05-04 07:25 | 35      | 6   | device    | A   |
        | phone | 2025-05-04 07:00 | 60      | 10  | positions | A   |
    """,
    "a watch forgotten to stop before the next run": """
        | file | begins           | minutes | km | by     | run |
        | long | 2025-05-04 07:00 | 60      | 10 | device | A   |
        | next | 2025-05-04 07:55 | 60      | 10 | device | B   |
    """,
    "two people's files in one folder": """
        | file  | begins           | minutes | km | by     | lat  | lon  | run |
        | here  | 2025-05-04 07:00 | 60      | 10 | device | 38.7 | -9.1 | A   |
        | there | 2025-05-04 07:00 | 60      | 10 | device | 52.5 | 13.4 | B   |
    """,
    "a treadmill that measured nothing and a foot pod": """
        | file | begins           | minutes | km | by     | run |
        | gym  | 2025-05-04 07:00 | 60      |    |        | A   |
        | pod  | 2025-05-04 07:00 | 61      | 10 | device | A   |
    """,
    "a run that goes past midnight": """
        | file  | begins           | minutes | km | by     | run |
        | watch | 2025-05-04 23:40 | 60      | 10 | device | A   |
        | phone | 2025-05-04 23:41 | 60      | 10 | device | A   |
    """,
}


@pytest.mark.parametrize("drawn", CASES.values(), ids=CASES)
def test_which_files_are_one_run(drawn: str, tmp_path: Path) -> None:
    """Files that share their time are one run; files that share none, or lie far apart, are not."""
    cases = rows(drawn)
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in cases])
        store.build_tables()
        run_of = dict(store.table("run_files").select("recording_id", "run_id").iter_rows())
    groups = {frozenset(name for name in run_of if run_of[name] == run) for run in run_of.values()}
    drawn_runs = {row["run"] for row in cases}
    assert groups == {frozenset(row["file"] for row in cases if row["run"] == run) for run in drawn_runs}


BEST = """
    | file  | begins           | minutes | km  | by        | heart | format | partial |
    | torn  | 2025-05-04 07:00 | 60      | 8   | device    | 150   | fit    | yes     |
    | phone | 2025-05-04 07:00 | 60      | 9.7 | positions | 151   | gpx    |         |
    | watch | 2025-05-04 07:00 | 60      | 10  | device    |       | fit    |         |
    | part  | 2025-05-04 07:10 | 30      | 5   | device    | 149   | fit    |         |
"""


def test_each_field_comes_from_the_best_file_that_has_it(tmp_path: Path) -> None:
    """The whole file with the device's distance goes first; heart rate comes from the next best."""
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in rows(BEST)])
        store.build_tables()
        (run,) = store.table("runs").iter_rows(named=True)
        ranks = dict(store.table("run_files").select("rank", "recording_id").iter_rows())
    assert ranks == {1: "watch", 2: "phone", 3: "torn", 4: "part"}
    assert (run["recording_id"], run["distance_m"], run["heart_bpm"], run["files"]) == ("watch", 10_000, 151, 4)
    assert (run["run_id"], run["partial"]) == ("20250504-070000", False)


PLACED = """
    | file  | begins           | minutes | km  | by        | heart | lat  | lon  | zone          |
    | watch | 2025-05-04 07:00 | 60      | 10  | device    | 150   |      |      | home          |
    | phone | 2025-05-04 07:01 | 58      | 9.7 | positions |       | 38.7 | -9.1 | Europe/Lisbon |
"""


def test_positions_come_from_whoever_has_them(tmp_path: Path) -> None:
    """A watch without GPS gives distance and heart rate, the phone in the pocket the way and the clock of the place."""
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in rows(PLACED)])
        store.build_tables()
        (run,) = store.table("runs").iter_rows(named=True)
    assert (run["recording_id"], run["heart_recording_id"], run["points_recording_id"]) == ("watch", "watch", "phone")
    assert (run["distance_m"], run["time_zone"], run["zone_source"]) == (10_000, "Europe/Lisbon", "place")


def test_two_runs_of_one_second_have_two_names(tmp_path: Path) -> None:
    """Two runs that begin in one second, far apart, are told apart in their ids, and are listed in their order."""
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in rows(CASES["two people's files in one folder"])])
        store.build_tables()
        named = ["20250504-070000", "20250504-070000-2"]
        assert store.table("runs")["run_id"].to_list() == named
        assert store.frame(load_sql("views/runs_with_files"))["run_id"].to_list() == named


ONE_SECOND = """
    | file | begins           | minutes | km | lat   | lon   | partial |
    | b    | 2025-05-04 07:00 | 30      | 5  | 38.71 | -9.14 | yes     |
    | c    | 2025-05-04 07:00 | 50      | 8  | 48.10 | 11.58 |         |
    | d    | 2025-05-04 07:00 | 60      | 10 | 38.71 | -9.14 |         |
"""


def test_a_better_copy_leaves_the_names_of_one_second(tmp_path: Path) -> None:
    """Of two runs that begin in one second, each keeps its id when a better copy takes the place of a worse one."""
    worse, other, better = (file_of(row) for row in rows(ONE_SECOND))
    with open_store(tmp_path) as store:
        for files in ([worse, other], [replace(better, name=worse.name), other]):
            store.save(BATCH, files)
            store.build_tables()
            ids = store.frame("select recording_id, run_id from runs")
            assert dict(ids.iter_rows())["c"] == "20250504-070000-2"


EFFORT = """
    | felt             | kind      | mood | effort |
    | 2025-05-04 08:20 | after-run | 7    | 4      |
    | 2025-05-04 09:30 | after-run | 8    | 9      |
    | 2025-05-04 15:00 | after-run | 8    | 1      |
"""


def test_effort_is_what_was_said_after_the_run(tmp_path: Path) -> None:
    """A check-in after a run speaks of the run that ended last before it, if within three hours."""
    with open_store(tmp_path) as store:
        runs = rows(CASES["a warm-up and the race an hour later"].replace("09:15", "08:25"))
        store.save(BATCH, [file_of(row) for row in runs])
        store.build_tables({"check_ins": [check_in(row) for row in rows(EFFORT)]})
        assert store.table("runs")["effort"].to_list() == [4, 9]
