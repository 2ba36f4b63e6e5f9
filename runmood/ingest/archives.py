"""Content of one file, never more of it than a run can need, whatever its header claims."""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, cast

from runmood.core.errors import why_refused
from runmood.core.i18n import Name, message
from runmood.core.notices import BROKEN_ARCHIVE, CANNOT_OPEN, NOTHING_TO_READ, TOO_LARGE, UNREAD_EXPORT, Notice
from runmood.core.recordings import FileStat, FoundFile
from runmood.ingest.files_beside import DAMAGE, HEAD, ExportLines, PartsBeside, parts_in
from runmood.ingest.folders import BEGINNING as LOOKED_AT_BYTES
from runmood.ingest.folders import LOOKED_AT, app_of, is_hidden, printable, waiting_notice
from runmood.readers.registry import (
    BEGINNING,
    find_collection_reader,
    is_readable_beginning,
    is_readable_name,
    matches_signature,
    may_be_collection,
    may_begin,
    metadata_format,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from runmood.readers.registry import CollectionReader


MOST_MB = 64
_MOST = MOST_MB << 20
_GZIP = b"\x1f\x8b"
_PORTION = 1 << 20


class TooLargeError(Exception):
    """A file beyond the cap."""

    def __init__(self) -> None:
        super().__init__()
        self.notice: Notice = TOO_LARGE(limit_mb=MOST_MB)


def read_capped(file: IO[bytes]) -> bytes:
    """Return the rest of the file.

    Returns:
        Its content.

    Raises:
        TooLargeError: It is larger than the cap.
    """
    content = file.read(_MOST + 1)
    if len(content) > _MOST:
        raise TooLargeError
    return content


def decompress(content: bytes, deepest: int = 2) -> bytes:
    """Unpack a content that is gzip, up to where the gzip is damaged; browsers may pack one a second time.

    Returns:
        What is in it; the content itself where it is no gzip, or one without a single sound byte.

    Raises:
        TooLargeError: What is in it is larger than the cap.
    """
    if not content.startswith(_GZIP):
        return content
    found = io.BytesIO()  # which hands its bytes over without a copy of them
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            while found.tell() <= _MOST and (part := stream.read1(_PORTION)):
                found.write(part)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return found.getvalue() or content
    if found.tell() > _MOST:
        raise TooLargeError
    return decompress(found.getvalue(), deepest - 1) if deepest > 1 else found.getvalue()


_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_ARCHIVES = (".zip", ".kmz")
_DEEPEST = 3
_MOST_MB = 8192
_MOST_OF_A_COLLECTION_MB = 32_768
_MOST_MEMBERS = 150_000  # what a watch keeps of ten years is half of them
_LARGEST_DIRECTORY = 32 << 20  # bytes; in memory it takes ten times as much
_ENCRYPTED = 1
_IN_MEMORY = 32 << 20


Parts = dict[str, zipfile.ZipInfo]


class _ExhaustedError(Exception):
    """An archive that unpacks to more than any export."""


class TooManyMembersError(Exception):
    """An archive that lists more files than any export."""


class _BoundedReads:
    """The bytes of an archive, of which no read is larger than a directory may be: zipfile reads that at once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most so many."""
        if size > _LARGEST_DIRECTORY:
            raise TooManyMembersError
        return self._file.read(size)


@dataclass(slots=True)
class _Opened:
    """One archive being read: how deep it lies, and how many bytes the outermost one may still unpack to.

    `lines` are what its tables say of its files; null until they are asked for. `collections` are the readers of the
    members that hold many activities, by their names, and `parts` what belongs to these, by folder. `holds_runs` says
    that some member was one to read.
    """

    name: str
    stamp: FileStat
    unchanged: Callable[[str, FileStat], bool]
    depth: int
    room: list[int]
    lines: ExportLines | None = None
    collections: dict[str, CollectionReader] = field(default_factory=dict)
    parts: dict[str, Parts] = field(default_factory=dict)
    names: Counter[str] = field(default_factory=Counter)
    holds_runs: bool = False

    def name_for(self, inside: str) -> str:
        """Return a name of its own for each member, since files are known by name: the second is run (2).fit."""
        self.names[inside] += 1
        folder, slash, last = inside.rpartition("/")
        stem, dot, endings = last.partition(".")
        again = f" ({self.names[inside]})" if self.names[inside] > 1 else ""
        return f"{self.name}/{folder}{slash}{stem}{again}{dot}{endings}"

    def spend(self, count: int) -> None:
        """Count unpacked bytes, those that were unpacked in vain too."""
        self.room[0] -= count
        if self.room[0] < 0:
            raise _ExhaustedError


def is_archive(file: IO[bytes]) -> bool:
    """Return whether a ZIP archive begins here; leaves the file at its beginning."""
    magic = file.read(4)
    file.seek(0)
    return magic in _MAGIC


def files_in(path: Path, name: str, stamp: FileStat, unchanged: Callable[[str, FileStat], bool]) -> Iterator[FoundFile]:
    """Yield the archive's files and its faults, then the archive itself, marked opened if its end was reached."""
    try:
        with path.open("rb") as file:
            yield from _files(file, _Opened(name, stamp, unchanged, 1, [_MOST_MB << 20]))
    except _ExhaustedError:
        yield FoundFile(name, stamp, fault=TOO_LARGE(limit_mb=_MOST_MB))


def _files(file: IO[bytes], archive: _Opened) -> Iterator[FoundFile]:
    try:
        opened = open_archive(file)
    except DAMAGE as error:
        yield FoundFile(archive.name, archive.stamp, fault=_broken(error))
        return
    except TooManyMembersError:
        fault = CANNOT_OPEN(fault=message("notice_word.members", most=_MOST_MEMBERS))
        yield FoundFile(archive.name, archive.stamp, fault=fault)
        return
    with opened:
        archive.collections = _collections(opened)
        archive.parts = _parts(opened, archive.collections)
        for member in opened.infolist():
            yield from _member(opened, member, archive)
        if not archive.holds_runs and archive.depth == 1:
            yield FoundFile(archive.name, archive.stamp, fault=_nothing_in(opened))
            return
    yield FoundFile(archive.name, archive.stamp, opened=True)


def open_archive(file: IO[bytes]) -> zipfile.ZipFile:
    """Open an archive and read its directory.

    Returns:
        The archive.

    Raises:
        TooManyMembersError: It lists more files than any export, or says that it does.
    """
    opened = zipfile.ZipFile(cast("IO[bytes]", _BoundedReads(file)))
    if len(opened.infolist()) > _MOST_MEMBERS:
        raise TooManyMembersError
    return opened


def _nothing_in(opened: zipfile.ZipFile) -> Notice:
    """Return what an archive is in which there is nothing to read."""
    files = [member for member in opened.infolist() if not member.filename.endswith("/")][:LOOKED_AT]
    app = app_of((_inside(member.filename), _head_of(opened, member, LOOKED_AT_BYTES)) for member in files)
    return UNREAD_EXPORT(app=Name(app)) if app else NOTHING_TO_READ()


def _member(opened: zipfile.ZipFile, member: zipfile.ZipInfo, archive: _Opened) -> Iterator[FoundFile]:
    inside = _inside(member.filename)
    name, stamp = archive.name_for(inside), FileStat(member.file_size, archive.stamp.modified_at)
    waits = waiting_notice(_last(inside)) if _is_visible(inside) and not member.filename.endswith("/") else None
    if not waits and not _is_wanted(inside, archive) and not _is_readable_within(opened, member):
        return
    if archive.unchanged(name, stamp):
        archive.holds_runs = True
    elif waits:
        archive.holds_runs = True
        yield FoundFile(name, stamp, fault=waits)
    elif reader := archive.collections.get(inside):
        archive.holds_runs = True
        yield from _collection(opened, member, archive, reader, FoundFile(name, stamp))
    else:
        yield from _unpacked(opened, member, archive, FoundFile(name, stamp))


def _unpacked(
    opened: zipfile.ZipFile, member: zipfile.ZipInfo, archive: _Opened, found: FoundFile
) -> Iterator[FoundFile]:
    """Yield what a member holds, which is one file, or an archive again."""
    inside, name, stamp = _inside(member.filename), found.name, found.stamp
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        content = _unpack(opened, member, copy, archive) or (b"" if is_archive(copy) else _content(copy, archive))
        if not isinstance(content, Notice) and is_archive(copy):
            yield from _archive_within(copy, archive, found)
        elif isinstance(content, Notice):
            archive.holds_runs = True
            yield FoundFile(name, stamp, fault=content)
        elif matches_signature(_last(inside), content):
            archive.holds_runs = True
            lines = _lines(opened, archive)
            beside = lines.beside() if metadata_format(_last(inside)) else frozenset()
            yield FoundFile(name, stamp, content, note=lines.of(_last(inside), content), beside=beside)


def _archive_within(copy: IO[bytes], archive: _Opened, found: FoundFile) -> Iterator[FoundFile]:
    """Yield what an archive in an archive holds; that it holds nothing is told only where all of them hold nothing."""
    if archive.depth >= _DEEPEST:
        archive.holds_runs = True
        fault = CANNOT_OPEN(fault=message("notice_word.deep", most=_DEEPEST))
        yield FoundFile(found.name, found.stamp, fault=fault)
        return
    inner = _Opened(found.name, found.stamp, archive.unchanged, archive.depth + 1, archive.room)
    yield from _files(copy, inner)
    archive.holds_runs |= inner.holds_runs


def _collections(opened: zipfile.ZipFile) -> dict[str, CollectionReader]:
    """Return the readers of those members that hold many activities, by the members' names."""
    found: dict[str, CollectionReader] = {}
    for member in opened.infolist():
        inside = _inside(member.filename)
        if may_be_collection(_last(inside)) and _is_visible(inside):
            reader = find_collection_reader(_last(inside), _head_of(opened, member, HEAD))
            if reader:
                found[inside] = reader
    return found


def _head_of(opened: zipfile.ZipFile, member: zipfile.ZipInfo, size: int) -> bytes:
    """Return the first bytes of a member; none where it cannot be read."""
    if member.flag_bits & _ENCRYPTED:
        return b""
    try:
        with opened.open(member) as packed:
            return packed.read(size)
    except (NotImplementedError, *DAMAGE):
        return b""


def _parts(opened: zipfile.ZipFile, collections: dict[str, CollectionReader]) -> dict[str, Parts]:
    """Return, by the folders that have collections, the members that belong to these, by their names below it."""
    readers = {name[: len(name) - len(_last(name))]: reader for name, reader in collections.items()}
    parts: dict[str, Parts] = {folder: {} for folder in readers}
    for member in opened.infolist() if readers else ():
        inside = _inside(member.filename)
        for folder in _folders_above(inside):
            below = inside[len(folder) :]
            if folder in readers and readers[folder].parts.fullmatch(below):
                parts[folder][below] = member
    return parts


def _folders_above(inside: str) -> Iterator[str]:
    """Yield the folders that a member lies in, the archive itself being the empty one."""
    yield ""
    yield from (inside[: at + 1] for at, letter in enumerate(inside) if letter == "/")


def _is_part(inside: str, archive: _Opened) -> bool:
    """Return whether the member belongs to a collection, which reads it."""
    return any(inside[len(folder) :] in archive.parts.get(folder, ()) for folder in _folders_above(inside))


def _collection(
    opened: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    archive: _Opened,
    reader: CollectionReader,
    found: FoundFile,
) -> Iterator[FoundFile]:
    """Yield what a member holds that is too large to be copied: it is read as it is unpacked."""
    inside = _inside(member.filename)
    parts = archive.parts[inside[: len(inside) - len(_last(inside))]]
    room = _Opened(archive.name, archive.stamp, archive.unchanged, archive.depth, [_MOST_OF_A_COLLECTION_MB << 20])

    def open_member(name: str) -> bytes | Notice:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
            return _unpack(opened, parts[name], copy, archive) or _content(copy, archive)

    with opened.open(member) as packed:
        yield from parts_in(reader, packed, PartsBeside(tuple(parts), open_member), found, room.spend)


def _unpack(opened: zipfile.ZipFile, member: zipfile.ZipInfo, copy: IO[bytes], archive: _Opened) -> Notice | None:
    """Copy the member, a large one into a file without a name; return what went wrong."""
    if member.flag_bits & _ENCRYPTED:
        return CANNOT_OPEN(fault=message("notice_word.password"))
    try:
        with opened.open(member) as packed:
            while portion := packed.read(_PORTION):
                archive.spend(len(portion))
                copy.write(portion)
                if copy.tell() > MOST_MB << 20 and not is_archive(copy):
                    return TOO_LARGE(limit_mb=MOST_MB)
                copy.seek(0, io.SEEK_END)
    except NotImplementedError:
        return CANNOT_OPEN(fault=message("archive_fault.method"))
    except DAMAGE as error:
        return _broken(error)
    copy.seek(0)
    return None


def _lines(opened: zipfile.ZipFile, archive: _Opened) -> ExportLines:
    if archive.lines is None:
        archive.lines = ExportLines(lambda: (_last(_inside(member.filename)) for member in opened.infolist()))
        for member in opened.infolist():
            if format_ := metadata_format(_last(_inside(member.filename))):
                archive.lines.add(_unpacked_table(opened, member, archive), format_)
    return archive.lines


def _unpacked_table(opened: zipfile.ZipFile, member: zipfile.ZipInfo, archive: _Opened) -> bytes:
    """Return the content of a table; nothing where it is damaged."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        return b"" if _unpack(opened, member, copy, archive) else copy.read(MOST_MB << 20)


def _content(file: IO[bytes], archive: _Opened) -> bytes | Notice:
    """Return what a member holds; what a gzip among them unpacks to counts as the archive's own bytes do."""
    try:
        packed = read_capped(file)
        content = decompress(packed)
    except TooLargeError as error:
        archive.spend(_MOST)
        return error.notice
    if content is not packed:
        archive.spend(len(content))
    return content


def _inside(filename: str) -> str:
    """Return the member's name within the archive; steps out of it are left out."""
    parts = filename.replace("\\", "/").split("/")
    return printable("/".join(part for part in parts if part not in {"", ".", ".."}))


def _is_wanted(inside: str, archive: _Opened) -> bool:
    """Return whether a member is read by itself; what belongs to a collection is read with it."""
    known = inside.lower().endswith(_ARCHIVES) or is_readable_name(_last(inside)) or inside in archive.collections
    return known and _is_visible(inside) and not _is_part(inside, archive)


def _is_readable_within(opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Return whether a member holds runs, though its name does not say so."""
    inside = _inside(member.filename)
    begins = _head_of(opened, member, BEGINNING) if may_begin(_last(inside)) and _is_visible(inside) else b""
    return is_readable_beginning(_last(inside), begins)


def _is_visible(inside: str) -> bool:
    return not any(is_hidden(part) or part == "__MACOSX" for part in inside.split("/"))


def _last(inside: str) -> str:
    """Return the name without its folders."""
    return inside.rpartition("/")[2]


def _broken(error: Exception) -> Notice:
    if isinstance(error, OSError) and error.errno is not None:
        return BROKEN_ARCHIVE(fault=why_refused(error))
    return BROKEN_ARCHIVE(fault=message("archive_fault.damaged"))
