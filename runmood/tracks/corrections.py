"""What a person corrected of a recording: the day it was on, and which part of it was the run."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import polars as pl

from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Name
from runmood.core.notices import NO_SUCH_PART, REDATED, TRIMMED
from runmood.core.recordings import Totals
from runmood.schema.tables import POINTS
from runmood.tracks.clean import Track, clean_track

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedRun

SHORTEST_SAMPLES = 2
CLOCK = "%Y-%m-%d %H:%M"


def redate(decoded: DecodedRun, date: dt.date, clock: str | None, home_zone: ZoneInfo) -> DecodedRun:
    """Move a recording to the day on which the person says it was.

    Args:
        decoded: The activity as its file has it.
        date: The local day on which it began.
        clock: The local time of day, HH:MM; null keeps that of the file.
        home_zone: The zone where neither place nor file says another.

    Returns:
        The activity, all of its moments moved by the same time.

    Raises:
        UnreadableFileError: No sample has a time.
    """
    recorded = _began(decoded, home_zone)
    at = recorded.timetz() if clock is None else dt.time.fromisoformat(clock).replace(tzinfo=recorded.tzinfo)
    moved = dt.datetime.combine(date, at)
    shift = moved.astimezone(dt.UTC) - recorded.astimezone(dt.UTC)
    laps = tuple(
        lap | {"started_at": began + shift} if isinstance(began := lap.get("started_at"), dt.datetime) else lap
        for lap in decoded.laps
    )
    notice = REDATED(recorded=Name(f"{recorded:{CLOCK}}"), began=Name(f"{moved:{CLOCK}}"))
    points = decoded.points.with_columns(pl.col("sampled_at") + shift)
    return replace(decoded, points=points, laps=laps, notices=(*decoded.notices, notice))


def _began(decoded: DecodedRun, home_zone: ZoneInfo) -> dt.datetime:
    """Return the local moment at which a recording began by its own clock, however wrong."""
    try:
        return _local(clean_track(decoded, home_zone), home_zone)
    except UnreadableFileError:
        first = decoded.points["sampled_at"].min()
        if not isinstance(first, dt.datetime):
            raise
        return first.replace(tzinfo=home_zone) if decoded.clock_is_local else first.astimezone(home_zone)


def _local(track: Track, home_zone: ZoneInfo) -> dt.datetime:
    """Return the moment at which a track began in a zone that knows of summer time, where there is one."""
    began = track.clock.began
    return began if isinstance(began.tzinfo, ZoneInfo) else began.astimezone(began.tzinfo or home_zone)


def trim(track: Track, decoded: DecodedRun, from_s: float | None, to_s: float | None) -> tuple[Track, DecodedRun]:
    """Cut a track to the part that was the run, as a watch would have recorded it that was started and stopped there.

    Args:
        track: The whole track.
        decoded: The activity as its file has it.
        from_s: Where the run began, in seconds since the first sample; null for there.
        to_s: Where it ended; null for the last sample.

    Returns:
        The part, and the activity without the totals of the whole and the laps outside. Where the part holds no two
        samples, both as they were, with a notice.
    """
    points = track.points
    least, most = from_s or 0.0, float(points["elapsed_s"][-1]) if to_s is None else to_s
    kept = points.filter(pl.col("elapsed_s").is_between(least, most))
    if kept.height < SHORTEST_SAMPLES:
        return replace(track, notices=(*track.notices, NO_SUCH_PART())), decoded
    began_s, from_m = float(kept["elapsed_s"][0]), kept["distance_m"][0] or 0.0
    part = kept.with_columns(pl.col("elapsed_s") - began_s, pl.col("distance_m") - from_m)
    length = dt.timedelta(seconds=round(float(part["elapsed_s"][-1])))
    whole = dt.timedelta(seconds=round(float(points["elapsed_s"][-1])))
    cut = replace(
        track,
        points=POINTS.check(part),
        clock=replace(track.clock, began=_later(track.clock.began, began_s)),
        total_m=None if track.total_m is None else _total_m(track, part),
        notices=(*track.notices, TRIMMED(kept=Name(f"{length}"), recorded=Name(f"{whole}"))),
    )
    first, last = part["sampled_at"][0], part["sampled_at"][-1]
    laps = tuple(lap for lap in decoded.laps if _lies_within(lap, first, last))
    return cut, replace(decoded, totals=Totals(), laps=laps)


def _total_m(track: Track, part: pl.DataFrame) -> float | None:
    """Return how far the part was, by the share of the whole where total and samples differ; null where unknown."""
    sampled, total = track.points["distance_m"][-1], track.total_m
    if not sampled or total is None:
        return None
    return float(part["distance_m"][-1]) * total / float(sampled)


def _later(began: dt.datetime, seconds: float) -> dt.datetime:
    """Return a local moment some seconds of true time later."""
    return (began.astimezone(dt.UTC) + dt.timedelta(seconds=seconds)).astimezone(began.tzinfo)


def _lies_within(lap: dict[str, object], first: dt.datetime, last: dt.datetime) -> bool:
    began, lasted = lap.get("started_at"), lap.get("elapsed_s")
    if not isinstance(began, dt.datetime):
        return False
    ended = began + dt.timedelta(seconds=lasted if isinstance(lasted, int | float) else 0.0)
    return began >= first and ended <= last
