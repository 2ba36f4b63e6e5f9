"""Garmin's account export: `*_summarizedActivities.json`, every activity in a few figures.

How sure: known from several programs that read it, which agree on the units; feel and effort are known from Garmin's
web answers, not from an export. A run that has a FIT file too is one run; its recording says more than this does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.i18n import Name
from runmood.core.notices import LAYOUT_UNPROVEN
from runmood.readers.activities import ActivityTotals, Sample, activities_file, build_activity, valid_position
from runmood.readers.registry import export_reader
from runmood.readers.sports import sport_of
from runmood.readers.values import from_milliseconds, json_of, mapping, number, offset_between, sequence, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.core.recordings import DecodedFile, DecodedRun


_MOST = 1e12


@export_reader(
    "garmin",
    version=2,
    layout="json",
    files=[r".*_summarizedActivities(?:-\d+)?\.json"],
    signature=rb'"summarizedActivitiesExport"',
)
def read_garmin(text: str) -> DecodedFile:
    """Return the runs of the list, each with a sample at its start and one at its end."""
    runs = map(_run, _activities(json_of(text, "Garmin")))
    return activities_file("garmin", runs, LAYOUT_UNPROVEN(vendor=Name("Garmin")))


def _activities(export: object) -> Iterator[dict[str, object]]:
    """Yield the activities, in whichever of the list's parts they stand."""
    for part in sequence(export) or [export]:
        yield from map(mapping, sequence(mapping(part).get("summarizedActivitiesExport")))


def _run(activity: dict[str, object]) -> DecodedRun | None:
    started_at = from_milliseconds(activity.get("startTimeGmt")) or from_milliseconds(activity.get("beginTimestamp"))
    totals = ActivityTotals(
        elapsed_s=_part(activity, "elapsedDuration", 1000) or _part(activity, "duration", 1000),
        distance_m=_part(activity, "distance", 100),
        timer_s=_part(activity, "duration", 1000),
        heart_bpm=activity.get("avgHr"),
    )
    run = build_activity(started_at, totals, place=_place(activity))
    if run is None:
        return None
    sport, sub_sport = sport_of(_sport(activity))
    effort = number(activity.get("directWorkoutRpe", activity.get("workoutRpe")), 1, 100)
    return replace(
        run,
        sport=sport,
        sub_sport=sub_sport,
        name=words(activity.get("name")),
        utc_offset_s=offset_between(from_milliseconds(activity.get("startTimeLocal")), started_at),
        effort=effort and effort / 10,
    )


def _sport(activity: dict[str, object]) -> str | None:
    """Return the kind of activity, which is finer than the sport: treadmill_running."""
    kind = activity.get("activityType")
    return words(kind) or words(mapping(kind).get("typeKey")) or words(activity.get("sportType"))


def _place(activity: dict[str, object]) -> Sample:
    return valid_position(activity.get("startLatitude"), activity.get("startLongitude"))


def _part(activity: dict[str, object], name: str, units: int) -> float | None:
    value = number(activity.get(name), 0, _MOST)
    return value / units if value else None
