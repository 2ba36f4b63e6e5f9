"""Clean the samples of a recorded run: each fault of the data has a named repair."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.core.enums import ZoneSource
from runmood.core.errors import UnreadableFileError
from runmood.core.notices import (
    FROZEN_PLACES,
    JUMPS_REMOVED,
    LEAPS_REMOVED,
    NO_SAMPLES,
    ODD_VALUES,
    SAMPLES_DROPPED,
    UNSET_CLOCK,
    WRONG_YEAR,
    ZONE_FROM_HOME,
    Notice,
)
from runmood.schema.tables import POINTS
from runmood.schema.types import lie_within
from runmood.tracks.movement import Movement, movement
from runmood.tracks.timezone import Clock, clock_at, in_utc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from numpy.typing import NDArray

    from runmood.core.models import DecodedRun

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


# A watch whose battery was empty says 1989, 1990 or the first of January 2000.
FIRST_PLAUSIBLE = dt.datetime(2000, 1, 3, tzinfo=dt.UTC)
LAST_PLAUSIBLE_YEAR = 2099  # a run there would stretch the calendar by decades; one nearer is for who knows the date
TRUE_RANGES = {
    "heart_bpm": (20, 250),
    "cadence_spm": (0, 400),
    "power_w": (0, 3000),
    "temperature_c": (-60, 70),
    "altitude_m": (-450, 9000),
}
ODD = {name: ~pl.col(name).is_between(*span) for name, span in TRUE_RANGES.items()}
NO_HEART = pl.col("heart_bpm") == 0


@dataclass(frozen=True, slots=True)
class Track:
    """A clean run: its points (a frame of POINTS), the clock of its place, and what had to be left out.

    `heights_from` says whose heights these are, barometer or positions, null without heights; `left_out_m` how much
    of the distance no runner could have covered.
    """

    points: pl.DataFrame
    clock: Clock
    heights_from: str | None
    left_out_m: float
    notices: tuple[Notice, ...]


def clean_track(decoded: DecodedRun, home_zone: ZoneInfo) -> Track:
    """Clean the samples of a recorded run and find its local clock.

    Raises `UnreadableFileError` when no sample has a time that can be true.

    Returns:
        The track, with a notice on each repair.
    """
    notices: list[Notice] = []
    recorded = in_utc(decoded.points, home_zone) if decoded.clock_is_local else decoded.points
    samples = _in_order(recorded, notices)
    samples = _without_odd_values(samples, notices)
    moved = movement(samples, None if decoded.partial else decoded.totals.timer_s)
    notices.extend(_left_out(moved))
    points = POINTS.check(_points(samples, moved))
    clock = clock_at(points["sampled_at"][0], moved.places.first, decoded.utc_offset_s, home_zone)
    if clock.zone_source is ZoneSource.HOME:
        notices.append(ZONE_FROM_HOME())
    return Track(points, clock, moved.heights.source, moved.left_out_m, tuple(notices))


def _points(samples: pl.DataFrame, moved: Movement) -> pl.DataFrame:
    """Return the samples with the columns computed from them."""
    numbers = {
        "elapsed_s": moved.elapsed_s,
        "latitude_deg": moved.places.latitude_deg,
        "longitude_deg": moved.places.longitude_deg,
        "height_m": moved.heights.height_m,
        "distance_m": moved.distance_m,
        "speed_m_s": moved.speed_m_s,
    }
    worked_out = {name: pl.Series(name, values, nan_to_null=True) for name, values in numbers.items()}
    worked_out["moving"] = pl.Series("moving", moved.moving)
    worked_out["stop"] = moved.stop
    return pl.DataFrame([worked_out[name] if name in worked_out else samples[name] for name in POINTS.schema])


def _left_out(moved: Movement) -> Iterator[Notice]:
    """Yield a notice on what was left out of the positions and of the distance."""
    if moved.places.jumps:
        yield JUMPS_REMOVED(count=moved.places.jumps)
    if moved.places.frozen:
        yield FROZEN_PLACES(count=moved.places.frozen)
    if moved.left_out_m:
        yield LEAPS_REMOVED(metres=moved.left_out_m)


def _in_order(recorded: pl.DataFrame, notices: list[Notice]) -> pl.DataFrame:
    """Sort samples by time and merge those of one moment; the first value of each column counts.

    Adds a notice where samples without a time are dropped.

    Returns:
        The samples, one for each moment.

    Raises:
        UnreadableFileError: No sample has a time, or the first lies before any watch or beyond this century.
    """
    at = recorded["sampled_at"]
    if at.null_count() == len(at):
        raise UnreadableFileError(NO_SAMPLES(format="watch"))
    if dropped := at.null_count():
        notices.append(SAMPLES_DROPPED(count=dropped))
    tidy = not dropped and at.is_sorted()
    timed = recorded if tidy else recorded.drop_nulls("sampled_at").sort("sampled_at", maintain_order=True)
    began = timed["sampled_at"][0]
    if began < FIRST_PLAUSIBLE:
        raise UnreadableFileError(UNSET_CLOCK(format="watch"))
    if began.year > LAST_PLAUSIBLE_YEAR:
        raise UnreadableFileError(WRONG_YEAR(year=began.year))
    if np.diff(timed["sampled_at"].to_numpy().view(np.int64)).all():
        return timed
    return timed.group_by("sampled_at", maintain_order=True).agg(pl.all().drop_nulls().first())


def _without_odd_values(samples: pl.DataFrame, notices: list[Notice]) -> pl.DataFrame:
    """Replace values that no body or device can have with null; a heart rate of 0 is a dropout and gets no notice."""
    if all(lie_within(samples[name], *span) for name, span in TRUE_RANGES.items()):
        return samples
    counts = samples.select_seq(dropouts=NO_HEART.sum(), **{name: odd.sum() for name, odd in ODD.items()})
    odd = counts.row(0, named=True)
    odd["heart_bpm"] -= odd.pop("dropouts")
    notices.extend(ODD_VALUES(count=count, column=name) for name, count in odd.items() if count)
    return samples.with_columns(**{name: pl.when(~is_odd).then(name) for name, is_odd in ODD.items()})
