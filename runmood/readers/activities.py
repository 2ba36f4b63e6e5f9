"""Build runs from the totals and samples of an export, and the file of many runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from runmood.core.i18n import message
from runmood.core.notices import ENTRIES_LEFT_OUT, NOT_AN_ACTIVITY, OTHER_SPORTS
from runmood.core.recordings import DecodedFile, DecodedRun, Totals, listed_name
from runmood.readers.values import number
from runmood.schema.tables import RAW_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from runmood.core.notices import Notice


_LEAST_PAUSE_S = 1.0
_LONGEST_S = 100 * 86_400
_FARTHEST_M = 1e7
MOST_ENTRIES = 30_000
HEARTS = (20.0, 250.0)
Sample = dict[str, object]


class ActivityTotals(NamedTuple):
    """How long and how far a run was, as an export says in its own units; heart rate is the mean."""

    elapsed_s: object
    distance_m: object = None
    timer_s: object = None
    heart_bpm: object = None


def build_activity(
    started_at: dt.datetime | None, written: ActivityTotals, samples: Iterable[Sample] = (), place: Sample | None = None
) -> DecodedRun | None:
    """Build a run from its totals and samples; without samples it has its start, its end, and where its timer stopped.

    `place` is where it began, for a run without samples.

    Returns:
        The run; null without a true start or duration.
    """
    totals = _totals(written)
    rows = list(samples)
    if not rows and started_at and totals.elapsed_s:
        rows = _ends(started_at, totals)
        rows[0] |= place or {}
    return DecodedRun(points=RAW_SAMPLES.frame(rows), totals=totals) if rows else None


def activities_file(format_: str, entries: Iterable[DecodedRun | None], *notices: Notice) -> DecodedFile:
    """Build the file of many runs, each with these notices; entries of other sports are only counted.

    What follows the first thirty thousand entries, more than a lifetime's runs, is not read.

    Returns:
        The file; where no entry is a run, it says so.
    """
    read = list(islice(entries, MOST_ENTRIES))
    whole = [entry for entry in read if entry]
    runs = tuple(replace(entry, notices=notices) for entry in whole if entry.sport in {None, "running"})
    remarks = []
    if len(whole) < len(read):
        remarks.append(ENTRIES_LEFT_OUT(count=len(read) - len(whole)))
    if len(runs) < len(whole):
        remarks.append(OTHER_SPORTS(count=len(whole) - len(runs)))
    if not runs:
        return DecodedFile(format_, (), (NOT_AN_ACTIVITY(what=message("instead.list")), *remarks))
    return DecodedFile(format_, runs, tuple(remarks))


def listed_run(run: DecodedRun, file_name: str, line: int) -> DecodedRun:
    """Return the run of a table's line; one whose line names a file has a number beyond those of all without."""
    listed_as = listed_name(file_name)
    return replace(run, listed_as=listed_as, number=MOST_ENTRIES + line) if listed_as else run


def valid_position(latitude: object, longitude: object) -> Sample:
    """Return a position as a sample has it, in degrees; empty without both values, and at (0, 0)."""
    north, east = number(latitude, -90, 90), number(longitude, -180, 180)
    if north is None or east is None or north == east == 0:
        return {}
    return {"latitude_deg": north, "longitude_deg": east}


def _totals(written: ActivityTotals) -> Totals:
    return Totals(
        distance_m=number(written.distance_m, 0.1, _FARTHEST_M),
        elapsed_s=number(written.elapsed_s, 1, _LONGEST_S),
        timer_s=number(written.timer_s, 1, _LONGEST_S),
        heart_bpm=number(written.heart_bpm, *HEARTS),
    )


def _ends(started_at: dt.datetime, totals: Totals) -> list[Sample]:
    """Return start and end as samples; the mean heart rate stands at both, so that it is the mean of the run."""
    start = 0.0 if totals.distance_m else None
    return [
        {
            "sampled_at": started_at + dt.timedelta(seconds=since_s),
            "distance_m": totals.distance_m if since_s else start,
            "heart_bpm": totals.heart_bpm,
            "segment": segment,
        }
        for since_s, segment in end_times(totals.elapsed_s or 0.0, totals.timer_s)
    ]


def end_times(elapsed_s: float, timer_s: float | None) -> list[tuple[float, int]]:
    """Return when a run without samples begins and ends, in seconds since its start, each with its segment.

    For how long the timer was stopped is known, and not when: a pause at the end stands for it.

    Args:
        elapsed_s: how long the run took.
        timer_s: for how long the timer ran; null or nan where that is unknown.
    """
    if not timer_s or not elapsed_s - timer_s >= _LEAST_PAUSE_S:
        return [(0.0, 0), (elapsed_s, 0)]
    return [(0.0, 0), (timer_s, 0), (elapsed_s, 1)]
