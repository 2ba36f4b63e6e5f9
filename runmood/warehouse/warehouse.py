"""The writer's database: only the process that holds the home's lock opens it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Self

import duckdb
import polars as pl

from runmood.terms import columns
from runmood.terms.records import Stamp
from runmood.warehouse import matching, tables
from runmood.warehouse.ledger import JOURNAL, FileRead, notice_rows, source_row

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from runmood.terms.frames import Table
    from runmood.terms.notices import Notice
    from runmood.warehouse.ledger import Recording

Pair = tuple[str, str]
Rows = list[dict[str, object]]
NOTHING_DECIDED: Mapping[Pair, bool] = MappingProxyType({})
DECIDED = pl.Schema({"one": pl.String(), "other": pl.String(), "same_run": pl.Boolean()})
GROUPED = pl.Schema({"recording_id": pl.String(), "first_id": pl.String()})
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

    def unopened(self) -> set[tuple[str, Stamp]]:
        """Those of the files that could not be opened, which may have changed without a trace in size or time."""
        query = "select file_name from notices where code = 'cannot-open'"
        names = {name for (name,) in self._connection.execute(query).fetchall()}
        return {(name, stamp) for name, stamp in self.stamps() if name in names}

    def known_as(self, hashes: dict[str, str]) -> dict[str, str]:
        """For each file name with its content's hash, the name of another file that brought the content before."""
        query = "select content_hash, file_name from source_files where outcome <> 'known' and content_hash = any(?)"
        brought: dict[str, list[str]] = {}
        for content_hash, name in self._connection.execute(query, [list(set(hashes.values()))]).fetchall():
            brought.setdefault(content_hash, []).append(name)
        others = {name: sorted({*brought.get(content, ())} - {name}) for name, content in hashes.items()}
        return {name: found[0] for name, found in others.items() if found}

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
        names = [file.name for file in files]
        self._connection.execute("delete from notices where file_name = any(?)", [names])
        for table, its_rows in rows.items():
            tables.insert(self._connection, table, table.frame(its_rows))
        self._connection.execute(tables.sql("replaced_files"))
        self._connection.commit()

    def batches(self) -> pl.DataFrame:
        """Every import, the last one last, with how many of its files still are a run."""
        return self.frame(tables.sql("batches"))

    def has_batch(self, batch: str) -> bool:
        """Whether an import of this name has begun."""
        query = "select exists (from source_files where batch = $1) or exists (from imports where batch = $1)"
        return self._connection.execute(query, [batch]).fetchone() == (True,)

    def brought_only_by(self, batch: str) -> list[str]:
        """The contents that an import brought and no other import has."""
        return self.frame(tables.sql("brought_only_by").replace("{batch}", batch))["content_hash"].to_list()

    def set_aside(self, hashes: Iterable[str], notice: Notice) -> int:
        """How many files of these contents were set aside; the runs that only they told of are gone."""
        found = "select batch, file_name, bytes, modified_at, content_hash from source_files"
        rows = self._connection.execute(f"{found} where content_hash = any(?)", [list(hashes)]).fetchall()
        for batch in {row[0] for row in rows}:
            its = [row[1:] for row in rows if row[0] == batch]
            aside = [
                FileRead(name, Stamp(size, at), "set aside", content, notices=(notice,))
                for name, size, at, content in its
            ]
            self.save(batch, aside)
        return len(rows)

    def forget(self, hashes: Iterable[str]) -> None:
        """Files of these contents, and the archives they lie in, are taken for new by the next import."""
        self._connection.execute(tables.sql("forgotten_files"), [list(hashes)])

    def close_batch(self, batch: str, imported_at: dt.datetime, source: str) -> dict[str, int]:
        """What one import came to, by outcome; written down unless nothing was new."""
        counts = self.frame(tables.sql("batch").replace("{batch}", batch)).row(0, named=True)
        if counts["files"]:
            row = {"batch": batch, "imported_at": imported_at, "source": source, **counts}
            tables.insert(self._connection, columns.IMPORTS, columns.IMPORTS.frame([row]))
        return counts

    def join(self, check_ins: Rows, plans: Rows, decided: Mapping[Pair, bool] = NOTHING_DECIDED) -> None:
        """Runs, days and weeks, from every recording and everything said, in one transaction.

        `decided` says of two recordings whether they are one run, and goes before what they look like.
        """
        self._connection.begin()
        self._replace(columns.CHECK_INS, columns.CHECK_INS.frame(check_ins))
        self._replace(columns.PLANS, columns.PLANS.frame(plans))
        self._match(decided)
        for table in tables.JOINED[1:]:
            tables.join(self._connection, table)
        for view in tables.VIEWS:
            tables.create_view(self._connection, view, str(self._points.resolve()))
        self._connection.commit()

    def _match(self, decided: Mapping[Pair, bool]) -> None:
        """Every pair that may be one run with its score, and from the best on the groups that are one run."""
        unclear = self._connection.execute(tables.sql("unclear_pairs")).fetchall()
        looked = [matching.compare(self._points, (one, other), shifts) for one, other, shifts in unclear]
        tables.insert(self._connection, matching.COMPARED, matching.COMPARED.frame(looked))
        said = [{"one": one, "other": other, "same_run": same} for (one, other), same in decided.items()]
        tables.lend(self._connection, "decided", pl.DataFrame(said, schema=DECIDED))
        tables.join(self._connection, columns.RUN_PAIRS)
        alike = "select one, other from run_pairs left join decided using (one, other) where run_pairs.same_run"
        best_first = f"{alike} order by decided.same_run nulls last, score desc, one, other"
        recordings = {name for (name,) in self._connection.execute("select recording_id from recordings").fetchall()}
        for path in self._points.glob("*.parquet"):
            if path.stem not in recordings:
                path.unlink()
        apart = [pair for pair, same in decided.items() if not same]
        first = matching.groups(recordings, self._connection.execute(best_first).fetchall(), apart)
        rows = {"recording_id": list(first), "first_id": list(first.values())}
        tables.lend(self._connection, "grouped", pl.DataFrame(rows, schema=GROUPED))

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
