"""The way of the data, step by step: plain functions of a home, each safe to repeat.

    new_files -> read_chunk -> close_batch -> join_days -> find_patterns -> publish_copy -> write_summary

A step opens the warehouse, does one thing in a transaction, and closes it. Killed in between, the next one goes on
from what is there: what has been read is in the ledger, everything else is made anew.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pipelines.reading import read_file
from runmood import journal, sources, summary, warehouse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pipelines.home import Home
    from runmood.terms.records import FoundFile, Stamp
    from runmood.warehouse import FileRead

CHUNK_FILES = 50
CHUNK_BYTES = 64 * 2**20
BATCH_NAME = "%Y%m%d-%H%M%S"
LONG_RUNS_SHOWN = dt.timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Told:
    """What a person hears of one file: its name, what became of it, and why."""

    file_name: str
    outcome: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """What one import came to: how many files by outcome, and each file that was new."""

    counts: dict[str, int]
    files: tuple[Told, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing was refused or read only in part."""
        return not (self.counts["refused"] or self.counts["partial"])


def batch_name(moment: dt.datetime) -> str:
    """The name of the import that begins at a moment."""
    return moment.astimezone(dt.UTC).strftime(BATCH_NAME)


def collect(home: Home, paths: list[Path]) -> list[str]:
    """Bring files into the inbox, where they stay; gives a sentence for each that could not be brought."""
    return sources.collect(paths, home.inbox)


def new_files(home: Home) -> Iterator[list[FoundFile]]:
    """The files of the inbox that the ledger does not hold as they are on disk, a chunk at a time."""
    with open_warehouse(home) as store:
        seen = store.stamps()

    def unchanged(name: str, stamp: Stamp) -> bool:
        return (home.name_of(name), stamp) in seen

    chunk: list[FoundFile] = []
    for found in sources.find([home.inbox], unchanged):
        chunk.append(found)
        if len(chunk) >= CHUNK_FILES or sum(len(each.content) for each in chunk) >= CHUNK_BYTES:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def read_chunk(home: Home, batch: str, chunk: list[FoundFile]) -> list[Told]:
    """Read some files into the warehouse, all or none, and tell what became of each."""
    read: list[FileRead] = []
    brought: dict[str | None, str] = {}
    with open_warehouse(home) as store:
        for found in chunk:
            name = home.name_of(found.name)
            known = partial(_known_as, store, brought, name)
            file = read_file(found, name, home.zone, known)
            brought.setdefault(file.content_hash, name)
            read.append(file)
        store.save(batch, read)
    return [Told(file.name, file.outcome, file.reason) for file in read]


def _known_as(store: warehouse.Warehouse, brought: dict[str | None, str], name: str, content_hash: str) -> str | None:
    """The file that brought a content before: one of this chunk, or one in the ledger."""
    return brought.get(content_hash) or store.known_as(content_hash, name)


def close_batch(home: Home, batch: str, source: str, files: list[Told]) -> Batch:
    """What an import came to, written down unless nothing was new."""
    began = dt.datetime.strptime(batch, BATCH_NAME).replace(tzinfo=dt.UTC)
    with open_warehouse(home) as store:
        return Batch(store.close_batch(batch, began, source), tuple(files))


def join_days(home: Home, as_of: dt.date) -> None:
    """Runs, days and weeks from all that was read and said."""
    said = journal.read(home.journal)
    check_ins = journal.check_in_rows(said.told)
    plans = journal.plan_rows(said.told, home.zone, as_of)
    with open_warehouse(home) as store:
        store.join(check_ins, plans)
        store.note_journal(said.notices)


def find_patterns(home: Home) -> None:
    """Every question asked on every night, answered from the days up to that night."""
    from runmood import patterns  # noqa: PLC0415 - it brings statistics along, which showing a summary does not need

    with open_warehouse(home) as store:
        store.save_findings(patterns.find(store.table("days"), store.table("runs")))


def publish_copy(home: Home) -> None:
    """The database for analysts, replaced at once."""
    warehouse.publish(home.work, home.published)


def read_diary(home: Home, as_of: dt.date) -> summary.Diary:
    """What a summary is made from, out of the published copy."""
    truths = json.loads(home.truths.read_text(encoding="utf-8")) if home.truths.exists() else []
    frames = warehouse.read_tables(home.published, ("days", "weeks", "runs", "notices"))
    return summary.Diary(
        **frames,
        findings=warehouse.findings_to_show(home.published, as_of - LONG_RUNS_SHOWN, as_of),
        as_of=as_of,
        name=home.settings.name,
        units=home.settings.units,
        invented=bool(truths),
        truths=tuple(truths),
    )


def write_summary(home: Home, as_of: dt.date) -> str:
    """The summary in words for the terminal; the page is written aside and put in place at once."""
    told = summary.summarise(read_diary(home, as_of))
    home.page.parent.mkdir(exist_ok=True)
    draft = home.work / "summary.html"
    draft.write_text(summary.as_page(told), encoding="utf-8")
    draft.replace(home.page)
    return summary.as_text(told)


# --- several steps, for a person who waits -----------------------------------------------------------------


def read_inbox(home: Home, source: str, progress: Callable[[int, float], None]) -> Batch:
    """Everything new in the inbox, read; `progress` hears how many files so far, in how many seconds."""
    name, began = batch_name(dt.datetime.now(dt.UTC)), time.monotonic()
    files: list[Told] = []
    for chunk in new_files(home):
        files += read_chunk(home, name, chunk)
        progress(len(files), time.monotonic() - began)
    return close_batch(home, name, source, files)


def make_everything(home: Home, as_of: dt.date) -> None:
    """Days, findings, the published copy and the page."""
    join_days(home, as_of)
    find_patterns(home)
    publish_copy(home)
    write_summary(home, as_of)


def show(home: Home, as_of: dt.date) -> str:
    """The summary in words, with what was said since the last night taken in."""
    made_at = home.published.stat().st_mtime if home.published.exists() else 0.0
    said_at = max((file.stat().st_mtime for file in home.journal.glob("*")), default=0.0)
    with home.writing():
        if not made_at or said_at > made_at:
            make_everything(home, as_of)
        return write_summary(home, as_of)


def forget_what_was_made(home: Home) -> None:
    """Remove all that can be made again: the writer's files, points, the published copy, pages."""
    for folder in (home.points, home.page.parent):
        shutil.rmtree(folder, ignore_errors=True)
    for path in (home.published, *home.work.glob("runmood.duckdb*")):
        path.unlink(missing_ok=True)


def open_warehouse(home: Home) -> warehouse.Warehouse:
    """The writer's database of a home."""
    return warehouse.Warehouse(home.work, home.points)
