"""Copying files into the inbox, where they stay: everything can be built again from there."""

from __future__ import annotations

import filecmp
import itertools
import os
import shutil
import stat
from typing import TYPE_CHECKING

from runmood.core.i18n import Message, message
from runmood.core.private_files import make_folder, open_private
from runmood.ingest.folders import cannot_open, is_ignored, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def copy_to_inbox(paths: Iterable[Path], inbox: Path) -> list[Message]:
    """Copy files into the inbox.

    A folder keeps its name and its inner order. A file that lies there already, by name and content, is not copied
    again; another file of the same name gets a number, so nothing in the inbox is ever changed.

    Returns:
        A message for each file that could not be copied; all others lie in the inbox.
    """
    inbox = inbox.resolve()
    tops = [path.resolve() for path in paths]
    outside = [top for top in tops if inbox != top and inbox not in top.parents]
    return [told for top in outside for told in _bring(top, inbox)]


def _bring(top: Path, inbox: Path) -> Iterator[Message]:
    """Copy what lies at or under a path; yield what could not be copied."""
    for entry in walk([top]):
        if entry.fault:
            yield _not_copied(entry.name, entry.fault.message)
        elif not stat.S_ISREG(entry.mode):
            yield _not_copied(entry.name, message("import.not_a_file"))
        elif is_ignored(entry.path):
            yield _not_copied(entry.name, message("import.no_watch_name"))
        else:
            try:
                _copy(entry.path, inbox / entry.path.relative_to(top.parent))
            except OSError as fault:
                yield _not_copied(entry.name, cannot_open(fault).message)


def _not_copied(name: str, reason: Message) -> Message:
    return message("import.not_copied", file=name, reason=reason)


def _copy(source: Path, target: Path) -> None:
    """Copy under a hidden name and rename, so that half a file is never read."""
    place = next(place for place in _places(target) if not place.exists() or _is_same(source, place))
    if place.exists():
        return
    make_folder(place.parent)
    draft = place.with_name(f".incoming-{os.getpid()}")
    with source.open("rb") as given, open(draft, "wb", opener=open_private) as copy:
        shutil.copyfileobj(given, copy)
    moment = source.stat()
    os.utime(draft, ns=(moment.st_atime_ns, moment.st_mtime_ns))
    draft.replace(place)


def _places(target: Path) -> Iterator[Path]:
    """Yield the name itself, then the name with a number: run.fit, run-2.fit, and so on."""
    stem, dot, endings = target.name.partition(".")
    yield target
    for number in itertools.count(2):
        yield target.with_name(f"{stem}-{number}{dot}{endings}")


def _is_same(one: Path, other: Path) -> bool:
    """Whether both hold the same bytes; size and time alone may lie."""
    return filecmp.cmp(one, other, shallow=False)
