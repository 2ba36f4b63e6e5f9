"""The databases: whether they open, what waits to be read, what could not be read, and what lies in the future."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pipelines.listing import counted
from pipelines.nightly.doctor.seen import Seen
from runmood import sources, warehouse
from runmood.terms.records import Stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipelines.home import Home

FUTURE = """
    select
        (select count(*) from runs where started_at > timestamptz '{until}') as "run",
        (select count(*) from check_ins where felt_at > timestamptz '{until}') as "check-in"
"""
COUNTS = """
    select
        (select count(*) from source_files where outcome = 'refused') as refused,
        (select count(*) from notices where code = 'cannot-open') as closed,
        (select count(*) from notices where batch is null) as lines
"""


def looked_at(home: Home, now: dt.datetime) -> Iterator[Seen]:
    """The published copy and what it tells, the writer's database, and those kept aside."""
    if not home.published.exists():
        yield Seen("database", "There is no runmood.duckdb yet. `runmood nightly` makes it.", asks=True)
        yield _inbox(home, set())
    elif fault := warehouse.damage(home.published):
        yield Seen("database", f"runmood.duckdb: {fault}. `runmood rebuild` makes everything anew.", asks=True)
    elif not warehouse.is_ours(home.published):
        told = "Another version of runmood made runmood.duckdb. `runmood nightly` makes it anew."
        yield Seen("database", told, asks=True)
    else:
        yield Seen("database", "runmood.duckdb is whole.")
        yield from _told(home, now)
    writers = home.work / warehouse.DATABASE
    if not home.writer() and writers.exists() and (fault := warehouse.damage(writers)):
        yield Seen(
            "database", f".work/{writers.name}: {fault}. The next night keeps it aside and makes another.", asks=True
        )
    for aside in _aside(home):
        size = aside.stat().st_size / 2**20
        yield Seen("kept aside", f"{aside}, {size:.0f} MB, was damaged and has been made again. Delete it.", asks=True)


def _aside(home: Home) -> Iterator[Path]:
    """Databases that were found damaged, without their logs."""
    for folder in (home.root, home.work):
        found = sorted(folder.glob(f"{warehouse.DATABASE}.{warehouse.ASIDE}-*"))
        yield from (path for path in found if path.suffix != ".wal")


def _told(home: Home, now: dt.datetime) -> Iterator[Seen]:
    """What the published copy says of files and of the calendar."""
    ledger = warehouse.ask(home.published, "select file_name, bytes, modified_at from source_files")
    yield _inbox(home, {(name, Stamp(size, at)) for name, size, at in ledger.iter_rows()})
    counts = warehouse.ask(home.published, COUNTS).row(0, named=True)
    if counts["refused"]:
        yield Seen("files", f'{counts["refused"]} could not be read: `runmood query "from notices"` tells why.')
    if counts["closed"]:
        yield Seen("files", f"{counts['closed']} could not be opened. See that you may read them.", asks=True)
    if counts["lines"]:
        told = f"{counted(counts['lines'], 'line')} that cannot be read; all others are, and they stay as they are."
        yield Seen("journal", told)
    ahead = warehouse.ask(home.published, FUTURE.format(until=(now + dt.timedelta(days=1)).isoformat())).row(
        0, named=True
    )
    for name, count in ahead.items():
        if count:
            told = f"{counted(count, name)} in the future. Was the clock of the watch or computer wrong?"
            yield Seen("clock", told, asks=True)


def _inbox(home: Home, read: set[tuple[str, Stamp]]) -> Seen:
    """How many files of the inbox the ledger does not hold as they are on disk; archives are not looked into."""
    new: set[str] = set()

    def is_passed_over(path: str, stamp: Stamp) -> bool:
        if (home.name_of(path), stamp) not in read:
            new.add(path)
        return True

    for _ in sources.find([home.inbox], is_passed_over):
        pass
    if new:
        return Seen("inbox", f"{counted(len(new), 'file')} to be read: `runmood nightly`.", asks=True)
    return Seen("inbox", "Every file has been read.")
