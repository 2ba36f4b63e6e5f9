"""Fitbit's part of a Google Takeout: `exercise-*.json`, a hundred exercises a file.

How sure: the layout is known from programs that read it and from records of a study. Whether the clock is that on the
wall or UTC, programs disagree on; it is taken for the clock on the wall, at home.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.notices import LAYOUT_UNPROVEN
from runmood.readers.parsing.activities import ActivityTotals, activities_file, build_activity
from runmood.readers.parsing.datetimes import from_iso
from runmood.readers.parsing.numbers import number
from runmood.readers.parsing.sports import sport_in_any_language
from runmood.readers.parsing.text import json_of, mapping, sequence, words
from runmood.readers.registry import export_reader

if TYPE_CHECKING:
    from runmood.core.models import DecodedFile, DecodedRun


_KEYS = ('"activityName"', '"startTime"')
_METRES = {"kilometer": 1000.0, "mile": 1609.344, "meter": 1.0}
_MOST = 1e12


def _is_fitbit(text: str) -> bool:
    """Return whether the text is a list of Fitbit's exercises."""
    return text.startswith("[") and all(key in text for key in _KEYS)


@export_reader(
    "fitbit",
    version=1,
    layout="json",
    files=[r"exercise-[\d-]+\.json"],
    signature=rb'"activityName"',
    accepts=_is_fitbit,
)
def read_fitbit(text: str) -> DecodedFile:
    """Return the runs of the list, by the local clock."""
    said = sequence(json_of(text, "Fitbit"))
    return activities_file("fitbit", (_run(mapping(entry)) for entry in said), LAYOUT_UNPROVEN(vendor="Fitbit"))


def _run(said: dict[str, object]) -> DecodedRun | None:
    length = number(said.get("distance"), 0, _MOST)
    unit = _METRES.get((words(said.get("distanceUnit")) or "").lower())
    summary = ActivityTotals(
        elapsed_s=_seconds(said, "duration") or _seconds(said, "activeDuration"),
        distance_m=length * unit if length and unit else None,
        timer_s=_seconds(said, "activeDuration"),
        heart_bpm=said.get("averageHeartRate"),
    )
    run = build_activity(_moment(words(said.get("startTime"))), summary)
    if run is None:
        return None
    sport, sub_sport = sport_in_any_language(words(said.get("activityName")))
    device = words(mapping(said.get("source")).get("name"))
    return replace(run, sport=sport, sub_sport=sub_sport, device=device, clock_is_local=True)


def _moment(said: str | None) -> dt.datetime | None:
    """Parse a time, month first and the year in two figures: 10/22/23 07:37:43; some exports write ISO 8601."""
    try:
        clock = dt.datetime.strptime(said or "", "%m/%d/%y %H:%M:%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return from_iso(said)
    return from_iso(clock.isoformat())


def _seconds(said: dict[str, object], name: str) -> float | None:
    milliseconds = number(said.get(name), 0, _MOST)
    return milliseconds / 1000 if milliseconds else None
