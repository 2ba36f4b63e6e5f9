"""Copying files into the inbox, where they stay: everything can be built again from there."""

from __future__ import annotations

import filecmp
import itertools
import os
import shutil
import stat
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from runmood.core.errors import CsvFormatError
from runmood.core.files import files_below, make_folder, open_private
from runmood.core.i18n import Message, Name, message
from runmood.core.notices import NOTHING_TO_READ, UNREAD_EXPORT
from runmood.home.home import INCOMING
from runmood.ingest.folders import BEGINNING, LOOKED_AT, app_of, cannot_open, is_ignored, walk
from runmood.journal.imports import read_export
from runmood.journal.imports.compare import NeedsMappingError
from runmood.journal.imports.formats import ANY_SHEET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from runmood.home.home import Home


_TABLES = (".csv", ".json", ".tsv")
_LARGEST_JOURNAL = 16 << 20  # bytes


def _no_note(_place: Path) -> None:
    """Ignore where a file lies."""


def copy_to_inbox(paths: Iterable[Path], inbox: Path, note_place: Callable[[Path], None] = _no_note) -> list[Message]:
    """Copy files into the inbox.

    A folder keeps its name and its inner order. A file that lies there already, by name and content, is not copied
    again; another file of the same name gets a number, so nothing in the inbox is ever changed. A content that lies
    there under another name is linked, so it takes no room.

    Args:
        paths: Files and folders.
        inbox: The home's inbox.
        note_place: Called with the place of each file in the inbox, also of those that lay there before.

    Returns:
        A message for each file that could not be copied, and for each path under which nothing can be read; all others
        lie in the inbox.
    """
    copying = _Copying(inbox.resolve(), note_place)
    tops = [path.resolve() for path in paths]
    outside = [top for top in tops if copying.inbox != top and copying.inbox not in top.parents]
    return [told for top in outside for told in copying.bring(top)]


def copy_each(pairs: Iterable[tuple[Path, Path]], inbox: Path) -> Iterator[tuple[Path, Path]]:
    """Copy files to places in the inbox, as `copy_to_inbox` does.

    Args:
        pairs: Each file with the place that it is to have; where another content lies there, it gets a number.
        inbox: The home's inbox.

    Yields:
        Each file that could be copied, with the place where its content lies.
    """
    copying = _Copying(inbox.resolve(), _no_note)
    for source, target in pairs:
        with suppress(OSError):
            yield source, copying.copied(source, copying.inbox / target.relative_to(inbox))


@dataclass(frozen=True)
class _Copying:
    """Copying into one inbox, whose files are looked through once, and only if something is new."""

    inbox: Path
    note_place: Callable[[Path], None]

    def bring(self, top: Path) -> Iterator[Message]:
        """Copy what lies at or under a path; yield what could not be copied."""
        met = False
        for entry in walk([top]):
            met = True
            if entry.fault:
                yield _not_copied(entry.name, entry.fault.message)
            elif not stat.S_ISREG(entry.mode):
                yield _not_copied(entry.name, message("import.not_a_file"))
            elif is_ignored(entry.path):
                yield _not_copied(entry.name, _why_ignored(entry.path))
            else:
                try:
                    self.note_place(self.copied(entry.path, self.inbox / entry.path.relative_to(top.parent)))
                except OSError as fault:
                    yield _not_copied(entry.name, cannot_open(fault).message)
        if not met:
            yield _not_copied(top.as_posix(), _why_nothing(top))

    @cached_property
    def _by_size(self) -> dict[int, list[Path]]:
        """The files of the inbox by their size."""
        files: dict[int, list[Path]] = defaultdict(list)
        for path in files_below(self.inbox):
            files[path.stat().st_size].append(path)
        return files

    def copied(self, source: Path, target: Path) -> Path:
        """Copy under a hidden name and rename, so that half a file is never read; return where the file lies."""
        place = next(place for place in _places(target) if not place.exists() or _is_same(source, place))
        if place.exists():
            return place
        make_folder(place.parent)
        draft = place.with_name(f"{INCOMING}{os.getpid()}")
        if not self._linked(source, draft):
            with source.open("rb") as given, open(draft, "wb", opener=open_private) as copy:
                shutil.copyfileobj(given, copy)
            moment = source.stat()
            os.utime(draft, ns=(moment.st_atime_ns, moment.st_mtime_ns))
        draft.replace(place)
        self._by_size[place.stat().st_size].append(place)
        return place

    def _linked(self, source: Path, draft: Path) -> bool:
        """Link the file of the inbox that holds the same content; return whether there is one that can be linked."""
        same = next((path for path in self._by_size[source.stat().st_size] if _is_same(source, path)), None)
        if same is None:
            return False
        try:
            os.link(same, draft)
        except OSError:  # a file system without links
            return False
        return True


def _not_copied(name: str, reason: Message) -> Message:
    return message("import.not_copied", file=name, reason=reason)


def _why_ignored(path: Path) -> Message:
    """Return why a file that a person names is left where it is: as an app's file, or for its name."""
    if path.suffix.lower() not in _TABLES:
        return message("import.no_watch_name")
    if _holds_moods(path):
        return message("import.holds_moods")
    app = app_of([(path.name, _begins(path))])
    return (UNREAD_EXPORT(app=Name(app)) if app else NOTHING_TO_READ()).message


def _holds_moods(path: Path) -> bool:
    """Return whether a file is another app's export of moods, which the journal reads."""
    try:
        if path.stat().st_size > _LARGEST_JOURNAL:
            return False
        return bool(read_export(path.read_bytes(), path.name, ZoneInfo("UTC")).entries)
    except NeedsMappingError as fault:
        return fault.source != ANY_SHEET.source
    except (CsvFormatError, OSError):
        return False


def _why_nothing(folder: Path) -> Message:
    """Return what a folder is in which there is nothing to read."""
    files = sorted(files_below(folder))[:LOOKED_AT]
    app = app_of((path.relative_to(folder.parent).as_posix(), _begins(path)) for path in files)
    return (UNREAD_EXPORT(app=Name(app)) if app else NOTHING_TO_READ()).message


def _begins(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(BEGINNING)
    except OSError:
        return b""


def _places(target: Path) -> Iterator[Path]:
    """Yield the name itself, then the name with a number: run.fit, run-2.fit, and so on."""
    stem, dot, endings = target.name.partition(".")
    yield target
    for number in itertools.count(2):
        yield target.with_name(f"{stem}-{number}{dot}{endings}")


def _is_same(one: Path, other: Path) -> bool:
    """Return whether both hold the same bytes; size and time alone may lie."""
    return filecmp.cmp(one, other, shallow=False)


def missing_files(home: Home, names: Iterable[str]) -> list[str]:
    """Return the files that lie in the inbox no more, neither alone nor in their archive, in order of name."""
    return sorted(name for name in names if not _is_there(home.root / name, home.inbox))


def _is_there(path: Path, inbox: Path) -> bool:
    """Return whether a file, or the archive that it came in, is there."""
    return any(
        each.exists()
        for each in (path, *path.parents)
        if each != inbox and inbox in each.parents and (each == path or each.is_file())
    )
