"""What an export's own table tells of the files beside it: each line by the file that it names.

A file that was renamed is known by the moment at which its run began, where no file has the name that its line gives.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from runmood.core.recordings import ExportMetadata
from runmood.readers.datetimes import from_iso
from runmood.readers.registry import is_listed_start, metadata_format
from runmood.readers.values import decoded, lines_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


_NAMES_A_FILE = re.compile(r"(?:.*[/\\])?([^/\\\n]+\.(?:fit|gpx|tcx|json)(?:\.gz)?)", re.IGNORECASE)
_LONGEST_NAME = 200
_MARGIN = 4  # cells by which a line of columns is longer than one before it that describes the table
_FOLDERS_ABOVE = 4  # exports keep files at most three folders below their table
_LARGEST_TABLE = 64 << 20  # bytes
_BEGINNING = 65_536  # bytes in which the first sample stands
_FIRST_TIME = re.compile(rb"<(?:trkpt|Trackpoint)\b.*?<[Tt]ime>([^<]{1,40})<", re.DOTALL)


class ExportLines:
    """The lines of an export's tables.

    Args:
        present: Gives the names, without folders, of the files that lie there; asked at most once.
    """

    def __init__(self, present: Callable[[], Iterable[str]]) -> None:
        self._present = present
        self._lines: dict[str, ExportMetadata] = {}
        self._without_file: list[ExportMetadata] | None = None

    def add(self, table: bytes, format_: str) -> None:
        """Add the lines of a table that name a file."""
        columns: tuple[str, ...] = ()
        for line in lines_of(decoded(table)):
            if len(line) > len(columns) + _MARGIN:
                columns = tuple(line)
                continue
            self._lines |= {
                name.casefold(): ExportMetadata(format_, columns, tuple(line)) for name in _files_named(line)
            }

    def of(self, name: str, content: bytes) -> ExportMetadata | None:
        """Return the line of a file, by its name without folders, else by when it begins; null for none."""
        if (named := self._lines.get(name.casefold())) or not self._lines:
            return named
        began = _begins(content)
        if began is None:
            return None
        if self._without_file is None:
            there = {each.casefold() for each in self._present()}
            self._without_file = [line for file, line in self._lines.items() if file not in there]
        begun_then = [line for line in self._without_file if is_listed_start(line, began)]
        return begun_then[0] if len(begun_then) == 1 else None


class ExportTables:
    """The tables of the folders that were looked at, each read once."""

    def __init__(self) -> None:
        self._lines: dict[Path, ExportLines] = {}

    def line_for(self, path: Path, content: bytes) -> ExportMetadata | None:
        """Return what a table in a folder around the file says of it."""
        around = list(path.parents)[:_FOLDERS_ABOVE]
        return next((line for folder in around if (line := self._of(folder).of(path.name, content))), None)

    def _of(self, folder: Path) -> ExportLines:
        if folder not in self._lines:
            self._lines[folder] = _read(folder)
        return self._lines[folder]


def _read(folder: Path) -> ExportLines:
    lines = ExportLines(lambda: (path.name for path in folder.rglob("*")))
    try:
        for path in sorted(path for path in folder.iterdir() if metadata_format(path.name) and path.is_file()):
            if path.stat().st_size <= _LARGEST_TABLE:
                lines.add(path.read_bytes(), metadata_format(path.name) or "")
    except OSError:
        return lines
    return lines


def _files_named(line: list[str]) -> Iterator[str]:
    for cell in line:
        match = _NAMES_A_FILE.fullmatch(cell) if len(cell) <= _LONGEST_NAME else None
        if match:
            yield match[1]


def _begins(content: bytes) -> dt.datetime | None:
    """Return the moment of the first sample of a GPX or TCX file; null for any other."""
    first = _FIRST_TIME.search(content, 0, _BEGINNING)
    return from_iso(first[1].decode("latin-1")) if first else None
