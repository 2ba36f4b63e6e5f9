"""Cut a recording to the part that was the run: what a person typed as its ends, in seconds of each of its files."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import polars as pl

from runmood.core.entries import RunTrimmed
from runmood.core.errors import UserError
from runmood.core.i18n import METRES
from runmood.ingest.corrections import read_as
from runmood.warehouse.publish import clock_shifts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.home.home import Home
    from runmood.warehouse.file_rows import Recording

    Row = dict[str, Any]

CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
DISTANCE = re.compile(r"(\d+(?:[.,]\d+)?) ?(km|mi|m)")
A_METRE = {"km": METRES["metric"], "mi": METRES["imperial"], "m": 1.0}
SHORTEST_S = 60.0
ONE_DAY = dt.timedelta(days=1)


def cuts(home: Home, found: pl.DataFrame, from_: str | None, to: str | None) -> Iterator[RunTrimmed]:
    """Yield a cut for each recording of a run, the first by its own distance and clock; null is an end as it is.

    Where two watches recorded the run, the others are cut at the same moments, so that all of them stay one run.
    """
    best, *others = found.iter_rows(named=True)
    whole = _whole(home, best)
    least, most = _seconds(home, whole, from_, to)
    yield RunTrimmed(best["recording_id"], least, most)
    began = whole.points["sampled_at"][0]
    shifts = clock_shifts(home.published, best["recording_id"]) if others else {}
    for other in others:
        its = _whole(home, other)
        later_s = (its.points["sampled_at"][0] - began).total_seconds() - shifts.get(other["recording_id"], 0.0)
        least_s, most_s = (None if at is None else at - later_s for at in (least, most))
        length = float(its.points["elapsed_s"][-1])
        if (least_s or 0.0) < length and (most_s is None or most_s > 0):
            yield RunTrimmed(
                other["recording_id"],
                least_s if least_s and least_s > 0 else None,
                most_s if most_s is not None and most_s < length else None,
            )


def _whole(home: Home, row: Row) -> Recording:
    """Return a recording as its file has it, uncut.

    Raises:
        UserError: The file is not in the inbox any more.
    """
    file = read_as(home, row["file_name"], row["content_hash"], uncut=True)
    found = [each for each in file.recordings if each.row["recording_id"] == row["recording_id"]] if file else []
    if not found:
        raise UserError(home.say("cli.trim.no_file", file=row["file_name"] or row["recording_id"]))
    return found[0]


def _seconds(home: Home, whole: Recording, from_: str | None, to: str | None) -> tuple[float | None, float | None]:
    """Return which part is meant, in seconds since the first sample.

    Raises:
        UserError: What was typed is no place, lies outside, or leaves less than a minute.
    """
    points = whole.points
    least, most = (None if text is None else _elapsed(home, whole, points, text) for text in (from_, to))
    length = float(points["elapsed_s"][-1])
    if (length if most is None else most) - (least or 0.0) < SHORTEST_S:
        raise UserError(home.say("cli.trim.nothing_left", begin=from_ or "…", end=to or "…"))
    return least, most


def _elapsed(home: Home, whole: Recording, points: pl.DataFrame, text: str) -> float:
    if distance := DISTANCE.fullmatch(text.strip().lower()):
        metres = float(distance[1].replace(",", ".")) * A_METRE[distance[2]]
        return _at_distance(home, points, metres, text)
    clock = CLOCK.fullmatch(text.strip())
    try:
        hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (-1, 0, 0)
        at = dt.time(hour, minute, second)
    except ValueError:
        raise UserError(home.say("cli.trim.no_place", text=text)) from None
    began = _local(whole.row, points["sampled_at"][0])
    ended = _local(whole.row, points["sampled_at"][-1])
    meant = dt.datetime.combine(began.date(), at)
    meant += ONE_DAY if meant < began and meant + ONE_DAY <= ended else dt.timedelta()
    if not began <= meant <= ended:
        raise UserError(home.say("cli.trim.outside", text=text, begin=f"{began:%H:%M}", end=f"{ended:%H:%M}"))
    return (meant - began).total_seconds()


def _at_distance(home: Home, points: pl.DataFrame, metres: float, text: str) -> float:
    """Return when the run had come so far."""
    reached = points.filter(pl.col("distance_m") >= metres)
    if reached.is_empty():
        whole = points["distance_m"].drop_nulls()
        raise UserError(
            home.say("cli.trim.too_far", text=text, distance=home.say.distance(whole[-1] if len(whole) else 0))
        )
    return float(reached["elapsed_s"][0])


def _local(row: Row, moment: dt.datetime) -> dt.datetime:
    """Return the clock on the wall at a moment of a recording; by its start, where its zone is a mere offset."""
    name = str(row["time_zone"])
    if name.startswith("UTC"):
        began = dt.datetime.combine(row["local_date"], dt.time.fromisoformat(row["local_clock"]))
        start: dt.datetime = row["started_at"]
        return began.replace(second=start.second) + (moment - start)
    return moment.astimezone(ZoneInfo(name)).replace(tzinfo=None)


def span_kept(home: Home, cut: RunTrimmed, found: pl.DataFrame) -> dict[str, str]:
    """Return from when to when the run is now."""
    row = found.filter(recording_id=cut.recording).row(0, named=True)
    whole = _whole(home, row)
    points = whole.points
    start, length = points["sampled_at"][0], float(points["elapsed_s"][-1])
    moments = (cut.from_s or 0.0), (length if cut.to_s is None else cut.to_s)
    clocks = [f"{_local(whole.row, start + dt.timedelta(seconds=at)):%H:%M}" for at in moments]
    return {"begin": clocks[0], "end": clocks[1]}
