"""Files of one run and of several, as watches wrote them: the values of the cases' own README."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from drawn import rows
from warehouse.store import BATCH, file_of, open_store

from runmood.core.recordings import Decisions
from runmood.ingest.discover import discover_files
from runmood.ingest.read_file import read_file

if TYPE_CHECKING:
    from runmood.warehouse.file_rows import FileRead
    from runmood.warehouse.writer import Warehouse

CASES = Path(os.environ.get("RUNMOOD_SHARED", Path(__file__).parents[3] / "shared")) / "cases/runs"


@pytest.fixture
def store(tmp_path: Path) -> Warehouse:
    """A warehouse in an empty folder."""
    return open_store(tmp_path)


def read_cases(*names: str) -> list[FileRead]:
    """The files of these names, read; the test is skipped where they are not here."""
    if not CASES.is_dir():
        pytest.skip(f"the cases are not here: there is no {CASES}")
    found = discover_files([CASES / name for name in names], lambda _name, _stamp: False)
    return [read_file(each, each.name, ZoneInfo("UTC")) for each in found]


def ids(files: list[FileRead]) -> list[str]:
    """The recordings of the files."""
    return [str(recording.row["recording_id"]) for file in files for recording in file.recordings]


def test_loops_on_the_hour_stay_runs_of_their_own(store: Warehouse) -> None:
    """Twelve even loops of one device are twelve runs: one device is not two clocks."""
    with store:
        store.save(BATCH, read_cases("backyard_even"))
        store.build_tables()
        assert store.table("runs")["files"].to_list() == [1] * 12


def test_files_that_follow_each_other_are_added(store: Warehouse) -> None:
    """A run in two files, said to be one, is as long as both and began with the first."""
    files = read_cases("split1.fit", "split2.fit")
    one, other = sorted(ids(files))
    with store:
        store.save(BATCH, files)
        store.build_tables()
        (pair,) = store.table("run_pairs").iter_rows(named=True)
        store.build_tables({}, Decisions(same_run={(one, other): True}))
        (run,) = store.table("runs").iter_rows(named=True)
        stretches = store.table("run_files")["stretch"].to_list()
    assert not pair["same_run"], "it is offered, not taken"
    assert run["distance_m"] == pytest.approx(47_252, abs=10)
    assert (run["run_id"], run["local_clock"], sorted(stretches)) == ("20260926-060000", "08:00", [1, 2])
    assert run["moving_s"] == pytest.approx(21_478, abs=5)
    assert run["elapsed_s"] == pytest.approx(21_600, abs=5)
    assert run["pace_s_km"] == pytest.approx(run["moving_s"] / run["distance_m"] * 1000)


def test_a_runner_who_went_on_without_a_stop_ran_once(store: Warehouse) -> None:
    """A second file begun within a minute, as far on as one runs in that time, is one run: a close call."""
    with store:
        store.save(BATCH, read_cases("two_watch1.fit", "two_watch2.fit"))
        store.build_tables()
        (run,) = store.table("runs").iter_rows(named=True)
        (pair,) = store.table("run_pairs").iter_rows(named=True)
    assert run["distance_m"] == pytest.approx(9_993, abs=5)
    assert pair["score"] < 0.8


def test_a_cut_copy_is_proposed_and_counts_once_chosen(store: Warehouse) -> None:
    """A copy without the bus home is told from another watch's file; chosen, it gives the run its figures."""
    older, cut = read_cases("forgot_stop.fit"), read_cases("cropped.fit")
    with store:
        store.save(BATCH, older + cut)
        store.build_tables()
        (pair,) = store.table("run_pairs").iter_rows(named=True)
        before = store.table("runs")["distance_m"].to_list()
        store.build_tables({}, Decisions(files=tuple(ids(cut))))
        after = store.table("runs").select("distance_m", "recording_id").rows()
    assert pair["cut_copy"] == ids(cut)[0]
    assert before == [pytest.approx(14_820, abs=5)]
    assert after == [(pytest.approx(6_720, abs=5), ids(cut)[0])]


def of_device(row: dict[str, str]) -> FileRead:
    """The file of a drawn recording, by the device that the row names."""
    file = file_of(row)
    (recording,) = file.recordings
    return replace(file, recordings=(replace(recording, row=recording.row | {"device_serial": row["device"]}),))


def test_a_strangers_watch_is_a_close_call_and_never_first(store: Warehouse) -> None:
    """A file of a device seen once, beside one of the device of many runs, gives no figures and is asked about."""
    own = [
        {"file": f"own{day}", "begins": f"2025-05-0{day} 07:00", "minutes": "60", "km": "10", "device": "1"}
        for day in range(1, 7)
    ]
    other = rows("""
        | file   | begins           | minutes | km   | heart | device |
        | friend | 2025-05-06 07:01 | 62      | 10.3 | 140   | 2      |
    """)
    with store:
        store.save(BATCH, [of_device(row) for row in own + other])
        store.build_tables()
        ranks = dict(store.table("run_files").select("recording_id", "rank").iter_rows())
        (pair,) = store.table("run_pairs").iter_rows(named=True)
    assert (ranks["own6"], ranks["friend"]) == (1, 2)
    assert pair["score"] < 0.8


TWO_PEOPLE = """
    | case                     | minutes | km  | heart | device | close |
    | a friend at the parkrun  | 33      | 5   | 140   | 2      | yes   |
    | a friend without a strap | 33      | 5   |       | 2      | yes   |
    | one's own second watch   | 27.5    | 5   | 171   | 2      | no    |
    | one's own, another strap | 27.2    | 5   | 150   | 2      | no    |
    | the same watch, again    | 30      | 5   | 150   | 1      | no    |
"""


@pytest.mark.parametrize("row", rows(TWO_PEOPLE), ids=lambda row: row["case"])
def test_two_people_who_start_together_are_asked_about(row: dict[str, str], store: Warehouse) -> None:
    """Two devices at another pace, with another heart where both have one, are a close call without any history."""
    own = {"file": "own", "begins": "2025-05-06 09:00", "minutes": "27", "km": "5", "heart": "170", "device": "1"}
    with store:
        store.save(BATCH, [of_device(each) for each in (own, row | {"file": "other", "begins": "2025-05-06 09:00"})])
        store.build_tables()
        (pair,) = store.table("run_pairs").iter_rows(named=True)
    assert (pair["score"] < 0.8) == (row["close"] == "yes")


CONTRADICTED = """
    | case                             | begins           | minutes | km |
    | a few minutes of a long day      | 2025-05-04 07:20 | 12      | 2  |
    | a ride home in the same hour     | 2025-05-04 07:00 | 60      | 20 |
    | half of it, and twice as fast    | 2025-05-04 07:00 | 33      | 11 |
"""


@pytest.mark.parametrize("row", rows(CONTRADICTED), ids=lambda row: row["case"])
def test_a_large_disagreement_is_a_veto(row: dict[str, str], store: Warehouse) -> None:
    """Time that is shared makes no one run of files whose pace or duration is another altogether."""
    long = {"file": "watch", "begins": "2025-05-04 07:00", "minutes": "60", "km": "10"}
    with store:
        store.save(BATCH, [file_of(long), file_of(row | {"file": "other"})])
        store.build_tables()
        assert store.table("runs").height == 2
        assert store.table("run_pairs")["score"][0] < 0.7
