"""Which import brought which file: a line a chunk, written before it is read, beside the journal.

Nothing else that is true says this: without it, a rebuild could not tell the imports of years apart, and they could no
longer be taken back one by one. The last line that names a file counts.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


IMPORT_LOG = "imports.jsonl"


@dataclass(frozen=True, slots=True)
class ImportLogEntry:
    """An import: its name, where the files came from, and the files that it was the last to bring."""

    batch: str
    source: str
    files: frozenset[str]


def note_import(journal: Path, batch: str, source: str, files: Iterable[str]) -> None:
    """Write down that these files of the inbox come with an import; on disk when it returns."""
    line = json.dumps({"batch": batch, "source": source, "files": sorted(files)}, ensure_ascii=False)
    handle = os.open(journal / IMPORT_LOG, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as log:
        length = log.seek(0, os.SEEK_END)
        torn = length and os.pread(handle, 1, length - 1) != b"\n"
        log.write((b"\n" if torn else b"") + f"{line}\n".encode())
        log.flush()
        os.fsync(log.fileno())


def imports(journal: Path) -> list[ImportLogEntry]:
    """Every import with the files it was the last to bring, in order of time; a torn line is passed over."""
    path = journal / IMPORT_LOG
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path.exists() else []
    notes = [note for line in lines if (note := _read(line))]
    brought_by = {name: note["batch"] for note in notes for name in note["files"]}
    sources = {note["batch"]: note["source"] for note in notes}
    files: dict[str, set[str]] = {batch: set() for batch in sources}
    for name, batch in brought_by.items():
        files[batch].add(name)
    return [ImportLogEntry(batch, sources[batch], frozenset(files[batch])) for batch in sorted(sources)]


def _read(line: str) -> dict[str, str] | None:
    try:
        note = json.loads(line)
    except (ValueError, RecursionError):
        return None
    legible = isinstance(note, dict) and isinstance(note.get("batch"), str) and isinstance(note.get("source"), str)
    files = note.get("files") if legible else None
    return note if isinstance(files, list) and all(isinstance(name, str) for name in files) else None
