"""A runner's home: where things stand in it, what its settings say, and the lock for those who write."""

from __future__ import annotations

import datetime as dt
import difflib
import fcntl
import tomllib
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from runmood.terms.notices import CannotBeDoneError

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_SETTINGS = """\
# Settings of this home. Every line may be left out.
time_zone = "{time_zone}"   # where you live; taken from this computer
# name = "…"                # how the summary greets you
# units = "imperial"        # miles instead of kilometres
"""
TRUTHS = "truths.json"
UNITS = ("metric", "imperial")


class SettingsError(CannotBeDoneError):
    """The settings hold something that cannot be used; the sentence says what and where."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set; each has a default."""

    time_zone: str = "UTC"
    name: str | None = None
    units: Literal["metric", "imperial"] = "metric"


@dataclass(frozen=True, slots=True)
class Home:
    """One person's folder. `inbox` and `journal` are the truth; everything else is made from them."""

    root: Path
    settings: Settings

    @property
    def inbox(self) -> Path:
        """Watch files and export zips, never changed."""
        return self.root / "inbox"

    @property
    def journal(self) -> Path:
        """What the person said."""
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

    def name_of(self, path: str) -> str:
        """A file's name inside the home, so that the home can be moved."""
        return path.removeprefix(f"{self.root.as_posix()}/")

    def today(self) -> dt.date:
        """The calendar day at home."""
        return dt.datetime.now(self.zone).date()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Only one process writes at a time; the next one waits for its turn."""
        with (self.work / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def chosen_home(root: Path | None) -> Home:
    """The home a person named, else ./data."""
    return open_home(root or Path("data"))


def look_at_home(root: Path | None) -> Home:
    """The home a person named, else ./data, as it is; where there is none yet, what it would be, and none is made."""
    folder = root or Path("data")
    settings = folder / "settings.toml"
    return Home(folder, _read_settings(settings) if settings.exists() else Settings(_computers_zone()))


def open_home(root: Path) -> Home:
    """The home at a folder; a folder that is none yet becomes one, with the computer's time zone written down."""
    settings = root / "settings.toml"
    if not settings.exists():
        root.mkdir(parents=True, exist_ok=True)
        settings.write_text(FIRST_SETTINGS.format(time_zone=_computers_zone()), encoding="utf-8")
    home = Home(root, _read_settings(settings))
    for folder in (home.inbox, home.journal, home.work):
        folder.mkdir(exist_ok=True)
    return home


def _read_settings(path: Path) -> Settings:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise SettingsError(f"{path} cannot be read: {fault}.") from fault
    names = [field.name for field in fields(Settings)]
    for name, value in content.items():
        if name not in names:
            nearest = difflib.get_close_matches(name, names, 1)
            hint = f" Did you mean {nearest[0]}?" if nearest else f" It may hold: {', '.join(names)}."
            raise SettingsError(f"{path} has a line {name}, which is no setting.{hint}")
        if not isinstance(value, str):
            raise SettingsError(f'{path}: {name} is to be text in quotation marks, like {name} = "…".')
    return _checked(path, Settings(**content))


def _checked(path: Path, settings: Settings) -> Settings:
    if settings.units not in UNITS:
        raise SettingsError(f"{path}: units is {settings.units!r}, not one of {', '.join(UNITS)}.")
    try:
        ZoneInfo(settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        raise SettingsError(
            f"{path}: time_zone is {settings.time_zone!r}, which no list knows. It is a name like Europe/Lisbon."
        ) from fault
    return settings


def _computers_zone() -> str:
    import tzlocal  # noqa: PLC0415 - needed once in the life of a home, and check-in starts without it

    try:
        return tzlocal.get_localzone_name() or "UTC"
    except (ZoneInfoNotFoundError, ValueError):
        return "UTC"
