"""A home looked at in whatever state it is: who owns it, what its settings say, where it stands, what is in it.

A check that meets what it cannot look at says so, and the others go on.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import shutil
import stat
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from runmood.core.errors import UserError, spoken
from runmood.core.files import walk_folders
from runmood.core.locked import is_held, is_locked
from runmood.core.recordings import FileStat
from runmood.home.home import Home, translator_in
from runmood.home.settings import read_legible_settings, system_time_zone
from runmood.home.user_config import check_owner, read_user_config
from runmood.ingest.discover import discover_files
from runmood.ingest.inbox import missing_files
from runmood.ingest.watched import State, read_state
from runmood.journal.store import JOURNAL_FILE, journal_files
from runmood.warehouse.database import ASIDE, DATABASE, damage
from runmood.warehouse.ddl import load_sql
from runmood.warehouse.queries import has_current_schema, run_query
from runmood.workflow.errors import LOG
from runmood.workflow.nightly_run import last_night
from runmood.workflow.sealed_archive import clear_files
from runmood.workflow.state import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from runmood.core.i18n import Translator
    from runmood.workflow.nightly_run import NightlyRun

    Check = Callable[[Home], Iterator["CheckResult"]]


OF_PREFECT = "PREFECT_"
SYNCED = (".stfolder", ".dropbox", ".sync", ".nextcloudsync.log")  # what sync tools leave in a folder of theirs
SYNC_FOLDERS = ("dropbox", "onedrive", "nextcloud", "icloud", "mobile documents", "google drive", "syncthing")


def examine(root: Path, now: dt.datetime) -> Iterator[CheckResult]:
    """Look at everything, the most telling first.

    Args:
        root: the folder, which need not be a home, nor exist.
        now: the moment.

    Yields:
        One thing looked at after the other.
    """
    settings, faults = read_legible_settings(root / "settings.toml")
    home = Home(root, settings)
    if not root.is_dir():
        yield CheckResult("home", home.say("cli.doctor.no_home", folder=f"{root}"), asks=True)
        return
    if is_locked(root):
        say = translator_in(root)
        yield CheckResult("lock", say("cli.doctor.locked"))
        if is_held(root):
            yield CheckResult("lock", say("cli.doctor.at_night"))
        elif left := [path.name for path in clear_files(root)]:
            yield CheckResult("lock", say("cli.doctor.left_in_clear", files=len(left)), asks=True)
        return
    checks: tuple[tuple[str, Check], ...] = (
        ("owner", _check_owner),
        ("settings", lambda home: _check_settings(home, faults)),
        ("time zone", _check_zone),
        ("journal", _check_journal),
        ("prefect", _check_prefect),
        ("last night", lambda home: check_nights(home, now)),
        ("database", lambda home: check_databases(home, now)),
        ("folders", lambda home: check_watched(home, now)),
        ("disk", check_folders),
    )
    for name, check in checks:
        try:
            yield from check(home)
        except (UserError, OSError, ArithmeticError) as fault:
            yield CheckResult(name, home.say("cli.doctor.not_looked_at", fault=spoken(home.say, fault)), asks=True)


def _check_owner(home: Home) -> Iterator[CheckResult]:
    """Check that nobody else can have written what stands in the home, nor in this account's own configuration."""
    check_owner(home.root)
    read_user_config()
    owner = home.root.stat().st_uid
    yield CheckResult("owner", home.say("cli.doctor.owner", account=owner))


def _check_settings(home: Home, faults: tuple[UserError | OSError, ...]) -> Iterator[CheckResult]:
    for fault in faults:
        yield CheckResult("settings", home.say("cli.doctor.setting", fault=spoken(home.say, fault)), asks=True)
    if not faults:
        yield CheckResult("settings", home.say("cli.doctor.settings"))


def _check_zone(home: Home) -> Iterator[CheckResult]:
    """Check the home's time zone beside this computer's: days are those of the home."""
    ours, theirs = home.settings.time_zone, system_time_zone()
    now = dt.datetime.now(dt.UTC)
    try:
        differ = now.astimezone(home.zone).utcoffset() != now.astimezone(ZoneInfo(theirs)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        differ = True
    name = "cli.doctor.other_zone" if differ else "cli.doctor.zone"
    yield CheckResult("time zone", home.say(name, zone=ours, computer=theirs))


def _check_journal(home: Home) -> Iterator[CheckResult]:
    """Check for copies that a sync tool made, and whether the home lies where one keeps files on other computers."""
    copies = [path.name for path in journal_files(home.journal) if path.name != JOURNAL_FILE]
    if copies:
        yield CheckResult("journal", home.say("cli.doctor.copies", files=len(copies), names=", ".join(copies)))
    places = [part for part in home.root.resolve().parts if any(name in part.lower() for name in SYNC_FOLDERS)]
    places += [
        each for each in SYNCED for above in (home.root, *home.root.resolve().parents) if (above / each).exists()
    ]
    if places:
        yield CheckResult("sync", home.say("cli.doctor.synced", place=places[0]))


def _check_prefect(home: Home) -> Iterator[CheckResult]:
    """Name the variables of other programs' Prefect, which decide nothing here."""
    found = sorted(name for name in os.environ if name.startswith(OF_PREFECT))
    if found:
        yield CheckResult("prefect", home.say("cli.doctor.prefect", names=", ".join(found)))
    if home.settings.prefect_server:
        yield CheckResult("prefect", home.say("cli.doctor.server", address=home.settings.prefect_server))


SILENT_RUNS = 3  # planned runs after which a folder that brings nothing is asked about
OTHERS = stat.S_IRWXG | stat.S_IRWXO
MB = 2**20
NAME_WIDTH = 14
SPARE_MB = 500
PARTS = ("inbox", "journal", "points", "runmood.duckdb", "summaries", ".work")
LIBRARIES = ("runmood", "duckdb", "polars", "prefect")
LONG = dt.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One thing looked at; where it asks for something, the sentence says what to do."""

    name: str
    sentence: str
    asks: bool = False

    def as_text(self, say: Translator) -> str:
        """Return a line for the terminal."""
        return f"{'!' if self.asks else ' '} {say.choice('cli.doctor.check', self.name):{NAME_WIDTH}} {self.sentence}"


def check_databases(home: Home, now: dt.datetime) -> Iterator[CheckResult]:
    """Check the published copy and what is in it, the writer's database, and those kept aside."""
    if not home.published.exists() and _is_new(home):
        yield CheckResult("database", home.say("cli.doctor.no_database_yet"))
        yield _check_inbox(home, set())
    elif not home.published.exists():
        yield CheckResult("database", home.say("error.nothing_published", file=home.published.name), asks=True)
        yield _check_inbox(home, set())
    elif fault := damage(home.published):
        yield CheckResult("database", home.say("cli.doctor.damaged", fault=fault), asks=True)
    elif not has_current_schema(home.published):
        yield CheckResult("database", home.say("error.other_version", file=home.published.name), asks=True)
    else:
        yield CheckResult("database", home.say("cli.doctor.whole"))
        yield from _check_published(home, now)
    writers = home.work / DATABASE
    if not home.writer() and writers.exists() and (fault := damage(writers)):
        sentence = home.say("cli.doctor.writers_damaged", file=f".work/{writers.name}", fault=fault)
        yield CheckResult("database", sentence, asks=True)
    for aside in _aside(home):
        sentence = home.say("cli.doctor.kept_aside", file=f"{aside}", mb=round(aside.stat().st_size / MB))
        yield CheckResult("kept aside", sentence, asks=True)


def _is_new(home: Home) -> bool:
    """Return whether no database was made here so far, so that none is missing."""
    return last_night(home) is None and not (home.work / DATABASE).exists()


def _aside(home: Home) -> Iterator[Path]:
    """Databases that were found damaged, without their logs."""
    for folder in (home.root, home.work):
        found = sorted(folder.glob(f"{DATABASE}.{ASIDE}-*"))
        yield from (path for path in found if path.suffix != ".wal")


def _check_published(home: Home, now: dt.datetime) -> Iterator[CheckResult]:
    """Check files that could not be read, the journal and the clock, by the published copy."""
    known = run_query(home.published, "select file_name, bytes, modified_at from source_files")
    yield _check_inbox(home, {(name, FileStat(size, at)) for name, size, at in known.iter_rows()})
    yield from _check_gone(home, known["file_name"].to_list())
    counts = run_query(home.published, load_sql("checks_counts")).row(0, named=True)
    if counts["refused"]:
        yield CheckResult("files", home.say("cli.doctor.refused", files=counts["refused"]))
    if counts["closed"]:
        yield CheckResult("files", home.say("cli.doctor.closed", files=counts["closed"]), asks=True)
    if counts["lines"]:
        yield CheckResult("journal", home.say("cli.doctor.torn_lines", lines=counts["lines"]))
    if counts["altered"]:
        yield CheckResult("journal", home.say("cli.doctor.altered_lines", lines=counts["altered"]), asks=True)
    future = load_sql("checks_future").format(until=(now + ONE_DAY).isoformat())
    ahead = run_query(home.published, future).row(0, named=True)
    for name, count in ahead.items():
        if count:
            yield CheckResult("clock", home.say(f"cli.doctor.future.{name}", count=count), asks=True)


def _check_inbox(home: Home, read: set[tuple[str, FileStat]]) -> CheckResult:
    """Check how many files of the inbox have not been read as they are on disk; archives are not looked into."""
    new: set[str] = set()

    def is_passed_over(path: str, stamp: FileStat) -> bool:
        if (home.name_of(path), stamp) not in read:
            new.add(path)
        return True

    for _ in discover_files([home.inbox], is_passed_over):
        pass
    if new:
        return CheckResult("inbox", home.say("cli.doctor.to_be_read", files=len(new)), asks=True)
    return CheckResult("inbox", home.say("cli.doctor.all_read"))


def _check_gone(home: Home, names: list[str]) -> Iterator[CheckResult]:
    """Check which files that gave something lie in the inbox no more, alone or with their archive."""
    if gone := missing_files(home, names):
        yield CheckResult("inbox", home.say("cli.doctor.gone", files=len(gone), file=gone[0]), asks=True)


def check_folders(home: Home) -> Iterator[CheckResult]:
    """Yield whether the home can be written, room on the disk, sizes, permissions and versions."""
    if sealed := [path for path in (home.root, home.journal, home.work, home.points) if not _may_write(path)]:
        yield CheckResult("home", home.say("cli.doctor.sealed", folder=f"{sealed[0]}"), asks=True)
    sizes = {name: _size(home.root / name) / MB for name in PARTS}
    free = shutil.disk_usage(home.root).free / MB
    needed = SPARE_MB + 3 * sizes["runmood.duckdb"]
    sentence = ", ".join(f"{name} {size:.0f}" for name, size in sizes.items())
    if free < needed:
        full = home.say("cli.doctor.disk_full", free=round(free), needed=round(needed), parts=sentence)
        yield CheckResult("disk", full, asks=True)
    else:
        yield CheckResult("disk", home.say("cli.doctor.disk", free=round(free), parts=sentence))
    if home.root.stat().st_mode & OTHERS:
        yield CheckResult("privacy", home.say("cli.doctor.open_to_others", folder=f"{home.root}"), asks=True)
    else:
        yield CheckResult("privacy", home.say("cli.doctor.private"))
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES if find_spec(name))
    yield CheckResult("versions", f"{versions}, Python {platform.python_version()}.")


def _may_write(path: Path) -> bool:
    """Return whether a file or a folder can be written by whoever asks; what is not there yet, can."""
    return not path.exists() or os.access(path, os.W_OK)


def _size(path: Path) -> int:
    """Bytes of a file, or of everything in a folder."""
    if not path.is_dir():
        return path.stat().st_size if path.exists() else 0
    return sum((folder / name).lstat().st_size for folder, _, names in walk_folders(path) for name in names)


def check_watched(home: Home, now: dt.datetime) -> Iterator[CheckResult]:
    """Check when each watched folder last brought a file, and whether it has gone silent while runs were planned."""
    state = read_state(home) if home.settings.folders else State()
    for name in home.settings.folders:
        watched = state.folders.get(name)
        if watched is None or watched.brought_at is None:
            yield CheckResult("folders", f"{name}  {home.say('cli.watch.nothing_yet')}")
            continue
        day = watched.brought_at.astimezone(home.zone).date()
        runs = _planned_without_run(home, day, now) if watched.brings_files else 0
        if runs >= SILENT_RUNS:
            sentence = home.say("cli.watch.silent", folder=name, day=home.say.date(day), runs=runs)
            yield CheckResult("folders", sentence, asks=True)
        else:
            yield CheckResult("folders", f"{name}  {home.say('cli.watch.brought', day=home.say.date(day))}")


def _planned_without_run(home: Home, since: dt.date, now: dt.datetime) -> int:
    """Return how many runs were planned since a day; 0 where a run has come from elsewhere meanwhile."""
    if not home.published.exists() or damage(home.published) or not has_current_schema(home.published):
        return 0
    today = now.astimezone(home.zone).date()
    query = load_sql("checks_planned_since").format(since=since, today=today)
    counts = run_query(home.published, query).row(0, named=True)
    return 0 if counts["runs"] else int(counts["planned"])


def check_nights(home: Home, now: dt.datetime) -> Iterator[CheckResult]:
    """Check the last night, the clock, and who writes."""
    last = last_night(home)
    yield _check_last_night(home, last, now)
    if last and now.astimezone(home.zone).date() < last.day - ONE_DAY:
        yield CheckResult("clock", home.say("cli.doctor.clock_behind", day=last.day), asks=True)
    if writer := home.writer():
        yield CheckResult("lock", home.say("cli.doctor.writing", writer=writer))


def _check_last_night(home: Home, last: NightlyRun | None, now: dt.datetime) -> CheckResult:
    if last is None:
        return CheckResult("last night", home.say("cli.doctor.no_night"))
    when = _moment(home, last.began_at)
    if not last.good:
        failed = home.say("cli.doctor.night_failed", when=when, steps=[*last.failed])
        good = home.say("cli.doctor.last_good", day=last.good_at.astimezone(home.zone).date()) if last.good_at else ""
        sentence = home.say("cli.doctor.see_log", file=f".work/{LOG}")
        return CheckResult("last night", " ".join(filter(None, (failed, good, sentence))), asks=True)
    if now - last.began_at > LONG:
        return CheckResult("last night", home.say("cli.doctor.long_ago", when=when), asks=True)
    return CheckResult("last night", home.say("cli.doctor.night_in_order", when=when))


def _moment(home: Home, moment: dt.datetime) -> str:
    local = moment.astimezone(home.zone)
    return f"{home.say.date(local.date())} {local:%H:%M}"
