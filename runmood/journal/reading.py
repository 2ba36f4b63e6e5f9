"""Reading the journal: everything that was said, line by line."""

from __future__ import annotations

import fcntl
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.journal.lines import Told, from_line
from runmood.journal.pen import JOURNAL_FILE
from runmood.terms.notices import TORN_LINE, Notice

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Journal:
    """Everything said, in order of the lines, and what could not be read."""

    told: tuple[Told, ...] = ()
    notices: tuple[Notice, ...] = ()


def read(folder: Path) -> Journal:
    """Everything a person said; a line that cannot be read gives a notice and spoils no other."""
    told: dict[str, Told] = {}
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
    """The journal as it stands between two writings, so that a line half written is never taken for a torn one."""
    try:
        with (folder / JOURNAL_FILE).open("rb") as journal:
            fcntl.flock(journal, fcntl.LOCK_SH)
            return journal.read().decode(errors="replace")
    except FileNotFoundError:
        return ""
