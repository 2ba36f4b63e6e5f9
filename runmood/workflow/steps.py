"""The steps from the database to the page, in order, each safe to repeat.

    build_days -> find_patterns -> publish_copy -> write_summary

A step does one thing in a transaction. After a crash the next one goes on from what is there: what has been read is in
the database, everything else is built again.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from runmood.core.checkins import NewEntry
from runmood.core.errors import UserError
from runmood.core.versions import FORMULAS
from runmood.home.work_folder import note_day_to_ask, note_last_run
from runmood.ingest.corrections import identify_recordings, read_corrected
from runmood.ingest.importer import open_importer
from runmood.ingest.unread_days import unread_days
from runmood.journal.decisions import effective_decisions, file_corrections, reverted_imports
from runmood.journal.forget import purge
from runmood.journal.store import append, keep_copy, kept_copies, missing_ids, note_seen, read
from runmood.journal.tables import journal_frames
from runmood.warehouse.database import DATABASE, damage
from runmood.warehouse.publish import compact_writer, publish
from runmood.workflow.summaries import write_summary

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.home.home import Home
    from runmood.journal.store import Journal
    from runmood.warehouse.writer import Warehouse


COMPACT = "forgetting"  # in the writer's folder while rows that were deleted may still stand in its database's bytes


class ShrunkenJournalError(UserError):
    """Entries that were in the journal are no longer there; the sentence says how many and what to do."""


def build_days(home: Home, store: Warehouse, as_of: dt.date) -> None:
    """Make runs, days and weeks from all files and the journal as it is now."""
    journal = read(home.journal, verify=True)
    check_history(home, journal)
    purge(home.journal, kept_copies(home.work), journal.records)
    journal = _with_identified(home, store, journal)
    read_corrected(home, store, file_corrections(journal.records), frozenset(reverted_imports(journal.records)))
    said = journal_frames(journal.records, home.zone, as_of)
    store.build_tables(
        said, effective_decisions(journal.records), home.settings.heart, as_of, awaited=unread_days(home)
    )
    store.note_journal(journal.notices)
    note_seen(home.work, (record.id for record in journal.records))
    keep_copy(home.journal, home.work, home.today())
    note_day_to_ask(home, store.day_to_ask(as_of))
    if last := store.last_run_ended_at():
        note_last_run(home, last)


def _with_identified(home: Home, store: Warehouse, journal: Journal) -> Journal:
    """Return the journal with what was noted of recordings near decisions, so that decisions follow a run."""
    identified = identify_recordings(store, journal.records)
    if not identified:
        return journal
    now = dt.datetime.now(home.zone)
    append(home.journal, [NewEntry(now, each) for each in identified])
    return read(home.journal, verify=True)


def check_history(home: Home, journal: Journal) -> None:
    """Refuse to go on with a journal that has lost entries since it was last seen.

    Raises:
        ShrunkenJournalError: entries are missing; what was published stays as it is.
    """
    if missing := missing_ids(home.work, (record.id for record in journal.records)):
        raise ShrunkenJournalError(home.say("cli.verify.shrunken", entries=len(missing)))


def find_patterns(store: Warehouse) -> dt.date | None:
    """Answer the questions of every night whose answer may have changed.

    A night is answered from the days up to it, so answers stand until one of those days says something else: a late
    check-in or an import taken back changes its own night and those after it, a new formula every night.

    Returns:
        The first night that was answered; null where nothing that an answer is made of has changed.
    """
    formula = str(FORMULAS["findings"])
    if store.metadata.get("findings") != formula:
        store.metadata.forget_evaluated()
    since = store.metadata.changed_since_evaluated()
    if since is None:
        return None
    from runmood import findings  # noqa: PLC0415
    from runmood.findings.stats.missed_runs_evidence import sensitivity  # noqa: PLC0415

    days = store.table("days")
    nights, earlier = days.filter(pl.col("local_date") >= since).height, store.seen_before(since)
    answers = findings.evaluate_all(days, store.table("runs"), store.table("run_moods"), nights, earlier)
    store.save_findings(answers.filter(answers["night"] >= since), sensitivity(days), since)
    store.metadata.put("findings", formula)
    return since


def publish_copy(home: Home) -> None:
    """Replace the database for analysts at once; a damaged one in its place is kept aside in the work folder."""
    publish(home.work, home.published)
    if (home.work / COMPACT).exists():
        compact_writer(home.work, home.published)
        (home.work / COMPACT).unlink()


def build_tables(home: Home, store: Warehouse, as_of: dt.date) -> None:
    """Make days and findings in the open database."""
    build_days(home, store, as_of)
    find_patterns(store)


def publish_results(home: Home, as_of: dt.date) -> None:
    """Publish the closed database and write the page."""
    publish_copy(home)
    write_summary(home, as_of)


def run_pipeline(home: Home, as_of: dt.date) -> None:
    """Make days, findings, the published copy and the page; where the database has lost files, read them first."""
    update_published(home, as_of)
    write_summary(home, as_of)


def update_published(home: Home, as_of: dt.date) -> None:
    """Make days and findings and publish them; where the database has lost files, read them first."""
    with open_importer(home) as importer:
        importer.reprocess_missing()
        build_tables(home, importer.store, as_of)
    publish_copy(home)


def keep_published(home: Home) -> Path | None:
    """Keep the published copy under another name, to compare with; null where there is none that can be read."""
    if not home.published.exists() or damage(home.published):
        return None
    kept = home.work / "before.duckdb"
    kept.unlink(missing_ok=True)
    kept.hardlink_to(home.published)
    return kept


def delete_derived_files(home: Home) -> None:
    """Remove the writer's files, which are made again. What is published, with its points, stays until replaced."""
    for name in (DATABASE, f"{DATABASE}.wal"):
        (home.work / name).unlink(missing_ok=True)
