from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl
import pytest
from drawn import rows
from warehouse.store import BATCH, file_of, open_store

from runmood.core.enums import MatchReason
from runmood.core.notices import TAKEN_BACK
from runmood.core.recordings import Decisions
from runmood.schema.tables import POINTS
from runmood.warehouse.file_rows import FileRead, Recording
from runmood.warehouse.publish import list_files, list_pairs, publish

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.warehouse.writer import Warehouse

THREE = """
    | file  | begins           | minutes | km  | by        |
    | watch | 2025-05-04 07:00 | 60      | 10  | device    |
    | phone | 2025-05-04 07:01 | 58      | 9.8 | positions |
    | copy  | 2025-05-04 07:00 | 59      | 9.9 | positions |
    | later | 2025-05-04 19:00 | 40      | 7   | device    |
"""

DECIDED = {
    "nothing said": ({}, [{"watch", "phone", "copy"}, {"later"}]),
    "two said to be one": ({("later", "phone"): True}, [{"watch", "phone", "copy", "later"}]),
    "one parted from both": (
        {("phone", "watch"): False, ("copy", "phone"): False},
        [{"watch", "copy"}, {"phone"}, {"later"}],
    ),
    "one parted from one goes with the other": ({("phone", "watch"): False}, [{"watch", "copy"}, {"phone"}, {"later"}]),
    "names of files that are gone": ({("gone", "watch"): True, ("gone", "lost"): False}, None),
}


def groups(store: Warehouse) -> set[frozenset[str]]:
    """The recordings of each run."""
    run_files = store.table("run_files").group_by("run_id").agg("recording_id")
    return {frozenset(names) for names in run_files["recording_id"]}


@pytest.mark.parametrize(("decided", "expected"), DECIDED.values(), ids=DECIDED)
def test_what_the_person_says_goes_first(
    decided: dict[tuple[str, str], bool], expected: list[set[str]] | None, tmp_path: Path
) -> None:
    """Runs said to be one are one; files said to be two never meet, not even by way of a third."""
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in rows(THREE)])
        store.build_tables({}, Decisions(same_run=decided))
        found = groups(store)
        because = store.table("run_files")["reason_code"].to_list()
    assert found == {frozenset(each) for each in expected or DECIDED["nothing said"][1]}
    assert (MatchReason.SAID_SAME in because) == (("later", "phone") in decided)


SCORES = """
    | case                    | begins           | minutes | km  | heart | score |
    | the same                | 2025-05-04 07:00 | 60      | 10  | 150   | 1     |
    | half the time           | 2025-05-04 07:30 | 60      | 10  | 150   | 0.67  |
    | another pace            | 2025-05-04 07:00 | 60      | 7   | 150   | 0.84  |
    | half the pace           | 2025-05-04 07:00 | 60      | 5   | 150   | 0.69  |
    | another heart           | 2025-05-04 07:00 | 60      | 10  | 180   | 0.89  |
    | nothing known but time  | 2025-05-04 07:15 | 60      |     |       | 0.75  |
    | too little time         | 2025-05-04 07:31 | 60      | 10  | 150   | 0.66  |
"""


@pytest.mark.parametrize("row", rows(SCORES), ids=lambda row: row["case"])
def test_time_weighs_most(row: dict[str, str], tmp_path: Path) -> None:
    """The score is the share of time, moved by pace and heart rate; what is unknown neither helps nor harms."""
    watch = {"file": "watch", "begins": "2025-05-04 07:00", "minutes": "60", "km": "10", "heart": "150"}
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(watch), file_of(row | {"file": "other"})])
        store.build_tables()
        (pair,) = store.table("run_pairs").iter_rows(named=True)
    assert pair["score"] == pytest.approx(float(row["score"]), abs=0.01)
    assert pair["same_run"] == (float(row["score"]) >= 0.7)


def walked(
    begins: str, *, name: str = "", pace: float = 1.0, east: float = 0.0, late_s: int = 0, **more: str
) -> FileRead:
    """An hour along a winding way, as a file named after when it begins; of one begun late the first is missing."""
    row = {
        "file": name or begins,
        "begins": begins,
        "minutes": "60",
        "km": "10",
        "lat": "38.7",
        "lon": str(-9.1 + east),
        **more,
    }
    file = file_of(row)
    first = file.recordings[0]
    moment = first.row["started_at"]
    seconds = pl.Series(range(0, 3601, 5)).cast(pl.Float64)
    frame = (
        POINTS.empty()
        .clear(seconds.len())
        .with_columns(
            sampled_at=(seconds * 1e6).cast(pl.Duration("us")) + pl.lit(moment, pl.Datetime("us", "UTC")),
            latitude_deg=38.7 + 0.01 * (pace * (seconds + late_s) / 300).sin(),
            longitude_deg=-9.1 + east + pace * (seconds + late_s) * 2e-5,
        )
    )
    return FileRead(
        file.name,
        file.stamp,
        "run",
        file.content_hash,
        (Recording(first.row, frame),),
    )


CLOCKS = """
    | case                             | other            | pace | east | run |
    | local time marked as UTC         | 2025-05-04 12:30 | 1    | 0    | one |
    | the same way again, a bit slower | 2025-05-04 12:30 | 0.98 | 0    | two |
    | at a clock that no zone has      | 2025-05-04 12:37 | 1    | 0    | two |
    | the same shape elsewhere         | 2025-05-04 12:30 | 1    | 0.02 | two |
    | a clock ten minutes wrong        | 2025-05-04 07:10 | 1    | 0    | one |
    | another place at the same time   | 2025-05-04 07:00 | 1    | 0.1  | two |
    | a phone in the same pocket       | 2025-05-04 07:00 | 1    | 1e-4 | one |
"""


@pytest.mark.parametrize("row", rows(CLOCKS), ids=lambda row: row["case"])
def test_a_wrong_clock_is_told_by_the_way(row: dict[str, str], tmp_path: Path) -> None:
    """The same way at the same pace is one run at a clock in another zone; the same way run again is not."""
    other = walked(row["other"], name="other", pace=float(row["pace"]), east=float(row["east"]))
    with open_store(tmp_path) as store:
        store.save(BATCH, [walked("2025-05-04 07:00"), other])
        for _ in range(2):
            store.build_tables()
            assert store.table("runs").height == {"one": 1, "two": 2}[row["run"]]


IN_SUMMER = "2025-05-04 08:00"
LATE_CLOCKS = """
    | case                                 | other               | late | run |
    | local time marked as UTC             | 2025-05-04 08:00:00 | 0    | one |
    | and begun 40 s late                  | 2025-05-04 08:00:40 | 40   | one |
    | and a clock 40 s late                | 2025-05-04 08:00:40 | 0    | one |
    | begun five minutes late              | 2025-05-04 08:05:00 | 300  | two |
    | 40 s late at a clock no zone of it has | 2025-05-04 09:30:40 | 0  | two |
"""


@pytest.mark.parametrize("row", rows(LATE_CLOCKS), ids=lambda row: row["case"])
def test_a_clock_in_another_zone_may_be_late_too(row: dict[str, str], tmp_path: Path) -> None:
    """A phone that takes the clock of its place for UTC and starts 40 s late is one run with the watch, to be asked."""
    watch = walked("2025-05-04 07:00", name="watch", clock=IN_SUMMER, device="watch")
    phone = walked(row["other"], name="phone", late_s=int(row["late"]), device="phone")
    with open_store(tmp_path) as store:
        store.save(BATCH, [watch, phone])
        store.build_tables()
        assert store.table("runs").height == {"one": 1, "two": 2}[row["run"]]
        assert all(score < 0.8 for score in store.table("run_pairs")["score"])


def test_one_watch_never_has_two_clocks(tmp_path: Path) -> None:
    """Loops run on the hour, some with a phone beside the watch, stay as many runs as the watch recorded."""
    watch = [
        walked(f"2025-05-04 {hour:02}:00", name=f"watch{hour}", clock=IN_SUMMER, device="watch") for hour in (7, 9)
    ]
    phone = walked("2025-05-04 09:00:30", name="phone9", late_s=30, clock="2025-05-04 11:00", device="phone")
    with open_store(tmp_path) as store:
        store.save(BATCH, [*watch, phone])
        store.build_tables()
        assert store.table("runs").select("files").to_series().to_list() == [1, 2]


def test_close_calls_are_listed(tmp_path: Path) -> None:
    """Files that share some time and are two runs are listed; clear pairs, and what the person said, are not."""
    drawn = rows(THREE) + rows("| file | begins | minutes | km | by |\n| next | 2025-05-04 07:50 | 60 | 9 | device |")
    pair = ("next", "watch")
    for decided, listed in (({}, {"copy", "phone", "watch"}), ({pair: False}, {"copy", "phone"})):
        with open_store(tmp_path) as store:
            store.save(BATCH, [file_of(row) for row in drawn])
            store.build_tables({}, Decisions(same_run=decided))
        publish(tmp_path, tmp_path / "published.duckdb")
        pairs = list_pairs(tmp_path / "published.duckdb")
        assert {row["one"] if row["other"] == "next" else row["other"] for row in pairs.iter_rows(named=True)} == listed
    files = list_files(tmp_path / "published.duckdb", "phone")
    assert files["file_name"].to_list() == ["inbox/watch", "inbox/copy", "inbox/phone"]


def test_what_is_taken_back_leaves_nothing_behind(tmp_path: Path) -> None:
    """Runs, laps and points of a content that is taken back are gone, and its file says why."""
    first = walked("2025-05-04 07:00")
    first.recordings[0].laps.append({"recording_id": "2025-05-04 07:00", "lap": 1})
    with open_store(tmp_path) as store:
        store.save(BATCH, [first, walked("2025-05-05 07:00")])
        store.close_batch(BATCH, dt.datetime(2025, 6, 1, tzinfo=dt.UTC), "inbox")
        assert len(store.files_only_in_batch(BATCH)) == 2
        assert store.set_aside([str(first.content_hash)], TAKEN_BACK(date="4 May 2025", batch=BATCH)) == 1
        store.build_tables()
        assert store.table("runs").height == 1
        assert store.table("laps").is_empty()
        assert store.batches()["runs"].to_list() == [1]
        (file,) = (row for row in store.table("source_files").iter_rows(named=True) if row["outcome"] == "skipped")
    assert "You undid this import on 4 May 2025" in file["reason"]
    points = pl.concat(pl.read_parquet(path) for path in (tmp_path / "points").iterdir())
    assert points["recording_id"].unique().to_list() == ["2025-05-05 07:00"]
