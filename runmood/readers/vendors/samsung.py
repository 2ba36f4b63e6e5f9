"""Samsung Health's export: `com.samsung.shealth.exercise.*.csv`, and beside it a JSON file for each run's samples.

How sure: known from several programs that read it. The table's first line describes itself, its second names the
columns, some of them with their full name. Programs disagree on whether `start_time` is UTC; it is taken for UTC, as
Samsung documents its database, with `time_offset` telling the clock on the wall. Samples give their own moments. What
a sample's `distance` counts is not agreed on, and it is not read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Name
from runmood.core.notices import LAYOUT_UNPROVEN, NO_SAMPLES
from runmood.core.recordings import DecodedFile
from runmood.readers.activities import ActivityTotals, Sample, activities_file, build_activity, valid_position
from runmood.readers.registry import export_reader, metadata_reader
from runmood.readers.values import (
    from_iso,
    from_milliseconds,
    json_of,
    lines_of,
    mapping,
    number,
    offset_s,
    rows_of,
    sequence,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.core.recordings import DecodedRun, ExportMetadata


_VERSION = 1
_TABLE = r"com\.samsung\.s?health\.exercise\.\d+\.csv"
_FULL = "com.samsung.health.exercise."
_SPORTS = {"1001": "walking", "1002": "running", "11007": "cycling", "13001": "hiking", "14001": "swimming"}
_TREADMILL = "15005"
_NO_SPORT = frozenset({"", "0"})
_MOST = 1e12
_VALUES = {
    "heart_rate": ("heart_bpm", 20, 250),
    "cadence": ("cadence_spm", 0, 400),
    "speed": ("speed_m_s", 0, 15),
    "altitude": ("altitude_m", -500, 9000),
}


def _is_samples(text: str) -> bool:
    """Return whether the text is a list of moments with a heart rate or a position."""
    return (
        text.startswith("[") and '"start_time"' in text and any(f'"{name}"' in text for name in (*_VALUES, "latitude"))
    )


@export_reader(
    "samsung",
    version=_VERSION,
    layout="table",
    files=[_TABLE],
    signature=rb"\Acom\.samsung\.s?health\.exercise",
)
def read_samsung_table(text: str) -> DecodedFile:
    """Return the runs of the table."""
    lines = lines_of(text)
    next(lines, None)
    rows = rows_of(_short(next(lines, [])), lines)
    return activities_file("samsung", map(_run, rows), LAYOUT_UNPROVEN(vendor=Name("Samsung")))


@export_reader(
    "samsung",
    version=_VERSION,
    layout="json",
    files=[r".*\.(?:live|location)_data\.json"],
    signature=rb'"start_time"',
    accepts=_is_samples,
)
def read_samsung_samples(text: str) -> DecodedFile:
    """Return one run's samples, its heart rate or its positions; only the table has its sport."""
    samples = list(_samples(json_of(text, "Samsung")))
    run = build_activity(None, ActivityTotals(None), samples)
    if run is None:
        raise UnreadableFileError(NO_SAMPLES(format=Name("Samsung")))
    return DecodedFile("samsung", (replace(run, notices=(LAYOUT_UNPROVEN(vendor=Name("Samsung")),)),))


@metadata_reader("samsung", files=[_TABLE])
def apply_metadata(run: DecodedRun, metadata: ExportMetadata) -> DecodedRun:
    """Return the samples' run with the sport and the UTC offset from its line of the table."""
    line = next(rows_of(_short(list(metadata.columns)), iter([list(metadata.cells)])))
    sport, sub_sport = _sport(line)
    offset = offset_s(line.get("time_offset"))
    return replace(run, sport=run.sport or sport, sub_sport=run.sub_sport or sub_sport, utc_offset_s=offset)


def _run(row: dict[str, str]) -> DecodedRun | None:
    milliseconds = number(row.get("duration"), 0, _MOST)
    totals = ActivityTotals(
        elapsed_s=milliseconds and milliseconds / 1000,
        distance_m=row.get("distance"),
        heart_bpm=row.get("mean_heart_rate"),
    )
    place = valid_position(row.get("start_latitude"), row.get("start_longitude"))
    started_at = from_iso(row.get("start_time")) or from_milliseconds(row.get("start_time"))
    run = build_activity(started_at, totals, place=place)
    sport, sub_sport = _sport(row)
    return run and replace(run, sport=sport, sub_sport=sub_sport, utc_offset_s=offset_s(row.get("time_offset")))


def _sport(row: dict[str, str]) -> tuple[str | None, str | None]:
    kind = row.get("exercise_type", "").strip()
    if kind == _TREADMILL:  # walked or run: the pace decides
        return None, "treadmill"
    return (None, None) if kind in _NO_SPORT else (_SPORTS.get(kind, f"Samsung's sport {kind[:10]}"), None)


def _samples(entries: object) -> Iterator[Sample]:
    for entry in map(mapping, sequence(entries)):
        sampled_at = from_milliseconds(entry.get("start_time"))
        values = {column: number(entry.get(name), *true) for name, (column, *true) in _VALUES.items()}
        known: Sample = {column: value for column, value in values.items() if value is not None}
        known |= valid_position(entry.get("latitude"), entry.get("longitude"))
        if sampled_at and known:
            yield {"sampled_at": sampled_at, "segment": 0, **known}


def _short(columns: list[str]) -> list[str]:
    return [name.strip().removeprefix(_FULL) for name in columns]
