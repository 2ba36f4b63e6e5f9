"""The ledger of imports: what each brought, of runs, moods and plans alike; lines beside the journal.

A line is written before what it names is read or said. Nothing else that is true says which import brought what:
without it, a rebuild could not tell the imports of years apart, and they could no longer be taken back one by one. The
last line that names a file counts.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from runmood.core.files import open_kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


IMPORT_LOG = "imports.jsonl"
BATCH_NAME = "%Y%m%d-%H%M%S"
OF_ENTRIES = ("entries", "withdrawals")


class ImportKind(StrEnum):
    """What an import brought."""

    RUNS = "runs"
    MOODS = "moods"
    PLANS = "plans"


@dataclass(frozen=True, slots=True)
class ImportLogEntry:
    """An import: its name, where it came from, and what it brought.

    `files` are the files of the inbox that it was the last to bring, `entries` the ids of what it wrote in the journal,
    `withdrawals` the ids of the entries that took these back.
    """

    batch: str
    source: str
    files: frozenset[str] = frozenset()
    kind: str = ImportKind.RUNS
    entries: tuple[str, ...] = ()
    withdrawals: tuple[str, ...] = ()

    @property
    def began_at(self) -> dt.datetime | None:
        """When it began, as its name says; null where somebody changed the name."""
        try:
            return dt.datetime.strptime(self.batch, BATCH_NAME).replace(tzinfo=dt.UTC)
        except ValueError:
            return None


def free_name(is_taken: Callable[[str], bool]) -> str:
    """Return the name for an import that begins now, or in the next second that no import has."""
    moment = dt.datetime.now(dt.UTC)
    while is_taken(name := f"{moment:{BATCH_NAME}}"):
        moment += dt.timedelta(seconds=1)
    return name


def note_import(journal: Path, batch: str, source: str, files: Iterable[str]) -> None:
    """Write down that these files of the inbox come with an import; on disk when it returns."""
    _note(journal, {"batch": batch, "source": source, "files": sorted(files)})


def note_entries(journal: Path, entry: ImportLogEntry) -> None:
    """Write down which entries of the journal come with an import, or took its entries back; on disk on return."""
    _note(
        journal,
        {
            "batch": entry.batch,
            "source": entry.source,
            "files": [],
            "kind": str(entry.kind),
            "entries": list(entry.entries),
            "withdrawals": list(entry.withdrawals),
        },
    )


def _note(journal: Path, note: dict[str, object]) -> None:
    journal.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = json.dumps(note, ensure_ascii=False)
    handle = open_kept(journal / IMPORT_LOG, os.O_RDWR | os.O_APPEND | os.O_CREAT)
    with os.fdopen(handle, "r+b") as log:
        length = log.seek(0, os.SEEK_END)
        torn = length and os.pread(handle, 1, length - 1) != b"\n"
        log.write((b"\n" if torn else b"") + f"{line}\n".encode())
        log.flush()
        os.fsync(log.fileno())


def imports(journal: Path) -> list[ImportLogEntry]:
    """Return every import with what it brought, in order of time; a torn line is passed over."""
    path = journal / IMPORT_LOG
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path.is_file() else []
    notes = [note for line in lines if (note := _read(line))]
    brought_by = {name: note["batch"] for note in notes for name in note["files"]}
    files: dict[str, set[str]] = {note["batch"]: set() for note in notes}
    for name, batch in brought_by.items():
        files[batch].add(name)
    entries = {batch: ImportLogEntry(batch, "", frozenset(names)) for batch, names in files.items()}
    for note in notes:
        before = entries[note["batch"]]
        entries[before.batch] = ImportLogEntry(
            before.batch,
            note["source"],
            before.files,
            note.get("kind", before.kind),
            tuple(dict.fromkeys((*before.entries, *note.get("entries", ())))),
            tuple(dict.fromkeys((*before.withdrawals, *note.get("withdrawals", ())))),
        )
    return [entries[batch] for batch in sorted(entries)]


def _read(line: str) -> dict[str, Any] | None:
    try:
        note = json.loads(line)
    except (ValueError, RecursionError):
        return None
    legible = isinstance(note, dict) and isinstance(note.get("batch"), str) and isinstance(note.get("source"), str)
    if not legible or not _is_texts(note.get("files")):
        return None
    if "kind" in note and note["kind"] not in [*ImportKind]:
        del note["kind"]  # what it brought is not said by the word, but by what it names
    return note if all(_is_texts(note.get(name, [])) for name in OF_ENTRIES) else None


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
