"""Zepp's and Amazfit's export: `SPORT_*.csv`, a line for each workout.

How sure: known from several programs that read it, which agree. Times carry their offset, seen as +0000 throughout:
they are UTC, and do not give the place. The number of the sport is Zepp's own. On 1, a run outdoors, programs agree;
where only some of them say that a number is a run, the pace decides.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.i18n import Name
from runmood.core.notices import LAYOUT_UNPROVEN
from runmood.readers.activities import ActivityTotals, activities_file, build_activity
from runmood.readers.registry import export_reader
from runmood.readers.values import from_iso, lines_of, rows_of

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedFile, DecodedRun


_COLUMNS = frozenset({"type", "startTime", "sportTime(s)"})
_RUN = "1"
_PERHAPS_RUNS = frozenset({"4", "7", "8", "13", "93", ""})  # indoors, on trails, on a treadmill


def _is_zepp(text: str) -> bool:
    """Return whether the table has the columns of Zepp's workouts."""
    return set(next(lines_of(text), ())) >= _COLUMNS


@export_reader(
    "zepp",
    version=1,
    layout="table",
    files=[r"SPORT(?:_\d+)?\.csv"],
    signature=rb"sportTime\(s\)",
    accepts=_is_zepp,
)
def read_zepp(text: str) -> DecodedFile:
    """Return the runs of the list."""
    lines = lines_of(text)
    rows = rows_of(next(lines, []), lines)
    return activities_file("zepp", map(_run, rows), LAYOUT_UNPROVEN(vendor=Name("Zepp")))


def _run(row: dict[str, str]) -> DecodedRun | None:
    totals = ActivityTotals(row.get("sportTime(s)"), row.get("distance(m)"), heart_bpm=row.get("avgHeartRate"))
    run = build_activity(from_iso(row.get("startTime")), totals)
    kind = row.get("type", "").strip()
    if run is None or kind in _PERHAPS_RUNS:
        return run
    return replace(run, sport="running" if kind == _RUN else f"Zepp's sport {kind[:10]}")
