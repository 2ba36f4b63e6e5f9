"""Writing in the journal: the only code that adds a line to it."""

from __future__ import annotations

import fcntl
import os
import re
from typing import TYPE_CHECKING

from runmood.journal.lines import to_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from runmood.terms.records import Said

JOURNAL_FILE = "journal.jsonl"
WHOLE_LINE = re.compile(r'^\{"id": "([0-9a-f]+)".*\}$', re.MULTILINE)


def append(folder: Path, entries: Iterable[Said]) -> int:
    """How many entries were new; they are on disk when this returns, each once.

    Two writers at one time wait for each other, so neither loses a line. A line torn by a power cut is ended where
    it stands, so that it spoils nothing after it. An entry that stands there already is not written again.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / JOURNAL_FILE, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as journal:
        fcntl.flock(journal, fcntl.LOCK_EX)
        before = journal.read()
        known = _ids(before)
        lines = dict.fromkeys(map(to_line, entries))
        new = [line for line in lines if not known & _ids(line.encode())]
        torn = before and not before.endswith(b"\n")
        journal.write((b"\n" if torn else b"") + "".join(line + "\n" for line in new).encode())
        journal.flush()
        os.fsync(journal.fileno())
    return len(new)


def _ids(content: bytes) -> set[str]:
    """The ids of the whole lines. They stand first in a line, so no line needs to be understood."""
    return set(WHOLE_LINE.findall(content.decode(errors="replace")))
