"""Writing in the journal: the only code that adds a line to it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.core.file_lock import acquire
from runmood.core.notices import TORN_LINE, Notice
from runmood.journal.codec import JournalRecord, from_line, to_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from runmood.core.models import NewEntry


JOURNAL_FILE = "journal.jsonl"
WHOLE_LINE = re.compile(rb'^\{"id": "([0-9a-f]+)".*\}$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class AppendResult:
    """How many entries were new, and whether the last line before them had been torn and was ended."""

    new: int
    torn: bool = False


def append(folder: Path, entries: Iterable[NewEntry]) -> AppendResult:
    """Return what became of the entries: the new ones are on disk when this returns, each once.

    Two writers at one time wait for each other, so neither loses a line. A line torn by a power cut is ended where
    it stands, so that it spoils nothing after it. An entry that stands there already is not written again.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / JOURNAL_FILE, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as journal:
        acquire(journal.fileno())
        before = journal.read()
        known = set(WHOLE_LINE.findall(before))
        lines = [line.encode() for line in dict.fromkeys(map(to_line, entries))]
        new = [line for line in lines if not known & set(WHOLE_LINE.findall(line))]
        torn = bool(before) and not before.endswith(b"\n")
        if new:
            journal.write(b"\n" * torn + b"".join(line + b"\n" for line in new))
            journal.flush()
            os.fsync(journal.fileno())
    if new and not before:
        _keep_name(folder)
    return AppendResult(len(new), torn)


def _keep_name(folder: Path) -> None:
    """Write the folder's own list of names to disk: only then is a new file safe from a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


# --- Reading the journal: everything that was said, line by line.


@dataclass(frozen=True, slots=True)
class Journal:
    """Everything said, in order of the lines, and what could not be read."""

    told: tuple[JournalRecord, ...] = ()
    notices: tuple[Notice, ...] = ()


def read(folder: Path) -> Journal:
    """Everything a person said; a line that cannot be read gives a notice and spoils no other."""
    told: dict[str, JournalRecord] = {}
    notices: list[Notice] = []
    for number, line in enumerate(_content(folder).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = from_line(line)
        except (ValueError, KeyError, TypeError) as fault:
            notices.append(TORN_LINE(line=number, fault=f"{type(fault).__name__}: {fault}"))
            continue
        told.setdefault(entry.id, entry)
    return Journal(tuple(told.values()), tuple(notices))


def _content(folder: Path) -> str:
    """Read the journal between two writings, so that a line half written is never taken for a torn one."""
    try:
        with (folder / JOURNAL_FILE).open("rb") as journal:
            acquire(journal.fileno(), shared=True)
            return journal.read().decode(errors="replace")
    except FileNotFoundError:
        return ""
