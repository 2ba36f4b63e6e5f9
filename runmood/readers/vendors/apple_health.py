"""A workout of Apple Health's export, as `apple_health_workouts` takes it out of `export.xml` and its routes.

How sure: seen in exports that people published and in the DTD that each export begins with. Dates carry the offset that
the phone had when it exported; `HKTimeZone` is where the workout was. A pause is a pair of events. A route has no heart
rate: that stands in records of the same minutes. Sleep and State of Mind: `apple_health_sleep`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import polars as pl

from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Name, Term
from runmood.core.notices import NO_SAMPLES, NOT_A_RUN, ROUTE_UNREAD
from runmood.core.recordings import DecodedFile
from runmood.readers.activities import ActivityTotals, build_activity
from runmood.readers.registry import FileContent, find_reader, reader
from runmood.readers.sports import sport_of
from runmood.readers.values import json_of, mapping, number, sequence, words
from runmood.schema.tables import RAW_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.core.notices import Notice
    from runmood.core.recordings import DecodedRun


FORMAT = "apple"
BEGINS = b'{"apple_health_workout":'
_ACTIVITY = re.compile(r"HKWorkoutActivityType")
_VALUES = {"heart": ("heart_bpm", (20, 250)), "power": ("power_w", (0, 3000)), "distance": ("distance_m", (0, 1e7))}
_FARTHEST_S = 1e6
_STANDS = dt.timedelta(seconds=15)


def _is_workout(content: bytes) -> bool:
    return content.startswith(BEGINS)


@reader(FORMAT, version=3, files=[], accepts=_is_workout)
def read_apple_health(content: bytes) -> DecodedFile:
    """Return the workout of a document that `apple_health_workouts` wrote.

    Returns:
        The workout, or that it is another sport.

    Raises:
        UnreadableFileError: It has no true start or duration.
    """
    head, _, routes = content.partition(b"\n")
    workout = mapping(mapping(json_of(head.decode("utf-8", "replace"), "Apple Health")).get("apple_health_workout"))
    sport, sub_sport = _sport(workout)
    if sport not in {None, "running"}:
        return DecodedFile(FORMAT, (), (NOT_A_RUN(sport=Term("sport", sport)),))
    started_at = dt.datetime.fromtimestamp(number(workout.get("start"), 0, 1e10) or 0, dt.UTC)
    totals = ActivityTotals(
        elapsed_s=workout.get("elapsed_s"),
        distance_m=workout.get("distance_m"),
        timer_s=workout.get("timer_s"),
        heart_bpm=workout.get("heart_bpm"),
    )
    run = build_activity(started_at, totals)
    if run is None:
        raise UnreadableFileError(NO_SAMPLES(format=Name("Apple Health")))
    points, notices = _route(routes)
    ends, *series = _series(workout, started_at, run, has_route=points.height > 0)
    recorded = pl.concat([points, *series])
    points = _paused(pl.concat([recorded, ends]), workout, started_at) if recorded.height else run.points
    return DecodedFile(
        FORMAT,
        (
            replace(
                run,
                points=_held(points.sort("sampled_at", maintain_order=True)),
                sport=sport,
                sub_sport=sub_sport,
                device=words(workout.get("device")),
                utc_offset_s=_offset_s(workout, started_at),
                notices=tuple(notices),
            ),
        ),
    )


def _sport(workout: dict[str, object]) -> tuple[str | None, str | None]:
    """Return the sport as Apple names it; of a run, whether it was indoors."""
    name = _ACTIVITY.sub("", words(workout.get("activity")) or "")
    sport, sub_sport = sport_of(name)
    return sport, "treadmill" if sport == "running" and workout.get("indoor") else sub_sport


def _route(routes: bytes) -> tuple[pl.DataFrame, list[Notice]]:
    """Return the samples of the workout's routes, which are GPX; one that cannot be read is told of."""
    empty = RAW_SAMPLES.empty()
    if not routes:
        return empty, []
    content = FileContent(routes)
    route_reader = find_reader(content)
    try:
        read = route_reader.read(content).activities if route_reader else ()
    except UnreadableFileError as fault:
        return empty, [ROUTE_UNREAD(fault=fault.notice.message)]
    notices = [notice for each in read for notice in each.notices]
    return pl.concat([empty, *(each.points for each in read)]), notices


def _series(
    workout: dict[str, object], started_at: dt.datetime, run: DecodedRun, *, has_route: bool
) -> Iterator[pl.DataFrame]:
    """Yield the start and the end as samples, with what no sample between tells; then what was recorded by itself."""
    ends = [
        "sampled_at",
        *(["distance_m"] if not has_route and not sequence(workout.get("distance")) else []),
        *(["heart_bpm"] if not sequence(workout.get("heart")) else []),
    ]
    first_and_last = run.points.select(ends)[[0, -1]]
    yield RAW_SAMPLES.frame([{**row, "segment": 0} for row in first_and_last.iter_rows(named=True)])
    for name, (column, true) in _VALUES.items():
        yield RAW_SAMPLES.frame(
            [
                {"sampled_at": sampled_at, column: value, "segment": 0}
                for sampled_at, value in _pairs(workout.get(name), started_at, true)
            ]
        )


def _pairs(written: object, started_at: dt.datetime, true: tuple[float, float]) -> Iterator[tuple[dt.datetime, float]]:
    """Yield moments and values from pairs of seconds since the start and a value."""
    for pair in map(sequence, sequence(written)):
        since_s, value = (*(number(part, -_FARTHEST_S, 1e7) for part in pair), None, None)[:2]
        if since_s is not None and value is not None and true[0] <= value <= true[1]:
            yield started_at + dt.timedelta(seconds=since_s), value


def _paused(points: pl.DataFrame, workout: dict[str, object], started_at: dt.datetime) -> pl.DataFrame:
    """Leave out what was sampled in pauses, and begin a segment after each."""
    pauses = [
        [number(part, 0, _FARTHEST_S) or 0.0 for part in sequence(each)] for each in sequence(workout.get("pauses"))
    ]
    spans = [each for each in pauses if len(each) == 2]  # noqa: PLR2004 - a beginning and an end
    if not spans:
        return points.with_columns(segment=pl.lit(0, pl.Int64))
    began, ended = np.array(sorted(spans)).T
    since_s = (points["sampled_at"] - started_at).dt.total_microseconds().to_numpy() / 1e6
    last = np.searchsorted(began, since_s, side="left") - 1  # the last pause that began before the sample
    inside = (last >= 0) & (since_s < ended[last])
    return points.with_columns(segment=pl.Series(np.searchsorted(ended, since_s, side="right"))).filter(~inside)


def _held(points: pl.DataFrame) -> pl.DataFrame:
    """Let each reading of heart rate and power stand until the next, for 15 s at most: a route has a point a second."""
    columns = [column for column, _ in _VALUES.values() if column != "distance_m"]
    since = {name: pl.when(pl.col(name).is_not_null()).then("sampled_at").forward_fill() for name in columns}
    moments = points.group_by("sampled_at", maintain_order=True).agg(pl.all().drop_nulls().first())
    return moments.with_columns(
        pl.when(pl.col("sampled_at") - since[name] <= _STANDS).then(pl.col(name).forward_fill()) for name in columns
    )


def _offset_s(workout: dict[str, object], started_at: dt.datetime) -> int | None:
    """Return how far the place's clock was ahead of UTC: by its zone, else by the phone's when it exported."""
    try:
        offset = started_at.astimezone(ZoneInfo(words(workout.get("time_zone")) or "")).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        offset = None
    if offset is not None:
        return round(offset.total_seconds())
    ahead = number(workout.get("offset_s"), -54_000, 54_000)
    return None if ahead is None else round(ahead)
