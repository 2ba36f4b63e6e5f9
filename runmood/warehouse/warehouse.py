"""The writer's database: only the process that holds the home's lock opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import duckdb

from runmood.terms import columns
from runmood.terms.records import Stamp
from runmood.warehouse import tables
from runmood.warehouse.ledger import JOURNAL, notice_rows, source_row

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    import polars as pl

    from runmood.terms.frames import Table
    from runmood.terms.notices import Notice
    from runmood.warehouse.ledger import FileRead, Recording

DATABASE = "runmood.duckdb"
NO_NETWORK = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}


class Warehouse:
    """Everything read and said, in tables."""

    def __init__(self, work: Path, points: Path) -> None:
        self._points = points
        self._work = work
        points.mkdir(parents=True, exist_ok=True)
        self._connection = duckdb.connect(work / DATABASE, config=dict(NO_NETWORK))
        self._connection.execute("set timezone = 'UTC'")
        tables.create(self._connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def stamps(self) -> set[tuple[str, Stamp]]:
        """Every file in the ledger as it was on disk when it was read."""
        rows = self._connection.execute("select file_name, bytes, modified_at from source_files").fetchall()
        return {(name, Stamp(size, modified_at)) for name, size, modified_at in rows}

    def known_as(self, content_hash: str, name: str) -> str | None:
        """The name of another file that brought this content first; None for a new content."""
        query = "select file_name from source_files where content_hash = ? and outcome <> 'known' and file_name <> ?"
        row = self._connection.execute(query, [content_hash, name]).fetchone()
        return row[0] if row else None

    def save(self, batch: str, files: list[FileRead]) -> None:
        """Files with all that they tell, in one transaction; saying it twice changes nothing."""
        recordings = [recording for file in files for recording in file.recordings]
        for recording in recordings:
            self._write_points(recording)
        rows = {
            columns.SOURCE_FILES: [source_row(file, batch) for file in files],
            columns.NOTICES: [row for file in files for row in notice_rows(file.name, file.notices, batch)],
            columns.RECORDINGS: [recording.row for recording in recordings],
            columns.LAPS: [lap for recording in recordings for lap in recording.laps],
        }
        self._connection.begin()
        for table, its_rows in rows.items():
            tables.insert(self._connection, table, table.frame(its_rows))
        self._connection.execute(tables.sql("replaced_files"))
        self._connection.commit()

    def close_batch(self, batch: str, imported_at: dt.datetime, source: str) -> dict[str, int]:
        """What one import came to, by outcome; written down unless nothing was new."""
        counts = self.frame(tables.sql("batch").replace("{batch}", batch)).row(0, named=True)
        if counts["files"]:
            row = {"batch": batch, "imported_at": imported_at, "source": source, **counts}
            tables.insert(self._connection, columns.IMPORTS, columns.IMPORTS.frame([row]))
        return counts

    def join(self, check_ins: list[dict[str, object]], plans: list[dict[str, object]]) -> None:
        """Runs, days and weeks, from every recording and everything said, in one transaction."""
        self._connection.begin()
        self._replace(columns.CHECK_INS, columns.CHECK_INS.frame(check_ins))
        self._replace(columns.PLANS, columns.PLANS.frame(plans))
        tables.join(self._connection)
        for view in tables.VIEWS:
            tables.create_view(self._connection, view, str(self._points.resolve()))
        self._connection.commit()

    def note_journal(self, notices: tuple[Notice, ...]) -> None:
        """The lines of the journal that cannot be read tonight, instead of those of another night."""
        self._connection.execute("delete from notices where batch is null")
        rows = notice_rows(JOURNAL, notices, None)
        tables.insert(self._connection, columns.NOTICES, columns.NOTICES.frame(rows))

    def save_findings(self, findings: pl.DataFrame) -> None:
        """The answers of all nights, instead of those that stood there."""
        self._connection.begin()
        self._replace(columns.FINDINGS, findings)
        self._connection.commit()

    def table(self, name: str) -> pl.DataFrame:
        """A table as a checked frame, in order of its key."""
        return tables.select(self._connection, tables.BY_NAME[name])

    def frame(self, query: str) -> pl.DataFrame:
        """The answer to a query."""
        return tables.frame_of(self._connection, query)

    def _replace(self, table: Table, frame: pl.DataFrame) -> None:
        self._connection.execute(f"delete from {table.name}")  # noqa: S608 - the name is from terms
        tables.insert(self._connection, table, frame)

    def _write_points(self, recording: Recording) -> None:
        """The points under their recording's name: written aside and renamed, so that no half file is ever seen."""
        name = f"{recording.row['recording_id']}.parquet"
        recording.points.write_parquet(self._work / name)
        (self._work / name).replace(self._points / name)
