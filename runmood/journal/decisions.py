"""What a person decided about files, runs and findings: the last word counts, and what they took back does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.entries import (
    DistanceCorrection,
    FileChosen,
    FindingFeedback,
    ImportRestored,
    ImportReverted,
    RecordingIdentified,
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
    entries = _with_copies(records)
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
    runs, kept, begins = dict[str, bool](), dict[str, RunTrimmed](), dict[str, RunDated]()
    for entry in _with_copies(records):
        match entry:
            case RunJudged(content, verdict):
                runs[short_id(content)] = verdict == "run"
            case RunTrimmed(recording):
                kept[recording] = entry
            case RunDated(recording):
                begins[recording] = entry
    named = [*(name for name, is_run in runs.items() if is_run), *kept, *begins]
    return {
        content: FileCorrection(
            tuple(name for name in sorted(runs) if runs[name] and content_prefix(name) == content),
            tuple(
                (name, kept[name].from_s, kept[name].to_s) for name in sorted(kept) if content_prefix(name) == content
            ),
            tuple(
                (name, begins[name].date, begins[name].clock)
                for name in sorted(begins)
                if content_prefix(name) == content
            ),
        )
        for content in dict.fromkeys(map(content_prefix, named))
    }


def names_in(entry: object) -> tuple[str, ...]:
    """Return the recordings that a decision names, or the content where all in it are meant; none of other entries."""
    match entry:
        case RunsMerged(one, other) | RunSplit(one, other):
            return one, other
        case RunJudged(name) | RunDated(name) | DistanceCorrection(name) | FileChosen(name) | RunTrimmed(name):
            return (name,)
        case RunTagged(name):
            return (name,)
    return ()


def decided_contents(records: Iterable[JournalRecord]) -> set[str]:
    """Return the contents of which something is decided, by the beginning of their hashes."""
    return {content_prefix(name) for each in effective_entries(records) for name in names_in(each.entry)}


def identified_recordings(records: Iterable[JournalRecord]) -> dict[str, RecordingIdentified]:
    """Return the recordings near decisions by their ids, each as it was first identified."""
    identified: dict[str, RecordingIdentified] = {}
    for each in records:
        if isinstance(each.entry, RecordingIdentified):
            identified.setdefault(each.entry.recording, each.entry)
    return identified


def copies_of(records: Iterable[JournalRecord], names: Iterable[str]) -> set[str]:
    """Return these recordings, and all that are the same ones in other files, with the contents that they lie in."""
    identified, given = identified_recordings(records), set(names)
    firsts = {identified[name].stands_for or name for name in given & identified.keys()}
    same = given | firsts | {name for name, each in identified.items() if each.stands_for in firsts}
    return same | set(map(content_prefix, same))


def _with_copies(records: tuple[JournalRecord, ...]) -> list[object]:
    """Return the entries that count, each decision also of the recordings that stand for the one that it names.

    What it names itself comes last, so that it goes first wherever the last word counts.
    """
    identified = identified_recordings(records)
    copies: dict[str, list[RecordingIdentified]] = {}
    for each in identified.values():
        if each.stands_for:
            copies.setdefault(each.stands_for, []).append(each)
            copies.setdefault(content_prefix(each.stands_for), []).append(each)
    entries: list[object] = []
    for said in effective_entries(records):
        for place, name in enumerate(names_in(said.entry)):
            entries += [
                _moved(said.entry, place, identified.get(name), copy) for copy in copies.get(short_id(name), ())
            ]
        entries.append(said.entry)
    return entries


def _moved(entry: object, place: int, named: RecordingIdentified | None, copy: RecordingIdentified) -> object:
    """Return a decision as one of a recording that stands for the one that it names, at that place of the two."""
    match entry:
        case RunJudged():
            return replace(entry, content=copy.recording)
        case RunsMerged() | RunSplit():
            return replace(entry, **{"other" if place else "one": copy.recording})
        case RunTrimmed(_, from_s, to_s):
            both = named and named.began and copy.began
            later_s = (copy.began - named.began).total_seconds() if both else 0.0  # type: ignore[operator, union-attr]  # both are there
            ends = [None if at is None or at <= later_s else at - later_s for at in (from_s, to_s)]
            return RunTrimmed(copy.recording, *ends)
    return replace(entry, recording=copy.recording)  # type: ignore[type-var]  # all others name one recording


def short_id(name: str) -> str:
    """Return the id of a recording as it is, and a content's hash cut to its beginning."""
    return name if "-" in name else content_prefix(name)


def content_prefix(name: str) -> str:
    """Return the beginning of a content's hash from that hash, or from the id of a recording in it."""
    return name.partition("-")[0][:ID_LENGTH]


def series_verdicts(records: Iterable[JournalRecord]) -> dict[str, str]:
    """Return what the person said of series of sessions, by title; the last word counts."""
    judged = [each.entry for each in effective_entries(records) if isinstance(each.entry, SeriesJudged)]
    words = {entry.title: entry.verdict for entry in judged}
    return {title: verdict for title, verdict in words.items() if verdict}


def reverted_imports(records: tuple[JournalRecord, ...]) -> dict[str, JournalRecord]:
    """Return each content that is taken back, with the entry that did it; of several entries the last one counts."""
    held: dict[str, JournalRecord] = {}
    for each in effective_entries(records):
        if isinstance(each.entry, ImportReverted):
            held.update(dict.fromkeys(each.entry.content, each))
        elif isinstance(each.entry, ImportRestored):
            for content in each.entry.content:
                held.pop(content, None)
    return held


def next_feedback(finding: str, word: str | None, note: str, before: str | None) -> FindingFeedback:
    """Return the next feedback on a finding: a note leaves it hidden or disputed; without note or word none stands."""
    if word == Feedback.NOTED:
        hidden = before and Feedback(before).hides
        word = before if hidden else Feedback.NOTED if note else None
    return FindingFeedback(finding, word, note or None if word else None)


def _pair(entry: RunsMerged | RunSplit) -> tuple[str, str]:
    return (min(entry.one, entry.other), max(entry.one, entry.other))
