"""Garmin's account export: `*_summarizedActivities.json`, every activity in a few figures.

How sure: known from several programs that read it, which agree on the units; feel and effort are known from Garmin's
web answers, not from an export. A run that has a FIT file too is one run; its recording says more than this does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.notices import LAYOUT_UNPROVEN
from runmood.readers.parsing.activities import ActivityTotals, Sample, activities_file, build_activity, valid_position
from runmood.readers.parsing.datetimes import from_milliseconds, offset_between
from runmood.readers.parsing.numbers import number
from runmood.readers.parsing.sports import sport_of
from runmood.readers.parsing.text import json_of, mapping, sequence, words
from runmood.readers.registry import export_reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.core.models import DecodedFile, DecodedRun


_MOST = 1e12


@export_reader(
    "garmin",
    version=1,
    layout="json",
    files=[r".*_summarizedActivities(?:-\d+)?\.json"],
    signature=rb'"summarizedActivitiesExport"',
)
def read_garmin(text: str) -> DecodedFile:
    """Return the runs of the list, each with a sample at its start and one at its end."""
    runs = map(_run, _activities(json_of(text, "Garmin")))
    return activities_file("garmin", runs, LAYOUT_UNPROVEN(vendor="Garmin"))


def _activities(said: object) -> Iterator[dict[str, object]]:
    """Yield the activities, in whichever of the list's parts they stand."""
    for part in sequence(said) or [said]:
        yield from map(mapping, sequence(mapping(part).get("summarizedActivitiesExport")))


def _run(said: dict[str, object]) -> DecodedRun | None:
    started_at = from_milliseconds(said.get("startTimeGmt")) or from_milliseconds(said.get("beginTimestamp"))
    summary = ActivityTotals(
        elapsed_s=_part(said, "elapsedDuration", 1000) or _part(said, "duration", 1000),
        distance_m=_part(said, "distance", 100),
        timer_s=_part(said, "duration", 1000),
        heart_bpm=said.get("avgHr"),
    )
    run = build_activity(started_at, summary, place=_place(said))
    if run is None:
        return None
    sport, sub_sport = sport_of(_sport(said))
    effort = number(said.get("directWorkoutRpe", said.get("workoutRpe")), 1, 100)
    return replace(
        run,
        sport=sport,
        sub_sport=sub_sport,
        name=words(said.get("name")),
        utc_offset_s=offset_between(from_milliseconds(said.get("startTimeLocal")), started_at),
        effort=effort and effort / 10,
    )


def _sport(said: dict[str, object]) -> str | None:
    """Return the kind of activity, which is finer than the sport: treadmill_running."""
    kind = said.get("activityType")
    return words(kind) or words(mapping(kind).get("typeKey")) or words(said.get("sportType"))


def _place(said: dict[str, object]) -> Sample:
    return valid_position(said.get("startLatitude"), said.get("startLongitude"))


def _part(said: dict[str, object], name: str, units: int) -> float | None:
    value = number(said.get(name), 0, _MOST)
    return value / units if value else None
