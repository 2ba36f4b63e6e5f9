"""Health Auto Export's JSON of workouts, in its two versions: `HealthAutoExport-*.json`, also from its automations.

How sure: seen in files that people published, and in the app's own description. Version 1 has `lat` and `lon` in a
route and no `isIndoor`. Distances and speeds carry their unit. A State of Mind in the same file is told
of and not read here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.notices import MOODS_BESIDE
from runmood.readers.activities import ActivityTotals, Sample, activities_file, build_activity, valid_position
from runmood.readers.registry import export_reader
from runmood.readers.sports import sport_in_list
from runmood.readers.values import json_of, mapping, number, sequence, with_offset, words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from runmood.core.recordings import DecodedFile, DecodedRun

    JsonObject = dict[str, object]


_KEYS = ('"data"', '"workouts"')
_METRES = {"m": 1.0, "km": 1000.0, "mi": 1609.344, "yd": 0.9144, "ft": 0.3048}
_MOST = 1e9


def _is_workouts(text: str) -> bool:
    """Return whether the text is what the app writes: data, with workouts in it."""
    return text.startswith("{") and all(key in text for key in _KEYS)


@export_reader(
    "healthautoexport",
    version=3,
    layout="json",
    files=[r"HealthAutoExport.*\.json"],
    signature=rb'"workouts"\s*:\s*\[',
    beginning=rb'\A\s*\{\s*"data"\s*:\s*\{\s*"workouts"\s*:\s*\[',
    accepts=_is_workouts,
)
def read_health_auto_export(text: str) -> DecodedFile:
    """Return the runs among the workouts."""
    data = mapping(mapping(json_of(text, "Health Auto Export")).get("data"))
    file = activities_file("healthautoexport", (_run(mapping(each)) for each in sequence(data.get("workouts"))))
    moods = len(sequence(data.get("stateOfMind")))
    return replace(file, notices=(*file.notices, MOODS_BESIDE(count=moods))) if moods else file


def _run(workout: JsonObject) -> DecodedRun | None:
    started_at, offset = with_offset(workout.get("start"))
    ended_at, _ = with_offset(workout.get("end"))
    duration_s = number(workout.get("duration"), 1, _MOST)
    elapsed_s = (ended_at - started_at).total_seconds() if started_at and ended_at else duration_s
    totals = ActivityTotals(
        elapsed_s=elapsed_s,
        distance_m=_metres(workout.get("distance")),
        timer_s=duration_s if duration_s and elapsed_s and duration_s <= elapsed_s else None,
        heart_bpm=_mean_heart(workout),
    )
    samples = _samples(workout, started_at)
    run = build_activity(started_at, totals, [*_ends(started_at, ended_at), *samples] if samples else ())
    if run is None:
        return None
    name = words(workout.get("name"))
    sport, sub_sport = sport_in_list(name)
    indoors = workout.get("isIndoor") is True or (words(workout.get("location")) or "").lower() == "indoor"
    if sport == "running" and (indoors or sub_sport == "indoor"):
        sub_sport = "treadmill"
    return replace(run, sport=sport, sub_sport=sub_sport, name=name, utc_offset_s=offset)


def _metres(written: object) -> float | None:
    """Return a length in metres, from a number with its unit."""
    length, unit = number(mapping(written).get("qty"), 0, _MOST), words(mapping(written).get("units"))
    return length and length * _METRES.get((unit or "km").lower(), 1000.0)


def _mean_heart(workout: JsonObject) -> object:
    """Return the mean heart rate, by its name in either version."""
    summary = mapping(mapping(workout.get("heartRate")).get("avg"))
    return summary.get("qty") or mapping(workout.get("avgHeartRate")).get("qty")


def _ends(started_at: dt.datetime | None, ended_at: dt.datetime | None) -> Iterator[Sample]:
    """Yield the start and the end as moments of their own: a route may begin late."""
    yield from ({"sampled_at": at, "segment": 0} for at in (started_at, ended_at) if at)


def _samples(workout: JsonObject, started_at: dt.datetime | None) -> list[Sample]:
    """Return route, heart rate and, without a route, the distances, by time."""
    by_time: dict[dt.datetime, Sample] = defaultdict(dict)
    for point in map(mapping, sequence(workout.get("route"))):
        at, _ = with_offset(point.get("timestamp"))
        place = valid_position(point.get("latitude", point.get("lat")), point.get("longitude", point.get("lon")))
        if at and place:
            altitude, speed = number(point.get("altitude"), -500, 9000), number(point.get("speed"), 0, 15)
            by_time[at].update(place | {"altitude_m": altitude, "speed_m_s": speed})
    has_route = bool(by_time)
    for reading in map(mapping, sequence(workout.get("heartRateData"))):
        at, _ = with_offset(reading.get("date"))
        beats = number(reading.get("Avg", reading.get("avg", reading.get("qty"))), 20, 250)
        if at and beats is not None:
            by_time[at]["heart_bpm"] = beats
    steps = sequence(workout.get("walkingAndRunningDistance"))
    if steps and started_at and not has_route:
        made = 0.0
        by_time[started_at]["distance_m"] = made
        for step in map(mapping, steps):
            at, _ = with_offset(step.get("date"))
            made += _metres(step) or 0.0
            if at:
                by_time[at]["distance_m"] = made
    return [{"sampled_at": at, "segment": 0, **by_time[at]} for at in sorted(by_time)]
