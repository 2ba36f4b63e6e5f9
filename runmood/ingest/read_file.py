"""One watch file becomes runs, or a reason why not: decode, refine, measure.

This is the one place where an unreadable file is caught. Nothing here knows of a home or a database, so that any
process may do it.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from runmood.core.enums import ImportOutcome, RecordingStatus, StatusReason
from runmood.core.errors import CsvFormatError, UnreadableFileError, as_message
from runmood.core.i18n import Name
from runmood.core.notices import BAD_CHECK_INS, CHECK_INS_TAKEN, CUT_SHORT, NIGHTS_READ, TOO_SHORT, Notice, Severity
from runmood.core.recordings import FileCorrection
from runmood.journal.checkin_files import check_ins_from_file
from runmood.journal.decisions import content_prefix
from runmood.journal.imports import read_export
from runmood.metrics.classify import (
    FIRST_WATCHES,
    ActivityClassification,
    classify_clock,
    classify_recording,
    unclear_sport,
)
from runmood.metrics.measure import measure
from runmood.metrics.splits_and_efforts import holds_a_ride
from runmood.readers import decode_with
from runmood.readers.registry import FileContent, find_reader, listing_of
from runmood.readers.sports import sport_in_title, title_names_a_run
from runmood.readers.vendors.apple_health_sleep import STATE_OF_MIND
from runmood.tracks.clean import clean_track
from runmood.tracks.corrections import redate, trim
from runmood.warehouse.file_rows import FileRead, Recording

if TYPE_CHECKING:
    import polars as pl

    from runmood.core.checkins import CustomQuestion, NewEntry
    from runmood.core.recordings import DecodedFile, DecodedRun, FileStat, FoundFile, Night
    from runmood.journal.imports.compare import Export
    from runmood.tracks.clean import Track


SEARCHED = 65_536  # bytes in which a date is looked for
# A shorter sleep is a nap, or a night of which the watch was worn for a part; a longer one is no night.
SHORTEST_NIGHT_S, LONGEST_NIGHT_S = 3 * 3600, 18 * 3600
AS_IT_IS = FileCorrection()
BY_WAY = ("distance_m", "distance_source", "pace_s_km", "grade_adjusted_pace_s_km", "moving_s")
UNKNOWN = ("distance_m", "distance_source", "pace_s_km", "elapsed_s", "moving_s")  # without a way: not 0, but unsaid
_WATCH_FILE = re.compile(r"\.(?:fit|gpx|tcx)(?:\.[^/]*)?$", re.IGNORECASE)
_DATED = re.compile(r"(?<!\d)(20[0-4]\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


def result_without_reading(found: FoundFile, name: str, zone: ZoneInfo) -> FileRead | None:
    """Return the result of a file that has nothing to read; null for one that has."""
    if found.opened:
        return FileRead(name, found.stamp, "opened", notices=(found.fault,) if found.fault else ())
    if found.fault:
        outcome = "refused" if found.fault.severity is Severity.ERROR else ImportOutcome.SKIPPED
        begun = day_told(read_file(replace(found, fault=None), name, zone)) if found.content else None
        day = begun or _day_of(name, b"", found.stamp, zone)
        return FileRead(name, found.stamp, outcome, notices=(found.fault,), local_date=day)
    return None


@dataclass(frozen=True, slots=True)
class CheckInFile:
    """A file of check-ins, and what it says; without entries where something is wrong with it.

    `export` is another app's, of which each export tells all again.
    """

    file: FileRead
    entries: tuple[NewEntry, ...] = ()
    export: Export | None = None


def read_check_ins(
    found: FoundFile, name: str, zone: ZoneInfo, items: tuple[CustomQuestion, ...]
) -> CheckInFile | None:
    """Return what a file of check-ins says; null for a file that is something else."""
    try:
        if found.content.startswith(STATE_OF_MIND):
            export = read_export(found.content, name, zone)
            return CheckInFile(_taken(found, name, len(export.entries)), export.entries, export)
        entries = check_ins_from_file(found.content, name, zone, items)
    except CsvFormatError as fault:
        refused = BAD_CHECK_INS(fault=as_message(fault))
        return CheckInFile(FileRead(name, found.stamp, "refused", found.content_hash, notices=(refused,)))
    if entries is None:
        return None
    return CheckInFile(_taken(found, name, len(entries)), tuple(entries))


def _taken(found: FoundFile, name: str, count: int) -> FileRead:
    taken = CHECK_INS_TAKEN(count=count)
    return FileRead(name, found.stamp, ImportOutcome.CHECK_INS, found.content_hash, notices=(taken,))


def read_file(found: FoundFile, name: str, zone: ZoneInfo, correction: FileCorrection = AS_IT_IS) -> FileRead:
    """Read one file, as the person corrected it; one that cannot be read has a notice that says why."""
    if result := result_without_reading(found, name, zone):
        return result
    content = FileContent(found.content, found.beside)
    reader = find_reader(content)
    nights: tuple[dict[str, object], ...] = ()
    cut_on = None
    try:
        decoded = decode_with(reader, content, found.note)
        nights = _nights(decoded, found.content_hash, zone)
        recordings, notices, cut_on = _recordings(found, decoded, zone, correction)
    except UnreadableFileError as fault:
        recordings, notices = [], [fault.notice]
    if nights:
        notices.append(NIGHTS_READ(count=len(nights)))
    outcome = ImportOutcome.SLEEP if nights else _outcome(recordings, notices)
    unread = outcome == ImportOutcome.REFUSED
    return FileRead(
        name,
        found.stamp,
        outcome,
        found.content_hash,
        tuple(recordings),
        tuple(notices),
        format=reader.format if reader else None,
        reader_version=reader.version if reader else None,
        local_date=(cut_on or _day_of(name, found.content, found.stamp, zone)) if unread else None,
        correction=None if correction == AS_IT_IS else correction.fingerprint,
        nights=nights,
        listed_in=found.note.format if found.note else None,
        listing=listing_of(found.note) if found.note else None,
        listed_as=found.note.listed_as if found.note else None,
        again=found.again,
    )


def day_told(file: FileRead) -> dt.date | None:
    """Return the day of a file that waits or cannot be read, as far as it tells one."""
    days = (day for each in file.recordings if isinstance(day := each.row["local_date"], dt.date))
    return file.local_date or next(days, None)


def _outcome(recordings: list[Recording], notices: list[Notice]) -> ImportOutcome:
    if any(recording.row["status"] == RecordingStatus.RUN for recording in recordings):
        return ImportOutcome.RUN
    if recordings:
        return ImportOutcome.UNDECIDED
    refused = any(notice.severity is Severity.ERROR for notice in notices)
    return ImportOutcome.REFUSED if refused else ImportOutcome.SKIPPED


def _nights(decoded: DecodedFile, content_hash: str, zone: ZoneInfo) -> tuple[dict[str, object], ...]:
    """Return rows of NIGHTS: of the sleeps that end on a day the longest, if it may be a night."""
    nights: dict[dt.date, dict[str, object]] = {}
    for night in sorted(decoded.nights, key=lambda each: each.asleep_s):
        if SHORTEST_NIGHT_S <= night.asleep_s <= LONGEST_NIGHT_S:
            day = night.ended_at.astimezone(_zone_of(night, zone)).date()
            nights[day] = {
                "content_hash": content_hash,
                "local_date": day,
                "began_at": night.began_at,
                "ended_at": night.ended_at,
                "sleep_h": round(night.asleep_s / 3600, 3),
            }
    return tuple(nights.values())


def _zone_of(night: Night, home: ZoneInfo) -> ZoneInfo:
    try:
        return ZoneInfo(night.time_zone) if night.time_zone else home
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return home


def _day_of(name: str, content: bytes, stamp: FileStat, zone: ZoneInfo) -> dt.date | None:
    """Return the day that a file speaks of which cannot be read.

    Its name tells it, else the first date in its text; of a watch file, else when it was saved.
    """
    day = named_day(name.rpartition("/")[2]) or named_day(content[:SEARCHED].decode("latin-1"))
    if day:
        return day
    known = stamp.modified_at.year >= FIRST_WATCHES and _WATCH_FILE.search(name)
    return stamp.modified_at.astimezone(zone).date() if known else None


def named_day(text: str) -> dt.date | None:
    """Return the first date that stands in a text; null where none does."""
    for year, _, month, day in _DATED.findall(text):
        with suppress(ValueError):  # 31 February
            return dt.date(int(year), int(month), int(day))
    return None


def _recordings(
    found: FoundFile, decoded: DecodedFile, zone: ZoneInfo, correction: FileCorrection
) -> tuple[list[Recording], list[Notice], dt.date | None]:
    """Return the runs in a file, the notices on it, and the day of an activity that breaks off too early to tell.

    What is not a run leaves only a notice.
    """
    recordings, notices, cut_on = [], list(decoded.notices), None
    numbers = count(1)
    for activity in decoded.activities:
        recording_id = f"{content_prefix(found.content_hash)}-{activity.number or next(numbers)}"
        track, corrected, began = _corrected(activity, recording_id, zone, correction)
        recording, remarks = _recording(track, corrected, recording_id, found, correction)
        if not recording and activity.partial and any(notice.code == TOO_SHORT.code for notice in remarks):
            remarks = [CUT_SHORT(format=Name(decoded.format.upper()), elapsed_s=float(track.points["elapsed_s"][-1]))]
            cut_on = track.clock.began.date()
        notices += remarks
        if recording:
            recording.row.update(content_hash=found.content_hash, format=decoded.format, file_began_at=began)
            recordings.append(recording)
    return recordings, list(dict.fromkeys(notices)), cut_on  # a table of a thousand runs says a thing once


def _recording(
    path: Track, activity: DecodedRun, recording_id: str, found: FoundFile, correction: FileCorrection
) -> tuple[Recording | None, list[Notice]]:
    """Measure one activity; without a recording when it is not a run."""
    measured = measure(
        path.points,
        activity,
        heights_from=path.heights_from,
        total_m=path.total_m,
        distance_source=path.distance_source,
    )
    judged = classify_recording(
        activity,
        measured.row,
        None if found.disputed else _sport(activity, found.name),
        maybe_run=found.disputed or title_names_a_run(activity.name),
    )
    if found.disputed and judged.status is RecordingStatus.RUN:
        judged = unclear_sport(measured.row)
    if judged.status is None and {recording_id, recording_id.partition("-")[0]} & {*correction.runs}:
        judged = ActivityClassification(RecordingStatus.RUN)
    if judged.status is None:
        return None, [judged.notice] if judged.notice else []
    if judged == (RecordingStatus.RUN, None, None) and holds_a_ride(measured.splits):
        judged = ActivityClassification(RecordingStatus.RUN, StatusReason.HOLDS_A_RIDE)
    judged, suggested = _by_clock(path.points, found, judged)
    row = measured.row | {
        "recording_id": recording_id,
        "started_at": path.points["sampled_at"][0],
        "ended_at": path.points["sampled_at"][-1],
        "local_date": path.clock.began.date(),
        "local_clock": f"{path.clock.began:%H:%M}",
        "time_zone": path.clock.zone,
        "zone_source": path.clock.zone_source,
        "status": judged.status,
        "status_reason": judged.reason,
        "suggested_start_at": suggested,
        "name": activity.name,
        "sub_sport": activity.sub_sport,
        "device": activity.device,
        "device_serial": activity.device_serial,
        "listed_as": activity.listed_as,
    }
    if judged.reason is StatusReason.NO_DISTANCE:
        if measured.row["distance_m"]:  # a few metres in half an hour are none
            measured = replace(measured, splits=[], best_efforts=[])
            row |= dict.fromkeys(BY_WAY)
        row |= {name: None for name in UNKNOWN if not row[name]}
    parts = activity.laps, measured.splits, measured.best_efforts, measured.heart_rate_histogram
    laps, splits, best_efforts, heart_rate_histogram = (
        [part | {"recording_id": recording_id} for part in rows] for rows in parts
    )
    notices = [*([judged.notice] if judged.notice else []), *activity.notices, *path.notices, *measured.notices]
    return Recording(row, path.points, laps, splits, best_efforts, heart_rate_histogram), notices


def _corrected(
    activity: DecodedRun, recording_id: str, zone: ZoneInfo, correction: FileCorrection
) -> tuple[Track, DecodedRun, dt.datetime | None]:
    """Return the clean track of an activity, and the activity, both as the person corrected them.

    The last value is when it begins by its file, null where that is no moment.
    """
    began = None
    for name, date, clock in correction.begins:
        if name == recording_id:
            began = began or _began_by_file(activity, zone)
            activity = redate(activity, date, clock, zone)
    track = clean_track(activity, zone)
    began = began or track.points["sampled_at"][0]
    for name, from_s, to_s in correction.kept_s:
        if name == recording_id:
            track, activity = trim(track, activity, from_s, to_s)
    return track, activity, began


def _began_by_file(activity: DecodedRun, zone: ZoneInfo) -> dt.datetime | None:
    try:
        first = clean_track(activity, zone).points["sampled_at"][0]
    except UnreadableFileError:  # its clock is why it was corrected
        first = activity.points["sampled_at"].min()
    return first if isinstance(first, dt.datetime) else None


def _sport(activity: DecodedRun, file_name: str) -> str | None:
    """Return what the file says of the sport, else the activity's name, else that of the file; null for none."""
    stem = file_name.rpartition("/")[2].rpartition(".")[0]
    return activity.sport or sport_in_title(activity.name) or sport_in_title(stem)


def _by_clock(
    points: pl.DataFrame, found: FoundFile, judged: ActivityClassification
) -> tuple[ActivityClassification, dt.datetime | None]:
    """Return the judgement, or that of the clock where it cannot be right, and when the run probably began."""
    at = points["sampled_at"]
    clock = classify_clock(at[0], at[-1], found.stamp.modified_at, dt.datetime.now(dt.UTC))
    return clock or (judged, None)
