"""What is new in the inbox: found, read a chunk at a time, saved, and told of.

A chunk is saved whole or not at all, while the next one is being read. Killed in between, the next import goes on from
what the ledger holds.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from runmood import ingest
from runmood.core.enums import ImportOutcome
from runmood.core.notices import KNOWN_CONTENT, TAKEN_BACK
from runmood.core.versions import FORMULAS
from runmood.home.import_log import imports, note_import
from runmood.ingest.read_file import read_check_ins, told_unread
from runmood.ingest.workers import chunks, in_process, in_processes, prefetch
from runmood.journal.resolve import reverted_imports
from runmood.journal.store import append, read
from runmood.warehouse.writer import FileRead, Warehouse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from runmood.core.models import FileStat, FoundFile
    from runmood.core.notices import Notice
    from runmood.home.home import Home
    from runmood.home.import_log import ImportLogEntry
    from runmood.ingest.workers import Reader
    from runmood.journal.codec import JournalRecord


if TYPE_CHECKING:
    Progress = Callable[[int, int], None]

BATCH_NAME = "%Y%m%d-%H%M%S"


def no_progress(_files: int, _bytes: int) -> None:
    """The progress of what nobody watches."""


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """What a person hears of one file: its name, what became of it, and why."""

    file_name: str
    outcome: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """What one import came to: how many files by outcome, and each file that was new."""

    counts: dict[str, int]
    files: tuple[ImportProgress, ...]

    def __add__(self, other: Batch) -> Batch:
        """Both together."""
        counts = {name: self.counts.get(name, 0) + count for name, count in other.counts.items()}
        return Batch(counts, self.files + other.files)

    @property
    def clean(self) -> bool:
        """Whether nothing was refused or read only in part."""
        return not (self.counts["refused"] or self.counts["partial"])


def batch_name(moment: dt.datetime) -> str:
    """The name of the import that begins at a moment."""
    return moment.astimezone(dt.UTC).strftime(BATCH_NAME)


def open_warehouse(home: Home) -> Warehouse:
    """The writer's database of a home."""
    return Warehouse(home.work, home.points)


def new_files(home: Home) -> Iterator[list[FoundFile]]:
    """The files of the inbox that the ledger does not hold as they are on disk, a chunk at a time.

    What could not be opened is tried each time, and given only when that has changed.
    """
    return chunks(new_at(home, [home.inbox], lambda _name: True))


def new_at(home: Home, paths: list[Path], wanted: Callable[[str], bool]) -> Iterator[FoundFile]:
    """What is new at some paths of the inbox, of the files whose names are wanted."""
    with open_warehouse(home) as store:
        seen, unopened = store.stamps(), store.unopened()
    read = seen - unopened

    def is_passed_over(path: str, stamp: FileStat) -> bool:
        name = home.name_of(path)
        return (name, stamp) in read or not wanted(name)

    def is_news(found: FoundFile) -> bool:
        return not (found.fault and (home.name_of(found.name), found.stamp) in unopened)

    return filter(is_news, ingest.discover_files(paths, is_passed_over))


def read_chunk(home: Home, batch: str, chunk: list[FoundFile]) -> list[ImportProgress]:
    """Read some files into the warehouse, all or none, and tell what became of each."""
    with open_warehouse(home) as store:
        this = _begun(home, batch, "inbox", store, in_process)
        return _taken_in(this, _handed_out(this, chunk))


def close_batch(home: Home, batch: str, source: str, files: list[ImportProgress]) -> Batch:
    """What an import came to, written down unless nothing was new."""
    began = dt.datetime.strptime(batch, BATCH_NAME).replace(tzinfo=dt.UTC)
    with open_warehouse(home) as store:
        return Batch(store.close_batch(batch, began, source), tuple(files))


def read_inbox(home: Home, source: str, progress: Progress) -> Batch:
    """Everything new in the inbox, read on both cores; `progress` hears of each chunk that is done."""
    return read_all(home, source, new_files(home), progress)


def read_all(
    home: Home, source: str, found: Iterable[list[FoundFile]], progress: Progress, batch: str | None = None
) -> Batch:
    """Chunks of files, read on both cores into the ledger of a home, as one import; it gets a name if it has none."""
    files: list[ImportProgress] = []
    with in_processes() as read, open_warehouse(home) as store:
        name = batch or new_batch_id(home, store)
        this = _begun(home, name, source, store, read)
        for chunk in prefetch(_handed_out(this, chunk) for chunk in found):
            files += _taken_in(this, chunk)
            progress(len(files), sum(each.stamp.bytes for each in chunk.found if not each.opened))
    return close_batch(home, name, source, files)


def new_batch_id(home: Home, store: Warehouse) -> str:
    """The name for an import that begins now, or in the next second that no import has."""
    moment = dt.datetime.now(dt.UTC)
    noted = {each.batch for each in imports(home.journal)}
    while store.has_batch(batch_name(moment)) or batch_name(moment) in noted:
        moment += dt.timedelta(seconds=1)
    return batch_name(moment)


def taken_back(entry: JournalRecord) -> Notice:
    """What is said of a file that an entry of the journal takes back."""
    return TAKEN_BACK(date=f"{entry.said_at:%d %B %Y}".lstrip("0"), batch=getattr(entry.entry, "batch", ""))


@dataclass(frozen=True, slots=True)
class _Import:
    """What stays the same while an import goes on."""

    home: Home
    batch: str
    source: str
    store: Warehouse
    read: Reader
    held: dict[str, Notice]  # contents that a person has taken back, each with what is said of its files
    noted: frozenset[str]  # files that the home's book has with this import
    brought: dict[str, str] = field(default_factory=dict)  # contents met so far, each with its first file
    names: set[str] = field(default_factory=set)  # of all files met so far


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Files that are being read: what is known of some already, and what comes of the others."""

    found: list[FoundFile]
    names: list[str]
    told: dict[str, FileRead]
    coming: Iterator[FileRead]


def _begun(home: Home, batch: str, source: str, store: Warehouse, read: Reader) -> _Import:
    """An import that begins, or goes on."""
    noted = next((each.files for each in imports(home.journal) if each.batch == batch), frozenset())
    return _Import(home, batch, source, store, read, _held_back(home), noted)


def _held_back(home: Home) -> dict[str, Notice]:
    """The contents that a person has taken back, each with what is said of its files."""
    entries = reverted_imports(read(home.journal).told)
    return {content: taken_back(entry) for content, entry in entries.items()}


def _handed_out(this: _Import, chunk: list[FoundFile]) -> _Chunk:
    """Files noted in the home's book and given to the readers; check-ins among them are in the journal."""
    named = {this.home.name_of(found.name): found for found in chunk}
    if fresh := named.keys() - this.noted:
        note_import(this.home.journal, this.batch, this.source, fresh)
    told = _without_reading(this, named)
    for name, found in named.items():
        if name not in told and (said := read_check_ins(found, name, this.home.zone, this.home.settings.items)):
            told[name] = said.file
            if said.entries:
                append(this.home.journal, said.entries)
    unread = [(found, name) for name, found in named.items() if name not in told]
    return _Chunk(chunk, list(named), told, this.read(unread, this.home.zone))


def _taken_in(this: _Import, chunk: _Chunk) -> list[ImportProgress]:
    """What became of the files, once it stands in the ledger."""
    told = chunk.told | {file.name: file for file in chunk.coming}
    files = [told[name] for name in chunk.names]
    this.store.save(this.batch, files)
    return [ImportProgress(file.name, file.outcome, file.reason) for file in files]


def _without_reading(this: _Import, named: dict[str, FoundFile]) -> dict[str, FileRead]:
    """Files whose fate is known without reading: archives, faults, contents known or held back."""
    told = {name: read for name, found in named.items() if (read := told_unread(found, name))}
    hashes = {name: found.content_hash for name, found in named.items() if name not in told}
    this.names.update(hashes)
    known = this.store.known_as(hashes, this.names)
    for name, content in hashes.items():
        first = known.get(name) or this.brought.setdefault(content, name)
        if content in this.held:
            told[name] = FileRead(
                name, named[name].stamp, ImportOutcome.SKIPPED, content, notices=(this.held[content],)
            )
        elif first != name:
            told[name] = FileRead(name, named[name].stamp, "known", content, notices=(KNOWN_CONTENT(first=first),))
    return told


# --- What the ledger no longer holds, read again: it was lost, or an older runmood had read it.


def reprocess_missing(home: Home, progress: Progress = no_progress) -> Batch | None:
    """What the inbox came to, where the ledger did not hold all of it: it was new, or an older runmood had read it.

    Every import of the past is read by its own name and in its order, so that each can still be taken back alone.
    Null where the ledger is in order.
    """
    formula = str(FORMULAS["reading"])
    with open_warehouse(home) as store:
        noted = store.notes.get("reading")
        if noted not in {None, formula}:
            store.forget_all()
    if noted == formula:
        return None
    batch = Batch({}, ())

    def further(files: int, size: int) -> None:
        progress(len(batch.files) + files, size)

    for each in imports(home.journal):
        batch += _read_again(home, each, further)
    batch += read_inbox(home, "inbox", further)
    with open_warehouse(home) as store:
        store.notes.put("reading", formula)
    return batch


def _read_again(home: Home, noted: ImportLogEntry, progress: Progress) -> Batch:
    """An import of the past, as far as its files lie in the inbox and are not in the ledger."""
    with_archives = {str(path) for name in noted.files for path in (PurePath(name), *PurePath(name).parents)}
    paths = {path for name in noted.files if (path := _in_the_inbox(home, name))}
    found = new_at(home, sorted(paths), lambda name: name in with_archives)
    return read_all(home, noted.source, chunks(found), progress, noted.batch)


def _in_the_inbox(home: Home, name: str) -> Path | None:
    """The file or the archive in the inbox that a file came with; null where it is gone."""
    path = home.root / name
    return next((each for each in (path, *path.parents) if each.is_file()), None)
