"""What the writer's database knows of the files that were read, and of the recordings in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from runmood.core.recordings import FileStat
from runmood.schema.tables import SOURCE_FILES
from runmood.warehouse import ddl, transform
from runmood.warehouse.file_rows import StoredFile

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping
    from pathlib import Path

    import duckdb

    from runmood.core.recordings import FileCorrection


class KnownFiles:
    """Which files were read, with what they were on disk and what became of them; nothing is written.

    Args:
        connection: The writer's database, of which this is a part as long as it is open.
        points: The folder of the Parquet files; see `warehouse.points`.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, points: Path) -> None:
        self._connection = connection
        self._points = points

    def stamps(self) -> set[tuple[str, FileStat]]:
        """Return every file that was read, with what it was on disk then."""
        rows = self._connection.execute("select file_name, bytes, modified_at from source_files").fetchall()
        return {(name, FileStat(size, modified_at)) for name, size, modified_at in rows}

    def still_written(self) -> set[str]:
        """Return the names of files that were being written when they were looked at last."""
        query = "select file_name from notices where code = 'still-written'"
        return {name for (name,) in self._connection.execute(query).fetchall()}

    def waiting(self) -> list[str]:
        """Return the names of files that were not all there: being written, copied, or in a cloud."""
        query = """
            select file_name from notices where code in ('still-written', 'copy-unfinished', 'in-the-cloud')
        """
        return [name for (name,) in self._connection.execute(query).fetchall()]

    def unopened(self) -> set[tuple[str, FileStat]]:
        """Return those files that could not be opened or were being written: no change in size or time need follow."""
        query = "select file_name from notices where code in ('cannot-open', 'still-written')"
        names = {name for (name,) in self._connection.execute(query).fetchall()}
        return {(name, stamp) for name, stamp in self.stamps() if name in names}

    def faulty(self) -> set[tuple[str, FileStat]]:
        """Return those files, outside archives, that were refused, set aside or read in part."""
        rows = self._connection.execute(ddl.load_sql("faulty_files")).fetchall()
        return {(name, FileStat(size, modified_at)) for name, size, modified_at in rows}

    def refused(self) -> list[tuple[str, str]]:
        """Return the files that could not be read, each with the reason, in order of name."""
        query = "select file_name, coalesce(reason, '') from source_files where outcome = 'refused' order by file_name"
        return self._connection.execute(query).fetchall()

    def content_hashes(self) -> dict[str, str]:
        """Return the hash of each file's content by the file's name."""
        query = "select file_name, content_hash from source_files where content_hash is not null"
        return dict(self._connection.execute(query).fetchall())

    def copies(self, hashes: dict[str, str], rereading: Collection[str] = ()) -> dict[str, str]:
        """Find the files whose content another file brought before.

        Args:
            hashes: Names of files, each with the hash of its content.
            rereading: Files that are being read again; what they held before may be gone, so they are left out.

        Returns:
            The names of known files, each with the name of the other one.
        """
        query = """
            select content_hash, file_name
            from source_files
            where outcome <> 'known' and content_hash = any(?::json::varchar[])
        """
        first_names: dict[str, list[str]] = {}
        for content_hash, name in self._connection.execute(query, [ddl.as_list(set(hashes.values()))]).fetchall():
            first_names.setdefault(content_hash, []).append(name)
        others = {
            name: min(
                (each for each in first_names.get(content, ()) if each != name and each not in rereading), default=""
            )
            for name, content in hashes.items()
        }
        return {name: first for name, first in others.items() if first}

    def without_listing(self) -> set[tuple[str, FileStat]]:
        """Return the files that hold something and of which no export's table told, with what they were on disk."""
        rows = self._connection.execute(ddl.load_sql("files_without_listing")).fetchall()
        return {(name, FileStat(size, modified_at)) for name, size, modified_at in rows}

    def by_content(self, contents: Collection[str]) -> dict[str, list[StoredFile]]:
        """Return, by content, the files that hold one of these, and those of which an export's table tells."""
        found: dict[str, list[StoredFile]] = {}
        if not contents:
            return found
        rows = self._connection.execute(ddl.load_sql("stored_files"), [ddl.as_list(contents)]).fetchall()
        for content, name, size, modified_at, *listing in rows:
            found.setdefault(content, []).append(StoredFile(name, FileStat(size, modified_at), *listing))
        return found

    def to_reread(self, corrections: Mapping[str, FileCorrection]) -> pl.DataFrame:
        """Return the files that were not read as the person corrects them now: one row a file of SOURCE_FILES.

        Args:
            corrections: What is corrected of contents, by the beginning of a content's hash.
        """
        wanted = {content: correction.fingerprint for content, correction in corrections.items()}
        values = {"contents": list(wanted), "corrections": list(wanted.values())}
        return SOURCE_FILES.of(pl.DataFrame(self._connection.sql(ddl.load_sql("files_to_reread"), params=values)))

    def recording_starts(self) -> list[tuple[str, str | None, dt.datetime | None]]:
        """Return each recording with a file that it is in, and when it begins by that; null for a file without one."""
        return self._connection.execute(ddl.load_sql("recording_starts")).fetchall()

    def clocks_apart(self, names: Collection[str]) -> list[tuple[str, str, float]]:
        """Return the recordings that are copies of these by another clock.

        Args:
            names: Recordings; what they are compared with are all others.

        Returns:
            Each copy, the recording that it is a copy of, and how many seconds its clock is later.
        """
        ddl.register_temp(self._connection, "copied", pl.DataFrame({"name": [*names]}, schema={"name": pl.String()}))
        either = "(one in (from copied)) <> (other in (from copied))"
        transform.compare(self._connection, self._points, "recordings", either)
        return self._connection.execute(ddl.load_sql("clocks_apart")).fetchall()
