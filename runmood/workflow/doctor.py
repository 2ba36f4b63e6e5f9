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

from runmood.core.i18n import counted
from runmood.core.models import FileStat
from runmood.ingest.discover import discover_files
from runmood.ingest.inbox import missing_files
from runmood.ingest.watched import State, read_state
from runmood.warehouse.database import ASIDE, damage
from runmood.warehouse.queries import has_current_schema, run_query
from runmood.warehouse.writer import DATABASE
from runmood.workflow.errors import LOG
from runmood.workflow.nightly_run import last_night
from runmood.workflow.state import A_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from runmood.home.home import Home
    from runmood.workflow.nightly_run import NightlyRun


FUTURE = """
    select
        (select count(*) from runs where started_at > timestamptz '{until}') as "run",
        (select count(*) from check_ins where felt_at > timestamptz '{until}') as "check-in"
"""
COUNTS = """
    select
        (select count(*) from source_files where outcome = 'refused') as refused,
        (select count(*) from notices where code = 'cannot-open') as closed,
        (select count(*) from notices where batch is null and code = 'torn-line') as lines,
        (select count(*) from notices where batch is null and code <> 'torn-line') as altered
"""
PLANNED_SINCE = """
    select
        (
            select count(*) from plans
            where planned = 'run' and local_date > date '{since}' and local_date < date '{today}'
        ) as planned,
        (select count(*) from runs where local_date > date '{since}') as runs
"""
SILENT_RUNS = 3  # planned runs after which a folder that brings nothing is asked about
OTHERS = stat.S_IRWXG | stat.S_IRWXO
MB = 2**20
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

    def as_text(self) -> str:
        """Return a line for the terminal."""
        return f"{'!' if self.asks else ' '} {self.name:11} {self.sentence}"


def check_databases(home: Home, now: dt.datetime) -> Iterator[CheckResult]:
    """Check the published copy and what is in it, the writer's database, and those kept aside."""
    if not home.published.exists():
        yield CheckResult("database", "There is no runmood.duckdb yet. `runmood nightly` makes it.", asks=True)
        yield _check_inbox(home, set())
    elif fault := damage(home.published):
        yield CheckResult("database", f"runmood.duckdb: {fault}. `runmood rebuild` makes everything anew.", asks=True)
    elif not has_current_schema(home.published):
        told = "Another version of runmood made runmood.duckdb. `runmood nightly` makes it anew."
        yield CheckResult("database", told, asks=True)
    else:
        yield CheckResult("database", "runmood.duckdb is whole.")
        yield from _check_published(home, now)
    writers = home.work / DATABASE
    if not home.writer() and writers.exists() and (fault := damage(writers)):
        yield CheckResult(
            "database", f".work/{writers.name}: {fault}. The next night keeps it aside and makes another.", asks=True
        )
    for aside in _aside(home):
        size = aside.stat().st_size / 2**20
        yield CheckResult(
            "kept aside", f"{aside}, {size:.0f} MB, was damaged and has been made again. Delete it.", asks=True
        )


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
    counts = run_query(home.published, COUNTS).row(0, named=True)
    if counts["refused"]:
        yield CheckResult("files", f'{counts["refused"]} could not be read: `runmood query "from notices"` tells why.')
    if counts["closed"]:
        yield CheckResult("files", f"{counts['closed']} could not be opened. See that you may read them.", asks=True)
    if counts["lines"]:
        told = f"{counted(counts['lines'], 'line')} that cannot be read; all others are, and they stay as they are."
        yield CheckResult("journal", told)
    if counts["altered"]:
        told = f"{counted(counts['altered'], 'line')} not as it was written. `runmood verify` names them."
        yield CheckResult("journal", told, asks=True)
    ahead = run_query(home.published, FUTURE.format(until=(now + dt.timedelta(days=1)).isoformat())).row(0, named=True)
    for name, count in ahead.items():
        if count:
            told = f"{counted(count, name)} in the future. Was the clock of the watch or computer wrong?"
            yield CheckResult("clock", told, asks=True)


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
        return CheckResult("inbox", f"{counted(len(new), 'file')} to be read: `runmood nightly`.", asks=True)
    return CheckResult("inbox", "Every file has been read.")


def _check_gone(home: Home, names: list[str]) -> Iterator[CheckResult]:
    """Check which files that gave something lie in the inbox no more, alone or with their archive."""
    if gone := missing_files(home, names):
        told = (
            f"{counted(len(gone), 'file')} no longer in the inbox, such as {gone[0]}. Their runs stay, also after a "
            "rebuild. Put the files back if you can; `runmood not-a-run` takes a run out."
        )
        yield CheckResult("inbox", told, asks=True)


def check_folders(home: Home) -> Iterator[CheckResult]:
    """Whether the home can be written, room on the disk, sizes, permissions and versions."""
    if sealed := [path for path in (home.root, home.journal, home.work, home.points) if not _may_write(path)]:
        told = f"Nothing can be written in {sealed[0]}: no check-in is kept and no night done. See that you may."
        yield CheckResult("home", told, asks=True)
    sizes = {name: _size(home.root / name) / MB for name in PARTS}
    free = shutil.disk_usage(home.root).free / MB
    needed = SPARE_MB + 3 * sizes["runmood.duckdb"]
    told = ", ".join(f"{name} {size:.0f}" for name, size in sizes.items())
    if free < needed:
        yield CheckResult(
            "disk", f"{free:.0f} MB free; a night may need {needed:.0f}. Make room. In MB: {told}.", asks=True
        )
    else:
        yield CheckResult("disk", f"{free:.0f} MB free. In MB: {told}.")
    if home.root.stat().st_mode & OTHERS:
        yield CheckResult(
            "privacy", f"Others on this computer may look into the home: chmod go= '{home.root}'", asks=True
        )
    else:
        yield CheckResult("privacy", "Nobody else on this computer may look into the home.")
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
        day = dt.datetime.fromisoformat(watched.brought_at).astimezone(home.zone).date()
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
    counts = run_query(home.published, PLANNED_SINCE.format(since=since, today=today)).row(0, named=True)
    return 0 if counts["runs"] else int(counts["planned"])


def check_nights(home: Home, now: dt.datetime) -> Iterator[CheckResult]:
    """Check the last night, the clock, and who writes."""
    last = last_night(home)
    yield _check_last_night(home, last, now)
    if last and now.astimezone(home.zone).date() < last.day - A_DAY:
        yield CheckResult("clock", f"This computer's clock is before the last night, {last.day}. Set it.", asks=True)
    if writer := home.writer():
        yield CheckResult("lock", f"Somebody is writing: {writer}. Nothing to do; the next one waits its turn.")


def _check_last_night(home: Home, last: NightlyRun | None, now: dt.datetime) -> CheckResult:
    if last is None:
        sentence = (
            "There was none yet. `runmood nightly` does what is due; `runmood schedule --print` tells how each night."
        )
        return CheckResult("last night", sentence, asks=True)
    when = f"{last.began_at.astimezone(home.zone):%d %B %Y %H:%M}"
    if not last.good:
        good = f"{last.good_at.astimezone(home.zone):%d %B %Y}" if last.good_at else "never"
        failed = f"{when}: {', '.join(last.failed)} failed; the last good one was {good}."
        return CheckResult("last night", f"{failed} .work/{LOG} tells why; `runmood nightly` tries again.", asks=True)
    if now - last.began_at > LONG:
        sentence = f"{when}, which is long ago. Is `runmood schedule` running? `runmood nightly` does what is due."
        return CheckResult("last night", sentence, asks=True)
    return CheckResult("last night", f"{when}, in order.")


def run_checks(home: Home, now: dt.datetime) -> Iterator[CheckResult]:
    """Everything there is to look at, the most telling first."""
    if not home.root.is_dir():
        yield CheckResult(
            "home", f"There is no {home.root} yet. `runmood import PATH` or `runmood demo` makes one.", asks=True
        )
        return
    yield from check_nights(home, now)
    yield from check_watched(home, now)
    yield from check_databases(home, now)
    yield from check_folders(home)
