"""Writing in the journal, by the only code that adds a line to it, reading its files, and whether all is still there.

Dated copies and what was seen stand in the writer's folder, which may be deleted: then nothing is compared until the
next time.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from runmood.core.checkins import EntriesForgotten
from runmood.core.errors import as_message
from runmood.core.files import (
    acquire,
    make_made_folder,
    make_way,
    open_kept,
    open_private,
    put_on_disk,
    read_kept,
    replace_made,
    write_private,
)
from runmood.core.i18n import Message, Name, message
from runmood.core.json_records import read_record
from runmood.core.locked import refuse_locked
from runmood.core.notices import CHANGED_LINE, DOUBLED_ID, TORN_LINE, Notice
from runmood.journal.codec import JournalRecord, from_line, is_as_written, parse_line, record_of, to_legible_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from runmood.core.checkins import NewEntry


JOURNAL_FILE = "journal.jsonl"
WHOLE_LINE = re.compile(rb'^\{"id": "([0-9a-f]+)".*\}$', re.MULTILINE)
FORGOTTEN_LINE = re.compile(rb'^\{"id": "[0-9a-f]+", "entry": "forgotten".*\}$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class AppendResult:
    """How many entries were new, and whether the last line before them had been torn and was ended."""

    new: int
    torn: bool = False


def append(folder: Path, entries: Iterable[NewEntry]) -> AppendResult:
    """Return what became of the entries: the new ones are on disk when this returns, each once.

    Two writers at one time wait for each other, so neither loses a line. A line torn by a power cut is ended where
    it stands, so that it spoils nothing after it. An entry that stands there already is not written again.

    Raises:
        LockedHomeError: the home is locked.
        UserError: the journal would not read one of them again, and none is written.
        FileNotFoundError: the folder was taken away meanwhile.
    """
    refuse_locked(folder.parent)
    try:
        return append_lines(folder, [to_legible_line(each) for each in entries])
    except FileNotFoundError:
        refuse_locked(folder.parent)  # it was locked while this waited, and the folder is gone
        raise


def append_lines(folder: Path, new_lines: Iterable[str]) -> AppendResult:
    """Write lines of entries as `append` does, also while a home is being unlocked."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with opened_alone(folder / JOURNAL_FILE) as journal:
        before = journal.read()
        known = set(WHOLE_LINE.findall(before)) | forgotten_in(before)
        lines = [line.encode() for line in dict.fromkeys(new_lines)]
        new = [line for line in lines if not known & set(WHOLE_LINE.findall(line))]
        torn = bool(before) and not before.endswith(b"\n")
        if new:
            journal.write(b"\n" * torn + b"".join(line + b"\n" for line in new))
            journal.flush()
            os.fsync(journal.fileno())
    if new and not before:
        put_on_disk(folder)
    return AppendResult(len(new), torn)


@contextmanager
def opened_alone(path: Path) -> Iterator[BinaryIO]:
    """Yield a file of the journal, to read and to add to, while nobody else may write in it; it is made if need be.

    Whoever waited while the file was put in place anew has the old one, and opens the new one instead.
    """
    while True:
        with os.fdopen(open_kept(path, os.O_RDWR | os.O_APPEND | os.O_CREAT), "r+b") as file:
            acquire(file.fileno())
            if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
                yield file
                return


def forgotten_in(content: bytes) -> set[bytes]:
    """Return the ids of the entries that a file of the journal says are forgotten."""
    found: set[bytes] = set()
    for line in FORGOTTEN_LINE.findall(content):
        with suppress(ValueError, KeyError, TypeError):
            entry = from_line(line.decode()).entry
            found |= {each.encode() for each in entry.ids} if isinstance(entry, EntriesForgotten) else set()
    return found


@dataclass(frozen=True, slots=True)
class Journal:
    """Everything said, in order of the lines, and what could not be read."""

    records: tuple[JournalRecord, ...] = ()
    notices: tuple[Notice, ...] = ()


def journal_files(folder: Path) -> list[Path]:
    """Return every file of the journal, our own first: a sync tool, a phone or a copy may have put others beside it."""
    others = (path for path in folder.glob("journal*.jsonl") if path.name != JOURNAL_FILE and path.is_file())
    own = folder / JOURNAL_FILE
    return [*([own] if own.exists() else []), *sorted(others)]


def read(folder: Path, *, verify: bool = False) -> Journal:
    """Read everything a person said, in all files of the journal, each entry once.

    Args:
        folder: of the journal.
        verify: whether to notice lines that are not as they were written.

    Returns:
        The entries in order of the lines, or of time where there are several files; a line that cannot be read gives a
        notice and spoils no other.
    """
    files = journal_files(folder)
    lines: dict[str, tuple[str, JournalRecord]] = {}
    notices: list[Notice] = []
    for path in files:
        file = Name(f"journal/{path.name}")
        for number, line in enumerate(_content(path).decode(errors="replace").split("\n"), start=1):
            if line.strip() and (fault := _add_line(line.strip(), lines, verify=verify)):
                notices.append(fault(line=number, file=file))
    records = _not_forgotten(lines)
    if len(files) > 1:
        records.sort(key=lambda record: record.said_at)
    return Journal(tuple(records), tuple(notices))


@dataclass(slots=True)
class JournalReader:
    """Reads a journal again and again: only the lines that are new since the last time are parsed.

    Lines never change, so a file is known as far as it begins with what was read of it. Where a file was written
    anew, as a sync tool does, everything is read again.
    """

    folder: Path
    _read: dict[Path, bytes] = field(default_factory=dict)
    _lines: dict[str, tuple[str, JournalRecord]] = field(default_factory=dict)

    def records(self) -> tuple[JournalRecord, ...]:
        """Return the entries as `read` does."""
        contents = {path: _content(path) for path in journal_files(self.folder)}
        if not all(contents.get(path, b"").startswith(known) for path, known in self._read.items()):
            self._read, self._lines = {}, {}
        for path, content in contents.items():
            known = self._read.get(path, b"")
            new = content[len(known) : content.rfind(b"\n") + 1]
            for line in content[len(known) :].decode(errors="replace").split("\n"):
                if line.strip():
                    _add_line(line.strip(), self._lines)  # what is wrong with it, the night tells
            self._read[path] = known + new  # a last line without its end is read again, as it may be torn
        records = _not_forgotten(self._lines)
        return tuple(sorted(records, key=lambda record: record.said_at) if len(contents) > 1 else records)


def _not_forgotten(lines: dict[str, tuple[str, JournalRecord]]) -> list[JournalRecord]:
    """Return the entries without those that are forgotten, of which another machine may have kept a copy."""
    records = [record for _, record in lines.values()]
    forgotten = {each for record in records if isinstance(record.entry, EntriesForgotten) for each in record.entry.ids}
    return [record for record in records if record.id not in forgotten]


def _add_line(
    line: str, lines: dict[str, tuple[str, JournalRecord]], *, verify: bool = False
) -> Callable[..., Notice] | None:
    """Add a line's entry by its id; of two that say something else, the one that is as it was written counts.

    Args:
        line: without its end.
        lines: what was read so far, by id; each line with its entry.
        verify: whether to notice a line that is not as it was written.

    Returns:
        The notice of what is wrong with the line, to be called with its place; null where nothing is.
    """
    try:
        content = parse_line(line)
        record = record_of(content)
    except (ValueError, KeyError, TypeError) as fault:
        return partial(TORN_LINE, fault=_why(fault))
    known = lines.setdefault(record.id, (line, record))
    if known[1] is not record:
        if known[0] == line or known[1] == record:
            return None
        if is_as_written(content) and not is_as_written(parse_line(known[0])):
            lines[record.id] = line, record
        return DOUBLED_ID
    return CHANGED_LINE if verify and not is_as_written(content) else None


def _why(fault: Exception) -> Message:
    """Return what is wrong with a line, in words for a person."""
    if isinstance(fault, json.JSONDecodeError):
        return message("line.not_whole")
    return message("line.lacks", name=str(fault.args[0])) if isinstance(fault, KeyError) else as_message(fault)


def _content(path: Path) -> bytes:
    """Read a file between two writings, so that a line half written is never taken for a torn one."""
    with open(path, "rb", opener=open_kept) as journal:
        acquire(journal.fileno(), shared=True)
        return journal.read()


SEEN = "journal-seen.json"
COPIES = "journals"  # dated copies, in the writer's folder
COPIES_KEPT = 14
RESTORED = "journal-restored.jsonl"


def missing_ids(work: Path, ids: Iterable[str]) -> frozenset[str]:
    """Return the ids of entries that were in the journal when it was last seen, and are no longer.

    Args:
        work: the writer's folder.
        ids: those of the journal as it stands.
    """
    try:
        seen = json.loads(read_kept(work / SEEN))
        return frozenset(read_record(dict[str, list[str]], seen)["ids"]) - {*ids}
    except (OSError, ValueError, KeyError, RecursionError):
        return frozenset()


def note_seen(work: Path, ids: Iterable[str]) -> None:
    """Remember the entries of the journal as it stands."""
    replace_made(work / SEEN, json.dumps({"ids": list(ids)}))


def keep_copy(folder: Path, work: Path, day: dt.date) -> None:
    """Keep a copy of the journal's files under a day's name, and the last few of earlier days."""
    copies = work / COPIES
    make_made_folder(copies)
    draft, target = copies / "draft", copies / f"{day}.jsonl"
    make_way(draft)
    make_way(target)
    with open(draft, "wb", opener=open_private) as copy:
        for path in journal_files(folder):
            with path.open("rb") as lines:
                shutil.copyfileobj(lines, copy)
            copy.write(b"\n")
    draft.replace(target)
    for old in kept_copies(work)[:-COPIES_KEPT]:
        old.unlink()


def kept_copies(work: Path) -> list[Path]:
    """Return the dated copies, the oldest first; what is no file is none."""
    return sorted(path for path in (work / COPIES).glob("*.jsonl") if path.is_file())


def restore_copy(folder: Path, work: Path) -> Path | None:
    """Put the newest copy beside the journal, where it is read with it.

    Returns:
        The copy that was taken; null where there is none.
    """
    newest = max(kept_copies(work), default=None)
    if newest:
        draft = folder / ".restored"
        write_private(draft, newest.read_bytes())
        draft.replace(folder / RESTORED)
    return newest
