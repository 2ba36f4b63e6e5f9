from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb
import polars as pl
import pytest
from drawn import rows
from warehouse.store import BATCH, file_of, moment, open_store

from runmood.core.errors import UserError
from runmood.core.i18n import message
from runmood.core.notices import DAMAGED, SPORT_BY_PACE, TAKEN_BACK
from runmood.core.recordings import FileStat
from runmood.schema import TABLES
from runmood.warehouse.database import connect
from runmood.warehouse.file_rows import FileRead
from runmood.warehouse.publish import publish
from runmood.warehouse.queries import NothingPublishedError, QueryError, run_query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ONE = {"file": "a.fit", "begins": "2025-05-04 07:00", "minutes": "30", "km": "5"}
STAMP = FileStat(100, moment("2025-01-01"))


def test_a_file_is_in_the_ledger_as_it_is_on_disk(tmp_path: Path) -> None:
    """A file of the same name, size and time is known; its content is known under its first name."""
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(ONE)])
        assert store.files.stamps() == {("inbox/a.fit", FileStat(1, moment("2025-01-01")))}
        asked = {"inbox/copy.fit": "content of a.fit", "inbox/a.fit": "content of a.fit", "inbox/b.fit": "another"}
        assert store.files.copies(asked) == {"inbox/copy.fit": "inbox/a.fit"}


class Names(set[str]):
    """Names of which each can be asked after, and which nobody goes through."""

    def __iter__(self) -> Iterator[str]:
        """Fail."""
        raise AssertionError("for each file of a chunk, all files of the import")


def test_files_that_are_read_again_are_left_out_one_by_one(tmp_path: Path) -> None:
    """An archive of a hundred thousand files took a minute of going through their names for each of them."""
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(ONE)])
        asked = {"inbox/copy.fit": "content of a.fit"}
        assert store.files.copies(asked, Names({"inbox/b.fit"})) == {"inbox/copy.fit": "inbox/a.fit"}
        assert store.files.copies(asked, Names({"inbox/a.fit"})) == {}


def test_saving_twice_changes_nothing(tmp_path: Path) -> None:
    """The same file saved again gives the same rows."""
    with open_store(tmp_path) as store:
        for _ in range(2):
            store.save(BATCH, [file_of(ONE)])
        assert store.table("recordings").height == 1
        assert store.table("source_files").height == 1


def test_a_replaced_file_leaves_no_recording_behind(tmp_path: Path) -> None:
    """When a file's content changes under its name, the old content's run goes."""
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(ONE)])
        changed = file_of(ONE | {"file": "b.fit"})
        store.save(BATCH, [FileRead("inbox/a.fit", STAMP, "run", changed.content_hash, changed.recordings)])
        assert store.table("recordings")["recording_id"].to_list() == ["b.fit"]


def test_what_a_recording_told_goes_with_it(tmp_path: Path) -> None:
    """Splits, best efforts, laps and heart times are stored with their recording and leave with it."""
    parts = {
        "laps": {"lap": 1, "distance_m": 1000.0},
        "splits": {"unit": "km", "split": 1, "moving_s": 300.0},
        "best_efforts": {"effort": "1 km", "given": "distance", "elapsed_s": 290.0},
        "heart_rate_histogram": {"heart_bpm": 150, "lasted_s": 1800.0},
    }
    file = file_of(ONE)
    told = {name: [{"recording_id": "a.fit"} | row] for name, row in parts.items()}
    full = replace(file, recordings=(replace(file.recordings[0], **told),))
    with open_store(tmp_path) as store:
        store.save(BATCH, [full])
        assert {name: store.table(name).height for name in parts} == dict.fromkeys(parts, 1)
        store.set_aside(["content of a.fit"], TAKEN_BACK(batch=BATCH, date="2025-06-02"))
        assert {name: store.table(name).height for name in parts} == dict.fromkeys(parts, 0)


def test_another_version_reads_all_files_anew(tmp_path: Path) -> None:
    """Where another version made the tables, whatever is different in them, nothing is taken for read or answered."""
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(ONE)])
    with duckdb.connect(tmp_path / "runmood.duckdb") as older:
        older.execute("alter table laps drop column heart_bpm")
        older.execute("update made.notes set value = 'another' where name = 'tables'")
    with open_store(tmp_path) as store:
        assert store.files.stamps() == set()
        store.save(BATCH, [file_of(ONE)])
        store.build_tables()
        assert store.table("runs").height == 1


def test_a_batch_counts_its_files(tmp_path: Path) -> None:
    """An import's row counts its files by what became of them; an import of nothing leaves none."""
    torn = file_of({"file": "torn", "begins": "2025-05-05 07:00", "minutes": "9", "km": "1", "partial": "yes"})
    files = [
        file_of(ONE),
        torn,
        FileRead("inbox/ride.tcx", STAMP, "skipped", "x"),
        FileRead("inbox/page.fit", STAMP, "refused", "y"),
        FileRead("inbox/copy.fit", STAMP, "known", "content of a.fit"),
        FileRead("inbox/maybe.gpx", STAMP, "undecided", "z"),
        FileRead("inbox/export.xml/Sleep 2025-05", STAMP, "sleep", "night"),
        FileRead("inbox/all.zip", STAMP, "opened"),
    ]
    with open_store(tmp_path) as store:
        store.save(BATCH, files)
        counts = store.close_batch(BATCH, moment("2025-06-01"), "inbox")
        store.close_batch("20250602-200000", moment("2025-06-02"), "inbox")
        assert store.table("imports").height == 1
    parts = {"runs": 2, "said": 0, "slept": 1, "skipped": 1, "refused": 1, "known": 1, "partial": 1, "undecided": 1}
    assert counts == {"files": 7} | parts


def test_the_reason_is_the_gravest_notice() -> None:
    """Of a run only what was lost or guessed is a reason; of other files any notice is."""
    damaged = DAMAGED(format="FIT", fault=message("file_fault.ends_early"), samples=9)
    assert FileRead("a", STAMP, "run", "x", (), (SPORT_BY_PACE(), damaged)).reason == damaged
    assert FileRead("a", STAMP, "run", "x", (), (SPORT_BY_PACE(),)).reason is None
    assert FileRead("a", STAMP, "skipped", "x", (), (SPORT_BY_PACE(),)).reason == SPORT_BY_PACE()


def published(folder: Path) -> Path:
    """A published database with one run."""
    with open_store(folder) as store:
        store.save(
            BATCH, [file_of(row) for row in rows("| file | begins | minutes | km |\n| a | 2025-05-04 07:00 | 9 | 5 |")]
        )
        store.build_tables()
    target = folder / "published.duckdb"
    publish(folder, target)
    return target


def test_every_table_and_column_says_what_it_is(tmp_path: Path) -> None:
    """In the published copy each table of the dictionary and each view has a comment on it and on all its columns."""
    target = published(tmp_path)
    tables = run_query(
        target,
        "select table_name, comment from duckdb_tables() union all select view_name, comment from duckdb_views()",
    )
    comments = dict(tables.iter_rows())
    assert all(comments[table.name] == f"One row is {table.row}." for table in TABLES)
    silent = "select * from duckdb_columns() where comment is null and schema_name = 'main' and not internal"
    assert run_query(target, silent).is_empty()
    assert comments["response_rates"] == "One row is one kind of day and moment of it."


def test_who_has_the_old_copy_open_keeps_it(tmp_path: Path) -> None:
    """Publishing replaces the file at once: an open file stays whole, the next one opened is new."""
    target = published(tmp_path)
    with target.open("rb") as old:
        before = os.fstat(old.fileno()).st_ino
        target.with_name(target.name + ".wal").write_bytes(b"left by a tool")
        publish(tmp_path, target)
        assert os.fstat(old.fileno()).st_ino == before != target.stat().st_ino
        assert len(old.read()) > 0
    assert run_query(target, "select count(*) as n from runs")["n"].item() == 1
    assert not target.with_name(target.name + ".wal").exists()


def test_questions_that_cannot_be_answered(tmp_path: Path) -> None:
    """A fault in a question is a sentence; so is a home without a published copy, and nobody may write."""
    target = published(tmp_path)
    with pytest.raises(QueryError, match="nowhere"):
        run_query(target, "from nowhere")
    with pytest.raises(QueryError, match="read-only"):
        run_query(target, "delete from runs")
    with pytest.raises(NothingPublishedError, match="runmood nightly"):
        run_query(tmp_path / "none.duckdb", "from runs")
    assert isinstance(run_query(target, "from points"), pl.DataFrame)


def test_where_no_database_can_be_made_anew_a_sentence_says_so(tmp_path: Path) -> None:
    """A damaged one is kept aside; on a disk that takes nothing more, the next cannot be begun."""
    resource = pytest.importorskip("resource", reason="Windows has no such limits")
    path = tmp_path / "runmood.duckdb"
    path.write_bytes(b"damaged")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, limit[1]))
    try:
        with pytest.raises(UserError, match=re.escape(str(path))):
            connect(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert [kept.read_bytes() for kept in tmp_path.iterdir() if kept != path] == [b"damaged"]
