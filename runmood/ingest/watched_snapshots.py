"""What watched folders looked like when all in them had been dealt with: what looks the same is not read again.

What is known of a folder's files is a line a file; a quiet night reads none of it, and compares a few letters instead.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from runmood.core.files import replace_private
from runmood.core.json_records import read_record
from runmood.ingest.folder_stamps import stamp_file, stamp_folder

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
        snapshots = read_record(Snapshots, json.loads((work / SNAPSHOTS).read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError):
        return {}
    return snapshots.folders if snapshots.state == stamp_file(state) else {}


def write_snapshots(work: Path, folders: dict[str, Snapshot], state: Path) -> None:
    """Write what the folders looked like."""
    snapshots = asdict(Snapshots(stamp_file(state), folders))
    replace_private(work / SNAPSHOTS, json.dumps(snapshots, default=dt.date.isoformat))
