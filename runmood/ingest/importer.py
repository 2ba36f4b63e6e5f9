"""One import: what is new in the inbox is read a chunk at a time and saved.

A chunk is saved whole or not at all, while the next one is being read. After a crash the next import goes on from what
the database holds.
"""

from __future__ import annotations

import datetime as dt
import itertools
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

from runmood.core.checkins import NewEntry
from runmood.core.entries import ImportRestored
from runmood.core.enums import ImportOutcome
from runmood.core.i18n import Name, Term
from runmood.core.notices import NOT_A_RUN, STILL_WRITTEN, TAKEN_BACK
from runmood.core.versions import FORMULAS
from runmood.home.import_log import BATCH_NAME, ImportLogEntry, free_name, imports, note_import
from runmood.ingest.at_rest import may_be_written
from runmood.ingest.corrections import find_content, path_in_inbox
from runmood.ingest.discover import discover_files
from runmood.ingest.entry_imports import drop_undone, write_entries
from runmood.ingest.inbox import missing_files
from runmood.ingest.listings import Listings, copies_listed_elsewhere, earlier_listings, known_copy
from runmood.ingest.progress import no_progress
from runmood.ingest.read_file import day_told, read_check_ins, result_without_reading
from runmood.ingest.workers import chunks, in_process, in_processes, is_large, prefetch
from runmood.journal.decisions import reverted_imports
from runmood.journal.imports.compare import compare
from runmood.journal.store import append, read
from runmood.readers.registry import listing_of, metadata_format, reader_versions
from runmood.warehouse.file_rows import FileRead, StoredFile
from runmood.warehouse.writer import Warehouse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from runmood.core.notices import Notice
    from runmood.core.recordings import FileStat, FoundFile
    from runmood.home.home import Home
    from runmood.ingest.progress import Progress
    from runmood.ingest.read_file import CheckInFile
    from runmood.ingest.workers import OpenReader, Reader


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file of an import, why, which decisions it waits for, and how many runs or nights it held.

    `sport` is that of a file whose only fault is that it is no run. `again` marks one that an earlier import brought,
    read again with what lies beside it now.
    """

    file_name: str
    outcome: str
    reason: str | None
    to_decide: tuple[str, ...] = ()
    runs: int = 0
    nights: int = 0
    sport: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """The result of one import: how many files by outcome, and each file that was new."""

    counts: dict[str, int]
    files: tuple[FileResult, ...]

    def __add__(self, other: Batch) -> Batch:
        """Add up two results."""
        counts = {name: self.counts.get(name, 0) + count for name, count in other.counts.items()}
        return Batch(counts, self.files + other.files)

    @property
    def read_again(self) -> int:
        """How many files of earlier imports were read again with what lies beside them now."""
        return sum(file.again for file in self.files)

    @property
    def clean(self) -> bool:
        """Whether nothing was refused or read only in part."""
        return not (self.counts["refused"] or self.counts["partial"])


def open_warehouse(home: Home) -> Warehouse:
    """Open the writer's database of a home."""
    return Warehouse(home.work, home.points, home.say)


@contextmanager
def open_importer(home: Home, reader: OpenReader | None = None, *, unfinished_wait: bool = False) -> Iterator[Importer]:
    """Open the writer's database of a home for an import.

    Args:
        home: Whose database it is.
        reader: How files are read; on both cores where it is null.
        unfinished_wait: Whether a file that is not whole and may still be written waits, instead of being judged.

    Yields:
        The importer, whose `store` stays open for whatever follows the import.
    """
    with open_warehouse(home) as store:
        yield Importer(home, store, reader or in_processes, unfinished_wait=unfinished_wait)


def reverted_notice(reverted_at: dt.datetime, batch: str) -> Notice:
    """Return the notice on a file whose import was taken back."""
    return TAKEN_BACK(date=reverted_at.date(), batch=Name(batch))


class Importer:
    """Reads files of a home's inbox into its open warehouse.

    The journal is read at most once, when the first file is new; what others add to it meanwhile is not seen here.
    """

    def __init__(
        self, home: Home, store: Warehouse, reader: OpenReader = in_processes, *, unfinished_wait: bool = False
    ) -> None:
        self.home = home
        self.unfinished_wait = unfinished_wait
        self.store = store
        self._open_reader = reader

    @cached_property
    def reverted(self) -> dict[str, Notice]:
        """The contents whose import was taken back, each with the notice on its files."""
        entries = reverted_imports(read(self.home.journal).records)
        return {
            content: reverted_notice(entry.said_at, getattr(entry.entry, "batch", ""))
            for content, entry in entries.items()
        }

    def restore(self, paths: list[Path]) -> int:
        """Let the contents at these paths count again, so that the next reading of the inbox takes them for new.

        Returns:
            How many contents had been taken back.
        """
        if not self.reverted:
            return 0
        found = {file.content_hash for file in discover_files(paths, lambda _name, _stamp: False) if file.content}
        again = tuple(sorted(found & self.reverted.keys()))
        if again:
            append(self.home.journal, [NewEntry(dt.datetime.now(self.home.zone), ImportRestored(again))])
            self.store.forget(again)
            for content in again:
                del self.reverted[content]
        return len(again)

    def new_files(self) -> Iterator[list[FoundFile]]:
        """Find the files of the inbox whose content the database does not hold under their name.

        A file whose time alone changed is not new. One that could not be opened, or gave less than a whole run, is
        looked at each time, and given only when its content has changed, whatever its size and time say.

        Returns:
            The files, unpacked, a chunk at a time.
        """
        return chunks(self._new_in_inbox())

    def _new_in_inbox(self) -> Iterator[FoundFile]:
        """Return what is new, then what was read before a table that tells more of it lay beside it."""
        tables: list[Path] = []
        for found in self._new_at([self.home.inbox], lambda _name: True):
            path = self.home.root / self.home.name_of(found.name)
            if metadata_format(path.name) and path.parent.is_dir():
                tables.append(path.parent)
            yield found
        if tables:
            unlisted = self.store.files.without_listing()
            beside = discover_files(tables, lambda path, stamp: (self.home.name_of(path), stamp) not in unlisted)
            yield from (replace(found, again=True) for found in beside if found.note)

    def _new_at(self, paths: list[Path], wanted: Callable[[str], bool]) -> Iterator[FoundFile]:
        """Return what is new at some paths of the inbox, of the files whose names are wanted."""
        unopened, faulty, contents = (
            self.store.files.unopened(),
            self.store.files.faulty(),
            self.store.files.content_hashes(),
        )
        stamps, still_written = self.store.files.stamps(), self.store.files.still_written()
        read_before = stamps - unopened - faulty

        def is_passed_over(path: str, stamp: FileStat) -> bool:
            name = self.home.name_of(path)
            return (name, stamp) in read_before or not wanted(name)

        def is_news(found: FoundFile) -> bool:
            name = self.home.name_of(found.name)
            if found.opened:
                return True
            if found.fault:
                return (name, found.stamp) not in stamps or name in still_written
            if contents.get(name) != found.content_hash:
                return True
            self.store.restamp(name, found.stamp)
            return False

        def is_part_seen(path: str, stamp: FileStat) -> bool:
            return (self.home.name_of(path), stamp) in stamps

        return filter(is_news, discover_files(paths, is_passed_over, is_part_seen))

    def read_inbox(self, source: str = "inbox", progress: Progress = no_progress) -> Batch:
        """Read everything new in the inbox, on both cores; `progress` is called after each file.

        What was being copied and is gone, under that name, waits no more.

        Returns:
            The result.
        """
        if gone := missing_files(self.home, self.store.files.waiting()):
            self.store.forget_names(gone)
        return self.read_all(source, self.new_files(), progress)

    def read_all(
        self, source: str, found: Iterable[list[FoundFile]], progress: Progress = no_progress, batch: str | None = None
    ) -> Batch:
        """Read chunks of files, on both cores, as one import; it gets a new name if it has none."""
        files: list[FileResult] = []
        done = itertools.count(1)
        name = batch or self.new_batch_id()
        with self._open_reader() as reader:
            run = self._begin(name, source, reader)
            for chunk in prefetch(map(run.start, found), lambda chunk: not chunk.is_large):
                files += run.save(chunk, lambda size: progress(next(done), size))
        return self.close_batch(name, source, files)

    def read_chunk(self, batch: str, chunk: list[FoundFile]) -> list[FileResult]:
        """Read some files into the database, all or none."""
        run = self._begin(batch, "inbox", in_process)
        return run.save(run.start(chunk), lambda _size: None)

    def close_batch(self, batch: str, source: str, files: list[FileResult]) -> Batch:
        """Return the result of an import; it is written down unless nothing was new."""
        began = dt.datetime.strptime(batch, BATCH_NAME).replace(tzinfo=dt.UTC)
        return Batch(self.store.close_batch(batch, began, source), tuple(files))

    def new_batch_id(self) -> str:
        """Return the name for an import that begins now, or in the next second that no import has."""
        noted = {entry.batch for entry in imports(self.home.journal)}
        return free_name(lambda name: name in noted or self.store.has_batch(name))

    def reprocess_missing(self, progress: Progress = no_progress) -> Batch | None:
        """Read again what the database or a file of points has lost, or an older runmood had read, and what is new.

        A raised FORMULAS["reading"] has all files read again, a raised version of a reader those of its format. Every
        import of the past is read under its own name and in its order, so that each can still be taken back alone.

        A file that the inbox has no more keeps the recordings that it had.

        Returns:
            The result of it all; null where the database is in order.
        """
        formula = str(FORMULAS["reading"])
        noted = self.store.metadata.get("reading")
        if noted not in {None, formula}:
            self.store.forget_all()
        stale = self.store.forget_stale(reader_versions()) + self.store.forget_lost_points()
        if noted == formula and not stale:
            return None
        batch = Batch({}, ())

        def further(files: int, size: int) -> None:
            progress(len(batch.files) + files, size)

        for entry in (entry for entry in imports(self.home.journal) if entry.files):
            batch += self._read_again(entry, further)
        batch += self.read_inbox("inbox", further)
        self.store.keep_vanished(self.home.published, self.reverted.keys())
        self.store.note_reading(formula, reader_versions())
        return batch

    def _read_again(self, entry: ImportLogEntry, progress: Progress) -> Batch:
        """Read an import of the past, as far as its files lie in the inbox and are not in the database."""
        with_archives = {str(path) for name in entry.files for path in (PurePath(name), *PurePath(name).parents)}
        paths = {path for name in entry.files if (path := path_in_inbox(self.home, name))}
        found = self._new_at(sorted(paths), lambda name: name in with_archives)
        return self.read_all(entry.source, chunks(found), progress, entry.batch)

    def _begin(self, batch: str, source: str, reader: Reader) -> _RunningImport:
        """Begin an import, or go on with it."""
        logged = next((entry.files for entry in imports(self.home.journal) if entry.batch == batch), frozenset())
        return _RunningImport(self, batch, source, reader, logged)


def _new_entries(home: Home, said: CheckInFile) -> tuple[NewEntry, ...]:
    """Return what the journal is to have of a file; of an export what is new, for the next one tells all again."""
    if said.export is None:
        return said.entries
    return compare(said.entries, drop_undone(home, read(home.journal).records), said.export.by_clock).new


def _another_sport(reason: Notice | None) -> str | None:
    """Return the sport that a file says it is, where that is why it holds no run."""
    if reason is None or reason.code != NOT_A_RUN.code:
        return None
    sport = dict(reason.message.values).get("sport")
    return sport.word.replace("_", " ") if isinstance(sport, Term) else None


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Files that are being read: what is known of some already, what comes of the others, whether one is large."""

    names: list[str]
    known: dict[str, FileRead]
    coming: Iterator[FileRead]
    is_large: bool


@dataclass(slots=True)
class _RunningImport:
    """An import that goes on, with the contents and names it has met so far."""

    importer: Importer
    batch: str
    source: str
    reader: Reader
    logged: frozenset[str]  # files that the import log has with this import
    first_names: dict[str, str] = field(default_factory=dict)  # contents met so far, each with its first file
    listings: Listings = field(default_factory=Listings)
    names: set[str] = field(default_factory=set)  # of all files met so far

    def start(self, chunk: list[FoundFile]) -> _Chunk:
        """Log the files and give them to the readers; check-ins among them are in the journal on return."""
        home = self.importer.home
        named = {home.name_of(found.name): found for found in chunk}
        if fresh := {name for name, found in named.items() if not found.again} - self.logged:
            note_import(home.journal, self.batch, self.source, fresh)
        known = self._settle_without_reading(named)
        for name, found in named.items():
            if name not in known and (said := read_check_ins(found, name, home.zone, home.settings.custom_questions)):
                known[name] = said.file
                if new := _new_entries(home, said):
                    write_entries(home, ImportLogEntry(self.batch, self.source), new)
        unread = [(found, name) for name, found in named.items() if name not in known]
        disputed = self.listings.disputed
        unread = [(replace(found, disputed=found.content_hash in disputed), name) for found, name in unread]
        unread += self._newly_disputed({name for _, name in unread})
        names = dict.fromkeys([*named, *(name for _, name in unread)])
        large = any(is_large(found) for found, _ in unread)
        return _Chunk([*names], known, self.reader(unread, home.zone), large)

    def _newly_disputed(self, unread: set[str]) -> Iterator[tuple[FoundFile, str]]:
        """Yield the files read before, each with its name, of which a table just met names another sport."""
        for content, name in self.listings.newly_disputed():
            if name not in unread and (found := find_content(self.importer.home, name, content)):
                yield replace(found, again=True, disputed=True), name

    def save(self, chunk: _Chunk, tell: Callable[[int], None]) -> list[FileResult]:
        """Save the files, once they are read; `tell` is called with the bytes of each as it is."""
        results: dict[str, FileRead] = {}
        for file in itertools.chain(chunk.known.values(), chunk.coming):
            results[file.name] = file
            tell(0 if file.outcome == ImportOutcome.OPENED else file.stamp.bytes)
        files = [self._unless_written(results[name]) for name in chunk.names]
        self.importer.store.save(
            self.batch, [*files, *copies_listed_elsewhere(files, self.importer.store.files.by_content)]
        )
        return [self._result(file) for file in files]

    def _unless_written(self, file: FileRead) -> FileRead:
        """Return the file; one that is not whole and may still be written waits, and nothing is said of it."""
        whole = file.outcome != ImportOutcome.REFUSED and not any(each.row["partial"] for each in file.recordings)
        if whole or not self.importer.unfinished_wait or not may_be_written(self.importer.home.root / file.name):
            return file
        notices = (STILL_WRITTEN(),)
        return FileRead(file.name, file.stamp, ImportOutcome.SKIPPED, notices=notices, local_date=day_told(file))

    def _result(self, file: FileRead) -> FileResult:
        """Return what became of a file, in the person's language."""
        reason = file.reason.spoken(self.importer.home.say) if file.reason else None
        runs = len(file.recordings) if file.outcome == ImportOutcome.RUN else 0
        return FileResult(
            file.name,
            file.outcome,
            reason,
            file.to_decide,
            runs,
            len(file.nights),
            _another_sport(file.reason),
            file.again,
        )

    def _settle_without_reading(self, named: dict[str, FoundFile]) -> dict[str, FileRead]:
        """Note what the files are; return the result of archives, faults, and contents known or taken back."""
        zone = self.importer.home.zone
        plain = {name: result_without_reading(found, name, zone) for name, found in named.items()}
        results = {name: result for name, result in plain.items() if result}
        hashes = {name: found.content_hash for name, found in named.items() if name not in results}
        self.names.update(hashes)
        known = self.importer.store.files.copies(hashes, self.names)
        listed = {name: listing_of(note) for name in hashes if (note := named[name].note)}
        earlier = earlier_listings(self.importer.store.files.by_content({hashes[name] for name in listed}), self.names)
        reverted = self.importer.reverted
        for name in sorted(hashes, key=lambda name: listed.get(name, ""), reverse=True):
            content, stamp, listing = hashes[name], named[name].stamp, listed.get(name)
            before = earlier.get(content, set())
            if listing and self.listings.add(content, listing, before):
                self.first_names[content] = name
                known.pop(name, None)
            first = known.get(name) or self.first_names.setdefault(content, name)
            if content in reverted:
                results[name] = FileRead(name, stamp, ImportOutcome.SKIPPED, content, notices=(reverted[content],))
            elif first != name:
                note = named[name].note
                listed_as = note.listed_as if note else None
                file = StoredFile(name, stamp, holds=False, listing=listing, listed_as=listed_as)
                results[name] = known_copy(file, content, first)
            if listing:
                self.listings.weigh(content, first, before)
        return results
