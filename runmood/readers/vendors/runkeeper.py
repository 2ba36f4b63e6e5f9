"""Runkeeper's export: the table `cardioActivities.csv`, which lists every activity, and a GPX beside it for most.

How sure: seen in lines that people published; the columns have been the same for years, in kilometres or miles. The GPX
names no sport, so that of the table counts, and so does its distance. Dates are the clock on the wall. A line whose GPX
is missing is a run with the figures of the line. Notes are not taken.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, starmap
from typing import TYPE_CHECKING

from runmood.core.notices import ACTIVITY_LIST
from runmood.core.recordings import DecodedFile, listed_name
from runmood.readers.activities import ActivityTotals, activities_file, build_activity, listed_run
from runmood.readers.registry import export_reader, metadata_reader
from runmood.readers.sports import sport_in_list
from runmood.readers.values import from_table, lines_of, number, rows_of, seconds_of

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedRun, ExportMetadata


_TABLE = r"cardioActivities(?:[ _-]?\(?\d+\)?)?\.csv"
_HEADER = rb"\A[^\n]*Activity Id[^\n]*GPX File"
_COLUMNS = frozenset({"Date", "Type", "Duration", "GPX File"})
_METRES = {"Distance (km)": 1000.0, "Distance (mi)": 1609.344}
_MOST = 1e5


def _is_runkeeper(text: str) -> bool:
    """Return whether the table has the columns of Runkeeper's activities."""
    return set(next(lines_of(text), ())) >= _COLUMNS


@export_reader(
    "runkeeper",
    version=4,
    layout="table",
    files=[_TABLE],
    signature=_HEADER,
    beginning=_HEADER,
    accepts=_is_runkeeper,
    names_files=True,
)
def read_runkeeper(text: str, beside: frozenset[str] = frozenset()) -> DecodedFile:
    """Return the runs that have no file beside the table: on a treadmill, entered by hand, or whose GPX is missing."""
    lines = lines_of(text)
    rows = enumerate(rows_of(next(lines, []), lines), start=1)
    alone = ((line, row) for line, row in rows if listed_name(row.get("GPX File", "")) not in beside)
    first = next(alone, None)
    if first is None:
        return DecodedFile("runkeeper", (), (ACTIVITY_LIST(),))
    return activities_file("runkeeper", starmap(_run, chain([first], alone)))


@metadata_reader("runkeeper", files=[_TABLE], begins=lambda line: from_table(_line_of(line).get("Date")), is_local=True)
def apply_metadata(run: DecodedRun, metadata: ExportMetadata) -> DecodedRun:
    """Return the run with the sport, title, distance and time of its line."""
    row = _line_of(metadata)
    sport, sub_sport = sport_in_list(row.get("Type"))
    distance_m, timer_s = _distance_m(row), seconds_of(row.get("Duration"))
    return replace(
        run,
        sport=sport or run.sport,
        sub_sport=sub_sport or run.sub_sport,
        name=row.get("Route Name") or run.name,
        totals=replace(
            run.totals, distance_m=run.totals.distance_m or distance_m, timer_s=run.totals.timer_s or timer_s
        ),
    )


def _line_of(metadata: ExportMetadata) -> dict[str, str]:
    """Return the cells of a line by their columns."""
    return next(rows_of(metadata.columns, iter([list(metadata.cells)])), {})


def _run(line: int, row: dict[str, str]) -> DecodedRun | None:
    seconds = seconds_of(row.get("Duration"))
    totals = ActivityTotals(seconds, _distance_m(row), heart_bpm=row.get("Average Heart Rate (bpm)"))
    run = build_activity(from_table(row.get("Date")), totals)
    sport, sub_sport = sport_in_list(row.get("Type"))
    run = run and replace(run, sport=sport, sub_sport=sub_sport, name=row.get("Route Name"), clock_is_local=True)
    return run and listed_run(run, row.get("GPX File", ""), line)


def _distance_m(row: dict[str, str]) -> float | None:
    lengths = ((number(row.get(column), 0, _MOST), metres) for column, metres in _METRES.items())
    return next((length * metres for length, metres in lengths if length), None)
