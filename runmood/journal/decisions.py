"""What a person decided about files, runs and findings: the last word counts, and what they took back does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.core.entries import (
    DistanceCorrection,
    FileChosen,
    ImportRestored,
    ImportReverted,
    Remark,
    RunDated,
    RunJudged,
    RunsMerged,
    RunSplit,
    RunTagged,
    RunTrimmed,
    SeriesJudged,
)
from runmood.core.enums import Feedback
from runmood.core.recordings import Decisions, FileCorrection
from runmood.journal.codec import ID_LENGTH
from runmood.journal.resolve import effective_entries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from runmood.journal.codec import JournalRecord


def effective_decisions(records: tuple[JournalRecord, ...]) -> Decisions:
    """Return what was decided about recordings: which are one run, how far they were, what kind of run."""
    entries = [each.entry for each in effective_entries(records)]
    return Decisions(
        same_run={
            _pair(entry): isinstance(entry, RunsMerged) for entry in entries if isinstance(entry, RunsMerged | RunSplit)
        },
        distances={entry.recording: entry.distance_m for entry in entries if isinstance(entry, DistanceCorrection)},
        is_run={entry.content: entry.verdict == "run" for entry in entries if isinstance(entry, RunJudged)},
        files=tuple(entry.recording for entry in entries if isinstance(entry, FileChosen)),
        tags={entry.recording: entry.tags for entry in entries if isinstance(entry, RunTagged)},
    )


def file_corrections(records: tuple[JournalRecord, ...]) -> dict[str, FileCorrection]:
    """Return what was corrected of contents, by the beginning of a content's hash that its recordings are named by."""
    run, kept, begins = set[str](), dict[str, RunTrimmed](), dict[str, RunDated]()
    for each in effective_entries(records):
        match each.entry:
            case RunJudged(content, verdict):
                (run.add if verdict == "run" else run.discard)(content_of(content))
            case RunTrimmed(recording):
                kept[recording] = each.entry
            case RunDated(recording):
                begins[recording] = each.entry
    contents = run | {content_of(recording) for recording in (*kept, *begins)}
    return {
        content: FileCorrection(
            content in run,
            tuple((name, kept[name].from_s, kept[name].to_s) for name in sorted(kept) if content_of(name) == content),
            tuple(
                (name, begins[name].date, begins[name].clock) for name in sorted(begins) if content_of(name) == content
            ),
        )
        for content in contents
    }


def content_of(name: str) -> str:
    """Return the beginning of a content's hash from that hash, or from the id of a recording in it."""
    return name.partition("-")[0][:ID_LENGTH]


def series_verdicts(records: Iterable[JournalRecord]) -> dict[str, str]:
    """Return what the person said of series of sessions, by title; the last word counts."""
    judged = [each.entry for each in effective_entries(records) if isinstance(each.entry, SeriesJudged)]
    words = {entry.title: entry.verdict for entry in judged}
    return {title: verdict for title, verdict in words.items() if verdict}


def reverted_imports(records: tuple[JournalRecord, ...]) -> dict[str, JournalRecord]:
    """Each content that is taken back, with the entry that did it; of several entries the last one counts."""
    held: dict[str, JournalRecord] = {}
    for each in effective_entries(records):
        if isinstance(each.entry, ImportReverted):
            held.update(dict.fromkeys(each.entry.content, each))
        elif isinstance(each.entry, ImportRestored):
            for content in each.entry.content:
                held.pop(content, None)
    return held


def remark(finding: str, word: str | None, note: str, before: str | None) -> Remark:
    """Return the next remark on a finding: a note leaves it hidden or disputed; without note or word none stands."""
    if word == Feedback.NOTED:
        hidden = before and Feedback(before).hides
        word = before if hidden else Feedback.NOTED if note else None
    return Remark(finding, word, note or None if word else None)


def _pair(entry: RunsMerged | RunSplit) -> tuple[str, str]:
    return (min(entry.one, entry.other), max(entry.one, entry.other))
