"""Files that hold many activities and may be larger than memory: what is in them, each part as a file of its own."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING
from zipfile import BadZipFile

from runmood.core.notices import Notice, Severity
from runmood.core.recordings import FileStat, FoundFile
from runmood.readers.registry import collection_parts, find_collection_reader, may_be_collection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from runmood.readers.registry import CollectionReader


HEAD = 4096
_DAMAGE = (BadZipFile, zlib.error, EOFError, OSError)


@dataclass(frozen=True, slots=True)
class _StreamToDamage:
    """A stream that ends where it is damaged, so that what comes before is read; who reads it notices the end."""

    file: IO[bytes]
    spend: Callable[[int], None]

    def read(self, size: int) -> bytes:
        """Return the next bytes; none at the end, or at the damage."""
        try:
            portion = self.file.read(size)
        except _DAMAGE:
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
