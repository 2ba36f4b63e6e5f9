"""Clean the samples of a recorded run: each fault of the data has a named repair."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.core.enums import DistanceSource, ZoneSource
from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Message, Name, message
from runmood.core.notices import (
    CLOCK_JUMPED,
    COUNT_MENDED,
    COUNT_UNIT,
    DISTANCE_BY_SPEED,
    DISTANCE_UNSURE,
    FROZEN_PLACES,
    JUMPS_REMOVED,
    LAPS_COUNTED_ALONE,
    LASTS_FOR_DAYS,
    LATE_COUNT,
    LEAPS_REMOVED,
    NO_SAMPLES,
    ODD_VALUES,
    SAMPLES_DROPPED,
    SPLITS_SCALED,
    TOTAL_OUTVOTED,
    UNSET_CLOCK,
    WRONG_DATES,
    WRONG_YEAR,
    ZONE_FROM_HOME,
    Notice,
)
from runmood.core.recordings import Totals
from runmood.schema.tables import POINTS
from runmood.schema.types import lie_within
from runmood.tracks.clock import FIRST_PLAUSIBLE, LAST_PLAUSIBLE_YEAR, Clock, clock_at, in_utc, repair_clock
from runmood.tracks.counter import TotalVerdict
from runmood.tracks.movement import Movement, movement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from numpy.typing import NDArray

    from runmood.core.recordings import DecodedRun

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


LONGEST_RUN = dt.timedelta(days=10)  # races over six days are the longest
TRUE_RANGES = {
    "heart_bpm": (20, 250),
    "cadence_spm": (0, 400),
    "power_w": (0, 3000),
    "temperature_c": (-60, 70),
    "altitude_m": (-450, 9000),
}
VERDICTS = {
    TotalVerdict.SCALED: SPLITS_SCALED,
    TotalVerdict.OUTVOTED: TOTAL_OUTVOTED,
    TotalVerdict.UNSURE: DISTANCE_UNSURE,
}
ODD = {name: ~pl.col(name).is_between(*span) for name, span in TRUE_RANGES.items()}
NO_HEART = pl.col("heart_bpm") == 0


@dataclass(frozen=True, slots=True)
class Track:
    """A clean run: its points (a frame of POINTS), the clock of its place, and what had to be left out.

    `heights_from` says whose heights these are, barometer or positions, null without heights; `total_m` how far the
    whole run was, null where nothing tells it or its sources cannot be reconciled; `distance_source` who says so.
    """

    points: pl.DataFrame
    clock: Clock
    heights_from: str | None
    total_m: float | None
    distance_source: DistanceSource | None
    notices: tuple[Notice, ...]


def clean_track(decoded: DecodedRun, home_zone: ZoneInfo) -> Track:
    """Clean the samples of a recorded run and find its local clock.

    Raises `UnreadableFileError` when no sample has a time that can be true.

    Returns:
        The track, with a notice on each repair.
    """
    notices: list[Notice] = []
    recorded = in_utc(decoded.points, home_zone) if decoded.clock_is_local else decoded.points
    samples = _in_order(recorded, decoded.totals, notices)
    samples = _without_odd_values(samples, notices)
    moved = movement(samples, Totals() if decoded.partial else decoded.totals)
    notices.extend(_left_out(moved, decoded.totals.distance_m))
    points = POINTS.check(_points(samples, moved))
    clock = clock_at(points["sampled_at"][0], moved.places.first, decoded.utc_offset_s, home_zone)
    if clock.zone_source is ZoneSource.HOME:
        notices.append(ZONE_FROM_HOME())
    return Track(points, clock, moved.heights.source, moved.total.metres, _source(moved, decoded), tuple(notices))


def _source(moved: Movement, decoded: DecodedRun) -> DistanceSource | None:
    """Return whose distance it is: the device's, by total, count or speed, or along the positions; null without one."""
    if moved.total.metres is None:
        return None
    by_device = moved.counted is not None or (bool(decoded.totals.distance_m) and not decoded.partial)
    return DistanceSource.DEVICE if by_device else DistanceSource.POSITIONS


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


def _duration(seconds: float) -> Message:
    """Return a duration in the largest unit that it fills twice."""
    units = (("days", 86_400), ("hours", 3600), ("minutes", 60))
    name, length = next((unit for unit in units if seconds >= 2 * unit[1]), units[-1])
    return message(f"duration.{name}", count=round(seconds / length))


def _left_out(moved: Movement, told_m: float | None) -> Iterator[Notice]:
    """Yield a notice on what was left out of the positions and of the distance."""
    if moved.places.jumps:
        yield JUMPS_REMOVED(count=moved.places.jumps)
    if moved.places.frozen:
        yield FROZEN_PLACES(count=moved.places.frozen)
    yield from _repaired_count(moved, told_m)
    if moved.left_out_m:
        yield LEAPS_REMOVED(metres=moved.left_out_m)


def _repaired_count(moved: Movement, told_m: float | None) -> Iterator[Notice]:
    """Yield a notice on what was mended in the device's count, and on how it agrees with the total."""
    if counted := moved.counted:
        if counted.unit:
            yield COUNT_UNIT(unit=message(f"count_unit.{counted.unit}"))
        if counted.wrong:
            yield COUNT_MENDED(count=counted.wrong)
        if counted.restarts:
            yield LAPS_COUNTED_ALONE(count=counted.restarts)
        if counted.caught_up_m:
            yield LATE_COUNT(metres=counted.caught_up_m)
        if counted.by_speed:
            yield DISTANCE_BY_SPEED()
    if verdict := moved.total.verdict:
        yield VERDICTS[verdict](total_km=(told_m or 0.0) / 1000)


def _in_order(recorded: pl.DataFrame, totals: Totals, notices: list[Notice]) -> pl.DataFrame:
    """Sort samples by time and merge those of one moment; the first value of each column counts.

    Adds a notice where samples without a time are dropped, and where the clock was mended.

    Returns:
        The samples, one for each moment.

    Raises:
        UnreadableFileError: No sample has a time, or their dates cannot be those of a run.
    """
    at = recorded["sampled_at"]
    if at.null_count() == len(at):
        raise UnreadableFileError(NO_SAMPLES(format=message("notice_word.watch")))
    if dropped := at.null_count():
        notices.append(SAMPLES_DROPPED(count=dropped))
    mended = repair_clock(recorded.drop_nulls("sampled_at") if dropped else recorded, totals)
    if mended.wrong:
        notices.append(WRONG_DATES(count=mended.wrong))
    timed = mended.samples
    if not timed["sampled_at"].is_sorted():
        timed = timed.sort("sampled_at", maintain_order=True)
    _check_dates(timed, mended.jumped_s, notices)
    if np.diff(timed["sampled_at"].to_numpy().view(np.int64)).all():
        return timed
    return timed.group_by("sampled_at", maintain_order=True).agg(pl.all().drop_nulls().first())


def _check_dates(timed: pl.DataFrame, jumped_s: float, notices: list[Notice]) -> None:
    """Refuse dates that no run can have; add a notice where the clock had jumped.

    Raises:
        UnreadableFileError: The first sample lies before any watch or beyond this century, or the last days after it.
    """
    began = timed["sampled_at"][0]
    if began < FIRST_PLAUSIBLE:
        raise UnreadableFileError(UNSET_CLOCK(format=message("notice_word.watch")))
    if began.year > LAST_PLAUSIBLE_YEAR:
        raise UnreadableFileError(WRONG_YEAR(year=began.year))
    if (lasts := timed["sampled_at"][-1] - began) > LONGEST_RUN:
        raise UnreadableFileError(LASTS_FOR_DAYS(days=lasts.days, began=Name(f"{began:%Y-%m-%d}")))
    if jumped_s:
        notices.append(CLOCK_JUMPED(jump=_duration(jumped_s), began=Name(f"{began:%Y-%m-%d}")))


def _without_odd_values(samples: pl.DataFrame, notices: list[Notice]) -> pl.DataFrame:
    """Replace values that no body or device can have with null; a heart rate of 0 is a dropout and gets no notice."""
    if all(lie_within(samples[name], *span) for name, span in TRUE_RANGES.items()):
        return samples
    counts = samples.select_seq(dropouts=NO_HEART.sum(), **{name: odd.sum() for name, odd in ODD.items()})
    odd = counts.row(0, named=True)
    odd["heart_bpm"] -= odd.pop("dropouts")
    notices.extend(ODD_VALUES(count=count, measure=message(f"sampled.{name}")) for name, count in odd.items() if count)
    return samples.with_columns(**{name: pl.when(~is_odd).then(name) for name, is_odd in ODD.items()})
