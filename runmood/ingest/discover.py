"""Every file at some paths that may be a run or hold check-ins, unpacked, one content in memory at a time."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from runmood.core.i18n import message
from runmood.core.notices import COPY_UNFINISHED, NOT_A_FILE, Notice
from runmood.core.recordings import FoundFile
from runmood.ingest.archives import TooLargeError, decompress, files_in, is_archive, read_capped
from runmood.ingest.files_beside import CollectionFolders, ExportTables, PartsBeside, collection_at, parts_in
from runmood.ingest.folders import cannot_open, stat_file, walk
from runmood.readers.registry import matches_signature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from runmood.core.recordings import FileStat
    from runmood.ingest.folders import Entry
    from runmood.readers.registry import CollectionReader


_KINDS = (
    (stat.S_ISDIR, "link"),
    (stat.S_ISFIFO, "pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)


def discover_files(
    paths: Iterable[Path],
    unchanged: Callable[[str, FileStat], bool],
    part_seen: Callable[[str, FileStat], bool] | None = None,
) -> Iterator[FoundFile]:
    """Find every file that may be a run, and every fault met on the way.

    A path named by the person is given whatever it is called, also when it is a link to a folder.

    Args:
        paths: Files and folders.
        unchanged: Called with name and stamp; says whether a file, a whole archive or a file in an archive is known as
            it is. It is then neither opened nor given.
        part_seen: Says the same of a file that belongs to another one, which is read again where such a file is new;
            `unchanged` if left out.

    Yields:
        Each file, unpacked, one content in memory at a time. Names are the paths as given, and
        `folder/export.zip/activities/1.fit.gz` within archives.
    """
    tables, collections = ExportTables(), CollectionFolders()
    for entry in walk(paths):
        if entry.fault:
            yield FoundFile(entry.name, entry.stamp, _begun(entry), fault=entry.fault)
        elif not entry.named and collections.is_part(entry.path):
            continue
        elif reader := collection_at(entry.path):
            parts = {
                name: stat_file(entry.path.parent / name) for name in collections.parts_below(entry.path.parent, reader)
            }
            seen, folder = part_seen or unchanged, entry.name.rpartition("/")[0]
            is_known = unchanged(entry.name, entry.stamp)
            if not is_known or not all(seen(f"{folder}/{name}", stamp) for name, stamp in parts.items()):
                yield from _collection(entry, reader, parts, again=is_known)
        elif not unchanged(entry.name, entry.stamp):
            yield from _open(entry, unchanged, tables)


def _open(entry: Entry, unchanged: Callable[[str, FileStat], bool], tables: ExportTables) -> Iterator[FoundFile]:
    kind = next((words for is_kind, words in _KINDS if is_kind(entry.mode)), None)
    if kind:
        yield FoundFile(entry.name, entry.stamp, fault=NOT_A_FILE(what=message(f"notice_word.{kind}")))
        return
    try:
        content = _content(entry.path)
    except TooLargeError as error:
        yield FoundFile(entry.name, entry.stamp, fault=error.notice)
    except OSError as error:
        yield FoundFile(entry.name, entry.stamp, fault=cannot_open(error))
    else:
        if content is None:
            yield from files_in(entry.path, entry.name, entry.stamp, unchanged)
        elif entry.named or matches_signature(entry.path.name, content):
            note, beside = tables.line_for(entry.path, content), tables.beside(entry.path)
            yield FoundFile(entry.name, entry.stamp, content, note=note, beside=beside)


def _collection(
    entry: Entry, reader: CollectionReader, parts: dict[str, FileStat], *, again: bool
) -> Iterator[FoundFile]:
    """Yield what a file of many activities holds, with the files of these names below its folder."""
    folder = entry.path.parent
    beside = PartsBeside(tuple(parts), lambda name: _read(folder / name), parts)
    try:
        with entry.path.open("rb") as file:
            yield from parts_in(reader, file, beside, FoundFile(entry.name, entry.stamp, again=again))
    except OSError as error:
        yield FoundFile(entry.name, entry.stamp, fault=cannot_open(error))


def _read(path: Path) -> bytes | Notice:
    try:
        with path.open("rb") as file:
            return decompress(read_capped(file))
    except TooLargeError as error:
        return error.notice
    except OSError as error:
        return cannot_open(error)


def _begun(entry: Entry) -> bytes:
    """Return what is there of a copy that goes on, since it may tell its day; nothing of any other fault."""
    if entry.fault != COPY_UNFINISHED():
        return b""
    try:
        return _content(entry.path) or b""
    except (TooLargeError, OSError):
        return b""


def _content(path: Path) -> bytes | None:
    """Return the file's content, unpacked; null for an archive, which holds many."""
    with path.open("rb") as file:
        return None if is_archive(file) else decompress(read_capped(file))
