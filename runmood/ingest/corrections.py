"""Files that the person corrected, read again so that they say what the person knows of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.recordings import FileCorrection
from runmood.ingest.discover import discover_files
from runmood.ingest.read_file import read_file
from runmood.journal.decisions import content_of, file_corrections
from runmood.journal.store import read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from runmood.core.recordings import FoundFile
    from runmood.home.home import Home
    from runmood.warehouse.file_rows import FileRead
    from runmood.warehouse.writer import Warehouse


def path_in_inbox(home: Home, name: str) -> Path | None:
    """Return the file or the archive in the inbox that a file came with; null where it is gone."""
    path = home.root / name
    return next((each for each in (path, *path.parents) if each.is_file()), None)


def find_content(home: Home, name: str, content_hash: str) -> FoundFile | None:
    """Return a file of the inbox with its content; null where the file is gone, or another content stands there."""
    path = path_in_inbox(home, name)
    if path is None:
        return None
    files = discover_files([path], lambda _name, _stamp: False)
    return next((file for file in files if not file.opened and file.content_hash == content_hash), None)


def read_corrected(
    home: Home, store: Warehouse, corrections: Mapping[str, FileCorrection], reverted: frozenset[str] = frozenset()
) -> int:
    """Read again the files of which the person says something else now, and no others.

    A file that is no longer in the inbox stays as it was read.

    Args:
        home: The home.
        store: Its open database.
        corrections: What is corrected of contents, by the beginning of a content's hash.
        reverted: The contents whose import was taken back, which stay unread.

    Returns:
        How many files were read.
    """
    files = 0
    for file in store.corrected(corrections).iter_rows(named=True):
        content = file["content_hash"]
        if content in reverted or not (found := find_content(home, file["file_name"], content)):
            continue
        correction = corrections.get(content_of(content), FileCorrection())
        store.save(file["batch"], [read_file(found, file["file_name"], home.zone, correction)], anew=True)
        files += 1
    return files


def read_as(
    home: Home, name: str | None, content_hash: str, correction: FileCorrection | None = None, *, uncut: bool = False
) -> FileRead | None:
    """Read a file as a correction would have it, and change nothing.

    Args:
        home: The home.
        name: The file's name.
        content_hash: Its content.
        correction: The correction; that of the journal if left out.
        uncut: Whether to leave out that it was cut.

    Returns:
        The file; null where it is no longer in the inbox.
    """
    found = find_content(home, name, content_hash) if name else None
    if not name or found is None:
        return None
    if correction is None:
        correction = file_corrections(read(home.journal).records).get(content_of(content_hash), FileCorrection())
    correction = replace(correction, kept_s=()) if uncut else correction
    return read_file(found, name, home.zone, correction)
