"""Entries taken out of the journal for good: their lines are gone, and one line without words says that they were.

Taking an entry back only adds a line; this is the one thing that rewrites the journal. It does so aside, under the
journal's own lock, and puts the file in place at once: whoever is killed meanwhile leaves the journal as it was.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from runmood.core.checkins import CheckIn, EntriesForgotten, EntryDeleted, EntryEdited, NewEntry
from runmood.core.entries import (
    DistanceCorrection,
    FileChosen,
    GoalReview,
    ImportRestored,
    ImportReverted,
    RecordingIdentified,
    RunDated,
    RunJudged,
    RunsMerged,
    RunSplit,
    RunTagged,
    RunTrimmed,
)
from runmood.core.files import open_private, put_on_disk
from runmood.journal.codec import from_line, to_line
from runmood.journal.store import JOURNAL_FILE, journal_files, opened_alone

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from runmood.journal.codec import JournalRecord

    IsForgotten = Callable[[bytes], bool]


# What a person decided of files and runs, which holds no words and stays; all else is of themselves. A withdrawal goes
# with what it is about, and only so: else what was taken back would count again.
DECIDED = (
    DistanceCorrection, RunJudged, FileChosen, RunTrimmed, RunDated, RunTagged, RunsMerged, RunSplit,
    RecordingIdentified, ImportReverted, ImportRestored, EntriesForgotten, EntryDeleted,
)  # fmt: skip
WORDED = ("note", "raw", "skip_reason", "pain_where", "words", "answer", "name")  # fields in a person's own words
SHORTEST = 6  # letters of words that are worth looking for


@dataclass(frozen=True, slots=True)
class EntriesToForget:
    """Entries to be forgotten: their ids, the words that stand in them alone, and when the first of them was said.

    With `unreadable` it is everything, and every line that cannot be read goes too; else only those in which something
    of them stands.
    """

    ids: frozenset[str]
    words: frozenset[str]
    since: dt.datetime | None
    unreadable: bool = False


def choose_entries(records: Iterable[JournalRecord], is_meant: Callable[[JournalRecord], bool]) -> EntriesToForget:
    """Choose entries, with all that only speaks of them: their changes, withdrawals and reviews.

    Args:
        records: the journal.
        is_meant: whether a person means an entry; those that hold nothing personal are never chosen by themselves.

    Returns:
        What there is to forget.
    """
    records = tuple(records)
    ids = {each.id for each in records if not isinstance(each.entry, DECIDED) and is_meant(each)}
    while more := {each.entry.of for each in records if isinstance(each.entry, EntryEdited) and each.id in ids} - ids:
        ids |= more
    while more := {each.id for each in records if _speaks_of(each) in ids} - ids:
        ids |= more
    gone = [each for each in records if each.id in ids]
    kept = "\0".join(word for each in records if each.id not in ids for word in words_of(each.entry))
    words = {word for each in gone for word in words_of(each.entry) if word not in kept}
    return EntriesToForget(frozenset(ids), frozenset(words), min((each.said_at for each in gone), default=None))


def _speaks_of(record: JournalRecord) -> str:
    """Return the id of the entry that an entry is about; empty where it is about none."""
    if isinstance(record.entry, EntryEdited | EntryDeleted):
        return record.entry.of
    return record.entry.goal if isinstance(record.entry, GoalReview) else ""


def day_of_entry(record: JournalRecord, zone: ZoneInfo) -> dt.date:
    """Return the day that an entry is of: its own, or where it has none, the one on which it was said."""
    entry = record.entry.check_in if isinstance(record.entry, EntryEdited) else record.entry
    if isinstance(entry, CheckIn):
        return entry.at.date()
    return getattr(entry, "date", None) or record.said_at.astimezone(zone).date()


def words_of(entry: object) -> set[str]:
    """Return the words of a person's own that stand in an entry, as far as they are long enough to look for."""
    entry = entry.check_in if isinstance(entry, EntryEdited) else entry
    texts = [getattr(entry, each.name) for each in fields(entry) if each.name in WORDED]  # type: ignore[arg-type]  # every entry is one
    texts += [answer for _, answer in entry.answers] if isinstance(entry, CheckIn) else []
    return {text.strip() for text in texts if isinstance(text, str) and len(text.strip()) >= SHORTEST}


def forget(folder: Path, copies: Iterable[Path], chosen: EntriesToForget, now: dt.datetime) -> None:
    """Take entries out of every file of the journal and of its copies, and write down that they were.

    Args:
        folder: of the journal.
        copies: of what the journal held on earlier days.
        chosen: what goes.
        now: when.
    """
    tombstone = to_line(NewEntry(now, EntriesForgotten(tuple(sorted(chosen.ids)))))
    ids = {each.encode() for each in chosen.ids}
    marks = [word.encode() for word in chosen.words] + [b'"' + each + b'"' for each in ids]

    def is_forgotten(line: bytes) -> bool:
        try:
            return from_line(line.decode()).id.encode() in ids
        except (ValueError, KeyError, TypeError):  # a torn line: it goes where anything of what is forgotten is in it
            return chosen.unreadable or any(mark in line for mark in marks)

    others = [path for path in journal_files(folder) if path.name != JOURNAL_FILE]
    _rewrite(folder / JOURNAL_FILE, is_forgotten, tombstone.encode() + b"\n")
    for path in (*others, *copies):
        _rewrite(path, is_forgotten)


def purge(folder: Path, copies: Iterable[Path], records: Iterable[JournalRecord]) -> None:
    """Take out of other files of the journal what was forgotten already, as a sync tool may have brought it back."""
    ids = {
        each.encode() for record in records if isinstance(record.entry, EntriesForgotten) for each in record.entry.ids
    }

    def is_forgotten(line: bytes) -> bool:
        return any(line.startswith(b'{"id": "' + each + b'"') for each in ids)

    for path in (*journal_files(folder), *copies):
        if ids and any(b'{"id": "' + each + b'"' in path.read_bytes() for each in ids):
            _rewrite(path, is_forgotten)


def _rewrite(path: Path, is_forgotten: IsForgotten, end: bytes = b"") -> None:
    """Put a file in place anew without some of its lines, under its lock."""
    with opened_alone(path) as file:
        lines = [line for line in file.read().split(b"\n") if line.strip() and not is_forgotten(line)]
        draft = path.with_name(".forgetting")
        with open(draft, "wb", opener=open_private) as new:
            new.write(b"".join(line + b"\n" for line in lines) + end)
            new.flush()
            os.fsync(new.fileno())
        draft.replace(path)
        put_on_disk(path.parent)
