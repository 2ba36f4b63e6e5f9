"""Imports of entries, moods and plans: written in the ledger and the journal, listed, and taken back.

They are undone by withdrawing what they said. What an undo withdrew counts as never heard when the same file comes
again; what the person withdrew by hand stays withdrawn.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from runmood.core.checkins import EntryDeleted, NewEntry
from runmood.home.import_log import ImportLogEntry, free_name, imports, note_entries
from runmood.journal.codec import id_of
from runmood.journal.resolve import standing_withdrawals
from runmood.journal.store import append, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from runmood.home.home import Home
    from runmood.home.import_log import ImportKind
    from runmood.journal.codec import JournalRecord


@dataclass(frozen=True, slots=True)
class EntryBatch:
    """An import of entries, and how many of them still count."""

    logged: ImportLogEntry
    standing: int


def drop_undone(home: Home, records: Iterable[JournalRecord]) -> tuple[JournalRecord, ...]:
    """Return what the journal has, without what an undone import had brought: it is new when it comes again."""
    journal = tuple(records)
    undone = _undone(home, journal)
    return tuple(record for record in journal if record.id not in undone)


def import_entries(home: Home, kind: ImportKind, source: str, new: Sequence[NewEntry]) -> str | None:
    """Write entries in the journal as one import.

    Args:
        home: whose journal.
        kind: what they are.
        source: where they came from, as the list of imports shows it.
        new: the entries.

    Returns:
        The import's name; null where there was nothing to write.
    """
    if not new:
        return None
    batch = free_name({entry.batch for entry in imports(home.journal)}.__contains__)
    write_entries(home, ImportLogEntry(batch, source, kind=kind), new)
    return batch


def write_entries(home: Home, logged: ImportLogEntry, new: Sequence[NewEntry]) -> None:
    """Write entries in the journal as part of an import that has a name; what an undo had withdrawn is back."""
    note_entries(home.journal, replace(logged, files=frozenset(), entries=tuple(map(id_of, new))))
    records = read(home.journal).records
    undone = _undone(home, records)
    now = _free_moment(home, records)
    back = [NewEntry(now, EntryDeleted(undone[name])) for each in new if (name := id_of(each)) in undone]
    append(home.journal, [*(each for each in new if id_of(each) not in undone), *back])


def brought_files(home: Home, batch: str) -> bool:
    """Return whether an import brought files of the inbox, too."""
    return any(entry.files for entry in imports(home.journal) if entry.batch == batch)


def entry_batches(home: Home) -> list[EntryBatch]:
    """Return every import of entries, the last one last."""
    records = read(home.journal).records
    standing = {record.id for record in records} - standing_withdrawals(records).keys()
    logged = [entry for entry in imports(home.journal) if entry.entries]
    return [EntryBatch(entry, len(standing & set(entry.entries))) for entry in logged]


def revert_entries(home: Home, batch: str) -> int | None:
    """Take an import of entries back: what it said is withdrawn, the lines of the journal stay.

    Returns:
        How many entries were withdrawn; null where no import of entries has this name.
    """
    logged = next((entry for entry in imports(home.journal) if entry.batch == batch and entry.entries), None)
    if logged is None:
        return None
    records = read(home.journal).records
    standing = {record.id for record in records} - standing_withdrawals(records).keys()
    now = _free_moment(home, records)
    withdrawals = [NewEntry(now, EntryDeleted(name)) for name in logged.entries if name in standing]
    names = tuple(map(id_of, withdrawals))
    note_entries(home.journal, ImportLogEntry(batch, logged.source, kind=logged.kind, withdrawals=names))
    append(home.journal, withdrawals)
    return len(withdrawals)


def _free_moment(home: Home, records: Sequence[JournalRecord]) -> dt.datetime:
    """Return now, or the next second in which nothing was withdrawn: what is said twice in a second counts once."""
    taken = {record.said_at for record in records if isinstance(record.entry, EntryDeleted)}
    moment = dt.datetime.now(home.zone).replace(microsecond=0)
    while moment in taken:
        moment += dt.timedelta(seconds=1)
    return moment


def _undone(home: Home, records: Sequence[JournalRecord]) -> dict[str, str]:
    """Return what undone imports had brought, by its id with that of the entry that withdrew it."""
    by_undo = {name for entry in imports(home.journal) for name in entry.withdrawals}
    return {of: name for of, name in standing_withdrawals(records).items() if name in by_undo}
