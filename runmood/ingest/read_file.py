"""One watch file becomes runs, or a reason why not: decode, refine, measure.

This is the one place where an unreadable file is caught. Nothing here knows of a home or a database, so that any
process may do it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.core.enums import ImportOutcome, RecordingStatus
from runmood.core.errors import CsvFormatError, UnreadableFileError
from runmood.core.notices import BAD_CHECK_INS, CHECK_INS_TAKEN, CLOCK_AHEAD, Notice, Severity
from runmood.journal.checkin_files import check_ins_from_file
from runmood.metrics.classify import quality_flags, why_not_a_run
from runmood.metrics.measure import measure
from runmood.readers import decode_with
from runmood.readers.registry import FileContent, find_reader
from runmood.tracks.clean import clean_track
from runmood.warehouse.writer import FileRead, Recording, points_as_file

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from runmood.core.models import CustomQuestion, DecodedFile, DecodedRun, FoundFile, NewEntry


ID_LENGTH = 16
FIRST_WATCHES = 2000
ONE_DAY = dt.timedelta(days=1)  # an archive may tell the clock of any zone


def result_without_reading(found: FoundFile, name: str) -> FileRead | None:
    """Return the result of a file that has nothing to read; null for one that has."""
    if found.opened:
        return FileRead(name, found.stamp, "opened")
    if found.fault:
        outcome = "refused" if found.fault.severity is Severity.ERROR else ImportOutcome.SKIPPED
        return FileRead(name, found.stamp, outcome, notices=(found.fault,))
    return None


@dataclass(frozen=True, slots=True)
class CheckInFile:
    """A file of check-ins, and what it says; without entries where something is wrong with it."""

    file: FileRead
    entries: tuple[NewEntry, ...] = ()


def read_check_ins(
    found: FoundFile, name: str, zone: ZoneInfo, items: tuple[CustomQuestion, ...]
) -> CheckInFile | None:
    """Return what a file of check-ins says; null for a file that is something else."""
    try:
        entries = check_ins_from_file(found.content, name, zone, items)
    except CsvFormatError as fault:
        return CheckInFile(
            FileRead(name, found.stamp, "refused", found.content_hash, notices=(BAD_CHECK_INS(fault=fault),))
        )
    if entries is None:
        return None
    taken = CHECK_INS_TAKEN(count=len(entries))
    return CheckInFile(
        FileRead(name, found.stamp, ImportOutcome.CHECK_INS, found.content_hash, notices=(taken,)), tuple(entries)
    )


def read_file(found: FoundFile, name: str, zone: ZoneInfo) -> FileRead:
    """Read one file; one that cannot be read has a notice that says why."""
    if result := result_without_reading(found, name):
        return result
    content = FileContent(found.content)
    reader = find_reader(content)
    try:
        recordings, notices = _recordings(found, decode_with(reader, content, found.note), zone)
    except UnreadableFileError as fault:
        recordings, notices = [], [fault.notice]
    notices += _ahead(recordings, found.stamp.modified_at)
    refused = any(notice.severity is Severity.ERROR for notice in notices)
    outcome = "run" if recordings else "refused" if refused else ImportOutcome.SKIPPED
    return FileRead(
        name,
        found.stamp,
        outcome,
        found.content_hash,
        tuple(recordings),
        tuple(notices),
        format=reader.format if reader else None,
        reader_version=reader.version if reader else None,
    )


def _ahead(recordings: list[Recording], saved_at: dt.datetime) -> list[Notice]:
    """Return a notice on each run that began after its file was saved; archives that keep no dates say 1980."""
    starts: list[dt.datetime] = [recording.row["started_at"] for recording in recordings]  # type: ignore[misc]
    if saved_at.year < FIRST_WATCHES:
        return []
    return [
        CLOCK_AHEAD(began=f"{start:%Y-%m-%d}", saved=f"{saved_at:%Y-%m-%d}")
        for start in starts
        if start > saved_at + ONE_DAY
    ]


def _recordings(found: FoundFile, decoded: DecodedFile, zone: ZoneInfo) -> tuple[list[Recording], list[Notice]]:
    """Return the runs in a file, and the notices on it; what is not a run leaves only a notice."""
    recordings, notices = [], list(decoded.notices)
    for number, activity in enumerate(decoded.activities, start=1):
        recording_id = f"{found.content_hash[:ID_LENGTH]}-{number}"
        recording, remarks = _recording(activity, recording_id, zone)
        notices += remarks
        if recording:
            recording.row.update(content_hash=found.content_hash, format=decoded.format)
            recordings.append(recording)
    return recordings, list(dict.fromkeys(notices))  # a table of a thousand runs says a thing once


def _recording(activity: DecodedRun, recording_id: str, zone: ZoneInfo) -> tuple[Recording | None, list[Notice]]:
    """One activity measured; without a recording when it is not a run."""
    path = clean_track(activity, zone)
    measured = measure(
        path.points,
        activity,
        heights_from=path.heights_from,
        total_m=path.total_m,
        distance_source=path.distance_source,
    )
    if aside := why_not_a_run(activity, measured.row):
        return None, [aside]
    row = measured.row | {
        "recording_id": recording_id,
        "started_at": path.points["sampled_at"][0],
        "ended_at": path.points["sampled_at"][-1],
        "local_date": path.clock.began.date(),
        "local_clock": f"{path.clock.began:%H:%M}",
        "time_zone": path.clock.zone,
        "zone_source": path.clock.zone_source,
        "status": RecordingStatus.RUN,
        "name": activity.name,
        "sub_sport": activity.sub_sport,
        "device": activity.device,
        "device_serial": activity.device_serial,
    }
    parts = activity.laps, measured.splits, measured.best_efforts, measured.heart_rate_histogram
    laps, splits, best_efforts, heart_rate_histogram = (
        [part | {"recording_id": recording_id} for part in rows] for rows in parts
    )
    notices = [*activity.notices, *path.notices, *measured.notices, *quality_flags(activity)]
    return Recording(row, points_as_file(path.points), laps, splits, best_efforts, heart_rate_histogram), notices
