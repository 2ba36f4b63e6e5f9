"""Files that the person corrected, read again so that they say what the person knows of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.entries import RecordingIdentified
from runmood.core.recordings import FileCorrection
from runmood.ingest.discover import discover_files
from runmood.ingest.listings import disputed_contents
from runmood.ingest.read_file import read_file
from runmood.journal.decisions import content_prefix, decided_contents, file_corrections, identified_recordings
from runmood.journal.fields import YEARS
from runmood.journal.store import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from runmood.core.recordings import FoundFile
    from runmood.home.home import Home
    from runmood.journal.codec import JournalRecord
    from runmood.warehouse.file_rows import FileRead
    from runmood.warehouse.writer import Warehouse


# A fuller copy begins when its recording did, give or take what a watch waits for satellites: nobody begins two runs in
# that time.
SAME_BEGINNING_S = 60


def path_in_inbox(home: Home, name: str) -> Path | None:
    """Return the file or the archive in the inbox that a file came with; null where it is gone."""
    path = home.root / name
    return next((each for each in (path, *path.parents) if each.is_file()), None)


def find_content(home: Home, name: str, content_hash: str) -> FoundFile | None:
    """Return a file of the inbox with its content; null where the file is gone, or another content stands there."""
    path = path_in_inbox(home, name)
    if path is None:
        return None
    files = discover_files([path], lambda _name, _stamp: False)
    return next((file for file in files if not file.opened and file.content_hash == content_hash), None)


def read_corrected(
    home: Home, store: Warehouse, corrections: Mapping[str, FileCorrection], reverted: frozenset[str] = frozenset()
) -> int:
    """Read again the files of which the person says something else now, and no others.

    A file that is no longer in the inbox stays as it was read.

    Args:
        home: The home.
        store: Its open database.
        corrections: What is corrected of contents, by the beginning of a content's hash.
        reverted: The contents whose import was taken back, which stay unread.

    Returns:
        How many files were read.
    """
    files, rereading = 0, store.files.to_reread(corrections)
    disputed = disputed_contents(store.files.by_content(rereading["content_hash"].to_list()))
    for file in rereading.iter_rows(named=True):
        content = file["content_hash"]
        if content in reverted or not (found := find_content(home, file["file_name"], content)):
            continue
        correction = corrections.get(content_prefix(content), FileCorrection())
        found = replace(found, disputed=content in disputed)
        store.save(file["batch"], [read_file(found, file["file_name"], home.zone, correction)], anew=True)
        files += 1
    return files


def read_as(
    home: Home, name: str | None, content_hash: str, correction: FileCorrection | None = None, *, uncut: bool = False
) -> FileRead | None:
    """Read a file as a correction would have it, and change nothing.

    Args:
        home: The home.
        name: The file's name.
        content_hash: Its content.
        correction: The correction; that of the journal if left out.
        uncut: Whether to leave out that it was cut.

    Returns:
        The file; null where it is no longer in the inbox.
    """
    found = find_content(home, name, content_hash) if name else None
    if not name or found is None:
        return None
    if correction is None:
        correction = file_corrections(read(home.journal).records).get(content_prefix(content_hash), FileCorrection())
    correction = replace(correction, kept_s=()) if uncut else correction
    return read_file(found, name, home.zone, correction)


def identify_recordings(store: Warehouse, records: Iterable[JournalRecord]) -> list[RecordingIdentified]:
    """Return what is to be noted of recordings near decisions, so that a decision outlasts the content that it names.

    A recording that comes after a decision and begins when the decided one does, or is what now lies under the name of
    its file, stands for it; so does one of the same way by another clock, whose beginning is noted by the clock of the
    decided one. What was there beside it when the person decided does not: they spoke of that one alone.
    """
    records = tuple(records)
    decided = decided_contents(records)
    if not decided:
        return []
    identified, there = identified_recordings(records), [_identified(*each) for each in store.files.recording_starts()]
    present = {each.recording for each in there}
    named = [each for each in there if each.recording not in identified and content_prefix(each.recording) in decided]
    others = [
        each for each in there if each.recording not in identified and content_prefix(each.recording) not in decided
    ]
    if not others:
        return named
    beside = _Beginnings(named, present)
    before = _Beginnings(identified.values(), present)
    known = identified | {each.recording: each for each in named}
    clocks = {copy: (name, later_s) for copy, name, later_s in store.files.clocks_apart(known.keys() & present)}
    found = list(named)
    for other in others:
        name, later_s = clocks.get(other.recording, ("", 0.0))
        each = replace(other, began=other.began and other.began - dt.timedelta(seconds=later_s))
        if beside.nearest(each) or name in known.keys() - identified.keys():
            found.append(each)
            continue
        first = identified.get(name) or before.nearest(each)
        if first and (first.stands_for or content_prefix(first.recording) in decided):
            found.append(replace(each, stands_for=first.stands_for or first.recording))
    return found


def _identified(recording: str, file: str | None, began: dt.datetime | None) -> RecordingIdentified:
    return RecordingIdentified(recording, file, began if began and began.year in YEARS else None)


class _Beginnings:
    """Recordings by when they begin, and by their file those that are not there any more."""

    def __init__(self, recordings: Iterable[RecordingIdentified], present: set[str]) -> None:
        self._present = present
        self._by_minute: dict[int, list[RecordingIdentified]] = {}
        self._by_file: dict[str, RecordingIdentified] = {}
        for each in recordings:
            if each.began:
                self._by_minute.setdefault(_minute(each.began), []).append(each)
            if each.file and each.recording not in present:
                self._by_file[each.file] = each

    def nearest(self, recording: RecordingIdentified) -> RecordingIdentified | None:
        """Return what begins when a recording does, first what is gone; without a beginning, what its file held."""
        began = recording.began
        if began is None:
            return self._by_file.get(recording.file or "")
        near = [
            (each.recording in self._present, apart_s, each.recording, each)
            for minute in range(_minute(began) - 1, _minute(began) + 2)
            for each in self._by_minute.get(minute, ())
            if each.began and (apart_s := abs((each.began - began).total_seconds())) <= SAME_BEGINNING_S
        ]
        return min(near)[-1] if near else None


def _minute(moment: dt.datetime) -> int:
    return int(moment.timestamp() // SAME_BEGINNING_S)
