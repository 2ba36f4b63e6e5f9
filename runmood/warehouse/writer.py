"""The writer's database: files that were read, the journal, and all that is built from them.

Only the process that holds the home's lock opens it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Self

import duckdb

from runmood.core.catalogue import DEFAULT
from runmood.core.enums import ImportOutcome
from runmood.core.files import PRIVATE_FOLDER
from runmood.core.i18n import translator
from runmood.core.recordings import FileStat
from runmood.schema import rules_fingerprint, schema_fingerprint
from runmood.schema.tables import FINDINGS, IMPORTS, NIGHTS, NOTICES, RECORDINGS, SENSITIVITY, SOURCE_FILES
from runmood.warehouse import database, ddl, points, transform, vanished
from runmood.warehouse.database import DATABASE
from runmood.warehouse.file_rows import FileRead, Recording, notice_rows, source_row
from runmood.warehouse.known_files import KnownFiles
from runmood.warehouse.transform import NOTHING_SAID, UNDECIDED, UNSET, BuildMetadata

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.core.notices import Notice
    from runmood.core.recordings import Decisions, HeartSettings
    from runmood.schema.types import Table
    from runmood.warehouse.transform import Rows


JOURNAL = "journal/journal.jsonl"  # the file of its notices
NO_SENSITIVITY = SENSITIVITY.empty()


class Warehouse:
    """The writer's database, open from the beginning of a `with` block to its end.

    Args:
        work: The folder of the database.
        points: The folder of the Parquet files; see `warehouse.points`.
        say: Speaks the sentences that are written down; English if left out.

    Raises:
        DamagedDatabaseError: On leaving the block, where the file was damaged; it has been kept aside.
        UserError: On leaving the block, where the disk was full.
    """

    def __init__(self, work: Path, points: Path, say: Translator | None = None) -> None:
        self._points = points
        self._say = say or translator(DEFAULT, "metric")
        self._work = work
        if not points.is_dir():
            if not points.is_symlink():
                points.unlink(missing_ok=True)
            points.mkdir(mode=PRIVATE_FOLDER)  # not those above it: a home that was deleted meanwhile stays deleted
        self._had_no_points = not any(points.glob("*.parquet"))
        self._connection = database.connect(work / DATABASE, self._prepare, (work, points))
        self.files = KnownFiles(self._connection, points)

    def _prepare(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make the tables of this version.

        Where another version made them, all is forgotten, to be read and made again; where only the values that a
        column may hold have changed, the rows stay.
        """
        connection.execute("set timezone = 'UTC'")
        connection.execute(ddl.load_sql("macros"))
        self.metadata = BuildMetadata(connection)
        written = (*ddl.FILE_TABLES, *ddl.JOURNAL_TABLES, *ddl.FINDING_TABLES)
        if self.metadata.get("tables") == schema_fingerprint() and self._renew_rules(connection, written):
            return
        with database.transaction(connection):
            for table in written:
                ddl.create(connection, table)
            self.metadata.forget_all()
            self.metadata.put("tables", schema_fingerprint())
            self.metadata.put("rules", rules_fingerprint())

    def _renew_rules(self, connection: duckdb.DuckDBPyConnection, written: tuple[Table, ...]) -> bool:
        """Put the checks of today on tables with rows; return whether the rows keep them."""
        if self.metadata.get("rules") == rules_fingerprint():
            return True
        try:
            with database.transaction(connection):
                for table in written:
                    ddl.renew(connection, table)
                self.metadata.put("rules", rules_fingerprint())
        except duckdb.ConstraintException:
            return False
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> None:
        self._connection.close()
        database.translate_errors(self._work / DATABASE, fault)

    def restamp(self, name: str, stamp: FileStat) -> None:
        """Note size and time of a file whose content is known."""
        query = "update source_files set bytes = $2, modified_at = $3 where file_name = $1"
        self._connection.execute(query, [name, stamp.bytes, stamp.modified_at])

    def save(self, batch: str, files: list[FileRead], *, anew: bool = False) -> None:
        """Save files with all that was read from them, in one transaction; to save them twice changes nothing.

        Args:
            batch: The import that they belong to.
            files: The files.
            anew: Whether they were read before and may hold less now: what stood of them goes first.
        """
        recordings = [recording for file in files for recording in file.recordings]
        batches = self._batches([file.name for file in files if file.again])
        self._write_points(recordings, by_month=self._had_no_points and not anew)
        rows = {
            SOURCE_FILES: [source_row(self._say, file, batches.get(file.name, batch)) for file in files],
            NOTICES: [
                row
                for file in files
                for row in notice_rows(self._say, file.name, file.notices, batches.get(file.name, batch))
            ],
            RECORDINGS: [recording.row for recording in recordings],
            NIGHTS: [row for file in files for row in file.nights],
            **{
                table: [row for recording in recordings for row in getattr(recording, table.name)]
                for table in ddl.RECORDING_PARTS
            },
        }
        names = [file.name for file in files]
        with database.transaction(self._connection):
            if anew:
                hashes = [file.content_hash for file in files]
                for table in (RECORDINGS, NIGHTS):
                    self._connection.execute(f"delete from {table.name} where content_hash = any(?)", [hashes])  # noqa: S608 - the name is from the schema
                self._connection.execute(ddl.load_sql("replaced_files"))
            self._connection.execute(
                "delete from notices where file_name = any(?::json::varchar[])", [ddl.as_list(names)]
            )
            for table, its_rows in rows.items():
                ddl.insert(self._connection, table, table.frame(its_rows))
            self._connection.execute(ddl.load_sql("replaced_files"))

    def _batches(self, names: list[str]) -> dict[str, str]:
        """Return the imports that saw these files first."""
        if not names:
            return {}
        query = "select file_name, batch from source_files where file_name = any(?)"
        return dict(self._connection.execute(query, [names]).fetchall())

    def batches(self) -> pl.DataFrame:
        """Return every import, the last one last, with how many of its files still are a run."""
        return self.frame(ddl.load_sql("batches"))

    def has_batch(self, batch: str) -> bool:
        """Return whether an import of this name has begun."""
        query = "select exists (from source_files where batch = $1) or exists (from imports where batch = $1)"
        return self._connection.execute(query, [batch]).fetchone() == (True,)

    def files_only_in_batch(self, batch: str) -> list[str]:
        """Return the contents that an import brought and no other import has."""
        return self.frame(ddl.load_sql("files_only_in_batch").replace("{batch}", batch))["content_hash"].to_list()

    def set_aside(self, hashes: Iterable[str], notice: Notice) -> int:
        """Set files of these contents aside; the runs that only they recorded are gone.

        Returns:
            How many files that were.
        """
        found = "select batch, file_name, bytes, modified_at, content_hash from source_files"
        rows = self._connection.execute(f"{found} where content_hash = any(?)", [list(hashes)]).fetchall()
        for batch in {row[0] for row in rows}:
            skipped = [
                FileRead(name, FileStat(size, at), ImportOutcome.SKIPPED, content, notices=(notice,))
                for its_batch, name, size, at, content in rows
                if its_batch == batch
            ]
            self.save(batch, skipped)
        return len(rows)

    def forget(self, hashes: Iterable[str]) -> None:
        """Forget the files of these contents and the archives they lie in: the next import takes them for new."""
        self._connection.execute(ddl.load_sql("removed_files"), [list(hashes)])

    def forget_names(self, names: Collection[str]) -> None:
        """Forget files that held nothing and are there no more, with what was told of them."""
        for table in (SOURCE_FILES, NOTICES):
            self._connection.execute(f"delete from {table.name} where file_name = any(?)", [list(names)])  # noqa: S608 - the name is from the schema

    def keep_vanished(self, published: Path, left_out: Collection[str]) -> int:
        """Keep the recordings of files that the inbox has no more, as the last publication held them.

        Args:
            published: The last publication.
            left_out: Contents that the person took back.

        Returns:
            How many files were kept.
        """
        gone = vanished.vanished_files(self._connection, published, left_out)
        return vanished.keep_recordings(self._connection, published, gone)

    def forget_stale(self, versions: Mapping[str, int]) -> int:
        """Forget the files of each format whose reader has another version now.

        Where a format is new since the last reading, the files that no reader had accepted are forgotten as well: they
        may be of that format.

        Args:
            versions: The readers' versions by format.

        Returns:
            How many contents were forgotten.
        """
        noted = self.metadata.get("formats")
        hashes = self._connection.execute(
            ddl.load_sql("stale_files"),
            {
                "formats": ddl.as_list(versions),
                "versions": ddl.as_list(versions.values()),
                "is_format_new": noted is not None and not set(versions) <= set(noted.split()),
            },
        ).fetchall()
        if hashes:
            self.forget(content_hash for (content_hash,) in hashes)
            self._reopen_reading()
        return len(hashes)

    def forget_lost_points(self) -> int:
        """Delete files of points that cannot be read, and forget the contents whose points stood there.

        Returns:
            How many contents were forgotten.
        """
        damaged = points.remove_damaged(self._points)
        if not damaged:
            return 0
        lost = self._connection.execute(ddl.load_sql("points_lost"), {"files": ddl.as_list(damaged)}).fetchall()
        self.forget(content_hash for (content_hash,) in lost)
        self._reopen_reading()
        return len(lost)

    def note_reading(self, formula: str, versions: Mapping[str, int]) -> None:
        """Note by which formula, and with which formats, the whole inbox has been read."""
        self.metadata.put("reading", formula)
        self.metadata.put("formats", " ".join(sorted(versions)))

    def _reopen_reading(self) -> None:
        """Note that the inbox is not read to its end, so that a reading that is stopped goes on at the next."""
        self.metadata.remove("reading")

    def forget_all(self) -> None:
        """Forget every file, so that the next import takes it for new; what was built stays until it is built again."""
        for table in ddl.FILE_TABLES:
            self._connection.execute(f"delete from {table.name}")  # noqa: S608 - the name is from the schema
        self._reopen_reading()

    def close_batch(self, batch: str, imported_at: dt.datetime, source: str) -> dict[str, int]:
        """Return how many files of an import had which outcome; it is written down unless nothing was new."""
        found = self.frame(ddl.load_sql("import_counts")).filter(batch=batch).drop("batch")
        counts = dict.fromkeys(found.columns, 0) | (found.row(0, named=True) if found.height else {})
        if counts["files"]:
            row = {"batch": batch, "imported_at": imported_at, "source": source, **counts}
            ddl.insert(self._connection, IMPORTS, IMPORTS.frame([row]))
        return counts

    def build_tables(
        self,
        said: Mapping[str, Rows] = NOTHING_SAID,
        decisions: Decisions = UNDECIDED,
        heart: HeartSettings = UNSET,
        today: dt.date = dt.date.max,
        awaited: Collection[dt.date] = (),
    ) -> None:
        """Build runs, days and all that follows from every recording and the journal, in one transaction.

        Args:
            said: The rows of the journal by the name of their table, the days of a plan under `plans`.
            decisions: What the person decided of recordings, which goes before what they look like.
            heart: The person's own highest heart rate and zones.
            today: The day after which nothing counts yet.
            awaited: The days of files that wait outside the inbox.
        """
        self._tidy_points(today)
        with database.transaction(self._connection):
            ddl.drop_deleted(self._connection, (*ddl.FILE_TABLES, *ddl.FINDING_TABLES))
            self._make_replaced()
            self._write_journal(said)
            transform.register_journal(self._connection, said, decisions)
            transform.register_heart_settings(self._connection, heart)
            transform.register_today(self._connection, today)
            transform.register_unread_days(self._connection, awaited)
            ddl.build(self._connection, "run_recordings")
            if self.metadata.get("runs") != transform.hash_run_inputs(self._connection):
                transform.build_runs(self._connection, self._points, decisions)
                self.metadata.put("runs", transform.hash_run_inputs(self._connection))
            transform.build_days(self._connection)
            self._count_imports()
            self._make_views()

    def _count_imports(self) -> None:
        """Count the files of each import as they stand now."""
        query = ddl.load_sql("imports").replace("{counts}", ddl.load_sql("import_counts"))
        ddl.replace(self._connection, IMPORTS, IMPORTS.of(self.frame(query)))

    def _make_replaced(self) -> None:
        """Create the tables that are made anew each time, unless they are there as they are declared today."""
        if self._execute_once("replaced", [each for table in ddl.REPLACED for each in ddl.table_statements(table)]):
            self.metadata.put("runs", "")
            self.metadata.put("journal", "")

    def _write_journal(self, said: Mapping[str, Rows]) -> None:
        """Write the journal's rows, unless they are those that were written last: most nights nothing is new."""
        meant = transform.journal_inputs(said)
        if self.metadata.get("journal") != meant:
            transform.write_journal(self._connection, said)
            self.metadata.put("journal", meant)

    def _make_views(self) -> None:
        """Create the views and the table of the schema's version, unless they are there as they are meant today."""
        views = ddl.view_statements(self._connection, self._points.resolve())
        self._execute_once("views", [*views, *ddl.version_statements()])

    def _execute_once(self, name: str, statements: list[str]) -> bool:
        """Execute statements, unless the notes say that these were executed last: comments take a tenth of a second.

        Returns:
            Whether they were executed.
        """
        meant = hashlib.sha256("\n".join(statements).encode()).hexdigest()
        if self.metadata.get(name) == meant:
            return False
        for statement in statements:
            self._connection.execute(statement)
        self.metadata.put(name, meant)
        return True

    def _tidy_points(self, today: dt.date) -> None:
        """Gather the points of months that are over, and remove those of recordings that are no more."""
        months, now = points.months_of(self._connection), f"{today:%Y-%m}"
        meant = hashlib.sha256(f"{now} {months}".encode()).hexdigest()
        if self.metadata.get("points") != meant or not points.are_merged(self._points, months, now):
            points.merge_months(self._points, self._work, months, now)
            self.metadata.put("points", meant)

    def last_run_ended_at(self) -> dt.datetime | None:
        """Return when the last run ended; null without runs."""
        row = self._connection.execute("select max(ended_at) from runs").fetchone()
        return row[0] if row else None

    def day_to_ask(self, today: dt.date) -> dt.date | None:
        """Return the latest planned run of the two weeks before a day that no file holds; null where there is none."""
        row = self._connection.execute(ddl.load_sql("day_to_ask"), [today]).fetchone()
        return row[0] if row else None

    def note_journal(self, notices: tuple[Notice, ...]) -> None:
        """Save notices on lines of the journal that cannot be read, instead of those of another night."""
        self._connection.execute("delete from notices where batch is null")
        rows = notice_rows(self._say, JOURNAL, notices, None)
        ddl.insert(self._connection, NOTICES, NOTICES.frame(rows))

    def save_findings(
        self, findings: pl.DataFrame, sensitivity: pl.DataFrame = NO_SENSITIVITY, since: dt.date | None = None
    ) -> None:
        """Replace the answers of the nights from `since` on, or of all, and note what they were made of.

        Args:
            findings: One row a question and night.
            sensitivity: What the latest answer would be under other rules.
            since: The first night that was answered again.
        """
        with database.transaction(self._connection):
            self._connection.execute("delete from findings where $1 is null or night >= $1", [since])
            ddl.insert(self._connection, FINDINGS, findings)
            ddl.replace(self._connection, SENSITIVITY, sensitivity)
            self.metadata.mark_evaluated()

    def seen_before(self, night: dt.date) -> pl.DataFrame:
        """Return what was seen on earlier nights, and since when: one row a question and beginning."""
        seen = f"select distinct since, question from findings where night < date '{night}' and since is not null"  # noqa: S608 - a date
        return self.frame(seen)

    def table(self, name: str) -> pl.DataFrame:
        """Return a table as a checked frame, in order of its key."""
        return ddl.select(self._connection, ddl.BY_NAME[name])

    def frame(self, query: str) -> pl.DataFrame:
        """Return the answer to a query."""
        return ddl.frame_of(self._connection, query)

    def _write_points(self, recordings: Iterable[Recording], *, by_month: bool) -> None:
        """Write the points of recordings, at a first import into the files of their months."""
        if by_month:
            self.metadata.put("points", "")  # where they are not saved after all, the next night takes them out
        named = {str(each.row["recording_id"]): (f"{each.row['local_date']:%Y-%m}", each.points) for each in recordings}
        points.write_recordings(self._points, self._work, named, by_month=by_month)
