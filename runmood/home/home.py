"""A home: its folders and files, its settings, the lock that lets one process write at a time, and how it is opened.

A home that somebody else fills is opened only where there is one, and only where nothing in it leads out of it. What a
killed process left behind is deleted by whoever holds the lock next.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from runmood.core.catalogue import DEFAULT
from runmood.core.errors import UserError, spoken
from runmood.core.files import (
    acquire,
    make_folder,
    make_made_folder,
    make_private,
    make_way,
    open_private,
    replace_private,
    walk_folders,
)
from runmood.core.i18n import Name, message, translator
from runmood.core.locked import is_locked, language_of, refuse_locked
from runmood.core.plain_text import plain
from runmood.home.settings import Settings, read_legible_settings, read_settings, system_time_zone
from runmood.home.user_config import check_owner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from typing import TextIO

    from runmood.core.i18n import Message, Translator


class HomeIsBusyError(UserError):
    """Somebody else is writing in this home; the sentence says who and since when."""


@contextmanager
def write_lock(path: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock while the block lasts.

    The system releases it when a process ends, however it ends, so no lock is ever left behind.

    Args:
        path: the file that is locked; it holds who has it.
        wait: whether to wait for whoever has it.

    Raises:
        HomeIsBusyError: if somebody has it and `wait` is false.
    """
    make_way(path)
    with open(path, "a+", encoding="utf-8", errors="replace", opener=open_private) as lock:
        if not wait and not acquire(lock.fileno(), wait=False):
            raise HomeIsBusyError(message("error.home_is_busy", holder=_holder_in(lock)))
        acquire(lock.fileno())
        refuse_locked(path.parent.parent)  # which may have been done while this waited
        lock.truncate(0)
        lock.write(f"{os.getpid()} {dt.datetime.now().astimezone():%Y-%m-%dT%H:%M} {_command()}")
        lock.flush()
        yield


def lock_holder(path: Path) -> Message | None:
    """Return who is writing; None when nobody is."""
    if not path.is_file():
        return None
    with path.open(encoding="utf-8", errors="replace") as lock:
        return None if acquire(lock.fileno(), wait=False) else _holder_in(lock)


def _holder_in(lock: TextIO) -> Message:
    lock.seek(0)
    try:
        process, since, command = lock.read().split(" ", 2)
        begun = dt.datetime.fromisoformat(since)
    except ValueError:
        return message("error.holder_unknown")
    return message("error.holder", process=Name(process), command=command, day=begun, time=f"{begun:%H:%M}")


def _command() -> str:
    """Return the command without its options and arguments, which may hold a person's own words."""
    words = sys.argv[3:] if sys.argv[1:2] == ["--home"] else sys.argv[1:]
    return " ".join(["runmood", *(word for word in words[:1] if not word.startswith("-"))])


FIRST_SETTINGS = """\
# Settings of this home. Every line may be left out. `runmood settings --example` shows all there are.
time_zone = "{time_zone}"   # where you live; taken from this computer
# name = "…"                # how the summary greets you
# units = "imperial"        # miles instead of kilometres
"""
TRUTHS = "truths.json"


@dataclass(frozen=True, slots=True)
class Home:
    """One person's folder: `inbox` and `journal` are the sources, everything else is made from them."""

    root: Path
    settings: Settings

    @property
    def settings_file(self) -> Path:
        """What the person has set."""
        return self.root / "settings.toml"

    @property
    def inbox(self) -> Path:
        """Watch files and export zips, never changed."""
        return self.root / "inbox"

    @property
    def journal(self) -> Path:
        """The folder of everything the person has written down."""
        return self.root / "journal"

    @property
    def work(self) -> Path:
        """The writer's own files."""
        return self.root / ".work"

    @property
    def points(self) -> Path:
        """Parquet files, one row a sample."""
        return self.root / "points"

    @property
    def page(self) -> Path:
        """The summary as a page."""
        return self.root / "summaries" / "summary.html"

    @property
    def published(self) -> Path:
        """The database for analysts."""
        return self.root / "runmood.duckdb"

    @property
    def truths(self) -> Path:
        """What is true of an invented runner; no other home has it."""
        return self.root / TRUTHS

    @property
    def zone(self) -> ZoneInfo:
        """The time zone where the person lives."""
        return ZoneInfo(self.settings.time_zone)

    @property
    def say(self) -> Translator:
        """How this person is spoken to."""
        return translator(self.settings.language, self.settings.units)

    def make_folders(self, *, lenient: bool = False) -> None:
        """Make the folders that are missing, for nobody else to look into.

        Args:
            lenient: whether the journal alone has to be there, as for whoever writes something down: the inbox may lie
                on a disk that was taken away.
        """
        make_folder(self.journal)
        with suppress(*([OSError] if lenient else [])):
            make_folder(self.inbox)
            make_made_folder(self.work)

    def name_of(self, path: str) -> str:
        """Return a file's name inside the home, so that the home can be moved."""
        return path.removeprefix(f"{self.root.as_posix()}/")

    def today(self) -> dt.date:
        """Return the calendar day at home."""
        return dt.datetime.now(self.zone).date()

    def writing(self, *, wait: bool = True) -> AbstractContextManager[None]:
        """Lock the home for writing; see `write_lock`."""
        return write_lock(self.work / "lock", wait=wait)

    def writer(self) -> Message | None:
        """Return who is writing at the moment; None when nobody is."""
        return lock_holder(self.work / "lock")


def resolve_home(root: Path | None, *, lenient: bool = False) -> Home:
    """Return the home a person named, else ./data; a new one is announced, since its name may be a slip.

    Args:
        root: what the person named.
        lenient: whether a fault in the settings is told and stops nothing, as whoever writes something down wishes.
    """
    folder = root or Path("data")
    refuse_locked(folder)
    is_new = not (folder / "settings.toml").exists()
    home = open_home(folder, lenient=lenient)
    if is_new:
        sys.stderr.write(f"{home.say('home.existing.begun', folder=f'{folder.resolve()}')}\n")
    return home


def open_readonly(root: Path | None, *, lenient: bool = False) -> Home:
    """Return the home a person named, else ./data; where there is none yet, what it would be, and make none."""
    folder = root or Path("data")
    check_owner(folder)
    refuse_locked(folder)
    return Home(folder, _settings(folder / "settings.toml", lenient=lenient))


def locked_home(root: Path) -> Home:
    """Return a locked home, of whose settings nothing is known but the language."""
    check_owner(root)
    return Home(root, Settings(time_zone=system_time_zone(), language=language_of(root) or DEFAULT))


def translator_in(root: Path | None) -> Translator:
    """Return who speaks in a home: in the language that its settings or its sealed file still name, or English."""
    folder = root or Path("data")
    if is_locked(folder):
        return translator(language_of(folder) or DEFAULT, "metric")
    try:
        settings, _ = read_legible_settings(folder / "settings.toml")
    except OSError:
        return translator(DEFAULT, "metric")
    return translator(settings.language, settings.units)


def _settings(path: Path, *, lenient: bool) -> Settings:
    if not lenient:
        return read_settings(path)
    settings, faults = read_legible_settings(path)
    if faults:
        say = translator(settings.language, settings.units)
        sys.stderr.writelines(f"{plain(spoken(say, fault))}\n" for fault in faults)
    return settings


def open_home(root: Path, *, lenient: bool = False) -> Home:
    """Return the home at a folder; another folder becomes one, with the computer's time zone in its settings.

    Raises:
        UserError: it is locked, its settings cannot be used, or what else lies there is the system's or the account's.
    """
    refuse_locked(root)
    settings = root / "settings.toml"
    if not settings.exists():
        _refuse_shared_place(root)
        make_folder(root)
        make_private(root)  # a folder that was there, as a clone's `data`, may be open to others
        replace_private(settings, FIRST_SETTINGS.format(time_zone=system_time_zone()), root / ".settings")
    home = open_readonly(root, lenient=lenient)
    home.make_folders(lenient=lenient)
    return home


def _refuse_shared_place(root: Path) -> None:
    """Refuse a folder around the account's own, temporary files or the program: nobody else could enter it any more.

    A home is closed to others, and all that lies in it is sealed when it is locked. An account may be there for runmood
    alone: its own folder becomes a home while nothing but hidden files lies in it.

    Raises:
        UserError: it is one.
    """
    account = os.path.expanduser("~")  # noqa: PTH111 - where it is not known, that of a path raises
    known = [Path(account)] if account != "~" else []
    for inside in (*known, Path(os.environ.get("TMPDIR") or "/tmp"), Path(sys.prefix)):  # noqa: S108 - nothing is written there
        place, around = inside.resolve(), root.resolve()
        if around in place.parents or (place == around and _holds_something(root)):
            raise UserError(message("home.existing.shared", path=str(root), example=str(root / "runmood")))


def _holds_something(folder: Path) -> bool:
    return folder.is_dir() and any(not path.name.startswith(".") for path in folder.iterdir())


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


INCOMING = ".incoming-"  # how a copy into the inbox is called until it is whole
UPLOADS = "upload-"  # folders of files that a browser sends, among the jobs
LASTS_S = 24 * 3600  # an upload may still be under way
DRAFTS = ("publishing.duckdb", "compact.duckdb", "before.duckdb", "runmood.duckdb.tmp", "journals/draft")


def sweep_leftovers(home: Home) -> int:
    """Delete what was left behind, and return how much that was; only who holds the home's lock may call this."""
    drafts = [home.work / name for name in (*DRAFTS, *(f"{name}.wal" for name in DRAFTS))]
    drafts += [home.journal / ".forgetting", home.journal / ".restored", home.root / ".settings"]
    old = time.time() - LASTS_S
    uploads = [path for path in (home.work / "jobs").glob(f"{UPLOADS}*") if path.lstat().st_mtime < old]
    swept = 0
    for path in (*_incoming(home.inbox), *uploads, *drafts):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path.is_symlink() or path.exists():
            path.unlink()
        else:
            continue
        swept += 1
    return swept


def _incoming(inbox: Path) -> Iterator[Path]:
    """Yield copies into the inbox that were broken off: nobody copies but under the lock."""
    for folder, _, names in walk_folders(inbox):
        yield from (folder / name for name in names if name.startswith(INCOMING))
