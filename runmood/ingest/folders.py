"""What lies at some paths, every file once, in sorted order, and from which app an export comes that nothing can read.

Hidden files and companions of runs are left out.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import stat
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from runmood.core.errors import why_refused
from runmood.core.notices import CANNOT_OPEN, COPY_UNFINISHED, IN_THE_CLOUD
from runmood.core.recordings import FileStat
from runmood.ingest.at_rest import is_a_tools_draft
from runmood.readers.registry import BEGINNING as BEGINNING_OF_RUNS
from runmood.readers.registry import (
    collection_parts,
    find_collection_reader,
    is_readable_beginning,
    is_readable_name,
    may_be_collection,
    may_begin,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from runmood.core.notices import Notice


ENDINGS = (".csv", ".json", ".txt")
BEGINNING = 4096  # bytes of a file that are looked at
OF_A_SHEET = ({"date", "kind", "mood"}, re.compile(rb"[,;\t]"))
OF_JSON = (re.compile(rb"\A\s*\[?\s*\{"), re.compile(rb'"mood"\s*:'), re.compile(rb'"(?:energy|kind|at)"\s*:'))


def looks_like_checkin_file(path: Path) -> bool:
    """Return whether a file may hold check-ins: a sheet with date, kind and mood, or JSON with a mood.

    The journal's own reader decides; this only keeps the hundred other tables of an export closed.

    Returns:
        Whether it is worth reading.
    """
    if path.suffix.lower() not in ENDINGS:
        return False
    try:
        with path.open("rb") as file:
            begins = file.read(BEGINNING).removeprefix(b"\xef\xbb\xbf")
    except OSError:
        return False
    needed, separator = OF_A_SHEET
    header = {
        cell.strip(b' "\r').lower().decode("utf-8", "replace") for cell in separator.split(begins.split(b"\n")[0])
    }
    return needed <= header or all(mark.search(begins) for mark in OF_JSON)


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
# iCloud leaves .run.fit.icloud in the place of run.fit, and browsers write under a name of their own.
_IN_A_CLOUD = re.compile(r"\..+\.(?:fit|gpx|tcx|zip|gz|kml|kmz|json|csv|xml)\.icloud", re.IGNORECASE)
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".opdownload", ".filepart", ".!ut")
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
# They lie beside the runs in exports and folders, and are no runs.
_CLINICAL_SUMMARY = "_cda.xml"  # Apple Health's second file, which may have gigabytes
_COMPANIONS = (".csv", ".json", ".jpg", ".jpeg", ".png", ".txt", ".md", ".tsv", ".pdf")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a folder that is worth a look, or the fault that keeps us from looking.

    `named` marks a path that the person gave, and did not only lie in a folder.
    """

    path: Path
    name: str
    stamp: FileStat
    mode: int = 0
    fault: Notice | None = None
    named: bool = False


def walk(paths: Iterable[Path]) -> Iterator[Entry]:
    """Yield everything at and under the paths, without hidden files and harmless companions; no folders."""
    for path in paths:
        entry = _entry(path)
        if entry.fault is None and stat.S_ISDIR(entry.mode):
            yield from _folder(path)
        else:
            yield replace(entry, named=True)


def waiting_notice(name: str) -> Notice | None:
    """Return why a file waits, by its name: it lies in a cloud, or is being copied; null for any other."""
    if _IN_A_CLOUD.fullmatch(name):
        return IN_THE_CLOUD()
    return COPY_UNFINISHED() if name.lower().endswith(_UNFINISHED) or is_a_tools_draft(name) else None


def is_hidden(name: str) -> bool:
    """Return whether the system put the file there, not a person: .DS_Store, ._1.fit, Thumbs.db."""
    if _IN_A_CLOUD.fullmatch(name) or is_a_tools_draft(name):
        return False
    return name.startswith(".") or name.lower() in _SYSTEM_FILES


def printable(name: str) -> str:
    """Return the name fit for a database and a terminal; what is no text in it stands as an escape."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in text)


def cannot_open(error: OSError) -> Notice:
    """Return the notice for what the system refuses."""
    return CANNOT_OPEN(fault=why_refused(error))


def _folder(top: Path) -> Iterator[Entry]:
    waiting = [top]  # a stack and no recursion: folders may be nested deeper than Python may call
    while waiting:
        path = waiting.pop()
        entry = _entry(path)
        if entry.fault or not stat.S_ISDIR(entry.mode) or (path != top and path.is_symlink()):
            yield entry
            continue
        try:
            names = sorted(os.listdir(path), reverse=True)  # noqa: PTH208 - names are wanted, not paths
        except OSError as error:
            yield Entry(path, entry.name, entry.stamp, fault=cannot_open(error))
        else:
            waiting.extend(path / name for name in names if not is_ignored(path / name))


def is_ignored(path: Path) -> bool:
    """Return whether a file of this name is left alone without a word: the system's, or a companion of runs."""
    if is_hidden(path.name) or path.name.lower().endswith(_CLINICAL_SUMMARY):
        return True
    if path.suffix.lower() not in _COMPANIONS or is_readable_name(path.name) or path.is_dir():
        return False
    return not (looks_like_checkin_file(path) or _belongs_to_a_collection(path) or _is_readable_within(path))


def _belongs_to_a_collection(path: Path) -> bool:
    """Return whether a file has the place of one that is read with another."""
    return any(pattern.fullmatch(f"{path.parent.name}/{path.name}") for pattern in collection_parts())


def _is_readable_within(path: Path) -> bool:
    """Return whether a file holds runs whose name does not say so."""
    if not may_begin(path.name) and not may_be_collection(path.name):
        return False
    try:
        with path.open("rb") as file:
            begins = file.read(BEGINNING_OF_RUNS)
    except OSError:
        return False
    return is_readable_beginning(path.name, begins) or find_collection_reader(path.name, begins) is not None


def stat_file(path: Path) -> FileStat:
    """Return size and time of a file; the epoch and no size for one that is gone."""
    return _entry(path).stamp


def _entry(path: Path) -> Entry:
    name = printable(path.as_posix())
    try:
        status = path.stat()
    except OSError as error:
        return Entry(path, name, FileStat(0, _EPOCH), fault=cannot_open(error))
    waits = waiting_notice(path.name) if stat.S_ISREG(status.st_mode) else None
    return Entry(path, name, FileStat(status.st_size, _moment(status.st_mtime_ns)), status.st_mode, waits)


def _moment(nanoseconds: int) -> dt.datetime:
    """Return the moment of a file's clock; the epoch where the clock is beyond all calendars."""
    try:
        return _EPOCH + dt.timedelta(microseconds=nanoseconds // 1000)
    except OverflowError:
        return _EPOCH


LOOKED_AT = 200  # files whose first bytes are looked at

_NAMES = (
    ("Apple Health", r"(?:^|/)(?:apple_health_export|workout-routes|electrocardiograms)/"),
    ("Garmin", r"(?:^|/)DI_CONNECT/|_summarizedActivities"),
    ("Fitbit", r"(?:^|/)(?:Fitbit|Global Export Data)/"),
    ("Google Fit", r"(?:^|/)Fit/(?:All Sessions|Activities|Daily activity metrics)/"),
    ("Google Maps Timeline", r"(?:^|/)(?:Semantic Location History/|Records\.json$|Timeline\.json$)"),
    ("Samsung Health", r"(?:^|/)com\.samsung\."),
    ("Huawei Health", r"(?:^|/)(?:HiTrack_|motion path detail|health detail data)"),
    ("Mi Fitness", r"MiFitness_|(?:^|/)hlth_center"),
    ("Zepp", r"(?:^|/)(?:SPORT|HEARTRATE_AUTO|ACTIVITY_MINUTE)/"),
    ("adidas Running", r"(?:^|/)Sport-sessions/"),
    ("Polar Flow", r"(?:^|/)(?:training-session|activity-\d{4}|planned-route)-"),
    ("COROS", r"(?i:coros)[^/]*\.(?:csv|json|xlsx?)$"),
    ("Whoop", r"(?:^|/)physiological_cycles\.csv$"),
    ("Oura", r"(?:^|/)(?:oura_|dailyreadiness|sleepmodel)[^/]*\.(?:csv|json)$"),
    ("Withings", r"(?:^|/)raw_(?:tracker|location|hr)_[^/]*\.csv$"),
)
_BEGINNINGS = (
    ("Nike", rb'"com\.nike\.|"nike[_.]'),
    ("Peloton", rb"\AWorkout Timestamp,Live/On-Demand"),
    ("Endomondo", rb'"speed_avg_kmh"'),
    ("Withings", rb"\Afrom,to,from \(manual\)"),
    ("Strava", rb"\AActivity ID,Activity Date"),
    ("Runkeeper", rb"\A[^\n]*Friend's Tagged"),
    ("Garmin Connect", rb"\AActivity Type,Date,Favorite,Title"),
    ("Health Auto Export", rb'\A\s*\{\s*"data"\s*:\s*\{'),
)
_BY_NAME = tuple((app, re.compile(pattern)) for app, pattern in _NAMES)
_BY_BEGINNING = tuple((app, re.compile(pattern)) for app, pattern in _BEGINNINGS)


def app_of(files: Iterable[tuple[str, bytes]]) -> str | None:
    """Return the app that an export comes from; null for one that is not known.

    `files` are the names of its files, with their folders, and their first bytes.
    """
    for name, begins in files:
        for app, pattern in _BY_NAME:
            if pattern.search(name):
                return app
        for app, beginning in _BY_BEGINNING:
            if beginning.search(begins.removeprefix(b"\xef\xbb\xbf")):
                return app
    return None
