"""The clock of a recording: single wrong dates left out, a jump in the middle closed, and what it said on the wall.

Samples are taken in the order in which the device wrote them, which it keeps when its clock is wrong.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import tzfpy

from runmood.core.enums import ZoneSource
from runmood.tracks.geo import NOBODY_RUNS_FASTER_M_S, steps_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from runmood.core.recordings import Totals

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Indices = NDArray[np.int64]


# A watch whose battery was empty says 1989, 1990 or the first of January 2000.
FIRST_PLAUSIBLE = dt.datetime(2000, 1, 3, tzinfo=dt.UTC)
LAST_PLAUSIBLE_YEAR = 2099  # a run there would stretch the calendar by decades; one nearer is for who knows the date
LONGEST_REST_S = 12 * 3600.0  # nobody sleeps longer within a run whose timer was not stopped
LONGEST_PAUSE_S = 4 * 86_400.0  # of a race over several days, with the timer stopped
SHORTEST_JUMP_S = 30 * 60.0  # less is a rest whose pause was not written
BACKWARDS_S = 60.0  # less is two sensors that write in turn
FEW = 0.02  # of the samples: those whose dates are wrong, rather than those of a clock that was set meanwhile
MOST_JUMPS = 3  # a file with more is not in order of time at all
FEWEST_SAMPLES = 3  # of two dates nobody knows which is wrong
FEW_SAMPLES = 10  # with fewer, a jump is not told from a wrong date, and a lost end is a lost part of the run
ADJACENT_M = 100.0


@dataclass(frozen=True, slots=True)
class RepairedClock:
    """The samples, all with a time; how many were left out for a wrong date, and by how many seconds it jumped."""

    samples: pl.DataFrame
    wrong: int = 0
    jumped_s: float = 0.0


def repair_clock(written: pl.DataFrame, totals: Totals) -> RepairedClock:
    """Leave out the few samples whose date no other bears out, and close jumps of the clock: the later clock holds.

    A long step forward is a jump where the timer ran on (no new segment), or where the device's whole time leaves no
    room for it; a step back is one where the way goes on across it. A clock that no watch can have is the wrong one of
    two, whichever came first.

    Args:
        written: A frame of RAW_SAMPLES in the order of the file, each with a time.
        totals: What the device says of the whole.

    Returns:
        The samples in the order of the file, with what was mended.
    """
    at = written["sampled_at"].to_numpy().view(np.int64) / 1e6
    steps = np.diff(at)
    if len(at) < FEWEST_SAMPLES or not (_odd(steps).any()):
        return RepairedClock(written)
    wrong = _wrong_dates(at)
    if len(at) < FEW_SAMPLES and (wrong[0] or wrong[-1]):
        return RepairedClock(written)
    samples = written.filter(~wrong) if wrong.any() else written
    at = at[~wrong]
    shift = _shifts(at, samples, totals) if len(at) >= FEW_SAMPLES else np.zeros(len(at))
    if not shift.any():
        return RepairedClock(samples, int(wrong.sum()))
    shifts = pl.Series((shift * 1e6).round().astype(np.int64)).cast(pl.Duration("us"))
    mended = samples.with_columns(sampled_at=samples["sampled_at"] + shifts)
    return RepairedClock(mended, int(wrong.sum()), float(np.abs(np.diff(shift)).max()))


def plausible(at: Floats) -> Flags:
    """Return which moments, in seconds since 1970, a watch that knows the date can have said."""
    last = dt.datetime(LAST_PLAUSIBLE_YEAR + 1, 1, 1, tzinfo=dt.UTC).timestamp()
    return (at >= FIRST_PLAUSIBLE.timestamp()) & (at < last)


def _odd(steps: Floats) -> Flags:
    return (steps < -BACKWARDS_S) | (steps > SHORTEST_JUMP_S)


def _wrong_dates(at: Floats) -> Flags:
    """Return which samples lie more than half a day from all others but few; none where those are not few in all."""
    order = np.argsort(at, kind="stable")
    day = np.empty(len(at), dtype=np.int64)
    day[order] = np.append(0, np.cumsum(np.diff(at[order]) > LONGEST_REST_S))
    few = min(max(MOST_JUMPS, int(FEW * len(at))), (len(at) - 1) // 2)
    wrong: Flags = (np.bincount(day) <= few)[day]
    return wrong if wrong.sum() <= few else np.zeros_like(wrong)


def _shifts(at: Floats, samples: pl.DataFrame, totals: Totals) -> Floats:
    """Return by how many seconds the clock of each sample is to be put on, shape (n,)."""
    steps = np.diff(at)
    places = np.flatnonzero(_odd(steps)) + 1
    shift = np.zeros(len(at))
    if not len(places) or len(places) > MOST_JUMPS:
        return shift
    usual_s = float(np.median(steps))
    segment = samples["segment"].to_numpy()
    untold_s = at[-1] - at[0] - totals.elapsed_s if totals.elapsed_s else 0.0
    for place in places.tolist():
        step = float(steps[place - 1])
        paused = bool(segment[place] != segment[place - 1])
        if step < 0:
            jumped = _goes_on(samples, place, usual_s)
        elif step > LONGEST_REST_S:
            jumped = not paused or step > LONGEST_PAUSE_S or untold_s > step / 2
        else:
            jumped = not paused and untold_s > 0.9 * step and _goes_on(samples, place, usual_s)
        if jumped:
            believed = plausible(at[[place - 1, place]])
            if believed[0] and not believed[1]:
                shift[place:] -= step - usual_s
            else:
                shift[:place] += step - usual_s
    return shift


def _goes_on(samples: pl.DataFrame, place: int, usual_s: float) -> bool:
    """Return whether the way goes on from the sample before a place to the one at it, by the count or positions."""
    pair = samples[place - 1 : place + 1]
    counted = pair["distance_m"].to_numpy()
    if np.isfinite(counted).all() and counted[1] > 0:
        return bool(0 <= counted[1] - counted[0] <= NOBODY_RUNS_FASTER_M_S * usual_s + ADJACENT_M)
    way = steps_m(pair["latitude_deg"].to_numpy(), pair["longitude_deg"].to_numpy())[0]
    return bool(way <= NOBODY_RUNS_FASTER_M_S * usual_s + ADJACENT_M)


@dataclass(frozen=True, slots=True)
class Clock:
    """The zone of a run's place by name, how that is known, and the local moment it began."""

    zone: str
    zone_source: ZoneSource
    began: dt.datetime


def clock_at(
    started_at: dt.datetime, place: tuple[float, float] | None, utc_offset_s: int | None, home_zone: ZoneInfo
) -> Clock:
    """Find the local clock: by the run's place, else the file's own offset, else the home's zone.

    A position at sea, where there is no zone, is passed over; an offset that the home has at that time is the home.
    `place` is latitude and longitude in degrees.

    Returns:
        The clock.
    """
    if place and (name := tzfpy.get_tz(place[1], place[0])) and not name.startswith("Etc/"):
        return Clock(name, ZoneSource.PLACE, started_at.astimezone(ZoneInfo(name)))
    at_home = started_at.astimezone(home_zone)
    if utc_offset_s is None:
        return Clock(home_zone.key, ZoneSource.HOME, at_home)
    offset = dt.timedelta(seconds=utc_offset_s)
    if at_home.utcoffset() == offset:
        return Clock(home_zone.key, ZoneSource.FILE, at_home)
    zone = dt.timezone(offset)
    return Clock(str(zone), ZoneSource.FILE, started_at.astimezone(zone))


def in_utc(samples: pl.DataFrame, home_zone: ZoneInfo) -> pl.DataFrame:
    """Convert samples whose times are the home's local clock to UTC.

    The offset is that of the first sample throughout, as no watch changes its clock during a run. Of a clock that
    shows an hour twice, the first is taken.

    Returns:
        The samples with their times in UTC.
    """
    began = samples["sampled_at"].min()
    if not isinstance(began, dt.datetime):
        return samples
    offset = began.replace(tzinfo=home_zone).utcoffset() or dt.timedelta()
    return samples.with_columns(pl.col("sampled_at") - offset)
