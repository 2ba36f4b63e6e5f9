"""A home: its folders and files, its settings, and the lock that lets one process write at a time."""

from __future__ import annotations

import datetime as dt
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from runmood.core.errors import UserError, spoken
from runmood.core.file_lock import acquire
from runmood.core.i18n import message, translator
from runmood.core.locked import refuse_locked
from runmood.core.plain_text import plain
from runmood.core.private_files import make_folder, make_private, open_private, replace_private
from runmood.home.settings import Settings, read_legible_settings, read_settings, system_time_zone
from runmood.home.user_config import check_owner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from typing import TextIO

    from runmood.core.i18n import Translator


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
    with open(path, "a+", encoding="utf-8", errors="replace", opener=open_private) as lock:
        if not wait and not acquire(lock.fileno(), wait=False):
            raise HomeIsBusyError(message("error.home_is_busy", holder=_holder_in(lock)))
        acquire(lock.fileno())
        refuse_locked(path.parent.parent)  # which may have been done while this waited
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, {_command()}, since {dt.datetime.now().astimezone():%d %B %H:%M}")
        lock.flush()
        yield


def holder(path: Path) -> str | None:
    """Return who is writing, in words; None when nobody is."""
    if not path.exists():
        return None
    with path.open(encoding="utf-8", errors="replace") as lock:
        return None if acquire(lock.fileno(), wait=False) else _holder_in(lock)


def _holder_in(lock: TextIO) -> str:
    lock.seek(0)
    return lock.read() or "it has not said who it is"


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
        """One Parquet file a recording."""
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

    def make_folders(self) -> None:
        """Make the folders that are missing, for nobody else to look into."""
        for folder in (self.inbox, self.journal, self.work):
            make_folder(folder)

    def name_of(self, path: str) -> str:
        """Return a file's name inside the home, so that the home can be moved."""
        return path.removeprefix(f"{self.root.as_posix()}/")

    def today(self) -> dt.date:
        """Return the calendar day at home."""
        return dt.datetime.now(self.zone).date()

    def writing(self, *, wait: bool = True) -> AbstractContextManager[None]:
        """Lock the home for writing; see `write_lock`."""
        return write_lock(self.work / "lock", wait=wait)

    def writer(self) -> str | None:
        """Return who is writing at the moment, in words; None when nobody is."""
        return holder(self.work / "lock")


def chosen_home(root: Path | None, *, lenient: bool = False) -> Home:
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


def closed_home(root: Path) -> Home:
    """Return a locked home, of whose settings nothing is known."""
    check_owner(root)
    return Home(root, Settings(time_zone=system_time_zone()))


def _settings(path: Path, *, lenient: bool) -> Settings:
    if not lenient:
        return read_settings(path)
    settings, faults = read_legible_settings(path)
    if faults:
        say = translator(settings.language, settings.units)
        sys.stderr.writelines(f"{plain(spoken(say, fault))}\n" for fault in faults)
    return settings


def open_home(root: Path, *, lenient: bool = False) -> Home:
    """Return the home at a folder; another folder becomes one, with the computer's time zone in its settings."""
    refuse_locked(root)
    settings = root / "settings.toml"
    if not settings.exists():
        make_folder(root)
        make_private(root)  # a folder that was there, as a clone's `data`, may be open to others
        replace_private(settings, FIRST_SETTINGS.format(time_zone=system_time_zone()), root / ".settings")
    home = open_readonly(root, lenient=lenient)
    home.make_folders()
    return home
