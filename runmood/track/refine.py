"""From samples as recorded to a clean track: each fault of the data has a named repair."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.terms.columns import POINTS
from runmood.terms.notices import (
    JUMPS_REMOVED,
    NO_SAMPLES,
    ODD_VALUES,
    SAMPLES_DROPPED,
    UNSET_CLOCK,
    ZONE_FROM_HOME,
    Notice,
    UnreadableFile,
)
from runmood.track.clock import Clock, clock_at, in_utc
from runmood.track.movement import add_movement
from runmood.track.places import POSITION, drop_jumps

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from runmood.terms.records import DecodedRun

# A watch whose battery was empty says 1989, 1990 or the first of January 2000.
FIRST_PLAUSIBLE = dt.datetime(2000, 1, 3, tzinfo=dt.UTC)
TRUE_RANGES = {"heart_bpm": (20, 250), "cadence_spm": (0, 400), "power_w": (0, 3000), "temperature_c": (-60, 70)}
ODD = {name: ~pl.col(name).is_between(*span) for name, span in TRUE_RANGES.items()}
NO_HEART = pl.col("heart_bpm") == 0


@dataclass(frozen=True, slots=True)
class Track:
    """A clean run: its points (a frame of POINTS), the clock of its place, and what had to be left out."""

    points: pl.DataFrame
    clock: Clock
    notices: tuple[Notice, ...]


def refine(decoded: DecodedRun, home_zone: ZoneInfo) -> Track:
    """The clean track of a recorded run; UnreadableFile when no sample has a time that can be true."""
    notices: list[Notice] = []
    recorded = in_utc(decoded.points, home_zone) if decoded.clock_is_local else decoded.points
    samples = _in_order(recorded, notices)
    samples = _without_odd_values(samples, notices)
    samples, jumps = drop_jumps(samples)
    if jumps:
        notices.append(JUMPS_REMOVED(count=jumps))
    points = POINTS.check(add_movement(samples)[POINTS.schema.names()])
    clock = _clock(points, decoded.utc_offset_s, home_zone, notices)
    return Track(points, clock, tuple(notices))


def _in_order(recorded: pl.DataFrame, notices: list[Notice]) -> pl.DataFrame:
    """Samples by time, one for each moment: what several say of one moment is joined, the first word counting."""
    at = recorded["sampled_at"]
    if at.null_count() == len(at):
        raise UnreadableFile(NO_SAMPLES(format="watch"))
    if dropped := at.null_count():
        notices.append(SAMPLES_DROPPED(count=dropped))
    tidy = not dropped and at.is_sorted()
    timed = recorded if tidy else recorded.drop_nulls("sampled_at").sort("sampled_at", maintain_order=True)
    if timed["sampled_at"][0] < FIRST_PLAUSIBLE:
        raise UnreadableFile(UNSET_CLOCK(format="watch"))
    if np.diff(timed["sampled_at"].to_physical().to_numpy()).all():
        return timed
    return timed.group_by("sampled_at", maintain_order=True).agg(pl.all().drop_nulls().first())


def _without_odd_values(samples: pl.DataFrame, notices: list[Notice]) -> pl.DataFrame:
    """Values no body or device can have become null. A heart rate of 0 is a dropout, so nothing is said of it."""
    counts = samples.select_seq(dropouts=NO_HEART.sum(), **{name: odd.sum() for name, odd in ODD.items()})
    odd = counts.row(0, named=True)
    if not any(odd.values()):
        return samples
    odd["heart_bpm"] -= odd.pop("dropouts")
    notices.extend(ODD_VALUES(count=count, column=name) for name, count in odd.items() if count)
    return samples.with_columns(**{name: pl.when(~is_odd).then(name) for name, is_odd in ODD.items()})


def _clock(points: pl.DataFrame, utc_offset_s: int | None, home_zone: ZoneInfo, notices: list[Notice]) -> Clock:
    placed = np.flatnonzero(np.isfinite(points["latitude_deg"].to_numpy()))
    place = tuple(points[int(placed[0]), name] for name in POSITION) if len(placed) else None
    clock = clock_at(points["sampled_at"][0], place, utc_offset_s, home_zone)
    if clock.zone_from == "home":
        notices.append(ZONE_FROM_HOME())
    return clock
