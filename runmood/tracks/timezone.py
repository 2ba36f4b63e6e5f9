"""What the clock on the wall said where a run began."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import polars as pl
import tzfpy

from runmood.core.enums import ZoneSource


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
