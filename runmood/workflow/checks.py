"""What is in order in a home and what asks for a look, each with what to do. Nothing is changed."""

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

from runmood.core.models import FileStat
from runmood.ingest.discover import discover_files
from runmood.ingest.inbox import missing_files
from runmood.ingest.watched import State, read_state
from runmood.warehouse.database import ASIDE, damage
from runmood.warehouse.ddl import load_sql
from runmood.warehouse.queries import has_current_schema, run_query
from runmood.warehouse.writer import DATABASE
from runmood.workflow.errors import LOG
from runmood.workflow.nightly_run import last_night
from runmood.workflow.state import A_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from runmood.core.i18n import Translator
    from runmood.home.home import Home
    from runmood.workflow.nightly_run import NightlyRun


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
    if not home.published.exists():
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
        told = home.say("cli.doctor.writers_damaged", file=f".work/{writers.name}", fault=fault)
        yield CheckResult("database", told, asks=True)
    for aside in _aside(home):
        told = home.say("cli.doctor.kept_aside", file=f"{aside}", mb=round(aside.stat().st_size / MB))
        yield CheckResult("kept aside", told, asks=True)


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
    future = load_sql("checks_future").format(until=(now + A_DAY).isoformat())
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
    """Whether the home can be written, room on the disk, sizes, permissions and versions."""
    if sealed := [path for path in (home.root, home.journal, home.work, home.points) if not _may_write(path)]:
        yield CheckResult("home", home.say("cli.doctor.sealed", folder=f"{sealed[0]}"), asks=True)
    sizes = {name: _size(home.root / name) / MB for name in PARTS}
    free = shutil.disk_usage(home.root).free / MB
    needed = SPARE_MB + 3 * sizes["runmood.duckdb"]
    told = ", ".join(f"{name} {size:.0f}" for name, size in sizes.items())
    if free < needed:
        full = home.say("cli.doctor.disk_full", free=round(free), needed=round(needed), parts=told)
        yield CheckResult("disk", full, asks=True)
    else:
        yield CheckResult("disk", home.say("cli.doctor.disk", free=round(free), parts=told))
    if home.root.stat().st_mode & OTHERS:
        yield CheckResult("privacy", home.say("cli.doctor.open_to_others", folder=f"{home.root}"), asks=True)
    else:
        yield CheckResult("privacy", home.say("cli.doctor.private"))
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES if find_spec(name))
    yield CheckResult("versions", f"{versions}, Python {platform.python_version()}.")


def _may_write(path: Path) -> bool:
    """Whether a file or a folder can be written by whoever asks; what is not there yet, can."""
    return not path.exists() or os.access(path, os.W_OK)


def _size(path: Path) -> int:
    """Bytes of a file, or of everything in a folder."""
    if not path.is_dir():
        return path.stat().st_size if path.exists() else 0
    return sum(
        os.lstat(os.path.join(folder, name)).st_size  # noqa: PTH118 - thousands of them
        for folder, _, names in os.walk(path)
        for name in names
    )


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
            told = home.say("cli.watch.silent", folder=name, day=home.say.date(day), runs=runs)
            yield CheckResult("folders", told, asks=True)
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
    if last and now.astimezone(home.zone).date() < last.day - A_DAY:
        yield CheckResult("clock", home.say("cli.doctor.clock_behind", day=last.day), asks=True)
    if writer := home.writer():
        yield CheckResult("lock", home.say("cli.doctor.writing", writer=writer))


def _check_last_night(home: Home, last: NightlyRun | None, now: dt.datetime) -> CheckResult:
    if last is None:
        return CheckResult("last night", home.say("cli.doctor.no_night"), asks=True)
    when = _moment(home, last.began_at)
    if not last.good:
        failed = home.say("cli.doctor.night_failed", when=when, steps=[*last.failed])
        good = home.say("cli.doctor.last_good", day=last.good_at.astimezone(home.zone).date()) if last.good_at else ""
        told = home.say("cli.doctor.see_log", file=f".work/{LOG}")
        return CheckResult("last night", " ".join(filter(None, (failed, good, told))), asks=True)
    if now - last.began_at > LONG:
        return CheckResult("last night", home.say("cli.doctor.long_ago", when=when), asks=True)
    return CheckResult("last night", home.say("cli.doctor.night_in_order", when=when))


def _moment(home: Home, moment: dt.datetime) -> str:
    local = moment.astimezone(home.zone)
    return f"{home.say.date(local.date())} {local:%H:%M}"
