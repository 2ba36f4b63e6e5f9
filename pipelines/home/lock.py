"""One writer at a time: the lock of a home, and who holds it."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from runmood.terms.notices import CannotBeDoneError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO


class HomeIsBusyError(CannotBeDoneError):
    """Somebody else is writing in this home; the sentence says who and since when."""


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock while the block lasts. It waits for its turn, or where it may not, says who has it.

    The system lets go of it when a process ends, however it ends, so no lock is ever left behind.
    """
    with path.open("a+", encoding="utf-8") as lock:
        if not wait and not _taken(lock):
            raise HomeIsBusyError(f"Another runmood is writing in this home ({_said(lock)}). It was left to it.")
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, {_command()}, since {dt.datetime.now().astimezone():%d %B %H:%M}")
        lock.flush()
        yield


def holder(path: Path) -> str | None:
    """Who is writing, in words; null when nobody is."""
    if not path.exists():
        return None
    with path.open(encoding="utf-8") as lock:
        return None if _taken(lock) else _said(lock)


def _taken(lock: TextIO) -> bool:
    """Whether the lock was free and is now ours, until the file is closed."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _said(lock: TextIO) -> str:
    lock.seek(0)
    return lock.read() or "it has not said who it is"


def _command() -> str:
    """The command without its options and arguments, which may hold words of a person's."""
    words = sys.argv[3:] if sys.argv[1:2] == ["--home"] else sys.argv[1:]
    return " ".join(["runmood", *(word for word in words[:1] if not word.startswith("-"))])
