"""One FIT file in, its activities out.

    read_fit(content) -> DecodedFile

Our own reader works on columns, not on messages, and is some hundred times faster than reading message by message.
Raises `UnreadableFile` for a file that gives nothing, and nothing else.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.decode.fit.activity import clock_was_unset, is_activity, read_activities
from runmood.decode.fit.first_look import other_kind
from runmood.decode.fit.profile.files import file_kind
from runmood.decode.fit.profile.messages import FILE_ID, HEART
from runmood.decode.fit.wire import joined, read_parts
from runmood.terms import notices
from runmood.terms.records import DecodedFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from runmood.decode.fit.wire import Part
    from runmood.terms.notices import Notice
    from runmood.terms.records import DecodedRun

__all__ = ["read_fit"]

# What numpy and struct raise when bytes are not what a size or a type said they were.
_PROVOKED_BY_DAMAGE = (ValueError, IndexError, OverflowError, struct.error)


def read_fit(content: bytes) -> DecodedFile:
    """The activities in a FIT file, one for each session, or a notice that says what it is instead."""
    kind = other_kind(content)
    if kind is not None:
        return _set_aside(kind)
    try:
        return _told(read_parts(content))
    except _PROVOKED_BY_DAMAGE as fault:
        return _read_by_fitparse(content, fault)


def _read_by_fitparse(content: bytes, fault: Exception) -> DecodedFile:
    from runmood.decode.fit.second_reader import read_again  # noqa: PLC0415 - it also runs as a program of its own

    try:
        told = _told(read_again(content))
    except _PROVOKED_BY_DAMAGE as second:
        raise notices.UnreadableFile(notices.BROKEN_FILE(format="FIT", fault=second)) from fault
    notice = notices.SECOND_READER(fault=fault)
    activities = (replace(activity, notices=(notice, *activity.notices)) for activity in told.activities)
    return DecodedFile("fit", tuple(activities), told.notices)


def _told(parts: Sequence[Part]) -> DecodedFile:
    """What the parts hold; raises `UnreadableFile` if that is nothing."""
    recorded = [part for part in parts if is_activity(part)]
    hearts = joined([part.rows(HEART) for part in parts])
    activities = tuple(activity for part in recorded for activity in read_activities(part, hearts))
    if activities:
        return DecodedFile("fit", activities, tuple(_faults_beside(parts, recorded, activities)))
    if recorded:
        kind = notices.UNSET_CLOCK if any(map(clock_was_unset, recorded)) else notices.NO_SAMPLES
        raise notices.UnreadableFile(kind(format="FIT"))
    if not any(part.messages for part in parts):
        fault = next((part.fault for part in parts if part.fault), "it does not begin as a FIT file does")
        raise notices.UnreadableFile(notices.BROKEN_FILE(format="FIT", fault=fault))
    kinds = parts[0].rows(FILE_ID).number("type").tolist() or [float("nan")]
    return _set_aside(kinds[0])


def _set_aside(kind: float) -> DecodedFile:
    return DecodedFile("fit", (), (notices.NOT_AN_ACTIVITY(what=file_kind(kind)),))


def _faults_beside(parts: Sequence[Part], recorded: Sequence[Part], runs: Sequence[DecodedRun]) -> Iterator[Notice]:
    """Damage in parts of a chained file that give no activity; that of the others travels with their activities."""
    mine = {id(part) for part in recorded}
    samples = sum(len(run.points) for run in runs)
    for part in parts:
        if part.fault and id(part) not in mine:
            yield notices.DAMAGED(format="FIT", fault=part.fault, samples=samples)
