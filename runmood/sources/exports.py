"""Files that vendors' exports bring beside the runs and that tell of runs themselves: their names, and their marks."""

from __future__ import annotations

import re

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
