"""What vendors' exports bring beside watch files: lists of activities, and sessions of their own making.

    reader_of(content) -> the reader of such a file, or null: any other JSON or table
    with_note(file, note) -> the decoded file with what the export's own table says of it

Each vendor has a module, which says how sure its layout is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from runmood.readers.vendors import fitbit, garmin, polar, samsung, strava, zepp
from runmood.readers.vendors.parsing import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.core.models import DecodedFile, DecodedRun, ExportMetadata


_JSON = "{["


def reader_of(content: bytes) -> Callable[[], DecodedFile] | None:
    """What reads these bytes, told from the bytes alone; null for a file of no export known here."""
    text = text_of(content).lstrip()
    return _reader_of_json(content, text) if text[:1] in _JSON else _reader_of_table(text)


def with_note(file: DecodedFile, note: ExportMetadata) -> DecodedFile:
    """The file, each activity with what it does not say itself: name, sport, effort, gear."""
    if samsung.is_samsung_note(note):
        fill: Callable[[DecodedRun], DecodedRun] = partial(samsung.with_line, note=note)
    else:
        fill = partial(strava.apply_metadata, told=strava.metadata_from_row(note))
    return replace(file, activities=tuple(map(fill, file.activities)))


def _reader_of_json(content: bytes, text: str) -> Callable[[], DecodedFile] | None:
    if garmin.MARK in text:
        return partial(garmin.read_garmin, content)
    if polar.is_polar(text):
        return partial(polar.read_polar, content)
    if fitbit.MARK in text and text[:1] == "[":
        return partial(fitbit.read_fitbit, content)
    return partial(samsung.read_samsung_samples, content) if samsung.is_samsung_samples(text) else None


def _reader_of_table(text: str) -> Callable[[], DecodedFile] | None:
    tables = (
        (strava.is_strava, strava.read_strava),
        (samsung.is_samsung_table, samsung.read_samsung_table),
        (zepp.is_zepp, zepp.read_zepp),
    )
    return next((partial(read, text) for is_its, read in tables if is_its(text)), None)


# --- Files that vendors' exports bring beside the runs and that tell of runs themselves: their names, and their
# marks.

# A name alone proves nothing: any exercise-1.json may lie in a folder. The mark stands in the vendor's own files.
_SIDE_FILES = tuple(
    (re.compile(name, re.IGNORECASE), re.compile(mark))
    for name, mark in (
        (
            r"activities(?:-\d+)?\.csv",
            rb'\A(?:[^\n,]{0,200},){9}[^\n]*\n"?\d{5,20}"?,',
        ),  # Strava: ten columns, a number
        (r".*_summarizedActivities(?:-\d+)?\.json", rb'"summarizedActivitiesExport"'),
        (r"training-session[-_].*\.json", rb'"exercises"'),
        (r"com\.samsung\.s?health\.exercise\.\d+\.csv", rb"\Acom\.samsung\.s?health\.exercise"),
        (r".*\.(?:live|location)_data\.json", rb'"start_time"'),
        (r"SPORT(?:_\d+)?\.csv", rb"sportTime\(s\)"),
        (r"exercise-[\d-]+\.json", rb'"activityName"'),
    )
)
_TABLE = re.compile(r"activities\.csv|com\.samsung\.s?health\.exercise\.\d+\.csv", re.IGNORECASE)
_BYTE_MARK = b"\xef\xbb\xbf"


def is_side_file(name: str) -> bool:
    """Whether an export may have a file of this name, without its folders."""
    return any(pattern.fullmatch(name) for pattern, _ in _SIDE_FILES)


def is_of_an_export(name: str, content: bytes) -> bool:
    """Whether a file of such a name is what it seems; true for all other names."""
    marks = [mark for pattern, mark in _SIDE_FILES if pattern.fullmatch(name)]
    return not marks or any(mark.search(content.removeprefix(_BYTE_MARK)) for mark in marks)


def is_table(name: str) -> bool:
    """Whether the file may be a table that tells of other files beside it."""
    return _TABLE.fullmatch(name) is not None
