"""A night writes what it changes; what is there afterwards is what a database made anew from the same would hold."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import duckdb
import pytest
from drawn import rows
from warehouse.store import BATCH, check_in, file_of, open_store, plan

from runmood.core.recordings import Decisions, HeartSettings
from runmood.schema.tables import RUNS
from runmood.warehouse import ddl
from runmood.warehouse.database import DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from runmood.warehouse.file_rows import FileRead
    from runmood.warehouse.writer import Warehouse

FILES = rows("""
    | file  | begins           | minutes | km | heart times    |
    | a.fit | 2025-05-01 07:00 | 30      | 5  | 140:20 160:10  |
    | b.fit | 2025-05-03 07:00 | 50      | 9  | 150:50         |
    | c.fit | 2025-05-03 07:40 | 60      | 11 |                |
    | d.fit | 2025-05-09 18:00 | 40      | 8  | 155:40         |
""")
SAID = rows("""
    | felt             | kind      | mood | effort | tags |
    | 2025-05-01 08:00 | after-run | 7    | 6      | easy |
    | 2025-05-03 20:00 | evening   | 6    |        |      |
    | 2025-05-08 20:00 | evening   | 4    |        |      |
    | 2025-05-02 20:00 | evening   | 5    |        |      |
""")
PLANS = rows("""
    | day        | planned |
    | 2025-05-02 | run     |
    | 2025-05-06 | rest    |
""")
# What each night finds: how many files, check-ins and plans there are, the day, what was decided, a highest heart rate.
APART = Decisions(same_run={("b.fit", "c.fit"): False})
NIGHTS = [
    (3, 2, 1, "2025-05-05", Decisions(), None),
    (3, 2, 1, "2025-05-06", Decisions(), None),  # the day moved
    (3, 2, 2, "2025-05-08", APART, 190.0),
    (4, 4, 2, "2025-05-10", APART, 190.0),  # a file, a word on a day long ago
    (4, 2, 0, "2025-05-11", Decisions(is_run={"content of a.fit": False}), None),  # much is taken back
]


def given(files: int) -> list[FileRead]:
    """The first so many files."""
    return [file_of(row) for row in FILES[:files]]


def join(store: Warehouse, night: tuple[int, int, int, str, Decisions, float | None]) -> None:
    """Make what a night finds."""
    _, said, plans, day, decided, heart_max = night
    frames = {"check_ins": [check_in(row) for row in SAID[:said]], "plans": [plan(row) for row in PLANS[:plans]]}
    store.build_tables(frames, decided, HeartSettings(heart_max), dt.date.fromisoformat(day))


def contents(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that is built, in the order in which it stands, and the comments on all columns."""
    with duckdb.connect(folder / DATABASE, read_only=True) as stored:
        told = stored.execute("select table_name, column_name, comment from duckdb_columns() where not internal")
        comments = sorted(told.fetchall(), key=str)
        return {table.name: stored.execute(f"from {table.name}").fetchall() for table in ddl.REPLACED} | {"": comments}


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Warehouse]:
    """A database in which nights follow each other."""
    with open_store(tmp_path / "kept") as store:
        yield store


def test_each_night_comes_to_the_rows_of_a_database_made_anew(tmp_path: Path) -> None:
    """A new day, a file, late words, decisions and what is taken back: the same rows, in the same order."""
    kept = tmp_path / "kept"
    for number, night in enumerate(NIGHTS):
        with open_store(kept) as store:
            store.save(BATCH, given(night[0]))
            join(store, night)
        anew = tmp_path / f"anew-{number}"
        with open_store(anew) as store:
            store.save(BATCH, given(night[0]))
            join(store, night)
        assert contents(kept) == contents(anew), night


def test_runs_are_built_where_something_else_is_known_of_them(
    stored: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of a run follows from the day; each decision, file, word and highest heart rate has them built once."""
    built: list[object] = []
    real = ddl.build
    monkeypatch.setattr(ddl, "build", lambda connection, table: (built.append(table), real(connection, table)))
    decided = [
        Decisions(), APART, Decisions(tags={"b.fit": ("long",)}), Decisions(files=("c.fit",)),
        Decisions(is_run={"content of a.fit": False}), Decisions(distances={"b.fit": 7000.0}),
    ]  # fmt: skip
    nights = [(3, 2, 1, "2025-05-05", each, None) for each in decided]
    nights += [(3, 2, 1, "2025-05-05", Decisions(), 190.0), (3, 3, 1, "2025-05-05", Decisions(), 190.0)]
    nights += [(4, 3, 1, "2025-05-05", Decisions(), 190.0)]
    for night in nights:
        stored.save(BATCH, given(night[0]))
        built.clear()
        join(stored, night)
        assert RUNS in built, night
    built.clear()
    join(stored, (*night[:3], "2025-05-06", *night[4:]))
    assert RUNS not in built


def test_a_database_does_not_grow_with_the_nights(stored: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nights and imports delete and write again takes no more places than twice its rows, and all rows stay."""
    monkeypatch.setattr(ddl, "FEW_ROWS", 0)
    for number in range(6):
        stored.save(BATCH, given(4), anew=True)
        join(stored, (4, 2 + number % 3, number % 3, "2025-05-10", APART, None))
    assert stored.table("recordings").height == len(given(4))
    for table in (*ddl.REPLACED, *ddl.FILE_TABLES):
        places = stored.frame(f"select coalesce(max(rowid) + 1, 0) as places, count(*) as n from {table.name}")  # noqa: S608 - ours
        assert places["places"].item() <= 2 * places["n"].item(), table.name
