"""FIT: one file in, its activities out.

A file whose first message says that it is no activity needs no more: of the thousands of FIT files in an account's
export most are nights, steps and settings.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core import notices
from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Name, message
from runmood.core.recordings import DecodedFile
from runmood.readers.detect import is_fit
from runmood.readers.fit.activities import is_activity, read_activities
from runmood.readers.fit.messages import joined
from runmood.readers.fit.parts import read_parts
from runmood.readers.fit.profile import ACTIVITY_FILES, FILE_ID, HEART, file_kind
from runmood.readers.fit.times import clock_was_unset
from runmood.readers.registry import reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from runmood.core.notices import Notice
    from runmood.core.recordings import DecodedRun
    from runmood.readers.fit.parts import FitFile


_DEFINITION = 0x40
_LOCAL = 0x0F
_PLAIN = 0xF0  # bits that neither a plain definition nor a plain message has, but for the definition's own
_HEAD = 6  # the header, then reserved, byte order, message number in two bytes, count of fields
_ENTRY = 3
_LEAST_FILE = 12
_TYPE, _NO_TYPE = 0, 0xFF
_ENDS = (0, 2)  # bytes of a checksum


def non_activity_type(content: bytes) -> int | None:
    """Return the number of a kind that is no activity; null for damage, a chain or an activity."""
    if len(content) < _LEAST_FILE:
        return None
    start, size = content[0], int.from_bytes(content[4:8], "little")
    first = content[start : start + _HEAD]
    if len(content) - start - size not in _ENDS or len(first) < _HEAD or first[0] & _PLAIN != _DEFINITION:
        return None
    if int.from_bytes(first[3:5], "big" if first[2] else "little") != FILE_ID:
        return None
    fields = start + _HEAD
    message = fields + first[5] * _ENTRY
    if content[message : message + 1] != bytes([first[0] & _LOCAL]):
        return None
    kind = _type(content, fields, message)
    return None if kind in {None, ACTIVITY_FILES, _NO_TYPE} else kind


def _type(content: bytes, fields: int, message: int) -> int | None:
    """Return the value of the one-byte field with the file's type; null where there is none."""
    at = message + 1
    for entry in range(fields, message, _ENTRY):
        number, width = content[entry], content[entry + 1]
        if (number, width) == (_TYPE, 1) and at < len(content):
            return content[at]
        at += width
    return None


# What numpy and struct raise when bytes do not fit their size or type.
_PROVOKED_BY_DAMAGE = (ValueError, IndexError, OverflowError, struct.error)
_DO_NOT_FIT = message("file_fault.values")


@reader("fit", version=1, files=[r".*\.fit(?:\.gz)?"], accepts=is_fit)
def read_fit(content: bytes) -> DecodedFile:
    """Return the activities in a FIT file, one for each session, or a notice that says what it is instead."""
    kind = non_activity_type(content)
    if kind is not None:
        return _set_aside(kind)
    try:
        return _to_file(read_parts(content))
    except _PROVOKED_BY_DAMAGE as fault:
        return _read_by_fitparse(content, fault)


def _read_by_fitparse(content: bytes, fault: Exception) -> DecodedFile:
    from runmood.readers.fit.fallback import read_with_fitparse  # noqa: PLC0415

    try:
        file = _to_file(read_with_fitparse(content))
    except _PROVOKED_BY_DAMAGE:
        raise UnreadableFileError(notices.BROKEN_FILE(format=Name("FIT"), fault=_DO_NOT_FIT)) from fault
    notice = notices.SECOND_READER(fault=_DO_NOT_FIT)
    activities = (replace(activity, notices=(notice, *activity.notices)) for activity in file.activities)
    return DecodedFile("fit", tuple(activities), file.notices)


def _to_file(parts: Sequence[FitFile]) -> DecodedFile:
    """Build the file from its parts; raises `UnreadableFileError` if they hold nothing."""
    recorded = [part for part in parts if is_activity(part)]
    hearts = joined([part.rows(HEART) for part in parts])
    activities = tuple(activity for part in recorded for activity in read_activities(part, hearts))
    if activities:
        return DecodedFile("fit", activities, tuple(_faults_beside(parts, recorded, activities)))
    if recorded:
        kind = notices.UNSET_CLOCK if any(map(clock_was_unset, recorded)) else notices.NO_SAMPLES
        raise UnreadableFileError(kind(format=Name("FIT")))
    if not any(part.messages for part in parts):
        fault = next((part.fault for part in parts if part.fault), message("file_fault.no_header"))
        raise UnreadableFileError(notices.BROKEN_FILE(format=Name("FIT"), fault=fault))
    kinds = parts[0].rows(FILE_ID).number("type").tolist() or [float("nan")]
    return _set_aside(kinds[0])


def _set_aside(kind: float) -> DecodedFile:
    return DecodedFile("fit", (), (notices.NOT_AN_ACTIVITY(what=file_kind(kind)),))


def _faults_beside(
    parts: Sequence[FitFile], recorded: Sequence[FitFile], runs: Sequence[DecodedRun]
) -> Iterator[Notice]:
    """Yield damage in parts of a chained file that give no activity; that of the others is with their activities."""
    mine = {id(part) for part in recorded}
    samples = sum(len(run.points) for run in runs)
    for part in parts:
        if part.fault and id(part) not in mine:
            yield notices.DAMAGED(format=Name("FIT"), fault=part.fault, samples=samples)
