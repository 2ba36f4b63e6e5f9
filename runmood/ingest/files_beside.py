"""What belongs to a file though it stands beside it: an export's line that names it, the parts of a collection.

A collection holds many activities and may be larger than memory, so each part is given as a file of its own. A file
that was renamed is known by the moment at which its run began, where no file has the name that its line gives.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from runmood.core.files import files_below
from runmood.core.notices import Notice, Severity
from runmood.core.recordings import ExportMetadata, FileStat, FoundFile, listed_name
from runmood.core.text_encoding import as_text
from runmood.readers.detect import first_sample_at
from runmood.readers.registry import (
    collection_parts,
    find_collection_reader,
    is_listed_start,
    may_be_collection,
    metadata_format,
)
from runmood.readers.values import lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from runmood.readers.registry import CollectionReader


HEAD = 4096
# What zipfile is known to raise on archives that are damaged or made to do harm.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OverflowError, RuntimeError, OSError)


@dataclass(frozen=True, slots=True)
class _StreamToDamage:
    """A stream that ends where it is damaged, so that what comes before is read; who reads it notices the end."""

    file: IO[bytes]
    spend: Callable[[int], None]

    def read(self, size: int) -> bytes:
        """Return the next bytes; none at the end, or at the damage."""
        try:
            portion = self.file.read(size)
        except DAMAGE:
            return b""
        self.spend(len(portion))
        return portion


@dataclass(slots=True)
class PartsBeside:
    """The files that belong to a collection, by their names below its folder; faults met in reading them are kept.

    `stamps` are size and time of each; those of files in an archive are not asked for.
    """

    members: tuple[str, ...]
    open_member: Callable[[str], bytes | Notice]
    stamps: Mapping[str, FileStat] = field(default_factory=dict)
    faults: dict[str, Notice] = field(default_factory=dict)

    def names(self) -> Iterable[str]:
        """Return the names of all."""
        return self.members

    def read(self, name: str) -> bytes | None:
        """Return the content of one; null where it cannot be read."""
        content = self.open_member(name)
        if isinstance(content, Notice):
            self.faults[name] = content
            return None
        return content


def parts_in(
    reader: CollectionReader,
    file: IO[bytes],
    beside: PartsBeside,
    found: FoundFile,
    spend: Callable[[int], None] = lambda _size: None,
) -> Iterator[FoundFile]:
    """Yield what a collection holds, then the collection itself, marked opened if its end was reached.

    Args:
        reader: The collection's reader.
        file: Its bytes, read once and forward.
        beside: The files that belong to it.
        found: The collection, by its name and stamp, and whether it was read before; its content is not asked for.
        spend: Called with the size of each portion that was read.

    Yields:
        Each part, named as a file in a folder with the collection's name, and faults.
    """
    folder = found.name.rpartition("/")[0]
    names: Counter[str] = Counter()
    remark: Notice | None = None
    for part in reader.split(_StreamToDamage(file, spend), beside):
        if isinstance(part, Notice):
            remark = part if remark is None or part.severity is Severity.ERROR else remark
            continue
        name = f"{folder}/{part.name}" if part.is_beside else f"{found.name}/{part.name}"
        names[name] += 1
        number = f" ({names[name]})" if names[name] > 1 else ""
        stamp = FileStat(len(part.content), found.stamp.modified_at)
        if part.is_beside:
            stamp = beside.stamps.get(part.name, stamp)
        yield FoundFile(f"{name}{number}", stamp, part.content, again=found.again)
    for name in beside.members:  # they are read, as an archive is: once files of their own, they are not any more
        own, stamp = f"{folder}/{name}", beside.stamps.get(name, found.stamp)
        if name in beside.faults:
            yield FoundFile(own, stamp, fault=beside.faults[name])
        elif own not in names:
            yield FoundFile(own, stamp, opened=True)
    is_whole = remark is None or remark.severity is not Severity.ERROR
    yield FoundFile(found.name, found.stamp, fault=remark, opened=is_whole)


class CollectionFolders:
    """Which folders hold a collection, each looked at once, so that the files that belong to one are left to it."""

    def __init__(self) -> None:
        self._readers: dict[Path, CollectionReader | None] = {}
        self._parts: dict[Path, tuple[str, ...]] = {}

    def parts_below(self, folder: Path, reader: CollectionReader) -> tuple[str, ...]:
        """Return the files that belong to a collection in a folder, by their names below it."""
        if folder not in self._parts:
            below = (path.relative_to(folder).as_posix() for path in folder.glob("*/*"))
            self._parts[folder] = tuple(sorted(name for name in below if reader.parts.fullmatch(name)))
        return self._parts[folder]

    def is_part(self, path: Path) -> bool:
        """Return whether the file belongs to a collection in a folder above it."""
        return any(
            (reader := self._reader_in(path.parents[depth])) is not None and reader.parts is pattern
            for pattern in collection_parts()
            for depth in range(min(2, len(path.parents)))
            if pattern.fullmatch(path.relative_to(path.parents[depth]).as_posix())
        )

    def _reader_in(self, folder: Path) -> CollectionReader | None:
        if folder not in self._readers:
            named = (path for path in sorted(folder.iterdir()) if may_be_collection(path.name))
            self._readers[folder] = next((reader for path in named if (reader := collection_at(path))), None)
        return self._readers[folder]


def collection_at(path: Path) -> CollectionReader | None:
    """Return the reader of the collection at a path; null for any other file, and one that cannot be opened."""
    if not may_be_collection(path.name) or not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            return find_collection_reader(path.name, file.read(HEAD))
    except OSError:
        return None


_NAMES_A_FILE = re.compile(r"(?:.*[/\\])?([^/\\\n]+\.(?:fit|gpx|tcx|json)(?:\.gz)?)", re.IGNORECASE)
_LONGEST_NAME = 200
_MARGIN = 4  # cells by which a line of columns is longer than one before it that describes the table
_FOLDERS_ABOVE = 4  # exports keep files at most three folders below their table
_LARGEST_TABLE = 64 << 20  # bytes


class ExportLines:
    """The lines of an export's tables.

    Args:
        present: Gives the names, without folders, of the files that lie there; asked at most once.
    """

    def __init__(self, present: Callable[[], Iterable[str]]) -> None:
        self._present = present
        self._beside: frozenset[str] | None = None
        self._lines: dict[str, ExportMetadata] = {}
        self._without_file: list[ExportMetadata] | None = None

    def add(self, table: bytes, format_: str) -> None:
        """Add the lines of a table that name a file."""
        columns: tuple[str, ...] = ()
        for line in lines_of(as_text(table)):
            if len(line) > len(columns) + _MARGIN:
                columns = tuple(line)
                continue
            self._lines |= {
                name: ExportMetadata(format_, columns, tuple(line), name)
                for name in map(listed_name, _files_named(line))
            }

    def beside(self) -> frozenset[str]:
        """Return the files that lie there, as `listed_name` returns them."""
        if self._beside is None:
            self._beside = frozenset(listed_name(name) for name in self._present() if name)
        return self._beside

    def of(self, name: str, content: bytes) -> ExportMetadata | None:
        """Return the line of a file, by its name without folders, else by when it begins; null for none."""
        if (named := self._lines.get(listed_name(name))) or not self._lines:
            return named
        began = first_sample_at(content)
        if began is None:
            return None
        if self._without_file is None:
            self._without_file = [line for file, line in self._lines.items() if file not in self.beside()]
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

    def beside(self, path: Path) -> frozenset[str]:
        """Return the files that lie around a table, as `listed_name` returns them; none for any other file."""
        return self._of(path.parent).beside() if metadata_format(path.name) else frozenset()

    def _of(self, folder: Path) -> ExportLines:
        if folder not in self._lines:
            self._lines[folder] = _read(folder)
        return self._lines[folder]


def _read(folder: Path) -> ExportLines:
    lines = ExportLines(lambda: (path.name for path in files_below(folder)))
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
