"""Paths in, watch files out: unpacked, one at a time, in the same order every time.

    find(paths, unchanged) -> Iterator[FoundFile]
    collect(paths, inbox) -> sentences, one for each file that could not be copied into the inbox

Folders are walked, ZIP archives and .gz files opened, whatever their names. Of a vendor's export come the files that
tell of runs too, and each watch file with the line of the export's own table that names it. Nothing is decoded.
What cannot be had is a `FoundFile` with a fault. An archive comes once more after its files, marked `opened`.
"""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from runmood.sources.archives import files_in, is_archive
from runmood.sources.exports import is_of_an_export
from runmood.sources.keep import collect
from runmood.sources.notes import Shelf
from runmood.sources.packed import TooLargeError, read_capped, unpacked
from runmood.sources.walk import cannot_open, walk
from runmood.terms.notices import NOT_A_FILE
from runmood.terms.records import FoundFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from runmood.sources.walk import Entry
    from runmood.terms.records import Stamp

__all__ = ["collect", "find"]

_KINDS = (
    (stat.S_ISDIR, "a link to a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def find(paths: Iterable[Path], unchanged: Callable[[str, Stamp], bool]) -> Iterator[FoundFile]:
    """Every file that may be a run, unpacked, and every fault met on the way; one content in memory at a time.

    `unchanged(name, stamp)` says that a file, a whole archive or a file in an archive is known as it is: it is then
    neither opened nor given. Names are the paths as given, `folder/export.zip/activities/1.fit.gz` within archives.
    A path named by the person is given whatever it is called, also when it is a link to a folder.
    """
    shelf = Shelf()
    for entry in walk(paths):
        if entry.fault:
            yield FoundFile(entry.name, entry.stamp, fault=entry.fault)
        elif not unchanged(entry.name, entry.stamp):
            yield from _open(entry, unchanged, shelf)


def _open(entry: Entry, unchanged: Callable[[str, Stamp], bool], shelf: Shelf) -> Iterator[FoundFile]:
    kind = next((words for is_kind, words in _KINDS if is_kind(entry.mode)), None)
    if kind:
        yield FoundFile(entry.name, entry.stamp, fault=NOT_A_FILE(what=kind))
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
        elif entry.named or is_of_an_export(entry.path.name, content):
            yield FoundFile(entry.name, entry.stamp, content, note=shelf.note_for(entry.path))


def _content(path: Path) -> bytes | None:
    """The file's content, unpacked; null for an archive, which holds many."""
    with path.open("rb") as file:
        return None if is_archive(file) else unpacked(read_capped(file))
