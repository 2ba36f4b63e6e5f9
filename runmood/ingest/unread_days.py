"""The days of files in watched folders that wait or cannot be read: a run may be in each, so none is called missed.

    note_unread_days(home, folder, names)  -> what waits in a folder, after a look into it
    unread_days(home)                      -> the days of all folders that are watched

They are kept in a small file of their own: a night without news looks at it, and at nothing else of the folders.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from runmood.core.files import replace_private
from runmood.core.json_records import read_record
from runmood.ingest.folder_stamps import folder_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from runmood.home.home import Home


UNREAD_DAYS = "watched-unread.json"
LARGEST = 64 << 20  # bytes that are looked at for a day; of a larger file the name tells it


def note_unread_days(home: Home, folder: str, names: Collection[str]) -> None:
    """Note the days of the files that wait in a watched folder, instead of those of the last look into it.

    Args:
        home: whose folder.
        folder: as the settings name it.
        names: of the files, below the folder.
    """
    before = _read(home)
    days = sorted({day for name in names for day in _days_in(folder_of(folder) / name, home.zone)})
    now = {each: kept for each, kept in before.items() if each != folder} | ({folder: days} if days else {})
    if now != before:
        replace_private(home.work / UNREAD_DAYS, json.dumps(now, default=dt.date.isoformat, sort_keys=True))


def unread_days(home: Home) -> set[dt.date]:
    """Return the days of files that wait or cannot be read in the folders that are watched now."""
    return {day for folder, days in _read(home).items() if folder in home.settings.folders for day in days}


def _read(home: Home) -> dict[str, list[dt.date]]:
    try:
        return read_record(dict[str, list[dt.date]], json.loads((home.work / UNREAD_DAYS).read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError):
        return {}


def _days_in(path: Path, zone: ZoneInfo) -> Iterator[dt.date]:
    """Yield the days that a file tells as it is now, as the inbox would know them."""
    from runmood.ingest.discover import discover_files  # noqa: PLC0415 - a quiet night needs none of it
    from runmood.ingest.folders import is_ignored  # noqa: PLC0415 - as above
    from runmood.ingest.read_file import day_told, named_day, read_file  # noqa: PLC0415 - as above

    if is_ignored(path):
        return
    try:
        is_large = path.stat().st_size > LARGEST
    except OSError:
        is_large = True
    if is_large:
        days = [named_day(path.name)]
    else:
        found = discover_files([path], lambda _name, _stamp: False)
        days = [day_told(read_file(each, each.name, zone)) for each in found]
    yield from (day for day in days if day)
