"""The way of the data, step by step: plain functions of a home, each safe to repeat.

    new_files -> read_chunk -> close_batch -> join_days -> find_patterns -> publish_copy -> write_summary

The first three stand in `importing`.

A step opens the warehouse, does one thing in a transaction, and closes it. Killed in between, the next one goes on
from what is there: what has been read is in the ledger, everything else is made anew.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING

from pipelines.importing.inbox import (
    Batch,
    Told,
    batch_name,
    close_batch,
    new_files,
    open_warehouse,
    read_chunk,
    read_inbox,
)
from runmood import journal, summary, warehouse

if TYPE_CHECKING:
    from pipelines.home import Home

__all__ = [
    "Batch",
    "Told",
    "batch_name",
    "close_batch",
    "find_patterns",
    "forget_what_was_made",
    "join_days",
    "make_everything",
    "new_files",
    "publish_copy",
    "read_chunk",
    "read_diary",
    "read_inbox",
    "show",
    "write_summary",
]

LONG_RUNS_SHOWN = dt.timedelta(days=28)


def join_days(home: Home, as_of: dt.date) -> None:
    """Runs, days and weeks from all that was read and said."""
    said = journal.read(home.journal)
    check_ins = journal.check_in_rows(said.told)
    plans = journal.plan_rows(said.told, home.zone, as_of)
    with open_warehouse(home) as store:
        store.join(check_ins, plans, journal.same_run_decisions(said.told))
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
