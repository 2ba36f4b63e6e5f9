"""The points of recordings: Parquet files beside the database, one a recording, gathered by month once that is over.

A file a recording would be hundreds a year, which every backup, every sync and every disk of many homes pays for. Each
row says whose it is. Who reads takes the file of a recording where there is one, and else the file of its month; so a
gathering that is killed at any moment leaves no point missing and none twice.
"""

from __future__ import annotations

import io
import os
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

import polars as pl

from runmood.core.files import make_way, open_kept, replace_made
from runmood.schema.tables import POINTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import duckdb


WHOSE = "recording_id"  # the first column of every file
ALL = tuple(POINTS.schema)
MAGIC = b"PAR1"  # with which a Parquet file begins and ends
FOOTER, SMALLEST = 8, 12  # bytes: the length of what it says of itself with the end, and both with the beginning
AT_ONCE = 16_384  # rows that are read together: about five hours of a sample a second
SEVERAL = 4  # recordings of one month that are worth writing its file for


def points_as_file(recording: str, points: pl.DataFrame) -> bytes:
    """Return a frame of POINTS as the content of a recording's file."""
    return _packed(_with_name(recording, points))


def months_of(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the month in which each recording began, such as 2026-05, in order of the recordings' names."""
    query = "select recording_id, strftime(local_date, '%Y-%m') from recordings order by recording_id"
    return dict(connection.execute(query).fetchall())


def write_recordings(
    folder: Path, drafts: Path, recordings: Mapping[str, tuple[str, pl.DataFrame]], *, by_month: bool
) -> None:
    """Write the points of recordings, aside and then renamed, so that nobody sees half a file.

    Args:
        folder: The folder of the Parquet files.
        drafts: Where a file is written first, on the same disk.
        recordings: The month and the frame of POINTS of each.
        by_month: Whether several of one month are written into its file at once, which costs half as much as to gather
            them later. No other month may hold points of these recordings.
    """
    together = defaultdict(list)
    for name, (month, _) in recordings.items():
        together[month].append(name)
    for month, names in together.items():
        if by_month and len(names) >= SEVERAL:
            _take_in(folder, drafts, month, pl.concat(_with_name(name, recordings[name][1]) for name in sorted(names)))
            continue
        for name in names:
            replace_made(_file_of(folder, name), points_as_file(name, recordings[name][1]), drafts / name)


def read_recording(folder: Path, recording: str, month: str, columns: Iterable[str] = ALL) -> pl.DataFrame:
    """Return points of a recording, in order of time; no rows where there are none.

    Args:
        folder: The folder of the Parquet files.
        recording: The recording.
        month: The month in which it began.
        columns: The columns of POINTS that are wanted.
    """
    for path in (_file_of(folder, recording), _file_of(folder, month)):
        if not path.is_file():  # gathered, or none of this recording
            continue
        try:
            held = pl.scan_parquet(path)
            if path.stem == month:
                held = held.filter(pl.col(WHOSE) == recording)
            return held.select(columns).collect()
        except (FileNotFoundError, pl.exceptions.PolarsError):  # gathered meanwhile, or damaged
            continue
    return POINTS.empty().select(columns)


def points_of(folder: Path, stretches: pl.DataFrame) -> pl.DataFrame:
    """Return the points of a run, in order of time.

    Args:
        folder: The folder of the Parquet files.
        stretches: One row a stretch, in order, as `run_stretches.sql` has it.

    Returns:
        A frame of POINTS. Time and distance go on from one stretch to the next, which begins a new segment.
    """
    parts: list[pl.DataFrame] = []
    far_m, segment = 0.0, 0
    for stretch in stretches.iter_rows(named=True):
        part = POINTS.check(read_recording(folder, stretch["points_recording_id"], stretch["points_month"]))
        if part.is_empty():
            continue
        if parts:
            since_s = (part["sampled_at"][0] - parts[0]["sampled_at"][0]).total_seconds()
            part = part.with_columns(
                pl.col("elapsed_s") + since_s, pl.col("distance_m") + far_m, pl.col("segment") + segment
            )
        parts.append(part)
        far_m = float(part["distance_m"][-1] or far_m)
        segment = int(part["segment"][-1]) + 1
    return POINTS.check(pl.concat(parts)) if parts else POINTS.empty()


def remove_damaged(folder: Path) -> list[str]:
    """Delete what is no whole Parquet file among the files of points, and return their names without the ending."""
    damaged = [path for path in folder.glob("*.parquet") if not _is_whole(path)]
    for path in damaged:
        make_way(path)
        path.unlink(missing_ok=True)
    return [path.stem for path in damaged]


def _is_whole(path: Path) -> bool:
    """Return whether a file begins and ends as a Parquet file does; one that was cut off or never written does not."""
    try:
        with open(path, "rb", opener=open_kept) as file:
            begins = file.read(len(MAGIC))
            size = file.seek(0, os.SEEK_END)
            if size < SMALLEST:
                return False
            file.seek(-FOOTER, os.SEEK_END)
            length, ends = file.read(FOOTER - len(MAGIC)), file.read()
    except OSError:
        return path.is_file()  # it may be whole, and not be ours to read
    return begins == ends == MAGIC and int.from_bytes(length, "little") <= size - SMALLEST


def are_merged(folder: Path, months: Mapping[str, str], now: str) -> bool:
    """Return whether the only files of one recording are those of recordings of the month that is not over."""
    return _alone(folder, months) <= {name for name, month in months.items() if month >= now}


def merge_months(folder: Path, drafts: Path, months: Mapping[str, str], now: str) -> None:
    """Put the points of months that are over into a file a month, and remove those of recordings that are no more.

    First what is no longer right goes from the files of months, then these take in the files of recordings, each
    replaced at once before those go. A file that cannot be read is left as it is.

    Args:
        folder: The folder of the Parquet files.
        drafts: Where a file is written first, on the same disk.
        months: The month of every recording there is.
        now: The month that is not over, whose recordings keep their files.
    """
    alone = _alone(folder, months)
    for name in alone - months.keys():
        _file_of(folder, name).unlink()
    alone &= months.keys()
    for month in sorted({*months.values()}):
        _drop(folder, drafts, month, {each for each, its in months.items() if its == month} - alone)
    coming = defaultdict(list)
    for name in sorted(alone):
        coming[months[name]].append(name)
    for month, names in coming.items():
        if month < now:
            with suppress(pl.exceptions.PolarsError):  # of a file that cannot be read
                _take_in(folder, drafts, month, _joined(folder, names))
        else:
            _name_rows(folder, drafts, names)


def _alone(folder: Path, months: Mapping[str, str]) -> set[str]:
    """Return the names of the files that are of no month with a recording."""
    return {path.stem for path in folder.glob("*.parquet")} - {*months.values()}


def _drop(folder: Path, drafts: Path, month: str, wanted: set[str]) -> None:
    """Leave of a month's file what is wanted of it; the file goes with the last."""
    path = _file_of(folder, month)
    if not path.exists():
        return
    try:
        held = set(pl.read_parquet(path, columns=[WHOSE])[WHOSE].unique())
        if held <= wanted:
            return
        left = pl.read_parquet(path).filter(pl.col(WHOSE).is_in(wanted))
    except pl.exceptions.PolarsError:
        return
    if left.is_empty():
        path.unlink()
    else:
        replace_made(path, _packed(left), drafts / path.name)


def _take_in(folder: Path, drafts: Path, month: str, rows: pl.DataFrame) -> None:
    """Put rows of recordings into the file of their month, after what it holds of others; their own files go."""
    path, names = _file_of(folder, month), rows[WHOSE].unique(maintain_order=True)
    if path.exists():
        rows = pl.concat([pl.read_parquet(path).filter(~pl.col(WHOSE).is_in(names)), rows])
    replace_made(path, _packed(rows), drafts / path.name)
    for name in names:
        _file_of(folder, name).unlink(missing_ok=True)


def _joined(folder: Path, names: list[str]) -> pl.DataFrame:
    """Return the rows of files one after the other; they are read at once, unless one of them names no recording."""
    try:
        rows = pl.read_parquet([_file_of(folder, name) for name in names])
    except pl.exceptions.SchemaError:
        rows = pl.DataFrame()
    if rows.columns == [WHOSE, *ALL]:
        return rows
    return pl.concat(_as_now(name, pl.read_parquet(_file_of(folder, name))) for name in names)


def _as_now(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows as they are written today; those of an earlier version do not say whose they are."""
    return rows if WHOSE in rows.columns else _with_name(name, POINTS.of(rows))


def _name_rows(folder: Path, drafts: Path, names: list[str]) -> None:
    """Write into files of recordings whose they are, where they do not say so as those of an earlier version."""
    for name in names:
        path = _file_of(folder, name)
        try:
            if WHOSE in pl.read_parquet_schema(path):
                continue
            points = POINTS.of(pl.read_parquet(path))
        except pl.exceptions.PolarsError:
            continue
        replace_made(path, points_as_file(name, points), drafts / path.name)


def _file_of(folder: Path, name: str) -> Path:
    """Return the file of a recording or of a month."""
    return folder / f"{name}.parquet"


def _with_name(recording: str, points: pl.DataFrame) -> pl.DataFrame:
    whose = pl.Series(WHOSE, [recording]).new_from_index(0, points.height)
    return points.clone().insert_column(0, whose)  # a query takes as long as the writing


def _packed(rows: pl.DataFrame) -> bytes:
    content = io.BytesIO()  # Polars calls a full disk a fault of the file
    rows.write_parquet(content, compression_level=1, row_group_size=AT_ONCE)  # a fifth faster, and as small
    return content.getvalue()
