"""What a folder looks like, in a few letters that change when it does, at a cost that a hundred thousand files allow.

In an inbox or a watched folder of ordinary size every folder is listed each night, and every file is asked for its size
and time. In a large one that would take several times as long as all else of a quiet night. There

- a folder is listed again when its own times have changed, which a file system sets whenever a name comes or goes. Some
  do not, so they are trusted only where the folder in which the last night wrote is as new as what was written there;
- a file that holds a single recording, or is one of many of its kind in a folder, is written once and hardly ever
  again. It is asked for size and time once a week, a seventh of them each night. Everything else, such as an export
  that the next one may replace under its name, is asked each night.

A snapshot is what a watched folder looked like when all in it had been dealt with: what looks the same is not read
again. What is known of a folder's files is a line a file; a quiet night reads none of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from runmood.core.files import read_kept, replace_made
from runmood.core.json_records import read_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


INBOX = "inbox"
LISTED = "inbox-listed.json"
DAYS_OF_WEEK = 7
PARTS = tuple(f"{INBOX} {number}" for number in range(DAYS_OF_WEEK))
ORDINARY = 5_000  # files of an inbox that is looked at whole each night
CROWDED = 100  # files of one ending in a folder, from which on each is taken for one recording: Samsung's JSON, tables
RECORDINGS = (
    *(f"{ending}{packed}" for ending in (".fit", ".gpx", ".tcx", ".kml") for packed in ("", ".gz")),
    *(".jpg", ".jpeg", ".png", ".heic"),
)
AT_REST_NS = 3 * 10**9  # a folder that changed later may change again within the same tick of its file system's clock
NO_TIMES = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class DirectoryListing:
    """What lies in a folder: names with a NUL after each, of folders, of single recordings, and of all other files.

    `times` are those of the folder, in nanoseconds, and its device; zeros where they are not to be relied upon.
    """

    times: tuple[int, int, int]
    folders: str = ""
    recordings: str = ""
    others: str = ""


def stamp_folder(
    folder: Path, listed: Path, before: Mapping[str, str], day: dt.date, last_day: dt.date
) -> dict[str, str]:
    """Return stamps of a folder, by which it is seen whether it is as it was.

    Args:
        folder: the inbox, or a watched folder.
        listed: where a large folder's listing is kept, in the home's work folder.
        before: what the last night's look returned; empty before the first.
        day: today.
        last_day: when the last look was.

    Returns:
        A few letters for all names and what is looked at each night, and in a large folder for each day of the week for
        the other files. Those of the days since the last look are looked at; where anything has changed, all are.
    """
    kept = stored_listings(folder, listed)
    listings = dict(listings_of(folder, kept))
    large = sum(each.recordings.count("\0") + each.others.count("\0") for each in listings.values()) > ORDINARY
    if large and listings != kept:
        replace_made(listed, json.dumps({name: asdict(each) for name, each in listings.items()}))
    held = ((name, f"{each.recordings}\0{each.others}") for name, each in listings.items())
    names = [f"{name}\0{files}" for name, files in held if files != "\0"]  # an empty folder is no news
    always = [(name, _names(each.others)) for name, each in listings.items()]
    seldom = [(name, _names(each.recordings)) for name, each in listings.items()]
    if not large:
        return {INBOX: _hashed([*names, *_stamps(folder, always), *_stamps(folder, seldom)])}
    found = {INBOX: _hashed([*names, *_stamps(folder, always)])}
    as_before = {part: before.get(part, "") for part in PARTS}
    if found[INBOX] == before.get(INBOX) and all(as_before.values()):
        since = min(max((day - last_day).days, 1), DAYS_OF_WEEK)
        tonight = [(day.toordinal() - number) % DAYS_OF_WEEK for number in range(since)]
        if all(_part(folder, seldom, number) == as_before[PARTS[number]] for number in tonight):
            return found | as_before
    return found | {part: _part(folder, seldom, number) for number, part in enumerate(PARTS)}


def without_inbox(state: Mapping[str, str]) -> dict[str, str]:
    """Return a state that knows nothing of the inbox, so that the next night looks at all of it."""
    return {name: value for name, value in state.items() if name != INBOX and name not in PARTS}


def stamp_file(path: str | os.PathLike[str]) -> str:
    """Return size, time and mode of a file; what cannot be looked at says so, and when it can, that is a change."""
    try:
        status = os.stat(path)  # noqa: PTH116 - thousands of them, each night
    except OSError as fault:
        return f"errno {fault.errno}"
    return f"{status.st_size} {status.st_mtime_ns} {status.st_mode}"


def stored_listings(folder: Path, listed: Path) -> dict[str, DirectoryListing]:
    """Return the listing of a large folder that the last night left; none where the times of folders tell nothing."""
    try:
        night = listed.with_name("last-night.json").stat()
        work = listed.parent.stat()
        if work.st_mtime_ns < night.st_mtime_ns or work.st_dev != folder.stat().st_dev:
            return {}
        kept = read_record(dict[str, DirectoryListing], json.loads(read_kept(listed)))
    except (OSError, ValueError, RecursionError):
        return {}
    return {name: each for name, each in kept.items() if each.times[2] == work.st_dev and _is_below(each)}


def _is_below(listing: DirectoryListing) -> bool:
    """Return whether all folders lie below, as they always do unless somebody else has written them down."""
    return "/" not in listing.folders and not {".", ".."} & {*_names(listing.folders)}


def listings_of(top: Path, kept: Mapping[str, DirectoryListing]) -> Iterator[tuple[str, DirectoryListing]]:
    """Yield each folder, its name below the top ending in a slash, with what lies in it; links are not followed."""
    waiting, at_rest = [""], time.time_ns() - AT_REST_NS
    while waiting:
        folder = waiting.pop()
        try:
            status = os.stat(f"{top}/{folder}")  # noqa: PTH116 - as above
            times = status.st_mtime_ns, status.st_ctime_ns, status.st_dev
            listing = kept.get(folder)
            if listing is None or listing.times != times:
                listing = list_folder(f"{top}/{folder}", times if max(times[:2]) < at_rest else NO_TIMES)
        except OSError as fault:
            # When it can be looked into, that is a change.
            listing = DirectoryListing(NO_TIMES, others=f"errno {fault.errno}\0")
        waiting += (f"{folder}{name}/" for name in reversed(_names(listing.folders)))
        yield folder, listing


def list_folder(path: str, times: tuple[int, int, int]) -> DirectoryListing:
    """Return what lies in a folder.

    Raises:
        OSError: it cannot be looked into.
    """
    with os.scandir(path) as entries:
        found = list(entries)
    folders = {each.name for each in found if each.is_dir(follow_symlinks=False)}
    names = {each.name for each in found} - folders
    many = Counter(os.path.splitext(name.lower())[1] for name in names)  # noqa: PTH122 - thousands of them
    endings = (*RECORDINGS, *(ending for ending, files in many.items() if ending and files > CROWDED))
    recordings = {name for name in names if name.lower().endswith(endings)}
    return DirectoryListing(
        times, *("".join(f"{name}\0" for name in sorted(each)) for each in (folders, recordings, names - recordings))
    )


def _names(joined: str) -> list[str]:
    return joined.split("\0")[:-1]


def _part(top: Path, folders: Iterable[tuple[str, list[str]]], number: int) -> str:
    """Look at every seventh file of each folder."""
    parts = (
        (folder, names[(number + place) % DAYS_OF_WEEK :: DAYS_OF_WEEK])
        for place, (folder, names) in enumerate(folders)
    )
    return _hashed(_stamps(top, parts))


def _stamps(top: Path, folders: Iterable[tuple[str, list[str]]]) -> Iterator[str]:
    """Yield size, time and mode of files in the order given."""
    return (stamp_file(f"{top}/{folder}{name}") for folder, names in folders for name in names)


def _hashed(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()[:16]


SNAPSHOTS = "watched-snapshots.json"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a folder looked like on a day when nothing in it waited, and until when it is at rest if unchanged.

    A calendar is read again after a week, though nobody has written in it.
    """

    stamps: dict[str, str]
    day: dt.date
    until: dt.date | None


@dataclass(slots=True)
class Snapshots:
    """The snapshots by folder, which count for one state of what is known."""

    state: str = ""
    folders: dict[str, Snapshot] = field(default_factory=dict)


def folder_of(name: str) -> Path:
    """Return the folder that a setting names."""
    return Path(name).expanduser()


def stamp_watched(work: Path, name: str, before: Snapshot | None, today: dt.date) -> dict[str, str] | None:
    """Return the stamps of a folder before anything in it is read; null where it is not there."""
    folder = folder_of(name)
    if not folder.is_dir():
        return None
    listed = work / f"watched-{hashlib.sha256(name.encode(errors='surrogateescape')).hexdigest()[:16]}.json"
    return stamp_folder(folder, listed, before.stamps if before else {}, today, before.day if before else today)


def read_snapshots(work: Path, state: Path) -> dict[str, Snapshot]:
    """Return what the folders looked like; nothing where the state, what is known of their files, was written since."""
    try:
        snapshots = read_record(Snapshots, json.loads(read_kept(work / SNAPSHOTS)))
    except (OSError, ValueError, RecursionError):
        return {}
    return snapshots.folders if snapshots.state == stamp_file(state) else {}


def write_snapshots(work: Path, folders: dict[str, Snapshot], state: Path) -> None:
    """Write what the folders looked like."""
    snapshots = asdict(Snapshots(stamp_file(state), folders))
    replace_made(work / SNAPSHOTS, json.dumps(snapshots, default=dt.date.isoformat))
