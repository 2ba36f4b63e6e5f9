"""Polar Flow's export: `training-session*.json`, one session a file, with samples.

How sure: known from programs that read it, and from two descriptions of real exports. There are two layouts. The older
names the sport, gives ISO durations, and stamps each sample with the clock; the newer (version 2.6, with
`durationMillis`) has numbers for sports, values at a steady interval, and a route with times since its start. Both
give the clock on the wall and the minutes it is ahead of UTC. Not read: how the person felt, whose scale is not known,
and cadence, of which it is not known whether it counts one foot or both.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Name
from runmood.core.notices import LAYOUT_UNPROVEN, NO_SAMPLES
from runmood.core.recordings import DecodedFile
from runmood.readers.activities import ActivityTotals, Sample, build_activity, valid_position
from runmood.readers.registry import export_reader
from runmood.readers.sports import sport_of
from runmood.readers.values import from_iso, json_of, mapping, number, offset_from_minutes, sequence, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.core.recordings import DecodedRun


_KEYS = ('"exercises"', '"startTime"', '"duration')
_DURATION = re.compile(r"PT(?:(\d{1,3})H)?(?:(\d{1,5})M)?(?:(\d{1,7}(?:\.\d+)?)S)?")
# Both layouts' names of what is sampled; how many of our units one of theirs is; what can be true.
_VALUES = {
    "heartrate": ("heart_bpm", 1.0, (20, 250)),
    "altitude": ("altitude_m", 1.0, (-500, 9000)),
    "distance": ("distance_m", 1.0, (0, 1e7)),
    "speed": ("speed_m_s", 1 / 3.6, (0, 15)),
    "temperature": ("temperature_c", 1.0, (-60, 70)),
}
# Polar's own numbers; those that a person described from their export agree. For any other the pace decides.
_RUNS = {"1": None, "4": None, "17": "treadmill", "19": "road", "27": "trail", "36": "track"}
_OTHERS = {
    "2": "cycling",
    "3": "walking",
    "5": "cycling",
    "9": "walking",
    "11": "hiking",
    "13": "squash",
    "15": "strength training",
    "18": "cycling",
    "38": "cycling",
    "39": "football",
    "50": "futsal",
}
_MOST = 1e10
_MOST_SAMPLES = 400_000  # four days and a half, a sample a second
JsonObject = dict[str, object]


def _is_session(text: str) -> bool:
    """Return whether the text is one training session: an object with exercises, a start and a duration."""
    return text.startswith("{") and all(key in text for key in _KEYS)


@export_reader(
    "polar",
    version=1,
    layout="json",
    files=[r"training-session[-_].*\.json"],
    signature=rb'"exercises"',
    accepts=_is_session,
)
def read_polar(text: str) -> DecodedFile:
    """Return the session's exercises, each as an activity."""
    session = mapping(json_of(text, "Polar"))
    exercises = [mapping(entry) for entry in sequence(session.get("exercises"))]
    runs = tuple(run for exercise in exercises if (run := _run(session, exercise)))
    if not runs:
        raise UnreadableFileError(NO_SAMPLES(format=Name("Polar")))
    return DecodedFile("polar", runs)


def _run(session: JsonObject, exercise: JsonObject) -> DecodedRun | None:
    minutes = _first((exercise, session), "timezoneOffset", "timezoneOffsetMinutes", "timeZoneOffset")
    offset = offset_from_minutes(minutes)
    totals = ActivityTotals(
        elapsed_s=_elapsed_s(exercise),
        distance_m=_first((exercise,), "distance", "distanceMeters"),
        heart_bpm=_first((mapping(exercise.get("heartRate")), exercise), "avg", "hrAvg"),
    )
    place = valid_position(exercise.get("latitude"), exercise.get("longitude"))
    started_at = from_iso(exercise.get("startTime"))
    run = build_activity(started_at, totals, _samples(exercise, started_at), place)
    if run is None:
        return None
    sport, sub_sport = _sport(exercise.get("sport") or session.get("sport"))
    run = replace(run, points=run.points.with_columns(run.points["sampled_at"] - dt.timedelta(seconds=offset or 0)))
    return replace(
        run,
        sport=sport,
        sub_sport=sub_sport,
        name=words(session.get("name")),
        device=words(mapping(session.get("product")).get("modelName")),
        utc_offset_s=offset,
        clock_is_local=offset is None,
        notices=(LAYOUT_UNPROVEN(vendor=Name("Polar")),),
    )


def _elapsed_s(exercise: JsonObject) -> float | None:
    """Return the seconds from start to stop where both are given, else the duration, which leaves pauses out."""
    start, stop = from_iso(exercise.get("startTime")), from_iso(exercise.get("stopTime"))
    if start and stop and stop > start:
        return (stop - start).total_seconds()
    milliseconds = number(exercise.get("durationMillis"), 0, _MOST)
    if milliseconds:
        return milliseconds / 1000
    match = _DURATION.fullmatch(words(exercise.get("duration")) or "")
    return (
        sum(float(part or 0) * size for part, size in zip(match.groups(), (3600, 60, 1), strict=True))
        if match
        else None
    )


def _sport(sport: object) -> tuple[str | None, str | None]:
    """Return the sport by its name or number; null for a number that is not known."""
    if isinstance(sport, str):
        return sport_of(sport)
    sport_number = words(mapping(sport).get("id")) or ""
    return ("running", _RUNS[sport_number]) if sport_number in _RUNS else (_OTHERS.get(sport_number), None)


def _samples(exercise: JsonObject, started_at: dt.datetime | None) -> list[Sample]:
    """Return the samples by time; values of one moment, in whichever of the lists, are one sample."""
    samples = mapping(exercise.get("samples"))
    by_time: dict[dt.datetime, Sample] = {}
    for sampled_at, sample in chain(_stamped(samples), _steady(samples, started_at), _way(samples, exercise)):
        if sampled_at in by_time or len(by_time) < _MOST_SAMPLES:
            by_time.setdefault(sampled_at, {"sampled_at": sampled_at, "segment": 0}).update(sample)
    return [by_time[sampled_at] for sampled_at in sorted(by_time)]


def _stamped(samples: JsonObject) -> Iterator[tuple[dt.datetime, Sample]]:
    """Yield the samples of the older layout: each value with its time."""
    for name, entries in samples.items():
        for entry in map(mapping, sequence(entries)):
            sampled_at, sample = from_iso(entry.get("dateTime")), _value(name, entry.get("value"))
            if sampled_at and sample:
                yield sampled_at, sample


def _steady(samples: JsonObject, started_at: dt.datetime | None) -> Iterator[tuple[dt.datetime, Sample]]:
    """Yield the samples of the newer layout: values at a steady interval from the start on; NaN is none."""
    for channel in map(mapping, sequence(samples.get("samples"))):
        interval_ms = number(channel.get("intervalMillis"), 1, 3_600_000)
        if started_at is None or interval_ms is None:
            continue
        for at, value in enumerate(sequence(channel.get("values"))[:_MOST_SAMPLES]):
            sample = _value(words(channel.get("type")) or "", value)
            if sample:
                yield started_at + dt.timedelta(milliseconds=at * interval_ms), sample


def _way(samples: JsonObject, exercise: JsonObject) -> Iterator[tuple[dt.datetime, Sample]]:
    """Yield positions: each with its time, or with the milliseconds since the route's own start."""
    route = mapping(mapping(exercise.get("routes")).get("route"))
    begun = from_iso(route.get("startTime"))
    for point in map(mapping, chain(sequence(samples.get("recordedRoute")), sequence(route.get("wayPoints")))):
        since_ms = number(point.get("elapsedMillis"), 0, _MOST)
        sampled_at = from_iso(point.get("dateTime"))
        if sampled_at is None and begun and since_ms is not None:
            sampled_at = begun + dt.timedelta(milliseconds=since_ms)
        place = valid_position(point.get("latitude"), point.get("longitude"))
        if sampled_at and place:
            yield sampled_at, place | _value("altitude", point.get("altitude"))


def _value(name: str, written: object) -> Sample:
    """Return the value under its column's name and in its unit; empty where there is none that can be true."""
    known = _VALUES.get(name.replace("_", "").lower())
    if known is None:
        return {}
    column, units, true = known
    value = number(written, -_MOST, _MOST)
    value = number(value if value is None else value * units, *true)
    return {} if value is None else {column: value}


def _first(places: tuple[JsonObject, ...], *names: str) -> object:
    """Return the first of the names that the first of the places has."""
    return next((place[name] for place in places for name in names if place.get(name) is not None), None)
