"""What stands of all that was said: changes put in place, what was withdrawn left out. The lines themselves stay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.checkin_items import NAMES
from runmood.core.enums import Feedback
from runmood.core.models import (
    CheckIn,
    Decisions,
    DistanceCorrection,
    EntryDeleted,
    EntryEdited,
    FileChosen,
    FileCorrection,
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
from runmood.journal.codec import ID_LENGTH, JournalRecord

if TYPE_CHECKING:
    from collections.abc import Iterable


WEIGHED = ("at", "kind", *NAMES)  # what findings weigh, and what decides of which day they weigh it


def effective_entries(records: Iterable[JournalRecord]) -> tuple[JournalRecord, ...]:
    """Return the entries that count, each under its first id, in the order in which they were first said.

    A change may name an entry or an earlier change of it; the last one counts. Taking a change back brings back what
    stood before it, and taking a withdrawal back brings back what was withdrawn.
    """
    said = _not_withdrawn(tuple(records))
    first: dict[str, str] = {}  # of each change, the id of the entry that it is about
    versions: dict[str, list[JournalRecord]] = {}
    for each in said:
        if isinstance(each.entry, EntryEdited):
            origin = first.get(each.entry.of, each.entry.of)
            first[each.id] = origin
            versions.setdefault(origin, []).append(replace(each, entry=each.entry.check_in))
    return tuple(
        _last_word(each, versions.get(each.id, []))
        for each in said
        if not isinstance(each.entry, EntryEdited | EntryDeleted)
    )


def _not_withdrawn(records: tuple[JournalRecord, ...]) -> list[JournalRecord]:
    """Everything that no later line that stands itself takes back."""
    withdrawn: set[str] = set()
    kept = []
    for each in reversed(records):
        if each.id in withdrawn:
            continue
        kept.append(each)
        if isinstance(each.entry, EntryDeleted):
            withdrawn.add(each.entry.of)
    return kept[::-1]


def standing_withdrawals(records: Iterable[JournalRecord]) -> dict[str, str]:
    """Return the id of each entry that is withdrawn, with the id of the withdrawal that stands."""
    kept = _not_withdrawn(tuple(records))
    return {each.entry.of: each.id for each in kept if isinstance(each.entry, EntryDeleted)}


def _last_word(original: JournalRecord, changes: list[JournalRecord]) -> JournalRecord:
    """Return the entry as last changed; it counts as said when what findings weigh of it was first said so."""
    if not changes or not isinstance(original.entry, CheckIn):
        return original
    final = changes[-1].entry
    said_at = min(each.said_at for each in (original, *changes) if _weighed(each.entry) == _weighed(final))
    return JournalRecord(original.id, said_at, final, edited=True)


def _weighed(entry: object) -> tuple[object, ...]:
    return tuple(getattr(entry, item) for item in WEIGHED)


# --- What a person decided about files, runs and findings; the last word counts, and what they withdrew does not.


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
