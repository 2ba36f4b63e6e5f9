from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.core.checkins import NewEntry
from runmood.core.entries import ImportRestored, ImportReverted, RunsMerged, RunSplit
from runmood.journal.decisions import effective_decisions, reverted_imports
from runmood.journal.store import append, read

if TYPE_CHECKING:
    from pathlib import Path

MORNING = dt.datetime(2025, 5, 4, 9, tzinfo=dt.UTC)


def kept(folder: Path, *entries: ImportReverted | ImportRestored | RunsMerged | RunSplit) -> Path:
    """A journal with these entries, said one minute after the other."""
    append(folder, [NewEntry(MORNING + dt.timedelta(minutes=number), entry) for number, entry in enumerate(entries)])
    return folder


def test_decisions_are_read_as_they_were_written(tmp_path: Path) -> None:
    """What was decided about files comes back as it was."""
    entries = [
        ImportReverted("20250504-090000", ("aa", "bb")),
        ImportRestored(("aa",)),
        RunsMerged("a-1", "b-1"),
        RunSplit("a-1", "c-1"),
    ]
    assert [told.entry for told in read(kept(tmp_path, *entries)).records] == entries


def test_what_is_taken_again_is_not_taken_back(tmp_path: Path) -> None:
    """Of a content the last word counts: taken back, in again, taken back once more."""
    kept(tmp_path, ImportReverted("one", ("aa", "bb")), ImportRestored(("aa", "bb")), ImportReverted("two", ("bb",)))
    held = reverted_imports(read(tmp_path).records)
    assert {content: told.entry.batch for content, told in held.items()} == {"bb": "two"}


def test_the_last_word_on_two_recordings_counts(tmp_path: Path) -> None:
    """Joined, then parted, is parted; the order in which the two are named does not matter."""
    kept(tmp_path, RunsMerged("a-1", "b-1"), RunSplit("b-1", "a-1"), RunsMerged("c-1", "a-1"))
    assert effective_decisions(read(tmp_path).records).same_run == {("a-1", "b-1"): False, ("a-1", "c-1"): True}


def test_a_decision_that_is_none_spoils_no_other(tmp_path: Path) -> None:
    """A line whose hashes are no list is told of and left out."""
    path = kept(tmp_path, RunsMerged("a-1", "b-1")) / "journal.jsonl"
    with path.open("a", encoding="utf-8") as lines:
        lines.write('{"id": "1", "entry": "take", "said_at": "2025-05-04T09:00:00+00:00", "content": "aa"}\n')
    told = read(tmp_path)
    assert [each.entry for each in told.records] == [RunsMerged("a-1", "b-1")]
    assert dict(told.notices[0].message.values)["line"] == 2
