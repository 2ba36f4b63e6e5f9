"""What is published holds what counts, and no word that was taken back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import duckdb
import pytest

from runmood.core.checkins import CheckIn, EntryDeleted, NewEntry
from runmood.core.errors import UserError
from runmood.journal.codec import id_of
from runmood.journal.store import append
from runmood.schema.tables import RUNS
from runmood.warehouse.database import DATABASE, DamagedDatabaseError, translate_errors
from runmood.warehouse.publish import TableDiff, compare
from runmood.warehouse.queries import OpenCopy, run_query
from runmood.workflow import steps

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.home.home import Home


SECRET = "Xylophonquark" * 20  # no word of anything else
AT = dt.datetime(2026, 5, 4, 21, tzinfo=dt.UTC)


def holds(path: Path, word: str) -> bool:
    """Whether the bytes of a file hold a word."""
    return word.encode() in path.read_bytes()


def test_a_note_that_was_deleted_is_gone_from_what_is_handed_out(empty_home: Home) -> None:
    """The published copy is searched byte by byte: nothing of a deleted note is left, and all else is there."""
    secret = NewEntry(AT, CheckIn(AT, "evening", 5, note=SECRET))
    later = AT + dt.timedelta(hours=1)
    append(empty_home.journal, [secret, NewEntry(later, CheckIn(later, "evening", 6, note="calm"))])
    steps.run_pipeline(empty_home, AT.date())
    assert run_query(empty_home.published, "from check_ins").height == 2
    append(empty_home.journal, [NewEntry(later, EntryDeleted(id_of(secret)))])
    steps.run_pipeline(empty_home, AT.date())
    assert run_query(empty_home.published, "select note from check_ins").rows() == [("calm",)]
    assert not holds(empty_home.published, SECRET[:13])
    assert not empty_home.published.with_name("runmood.duckdb.wal").exists()


def test_an_older_duckdb_opens_the_copy(empty_home: Home) -> None:
    """What is published is stored as DuckDB 1.0 and 1.1 read it; the writer's own as is smallest."""
    append(empty_home.journal, [NewEntry(AT, CheckIn(AT, "evening", 5))])
    steps.run_pipeline(empty_home, AT.date())
    assert [reads_in_older_version(path) for path in (empty_home.published, empty_home.work / DATABASE)] == [
        True,
        False,
    ]


def reads_in_older_version(path: Path) -> bool:
    """Whether a database is stored as DuckDB 1.0 and 1.1 read it."""
    with duckdb.connect(path, read_only=True) as database:
        tags = database.execute("select tags from duckdb_databases() where not internal").fetchone()
    return tags is not None and tags[0]["storage_version"].startswith("v1.0")


def test_a_copy_kept_open_is_never_an_old_one(empty_home: Home) -> None:
    """After each publication every question is answered from the new copy, and without one there is none."""
    copy = OpenCopy()
    assert copy.refresh(empty_home.published) is None
    publications = set()
    for count in (1, 2, 3):
        at = AT + dt.timedelta(minutes=count)
        append(empty_home.journal, [NewEntry(at, CheckIn(at, "evening", 5))])
        steps.run_pipeline(empty_home, AT.date())
        publications.add(copy.refresh(empty_home.published))
        assert run_query(empty_home.published, "from check_ins").height == count
    assert len(publications) == 3
    empty_home.published.unlink()
    assert copy.refresh(empty_home.published) is None


def test_a_copy_in_order_is_replaced_and_not_kept_aside(empty_home: Home) -> None:
    """Only one that cannot be opened is kept, for whoever wants to look at it."""
    for count in (1, 2, 3):
        at = AT + dt.timedelta(minutes=count)
        append(empty_home.journal, [NewEntry(at, CheckIn(at, "evening", 5, note="a note" * count))])
        steps.run_pipeline(empty_home, AT.date())
    assert list(empty_home.root.glob("*.damaged-*")) == []
    empty_home.published.write_bytes(b"rubbish")
    append(empty_home.journal, [NewEntry(AT, CheckIn(AT, "evening", 6))])
    steps.run_pipeline(empty_home, AT.date())
    assert len(list(empty_home.root.glob("*.damaged-*"))) == 1


def test_what_somebody_put_into_a_database_reads_no_other_file(tmp_path: Path) -> None:
    """A view in the place of a table, in a copy that came with a backup, counts as no table, and is not asked."""
    secret, before, after = tmp_path / "secret.csv", tmp_path / "before.duckdb", tmp_path / "after.duckdb"
    secret.write_text("run_id\nmine\nmine too\n", encoding="utf-8")
    with duckdb.connect(before) as made:
        made.execute(f"create view runs as from read_csv('{secret}')")
    with duckdb.connect(after) as made:
        made.execute("create table runs as select 'mine' as run_id")
    assert compare(before, after, [RUNS]) == [TableDiff("runs", 1, 0, 0)]


@pytest.mark.parametrize(
    ("fault", "told", "kept"),
    [
        ("FATAL Error: Failed to delete all rows from index.", DamagedDatabaseError, False),
        ("FATAL Error: Failed to write: No space left on device", UserError, True),
    ],
)
def test_a_database_that_duckdb_gives_up_is_made_again(
    tmp_path: Path, fault: str, told: type[UserError], kept: bool
) -> None:
    """Where index and rows do not agree it is kept aside; a full disk or a fault in the code is another matter."""
    path = tmp_path / DATABASE
    duckdb.connect(path).close()
    translate_errors(path, duckdb.BinderException("a fault in the code"))
    with pytest.raises(told):
        translate_errors(path, duckdb.FatalException(fault))
    assert path.exists() is kept
