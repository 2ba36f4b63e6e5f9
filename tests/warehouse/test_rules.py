"""What a column may hold can change between versions without anything being read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
from drawn import rows
from warehouse.store import BATCH, file_of, open_store

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

RUN = rows("""
    | file | begins           | minutes | km |
    | a    | 2025-05-01 07:00 | 60      | 10 |
""")[0]


def recordings(work: Path) -> list[tuple[str]]:
    """Return the ids of the recordings in the writer's database."""
    with duckdb.connect(work / "runmood.duckdb", read_only=True) as connection:
        return connection.execute("select recording_id from recordings").fetchall()


def checks(work: Path) -> int:
    """Return the number of checks on the recordings."""
    with duckdb.connect(work / "runmood.duckdb", read_only=True) as connection:
        query = (
            "select count(*) from duckdb_constraints() where table_name = 'recordings' and constraint_type = 'CHECK'"
        )
        return int(connection.execute(query).fetchall()[0][0])


def test_other_rules_keep_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database with the checks of an older version gets those of today, and every row stays."""
    with monkeypatch.context() as older:
        older.setattr("runmood.warehouse.writer.rules_fingerprint", lambda: "older")
        older.setattr("runmood.warehouse.ddl._constraints", lambda _: "")
        with open_store(tmp_path) as store:
            store.save(BATCH, [file_of(RUN)])
    assert (checks(tmp_path), recordings(tmp_path)) == (0, [("a",)])
    with open_store(tmp_path):
        pass
    assert checks(tmp_path) > 0
    assert recordings(tmp_path) == [("a",)]


def test_rows_that_break_the_rules_of_today_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a row holds what may no longer be held, all is forgotten, to be read again."""
    with monkeypatch.context() as older:
        older.setattr("runmood.warehouse.writer.rules_fingerprint", lambda: "older")
        older.setattr("runmood.warehouse.ddl._constraints", lambda _: "")
        with open_store(tmp_path) as store:
            store.save(BATCH, [file_of(RUN)])
    with duckdb.connect(tmp_path / "runmood.duckdb") as connection:
        connection.execute("update recordings set zone_source = 'stars'")
    with open_store(tmp_path):
        pass
    assert recordings(tmp_path) == []
