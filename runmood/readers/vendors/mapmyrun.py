"""MapMyRun's export: a table of all workouts, `user_workout_history.csv`, in kilometres or miles.

How sure: seen in lines that people published, in miles. It tells the day of a workout and not its hour: noon on the
home's clock stands for it, and a notice says so. Notes are not taken.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.i18n import Name
from runmood.core.notices import DAY_ALONE, LAYOUT_UNPROVEN
from runmood.readers.activities import ActivityTotals, activities_file, build_activity
from runmood.readers.registry import export_reader
from runmood.readers.sports import sport_in_list
from runmood.readers.values import lines_of, number, parse_datetime, rows_of

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedFile, DecodedRun


_HEADER = rb"\A[^\n]*Workout Date[^\n]*Workout Time \(seconds\)"
_COLUMNS = frozenset({"Workout Date", "Activity Type", "Workout Time (seconds)"})
_METRES = {"Distance (km)": 1000.0, "Distance (mi)": 1609.344}
_NOON = dt.time(12)
_MOST = 1e5


def _is_mapmyrun(text: str) -> bool:
    """Return whether the table has the columns of MapMyRun's workouts."""
    return set(next(lines_of(text), ())) >= _COLUMNS


@export_reader(
    "mapmyrun",
    version=2,
    layout="table",
    files=[],
    signature=_HEADER,
    beginning=_HEADER,
    accepts=_is_mapmyrun,
)
def read_mapmyrun(text: str) -> DecodedFile:
    """Return the runs of the list."""
    lines = lines_of(text)
    rows = rows_of(next(lines, []), lines)
    remarks = LAYOUT_UNPROVEN(vendor=Name("MapMyRun")), DAY_ALONE(clock=Name(f"{_NOON:%H:%M}"))
    return activities_file("mapmyrun", map(_run, rows), *remarks)


def _run(row: dict[str, str]) -> DecodedRun | None:
    lengths = ((number(row.get(column), 0, _MOST), metres) for column, metres in _METRES.items())
    distance_m = next((length * metres for length, metres in lengths if length), None)
    totals = ActivityTotals(row.get("Workout Time (seconds)"), distance_m, heart_bpm=row.get("Avg Heart Rate"))
    run = build_activity(parse_datetime(f"{row.get('Workout Date', '')} {_NOON:%H:%M}"), totals)
    sport, sub_sport = sport_in_list(row.get("Activity Type"))
    if sport == "running" and sub_sport == "indoor":
        sub_sport = "treadmill"
    return run and replace(run, sport=sport, sub_sport=sub_sport, clock_is_local=True)
