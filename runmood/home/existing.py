"""A home that somebody else fills: opened only where there is one, and only where nothing in it leads out of it."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from runmood.core.errors import UserError
from runmood.core.i18n import message
from runmood.core.locked import refuse_locked
from runmood.home.home import Home, open_readonly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class NoHomeError(UserError):
    """There is no home at a folder; the sentence says what is missing."""


class LeadsOutError(UserError):
    """Something in a home is no file of its own: a link to elsewhere, a pipe or a device; the sentence names it."""


def open_existing(root: Path) -> Home:
    """Return the home at a folder, and make nothing: another folder does not become one by being looked at.

    Raises:
        NoHomeError: the folder is gone, or holds no settings.toml.
        LeadsOutError: the folder itself, or its settings, are a link.
        LockedHomeError: it is locked.
        UserError: others may have written in it, or its settings cannot be used.
    """
    refuse_locked(root)
    settings = root / "settings.toml"
    for path in (root, settings):
        if path.is_symlink():
            raise LeadsOutError(message("home.existing.leads_out", path=str(path)))
    if not settings.is_file():
        raise NoHomeError(message("home.existing.no_home", path=str(root)))
    return open_readonly(root)


def check_links(root: Path) -> None:
    """Refuse a home in which something leads out of it, so that nobody reads or overwrites what is another's.

    A link to a place inside the home is a copy of nothing and does no harm. Links are looked at, not followed.

    Raises:
        LeadsOutError: a link to elsewhere, a named pipe, a socket or a device, which would keep a reader waiting.
    """
    inside = root.resolve()
    for entry in _entries(root):
        if entry.is_symlink():
            target = os.path.realpath(entry.path)
            if os.path.commonpath([target, inside]) != str(inside):
                raise LeadsOutError(message("home.existing.leads_out", path=entry.path))
        elif not (entry.is_dir() or entry.is_file()):
            mode = stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode)
            raise LeadsOutError(message("home.existing.no_file", path=entry.path, mode=f"{mode:o}"))


def _entries(root: Path) -> Iterator[os.DirEntry[str]]:
    """Yield everything in a folder and those below; what cannot be looked into is left to who reads it."""
    waiting = [str(root)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                found = list(entries)
        except (PermissionError, FileNotFoundError):
            continue
        yield from found
        waiting += [entry.path for entry in found if entry.is_dir(follow_symlinks=False)]
