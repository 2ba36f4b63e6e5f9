"""Strava's bulk export: the table `activities.csv`, which lists every activity, with or without a file.

How sure: seen. The layout of 94 columns in a real file; the German one, and the older ones of 10 and of 87 to 99
columns, in lines that people quoted. Other languages are read by what stays the same in all of them: the order of the
first seven columns, the names that come twice (elapsed time; distance, first in kilometres, then in metres), and the
distances between columns after the file's name. Dates are UTC. Descriptions and private notes are not taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from runmood.core.notices import ACTIVITY_LIST
from runmood.core.recordings import DecodedFile, listed_name
from runmood.readers.activities import ActivityTotals, activities_file, build_activity, listed_run
from runmood.readers.registry import export_reader, metadata_reader
from runmood.readers.sports import sport_in_any_language, sport_of
from runmood.readers.values import lines_of, number, parse_datetime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.core.recordings import DecodedRun, ExportMetadata


_TABLE = r"activities(?:[ _-]?\(?\d+\)?)?\.csv"
_FEWEST_COLUMNS = 10
_LOOKED_AT = 50
_ID, _DATE, _NAME, _SPORT, _ELAPSED, _DISTANCE = 0, 1, 2, 3, 5, 6
_FROM_ELAPSED_TO_MOVING = 1
_FROM_FILE_TO_EFFORT = 31
_FROM_FILE_TO_SECOND_DISTANCE = 5
_IS_ID = re.compile(r"\d{5,20}")
_IS_FILE = re.compile(r"(?:.*/)?activities/[^/]+\.(?:fit|gpx|tcx)(?:\.gz)?", re.IGNORECASE)
# English and German are seen, French is quoted; the others are what Strava's pages say, and are not needed but for a
# table in which no activity has a file.
_FILE_NAMES = frozenset(
    {
        "filename",
        "dateiname",
        "nom du fichier",
        "nombre de archivo",
        "nombre del archivo",
        "nome file",
        "nome del file",
        "nome do arquivo",
        "nome do ficheiro",
        "bestandsnaam",
    }
)
_EFFORT_NAMES = frozenset(
    {
        "perceived exertion",
        "gefühlte anstrengung",
        "effort perçu",
        "effort ressenti",
        "esfuerzo percibido",
        "sforzo percepito",
        "esforço percebido",
        "esforço percecionado",
        "ervaren inspanning",
    }
)
_ENGLISH = frozenset({"activity type", "type", "sport type"})


@dataclass(frozen=True, slots=True)
class StravaColumns:
    """The index of each column; null where the table has no such column."""

    english: bool
    file: int | None
    effort: int | None
    elapsed: int
    distance_m: int | None
    metres: bool


@dataclass(frozen=True, slots=True)
class StravaMetadata:
    """What a line of the table says and a watch file seldom does."""

    name: str | None
    sport: str | None
    sub_sport: str | None
    effort: float | None
    gear: str | None


def _is_strava(text: str) -> bool:
    """Return whether the table is a list of activities: many columns, a number, a date, and files of activities."""
    lines = list(islice(lines_of(text), _LOOKED_AT))
    if not lines or len(lines[0]) < _FEWEST_COLUMNS:
        return False
    full = [line for line in lines[1:] if len(line) > _DISTANCE]
    listed = [line for line in full if _IS_ID.fullmatch(line[_ID])]
    if not listed or len(listed) < len(full) / 2:
        return False
    return _file_column(lines[0], listed) is not None or parse_datetime(listed[0][_DATE]) is not None


@export_reader(
    "strava",
    version=3,
    layout="table",
    files=[_TABLE],
    signature=rb'\A(?:[^\n,]{0,200},){9}[^\n]*\n"?\d{5,20}"?,',  # ten columns, then a number
    accepts=_is_strava,
    names_files=True,
)
def read_strava(text: str, beside: frozenset[str] = frozenset()) -> DecodedFile:
    """Return the runs that have no file beside the table: entered by hand, or whose file is missing."""
    lines = lines_of(text)
    columns = next(lines, [])
    first = list(islice(lines, _LOOKED_AT))
    layout = _layout(columns, first)
    whole = (line if len(line) >= len(columns) else None for line in chain(first, lines))
    runs = (
        _run(line, layout, at) if line else None
        for at, line in enumerate(whole, start=1)
        if line is None or listed_name(_cell(line, layout.file)) not in beside
    )
    one = list(islice(runs, 1))
    if not one:
        return DecodedFile("strava", (), (ACTIVITY_LIST(),))
    return activities_file("strava", chain(one, runs))


@metadata_reader("strava", files=[_TABLE], begins=lambda line: parse_datetime(_at(line.cells, _DATE)))
def apply_metadata(run: DecodedRun, metadata: ExportMetadata) -> DecodedRun:
    """Return the run with what its line of the table says and its file does not."""
    return _fill(run, _metadata(metadata.cells, _layout(metadata.columns, [metadata.cells])))


def _fill(run: DecodedRun, metadata: StravaMetadata) -> DecodedRun:
    """Return the run, its empty fields filled from the line."""
    return replace(
        run,
        name=run.name or metadata.name,
        sport=run.sport or metadata.sport,
        sub_sport=run.sub_sport or (None if run.sport else metadata.sub_sport),
        effort=run.effort if run.effort is not None else metadata.effort,
        gear=run.gear or metadata.gear,
    )


def _run(line: Sequence[str], layout: StravaColumns, at: int) -> DecodedRun | None:
    metres = _cell(line, layout.distance_m)
    totals = ActivityTotals(
        elapsed_s=_cell(line, layout.elapsed) or _cell(line, _ELAPSED),
        distance_m=number(metres, 0, 1e7) if metres else _first_distance(line, layout),
        timer_s=_cell(line, layout.elapsed + _FROM_ELAPSED_TO_MOVING) if layout.elapsed > _ELAPSED else None,
    )
    run = build_activity(parse_datetime(line[_DATE]), totals)
    return run and listed_run(_fill(run, _metadata(line, layout)), _cell(line, layout.file), at)


def _first_distance(line: Sequence[str], layout: StravaColumns) -> float | None:
    """Return the first of two distances, in metres; tables have it in kilometres, the oldest in metres."""
    distance = number(_cell(line, _DISTANCE), 0, 1e7)
    return distance if distance is None or layout.metres else distance * 1000


def _metadata(line: Sequence[str], layout: StravaColumns) -> StravaMetadata:
    read = sport_of if layout.english else sport_in_any_language
    sport, sub_sport = read(_cell(line, _SPORT))
    return StravaMetadata(
        name=_cell(line, _NAME) or None,
        sport=sport,
        sub_sport=sub_sport,
        effort=number(_cell(line, layout.effort), 1, 10),
        gear=_cell(line, layout.file - 1) or None if layout.file else None,
    )


def _layout(columns: Sequence[str], lines: Sequence[Sequence[str]]) -> StravaColumns:
    names = [name.strip().casefold() for name in columns]
    file = _file_column(names, lines)
    elapsed, distance_m = _second(names, _ELAPSED), _second(names, _DISTANCE)
    effort = next((at for at, name in enumerate(names) if name in _EFFORT_NAMES), None)
    if effort is None and file and distance_m == file + _FROM_FILE_TO_SECOND_DISTANCE:
        effort = file + _FROM_FILE_TO_EFFORT
    return StravaColumns(
        english=_at(names, _SPORT) in _ENGLISH,
        file=file,
        effort=effort,
        elapsed=elapsed or _ELAPSED,
        distance_m=distance_m,
        metres=_at(columns, _DISTANCE) == "distance",  # in small letters: the oldest tables
    )


def _file_column(names: Sequence[str], lines: Sequence[Sequence[str]]) -> int | None:
    """Return the index of the column with file names: by its cells, else by its own name."""
    cells = ((at, cell) for line in lines for at, cell in enumerate(line) if at > _DISTANCE)
    by_content = next((at for at, cell in cells if _IS_FILE.fullmatch(cell)), None)
    by_name = (at for at, name in enumerate(names) if name.casefold() in _FILE_NAMES)
    return next(by_name, None) if by_content is None else by_content


def _second(names: Sequence[str], at: int) -> int | None:
    """Return the index at which the name of a column comes again."""
    return next((again for again in range(at + 1, len(names)) if names[again] == _at(names, at)), None)


def _at(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _cell(line: Sequence[str], at: int | None) -> str:
    return "" if at is None else _at(line, at).strip()
