"""Whether a home is locked: then it holds one sealed file, and nothing may be written beside it in clear."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from runmood.core.errors import UserError
from runmood.core.files import acquire, open_kept
from runmood.core.i18n import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


LOCKED = "locked.runmood"
WAITING = "waiting"  # in a locked home: what came meanwhile, each sealed
LANGUAGE = "language"  # in the first line of the sealed file, in clear: how whoever opens it is spoken to
HEAD_BYTES = 4096  # of that line, at most
_opened: set[Path] = set()  # the locked homes in which this process, and no other, does the night's work


class LockedHomeError(UserError):
    """A home is locked; the sentence says how it is opened."""


def is_locked(root: Path) -> bool:
    """Return whether a home is locked."""
    return (root / LOCKED).exists()


def language_of(root: Path) -> str | None:
    """Return the language that a locked home's sealed file names; null where it names none."""
    try:
        with open(root / LOCKED, "rb", opener=open_kept) as file:
            named = json.loads(file.readline(HEAD_BYTES))[LANGUAGE]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return named if isinstance(named, str) else None


def is_held(root: Path) -> bool:
    """Return whether a process is at work with the sealed file of a locked home."""
    try:
        with open(root / LOCKED, "rb", opener=open_kept) as file:
            return not acquire(file.fileno(), shared=True, wait=False)
    except OSError:
        return False


def refuse_locked(root: Path) -> None:
    """Go on only in a home that is not locked, or that this process has opened for a night.

    Raises:
        LockedHomeError: it is locked; the sentence says too whether a night is at work, or left something in clear.
    """
    if not is_locked(root) or root.resolve() in _opened:
        return
    if is_held(root):
        raise LockedHomeError(message("error.locked_at_night", home=root))
    in_clear = any(each.name not in {LOCKED, WAITING} for each in root.iterdir())
    raise LockedHomeError(message("error.locked_in_clear" if in_clear else "error.locked", home=root))


@contextmanager
def opened_here(root: Path) -> Iterator[None]:
    """Let this process alone go on in a locked home while the block lasts."""
    _opened.add(root.resolve())
    try:
        yield
    finally:
        _opened.discard(root.resolve())
