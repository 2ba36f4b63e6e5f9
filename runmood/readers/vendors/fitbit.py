"""Fitbit's part of a Google Takeout: `exercise-*.json`, a hundred exercises a file.

How sure: the layout is known from programs that read it and from records of a study. Whether the clock is that on the
wall or UTC, programs disagree on; it is taken for the clock on the wall, at home.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.i18n import Name
from runmood.core.notices import LAYOUT_UNPROVEN
from runmood.readers.activities import ActivityTotals, activities_file, build_activity
from runmood.readers.registry import export_reader
from runmood.readers.sports import sport_in_any_language
from runmood.readers.values import from_iso, json_of, mapping, number, sequence, words

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedFile, DecodedRun


_KEYS = ('"activityName"', '"startTime"')
_METRES = {"kilometer": 1000.0, "mile": 1609.344, "meter": 1.0}
_MOST = 1e12


def _is_fitbit(text: str) -> bool:
    """Return whether the text is a list of Fitbit's exercises."""
    return text.startswith("[") and all(key in text for key in _KEYS)


@export_reader(
    "fitbit",
    version=3,
    layout="json",
    files=[r"exercise-[\d-]+\.json"],
    signature=rb'"activityName"',
    accepts=_is_fitbit,
)
def read_fitbit(text: str) -> DecodedFile:
    """Return the runs of the list, by the local clock."""
    entries = sequence(json_of(text, "Fitbit"))
    return activities_file(
        "fitbit", (_run(mapping(entry)) for entry in entries), LAYOUT_UNPROVEN(vendor=Name("Fitbit"))
    )


def _run(entry: dict[str, object]) -> DecodedRun | None:
    length = number(entry.get("distance"), 0, _MOST)
    unit = _METRES.get((words(entry.get("distanceUnit")) or "").lower())
    totals = ActivityTotals(
        elapsed_s=_seconds(entry, "duration") or _seconds(entry, "activeDuration"),
        distance_m=length * unit if length and unit else None,
        timer_s=_seconds(entry, "activeDuration"),
        heart_bpm=entry.get("averageHeartRate"),
    )
    run = build_activity(_moment(words(entry.get("startTime"))), totals)
    if run is None:
        return None
    sport, sub_sport = sport_in_any_language(words(entry.get("activityName")))
    device = words(mapping(entry.get("source")).get("name"))
    return replace(run, sport=sport, sub_sport=sub_sport, device=device, clock_is_local=True)


def _moment(written: str | None) -> dt.datetime | None:
    """Parse a time, month first and the year in two figures: 10/22/23 07:37:43; some exports write ISO 8601."""
    try:
        clock = dt.datetime.strptime(written or "", "%m/%d/%y %H:%M:%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return from_iso(written)
    return from_iso(clock.isoformat())


def _seconds(entry: dict[str, object], name: str) -> float | None:
    milliseconds = number(entry.get(name), 0, _MOST)
    return milliseconds / 1000 if milliseconds else None
