"""Recordings that wait for the person's word, and days of which a file could not be read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from warehouse.store import BATCH, file_of, open_store

from runmood.core.recordings import Decisions, FileStat
from runmood.warehouse.file_rows import FileRead

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.warehouse.writer import Warehouse

DAY = dt.date(2025, 5, 6)


def drawn(name: str, day: str, status: str = "run", reason: str | None = None) -> FileRead:
    """A file with one recording of half an hour."""
    file = file_of({"file": name, "begins": f"{day} 07:00", "minutes": "30", "km": "5", "status": status})
    file.recordings[0].row["status_reason"] = reason
    return replace(file, outcome="run" if status == "run" else "undecided")


def kind_of(store: Warehouse, day: dt.date) -> str:
    """What kind of day it is."""
    days = store.table("days")
    return str(days.filter(days["local_date"] == day)["day_kind"].item())


def begun(folder: Path, *between: FileRead) -> Warehouse:
    """Runs before and after, and what lies between them."""
    store = open_store(folder)
    store.save(BATCH, [drawn("a", "2025-05-04"), *between, drawn("z", "2025-05-08")])
    return store


def test_a_recording_that_waits_is_no_run_and_its_day_is_unknown(tmp_path: Path) -> None:
    """Until the person says, it stands in no run, its day is not without one, and the list has it."""
    with begun(tmp_path, drawn("b", "2025-05-06", "undecided", "unclear_sport")) as store:
        store.build_tables()
        assert store.table("runs").height == 2
        assert kind_of(store, DAY) == "unknown"
        assert kind_of(store, DAY - dt.timedelta(days=1)) == "no_run"
        (waiting,) = store.table("to_decide").iter_rows(named=True)
    assert (waiting["recording_id"], waiting["reason_code"], waiting["counts"]) == ("b", "unclear_sport", False)


def test_the_word_of_the_person_decides(tmp_path: Path) -> None:
    """Said to be a run it counts, said to be none its day is without one, and the list has it no more; either holds."""
    with begun(tmp_path, drawn("b", "2025-05-06", "undecided", "unclear_sport")) as store:
        for is_run, runs, kind in ((True, 3, "unplanned_run"), (False, 2, "no_run")):
            store.build_tables(decisions=Decisions(is_run={"content of b": is_run}))
            assert store.table("runs").height == runs
            assert kind_of(store, DAY) == kind
            assert store.table("to_decide").is_empty()


def test_a_run_can_be_taken_out_by_word(tmp_path: Path) -> None:
    """A walk recorded as a run is none once the person says so, and comes back when they take that back."""
    with begun(tmp_path, drawn("b", "2025-05-06")) as store:
        store.build_tables(decisions=Decisions(is_run={"content of b": False}))
        assert store.table("runs").height == 2
        store.build_tables()
        assert store.table("runs").height == 3


@pytest.mark.parametrize("outcome", ["refused", "skipped"])
def test_a_file_that_could_not_be_read_leaves_its_day_unknown(tmp_path: Path, outcome: str) -> None:
    """No day is called without a run because a file of it could not be read, or is not here yet."""
    stamp = FileStat(1, dt.datetime(2025, 6, 1, tzinfo=dt.UTC))
    with begun(tmp_path, FileRead("inbox/torn.fit", stamp, outcome, "x", local_date=DAY)) as store:
        store.build_tables()
        assert kind_of(store, DAY) == "unknown"


def test_a_guess_counts_and_stands_in_the_list(tmp_path: Path) -> None:
    """A run taken by guess is a run, and one of which the person may say otherwise."""
    with begun(tmp_path, drawn("b", "2025-05-06", "run", "guessed")) as store:
        store.build_tables()
        assert store.table("runs").height == 3
        assert store.table("to_decide")["counts"].to_list() == [True]
